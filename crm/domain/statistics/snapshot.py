"""A report as text that gives the same report back: what is frozen, and what a later one is compared with."""

from __future__ import annotations

import json
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any, get_args, get_origin, get_type_hints

from crm.domain.quantities import decimal_text
from crm.domain.statistics.report import PeriodReport

FORM = 1
"""Of the text; grows when the report has other parts."""


def text_of(report: PeriodReport) -> str:
    """Return a report as canonical JSON; amounts are exact texts."""
    document = {"form": FORM, "report": _plain(report)}
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def report_of(text: str) -> PeriodReport:
    """Return the report of such a text.

    Raises:
        ValueError: it is none, or of a newer form.
    """
    document = json.loads(text)
    if document["form"] != FORM:
        raise ValueError(document["form"])
    report: PeriodReport = _value(PeriodReport, document["report"])
    return report


def _plain(value: Any) -> Any:  # noqa: ANN401  (any part of a report)
    """Return a part of a report as JSON has it: a record as an object, an exact number as text."""
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal):
        return decimal_text(value)
    return value.isoformat() if isinstance(value, date) else value


def _value(kind: Any, given: Any) -> Any:  # noqa: ANN401  (the annotation of a field, and its JSON)
    """Return a part of a report of the kind its field says."""
    if isinstance(kind, types.UnionType):
        return None if given is None else _value(get_args(kind)[0], given)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: _value(hints[name], each) for name, each in given.items()})  # type: ignore[operator]
    if get_origin(kind) is tuple:
        kinds = get_args(kind)
        each_of = [kinds[0]] * len(given) if kinds[-1] is Ellipsis else kinds
        return tuple(_value(one, each) for one, each in zip(each_of, given, strict=True))
    if get_origin(kind) is Mapping:
        return {key: _value(get_args(kind)[1], each) for key, each in given.items()}
    return _READ.get(kind, lambda each: each)(given)


_READ: Mapping[Any, Any] = types.MappingProxyType({Decimal: Decimal, date: date.fromisoformat})


@dataclass(frozen=True, slots=True)
class Correction:
    """A count that is another now than when the report was frozen.

    Attributes:
        milestone: field of the step.
        column: here, year or ever.
        frozen: projects then.
        now: projects now.
    """

    milestone: str
    column: str
    frozen: int
    now: int


def corrections(frozen: PeriodReport, now: PeriodReport) -> Iterator[Correction]:
    """Yield what has changed in the progress of a period since it was frozen: told beside it, never written over it."""
    later = {one.milestone: one for one in now.progress}
    for then in frozen.progress:
        for column in ("here", "year", "ever"):
            old, new = getattr(then, column).projects, getattr(later[then.milestone], column).projects
            if old != new:
                yield Correction(then.milestone, column, old, new)
