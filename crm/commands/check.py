"""``xiangtu check``: the land-tax threshold verdict, of a lead or of figures given as people write them.

Figures need no database, and nothing here imports one for them: the whole process must stay quick. They are judged by
the rules that come with the program, or by those of a database named with ``--database``.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import TypeVar

from crm.commands.line import DONE, Context
from crm.domain.quantities import Rate
from crm.errors import ValueRefusedError
from crm.i18n import N_, _

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

T = TypeVar("T")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    lead = _("the lead: its id, code or exact name; else give figures by the options")
    parser.add_argument("lead", nargs="?", metavar="LEAD", help=lead)
    parser.add_argument("--on", metavar="DATE", help=_("the day of the check, YYYY-MM-DD; default: today"))
    for option, field, placeholder, text in _FIGURES:
        parser.add_argument(f"--{option}", dest=field, metavar=placeholder, help=_(text))
    for option, placeholder, text in _LISTS:
        parser.add_argument(f"--{option}", action="append", default=[], metavar=placeholder, help=_(text))
    rate = _("yuan for one unit of a currency, and the day of the rate")
    parser.add_argument("--rate", action="append", default=[], metavar="CUR=R[@DATE]", help=rate)


def run(context: Context) -> int:
    """Print the verdict; a project that does not pass is no error."""
    from crm.domain.thresholds import SEED, case_from_values, judge
    from crm.domain.thresholds.alternatives import alternatives
    from crm.domain.thresholds.text import text_of
    from crm.domain.thresholds.to_json import to_json

    arguments = context.arguments
    on = _day(arguments.on)
    case = case_from_values(_values(arguments), _rates(arguments.rate))
    judgement = judge(case, SEED, on)
    others = alternatives(case, judgement, SEED, on)
    context.answer(to_json(judgement, others), lambda: text_of(judgement, others))
    return DONE


def _values(arguments: argparse.Namespace) -> dict[str, object]:
    """Return the record that the options describe.

    Raises:
        ValueRefusedError: one cannot be read; the message names the option.
    """
    from crm.domain.fields.reading import read_value
    from crm.domain.fields.registry import LEAD_FIELDS
    from crm.domain.fields.structures import read_lease, read_phase, read_plot

    values: dict[str, object] = {}
    for option, field, _placeholder, _text in _FIGURES:
        given = getattr(arguments, field)
        if given is not None:
            values[field] = _read(f"--{option}", given, lambda text, name=field: read_value(LEAD_FIELDS[name], text))
    values["plots"] = tuple(_read("--plot", one, read_plot) for one in arguments.plot)
    values["phases"] = tuple(_read("--phase", one, read_phase) for one in arguments.phase)
    values["lease"] = tuple(_read("--floor", one, read_lease) for one in arguments.floor)
    values["tax_by_year"] = _years(arguments.tax_year)
    return values


def _years(given: Iterable[str]) -> dict[int, object]:
    from crm.domain.fields.registry import LEAD_FIELDS
    from crm.domain.fields.structures import read_tax_years

    years: dict[int, object] = {}
    for text in given:
        found = _read("--tax-year", text, lambda one: read_tax_years(LEAD_FIELDS["tax_by_year"], one)) or {}
        for year, tax in found.items():
            if year in years:
                message = _("the year {year} is given twice.").format(year=year)
                raise ValueRefusedError(_("{option}: {message}").format(option="--tax-year", message=message))
            years[year] = tax
    return years


def _rates(given: Iterable[str]) -> list[Rate]:
    from crm.domain.quantities import read_rate

    # Whether a rate is believable is for the judge to say: its answer then names what is missing.
    return [_read("--rate", text, lambda one: read_rate(one, confirmed=True)) for text in given]


def _day(given: str | None) -> date:
    if given is None:
        return datetime.now(tz=UTC).astimezone().date()
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        message = _("“{text}” is not a day; write it as 2026-11-22.").format(text=given)
        raise ValueRefusedError(_("{option}: {message}").format(option="--on", message=message), where="--on") from None


def _read(option: str, given: str, read: Callable[[str], T]) -> T:
    try:
        return read(given)
    except ValueRefusedError as error:
        message = _("{option}: {message}").format(option=option, message=error.message)
        raise ValueRefusedError(message, where=option) from error
