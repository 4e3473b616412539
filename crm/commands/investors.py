"""``xiangtu investors``: who may invest in a company, from a table of known deals; each with what speaks for it."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm.commands.line import DONE, Context
from crm.commands.options import day_given
from crm.errors import ValueRefusedError
from crm.i18n import N_, _

if TYPE_CHECKING:
    from crm.domain.matching.investors import Deal

HELP = N_("suggest investors to talk to, from a table of known deals, with the deals that speak for each")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument(
        "deals",
        metavar="FILE",
        help=_("workbook or csv of deals: date, company, investors, field, round, place, amount"),
    )
    parser.add_argument("--lead", metavar="LEAD", help=_("for this lead (id, code or exact name)"))
    parser.add_argument("--company", metavar="NAME", default="", help=_("the company that seeks money"))
    parser.add_argument("--field", metavar="FIELD", default="", help=_("its field, in the words of the table"))
    parser.add_argument("--round", metavar="ROUND", default="", help=_("the round sought, such as A"))
    parser.add_argument("--place", metavar="PLACE", default="", help=_("its place, in the words of the table"))
    parser.add_argument("--amount", metavar="AMOUNT", default="", help=_("the sum sought, such as 3000万"))
    parser.add_argument("--on", metavar="DATE", help=_("deals after this day are left out, YYYY-MM-DD; default: today"))


def run(context: Context) -> int:
    """Print the suggestions."""
    from crm.domain.matching.deals import read_deals
    from crm.domain.matching.explain_investors import investors_document, investors_text
    from crm.domain.matching.investors import DealBook
    from crm.workbooks.reading import read_workbook

    path = Path(context.arguments.deals)
    deals, skipped = read_deals(read_workbook(path).sheets, path.name)
    wanted = _wanted(context)
    fits = DealBook(deals).suggest(wanted)
    context.answer(
        investors_document(fits, len(deals), skipped), lambda: investors_text(fits, wanted, len(deals), skipped)
    )
    return DONE


def _wanted(context: Context) -> Deal:
    """Return whom the money is for.

    Raises:
        ValueRefusedError: neither a lead nor a fact of the company was given, or the amount cannot be read.
    """
    from crm.domain.matching.investors import Deal
    from crm.domain.quantities.money import read_money
    from crm.domain.quantities.values import PartialDate

    given = context.arguments
    on: date = day_given(given.on)
    day = PartialDate(on.year, on.month, on.day)
    if given.lead:
        values = _values(context, given.lead)
        company = str(values.get("investor") or values.get("name") or "")
        stage, need = str(values.get("financing_stage") or ""), values.get("financing_need")
        return Deal(day, company, (), str(values.get("industry") or ""), stage, given.place, need)
    if not any((given.company, given.field, given.round, given.place, given.amount)):
        raise ValueRefusedError(
            _("Say for whom: --lead, or --company, --field, --round, --place, --amount"), where="--lead"
        )
    amount = read_money(given.amount) if given.amount else None
    return Deal(day, given.company, (), given.field, given.round, given.place, amount)


def _values(context: Context, lead: str) -> Any:  # noqa: ANN401  (field name -> domain value)
    from crm.commands.opening import opened
    from crm.queries.records import load_one

    with opened(context) as workspace, workspace.database.read() as session:
        return load_one(session, "leads", lead).values
