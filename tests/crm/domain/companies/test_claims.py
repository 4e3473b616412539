"""Whose project it is by the ledger, until when that is protected, how units share it (practice.md §2)."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

import pytest

from crm.domain.companies.claims import Entry, Guard, Work, ledger_of, protection
from crm.domain.companies.credit import credits_of, shares_of
from crm.domain.deadlines.limits import PROTECTION
from crm.domain.fields.reading import read_record
from crm.domain.quantities import CHINA_TIME, PartialDate


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA_TIME)


def entry(unit: str, when: str, kind: str = "complete", code: str = "", corrects: str = "") -> Entry:
    return Entry(code or unit, unit, "", at(when), kind, corrects=corrects)


def first(*entries: Entry) -> tuple[str, list[str]]:
    found = ledger_of(entries, 3)
    return (found.first.entry.unit if found.first else ""), [reason.code for reason in found.reasons]


@pytest.mark.parametrize(
    ("entries", "unit", "reasons"),
    [
        ((), "", ["no_report"]),
        ((entry("甲", "2026-11-03T09:12"),), "甲", ["only_report"]),
        ((entry("乙", "2026-11-05T15:40"), entry("甲", "2026-11-03T09:12")), "甲", ["reported_before"]),
        # a preliminary report of Tuesday holds until Friday
        ((entry("甲", "2026-11-03T09:12", "preliminary"), entry("乙", "2026-11-06T08:00")), "甲", ["reported_before"]),
        (
            (entry("甲", "2026-11-03T09:12", "preliminary"), entry("乙", "2026-11-07T08:00")),
            "乙",
            ["preliminary_lapsed"],
        ),
        (
            (
                entry("甲", "2026-11-03T09:12", "preliminary"),
                entry("甲", "2026-11-05T09:00", code="甲2"),
                entry("乙", "2026-11-07T08:00"),
            ),
            "甲",
            ["reported_before"],
        ),
        (  # completed too late, it begins only then
            (
                entry("甲", "2026-11-03T09:12", "preliminary"),
                entry("甲", "2026-11-20T09:00", code="甲2"),
                entry("乙", "2026-11-10T08:00"),
            ),
            "乙",
            ["reported_before"],
        ),
        (  # the National Day week and its make-up days stand between
            (entry("甲", "2025-09-30T09:00", "preliminary"), entry("乙", "2025-10-11T09:00")),
            "甲",
            ["reported_before"],
        ),
        (
            (
                entry("甲", "2026-11-09T09:00"),
                entry("乙", "2026-11-05T09:00"),
                entry("甲", "2026-11-03T09:00", "correction", "更", "甲"),
            ),
            "甲",
            ["reported_before", "report_corrected"],
        ),
    ],
)
def test_who_was_first(entries: tuple[Entry, ...], unit: str, reasons: list[str]) -> None:
    assert first(*entries) == (unit, reasons)


def test_times_that_may_fall_together_do_not_tell() -> None:
    month = Entry("乙", "乙", "", PartialDate(2026, 11), "complete")
    assert first(entry("甲", "2026-11-03T09:12"), month) == ("", ["reports_may_fall_together"])
    nobody = Entry("丙", "丙", "", None, "complete")
    assert first(entry("甲", "2026-11-03T09:12"), nobody) == ("", ["report_without_time"])


@pytest.mark.parametrize(
    ("kind", "work", "on", "state", "until"),
    [
        ("complete", Work("negotiation", None, None), date(2026, 9, 1), Guard.HELD, date(2026, 10, 8)),
        ("complete", Work("negotiation", None, None), date(2026, 10, 1), Guard.LAPSING, date(2026, 10, 8)),
        ("complete", Work("negotiation", None, None), date(2026, 10, 8), Guard.LAPSING, date(2026, 10, 8)),
        ("complete", Work("negotiation", None, None), date(2026, 10, 9), Guard.LAPSED, date(2026, 10, 8)),
        ("complete", Work("negotiation", None, date(2026, 9, 10)), date(2026, 10, 9), Guard.HELD, date(2026, 11, 9)),
        ("preliminary", Work("lead", None, None), date(2026, 8, 4), Guard.LAPSING, date(2026, 8, 6)),
        ("complete", Work("signed", None, None), date(2026, 10, 9), Guard.SETTLED, None),
        ("complete", Work("negotiation", "paused", None), date(2026, 10, 9), Guard.RESTING, None),
    ],
)
def test_until_when_it_is_protected(kind: str, work: Work, on: date, state: Guard, until: date | None) -> None:
    """Sixty days from the 3rd of August end in the National Day week: the last day is the first that is worked."""
    found = protection(ledger_of([entry("甲", "2026-08-03T09:00", kind)], 3), work, PROTECTION, on)
    assert (found.state, found.until) == (state, until)


def test_shares_are_exact_and_those_agreed_last_hold() -> None:
    def transfer(first_share: str, landing: str, on: str, state: str = "已商定") -> dict[str, object]:
        given = {"lead": "L", "first_unit": "甲", "first_share": first_share, "landing_unit": "乙"}
        return dict(read_record("transfers", {**given, "landing_share": landing, "agreed_on": on, "state": state}))

    assert shares_of(transfer("33.33", "66.67", "2026-11-01")) == {
        "甲": Fraction(3333, 10000),
        "乙": Fraction(6667, 10000),
    }
    assert shares_of(transfer("33.33", "66.66", "2026-11-01")) is None
    assert shares_of(transfer("约30", "70-75", "2026-11-01")) is None
    agreed = [
        transfer("50", "50", "2026-11-01"),
        transfer("30", "70", "2026-11-09"),
        transfer("0", "100", "2026-12", "退回"),
    ]
    found = credits_of([("L", "甲"), ("M", None)], {"L": agreed})
    assert [(each.unit, each.projects, each.credit) for each in found] == [
        ("乙", 1, Fraction(7, 10)),
        ("甲", 1, Fraction(3, 10)),
        ("", 1, Fraction(1)),
    ]
