"""``xiangtu demo``: the whole main job on made-up data, from the ledgers to printed documents; then the window."""

from __future__ import annotations

import argparse
import glob
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from crm.commands.arguments import whole_number
from crm.commands.line import DONE, Context, has_screen
from crm.commands.options import day_given
from crm.errors import ValueRefusedError
from crm.i18n import N_, _

if TYPE_CHECKING:
    from crm.database import Database
    from crm.jobs import Job, Progress
    from crm.jobs.demonstration import Filled

HELP = N_("fill a demonstration database and do the whole main job with it")
FOLDER = "xiangtu-demo"

Result = TypeVar("Result")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    folder = _("the folder to write to; default: {folder}").format(folder=FOLDER)
    parser.add_argument("--folder", metavar="DIR", type=Path, default=Path(FOLDER), help=folder)
    parser.add_argument(
        "--leads", metavar="N", type=whole_number, default=0, help=_("make up so many leads beside the samples")
    )
    parser.add_argument(
        "--no-window", action="store_true", help=_("do not open the window; make pictures of the pages")
    )


def run(context: Context) -> int:
    """Do it all, say what was written and where, and open the window when there is one."""
    from crm.commands.demo_report import document_of, report
    from crm.jobs.demonstration import DATABASE, fill_demonstration
    from crm.migrations.opening import open_database

    arguments = context.arguments
    if arguments.leads < 0:
        raise ValueRefusedError(_("The number of leads cannot be negative."), where="--leads")
    folder: Path = arguments.folder
    place = folder / DATABASE
    filled = _told(context, fill_demonstration(place, arguments.leads))
    database = open_database(place)
    try:
        done = _main_job(context, database, filled, folder)
    finally:
        database.close()
    context.answer(document_of(done), lambda: report(done))
    opener = context.doors.open_window
    return opener(str(place), arguments.by) if opener is not None and _opens_window(context) else DONE


def _main_job(context: Context, database: Database, filled: Filled, folder: Path) -> Any:  # noqa: ANN401  (a Done)
    from crm.commands.demo_report import Done
    from crm.domain.matching.allocation_json import allocation_document
    from crm.jobs.demonstration import DAY, allocation_of, lead_ids
    from crm.jobs.demonstration_papers import print_papers, write_ledger
    from crm.jobs.surveys import check_leads, match_leads
    from crm.queries.duplicates import duplicate_leads

    with database.read() as session:
        every, sampled = lead_ids(session, samples_only=False), lead_ids(session, samples_only=True)
        with filled.timed("duplicates"):
            pairs = duplicate_leads(session)
    with filled.timed("check"):
        verdicts = _told(context, check_leads(database, DAY, every))
    with filled.timed("match"):
        fits = _told(context, match_leads(database, DAY, sampled))
    with filled.timed("allocate"):
        allocation = allocation_of(database, sampled)
    with filled.timed("documents"):
        files = _told(context, print_papers(database, context.doors.renderers, folder, day_given(None)))
    with filled.timed("ledger"):
        files.append(_told(context, write_ledger(database, folder)))
    with filled.timed("pictures"):
        pictures = _pictures(context, [each.file for each in files if each.file.suffix == ".pdf"], folder)
    return Done(filled, folder, len(pairs), verdicts, fits, allocation_document(allocation), files, pictures)


def _pictures(context: Context, files: list[Path], folder: Path) -> list[Path]:
    """Return PNG pages of the documents and of the window where none is opened; those newer than a document stay."""
    from crm.jobs.demonstration import DATABASE

    draw, paint = context.doors.pictures, context.doors.paint_pages
    if draw is None or _opens_window(context):
        return []
    pictures: list[Path] = []
    for file in files:
        there = sorted(folder.glob(f"{glob.escape(file.stem)}-*.png"), key=lambda each: (len(each.name), each.name))
        stand = there and all(each.stat().st_mtime >= file.stat().st_mtime for each in there)
        pictures += there if stand else draw(file, folder)
    if paint is not None:
        context.say(_("painting the window"))
        pictures += paint(str(folder / DATABASE), folder)
    return pictures


def _told(context: Context, job: Job[Result]) -> Result:
    """Run a job to its end, telling each new step; return its result."""
    from crm.jobs import finish

    said = [""]

    def tell(step: Progress) -> None:
        if step.text not in ("", said[-1]):
            said.append(step.text)
            context.say(step.text)

    return finish(job, tell)


def _opens_window(context: Context) -> bool:
    """Return whether the window will be opened: it may, there is one, and a screen."""
    return has_screen() and context.doors.open_window is not None and not context.arguments.no_window
