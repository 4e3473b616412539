from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from crm.domain.quantities import PartialDate
from crm.domain.statistics.periods import days_of, period_around, period_text, read_period
from crm.errors import ValueRefusedError


@pytest.mark.parametrize(
    ("text", "key", "first", "last", "before", "words"),
    [
        ("2026-11", "2026-11", date(2026, 11, 1), date(2026, 11, 30), "2026-10", "2026年11月"),
        ("2024-2", "2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024-01", "2024年2月"),
        ("2026-01", "2026-01", date(2026, 1, 1), date(2026, 1, 31), "2025-12", "2026年1月"),
        ("2026-Q1", "2026-Q1", date(2026, 1, 1), date(2026, 3, 31), "2025-Q4", "2026年第一季度"),
        ("2026q4", "2026-Q4", date(2026, 10, 1), date(2026, 12, 31), "2026-Q3", "2026年第四季度"),
        ("2026", "2026", date(2026, 1, 1), date(2026, 12, 31), "2025", "2026年"),
        (
            "2026-W47",
            "2026-W47",
            date(2026, 11, 16),
            date(2026, 11, 22),
            "2026-W46",
            "2026年第47周（11月16日至11月22日）",
        ),
        # ISO 8601: the first week of 2026 begins on 2025-12-29, and 2020 had 53 weeks.
        ("2026-W01", "2026-W01", date(2025, 12, 29), date(2026, 1, 4), "2025-W52", "2026年第1周（12月29日至1月4日）"),
        ("2021-W1", "2021-W01", date(2021, 1, 4), date(2021, 1, 10), "2020-W53", "2021年第1周（1月4日至1月10日）"),
    ],
)
def test_a_period_has_its_days_its_words_and_one_before(  # noqa: PLR0917  (a table of cases)
    text: str, key: str, first: date, last: date, before: str, words: str
) -> None:
    period = read_period(text)
    assert (period.key, period.first, period.last) == (key, first, last)
    assert period.before.key == before
    assert period_text(period) == words
    assert (period.first - period.before.last).days == 1


@pytest.mark.parametrize("text", ["", "2026-13", "2026-00", "2026-W54", "2026-Q5", "去年", "20261", "2025-W53"])
def test_what_is_no_period_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(ValueRefusedError, match="2026-W47"):
        read_period(text)


@pytest.mark.parametrize(
    ("given", "first", "last"),
    [
        (PartialDate(2026, 11, 3), date(2026, 11, 3), date(2026, 11, 3)),
        (PartialDate(2024, 2), date(2024, 2, 1), date(2024, 2, 29)),
        (PartialDate(2026, quarter=3), date(2026, 7, 1), date(2026, 9, 30)),
        (PartialDate(2026, half=2), date(2026, 7, 1), date(2026, 12, 31)),
        (PartialDate(2026), date(2026, 1, 1), date(2026, 12, 31)),
        (datetime(2026, 10, 31, 16, 30, tzinfo=UTC), date(2026, 11, 1), date(2026, 11, 1)),
    ],
)
def test_a_date_means_all_the_days_it_can(given: PartialDate | datetime, first: date, last: date) -> None:
    assert days_of(given) == (first, last)


@pytest.mark.parametrize(
    ("length", "day", "key"),
    [
        ("weekly", date(2026, 1, 1), "2026-W01"),
        ("weekly", date(2027, 1, 1), "2026-W53"),
        ("monthly", date(2026, 11, 30), "2026-11"),
        ("quarterly", date(2026, 3, 31), "2026-Q1"),
        ("annual", date(2026, 12, 31), "2026"),
    ],
)
def test_a_day_lies_in_one_period_of_each_length(length: str, day: date, key: str) -> None:
    period = period_around(length, day)
    assert period.key == key
    assert period.holds(day, day)
