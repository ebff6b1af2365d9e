"""The chase list as messages that somebody may send: one a body, with its sheet; elo sends nothing."""

from collections.abc import Iterator
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final, NamedTuple

from elo_cli.model.errors import N_, nN_
from elo_cli.render.export.chase import write as sheet
from elo_cli.render.reports.facts import Facts
from elo_cli.tracking.chase import Chased, chase
from elo_cli.tracking.day.filters import Filters

_SHEET: Final = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


class Message(NamedTuple):
    """A message to one body: its id, whether it has an address, and the bytes of its .eml file."""

    organisation: str
    addressed: bool
    content: bytes


def messages(facts: Facts, filters: Filters, answer_by: date | None) -> Iterator[Message]:
    """A message to each body that is asked something, unsent, to its role mailbox and to no other address.

    A body without a mailbox gets a message without an address; what nobody is named for is in none.
    """
    for chased in chase(facts.view, filters):
        if chased.organisation is None or not chased.asked:
            continue
        mailbox, text = facts.asks(chased).contact, _text(facts, chased, answer_by)
        yield _message(
            facts, chased.organisation, mailbox, text, _sheet(facts, chased.organisation, filters, answer_by)
        )


def _message(facts: Facts, organisation: str, contact: str, text: str, attached: bytes) -> Message:
    language, config = facts.language, facts.view.tracker.config
    message = EmailMessage(policy=SMTP)
    subject = language.say(
        N_("{strategy}: what we ask {name}"), strategy=language.text(config.name), name=facts.names.long(organisation)
    )
    # A name comes from the data: a line break in it would begin another header, and “=?” may hide one (RFC 2047).
    message["Subject"] = " ".join(subject.split()).replace("=?", "= ?")
    if contact:
        message["To"] = contact
    if config.contact is not None:
        message["Reply-To"] = config.contact
    # Mail programs open it as a draft.
    message["X-Unsent"] = "1"
    # Quoted, a text has no line that ends this part: the boundary has a bare “=”.
    message.set_content(text, cte="quoted-printable")
    name = f"chase-{organisation}.xlsx"
    message.add_attachment(attached, maintype=_SHEET[0], subtype=_SHEET[1], filename=name)
    message.set_boundary(f"=_elo_{organisation}")
    return Message(organisation, bool(contact), message.as_bytes())


def _sheet(facts: Facts, organisation: str, filters: Filters, answer_by: date | None) -> bytes:
    return sheet(facts.language, facts.view, filters._replace(owner=organisation), answer_by)


def _text(facts: Facts, chased: Chased, answer_by: date | None) -> str:
    say = facts.language.say
    lines = facts.asks(chased).lines
    parts = [
        facts.language.count(*nN_("We ask for a word on {n} matter:", "We ask for a word on {n} matters:"), len(lines)),
        "\n".join(f"- {line}" for line in lines),
        say(
            N_(
                "The attached sheet has a row for each. Fill in what there is news of, and reply to this message "
                "with it."
            )
        ),
    ]
    if answer_by is not None:
        parts.append(say(N_("Please answer by {day}."), day=facts.language.day(answer_by)))
    return "\n\n".join(parts) + "\n"
