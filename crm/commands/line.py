"""The command line: reads the words, calls one command, turns errors into exit codes (contract: cli.md, "Everywhere").

A command is a module here with three names: ``HELP`` (a message), ``configure(parser)`` and ``run(context) -> int``. It
is imported only when it is called, so that ``xiangtu check`` does not pay for a database or a PDF.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, TextIO

from crm.errors import ScreenMissingError, UserError
from crm.i18n import DEFAULT_LANGUAGE, LANGUAGES, _, use_language

if TYPE_CHECKING:
    import argparse

SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")
VALUED = ("--database", "--by", "--lang")
"""Options before a command that take a value."""

DONE, MENDABLE, WRONG_ARGUMENTS, BUG, CANCELLED = 0, 1, 2, 70, 130

COMMANDS: dict[str, str] = {
    "demo": "demo",
    "check": "check",
    "match": "match",
    "allocate": "allocate",
    "search": "search",
    "duplicates": "duplicates",
    "decide": "decide",
    "merge": "merge",
    "split": "split",
    "first-reports": "first_reports",
    "show": "show",
    "add": "add",
    "overview": "overview",
    "reserve": "reserve",
    "convert": "convert",
    "steward": "steward",
    "checklist": "checklist",
    "evaluate": "evaluate",
    "set": "set",
    "stage": "stage",
    "history": "history",
    "releases": "releases",
    "reprint": "reprint",
    "enterprise-file": "enterprise_file",
    "import": "import_",
    "imports": "imports",
    "export": "export",
    "template": "template",
    "inspect": "inspect_",
    "capture": "capture",
    "fill": "fill",
    "undo": "undo",
    "brief": "brief",
    "dossier": "dossier",
    "dossiers": "dossiers",
    "threshold-sheet": "threshold_sheet",
    "report": "report",
    "minutes": "minutes",
    "review-sheet": "review_sheet",
    "blind-profile": "blind_profile",
    "coordination-sheet": "coordination_sheet",
    "follow-up": "follow_up",
    "agenda": "agenda",
    "deadlines": "deadlines",
    "backup": "backup",
    "restore": "restore",
    "upgrade": "upgrade",
    "password": "password",
    "doctor": "doctor",
    "match-sheet": "match_sheet",
    "sector": "sector",
    "investors": "investors",
}
"""The module of each command, by its name on the command line."""


@dataclass(frozen=True, slots=True)
class Doors:
    """What the rooms above the core lend to a command; handed in by main.py, called only when needed.

    Attributes:
        renderers: by name of the document, a function that returns its writer (``reports`` is imported then).
        pictures: turns a PDF into PNG pages.
        open_window: opens the window on a database (None: the one of last time) in an officer's name; returns when it
            is closed.
        paint_pages: paints the window's pages on a database into a folder, where there is no screen.
    """

    renderers: Mapping[str, Callable[[], Callable[..., Any]]] = field(default_factory=dict)
    pictures: Callable[..., Any] | None = None
    open_window: Callable[[str | None, str | None], int] | None = None
    paint_pages: Callable[[str, Path], list[Path]] | None = None


@dataclass(slots=True)
class Context:
    """One call of a command: its arguments and where its answer goes."""

    arguments: argparse.Namespace
    doors: Doors
    out: TextIO
    err: TextIO

    def answer(self, document: dict[str, Any], text: Callable[[], str]) -> None:
        """Print the answer: the document with ``--json``, else the text."""
        if self.arguments.json:
            import json

            json.dump(document, self.out, ensure_ascii=False)
            self.out.write("\n")
        else:
            self.out.write(text().rstrip("\n") + "\n")

    def say(self, message: str) -> None:
        """Tell about progress on standard error."""
        self.err.write(message + "\n")
        self.err.flush()


def run(words: Sequence[str], doors: Doors | None = None, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Run what the words ask for; return the exit code."""
    out, err = out or sys.stdout, err or sys.stderr
    _utf8(out)
    _utf8(err)
    words = _with_negative_values(words)
    with use_language(_language_of(words)):
        arguments = _plain(words) or _parsed(words)  # wrong arguments leave with exit code 2
        context = Context(arguments, doors or Doors(), out, err)
        try:
            code = _window(context) if arguments.command is None else int(_command(arguments.command).run(context))
            out.flush()
        except UserError as error:
            return _refuse(context, error)
        except KeyboardInterrupt:
            return CANCELLED
        except BrokenPipeError:  # whoever reads has seen enough: xiangtu history … | head
            _let_go(out)
            return DONE
        except Exception as error:  # noqa: BLE001  (whatever it is, it is a bug: logged, told, exit code 70)
            return _bug(context, error)
    return code


def has_screen() -> bool:
    """Return whether a window could be seen: on Linux where a display is named, elsewhere always."""
    return sys.platform != "linux" or any(os.environ.get(name) for name in SCREENS)


