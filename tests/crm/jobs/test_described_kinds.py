"""Each kind of record that is only described does what leads do: form, import, export, history, undo, search, links."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from crm.database import Database, writing_of
from crm.domain.fields.registry import RECORD_FIELDS, RECORD_KINDS, Kind
from crm.domain.fields.writing import record_to_json
from crm.domain.imports.understanding import understand_workbook
from crm.errors import ConflictError, ValueRefusedError
from crm.jobs import finish
from crm.jobs.exports import Order, export_records
from crm.jobs.imports import Request, import_file
from crm.jobs.templates import make_template
from crm.queries.history import changes_of
from crm.queries.links import links_to
from crm.queries.record_search import search_records
from crm.queries.records import Record, load, load_one
from crm.services.history import revert
from crm.services.records import create, delete, update
from tests.crm.described import RULED, full, least
from tests.crm.domain.imports.sheets import sheet

NOW = datetime(2026, 11, 28, 1, 30, tzinfo=UTC)
EVERY = list(RECORD_KINDS)


def _order(kind: str, where: str = "") -> Order:
    return Order(kind, "李", NOW, where, purpose="招商会商", recipient="区发改委")


def test_every_full_record_leaves_and_comes_back_as_it_was(database: Database, tmp_path: Path) -> None:
    with database.write(by="李", why="录入") as session:
        made = {kind: create(session, kind, full(session, kind)) for kind in EVERY}
    for kind, record in made.items():
        target = tmp_path / f"{kind}.json"
        assert finish(export_records(database, _order(kind, f"code = {record.code}"), target)).rows == 1
        assert _tried(database, kind, target)["counts"]["same"] == 1, kind
        if kind == "stewards":  # a second one on the same days is refused (S58)
            continue
        target.write_text(target.read_text(encoding="utf-8").replace(record.code, "T-新"), encoding="utf-8")
        (row,) = _tried(database, kind, target, duplicates="new")["rows"]
        assert row["action"] == "new", (kind, row["notes"])
        again = record_to_json(kind, record.values, unknown=False) | {"code": "T-新"}
        assert row["fields"] == again, kind


@pytest.mark.parametrize("kind", ["carriers", "incentives", "enterprises"])
def test_a_workbook_of_them_comes_back_unchanged(database: Database, tmp_path: Path, kind: str) -> None:
    with database.write(by="李", why="录入") as session:
        made = create(session, kind, full(session, kind))
    target = tmp_path / "out.xlsx"
    finish(export_records(database, _order(kind, f"code = {made.code}"), target))
    assert _tried(database, kind, target)["counts"]["same"] == 1


def _tried(database: Database, kind: str, path: Path, **answers: str) -> dict[str, Any]:
    return finish(import_file(database, Request(kind, path, "王", answers=answers), dry_run=True))


@pytest.mark.parametrize("kind", EVERY)
def test_every_column_of_its_form_is_understood(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "form.xlsx"
    count = make_template(kind, path, NOW.replace(tzinfo=None))
    headings = [str(cell.value) for cell in openpyxl.load_workbook(path).worksheets[0][2]]
    assert len(headings) == len(set(headings)) == count
    line = "|".join(["T-1", *[""] * (count - 1)])
    table = understand_workbook([sheet(f"{'|'.join(headings)}\n{line}")], RECORD_FIELDS[kind]).tables[0]
    assert [column.header for column in table.columns if column.field is None] == []
    assert {column.field for column in table.columns} == set(RECORD_KINDS[kind].fields)


def test_their_history_is_kept_and_taken_back(database: Database) -> None:
    with database.write(by="李", why="备好") as session:
        values = {kind: least(session, kind) for kind in EVERY}
    made: dict[str, Record] = {}
    with database.write(by="李", why="录入") as session:
        made |= {kind: create(session, kind, given | {"code": "T-9"}) for kind, given in values.items()}
        first = writing_of(session).number(session)
    with database.write(by="王", why="补充") as session:
        for kind, record in made.items():
            update(session, kind, record.id, {_spare(kind): "补充内容"})
        second = writing_of(session).number(session)
    with database.read() as session:
        for kind, record in made.items():
            made_line, changed = changes_of(session, kind, record.id)
            assert (made_line.action, changed.by, changed.field, changed.after) == (
                "created",
                "王",
                _spare(kind),
                "补充内容",
            )
    lasting = [kind for kind, described in RECORD_KINDS.items() if described.lasting]
    for number, kept in ((second, []), (first, lasting)):  # a ledger is only added to: its entry stays with its lead
        with database.write(by="李", why="撤销") as session:
            assert [each.kind for each in revert(session, number).kept] == kept
    with database.read() as session:
        assert [kind for kind in EVERY if any(each.code == "T-9" for each in load(session, kind))] == lasting


def _spare(kind: str) -> str:
    """Return a field of text that the least record leaves open, or one that may say anything."""
    fixed = {"code", *RULED.get(kind, {})}
    fields = (each for each in RECORD_KINDS[kind].fields.values() if each.kind in (Kind.TEXT, Kind.NOTE))
    free = (each.name for each in fields if not (each.to or each.needed or each.choices or each.name in fixed))
    return next(free, "basis")


def test_a_record_names_others_by_code_or_name_and_follows_their_code(database: Database) -> None:
    with database.write(by="李", why="录入") as session:
        lead = create(session, "leads", {"name": "甲项目（虚构）"})
        firm = create(session, "enterprises", {"name": "甲公司（虚构）", "leads": ["甲项目（虚构）"]})
        create(session, "performance", {"enterprise": "甲公司（虚构）", "year": "2027", "kind": "实际", "tax": "800"})
    with database.write(by="李", why="改编号") as session:
        update(session, "leads", lead.id, {"code": "XT-新"})
        update(session, "enterprises", firm.id, {"code": "QY-新"})
    with database.read() as session:
        assert load_one(session, "enterprises", "QY-新").values["leads"] == ("XT-新",)
        assert [each.code for each in links_to(session, "leads", "XT-新")] == ["QY-新"]
        (figures,) = links_to(session, "enterprises", "QY-新")
    assert (figures.kind, figures.field) == ("performance", "enterprise")
    with pytest.raises(ConflictError, match="企业年度履约数据"), database.write(by="李", why="删除") as session:
        delete(session, "enterprises", firm.id)


def test_a_name_that_is_not_there_or_that_several_have_is_refused(database: Database) -> None:
    with database.write(by="李", why="录入") as session:
        for _time in range(2):
            create(session, "leads", {"name": "同名项目（虚构）"})
    for name, match in (("没有的项目", "没有"), ("同名项目（虚构）", "多条")):
        with pytest.raises(ValueRefusedError, match=match), database.write(by="李", why="录入") as session:
            create(session, "enterprises", {"name": "甲公司（虚构）", "leads": [name]})


def test_a_record_without_what_it_needs_is_refused_and_so_is_its_row(database: Database, tmp_path: Path) -> None:
    with pytest.raises(ValueRefusedError, match="管控类别"), database.write(by="李", why="录入") as session:
        create(session, "access-list", {"name": "某条（虚构）"})
    path = tmp_path / "list.json"
    path.write_text('[{"name": "某条（虚构）"}, {"name": "另一条（虚构）", "level": "禁止"}]', encoding="utf-8")
    counts = finish(import_file(database, Request("access-list", path, "王")))["counts"]
    assert (counts["new"], counts["faulty"]) == (1, 1)


def test_records_of_one_name_are_told_apart_by_what_they_name(database: Database, tmp_path: Path) -> None:
    with database.write(by="李", why="录入") as session:
        for name in ("甲公司（虚构）", "乙公司（虚构）"):
            create(session, "enterprises", {"name": name})
    rows = [f'{{"name": "人才奖励", "enterprise": "{name}公司（虚构）", "promised": "100"}}' for name in "甲乙"]
    path = tmp_path / "incentives.json"
    path.write_text(f"[{','.join(rows)}]", encoding="utf-8")
    assert finish(import_file(database, Request("incentives", path, "王")))["counts"]["new"] == 2
    path.write_text(f"[{','.join(rows).replace('100', '120')}]", encoding="utf-8")
    assert finish(import_file(database, Request("incentives", path, "王")))["counts"]["changed"] == 2


def test_records_are_found_by_any_of_their_names_pinyin_and_codes(database: Database) -> None:
    with database.write(by="李", why="录入") as session:
        made = create(
            session,
            "enterprises",
            {
                "name": "相城甲科技有限公司（虚构）",
                "former_names": ["旧名乙公司（虚构）"],
                "credit_code": "91320507MA9XC00178",
            },
        )
        create(session, "enterprises", {"name": "丙（虚构）"})
    with database.read() as session:
        for text in ("甲科技", "旧名乙", "xcjkj", "xiangcheng", made.code, "91320507ma9xc00178"):
            assert [each.code for each in search_records(session, "enterprises", text).rows] == [made.code], text
        assert search_records(session, "enterprises", "没有").total == 0


def test_what_others_name_is_kept_when_its_import_is_taken_back(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "firms.json"
    path.write_text('[{"name": "甲公司（虚构）"}, {"name": "乙公司（虚构）"}]', encoding="utf-8")
    batch = finish(import_file(database, Request("enterprises", path, "王")))["batch"]
    with database.write(by="李", why="录入") as session:
        create(session, "enterprise-requests", {"name": "用工", "enterprise": "甲公司（虚构）"})
    with database.write(by="李", why="撤销") as session:
        done = revert(session, batch)
    assert [each.reason for each in done.kept] == ["其他记录引用了它。"]
    with database.read() as session:
        assert [each.values["name"] for each in load(session, "enterprises")] == ["甲公司（虚构）"]
