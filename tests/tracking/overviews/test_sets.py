"""The sets of a list's rows."""

from datetime import date

from elo_cli.model.kinds import KINDS
from elo_cli.tracking.day.view import View
from elo_cli.tracking.listing import listing
from elo_cli.tracking.overviews.sets import MOST, keys_of, row_sets
from tests import trackers


def bodies(*names: str) -> str:
    """Return the vocabulary of some organisations."""
    return "".join(f"{name}:\n  name:\n    en: {name}\n  type: ministry\n" for name in names)


def found(files: dict[str, str], kind: str = "measure") -> dict[tuple[str, str], int]:
    """Return how many rows each set has, by what it is a set of."""
    view = View(trackers.tracker(files), date(2024, 1, 1))
    rows = listing(view, KINDS[kind]).rows
    sets = row_sets(view, [keys_of(view, row.entry.record) for row in rows])
    return {(group.by, group.key): len(group.places) for group in sets}


def test_each_row_is_in_its_sets_and_unstated_ones_in_theirs() -> None:
    """A measure is found by its goal, its status and everyone responsible; what nobody states has a set of its own."""
    sets = found(
        {
            "vocabulary/goals": "digital:\n  name:\n    en: Digital\n  type: strategic-goal\n",
            "vocabulary/organisations": bodies("okm", "tem"),
            "measures/one": "goal: digital\nstatus: completed\nresponsible: [okm, tem]\n",
            "measures/two": "responsible: [okm]\n",
            "measures/three": "",
        }
    )
    assert sets == {
        ("status", "completed"): 1,
        ("status", "unstated"): 2,
        ("goal", "digital"): 1,
        ("goal", ""): 2,
        ("owner", "okm"): 2,
        ("owner", "tem"): 1,
        ("owner", ""): 1,
    }


def test_a_set_of_all_rows_is_none() -> None:
    """What every row has in common narrows nothing, and is no link."""
    assert found({"measures/one": "status: planned\n", "measures/two": "status: planned\n"}) == {}


def test_sets_are_bounded() -> None:
    """Of many bodies the largest have a set: the number of pages does not grow with the number of names."""
    names = [f"body-{number}" for number in range(MOST + 20)]
    files = {"vocabulary/organisations": bodies(*names)}
    files |= {f"measures/m-{name}": f"responsible: [{name}]\n" for name in names}
    files["measures/twice"] = f"responsible: [{names[-1]}]\n"
    sets = found(files)
    assert len(sets) == MOST
    assert sets["owner", names[-1]] == 2
