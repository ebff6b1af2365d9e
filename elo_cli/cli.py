"""The command line: verbs by name, loaded when called; exit codes; the one place that turns an error into a message."""

import gettext
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from contextvars import Context
from importlib import import_module
from typing import Annotated, Any, Final, NamedTuple, cast

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info
from typer.models import CommandInfo

import elo_cli
from elo_cli.commands.shared import session
from elo_cli.model.errors import N_, EloError, Exit, UsageProblem, nearest


class Verb(NamedTuple):
    """A verb of the command line: the module that holds it, and what it does in half a line."""

    module: str
    does: str


VERBS: Final[dict[str, Verb]] = {
    "status": Verb("status", N_("the strategy on one screen")),
    "list": Verb("list_", N_("records of one kind, with filters")),
    "show": Verb("show", N_("one record, whole")),
    "find": Verb("find", N_("records by words in their names and texts")),
    "check": Verb("check", N_("everything that is wrong with the data")),
    "rules": Verb("rules", N_("what each rule of check means, and how to mend it")),
    "deadlines": Verb("deadlines", N_("what is unreported, overdue and coming")),
    "funding": Verb("funding", N_("sums of money by instrument, stage, measure or organisation")),
    "report": Verb("report", N_("summary, meeting brief, chase list, RRF and funding as documents")),
    "site": Verb("site", N_("the strategy as static pages")),
    "timeline": Verb("timeline", N_("measures and milestones along time, as a picture too")),
    "calendar": Verb("calendar", N_("deadlines, meetings and reporting days as .ics")),
    "export": Verb("export", N_("all records as CSV, XLSX, JSON or SQLite")),
    "new": Verb("new", N_("a new record, each field explained")),
    "update": Verb("update", N_("one dated update more on what became of a promise")),
    "set": Verb("set_", N_("put right what was written down wrongly")),
    "translate": Verb("translate", N_("the translations that are missing")),
    "undo": Verb("undo", N_("put back what is not committed yet")),
    "retract": Verb("retract", N_("take back a published update that was wrong")),
    "edit": Verb("edit", N_("a record in your editor, checked afterwards")),
    "mv": Verb("mv", N_("another id for a record, and for every reference to it")),
    "rm": Verb("rm", N_("take a record out that nothing refers to")),
    "init": Verb("init", N_("a new tracker for another strategy")),
    "fmt": Verb("fmt", N_("the canonical form of the files")),
    "import": Verb("import_", N_("a table of someone else as records and updates")),
    "diff": Verb("diff", N_("what changed between two versions, in meaning")),
    "merge-driver": Verb("merge_driver", N_("merges a record for git")),
    "log": Verb("log", N_("the life of a record: who recorded what, and when")),
    "completion": Verb("completion", N_("what makes your shell complete ids, fields and values")),
    "schema": Verb("schema", N_("the JSON Schemas of records and answers")),
}
"""Every verb, in the order of the help; the modules are not imported, since start-up is what a user waits for."""

EXAMPLES: Final = (
    ("elo status", N_("where do we stand?")),
    ("elo status --as-of 2021-04-09", N_("where did we stand on that day?")),
    ("elo deadlines --within 90d", N_("what is late, and what comes next?")),
    ("elo show dsp-services", N_("everything about one record")),
    ("elo check", N_("is the data in order?")),
)


HELP: Final = {"help_option_names": ["--help", "-h"]}
_BEFORE: Final = frozenset({"--data", "--lang"})
"""Options of verbs that may stand before the verb, where people look for them."""
TYPER_WORDS: Final = (N_("Arguments"), N_("Options"), N_("default: {default}"), N_("required"))
"""What typer itself says in a help; it asks gettext for it."""


class _Speaking:
    """What elo and a verb have in common: typer's own words in the reader's language, and little work."""

    def get_params(self, ctx: Any) -> Any:  # noqa: ANN401 - typer's own classes are private
        """The options and arguments, of which only those that were given are validated."""
        return [_unasked(parameter) for parameter in cast("Any", super()).get_params(ctx)]

    def format_usage(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - typer's own classes are private
        """Write the line that says how to call it."""
        say = session.language().say
        words = {piece: say(piece) for piece in (N_("[OPTIONS]"), N_("COMMAND [ARGS]..."))}
        pieces = [words.get(piece, piece) for piece in cast("Any", self).collect_usage_pieces(ctx)]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=say(N_("Usage: ")))

    def _speak(self, ctx: Any) -> None:  # noqa: ANN401 - typer's own classes are private
        language = session.language()
        os.environ["LANGUAGE"] = language.code
        gettext.bindtextdomain("elo", str(elo_cli.FOLDER / "locales"))
        gettext.textdomain("elo")
        option = cast("Any", self).get_help_option(ctx)
        if option is not None:
            option.help = N_("Show this help.")
        for parameter in cast("Any", self).get_params(ctx):
            if getattr(parameter, "help", None):
                parameter.help = language.say(parameter.help)


