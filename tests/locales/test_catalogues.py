"""The catalogues say everything that the sources say, in every language."""

import gettext
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from elo_cli.locales import catalogues
from elo_cli.render.words import language


@pytest.fixture(scope="module")
def template() -> Catalog:
    """Return the messages that the sources hold now."""
    return catalogues.template()


def keys(catalogue: Catalog) -> set[tuple[str, str | None]]:
    """Return what names the messages of a catalogue, without its header."""
    return {catalogues.key(message) for message in catalogue if message.id}


def placeholders(text: str) -> set[str]:
    """Return the names between braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def misplaced(message: Message) -> bool:
    """Tell whether a translation has other placeholders than its message.

    A singular may leave the number out ("one file"): only the last form is held to those of the plural, the others may
    use what the message has.
    """
    ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    forms = catalogues.strings(message)
    allowed = set().union(*map(placeholders, ids))
    return placeholders(forms[-1]) != placeholders(ids[-1]) or any(not placeholders(form) <= allowed for form in forms)


@pytest.mark.parametrize("code", catalogues.TRANSLATED)
def test_catalogue_holds_the_messages_of_the_sources(code: str, template: Catalog) -> None:
    """No message of the sources is missing, and none is kept that no source uses; `make catalogues` mends both."""
    held = keys(catalogues.read(code))
    wanted = keys(template)
    assert sorted(wanted - held, key=str) == []
    assert sorted(held - wanted, key=str) == []


@pytest.mark.parametrize("code", catalogues.TRANSLATED)
def test_every_message_is_translated(code: str) -> None:
    """Every message has a translation in every form, and none of them is a guess."""
    messages = [message for message in catalogues.read(code) if message.id]
    assert [message.id for message in messages if not all(catalogues.strings(message))] == []
    assert [message.id for message in messages if message.fuzzy] == []


@pytest.mark.parametrize("code", catalogues.TRANSLATED)
def test_plural_messages_have_all_forms_of_the_language(code: str) -> None:
    """A counted message has as many forms as the language asks for."""
    catalogue = catalogues.read(code)
    counted = [message for message in catalogue if message.id and not isinstance(message.id, str)]
    assert [m.id for m in counted if len(catalogues.strings(m)) != catalogue.num_plurals] == []


@pytest.mark.parametrize("code", catalogues.TRANSLATED)
def test_translations_keep_the_placeholders(code: str) -> None:
    """A translation names exactly the values that the message names, so that none is lost and none is unknown."""
    messages = [message for message in catalogues.read(code) if message.id]
    assert [message.id for message in messages if all(catalogues.strings(message)) and misplaced(message)] == []


@pytest.mark.parametrize("code", catalogues.TRANSLATED)
def test_compiled_catalogue_answers_as_the_source_does(code: str) -> None:
    """The .mo that the program loads is there and holds the translations of the .po; make compiles it."""
    compiled = gettext.translation(language.DOMAIN, catalogues.PACKAGE / "locales", [code])
    plain = [message for message in catalogues.read(code) if isinstance(message.id, str) and message.id]
    wrong = [m.id for m in plain if m.string and m.context is None and compiled.gettext(str(m.id)) != m.string]
    assert wrong == []


@pytest.mark.parametrize("code", catalogues.TRANSLATED)
def test_update_changes_nothing_that_is_up_to_date(code: str, template: Catalog) -> None:
    """The file is written as `make catalogues` writes it, so that the next run is no change."""
    new = catalogues.updated(code, template, drop_unused=False)
    assert catalogues.written(code, new) == catalogues.catalogue_path(code).read_bytes()


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty package that the tool works on instead of elo's own."""
    monkeypatch.setattr(catalogues, "PACKAGE", tmp_path)
    (tmp_path / "checks").mkdir()
    return tmp_path


def translate(root: Path, message: str, translation: str) -> None:
    """Write a Finnish translation into a catalogue, as a person would."""
    path = root / "locales" / "fi" / "LC_MESSAGES" / "elo.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace(f'msgid "{message}"\nmsgstr ""', f'msgid "{message}"\nmsgstr "{translation}"'), "utf-8"
    )


def finnish(root: Path) -> dict[str, str]:
    """Return the Finnish messages in use with their translations."""
    with (root / "locales" / "fi" / "LC_MESSAGES" / "elo.po").open("rb") as stream:
        return {str(message.id): str(message.string) for message in read_po(stream) if message.id}


def test_translation_outlives_its_message(elsewhere: Path) -> None:
    """A translation whose message went away is kept aside, and is in use again when the message comes back."""
    source = elsewhere / "checks" / "rule.py"
    source.write_text('_("overdue")\n', "utf-8")
    catalogues.update()
    translate(elsewhere, "overdue", "myöhässä")
    source.write_text("", "utf-8")
    catalogues.update()
    assert finnish(elsewhere) == {}
    source.write_text('_("overdue")\n', "utf-8")
    catalogues.update()
    assert finnish(elsewhere) == {"overdue": "myöhässä"}


def test_unused_translations_go_on_request(elsewhere: Path) -> None:
    """`--drop-unused` removes what is kept aside."""
    source = elsewhere / "checks" / "rule.py"
    source.write_text('_("overdue")\n', "utf-8")
    catalogues.update()
    translate(elsewhere, "overdue", "myöhässä")
    source.write_text("", "utf-8")
    catalogues.update(drop_unused=True)
    assert "myöhässä" not in (elsewhere / "locales/fi/LC_MESSAGES/elo.po").read_text("utf-8")


def test_templates_are_read(elsewhere: Path) -> None:
    """A message in a Jinja2 template, with its context, is found."""
    (elsewhere / "templates").mkdir()
    (elsewhere / "templates" / "page.html.jinja").write_text("<p>{{ p_('of money', 'Total') }}</p>", "utf-8")
    assert keys(catalogues.template()) == {("Total", "of money")}


def test_help_of_a_verb_is_a_message(elsewhere: Path) -> None:
    """The docstring of a verb's function is said by `--help`, so it is translated."""
    (elsewhere / "commands").mkdir()
    (elsewhere / "commands" / "log.py").write_text('def run():\n    """One\n    line.\n\n    Two."""\n', "utf-8")
    assert keys(catalogues.template()) == {("One line.\n\nTwo.", None)}
