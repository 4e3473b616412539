"""``xiangtu inspect``: the health of a ledger on one page, without a database."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from crm.commands.line import DONE, Context
from crm.i18n import N_, _

if TYPE_CHECKING:
    from crm.domain.inspection.health import Inspected
    from crm.jobs import Progress

HELP = N_("look at a ledger: duplicates, verdicts, missing facts, doubtful cells; nothing is written")

SHOWN = 15
"""Rows of a section that are listed on the terminal; --json has them all."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help=_("a workbook or csv of leads"))
    parser.add_argument("--sheet", metavar="S", help=_("the one sheet to take"))
    parser.add_argument("--map", type=Path, metavar="FILE.json", help=_("which heading is which field"))
    rows = _("where the heading stands, counted as in the sheet; several times for several sheets")
    parser.add_argument("--header-rows", action="append", default=[], metavar="[SHEET=]ROWS", help=rows)
    parser.add_argument(
        "--answer", action="append", default=[], metavar="KEY=VALUE", help=_("the answer to a question of the file")
    )
    parser.add_argument("--on", metavar="DATE", help=_("the day of the check, YYYY-MM-DD; default: today"))
    parser.add_argument("-o", "--output", metavar="F.pdf", type=Path, help=_("write the page as PDF, too"))
    stand_ins = _("print a character that no font has as its code point, 〔U+20000〕, instead of refusing")
    parser.add_argument("--stand-ins", action="store_true", help=stand_ins)


def run(context: Context) -> int:
    """Look, and print what was found."""
    from crm.commands.options import answer_given, day_given, json_file
    from crm.domain.fields.registry import LEAD_FIELDS
    from crm.domain.imports.said import read_heading_rows, read_said
    from crm.domain.inspection.to_json import health_to_json
    from crm.jobs import finish
    from crm.jobs.inspections import inspect_file

    arguments = context.arguments
    if arguments.output is not None:
        from crm.files import check_over

        check_over(arguments.output, ".pdf")
    answers = dict(answer_given(text) for text in arguments.answer)
    job = inspect_file(
        arguments.file,
        day_given(arguments.on),
        sheet=arguments.sheet,
        answers=answers,
        said=read_said(json_file(arguments.map), LEAD_FIELDS) if arguments.map else None,
        headings=read_heading_rows(arguments.header_rows),
    )
    found = finish(job, partial(_tell, context))
    document = {"file": found.file, "sha256": found.sha256, "on": found.on.isoformat(), **health_to_json(found.health)}
    document |= {"notes": list(found.notes), "pdf": None}
    if arguments.output is not None:
        document |= _print(context, found)
    context.answer(document, lambda: _text(found, document["pdf"]))
    return DONE


def _print(context: Context, found: Inspected) -> dict[str, object]:
    from crm.files import save_bytes

    arguments = context.arguments
    composed = context.doors.renderers["ledger_health"]()(found, stand_ins=arguments.stand_ins)
    save_bytes(arguments.output, composed.pdf())
    return {"pdf": str(arguments.output), "pages": composed.count}


def _tell(context: Context, step: Progress) -> None:
    context.say(f"[{step.done}/{step.total}] {step.text}")


def _text(found: Inspected, pdf: str | None) -> str:
    from crm.commands.layout import columns
    from crm.domain.inspection.words import sections, summary

    lines = [_("File: {file}").format(file=found.file), *found.notes, *summary(found.health)]
    for section in sections(found.health):
        lines += ["", _("{title} ({count})").format(title=section.title, count=len(section.rows))]
        if not section.rows:
            lines.append(f"  {section.none}")
            continue
        lines += [f"  {line}" for line in columns([section.heads, *section.rows[:SHOWN]])]
        if len(section.rows) > SHOWN:
            lines.append(_("  … and {number} more (see --json)").format(number=len(section.rows) - SHOWN))
    if pdf is not None:
        lines += ["", _("The page: {file}").format(file=pdf)]
    return "\n".join(lines)
