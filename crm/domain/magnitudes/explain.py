"""The words for a figure that may be a slip of its unit: both readings, and what speaks for the other one."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Context, Decimal

from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.fields.writing import value_to_text
from crm.domain.magnitudes.guard import Slip, Suspicion
from crm.domain.quantities import Span, decimal_text
from crm.domain.reasons import Reason
from crm.i18n import N_, _

SLIPS: Mapping[Slip, str] = {
    Slip.MORE: N_("ten thousand times as much"),
    Slip.LESS: N_("a ten-thousandth"),
    Slip.SQUARE_METRES: N_("㎡ written as 亩"),
    Slip.MU: N_("亩 written as ㎡"),
}
"""What each slip comes to."""

REASONS: Mapping[str, str] = {
    "tax_to_investment": N_("the tax of a year is {stated} of the investment, else {other}"),
    "tax_per_mu": N_("the tax of a year is {stated} 万元 for each 亩, else {other}"),
    "investment_per_mu": N_("the investment is {stated} 万元 for each 亩, else {other}"),
    "fixed_to_planned": N_("the fixed investment is {stated} of the whole, else {other}"),
    "space_per_person": N_("the floor space is {stated} ㎡ for each person, else {other}"),
    "alone": N_("one project has {least} to {most} {unit} at the most"),
    "before": N_("it was {before} before"),
}
"""The words for each code of a reason; the first figure is by the reading as it stands."""

SHOWN = Context(prec=3)
"""A proportion is shown with so many digits: it only says how far off a figure is."""


def suspicion_text(suspicion: Suspicion) -> str:
    """Return the sentence: how a figure was given, how it may have been meant, and why."""
    return _("{label} {stated} may be {other} ({slip}): {reasons}. Nothing was changed.").format(
        label=label_of(suspicion.field),
        stated=reading_text(suspicion, suspicion.stated),
        other=reading_text(suspicion, suspicion.other),
        slip=_(SLIPS[suspicion.slip]),
        reasons=_("; ").join(_reason(reason) for reason in suspicion.reasons),
    )


def label_of(name: str) -> str:
    """Return what a figure is called: 载体需求（研发） for ``space.研发``."""
    field, _dot, part = name.partition(".")
    label = _(LEAD_FIELDS[field].label)
    return _("{text} ({note})").format(text=label, note=part) if part else label


def reading_text(suspicion: Suspicion, reading: Span) -> str:
    """Return one of the two readings, with its unit."""
    name, _dot, part = suspicion.field.partition(".")
    text = value_to_text(LEAD_FIELDS[name], {part: reading} if part else reading)
    return text.partition("=")[2] if part else text


def _reason(reason: Reason) -> str:
    shown = {name: _shown(value) for name, value in reason.parameters.items() if isinstance(value, Decimal)}
    if reason.code == "alone":
        shown["unit"] = LEAD_FIELDS[str(reason.parameters["field"])].unit
    elif reason.code == "before":
        field = LEAD_FIELDS[str(reason.parameters["field"])]
        shown["before"] = value_to_text(field, reason.parameters["before"])
    return _(REASONS[reason.code]).format_map(shown)


def _shown(value: Decimal) -> str:
    return decimal_text(SHOWN.plus(value))
