"""Domain values as JSON documents for storage, and back, without loss.

This is the form on disk (columns and history lines). It never changes without a migration; what people and scripts see
is written by ``crm.domain.fields``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, TypeVar

from crm.domain.fields.field import Kind
from crm.domain.fields.values import Lease, Phase, Platform, Plot
from crm.domain.quantities import Land, Money, Number, PartialDate, Space, Span

S = TypeVar("S", bound=Span)

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
"""Made once: ``json.dumps`` makes one for each value."""


def _encode() -> Callable[[Any], str]:
    """Return what writes a document. ``JSONEncoder.encode`` makes its C part anew each time, which is half its time."""
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:
        return _ENCODER.encode
    written = make(None, _ENCODER.default, json.encoder.encode_basestring, None, ":", ",", True, False, False)
    return lambda document: "".join(written(document, 0))


_canonical = _encode()


@dataclass(frozen=True, slots=True)
class Codec:
    """How the values of one kind become a document and come back; ``holds`` is the class a value must have."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]
    holds: type | tuple[type, ...]


def canonical(document: object) -> str:
    """Return the one JSON text of a document: keys sorted, no blanks, characters as they are."""
    return _canonical(document)


def canonical_text(text: str | None) -> str:
    """Return what ``canonical`` does, of a text or None alone: the shortest way."""
    return "null" if text is None else json.encoder.encode_basestring(text)


def canonical_texts(documents: Sequence[object]) -> list[str | None]:
    """Return the canonical texts of many documents, None for each None: a text among them takes the shortest way.

    A document that several share is written once.
    """
    quoted = json.encoder.encode_basestring
    known: dict[int, str] = {}
    texts: list[str | None] = []
    for each in documents:
        if each is None:
            texts.append(None)
        elif each.__class__ is str:
            texts.append(quoted(each))
        else:
            texts.append(known.get(id(each)) or known.setdefault(id(each), _canonical(each)))
    return texts


def text_of(kind: Kind, value: object) -> str | None:
    """Return the canonical JSON text of a field's value, or None for an unknown one.

    Raises:
        TypeError: the value is not of the class the kind holds: a bug of the caller.
    """
    if value is None:
        return None
    codec = CODECS[kind]
    if not isinstance(value, codec.holds):
        raise TypeError(f"a field of kind {kind} cannot hold {type(value).__name__}")
    return canonical(codec.write(value))


def value_of(kind: Kind, text: str | None) -> Any:  # noqa: ANN401  (the class is the kind's)
    """Return the value of a canonical JSON text."""
    return None if text is None else CODECS[kind].read(json.loads(text))