class VerbCommand(_Speaking, TyperCommand):
    """A verb whose help is said in the reader's language, examples first."""

    examples: Sequence[tuple[str, str]] = ()

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - typer's own classes are private
        """Write the help: examples, usage, what the verb does, options."""
        language = session.language()
        self._speak(ctx)
        _write_examples(formatter, self.examples)
        self.help = language.say(self.help or "")
        super().format_help(ctx, formatter)


class VerbGroup(_Speaking, TyperGroup):
    """All verbs; only the one that is called is loaded."""

    def list_commands(self, _ctx: Any) -> list[str]:  # noqa: ANN401 - typer's own classes are private
        """The verbs in the order of the help."""
        return list(VERBS)

    def get_command(self, _ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401 - typer's own classes are private
        """Load the verb's module and make its command."""
        if cmd_name not in VERBS:
            if near := nearest(cmd_name, VERBS):
                raise UsageProblem(N_("there is no verb “{verb}”; nearest is {nearest}"), verb=cmd_name, nearest=near)
            raise UsageProblem(N_("there is no verb “{verb}”; elo --help lists them"), verb=cmd_name)
        return load_verb(cmd_name)

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - typer's own classes are private
        """Write the help: examples first, then the verbs."""
        self._speak(ctx)
        _write_examples(formatter, EXAMPLES)
        self.help = session.language().say(self.help or "")
        super().format_help(ctx, formatter)

    def format_commands(self, _ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - typer's own classes are private
        """Write one line a verb from the table above, without loading any."""
        language = session.language()
        with formatter.section(language.say(N_("Verbs"))):
            formatter.write_dl([(name, language.say(verb.does)) for name, verb in VERBS.items()])


def _unasked(parameter: Any) -> Any:  # noqa: ANN401 - typer's own classes are private
    """The same parameter, which takes its default as it is.

    typer makes a validator of pydantic for each parameter, also where nothing was given: with twenty options a tenth of
    a verb's start, and the only need that `elo --version` has of pydantic.
    """
    validated = parameter.process_value

    def process_value(ctx: Any, value: Any) -> Any:  # noqa: ANN401 - typer's own classes are private
        if value is not parameter.default or parameter.required or parameter.multiple or parameter.nargs != 1:
            return validated(ctx, value)
        return value if parameter.callback is None else parameter.callback(ctx, parameter, value)

    if "process_value" not in vars(parameter):
        parameter.process_value = process_value
    return parameter


def _write_examples(formatter: Any, examples: Sequence[tuple[str, str]]) -> None:  # noqa: ANN401 - typer's formatter
    if examples:
        language = session.language()
        with formatter.section(language.say(N_("Examples"))):
            formatter.write_dl([(command, language.say(text)) for command, text in examples])


def load_verb(name: str) -> TyperCommand:
    """The command of a verb, made from the function of that name in its module: `run`, with `EXAMPLES` beside it."""
    module = import_module(f"elo_cli.commands.{VERBS[name].module}")
    command = get_command_from_info(
        CommandInfo(
            name=name,
            callback=module.run,
            cls=VerbCommand,
            help=_paragraphs(module.run.__doc__ or ""),
            context_settings=HELP,
        ),
        pretty_exceptions_short=True,
        rich_markup_mode=None,
    )
    verb = cast("VerbCommand", command)
    verb.examples = getattr(module, "EXAMPLES", ())
    return verb


def _paragraphs(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))


app = typer.Typer(
    cls=VerbGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=False,
    context_settings=HELP,
)


@app.callback(
    invoke_without_command=True,
    help=N_("Follow a strategy's measures, funding and milestones in YAML files under git."),
)
def _app(
    context: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help=N_("Print the version."), is_eager=True)] = False,
) -> None:
    if version:
        from elo_cli.commands.shared.origin import own_version

        sys.stdout.write(f"elo {own_version()}\n")
        raise typer.Exit
    if context.invoked_subcommand is None:
        sys.stdout.write(context.get_help() + "\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run elo with these arguments (default: the process's own) and give its exit code; never raises."""
    return Context().run(_main, sys.argv[1:] if arguments is None else list(arguments))


def _main(words: list[str]) -> int:
    session.prepare_streams()
    session.hear_language(words)
    try:
        result = _call(words)
        sys.stdout.flush()
        if result == Exit.INTERRUPTED:
            # typer turns an interruption in a verb into this code and says nothing.
            return _interrupted()
        return int(result or 0)
    except EloError as error:
        return _tell(session.language().say_all(error.message, error.values), error.exit_code)
    except KeyboardInterrupt:
        return _interrupted()
    except BrokenPipeError:
        return _reader_has_left()
    except SystemExit as leave:
        # rich and typer end the process with 1 of their own accord, which would mean findings.
        if isinstance(leave.__context__, BrokenPipeError):
            return _reader_has_left()
        raise
    except typer.Exit as leave:
        return int(leave.exit_code)
    except typer.Abort:
        return _interrupted()
    except Exception as error:  # noqa: BLE001 - a traceback is never what a user sees
        return _other(error)


def _interrupted() -> int:
    said = N_("interrupted, but the change is written") if session.has_written() else N_("interrupted")
    return _tell(session.language().say(said), Exit.INTERRUPTED)


def _call(words: list[str]) -> Any:  # noqa: ANN401 - typer gives what the verb gave
    if words[:1] == ["__complete"]:
        # A shell asks at every press of a key: no verb is loaded for it.
        from elo_cli.commands.complete import answer

        return answer(words[1:])
    words = _verb_first(words)
    if not words or words[0].partition("=")[0] in _BEFORE:
        from elo_cli.commands.begin import begin

        if begin(words):
            return Exit.FINE
        words = []
    command: Any = typer.main.get_command(app)
    return command.main(args=words, prog_name="elo", standalone_mode=False)


def _verb_first(words: list[str]) -> list[str]:
    """The words of a call with the verb first: `elo --data DIR status`, `elo help status`."""
    place = 0
    while place < len(words) and words[place].partition("=")[0] in _BEFORE:
        place += 1 if "=" in words[place] else 2
    before, rest = words[:place], words[place:]
    if rest[:1] == ["help"]:
        rest = [*rest[1:2], "--help"]
    if rest and rest[0].startswith("-"):
        return rest
    return [*rest[:1], *before, *rest[1:]]


def _reader_has_left() -> int:
    """The exit code where a pipe is closed early, as `elo list measures | head` does: what was read was right."""
    _abandon_stdout()
    return Exit.FINE


def _abandon_stdout() -> None:
    """Send what is still held for a stdout that takes nothing to nowhere, or Python would try again when it leaves."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _other(error: Exception) -> int:
    """What typer found wrong with the arguments, the disk with our output, or we with ourselves."""
    if hasattr(error, "format_message"):
        # typer's usage errors are private classes; all of them format themselves.
        from elo_cli.commands.shared.usage import usage_message

        return _tell(usage_message(session.language(), error), Exit.USAGE)
    if isinstance(error, ModuleNotFoundError):
        from elo_cli.commands.shared.usage import lacking_message

        if lacking := lacking_message(session.language(), error):
            return _tell(lacking, Exit.USAGE)
    if os.environ.get("ELO_DEBUG"):
        import traceback

        traceback.print_exc()
    if isinstance(error, OSError):
        from elo_cli.store.source import reason_of

        _abandon_stdout()
        if session.has_written():
            # A second try would write the change twice: it is done, and only its answer is lost.
            return _tell(
                session.language().say(
                    N_("the change is written; only the answer could not be shown: {reason}"), reason=reason_of(error)
                ),
                Exit.FINE,
            )
        return _tell(
            session.language().say(N_("the answer could not be written: {reason}"), reason=reason_of(error)),
            Exit.UNREADABLE,
        )
    return _tell(
        session.language().say(
            N_("a fault of elo itself ({kind}: {text}), after the change was written. ELO_DEBUG=1 shows where.")
            if session.has_written()
            else N_("a fault of elo itself ({kind}: {text}). Your files are untouched. ELO_DEBUG=1 shows where."),
            kind=type(error).__name__,
            text=str(error)[:200],
        ),
        Exit.FAULT,
    )


def _tell(message: str, code: Exit) -> int:
    from elo_cli.render.forms.text import visible

    try:
        sys.stdout.flush()
    except OSError:
        _abandon_stdout()
    with suppress(OSError):
        sys.stderr.write(f"elo: {visible(message, keep_lines=True)}\n")
        sys.stderr.flush()
    return int(code)