def _window(context: Context) -> int:
    """Open the window: what the program does when no command is named."""
    arguments = context.arguments
    if context.doors.open_window is None or not has_screen():
        raise ScreenMissingError(_("There is no screen here. Name a command; “xiangtu --help” lists them."))
    return context.doors.open_window(arguments.database, arguments.by)


def _bug(context: Context, error: Exception) -> int:
    from crm.log import write_bug

    try:
        bug = write_bug(error)
        words = _("The program made a mistake; what happened is written in {log} under number {number}.")
        message = words.format(log=bug.file, number=bug.number)
    except OSError:
        traceback.print_exception(error, file=context.err)
        message = _("The program made a mistake, and its log cannot be written; what happened stands above.")
    if context.arguments.json:
        import json

        context.out.write(json.dumps({"error": {"kind": "bug", "message": message, "where": None}}, ensure_ascii=False))
        context.out.write("\n")
    context.err.write(message + "\n")
    return BUG


def _named(words: Sequence[str]) -> str | None:
    """Return the command that the words name: the first that is one, and no value of an option before it."""
    before = ""
    for word in words:
        if word in COMMANDS and before not in VALUED:
            return word
        before = word
    return None


def _let_go(stream: TextIO) -> None:
    """Lead a closed stream nowhere, so that Python does not complain of it at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _with_negative_values(words: Sequence[str]) -> list[str]:
    """Return the words with a value like -5亩 joined to its option: argparse would take it for another option."""
    joined: list[str] = []
    for word in words:
        if word[:1] == "-" and word[1:2].isdigit() and joined and joined[-1].startswith("--") and "=" not in joined[-1]:
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    return joined


def _refuse(context: Context, error: UserError) -> int:
    if context.arguments.json:
        import json

        document = {"error": {"kind": error.kind, "message": error.message, "where": error.where}}
        context.out.write(json.dumps(document, ensure_ascii=False) + "\n")
    context.err.write(" ".join(error.message.splitlines()) + "\n")
    return MENDABLE


def _command(name: str) -> Any:  # noqa: ANN401  (a module with HELP, configure and run)
    return import_module(f"crm.commands.{COMMANDS[name]}")


def _common(parser: argparse.ArgumentParser, *, top: bool) -> None:
    """Add the options that may stand before or after the command."""
    import argparse

    default: Any = None if top else argparse.SUPPRESS
    no = False if top else argparse.SUPPRESS
    database = os.environ.get("XIANGTU_DATABASE") if top else argparse.SUPPRESS
    parser.add_argument("--database", metavar="PATH|URL", default=database, help=_("a SQLite file or a PostgreSQL URL"))
    parser.add_argument("--json", action="store_true", default=no, help=_("one JSON document on standard output"))
    language = DEFAULT_LANGUAGE if top else argparse.SUPPRESS
    parser.add_argument("--lang", choices=LANGUAGES, default=language, help=_("language of the texts"))
    parser.add_argument("--by", metavar="NAME", default=default, help=_("the officer in whose name a change is made"))


def _plain(words: Sequence[str]) -> Any | None:  # noqa: ANN401  (what the window asks of a Namespace)
    """Return the arguments where only options with a value stand, else None: the window needs no argparse to open."""
    found: dict[str, str | None] = {
        "database": os.environ.get("XIANGTU_DATABASE"),
        "by": None,
        "lang": DEFAULT_LANGUAGE,
    }
    rest = iter(words)
    for word in rest:
        option, equals, value = word.partition("=")
        if option not in VALUED:
            return None
        given = value if equals else next(rest, None)
        if given is None or given.startswith("-"):
            return None
        found[option.removeprefix("--")] = given
    if found["lang"] not in LANGUAGES:
        return None
    return SimpleNamespace(command=None, json=False, **found)


def _described(words: Sequence[str]) -> Sequence[str]:
    """Return the commands to describe, and import for it: the one named, else all for the help."""
    name = _named(words)
    return (name,) if name is not None else tuple(COMMANDS)


def _parsed(words: Sequence[str]) -> argparse.Namespace:
    from crm.commands.arguments import translated

    with translated():
        return _parser(_described(words)).parse_args(list(words))


def _parser(names: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser of these commands."""
    from crm.commands.arguments import Parser

    parser = Parser(prog="xiangtu", description=_("Xiangtu: investment and talent attraction"))
    _common(parser, top=True)
    commands = parser.add_subparsers(dest="command", required=False, metavar=_("COMMAND"))
    for name in names:
        module = _command(name)
        child = commands.add_parser(name, help=_(module.HELP), description=_(module.HELP))
        _common(child, top=False)
        module.configure(child)
    return parser


def _language_of(words: Sequence[str]) -> str:
    """Return the language asked for, before anything is parsed: the help is in it too."""
    for place, word in enumerate(words):
        if word.startswith("--lang="):
            word = word.removeprefix("--lang=")  # noqa: PLW2901
        elif word == "--lang" and place + 1 < len(words):
            word = words[place + 1]  # noqa: PLW2901
        else:
            continue
        if word in LANGUAGES:
            return word
    return DEFAULT_LANGUAGE


def _utf8(stream: TextIO) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8")
