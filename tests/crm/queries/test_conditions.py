"""Conditions find the same records in both databases as a reading of the values one by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from crm.database import Database
from crm.database.derived import bounds
from crm.domain.conditions import (
    LISTS,
    ORDERED,
    All,
    AnyOf,
    Comparison,
    Condition,
    Emptiness,
    Operator,
    parse_condition,
)
from crm.domain.fields.reading import read_record
from crm.domain.fields.registry import Kind
from crm.queries.conditions import matching_ids
from crm.services.bulk import create_many

LEADS: list[dict[str, object]] = [
    {
        "name": "甲 Robot",
        "area": "高铁新城",
        "annual_tax": "5000万元",
        "land": "25亩",
        "stage": "在谈",
        "environment": ["P2", "中试"],
    },
    {
        "name": "乙 robot",
        "area": "高新区",
        "annual_tax": "4500-5500万元",
        "land": "25.0005亩",
        "environment": ["p2"],
    },
    {
        "name": "丙%",
        "area": "开发区",
        "annual_tax": "约6000万元",
        "stage": "评审",
        "needed_by": "2027-03",
        "confidential": True,
    },
    {
        "name": "丁_",
        "annual_tax": "700万美元",
        "needed_by": "2027-H1",
        "full_year": 2028,
        "confidential": False,
        "environment": [],
    },
    {
        "name": "戊",
        "annual_tax": "5亿元以上",
        "land": "0",
        "needed_by": "2027-03-15",
        "full_year": 2027,
        "jobs": "120",
    },
    {
        "name": "己",
        "first_reported_at": "2026-11-22T23:30:00+08:00",
        "environment": ['中试"P2"'],
    },
]

CONDITIONS = [
    "area = 高铁新城",
    "area != 高铁新城",
    "area is empty",
    "area is not empty",
    "area in (高新区, 开发区)",
    "area not in (高新区, 开发区)",
    "annual_tax >= 5000万元",
    "annual_tax > 5000",
    "annual_tax <= 5500",
    "annual_tax < 5000",
    "annual_tax = 5000",
    "annual_tax = 4000-6000万元",
    "annual_tax != 5000",
    "annual_tax >= 5亿元",
    "annual_tax >= 5亿元以上",
    "land = 25亩",
    "land > 25",
    "land < 25",
    "land = 0",
    "land >= 16666㎡",
    "needed_by >= 2027-03-01",
    "needed_by = 2027-03",
    "needed_by <= 2027-03",
    "needed_by < 2027",
    "needed_by = 2027-H1",
    "full_year > 2027",
    "full_year != 2028",
    "jobs = 120",
    "environment = P2",
    "environment = p2",
    "environment != P2",
    "environment in (中试, p2)",
    "environment is empty",
    "confidential = 是",
    "confidential != true",
    "confidential = 否",
    "name contains ROBOT",
    "name contains %",
    "name contains _",
    "name = 甲 Robot",
    "first_reported_at = 2026-11-22",
    "first_reported_at >= 2026-11-23",
    "stage = 在谈 or land is empty and area = 高新区",
    "(stage = 在谈 or land is empty) and area is not empty",
]


@pytest.fixture
def ids(database: Database) -> list[int]:
    values = [read_record("leads", lead) for lead in LEADS]
    with database.write(by="李", why="登记") as session:
        return create_many(session, "leads", values)


def test_every_condition_finds_what_the_values_say(database: Database, ids: list[int]) -> None:
    records = [read_record("leads", lead) for lead in LEADS]
    found = set()
    with database.read() as session:
        for text in CONDITIONS:
            condition = parse_condition("leads", text)
            expected = [lead for lead, values in zip(ids, records, strict=True) if holds(condition, values)]
            assert matching_ids(session, "leads", condition) == expected, text
            found.add(tuple(expected))
        assert matching_ids(session, "leads", None) == ids
    assert len(found) > 12  # the conditions do tell the records apart


def holds(condition: Condition, values: Mapping[str, Any]) -> bool:
    """Whether a record meets a condition, value by value."""
    if isinstance(condition, All):
        return all(holds(part, values) for part in condition.parts)
    if isinstance(condition, AnyOf):
        return any(holds(part, values) for part in condition.parts)
    value = values.get(condition.field.name)
    if isinstance(condition, Emptiness):
        return (value is None) is condition.empty
    return value is not None and compares(condition, value)


def compares(condition: Comparison, value: Any) -> bool:  # noqa: ANN401  (the class is the field's)
    kind, operator = condition.field.kind, condition.operator
    given: Any = condition.value
    if kind in LISTS:
        return (given in value) is (operator is Operator.EQUAL)
    if operator is Operator.CONTAINS:
        return str(given).lower() in value.lower()
    if kind not in ORDERED:
        return (value == given) is (operator is Operator.EQUAL)
    least, most = (value, value) if kind is Kind.YEAR else bounds(kind, value)
    low, high = (given, given) if kind is Kind.YEAR else bounds(kind, given)
    if least is None and most is None:
        return False  # an amount in a foreign currency stands in no order
    at_least, at_most = _floor(least), _ceiling(most)
    return {
        Operator.EQUAL: _floor(low) <= at_least and at_most <= _ceiling(high),
        Operator.NOT_EQUAL: at_most < _floor(low) or at_least > _ceiling(high),
        Operator.LESS: at_most < _floor(low),
        Operator.AT_MOST: high is not None and at_most <= high,
        Operator.MORE: at_least > _ceiling(high),
        Operator.AT_LEAST: low is not None and at_least >= low,
    }[operator]


def _floor(bound: int | None) -> float:
    return float("-inf") if bound is None else bound


def _ceiling(bound: int | None) -> float:
    return float("inf") if bound is None else bound
