"""The languages that elo speaks: one record each, which everything that differs by language asks.

What is words lies in the catalogue of the language; here is what is not: codes, names, and forms made of figures.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final, NamedTuple

from elo_cli.model.characters import folded

SOURCE: Final = "en"
"""The language of the messages in the sources; it needs no catalogue."""
_A4: Final = (21.0, 29.7)


class LanguageRecord(NamedTuple):
    """One language of elo; forms have places for `{day}`, `{month}` (a number), `{month_name}` and `{year}`."""

    code: str
    """As in `--lang`, in texts of the data and in the catalogue's folder: `fi`."""
    name: str
    """What its speakers call it."""
    locale: str
    """The locale whose forms of plurals Babel writes into the catalogue, and to whose figures and months a test holds
    this record; Babel itself takes longer to load than most verbs to answer."""
    tag: str
    """The language with its country, as a document or a sheet is marked with it (BCP 47)."""
    day: str
    """A day."""
    month_day: str
    """A day of every year."""
    sheet_day: str
    """A day in a sheet, in the letters of Excel."""
    months: str
    """The twelve months in a row, as they stand alone and beside a day in a form that names the month."""
    decimal: str = ","
    """What stands before decimals."""
    group: str = "\u00a0"
    """What stands between thousands."""
    clock: str = "{hour}.{minute}"
    """A time of the day; the hour has no zero before it."""
    quarters: tuple[str, str, str, str] = ("1", "2", "3", "4")
    """What the quarters are called; how one stands beside its year is a message."""
    page: tuple[float, float] = _A4
    """Width and height of a document's page in centimetres."""
    after_z: str = ""
    """The letters that stand after z in a list, in their order; other letters with marks stand where theirs do."""

    def place(self, text: str) -> str:
        """What to sort a text by in a list of this language: `Ärlig` after `Zorn` in Swedish, not in English.

        Marks that are no letters or figures count for nothing. In Finland and Sweden ü stands as y, æ as ä and ø as ö
        (SFS 4600).
        """
        text = text.casefold()
        if self.after_z and not text.isascii():
            text = (
                unicodedata.normalize("NFC", text)
                .translate(_AS_OTHERS)
                .translate({ord(letter): chr(ord("z") + number) for number, letter in enumerate(self.after_z, 1)})
            )
        return " ".join(_NO_LETTER.sub(" ", folded(text)).split())


_NO_LETTER: Final = re.compile(r"[^\w{|}]+")
"""`{`, `|` and `}` follow z, and stand for the letters that do."""
_AS_OTHERS: Final = str.maketrans("üæø", "yäö")

# The order is that of the lists in helps and questions, and of the site where the tracker has none of these languages.
LANGUAGES: Final[Mapping[str, LanguageRecord]] = {
    record.code: record
    for record in (
        LanguageRecord(
            code="fi",
            name="Suomi",
            locale="fi",
            tag="fi-FI",
            day="{day}.{month}.{year}",
            month_day="{day}.{month}.",
            sheet_day="d.m.yyyy",
            months="tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu "
            "heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu",
            quarters=("I", "II", "III", "IV"),
            after_z="åäö",
        ),
        LanguageRecord(
            code="sv",
            name="Svenska",
            locale="sv",
            tag="sv-FI",
            day="{day}.{month}.{year}",
            month_day="{day}.{month}",
            sheet_day="d.m.yyyy",
            months="januari februari mars april maj juni juli augusti september oktober november december",
            quarters=("1:a", "2:a", "3:e", "4:e"),
            after_z="åäö",
        ),
        LanguageRecord(
            code="en",
            name="English",
            locale="en_GB",
            tag="en-GB",
            day="{day} {month_name} {year}",
            month_day="{day} {month_name}",
            sheet_day="d mmm yyyy",
            months="January February March April May June July August September October November December",
            decimal=".",
            group=",",
            clock="{hour}:{minute}",
            quarters=("Q1", "Q2", "Q3", "Q4"),
        ),
    )
}


_OTHER_NAMES: Final[Mapping[str, str]] = {
    "bg": "Български", "cs": "Čeština", "da": "Dansk", "de": "Deutsch", "el": "Ελληνικά", "es": "Español",
    "et": "Eesti", "fr": "Français", "ga": "Gaeilge", "hr": "Hrvatski", "hu": "Magyar", "it": "Italiano",
    "lt": "Lietuvių", "lv": "Latviešu", "mt": "Malti", "nl": "Nederlands", "pl": "Polski", "pt": "Português",
    "ro": "Română", "sk": "Slovenčina", "sl": "Slovenščina",
}  # fmt: skip
"""What speakers call the other official languages of the European Union."""


def name_of(code: str) -> str:
    """What its speakers call a language of the data; its code where that is not known."""
    return LANGUAGES[code].name if code in LANGUAGES else _OTHER_NAMES.get(code, code)


def tag_of(code: str) -> str:
    """The tag of a language for a document; a language of the data that elo does not speak is its own."""
    return LANGUAGES[code].tag if code in LANGUAGES else code
