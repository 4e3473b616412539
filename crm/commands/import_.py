"""``xiangtu import``: a ledger, a list or a ``.json`` of records into the database."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from crm.commands.line import DONE, MENDABLE, Context
from crm.i18n import N_, _

if TYPE_CHECKING:
    from crm.jobs import Progress

HELP = N_("import a ledger, a list of records or a .json")

PASTED = "-"
"""Stands for standard input, as everywhere."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("kind", metavar="KIND", help=_("leads, communities, funds, plots, follow-ups or contacts"))
    parser.add_argument(
        "file", type=Path, metavar="FILE", help=_("a workbook, csv, or .json; - for a block pasted on standard input")
    )
    parser.add_argument("--sheet", metavar="S", help=_("the one sheet to take"))
    parser.add_argument("--map", type=Path, metavar="FILE.json", help=_("which heading is which field"))
    rows = _("where the heading stands, counted as in the sheet; several times for several sheets")
    parser.add_argument("--header-rows", action="append", default=[], metavar="[SHEET=]ROWS", help=rows)
    parser.add_argument("--dry-run", action="store_true", help=_("only show what would be done"))
    parser.add_argument(
        "--answer", action="append", default=[], metavar="KEY=VALUE", help=_("the answer to a question of the file")
    )
    parser.add_argument(
        "--faulty", type=Path, metavar="FILE.xlsx", help=_("write the faulty rows there, as they came in, with reasons")
    )
    encodings = ("UTF-8", "GB18030", "Big5", "UTF-16")
    parser.add_argument("--encoding", choices=encodings, default="", help=_("of a text file, where it is in doubt"))
    recall = parser.add_mutually_exclusive_group()
    recall.add_argument(
        "--as-last-time", action="store_true", help=_("take all that was said of the same heading before")
    )
    recall.add_argument("--forget", action="store_true", help=_("take nothing of it, and forget it"))
    parser.add_argument("--answers", type=Path, metavar="FILE.json", help=_("answers, also those about single rows"))


def run(context: Context) -> int:
    """Import, and print what was understood, done and left open."""
    from crm.commands.importing import report
    from crm.commands.opening import opened
    from crm.commands.options import answer_given, json_file
    from crm.domain.imports.choices import answers_of
    from crm.domain.imports.kinds import import_fields
    from crm.domain.imports.said import read_heading_rows, read_said
    from crm.jobs import finish
    from crm.jobs.imports import Request, run_import
    from crm.jobs.lead_lists import LISTS, import_lead_list
    from crm.jobs.leftovers import write_faulty

    arguments = context.arguments
    fields = import_fields(arguments.kind)
    said = read_said(json_file(arguments.map), fields) if arguments.map else None
    written = answers_of(json_file(arguments.answers)) if arguments.answers else {}
    answers = written | dict(answer_given(text) for text in arguments.answer)
    with opened(context) as workspace:
        pasted = str(arguments.file) == PASTED
        request = Request(
            arguments.kind,
            Path(_("pasted block")) if pasted else arguments.file,
            workspace.user,
            sheet=arguments.sheet,
            said=said,
            answers=answers,
            backups=workspace.settings.backup_folder,
            encoding=arguments.encoding,
            headings=read_heading_rows(arguments.header_rows),
            block=sys.stdin.read() if pasted else "",
            recall="none" if arguments.forget else "all" if arguments.as_last_time else "same",
        )
        work = import_lead_list if arguments.kind in LISTS else run_import
        job = work(workspace.database, request, dry_run=arguments.dry_run)
        imported = finish(job, partial(_tell, context))
    document = imported.document(noted_only=not arguments.json)
    if arguments.faulty:
        document["faulty_file"] = str(arguments.faulty) if write_faulty(imported, arguments.faulty) else None
    context.answer(document, lambda: report(document))
    return MENDABLE if document["counts"]["faulty"] else DONE


def _tell(context: Context, step: Progress) -> None:
    context.say(f"[{step.done}/{step.total}] {step.text}")
