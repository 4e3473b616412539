"""``xiangtu capture``: what a pasted message says of a lead; saved only with ``--save``."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm.commands.line import DONE, Context
from crm.i18n import N_, _

if TYPE_CHECKING:
    from crm.domain.capture.marks import Candidate, Capture, Mark

HELP = N_("read a message or a paragraph: company, contact, amounts, land …; nothing is written without --save")

LONGEST_NAME = 255
"""No file's name is longer: a longer word is the text itself."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("text", metavar="TEXT|-|FILE", help=_("the text itself, - for standard input, or a text file"))
    parser.add_argument("--on", metavar="DATE", help=_("the day it was written, YYYY-MM-DD; default: today"))
    parser.add_argument(
        "--save", action="store_true", help=_("save each lead found, with the text as its first follow-up")
    )
    parser.add_argument(
        "--new",
        action="store_true",
        help=_("with --save: also one that may be known already (it is held back without)"),
    )


def run(context: Context) -> int:
    """Read, print, and save when asked."""
    from crm.commands.options import day_given
    from crm.domain.capture.candidates import capture
    from crm.domain.capture.to_json import capture_to_json

    arguments = context.arguments
    on = day_given(arguments.on)
    found = capture(_text(arguments.text), on)
    document: dict[str, Any] = {**capture_to_json(found), "saved": [], "held_back": []}
    if arguments.save:
        document |= _save(context, found, on)
    context.answer(document, lambda: _told(found, document))
    return DONE


def _text(word: str) -> str:
    """Return the text that is meant: of standard input, of a file, or the word itself.

    Raises:
        FileRefusedError: a file that is no text, or cannot be read.
    """
    if word == "-":
        return sys.stdin.read()
    if len(word.encode()) <= LONGEST_NAME and "\n" not in word and Path(word).is_file():
        return _text_of(Path(word))
    return word


def _text_of(path: Path) -> str:
    from crm.errors import FileRefusedError
    from crm.workbooks.limits import MEGABYTE, Refusal
    from crm.workbooks.texts import decode

    try:
        with path.open("rb") as file:
            content = file.read(MEGABYTE)
        return decode(content)[0]
    except (OSError, Refusal) as error:
        message = _("{file} is not a text that can be read.").format(file=path.name)
        raise FileRefusedError(message, where=str(path)) from error


def _save(context: Context, found: Capture, on: date) -> dict[str, Any]:
    """Save the candidates; one that may be known already is held back unless it is said to be new."""
    from crm.commands.opening import opened
    from crm.queries.known import leads_like
    from crm.services.capture import name_of, register

    saved: list[str] = []
    held: list[dict[str, Any]] = []
    with opened(context) as workspace:
        by = workspace.user
        for each in found.candidates:
            values = dict(each.values)
            name = name_of(values)
            with workspace.database.write(by=by, why=_("paste to register")) as session:
                known = [] if context.arguments.new else leads_like(session, values)
                if name is None or known:
                    held.append(
                        {"name": name, "known": [{"id": one[0], "name": one[1], "why": one[2]} for one in known]}
                    )
                    continue
                saved.append(register(session, {**values, "name": name}, found.text, by=by, on=on).code)
    return {"saved": saved, "held_back": held}


def _told(found: Capture, document: dict[str, Any]) -> str:
    from crm.commands.layout import columns

    if not found.candidates:
        return _("No lead was recognised in this text.")
    lines = []
    for number, each in enumerate(found.candidates, 1):
        lines += [_("Lead {number}").format(number=number), *columns(_rows(each)), ""]
    if found.cut:
        lines.append(_("The text is longer than is looked at; its end was left out."))
    for code in document["saved"]:
        lines.append(_("Saved as {code}.").format(code=code))
    for held in document["held_back"]:
        lines.append(_held(held))
    if not document["saved"] and not document["held_back"]:
        lines.append(_("Nothing was written. Check it, then run again with --save."))
    return "\n".join(lines)


def _held(held: dict[str, Any]) -> str:
    if not held["known"]:
        return _("Not saved: neither a project nor a company is named.")
    first = held["known"][0]
    text = _("Not saved: {name} may be known already: {known} ({why}). --new saves it all the same.")
    return text.format(name=held["name"], known=first["name"], why=first["why"])


def _rows(candidate: Candidate) -> list[tuple[str, ...]]:
    return [_row(mark) for mark in (*candidate.marks, *candidate.others)]


def _row(mark: Mark) -> tuple[str, ...]:
    from crm.domain.capture.explain import certainty_text, field_text, reason_text
    from crm.domain.fields.registry import LEAD_FIELDS
    from crm.domain.fields.writing import value_to_text

    field = LEAD_FIELDS[mark.field or "planned_investment"]
    shown = value_to_text(field, mark.value)
    return "", field_text(mark), shown, certainty_text(mark.certainty), reason_text(mark.reason)
