"""``xiangtu allocate``: the best use of scarce land and money over the live leads."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from crm.commands.arguments import whole_number
from crm.commands.line import DONE, Context
from crm.commands.options import add_rates, day_given, rates_given, read_option, refused
from crm.i18n import N_, _

if TYPE_CHECKING:
    from crm.domain.matching.board import Quotas

HELP = N_("choose the leads that make the best use of land and funds")

SECONDS = 20
"""Default time limit; when it ends the search the answer carries its bound."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    land = _("land to give in an area, 亩; may be given for several areas")
    parser.add_argument("--land", action="append", default=[], metavar="AREA=MU", help=land)
    parser.add_argument("--funds", metavar="WAN", help=_("money to give from funds, ten thousand yuan"))
    parser.add_argument("--leads", metavar="L,…", help=_("only these leads; default: all live leads"))
    parser.add_argument("--in", dest="inside", default="", metavar="L,…", help=_("leads that must be chosen"))
    parser.add_argument("--out", dest="outside", default="", metavar="L,…", help=_("leads that must not be chosen"))
    parser.add_argument("--on", metavar="DATE", help=_("the day, YYYY-MM-DD; default: today"))
    add_rates(parser)
    parser.add_argument(
        "--seconds", type=whole_number, default=SECONDS, metavar="N", help=_("time limit of the search")
    )


def run(context: Context) -> int:
    """Print the best plan; that nothing can be chosen is no error."""
    from crm.commands.opening import opened
    from crm.domain.matching.allocation import allocate
    from crm.domain.matching.allocation_json import allocation_document, allocation_text
    from crm.domain.matching.candidates import Candidate, LeftOut
    from crm.queries.matching import load_candidates
    from crm.queries.records import load_one

    arguments = context.arguments
    on, quotas = day_given(arguments.on), _quotas(arguments)
    with opened(context) as workspace, workspace.database.read() as session:
        named = None if arguments.leads is None else _listed(arguments.leads)
        rows = load_candidates(session, on, named, rates_given(arguments.rate))
        inside, outside = (
            [load_one(session, "leads", ref).code for ref in _listed(text)]
            for text in (arguments.inside, arguments.outside)
        )
    answer = allocate(
        [row for row in rows if isinstance(row, Candidate)],
        quotas,
        unfit=[row for row in rows if isinstance(row, LeftOut)],
        forced_in=inside,
        forced_out=outside,
        stop=_deadline(arguments.seconds),
    )
    context.answer(allocation_document(answer), lambda: allocation_text(answer))
    return DONE


def _quotas(arguments: argparse.Namespace) -> Quotas:
    """Return what there is to give.

    Raises:
        ValueRefusedError: an option cannot be read; the message names it.
    """
    from crm.domain.matching.board import Quotas

    land: dict[str, Decimal] = {}
    for text in arguments.land:
        area, mu = read_option("--land", text, _area_quota)
        if area in land:
            raise refused("--land", _("the area {area} is given twice.").format(area=area))
        land[area] = mu
    return Quotas(land, None if arguments.funds is None else read_option("--funds", arguments.funds, _money))


def _area_quota(text: str) -> tuple[str, Decimal]:
    """Return the area and the 亩 of ``AREA=MU``."""
    from crm.domain.fields.codes import AREAS
    from crm.domain.fields.words import code_of
    from crm.domain.quantities import read_land
    from crm.errors import ValueRefusedError

    area, equals, mu = text.partition("=")
    if not equals:
        raise ValueRefusedError(_("“{text}” is not of the form AREA=MU.").format(text=text))
    land = read_land(mu, unit="亩")
    if land is None or land.exact is None or land.exact < 0:
        raise ValueRefusedError(_("“{text}” is not one exact amount.").format(text=mu))
    return code_of(AREAS, area), land.exact


def _money(text: str) -> Decimal:
    """Return a sum of money in 万元."""
    from crm.domain.quantities import read_money
    from crm.errors import ValueRefusedError

    money = read_money(text, unit="万元")
    if money is None or money.exact is None or money.exact < 0 or money.currency != "CNY":
        raise ValueRefusedError(_("“{text}” is not one exact amount.").format(text=text))
    return money.exact


def _listed(text: str) -> list[str]:
    return list(dict.fromkeys(code.strip() for code in text.replace("，", ",").split(",") if code.strip()))


def _deadline(seconds: int) -> Callable[[], bool]:
    from time import monotonic

    end = monotonic() + seconds
    return lambda: monotonic() >= end
