"""The page about the data: how to read it, where it comes from, and the accessibility statement (act 306/2019)."""

from markupsafe import Markup

from elo_cli.model.errors import N_, nN_
from elo_cli.model.words import VALUES
from elo_cli.render.forms.blocks import Block, Heading, Items, Pairs, Paragraph
from elo_cli.render.forms.html import Address
from elo_cli.render.site.html import html
from elo_cli.render.words import terms
from elo_cli.render.words.language import Language
from elo_cli.tracking.day.view import View


def about(language: Language, view: View, feedback: str | None, address: Address) -> Markup:
    """The page; `feedback` is the publisher's mailbox for the statement."""
    say, limits = language.say, view.tracker.config.limits
    older = nN_("older than {n} day", "older than {n} days")
    blocks: list[Block] = [
        Heading(say(N_("About the data and accessibility")), 1),
        Heading(say(N_("How to read these pages"))),
        Paragraph(
            say(
                N_(
                    "Every record is an original entry and the dated updates that followed it. "
                    "The entry stays readable."
                )
            )
        ),
        Paragraph(
            say(
                N_(
                    "A deadline that has passed is “unreported” while nobody has said since whether it was reached, "
                    "and “overdue” once someone has said that it was not: silence is not lateness."
                )
            )
        ),
        Paragraph(
            say(
                N_(
                    "Every fact has a source: a document, and the slide, page or section in it. What follows from a "
                    "source without standing in its words is marked as inferred. What no source says is left out."
                )
            )
        ),
        Pairs(
            [
                (
                    say(N_("Due soon")),
                    [language.count(*nN_("in at most {n} day", "in at most {n} days"), limits.due_soon)],
                ),
                (say(N_("Old update")), [language.count(*older, limits.stale)]),
                (say(N_("Long open proposal")), [language.count(*older, limits.proposal)]),
            ]
        ),
        Heading(say(N_("The words used"))),
        Pairs(
            [
                (terms.head(language, field), [language.join([say(word) for word in VALUES[field].values()])])
                for field in ("status", "confidence", "stage", "eu")
            ]
        ),
        *_statement(language, feedback),
    ]
    return html(blocks, address)


def _statement(language: Language, feedback: str | None) -> list[Block]:
    say = language.say
    contact = say(
        N_("The publisher of these pages answers questions about them and gives their content in another form.")
    )
    if feedback is not None:
        contact = say(N_("Tell us what keeps you from using these pages: {address}"), address=feedback)
    return [
        Heading(say(N_("Accessibility statement"))),
        Paragraph(
            say(
                N_(
                    "The act on the provision of digital services (306/2019) asks that public web pages follow the Web "
                    "Content Accessibility Guidelines (WCAG) 2.1 at levels A and AA."
                )
            )
        ),
        Heading(say(N_("How these pages were made accessible")), 3),
        Items(
            [
                say(N_("The program that makes them is tested in a browser: automatically against WCAG 2.2 A and AA.")),
                say(N_("They can be used with the keyboard alone, without scripts, 320 pixels wide, and on paper.")),
                say(N_("Pictures have a description, and a table on the same page says the same.")),
                say(N_("No meaning rests on colour alone, and texts in another language are marked as such.")),
            ]
        ),
        Heading(say(N_("What is not accessible")), 3),
        Paragraph(
            say(
                N_(
                    "Texts that lack a translation are shown in another language. Documents that the pages link to are "
                    "published by others, and their accessibility is not known."
                )
            )
        ),
        Heading(say(N_("Feedback and supervision")), 3),
        Paragraph(contact),
        Paragraph(
            say(
                N_(
                    "If the answer does not satisfy you, or none comes within two weeks, you can turn to the authority "
                    "that supervises accessibility, the Finnish Transport and Communications Agency Traficom: "
                    "www.saavutettavuusvaatimukset.fi."
                )
            )
        ),
    ]
