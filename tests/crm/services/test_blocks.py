"""A pasted block is one change with one undo, or none; gates, conflicts and rules hold as in the form."""

from __future__ import annotations

from typing import Any

import pytest

from crm.database import Database
from crm.domain.blocks.plan import Fate, Given
from crm.domain.fields.reading import read_value
from crm.domain.fields.registry import LEAD_FIELDS
from crm.errors import ConflictError, UserError
from crm.queries.records import Record, load
from crm.services.blocks import Plan, apply_block, plan_block
from crm.services.history import revert
from crm.services.records import update
from tests.crm.services.making import lead, made

SUM = read_value(LEAD_FIELDS["planned_investment"], "1亿")


def planned(database: Database, kind: str, given: dict[int, list[Given]], reason: str = "") -> Plan:
    with database.read() as session:
        return plan_block(session, kind, given, reason)


def applied(database: Database, plan: Plan, **more: Any) -> int:  # noqa: ANN401
    with database.write(by="李", why="粘贴") as session:
        return apply_block(session, plan, **more)


def values(database: Database, record: Record) -> dict[str, Any]:
    with database.read() as session:
        return dict(load(session, record.kind, [record.id])[0].values)


def test_one_change_and_one_undo(database: Database) -> None:
    first, second = lead(database, owner="刘某"), lead(database, name="乙项目（虚构）")
    cells = [Given("planned_investment", "6.8亿"), Given("owner", "周某")]
    others = [*cells[:1], Given("owner", "吴某"), Given("area", "相城")]
    plan = planned(database, "leads", {first.id: cells, second.id: others})
    assert (plan.count(Fate.CHANGED), plan.count(Fate.DOUBTFUL)) == (4, 1)
    sets: list[int] = []
    database.on_commit(lambda news: sets.append(news.change_set_id))
    assert applied(database, plan) == 4
    assert len(sets) == 1
    assert values(database, first)["planned_investment"] == read_value(LEAD_FIELDS["planned_investment"], "6.8亿")
    with database.write(by="李", why="撤销") as session:
        revert(session, sets[0])
    assert values(database, first) == first.values
    assert values(database, second) == second.values


def test_records_that_close_a_gate_refuse_the_cell(database: Database) -> None:
    record = lead(
        database,
        stage="review",
        investor="甲公司（虚构）",
        planned_investment=SUM,
    )
    made(database, "background-checks", lead=record.code, item="涉诉", result="红旗", finding="涉诉三件")
    plan = planned(database, "leads", {record.id: [Given("stage", "签约"), Given("owner", "周某")]})
    assert [cell.fate for cell in plan.lines[0].cells] == [Fate.REFUSED, Fate.CHANGED]
    assert applied(database, plan) == 1
    assert values(database, record)["stage"] == "review"


def test_a_change_made_meanwhile_is_not_written_over(database: Database) -> None:
    record, other = lead(database), lead(database, name="乙项目（虚构）")
    plan = planned(database, "leads", {other.id: [Given("owner", "周某")], record.id: [Given("owner", "周某")]})
    with database.write(by="王", why="改") as session:
        update(session, "leads", record.id, {"owner": "王某"})
    with pytest.raises(ConflictError, match=record.code):
        applied(database, plan)
    assert "owner" not in values(database, other)


def test_a_register_keeps_its_own_rules(database: Database) -> None:
    fund = made(database, "funds", name="母基金（虚构）", ticket_low=read_value(LEAD_FIELDS["annual_tax"], "500"))
    plan = planned(database, "funds", {fund.id: [Given("ticket_high", "300"), Given("origin", "市级")]})
    assert plan.count(Fate.CHANGED, Fate.DOUBTFUL) == 2
    with pytest.raises(UserError, match=fund.code):
        applied(database, plan)
    plan = planned(database, "funds", {fund.id: [Given("ticket_high", "0.3亿")]})
    assert applied(database, plan) == 1


def test_a_record_that_is_gone_is_counted(database: Database) -> None:
    record = lead(database)
    assert planned(database, "leads", {record.id + 7: [Given("owner", "周某")]}).gone == 1
