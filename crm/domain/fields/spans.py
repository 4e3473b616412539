"""Amounts, areas and figures of a field: from JSON and from text as people write it, and back to JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from crm.domain.fields.field import Field
from crm.domain.quantities import (
    Land,
    Money,
    Number,
    Space,
    Span,
    decimal_text,
    quoted,
    read_land,
    read_money,
    read_number,
    read_site,
    read_space,
)
from crm.errors import ValueRefusedError
from crm.i18n import _

S = TypeVar("S", bound=Span)
Given = str | int | float | Decimal
_KEYS = {"low", "high", "unit", "currency", "approx", "vague", "text", "phase1"}


def read_money_value(field: Field, given: object) -> Money | None:
    """Return the sum of a field; a bare number is in the field's unit (万元)."""
    if isinstance(given, str):
        return read_money(given, unit=field.unit)
    if not isinstance(given, Mapping):
        return read_money(_number(given), unit=field.unit)
    unit, currency = _word(given, "unit") or field.unit, _word(given, "currency")
    return _span(
        Money, given, lambda bound: read_money(bound, unit=unit, currency=currency), currency=currency or "CNY"
    )


def read_land_value(field: Field, given: object) -> Land | None:
    """Return the land of a field; a bare number is in 亩.

    Raises:
        ValueRefusedError: it is floor space, or a bare 无, which may mean either "none wanted" or "not known".
    """
    if isinstance(given, str):
        site = read_site(given, field.unit)
        if site.space is not None or site.space_kind is not None:
            raise ValueRefusedError(
                _("“{text}” is floor space, not land; put it into the field for space.").format(text=quoted(given))
            )
        if site.question is not None:
            raise ValueRefusedError(
                _("“{text}” is not clear: write 0 when no land is wanted, and nothing when it is not known.").format(
                    text=quoted(given)
                )
            )
        return site.land
    if not isinstance(given, Mapping):
        return read_land(_number(given), unit=field.unit)
    unit = _word(given, "unit") or field.unit
    land = _span(Land, given, lambda bound: read_land(bound, unit=unit))
    first = given.get("phase1")
    return land if land is None or first is None else replace(land, phase1=_exact(first, read_land, unit))


def read_space_value(given: object) -> Space | None:
    """Return an area of floor space; a bare number is in m²."""
    if isinstance(given, str):
        return read_space(given, unit="㎡")
    if not isinstance(given, Mapping):
        return read_space(_number(given), unit="㎡")
    unit = _word(given, "unit") or "㎡"
    return _span(Space, given, lambda bound: read_space(bound, unit=unit))


def read_number_value(field: Field, given: object) -> Number | None:
    """Return a figure in the field's unit.

    Raises:
        ValueRefusedError: it is more than the field believes (``most``).
    """
    if isinstance(given, str):
        number = read_number(given, unit=field.unit)
    elif isinstance(given, Mapping):
        unit = _word(given, "unit")
        if unit not in {"", field.unit}:
            raise ValueRefusedError(_("“{unit}” is not the unit {wanted}.").format(unit=unit, wanted=field.unit))
        number = _span(Number, given, _plain_number)
    else:
        number = read_number(_number(given), unit=field.unit)
    if number is not None and field.most is not None and (number.high or number.low or 0) > field.most:
        raise ValueRefusedError(
            _("“{text}” is more than {most}, which is not believable.").format(
                text=number.text or decimal_text(number.high or number.low or 0), most=decimal_text(field.most)
            )
        )
    return number


def _span(
    kind: type[S], given: Mapping[str, object], read: Callable[[Given | None], S | None], **more: str
) -> S | None:
    """Return the figure of a JSON object with ``low`` and ``high``; None for one that says nothing.

    Raises:
        ValueRefusedError: an unknown key, or a bound that is no exact figure.
    """
    if unknown := set(given) - _KEYS:
        raise ValueRefusedError(_("An amount has no key “{key}”.").format(key=min(unknown)))
    low, high = (_bound(given.get(side), read) for side in ("low", "high"))
    approximate, vague = given.get("approx") is True, given.get("vague") is True
    text = _word(given, "text")
    if low is None and high is None and not vague:
        return None
    if low is not None and high is not None and low.low is not None and high.low is not None and low.low > high.low:
        raise ValueRefusedError(_("“{text}” goes from more to less.").format(text=f"{given['low']}–{given['high']}"))
    first = low or high
    ends = {"low": low.low if low else None, "high": high.low if high else None}
    if first is None:
        return kind(None, None, approximate, True, text, **more)
    return replace(first, **ends, approximate=approximate, vague=False, text=text)


def _bound(given: object, read: Callable[[Given | None], S | None]) -> S | None:
    bound = None if given is None else read(_given(given))
    if bound is not None and bound.exact is None:
        raise ValueRefusedError(_("“{text}” is not a number.").format(text=quoted(given)))
    return bound


def _exact(given: object, read: Callable[..., Span | None], unit: str) -> Decimal | None:
    span = read(_given(given), unit=unit)
    return span.exact if span else None


def _plain_number(given: Given | None) -> Number | None:
    """Return the figure exactly as it stands: in JSON 0.2 of a field in per cent is 0.2 per cent."""
    return read_number(given, unit="")


def _given(given: object) -> Given | None:
    return given if isinstance(given, str) else _number(given)


def _number(given: object) -> int | float | Decimal | None:
    if given is None or isinstance(given, int | float | Decimal):
        return given
    raise ValueRefusedError(_("“{text}” is not a number.").format(text=quoted(given)))


def _word(given: Mapping[str, object], key: str) -> str:
    word = given.get(key)
    return word if isinstance(word, str) else ""


def span_to_json(span: Span, unit: str) -> dict[str, object]:
    """Return a figure as the contract gives it: exact bounds, ``unit``, ``approx``; a vague one without numbers."""
    document: dict[str, object] = {"vague": True} if span.vague else {}
    if not span.vague:
        document |= {
            side: None if (end := getattr(span, side)) is None else decimal_text(end) for side in ("low", "high")
        }
    document["unit"] = unit
    if isinstance(span, Money):
        document["currency"] = span.currency
    document["approx"] = span.approximate
    if isinstance(span, Land) and span.phase1 is not None:
        document["phase1"] = decimal_text(span.phase1)
    if span.text:
        document["text"] = span.text
    return document


def money_to_json(money: Money) -> dict[str, object]:
    """Return ``{"low": "50000", "high": "50000", "unit": "万元", "currency": "CNY", "approx": true, …}``."""
    return span_to_json(money, "万元" if money.currency == "CNY" else "万")


def number_to_json(number: Number, unit: str) -> object:
    """Return the exact decimal as a string, or an object where the figure is more than that (a range, 约, words)."""
    small_percentage = unit == "%" and number.low is not None and 0 < number.low < 1
    if number.exact is None or number.approximate or number.text or small_percentage:
        return span_to_json(number, unit)
    return decimal_text(number.exact)
