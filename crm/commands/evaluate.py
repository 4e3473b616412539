"""``xiangtu evaluate``: scores and grades the firms of a year by the weights, bases and cuts that are given."""

from __future__ import annotations

import argparse
from decimal import Decimal, InvalidOperation

from crm.commands.arguments import whole_number
from crm.commands.line import DONE, Context
from crm.i18n import N_, _

HELP = N_("score and grade the firms of a year (A-D, T) by your own weights, base values and cuts")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("year", metavar="YEAR", type=whole_number, help=_("of the actual figures"))
    weights = _("points of an indicator at its base value: tax_per_mu=45/30; sales_per_mu and green likewise")
    parser.add_argument("--weight", action="append", required=True, metavar="NAME=POINTS/BASE", help=weights)
    cuts = _("shares of the ranking up to which A, B and C reach, in per cent")
    parser.add_argument("--cuts", required=True, metavar="A,B,C", help=cuts)


def run(context: Context) -> int:
    """Evaluate and print score and class of each firm."""
    from crm.commands.layout import columns
    from crm.commands.opening import opened
    from crm.domain.evaluation import INDICATORS, Scheme
    from crm.domain.quantities import decimal_text
    from crm.errors import ValueRefusedError
    from crm.services.evaluations import evaluate, rounded

    arguments = context.arguments
    weights: dict[str, Decimal] = {}
    bases: dict[str, Decimal] = {}
    try:
        for word in arguments.weight:
            name, _equals, said = word.partition("=")
            points, _slash, base = said.partition("/")
            if name not in INDICATORS:
                raise InvalidOperation  # noqa: TRY301  (told below with the others)
            weights[name], bases[name] = Decimal(points), Decimal(base)
        first, second, third = (Decimal(each) for each in arguments.cuts.split(","))
        scheme = Scheme(weights, bases, (first, second, third))
    except (InvalidOperation, ValueError) as error:
        message = _("Weights are written as {names}=45/30, cuts as 20,60,95.").format(names="|".join(INDICATORS))
        raise ValueRefusedError(message, where="--weight") from error
    with opened(context) as workspace:
        done = workspace.database.change(
            lambda session: evaluate(session, arguments.year, scheme),
            by=workspace.user,
            why=_("evaluation of {year}").format(year=arguments.year),
        )
    rows = [
        (
            each.enterprise,
            "—" if each.worksheet.score is None else str(rounded(each.worksheet.score).low),
            each.grade or _("figures missing"),
        )
        for each in done
    ]
    lines = [
        {
            "enterprise": each.enterprise,
            "grade": each.grade,
            "missing": list(each.worksheet.missing),
            "points": {line.indicator: str(line.points) for line in each.worksheet.lines},
            "bonus": decimal_text(each.worksheet.bonus),
        }
        for each in done
    ]
    context.answer({"year": arguments.year, "firms": lines}, lambda: "\n".join(columns(rows)))
    return DONE
