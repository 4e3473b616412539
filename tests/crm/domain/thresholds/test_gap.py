"""How far a project is from a line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from crm.domain.thresholds.judgement import Figure, LineResult


def _figure(low: int | str, high: int | str | None = None) -> Figure:
    return Figure(Decimal(low), Decimal(low if high is None else high))


@pytest.mark.parametrize(
    ("actual", "met", "gap"),
    [
        (_figure(5400), True, _figure(400)),
        (_figure(5000), True, _figure(0)),
        (_figure("4999.99"), False, _figure("0.01")),
        (_figure(4000, 4500), False, _figure(500, 1000)),
        (_figure(5600, 7000), True, _figure(600, 2000)),
        (Figure(Decimal(5600), None), True, Figure(Decimal(600), None)),
        (_figure(4800, 5200), None, None),
        (None, None, None),
    ],
)
def test_the_gap_to_a_line(actual: Figure | None, met: bool | None, gap: Figure | None) -> None:  # noqa: FBT001
    assert LineResult("project_tax", "高铁新城", _figure(5000), actual, met).gap == gap
