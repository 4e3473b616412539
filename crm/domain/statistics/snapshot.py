"""A report as text that gives the same report back: what is frozen, and what a later one is compared with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from crm.domain.statistics.report import PeriodReport

FORM = 1
"""Of the text; grows when the report has other parts."""


@cache
def _adapter() -> Any:  # noqa: ANN401  (pydantic's, imported late)
    from pydantic import TypeAdapter  # noqa: PLC0415  (the start is budgeted)

    return TypeAdapter(PeriodReport)


def text_of(report: PeriodReport) -> str:
    """Return a report as canonical JSON; amounts are exact texts."""
    content = _adapter().dump_python(report, mode="json")
    return json.dumps({"form": FORM, "report": content}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def report_of(text: str) -> PeriodReport:
    """Return the report of such a text.

    Raises:
        ValueError: it is none, or of a newer form.
    """
    document = json.loads(text)
    if document["form"] > FORM:
        raise ValueError(document["form"])
    report: PeriodReport = _adapter().validate_python(document["report"])
    return report


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
