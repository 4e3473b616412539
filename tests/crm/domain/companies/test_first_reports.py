from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crm.domain.companies.first_reports import Report, first_of
from crm.domain.quantities import PartialDate

MORNING = datetime(2024, 3, 15, 1, 0, tzinfo=UTC)  # 09:00 in China


@pytest.mark.parametrize(
    ("one", "other", "first"),
    [
        (MORNING, datetime(2024, 3, 15, 1, 1, tzinfo=UTC), "one"),
        (MORNING, MORNING, None),
        (MORNING, None, None),
        (MORNING, PartialDate(2024, 3, 15), None),
        (MORNING, PartialDate(2024, 3, 14), "other"),
        (PartialDate(2024, 3), PartialDate(2024, 4, 1), "one"),
        (PartialDate(2024, quarter=1), PartialDate(2024, 3), None),
        (PartialDate(2024, half=2), PartialDate(2024, quarter=2), "other"),
        (PartialDate(2023), PartialDate(2024), "one"),
    ],
)
def test_first_of(one: datetime | PartialDate, other: datetime | PartialDate | None, first: str | None) -> None:
    assert first_of(Report("one", one), Report("other", other)) == first
    assert first_of(Report("other", other), Report("one", one)) == first
