"""The clocks of a lead: 1, 3, 7 and 14 working days; what ends each; how long a lead may rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from crm.domain.deadlines.clocks import ClockState, LeadTimes, clocks, rests
from crm.domain.deadlines.explain import clock_text, day_note, rest_text, unarranged_text
from crm.domain.deadlines.limits import LIMITS, keys, with_entries
from crm.i18n import use_language

THURSDAY = date(2026, 11, 26)
NEW = LeadTimes("lead", None, has_owner=False, first_report=THURSDAY)


def _states(times: LeadTimes, on: date) -> dict[str, ClockState]:
    return {clock.code: clock.state for clock in clocks(times, LIMITS, on)}


def test_the_days_of_each_clock_skip_the_weekend() -> None:
    due = {clock.code: clock.due.isoformat() for clock in clocks(NEW, LIMITS, THURSDAY)}
    assert due == {
        "respond": "2026-11-27",
        "assess": "2026-12-01",
        "feedback": "2026-12-07",
        "report": "2026-12-16",
    }


@pytest.mark.parametrize(
    ("on", "state"),
    [
        ("2026-11-26", ClockState.RUNNING),
        ("2026-11-27", ClockState.DUE),
        ("2026-11-28", ClockState.OVERDUE),  # a Saturday: late, though no working day has gone by
    ],
)
def test_a_clock_is_late_the_day_after(on: str, state: ClockState) -> None:
    assert _states(NEW, date.fromisoformat(on))["respond"] is state


def test_what_ends_each_clock() -> None:
    late = date(2027, 1, 15)
    assert _states(replace(NEW, has_owner=True), late)["respond"] is ClockState.DONE
    assert _states(replace(NEW, stage="assessment"), late)["assess"] is ClockState.DONE
    spoken = replace(NEW, first_follow_up=THURSDAY, last_follow_up=late)
    assert _states(spoken, late) == {
        "respond": ClockState.DONE,
        "assess": ClockState.OVERDUE,
        "feedback": ClockState.DONE,
        "report": ClockState.RUNNING,
    }


@pytest.mark.parametrize(
    "times",
    [
        replace(NEW, status="paused"),
        replace(NEW, first_report=None),
        replace(NEW, first_report=date(2027, 3, 1)),
    ],
)
def test_no_clock_runs_of_a_lead_that_rests_or_was_reported_on_an_unknown_day(times: LeadTimes) -> None:
    assert clocks(times, LIMITS, date(2026, 12, 31)) == ()


def test_a_producing_firm_is_not_asked_for_news_every_fortnight() -> None:
    assert set(_states(replace(NEW, stage="production"), date(2027, 2, 1)).values()) == {ClockState.DONE}


def test_a_lead_may_rest_until_its_limit() -> None:
    times = replace(NEW, stage="negotiation", stage_since=date(2026, 9, 1), last_follow_up=date(2026, 10, 27))
    stay, quiet = rests(times, LIMITS, THURSDAY)
    assert (stay.days, stay.limit, stay.is_over) == (86, 60, True)
    assert (quiet.days, quiet.limit, quiet.is_over) == (30, 30, False)
    assert rests(replace(times, status="ended"), LIMITS, THURSDAY) == ()
    assert rests(replace(NEW, first_report=None), LIMITS, THURSDAY) == ()


def test_a_bureau_sets_its_own_limits() -> None:
    own = with_entries({"clock.respond": 2, "stay.review": 45, "nonsense": 3})
    assert (own.clocks["respond"], own.clocks["assess"], own.stay["review"]) == (2, 3, 45)
    assert own.entered == {"clock.respond", "stay.review"}
    assert keys(own).keys() == keys().keys()


def test_the_words_say_what_when_and_how_late() -> None:
    respond = clocks(NEW, LIMITS, date(2026, 12, 1))[0]
    assert clock_text(respond, date(2026, 12, 1)) == "响应：应于2026-11-27前完成，已超2个工作日"
    with use_language("en"):
        assert clock_text(respond, date(2026, 12, 1)) == "Respond: was due 2026-11-27, 2 working days late"
        assert day_note(date(2026, 2, 14)) == "make-up working day"
    stay = rests(replace(NEW, stage_since=date(2026, 11, 1)), LIMITS, THURSDAY)[0]
    assert rest_text(stay) == "在“线索”阶段已25天，上限7天"
    assert unarranged_text((2027,)) == "2027年的放假调休安排尚未收入本程序，工作日为暂定。"
    assert unarranged_text(()) == ""
