"""Values of fields for scripts (JSON, as the contract shows it) and for people (text that can be read back)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from crm.domain.fields import codes
from crm.domain.fields.registry import RECORD_FIELDS, Field, Kind
from crm.domain.fields.spans import money_to_json, number_to_json, span_to_json
from crm.domain.fields.values import Lease, Phase, Platform, Plot
from crm.domain.fields.words import label_of, list_mark
from crm.domain.quantities import (
    CHINA_TIME,
    Land,
    PartialDate,
    date_text,
    decimal_text,
    land_text,
    money_text,
    number_text,
    space_text,
)
from crm.i18n import _


def value_to_json(field: Field, value: object) -> object:
    """Return what JSON gives for the value of a field; ``read_value`` makes the same value of it again.

    Money, land, space and figures with words are objects (``{"low", "high", "unit", …}``), plain figures are decimal
    strings, dates have their ISO form, choices are codes; unknown is None.
    """
    return None if value is None else _JSON[field.kind](field, value)


def record_to_json(kind: str, values: Mapping[str, object], *, unknown: bool = True) -> dict[str, object]:
    """Return the JSON object of a record, its fields in the order of the registry.

    Args:
        kind: ``leads``, ``communities``, ``funds`` or ``plots``.
        values: field name → domain value.
        unknown: give the unknown fields too, as null.
    """
    return values_to_json(RECORD_FIELDS[kind], values, unknown=unknown)


def values_to_json(
    fields: Mapping[str, Field], values: Mapping[str, object], *, unknown: bool = True
) -> dict[str, object]:
    """Return the JSON object of the values of these fields, in their order; see ``record_to_json``."""
    return {
        name: value_to_json(field, values.get(name))
        for name, field in fields.items()
        if unknown or values.get(name) is not None
    }


def value_to_text(field: Field, value: object) -> str:
    """Return the value for people, in the language in use (约5亿元, 25亩, 2024年下半年); "" for an unknown one.

    In Chinese ``read_value`` makes the same figures of it again.
    """
    return "" if value is None else _TEXT[field.kind](field, value)


def _plot_json(plot: Plot) -> dict[str, object]:
    return {
        "area": plot.area,
        "land": _land_json(plot.land),
        "land_use": plot.land_use,
        "tax": plot.tax and money_to_json(plot.tax),
    }


def _phase_json(phase: Phase) -> dict[str, object]:
    tax = phase.tax and money_to_json(phase.tax)
    return {"land": _land_json(phase.land), "tax": tax, "committed": phase.committed}


def _lease_json(lease: Lease) -> dict[str, object]:
    return {
        "kind": lease.kind,
        "space": lease.space and span_to_json(lease.space, "㎡"),
        "plot_ratio": None if lease.plot_ratio is None else decimal_text(lease.plot_ratio),
    }


def _platform_json(platform: Platform) -> dict[str, object]:
    return {"name": platform.name, "field": platform.field}


def _land_json(land: Land | None) -> dict[str, object] | None:
    return None if land is None else span_to_json(land, "亩")


def _plot_text(plot: Plot) -> str:
    parts = [
        label_of(codes.AREAS, plot.area) if plot.area else "",
        land_text(plot.land) if plot.land else "",
        label_of(codes.LAND_USES, plot.land_use) if plot.land_use else "",
        money_text(plot.tax) if plot.tax else "",
    ]
    return _(": ").join(parts).rstrip(_(": "))


def _phase_text(phase: Phase) -> str:
    land, tax = land_text(phase.land) if phase.land else "", money_text(phase.tax) if phase.tax else ""
    return _(": ").join((land, tax, _("committed") if phase.committed else _("intended")))


def _lease_text(lease: Lease) -> str:
    ratio = "" if lease.plot_ratio is None else f"@{decimal_text(lease.plot_ratio)}"
    return lease.kind + _(": ") * bool(lease.kind) + (space_text(lease.space) if lease.space else "") + ratio


def _platform_text(platform: Platform) -> str:
    return _("{text} ({note})").format(text=platform.name, note=platform.field) if platform.field else platform.name


def _moment_text(moment: dt.datetime | PartialDate) -> str:
    if isinstance(moment, PartialDate):
        return date_text(moment)
    local = moment.astimezone(CHINA_TIME)
    return f"{local:%Y-%m-%d %H:%M:%S}".removesuffix(":00")


def _moment_json(moment: dt.datetime | PartialDate) -> str:
    return str(moment) if isinstance(moment, PartialDate) else moment.astimezone(CHINA_TIME).isoformat()


def _as_it_is(_field: Field, value: Any) -> Any:  # noqa: ANN401  (the kind fixes the class)
    return value


def _each(write: Callable[[Any], object]) -> Callable[[Field, Any], object]:
    return lambda _field, values: [write(value) for value in values]


def _joined(write: Callable[[Any], str]) -> Callable[[Field, Any], str]:
    return lambda _field, values: _("; ").join(write(value) for value in values)


_JSON: Mapping[Kind, Callable[[Field, Any], object]] = {
    **dict.fromkeys((Kind.TEXT, Kind.NOTE, Kind.CHOICE, Kind.FLAG, Kind.YEAR, Kind.CREDIT_CODE, Kind.PHONE), _as_it_is),
    **dict.fromkeys((Kind.TEXTS, Kind.CHOICES), lambda _field, values: list(values)),
    Kind.MONEY: lambda _field, value: money_to_json(value),
    Kind.LAND: lambda _field, value: _land_json(value),
    Kind.NUMBER: lambda field, value: number_to_json(value, field.unit),
    Kind.DATE: lambda _field, value: str(value),
    Kind.MOMENT: lambda _field, value: _moment_json(value),
    Kind.SPACES: lambda _field, value: {kind: span_to_json(space, "㎡") for kind, space in value.items()},
    Kind.TAX_YEARS: lambda _field, value: {str(year): money_to_json(tax) for year, tax in value.items()},
    Kind.PLOTS: _each(_plot_json),
    Kind.PHASES: _each(_phase_json),
    Kind.LEASES: _each(_lease_json),
    Kind.PLATFORMS: _each(_platform_json),
}

_TEXT: Mapping[Kind, Callable[[Field, Any], str]] = {
    **dict.fromkeys((Kind.TEXT, Kind.NOTE, Kind.CREDIT_CODE, Kind.PHONE), _as_it_is),
    Kind.CHOICE: lambda field, value: label_of(field.choices, value),
    Kind.CHOICES: lambda field, values: list_mark().join(label_of(field.choices, value) for value in values),
    Kind.TEXTS: lambda field, values: list_mark().join(label_of(field.choices, value) for value in values),
    Kind.FLAG: lambda _field, value: _("yes") if value else _("no"),
    Kind.YEAR: lambda _field, value: str(value),
    Kind.MONEY: lambda _field, value: money_text(value),
    Kind.LAND: lambda _field, value: land_text(value),
    Kind.NUMBER: lambda field, value: number_text(value, field.unit),
    Kind.DATE: lambda _field, value: date_text(value),
    Kind.MOMENT: lambda _field, value: _moment_text(value),
    Kind.SPACES: lambda _field, value: list_mark().join(f"{kind} {space_text(space)}" for kind, space in value.items()),
    Kind.TAX_YEARS: lambda _field, value: _("; ").join(f"{year}={money_text(tax)}" for year, tax in value.items()),
    Kind.PLOTS: _joined(_plot_text),
    Kind.PHASES: _joined(_phase_text),
    Kind.LEASES: _joined(_lease_text),
    Kind.PLATFORMS: _joined(_platform_text),
}
