from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.fields.codes import STAGES
from crm.domain.follow_ups import FollowUp
from crm.domain.quantities import Money, PartialDate
from crm.domain.statistics.counts import Figures, break_down, count
from crm.domain.statistics.periods import read_period
from crm.domain.statistics.report import MILESTONES, PeriodReport, period_report
from crm.domain.statistics.snapshot import Correction, corrections, report_of, text_of

ON = date(2026, 12, 1)
NOVEMBER = read_period("2026-11")


def yuan(low: int, high: int | None = None) -> Money:
    return Money(Decimal(low), Decimal(high if high is not None else low))


def lead(code: str, amount: Money | None = None, stage: str | None = None, **milestones: PartialDate) -> Figures:
    return Figures(code, code, planned_investment=amount, stage=stage, milestones=milestones)


def report(*leads: Figures, follow_ups: tuple[FollowUp, ...] = ()) -> PeriodReport:
    return period_report(leads, follow_ups, NOVEMBER, ON)


def test_the_counts_of_the_founding_document_are_told_by_their_basis() -> None:
    """358 firms named in six industries 579 times: the rows are entries, the whole is firms (seed_facts, I01)."""
    entries = {"人工智能": 147, "生物医药": 69, "光电信息": 152, "新材料": 41, "大数据": 49, "无人驾驶": 121}
    firms = 358
    tags: list[list[str]] = [[] for _firm in range(firms)]
    place = 0
    for name, number in entries.items():
        for _entry in range(number):
            tags[place % firms].append(name)
            place += 1
    found = break_down(
        "tag",
        [Figures(str(number), "", industries=tuple(each)) for number, each in enumerate(tags)],
        lambda one: one.industries,
    )
    assert {value: row.projects for value, row in found.rows} == entries
    assert (found.places, found.whole.projects, found.overlaps) == (579, 358, True)


def test_amounts_are_added_by_their_lower_end_and_foreign_ones_apart() -> None:
    dollars = Money(Decimal(200), Decimal(200), currency="USD")
    found = count(
        [lead("A", yuan(5000, 8000)), lead("B", yuan(100)), lead("C", dollars), lead("D"), lead("E", yuan(0))]
    )
    assert (found.projects, found.amount, found.summed) == (5, Decimal(5100), 3)
    assert (dict(found.foreign), found.foreign_projects, found.without_amount) == ({"USD": Decimal(200)}, 1, 1)


def test_a_date_counts_where_all_its_days_lie_and_is_told_where_it_might() -> None:
    made = report(
        lead("day", signed_on=PartialDate(2026, 11, 30)),
        lead("month", signed_on=PartialDate(2026, 11)),
        lead("year", signed_on=PartialDate(2026)),
        lead("other year", signed_on=PartialDate(2025)),
        lead("quarter", signed_on=PartialDate(2026, quarter=4)),
        lead("october", signed_on=PartialDate(2026, 10, 31)),
        lead("december", signed_on=PartialDate(2026, 12, 1)),
        lead("no date", stage="registered"),
        lead("not there", stage="negotiation"),
    )
    signed = next(one for one in made.progress if one.milestone == "signed_on")
    assert (signed.here.projects, signed.before.projects, signed.year.projects) == (2, 1, 3)
    assert signed.ever.projects == 4  # with last year's; 2026年 and the quarter may lie after November
    assert (signed.unclear, signed.undated) == (2, 1)


def test_what_waits_is_signed_and_not_begun_the_biggest_first() -> None:
    march, may = PartialDate(2026, 3), PartialDate(2026, 5, 20)
    made = report(
        lead("small", yuan(10), "signed", signed_on=march),
        lead("big", yuan(900), "signed", signed_on=may),
        lead("unknown amount", None, "signed", signed_on=march),
        lead("begun", yuan(5000), "started", signed_on=march, started_on=may),
        lead("begun, day unknown", yuan(5000), "started", signed_on=march),
        Figures("ended", "", status="ended", stage="signed", milestones={"signed_on": march}),
        lead("begins later", yuan(50), "started", signed_on=march, started_on=PartialDate(2026, 12, 5)),
    )
    waiting = made.waiting[0]
    assert [one.code for one in waiting.first] == ["big", "begins later", "small", "unknown amount"]
    assert waiting.whole.projects == 4
    assert waiting.first[0].days == (date(2026, 11, 30) - date(2026, 5, 20)).days
    assert waiting.first[2].days == (date(2026, 11, 30) - date(2026, 3, 31)).days  # at least


def test_officers_are_told_by_what_they_did_in_the_period() -> None:
    made = period_report(
        [
            Figures("A", "", owner="李", milestones={"signed_on": PartialDate(2026, 11, 2)}),
            Figures("B", "", milestones={"first_reported_at": PartialDate(2026, 11, 3)}),
        ],
        [
            FollowUp("visit", date(2026, 11, 5), "王"),
            FollowUp("call", date(2026, 11, 6), "王"),
            FollowUp("visit", date(2026, 10, 31), "王"),
        ],
        NOVEMBER,
        ON,
    )
    rows = {row.officer: row for row in made.officers}
    assert (rows["李"].signed, rows["王"].follow_ups, rows["王"].visits, rows[""].reported) == (1, 2, 1, 1)
    assert [row.officer for row in made.officers] == ["李", "王", ""]


