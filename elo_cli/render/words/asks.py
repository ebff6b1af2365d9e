"""What is asked about a record, as a question; who asks it puts the record's name before it."""

from collections.abc import Mapping
from typing import Final

from elo_cli.model.errors import N_
from elo_cli.model.records.funding import Funding
from elo_cli.model.records.milestone import Milestone
from elo_cli.render.words.fields import FieldText
from elo_cli.render.words.marked import joined
from elo_cli.render.words.milestones import missing_lines
from elo_cli.tracking.chase import Ask, ChaseItem

_ASKS: Final[Mapping[Ask, str]] = {
    "overdue": N_("due {day}, and said to be unfinished. When will it be reached, and what delays it?"),
    "contested": N_("reported as completed, and the assessment objects. What is done about it?"),
    "unreported": N_("due {day}. Has this happened?"),
    "evidence": N_("reported as completed. Which document shows it?"),
    "verification": N_("evidence was brought {day}. Has it been verified, or is it returned?"),
    "decision": N_("{stage}. What was decided?"),
    "to-propose": N_("{stage}. Was it proposed, and what was decided?"),
    "proposal": N_("{stage}. What was decided?"),
    "stale": N_("last heard of {day}. How does it stand?"),
}


def question(texts: FieldText, asked: ChaseItem) -> str:
    """What is asked, without the name of the record that it is asked about."""
    language, since = texts.language, asked.since
    if asked.ask == "evidence" and isinstance(asked.record, Milestone):
        pieces = joined("; ", missing_lines(texts, texts.names.view.state(asked.record)))
        if pieces:
            return language.say(N_("evidence is missing: {pieces}"), pieces=pieces)
    day = language.period(since) if since is not None else language.say(N_("on an unknown day"))
    stage = texts.stage(asked.record) if isinstance(asked.record, Funding) else ""
    return language.say(_ASKS[asked.ask], day=day, stage=stage)
