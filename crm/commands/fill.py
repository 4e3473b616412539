"""``xiangtu fill``: a bureau's own form, filled for leads; styles, pictures and print set-up of the form stay."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from crm.commands.line import DONE, Context
from crm.commands.options import add_release, check_release
from crm.errors import ValueRefusedError
from crm.i18n import N_, _

if TYPE_CHECKING:
    from crm.database import Session
    from crm.jobs.forms import Filled
    from crm.workspace import Workspace

HELP = N_("fill a form of your own (.xlsx with {{marks}}) for leads")

SHOWN = 10
"""Facts nobody has filled in that are listed."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    form = _(
        "the form: {{name}} or {{annual_tax:亿元}} stands where the value belongs; {{*name}} in a row that repeats"
    )
    parser.add_argument("form", metavar="FORM.xlsx", type=Path, help=form)
    leads = _("ids, codes or exact names of leads; without one, the marks of the form are listed")
    parser.add_argument("leads", metavar="LEAD", nargs="*", help=leads)
    where = _("only records that meet this: area = 高铁新城 and annual_tax >= 5000万元 and land is empty")
    parser.add_argument("--where", metavar="EXPR", default="", help=where)
    folder = _("the folder of the filled forms; default: where you are")
    parser.add_argument("--to", metavar="DIR", type=Path, default=Path(), help=folder)
    mapping = _("a JSON object that says which cell takes which field, for cells without a mark: B5 → name")
    parser.add_argument("--map", metavar="FILE.json", type=Path, help=mapping)
    add_release(parser)


def run(context: Context) -> int:
    """Fill the form, and say what was written and what nobody has filled in."""
    from datetime import UTC, datetime

    from crm.commands.opening import opened
    from crm.jobs import finish
    from crm.jobs.forms import Request, fill_form, read_mapping

    arguments = context.arguments
    check_release(arguments)
    if not arguments.leads and not arguments.where:
        return _list(context)
    with opened(context) as workspace:
        request = Request(
            arguments.form,
            _ids(workspace, arguments.leads, arguments.where),
            workspace.user,
            datetime.now(UTC),
            mapping=read_mapping(arguments.map) if arguments.map else {},
            purpose=arguments.purpose,
            recipient=arguments.recipient,
        )
        filled = finish(fill_form(workspace.database, request, arguments.to), lambda step: context.say(step.text))
    answer = {
        "files": [str(file) for file in filled.files],
        "leads": filled.leads,
        "unknown": [{"lead": lead, "field": field} for lead, field in filled.unknown],
        "masked": filled.withheld,
        "recorded": filled.recorded,
    }
    context.answer(answer, lambda: _text(filled))
    return DONE


def _list(context: Context) -> int:
    """Print the marks of the form."""
    from crm.jobs.forms import marks_of

    marks = marks_of(context.arguments.form)
    lines = [f"{place}  {text}" for place, text in marks] or [_("The form has no marks.")]
    answer = {"marks": [{"cell": place, "text": text} for place, text in marks]}
    context.answer(answer, lambda: "\n".join(lines))
    return DONE


def _ids(workspace: Workspace, leads: list[str], where: str) -> list[int]:
    """Return the leads that are named, then those that meet the condition; each once.

    Raises:
        ValueRefusedError: none is left.
    """
    from crm.domain.conditions import asks_standing, parse_condition
    from crm.jobs import finish
    from crm.jobs.standings import refresh_standings
    from crm.queries.conditions import matching_ids

    condition = parse_condition("leads", where) if where.strip() else None
    if condition is not None and asks_standing(condition) and not workspace.database.read_only:
        finish(refresh_standings(workspace.database))
    with workspace.database.read() as session:
        found = _named(session, leads)
        found += matching_ids(session, "leads", condition) if condition is not None else []
    if not found:
        raise ValueRefusedError(_("No lead meets the condition, so nothing was filled."), where="--where")
    return list(dict.fromkeys(found))


def _named(session: Session, leads: list[str]) -> list[int]:
    from crm.queries.records import find

    return [find(session, "leads", lead) for lead in leads]


def _text(filled: Filled) -> str:
    lines = [_("{leads} leads in {count} files:").format(leads=filled.leads, count=len(filled.files))]
    lines += [f"  {file}" for file in filled.files]
    if filled.withheld:
        message = _("In {count} records contacts are masked; give --purpose and --recipient to have them in full.")
        lines.append(message.format(count=filled.withheld))
    if filled.unknown:
        shown = [f"{lead} {field}" for lead, field in filled.unknown[:SHOWN]]
        more = " …" if len(filled.unknown) > SHOWN else ""
        lines.append(_("Left empty, for nobody has filled it in: {facts}").format(facts=_("; ").join(shown) + more))
    if not filled.recorded:
        lines.append(_("The database may only be read, so the export is not noted in its history."))
    return "\n".join(lines)
