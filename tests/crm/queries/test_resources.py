"""Lists of resources: slots counted, a name found by any reading."""

from __future__ import annotations

import pytest

from crm.database import Database
from crm.domain.fields.reading import read_record
from crm.queries import resources
from crm.queries.resources import count_resources, load_resource, load_resources, sounds
from crm.services.records import create


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("chongqing", True), ("zhongqing", True), ("cq", True), ("chongq", True), ("qing", True), ("cqx", False)],
)
def test_a_name_is_found_by_any_reading_of_its_characters(wanted: str, found: bool) -> None:  # noqa: FBT001  (of a table)
    assert sounds("新重庆", wanted) is found


def test_the_founding_documents_entries_are_counted_apart(database: Database) -> None:
    with database.write(by="周", why="基金") as session:
        made = create(session, "funds", read_record("funds", {"name": "测试基金（虚构）", "fields": ["新材料"]}))
    with database.read() as session:
        found = load_resources(session, "funds")
        shown = load_resource(session, "funds", made.id)
        assert count_resources(session, ("funds", "communities")) == {"funds": 120, "communities": 12}
        assert load_resource(session, "funds", made.id + 999) is None
        assert [one.record.id for one in load_resources(session, "funds", "csjj").rows] == [made.id]
    assert (found.total, found.slots, found.filled) == (120, 119, 0)
    assert found.rows[0].record.id == made.id
    assert (found.rows[0].slot, found.rows[1].slot) == (False, True)
    assert shown is not None
    assert [change.action for change in shown.changes] == ["created"]


def test_of_many_the_newest_are_listed_and_the_filter_finds_the_others(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "MOST", 3)
    with database.write(by="周", why="企业") as session:
        for number in range(5):
            create(session, "enterprises", read_record("enterprises", {"name": f"第{number}精密（虚构）"}))
    with database.read() as session:
        shown = load_resources(session, "enterprises")
        found = load_resources(session, "enterprises", "第0精密")
    assert [one.record.values["name"] for one in shown.rows] == [f"第{number}精密（虚构）" for number in (4, 3, 2)]
    assert (shown.total, [one.record.values["name"] for one in found.rows]) == (5, ["第0精密（虚构）"])
