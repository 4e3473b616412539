"""Working days with make-up days, as the arrangements of 2025 and 2026 have them; other years are said to be open."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.deadlines.working_days import (
    DayKind,
    add_working_days,
    day_kind,
    day_name,
    is_arranged,
    is_working,
    last_start,
    unarranged_years,
    working_days_between,
)

DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2026-02-14", DayKind.MAKE_UP),  # 国办发明电: Saturday before the Spring Festival is worked
        ("2026-02-17", DayKind.HOLIDAY),
        ("2026-02-23", DayKind.HOLIDAY),  # a Monday, exchanged for 02-28
        ("2026-02-28", DayKind.MAKE_UP),
        ("2026-10-10", DayKind.MAKE_UP),
        ("2026-11-28", DayKind.WEEKEND),
        ("2026-11-30", DayKind.WORKING),
        ("2025-09-28", DayKind.MAKE_UP),
    ],
)
def test_a_day_is_what_the_arrangement_says(day: str, kind: DayKind) -> None:
    assert day_kind(date.fromisoformat(day)) is kind


def test_a_holiday_has_its_name_in_both_languages() -> None:
    assert day_name(date(2026, 2, 17)) == "春节"
    assert "Spring Festival" in day_name(date(2026, 2, 17), "en")
    assert day_name(date(2026, 2, 24)) == ""


def test_the_days_before_a_festival_count_the_make_up_days() -> None:
    friday = date(2026, 2, 13)
    assert add_working_days(friday, 1) == date(2026, 2, 14)
    assert add_working_days(friday, 3) == date(2026, 2, 25)
    assert working_days_between(friday, date(2026, 2, 28)) == 6


def test_a_year_that_is_not_arranged_is_said() -> None:
    assert is_arranged(2026)
    assert not is_arranged(2090)
    assert unarranged_years([date(2090, 1, 3), date(2026, 1, 1), date(2089, 1, 3)]) == (2089, 2090)
    assert day_kind(date(2090, 10, 1)) is DayKind.HOLIDAY


def test_nobody_counts_backwards() -> None:
    with pytest.raises(ValueError, match="negative"):
        add_working_days(date(2026, 1, 5), -1)


@given(DAYS, st.integers(1, 30))
def test_the_nth_working_day_is_worked_and_the_nth(start: date, count: int) -> None:
    due = add_working_days(start, count)
    assert is_working(due)
    assert working_days_between(start, due) == count


@given(DAYS, st.integers(0, 20))
def test_the_last_start_is_the_last_that_is_in_time(due: date, count: int) -> None:
    start = last_start(due, count)
    assert add_working_days(start, count) <= due < add_working_days(start + timedelta(days=1), count)
