"""``xiangtu export``: records out of the house, as a workbook for people, a csv, or JSON for scripts."""

from __future__ import annotations

import argparse
from pathlib import Path

from crm.commands.line import DONE, Context
from crm.commands.options import add_release, check_release
from crm.domain.fields.registry import RECORD_FIELDS
from crm.i18n import N_, _

HELP = N_("write records to a workbook, a csv or a JSON file")
KINDS = tuple(RECORD_FIELDS)
VIEWS = ("filled", "full")
FORMS = ("weekly", "monthly", "flat")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("kind", metavar="KIND", choices=KINDS, help=", ".join(KINDS))
    parser.add_argument("file", metavar="FILE", type=Path, help=_("the file to write: .xlsx, .csv or .json"))
    where = _("only records that meet this: area = 高铁新城 and annual_tax >= 5000万元 and land is empty")
    parser.add_argument("--where", metavar="EXPR", default="", help=where)
    view = _("which columns: filled (those that hold something) or full (every one)")
    parser.add_argument("--view", metavar="NAME", choices=VIEWS, default=VIEWS[0], help=view)
    shown = _("the columns, in this order: names or labels, as name, land, space.研发, verdict")
    parser.add_argument("--columns", metavar="NAMES", default="", help=shown)
    order = _("what rows are sorted by, as area, annual_tax desc; unknown stands last")
    parser.add_argument("--sort", metavar="NAMES", default="", help=order)
    form = _("a form bureaus keep instead of the plain ledger: weekly, monthly or flat (leads, .xlsx)")
    parser.add_argument("--form", metavar="NAME", choices=FORMS, default="", help=form)
    add_release(parser)
    where_to = _("the country or station abroad that the file goes to")
    parser.add_argument("--abroad", metavar="PLACE", default="", help=where_to)
    parser.add_argument("--basis", metavar="TEXT", default="", help=_("on what personal data may leave the country"))


def run(context: Context) -> int:
    """Write the file and say how many records are in it."""
    from datetime import UTC, datetime

    from crm.commands.opening import opened
    from crm.jobs import finish
    from crm.jobs.exports import Order, export_records

    arguments = context.arguments
    check_release(arguments)
    with opened(context) as workspace:
        order = Order(
            arguments.kind,
            workspace.user,
            datetime.now(UTC),
            where=arguments.where,
            view=arguments.view,
            columns=arguments.columns,
            sort=arguments.sort,
            form=arguments.form,
            purpose=arguments.purpose,
            recipient=arguments.recipient,
            marking=workspace.settings.marking,
            abroad=arguments.abroad,
            basis=arguments.basis,
        )
        done = finish(export_records(workspace.database, order, arguments.file))
    if done.withheld:
        message = _("In {count} records contacts are masked; give --purpose and --recipient to have them in full.")
        context.say(message.format(count=done.withheld))
    if done.unmarked:
        context.say(done.unmarked)
    if not done.recorded:
        context.say(_("The database may only be read, so the export is not noted in its history."))
    text = _("{count} records in {file}").format(count=done.rows, file=done.file)
    answer = {"file": str(done.file), "rows": done.rows, "sha256": done.sha256, "masked": done.withheld}
    context.answer(answer, lambda: text)
    return DONE