def _write_decimal(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _read_decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _write_span(span: Span | None) -> dict[str, Any] | None:
    if span is None:
        return None
    low = _write_decimal(span.low)
    document: dict[str, Any] = {"low": low, "high": low if span.high is span.low else _write_decimal(span.high)}
    if span.approximate:
        document["approximate"] = True
    if span.vague:
        document["vague"] = True
    if span.text:
        document["text"] = span.text
    if isinstance(span, Money):
        document["currency"] = span.currency
    if isinstance(span, Land) and span.phase1 is not None:
        document["phase1"] = _write_decimal(span.phase1)
    return document


def _read_span(of: type[S], document: Mapping[str, Any] | None) -> S | None:
    if document is None:
        return None
    more: dict[str, Any] = {}
    if "currency" in document:
        more["currency"] = document["currency"]
    if "phase1" in document:
        more["phase1"] = _read_decimal(document["phase1"])
    return of(
        low=_read_decimal(document["low"]),
        high=_read_decimal(document["high"]),
        approximate=document.get("approximate", False),
        vague=document.get("vague", False),
        text=document.get("text", ""),
        **more,
    )


def _span(of: type[Span]) -> Codec:
    return Codec(_write_span, lambda document: _read_span(of, document), of)


def _as_is(holds: type) -> Codec:
    return Codec(lambda value: value, lambda document: document, holds)


def _tuple(write: Callable[[Any], Any], read: Callable[[Any], Any]) -> Codec:
    return Codec(
        lambda values: [write(each) for each in values], lambda many: tuple(read(each) for each in many), tuple
    )


def _write_plot(plot: Plot) -> dict[str, Any]:
    return {
        "area": plot.area,
        "land": _write_span(plot.land),
        "land_use": plot.land_use,
        "tax": _write_span(plot.tax),
    }


def _read_plot(document: Mapping[str, Any]) -> Plot:
    land, tax = _read_span(Land, document["land"]), _read_span(Money, document["tax"])
    return Plot(document["area"], land, document["land_use"], tax)


def _write_phase(phase: Phase) -> dict[str, Any]:
    return {"land": _write_span(phase.land), "tax": _write_span(phase.tax), "committed": phase.committed}


def _read_phase(document: Mapping[str, Any]) -> Phase:
    return Phase(_read_span(Land, document["land"]), _read_span(Money, document["tax"]), document["committed"])


def _write_lease(lease: Lease) -> dict[str, Any]:
    return {"kind": lease.kind, "space": _write_span(lease.space), "plot_ratio": _write_decimal(lease.plot_ratio)}


def _read_lease(document: Mapping[str, Any]) -> Lease:
    return Lease(document["kind"], _read_span(Space, document["space"]), _read_decimal(document["plot_ratio"]))


def _read_date(text: str) -> PartialDate:
    """Return the date of its ISO text: ``2024-03-15``, ``2024-03``, ``2024-Q3``, ``2024-H2``, ``2024``."""
    year, *rest = text.split("-")
    if rest and rest[0][0] in "QH":
        part = {"Q": "quarter", "H": "half"}[rest[0][0]]
        return PartialDate(int(year), **{part: int(rest[0][1:])})
    return PartialDate(int(year), *(int(part) for part in rest))


def _write_moment(moment: datetime | PartialDate) -> str:
    return moment.astimezone(UTC).isoformat() if isinstance(moment, datetime) else str(moment)


def _read_moment(text: str) -> datetime | PartialDate:
    return datetime.fromisoformat(text) if "T" in text else _read_date(text)


CODECS: Mapping[Kind, Codec] = {
    **dict.fromkeys((Kind.TEXT, Kind.NOTE, Kind.CHOICE, Kind.CREDIT_CODE, Kind.PHONE), _as_is(str)),
    Kind.FLAG: _as_is(bool),
    Kind.YEAR: _as_is(int),
    Kind.MONEY: _span(Money),
    Kind.LAND: _span(Land),
    Kind.NUMBER: _span(Number),
    Kind.DATE: Codec(str, _read_date, PartialDate),
    Kind.MOMENT: Codec(_write_moment, _read_moment, (datetime, PartialDate)),
    Kind.TEXTS: Codec(list, tuple, tuple),
    Kind.CHOICES: Codec(list, tuple, tuple),
    Kind.SPACES: Codec(
        lambda spaces: {kind: _write_span(space) for kind, space in spaces.items()},
        lambda document: {kind: _read_span(Space, space) for kind, space in document.items()},
        Mapping,
    ),
    Kind.TAX_YEARS: Codec(
        lambda years: {str(year): _write_span(tax) for year, tax in years.items()},
        lambda document: {int(year): _read_span(Money, tax) for year, tax in document.items()},
        Mapping,
    ),
    Kind.PLOTS: _tuple(_write_plot, _read_plot),
    Kind.PHASES: _tuple(_write_phase, _read_phase),
    Kind.LEASES: _tuple(_write_lease, _read_lease),
    Kind.PLATFORMS: _tuple(
        lambda platform: {"name": platform.name, "field": platform.field},
        lambda document: Platform(document["name"], document["field"]),
    ),
}
"""The codec of each kind of field."""
