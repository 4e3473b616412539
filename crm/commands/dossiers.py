"""``xiangtu dossiers``: the dossiers of all leads, or of some, into a folder."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from crm.commands.line import DONE, MENDABLE, Context
from crm.commands.printing import configure_paper, order_of, stand_ins_json, tell_unrecorded
from crm.i18n import N_, _

if TYPE_CHECKING:
    from crm.jobs import Progress

HELP = N_("print the dossiers of all leads into a folder")

TOLD_EVERY = 20
"""Documents between two messages about progress."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("-o", "--output", metavar="DIR", required=True, type=Path, help=_("the folder to write to"))
    parser.add_argument("--leads", metavar="L,…", help=_("only these leads: ids, codes or exact names, with commas"))
    short = _("the brief of each, two pages, instead of the dossier")
    parser.add_argument("--short", action="store_true", help=short)
    configure_paper(parser)


def run(context: Context) -> int:
    """Print them, telling progress; Ctrl-C stops between two."""
    from crm.commands.opening import opened
    from crm.jobs import finish
    from crm.jobs.dossiers import print_leads
    from crm.queries.records import find

    wanted = [word.strip() for word in (context.arguments.leads or "").split(",") if word.strip()]
    with opened(context) as workspace:
        database = workspace.database
        with database.read() as session:
            ids = [find(session, "leads", word) for word in wanted] if wanted else None
        short = context.arguments.short
        document, name = ("brief", _("Project brief")) if short else ("dossier", _("Project dossier"))
        order = order_of(context, workspace, document, name)
        job = print_leads(database, order, context.arguments.output, ids)
        batch = finish(job, partial(_tell, context))
    tell_unrecorded(context, batch.printed)
    for code, message in batch.refused:
        context.say(_("{code} was not printed: {message}").format(code=code, message=message))
    answer = {
        "folder": str(context.arguments.output),
        "files": [
            {
                "lead": each.lead,
                "file": str(each.file),
                "pages": each.pages,
                "sha256": each.sha256,
                "stand_ins": stand_ins_json(each),
            }
            for each in batch.printed
        ],
        "refused": [{"lead": code, "message": message} for code, message in batch.refused],
    }
    told = _("{count} briefs in {folder}") if short else _("{count} dossiers in {folder}")
    text = told.format(count=len(batch.printed), folder=context.arguments.output)
    context.answer(answer, lambda: text)
    return MENDABLE if batch.refused else DONE


def _tell(context: Context, step: Progress) -> None:
    if step.done % TOLD_EVERY == 0 or step.done == step.total:
        context.say(_("{done} of {total}: {file}").format(done=step.done, total=step.total, file=step.text))