def test_money_from_hong_kong_counts_as_foreign_and_unknown_stays_unknown() -> None:
    day = {"signed_on": PartialDate(2026, 11, 2)}
    countries = ("中国", "中国香港", "美国", None)
    made = report(*(Figures(str(country), "", country=country, milestones=day) for country in countries))
    capital = made.breakdowns[0]
    assert {value: row.projects for value, row in capital.rows} == {"domestic": 1, "foreign": 2, "": 1}


DATES = st.one_of(
    st.builds(PartialDate, st.integers(2024, 2026)),
    st.builds(PartialDate, st.integers(2024, 2026), st.integers(1, 12)),
    st.builds(PartialDate, st.integers(2024, 2026), st.integers(1, 12), st.integers(1, 28)),
    st.builds(lambda year, quarter: PartialDate(year, quarter=quarter), st.integers(2024, 2026), st.integers(1, 4)),
)
AMOUNTS = st.one_of(
    st.none(),
    st.builds(yuan, st.integers(0, 10**6)),
    st.builds(lambda number: Money(Decimal(number), Decimal(number), currency="USD"), st.integers(0, 10**5)),
)
LEADS = st.lists(
    st.builds(
        Figures,
        code=st.text("AB", min_size=1, max_size=3),
        name=st.just("项目"),
        country=st.sampled_from((None, "中国", "德国", "中国台湾")),
        industry=st.sampled_from((None, "人工智能", "大数据")),
        industries=st.lists(st.sampled_from(("人工智能", "新材料")), max_size=2).map(tuple),
        area=st.sampled_from((None, "高新区", "其他区域")),
        planned_investment=AMOUNTS,
        stage=st.sampled_from((None, *(stage.code for stage in STAGES))),
        status=st.sampled_from((None, "active", "ended")),
        owner=st.sampled_from((None, "李", "王")),
        increment=st.sampled_from((None, "new", "existing")),
        milestones=st.dictionaries(st.sampled_from(tuple(MILESTONES)), DATES),
    ),
    max_size=12,
)


@given(
    LEADS, st.sampled_from(("2026-11", "2026-Q4", "2026", "2025-W53", "2026-W10")).filter(lambda key: key != "2025-W53")
)
def test_parts_add_up_and_a_frozen_text_is_the_same_report(leads: list[Figures], key: str) -> None:
    made = period_report(leads, (), read_period(key), ON)
    assert made.projects.projects == len(leads)
    for breakdown in (made.statuses, *made.breakdowns[:3]):
        assert not breakdown.overlaps
        assert sum(row.amount for _value, row in breakdown.rows) == breakdown.whole.amount
    assert made.increments is not None
    assert sum(row.projects for _value, row in made.increments.rows) == len(leads)
    for one in made.progress:  # S70: every figure can be split 增量/存量 and the parts add up
        parts = [part for part in made.parts if part.milestone == one.milestone]
        for column in ("here", "year", "ever"):
            counts = [getattr(part, column) for part in parts]
            assert sum(each.projects for each in counts) == getattr(one, column).projects
            assert sum(each.amount for each in counts) == getattr(one, column).amount
    tags = made.breakdowns[3]
    assert tags.places >= tags.whole.projects
    for one in made.progress:
        assert one.here.projects <= one.ever.projects + one.unclear
        assert one.year.projects <= one.ever.projects
    assert report_of(text_of(made)) == made
    assert not list(corrections(made, made))


@given(LEADS)
def test_the_year_is_its_months_and_what_is_only_known_to_the_year(leads: list[Figures]) -> None:
    """Recomputed another way: by day, month by month."""
    whole = period_report(leads, (), read_period("2026"), ON)
    by_month: Counter[str] = Counter()
    for month in range(1, 13):
        for one in period_report(leads, (), read_period(f"2026-{month:02d}"), ON).progress:
            by_month[one.milestone] += one.here.projects
    for one in whole.progress:
        rough = sum(
            1
            for each in leads
            if (day := each.milestones.get(one.milestone)) is not None
            and isinstance(day, PartialDate)
            and day.year == 2026
            and day.month is None
        )
        assert one.here.projects == by_month[one.milestone] + rough


def test_a_correction_is_told_with_both_numbers() -> None:
    then = report(lead("A", signed_on=PartialDate(2026, 11, 2)))
    now = report(lead("A", signed_on=PartialDate(2026, 11, 2)), lead("B", signed_on=PartialDate(2026, 11, 9)))
    assert Correction("signed_on", "here", 1, 2) in set(corrections(then, now))


def test_a_newer_form_is_refused() -> None:
    with pytest.raises(ValueError, match="99"):
        report_of(text_of(report()).replace('"form":1', '"form":99'))


def test_a_report_frozen_before_the_parts_were_told_is_read() -> None:
    document = json.loads(text_of(report()))
    for name in ("increments", "parts"):
        del document["report"][name]
    old = report_of(json.dumps(document))
    assert (old.increments, old.parts) == (None, ())


def test_the_trend_ends_with_the_period_and_has_no_gap() -> None:
    points = report().trend
    assert points[-1].period == "2026-11"
    assert len(points) == 12
    days = [read_period(point.period) for point in points]
    assert all(after.first - before.last == timedelta(days=1) for before, after in pairwise(days))
