"""Entries of dictionaries: dated, with their source, never rewritten; rates and weights with their own rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from crm.database import Database
from crm.domain.matching.weights import WEIGHTS
from crm.domain.quantities import Rate
from crm.errors import NotFoundError, ValueRefusedError
from crm.queries.dictionaries import weights_versions, words
from crm.queries.thresholds import load_rates
from crm.services.dictionaries import add_entry, add_rate, add_weights, end_entry

NOVEMBER = date(2026, 11, 1)


def test_an_entry_holds_from_its_day_until_it_is_ended(database: Database) -> None:
    with database.write(by="周", why="词典") as session:
        number = add_entry(session, "industry_alias", " 固态电池 ", "新能源", source="科室会议", valid_from=NOVEMBER)
        end_entry(session, number, date(2026, 12, 31))
    with database.read() as session:
        found = [each for each in words(session, "industry_alias") if each.term == "固态电池"]
    assert [(each.meaning, each.source) for each in found] == [("新能源", "科室会议")]
    days = (date(2026, 10, 31), NOVEMBER, date(2026, 12, 31), date(2027, 1, 1))
    assert [found[0].holds(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(("term", "meaning", "source"), [("", "甲", "源"), ("甲", " ", "源"), ("甲", "乙", "")])
def test_an_entry_says_everything_with_its_source(database: Database, term: str, meaning: str, source: str) -> None:
    with pytest.raises(ValueRefusedError), database.write(by="周", why="词典") as session:
        add_entry(session, "industry_alias", term, meaning, source=source)


def test_an_entry_cannot_end_before_it_begins_nor_when_it_is_gone(database: Database) -> None:
    with database.write(by="周", why="词典") as session:
        number = add_entry(session, "industry_alias", "甲", "乙", source="源", valid_from=NOVEMBER)
    with pytest.raises(ValueRefusedError), database.write(by="周", why="词典") as session:
        end_entry(session, number, date(2026, 10, 31))
    with pytest.raises(NotFoundError), database.write(by="周", why="词典") as session:
        end_entry(session, number + 999, NOVEMBER)


def test_a_rate_is_known_from_its_day(database: Database) -> None:
    with database.write(by="周", why="汇率") as session:
        add_rate(session, Rate("USD", Decimal("7.0950"), "", "中国外汇交易中心"), NOVEMBER)
    with database.read() as session:
        assert load_rates(session, date(2026, 10, 31)) == ()
        assert load_rates(session, NOVEMBER) == (Rate("USD", Decimal("7.0950"), "2026-11-01", "中国外汇交易中心"),)


@pytest.mark.parametrize(("rate", "source"), [("709.5", "中心"), ("0.14", "中心"), ("7.1", "")])
def test_a_rate_not_to_be_believed_or_without_source_is_refused(database: Database, rate: str, source: str) -> None:
    with pytest.raises(ValueRefusedError), database.write(by="周", why="汇率") as session:
        add_rate(session, Rate("USD", Decimal(rate), "", source), NOVEMBER)


def test_a_day_has_one_rate_of_a_currency(database: Database) -> None:
    with database.write(by="周", why="汇率") as session:
        add_rate(session, Rate("USD", Decimal("7.09"), "", "中心"), NOVEMBER)
    with pytest.raises(ValueRefusedError), database.write(by="周", why="汇率") as session:
        add_rate(session, Rate("USD", Decimal("7.10"), "", "中心"), NOVEMBER)


def test_weights_are_added_as_a_version_and_never_twice(database: Database) -> None:
    base = WEIGHTS[-1]
    fund = {part: dict(points) for part, points in base.fund.items()}
    fund["field"]["full"], fund["amount"]["full"] = Decimal(35), Decimal(25)
    made = replace(base, version="2026-12", since=NOVEMBER, source="党组会", fund=fund)
    with database.write(by="周", why="权重") as session:
        add_weights(session, made)
    with database.read() as session:
        kept = weights_versions(session)[-1]
    assert (kept.version, kept.source, kept.fund["field"]["full"]) == ("2026-12", "党组会", Decimal(35))
    with pytest.raises(ValueRefusedError), database.write(by="周", why="权重") as session:
        add_weights(session, made)


def test_parts_that_are_not_a_hundred_points_are_refused(database: Database) -> None:
    base = WEIGHTS[-1]
    fund = {part: dict(points) for part, points in base.fund.items()}
    fund["field"]["full"] += 1
    with pytest.raises(ValueRefusedError) as refused, database.write(by="周", why="权重") as session:
        add_weights(session, replace(base, version="2026-12", fund=fund))
    assert "101" in str(refused.value)
