"""``xiangtu check``: the land-tax threshold verdict, of a lead or of figures given as people write them.

Figures need no database, and nothing here imports one for them: the whole process must stay quick. They are judged by
the rules that come with the program, or by those of a database named with ``--database``.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from crm.commands.line import DONE, Context
from crm.commands.options import add_rates, day_given, rates_given, read_option, refused
from crm.errors import ValueRefusedError
from crm.i18n import N_, _

if TYPE_CHECKING:
    from crm.domain.fields.registry import Field
    from crm.domain.thresholds import Judgement
    from crm.domain.thresholds.alternatives import Alternative
    from crm.domain.thresholds.ground import Ground

HELP = N_("check a project against the land-tax thresholds")

_FIGURES: tuple[tuple[str, str, str, str], ...] = (
    ("area", "area", "A", N_("area class of the site")),
    ("land", "land", "L", N_("land to be supplied, with its unit; 0 or 无供地: none")),
    ("use", "land_use", "U", N_("land use")),
    ("tax", "annual_tax", "T", N_("tax in the year of full production, with its unit")),
    ("basis", "tax_basis", "B", N_("basis of the tax: 全口径 or 地方留成")),
    ("address", "address", "TEXT", N_("address of the site")),
    ("full-year", "full_year", "Y", N_("year of full production")),
)
"""Options that give one field: option, field, placeholder, help."""

_LISTS: tuple[tuple[str, str, str], ...] = (
    ("plot", "A:L[:U[:T]]", N_("one plot: area, land, land use, tax")),
    ("phase", "L:T:committed|intended", N_("one phase: land, tax, and whether it is committed")),
    ("floor", "F[@RATIO]", N_("leased floor space and the plot ratio of the building")),
    ("tax-year", "Y=T", N_("tax of one year")),
)
"""Options that may be given again and again."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    lead = _("the lead: its id, code or exact name; else give figures by the options")
    parser.add_argument("lead", nargs="?", metavar="LEAD", help=lead)
    parser.add_argument("--on", metavar="DATE", help=_("the day of the check, YYYY-MM-DD; default: today"))
    for option, field, placeholder, text in _FIGURES:
        parser.add_argument(f"--{option}", dest=field, metavar=placeholder, help=_(text))
    for option, placeholder, text in _LISTS:
        parser.add_argument(f"--{option}", action="append", default=[], metavar=placeholder, help=_(text))
    add_rates(parser)


def run(context: Context) -> int:
    """Print the verdict; a project that does not pass is no error."""
    from crm.domain.thresholds import judge
    from crm.domain.thresholds.alternatives import alternatives
    from crm.domain.thresholds.to_json import to_json

    values, ground = _asked(context, day_given(context.arguments.on))
    case = ground.case(values, rates_given(context.arguments.rate))
    judgement = judge(case, ground.rules, ground.on)
    others = alternatives(case, judgement, ground.rules, ground.on)
    context.answer(to_json(judgement, others), lambda: _text(values, judgement, others))
    return DONE


def _text(values: Mapping[str, object], judgement: Judgement, others: Sequence[Alternative]) -> str:
    """Return the answer in words; of a lead its name and code first: it may have been named by its number."""
    from crm.domain.thresholds.text import text_of

    text = text_of(judgement, others)
    if "code" not in values:
        return text
    return _("{name} ({code})").format(name=values.get("name") or "", code=values["code"]) + "\n" + text


def _asked(context: Context, on: date) -> tuple[Mapping[str, object], Ground]:
    """Return the values of a lead or of the figures given, and what to judge them by.

    Raises:
        ValueRefusedError: a lead and figures are given.
    """
    from crm.domain.thresholds.ground import Ground

    arguments = context.arguments
    figures = _values(arguments)
    if arguments.lead is None and not _named(arguments.database):
        return figures, Ground(on)
    if arguments.lead is not None and any(value not in (None, (), {}) for value in figures.values()):
        options = ", ".join(f"--{option}" for option, *_rest in (*_FIGURES, *_LISTS))
        message = _("Give either a lead or figures by {options}, not both.")
        raise ValueRefusedError(message.format(options=options), where="LEAD")
    return _from_database(context, figures, on)


def _named(database: str | None) -> bool:
    """Return whether a database is named on the command line, not only by the environment."""
    return database is not None and database != os.environ.get("XIANGTU_DATABASE")


def _from_database(context: Context, figures: Mapping[str, object], on: date) -> tuple[Mapping[str, object], Ground]:
    from crm.commands.opening import opened
    from crm.queries.records import load_one
    from crm.queries.thresholds import load_ground

    lead = context.arguments.lead
    with opened(context) as workspace, workspace.database.read() as session:
        return figures if lead is None else load_one(session, "leads", lead).values, load_ground(session, on)


def _values(arguments: argparse.Namespace) -> dict[str, object]:
    """Return the record that the options describe.

    Raises:
        ValueRefusedError: one cannot be read; the message names the option.
    """
    from crm.domain.fields.registry import LEAD_FIELDS
    from crm.domain.fields.structures import read_lease, read_phase, read_plot

    values: dict[str, object] = {}
    readers = _readers()
    for option, field, _placeholder, _text in _FIGURES:
        given = getattr(arguments, field)
        if given is not None:
            values[field] = read_option(f"--{option}", given, partial(readers[field], LEAD_FIELDS[field]))
    values["plots"] = tuple(read_option("--plot", one, read_plot) for one in arguments.plot)
    values["phases"] = tuple(read_option("--phase", one, read_phase) for one in arguments.phase)
    values["lease"] = tuple(read_option("--floor", one, read_lease) for one in arguments.floor)
    values["tax_by_year"] = _years(arguments.tax_year)
    return values


def _readers() -> Mapping[str, Callable[[Field, str], object]]:
    """Return the readers of the fields asked for here; all of them would cost a quick start."""
    from crm.domain.fields.spans import read_land_value, read_money_value
    from crm.domain.fields.words import read_choice, read_text
    from crm.domain.quantities import read_year

    return {
        **dict.fromkeys(("area", "land_use", "tax_basis"), read_choice),
        "land": read_land_value,
        "annual_tax": read_money_value,
        "address": read_text,
        "full_year": lambda _field, text: read_year(text),
    }


def _years(given: Iterable[str]) -> dict[int, object]:
    from crm.domain.fields.registry import LEAD_FIELDS
    from crm.domain.fields.structures import read_tax_years
    from crm.domain.quantities import narrow

    years: dict[int, object] = {}
    for text in given:
        if "=" not in narrow(text):
            raise refused(
                "--tax-year", _("“{text}” is not of the form year=tax, such as 2028=800万元.").format(text=text)
            )
        found = read_option("--tax-year", text, lambda one: read_tax_years(LEAD_FIELDS["tax_by_year"], one)) or {}
        for year, tax in found.items():
            if year in years:
                raise refused("--tax-year", _("the year {year} is given twice.").format(year=year))
            years[year] = tax
    return years
