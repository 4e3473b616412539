"""What a change set did, by record; whether it is taken back, and by which."""

from __future__ import annotations

from crm.database import Database
from crm.domain.fields.reading import read_record
from crm.queries.change_log import facts_of_set
from crm.queries.history import change_sets
from crm.services.history import revert
from crm.services.records import create, delete, update


def test_a_change_set_tells_its_records_by_name(database: Database) -> None:
    with database.write(by="周", why="新增基金") as session:
        fund = create(session, "funds", read_record("funds", {"name": "测试基金（虚构）", "code": "F-900"}))
    with database.write(by="陈", why="更正投向") as session:
        update(session, "funds", fund.id, read_record("funds", {"fields": ["新材料"]}))
        update(session, "communities", 3, read_record("communities", {"rent": "30元"}))
    with database.read() as session:
        newest = change_sets(session, limit=1)[0]
        facts = facts_of_set(session, newest.id)
    told = [(each.kind, each.code, each.name, [change.field for change in each.changes]) for each in facts.records]
    assert sorted(told) == [("communities", "RC-03", "", ["rent"]), ("funds", "F-900", "测试基金（虚构）", ["fields"])]
    assert (facts.lines, facts.taken_back_by, facts.row.by) == (2, None, "陈")


def test_a_record_that_is_gone_is_called_as_it_was(database: Database) -> None:
    with database.write(by="周", why="新增基金") as session:
        fund = create(session, "funds", read_record("funds", {"name": "测试基金（虚构）", "code": "F-900"}))
    with database.write(by="周", why="删除") as session:
        delete(session, "funds", fund.id)
    with database.read() as session:
        made, deleted = reversed(change_sets(session, limit=2))
        assert [facts_of_set(session, each.id).records[0].code for each in (made, deleted)] == ["F-900", "F-900"]


def test_what_takes_it_back_is_named_until_that_is_taken_back_too(database: Database) -> None:
    with database.write(by="周", why="租金") as session:
        update(session, "communities", 3, read_record("communities", {"rent": "30元"}))
    with database.read() as session:
        number = change_sets(session, limit=1)[0].id
    with database.write(by="周", why="撤销") as session:
        revert(session, number)
    with database.read() as session:
        undo = change_sets(session, limit=1)[0].id
        assert facts_of_set(session, number).taken_back_by == undo
    with database.write(by="周", why="重做") as session:
        revert(session, undo)
    with database.read() as session:
        assert facts_of_set(session, number).taken_back_by is None
        assert not facts_of_set(session, number).row.undone


def test_the_text_of_a_filter_is_looked_for_in_officer_and_reason(database: Database) -> None:
    for by, why in (("周敏", "租金更正"), ("陈一鸣", "100%核对")):
        with database.write(by=by, why=why) as session:
            update(session, "communities", 3, read_record("communities", {"rent": why}))
    with database.read() as session:
        found = {text: [row.by for row in change_sets(session, text=text)] for text in ("周", "更正", "0%", "_", "无")}
    assert found == {"周": ["周敏"], "更正": ["周敏"], "0%": ["陈一鸣"], "_": [], "无": []}
