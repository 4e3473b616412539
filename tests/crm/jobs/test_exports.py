"""What is exported and imported again is the same record; what may not leave the house stays in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from crm.database import Database
from crm.domain.fields.reading import read_record
from crm.domain.fields.registry import RECORD_FIELDS, Kind
from crm.errors import FileRefusedError, ValueRefusedError
from crm.jobs import finish
from crm.jobs.exports import Exported, Order, export_records
from crm.jobs.imports import Request, import_file
from crm.queries.history import EXPORTED, EXPORTED_WHOLE, change_sets
from crm.queries.records import load
from crm.services.records import create
from crm.workbooks.reading import read_workbook
from crm.workspace import open_workspace

NOW = datetime(2026, 11, 28, 1, 30, tzinfo=UTC)

FULL: dict[str, dict[str, object]] = {
    "leads": {
        "code": "A-1",
        "name": "甲项目（虚构）",
        "kind": "investment",
        "investor": "某集团（虚构）",
        "credit_code": "91320507MA9XC00178",
        "country": "德国",
        "source": "展会",
        "station": "慕尼黑站",
        "campaign": "秋季推介",
        "referrer": "王某",
        "first_reported_at": "2026-11-03T09:12:00+08:00",
        "first_reporter": "一科",
        "industry": "无人驾驶",
        "industries": ["机器人", "新材料"],
        "gbt4754": "3976",
        "nature": "manufacturing",
        "increment": "new",
        "chain_position": "上游",
        "planned_investment": "4500-5500万元",
        "fixed_investment": "3亿元",
        "registered_capital": "1000.5",
        "contracted_investment": "约2亿元",
        "paid_in_investment": "0",
        "paid_in_foreign": "200万美元",
        "area": "高铁新城",
        "functional_area": "核心区",
        "address": "某路1号",
        "site": "A地块",
        "land": "50亩（一期20亩）",
        "land_use": "工业",
        "plots": [
            {"area": "高铁新城", "land": "25.0005亩", "land_use": "industrial", "tax": "5000"},
            {"area": "开发区", "land": "10亩", "land_use": None, "tax": None},
        ],
        "phases": [
            {"land": "20亩", "tax": "4000", "committed": True},
            {"land": "30亩", "tax": "6000", "committed": False},
        ],
        "lease": [{"kind": "厂房", "space": "10000㎡", "plot_ratio": "2.0"}],
        "space": {"研发": "1200㎡", "GMP中试": "300-500㎡"},
        "ceiling_height": "6",
        "floor_load": "1000",
        "power": "1250",
        "environment": ["中试", "P2"],
        "needed_by": "2027-Q2",
        "annual_tax": "10000",
        "tax_basis": "full",
        "tax_by_year": {"2028": "800", "2029": "约2000"},
        "full_year": 2030,
        "annual_output": "5亿元以上",
        "annual_revenue": "720万美元",
        "rd_spend": "3000",
        "rd_staff": "60",
        "jobs": "120",
        "energy": "500",
        "financing_stage": "A",
        "financing_need": "5000",
        "financing_use": "建厂",
        "landing": ["registration", "headquarters"],
        "probability": "0.35",
        "stage": "negotiation",
        "status": "paused",
        "status_reason": "等待环评",
        "owner": "李",
        "bureau": "商务局",
        "contact": "张伟",
        "contact_phone": "013800001111、0512-66668888",
        "confidential": False,
        "next_step": "=拜访",
        "next_date": "2026-12-01",
        "signed_on": "2026-H1",
        "registered_on": "2026-03",
        "land_supplied_on": "2026",
        "started_on": "2026-05-06",
        "completed_on": "2027-Q4",
        "production_on": "2028",
        "full_production_on": "2030",
        "notes": "第一行\n@第二行",
    },
    "communities": {
        "code": "RC-91",
        "name": "某共同体（虚构）",
        "area": "高铁新城",
        "fields": ["生物医药", "新材料"],
        "space": {"研发": "5000㎡"},
        "environment": ["中试", "P2"],
        "platforms": [{"name": "检测平台", "field": "生物医药"}, {"name": "共享平台", "field": None}],
        "ready": "2027-01",
        "status": "open",
    },
    "funds": {
        "code": "F-991",
        "name": "某基金（虚构）",
        "kind": "sub",
        "stages": ["天使", "A"],
        "ticket_low": "500",
        "size": "5亿元",
        "invest_until": "2028-12-31",
        "per_project_cap": "20",
        "leads_rounds": True,
        "return_confirmed": False,
    },
    "plots": {"code": "P-01", "area": "高铁新城", "land": "60.5亩", "plot_ratio": "2.0", "status": "available"},
}


def order(kind: str = "leads", where: str = "", *, whole: bool = True) -> Order:
    purpose, recipient = ("招商会商", "区发改委") if whole else ("", "")
    return Order(kind, "李", NOW, where, purpose=purpose, recipient=recipient)


def export(database: Database, target: Path, what: Order) -> Exported:
    return finish(export_records(database, what, target))


def make(database: Database, kind: str, *documents: Mapping[str, object]) -> None:
    with database.write(by="李", why="登记") as session:
        for document in documents:
            create(session, kind, read_record(kind, document))


def bare(value: Any) -> Any:  # noqa: ANN401  (any value of a field)
    """Return a value without the words it was entered in."""
    if is_dataclass(value):
        return {each.name: bare(getattr(value, each.name)) for each in fields(value) if each.name != "text"}
    if isinstance(value, Mapping):
        return {key: bare(each) for key, each in value.items()}
    return [bare(each) for each in value] if isinstance(value, tuple) else value


@pytest.mark.parametrize("ending", ["xlsx", "csv", "json"])
@pytest.mark.parametrize("kind", list(FULL))
def test_every_field_comes_back_from_every_kind_of_file(
    sqlite_url: str, tmp_path: Path, kind: str, ending: str
) -> None:
    database, target = Database(sqlite_url), tmp_path / f"out.{ending}"
    make(database, kind, FULL[kind])
    code = FULL[kind]["code"]
    assert export(database, target, order(kind, f"code = {code}")).rows == 1
    with database.read() as session:
        before = {record.code: record.values for record in load(session, kind)}[str(code)]
    database.close()
    other = open_workspace(tmp_path / "other.db", "王", settings_folder=tmp_path / "settings").database
    report = finish(import_file(other, Request(kind, target, "王")))
    assert (report["counts"]["faulty"], report["counts"]["doubtful"], report["questions"]) == (0, 0, [])
    with other.read() as session:
        after = {record.code: record.values for record in load(session, kind)}[str(code)]
    other.close()
    assert {name: bare(after.get(name)) for name in RECORD_FIELDS[kind]} == {
        name: bare(before.get(name)) for name in RECORD_FIELDS[kind]
    }


SECRET = {
    "code": "A-2",
    "name": "乙",
    "investor": "某秘密集团",
    "contact": "王五",
    "address": "某路",
    "confidential": True,
}


@pytest.mark.parametrize("ending", ["xlsx", "csv", "json"])
def test_contacts_and_confidential_names_stay_in_the_house(database: Database, tmp_path: Path, ending: str) -> None:
    make(database, "leads", FULL["leads"], SECRET)
    target = tmp_path / f"out.{ending}"
    done = export(database, target, order(whole=False))
    assert (done.rows, done.withheld) == (2, 2)
    said = "\n".join(text(target))
    for hidden in ("张伟", "013800001111", "66668888", "某秘密集团", "王五", "某路\n"):
        assert hidden not in said
    assert ("张*" in said) is (ending != "json")  # JSON leaves it out: read again, it must not replace the name
    assert ("（保密项目）" in said) is (ending != "json")
    assert export(database, target, order()).withheld == 0
    said = "\n".join(text(target))
    assert all(shown in said for shown in ("张伟", "013800001111、0512-66668888", "某秘密集团", "王五"))


def text(file: Path) -> list[str]:
    if file.suffix == ".xlsx":
        return [str(value) for sheet in read_workbook(file).sheets for row in sheet.rows for value in row]
    return [file.read_text("utf-8-sig")]


def test_masked_json_read_again_changes_nothing(database: Database, tmp_path: Path) -> None:
    make(database, "leads", FULL["leads"], SECRET)
    export(database, tmp_path / "a.json", order(whole=False))
    counts = finish(import_file(database, Request("leads", tmp_path / "a.json", "王")))["counts"]
    assert (counts["same"], counts["changed"], counts["new"]) == (2, 0, 0)


def test_the_workbook_says_what_it_counts_and_how_it_was_filtered(database: Database, tmp_path: Path) -> None:
    make(
        database,
        "leads",
        FULL["leads"],
        {"name": "丙", "land": "25亩", "area": "高铁新城", "annual_tax": "5000"},
        {"name": "丁"},
    )
    done = export(database, tmp_path / "a.xlsx", order(where=" land = 25亩 ", whole=False))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert (done.rows, book.sheetnames) == (1, ["招商线索台账", "说明"])
    sheet = book["招商线索台账"]
    assert (sheet["A1"].value, sheet["A2"].value) == ("招商线索台账", "共 1 条；2026-11-28 09:30")
    headings = [cell.value for cell in sheet[4] if cell.column != 2]
    assert headings == ["编号", "项目名称", "供地门槛片区", "用地需求（亩）", "达产年税收（万元）", "门槛结论"]
    assert [cell.value for cell in sheet[5]][3:] == ["高铁新城", 25, 5000, "试算结论（待核口径）：达标（临界）"]
    assert sheet.cell(5, 7).font.b
    said = {str(row[0].value): str(row[1].value) for row in book["说明"].iter_rows()}
    assert said["筛选条件"] == "land = 25亩"
    assert said["统计口径"].startswith("项目数")
    assert said["记录数"] == "1"
    assert said["门槛结论"].startswith("2026-11-28 按规则集")
    assert "脱敏" in said["联系方式"]


def test_an_export_is_noted_in_the_history(database: Database, tmp_path: Path) -> None:
    make(database, "leads", FULL["leads"])
    export(database, tmp_path / "名单.csv", order(where="stage = 在谈"))
    with database.read() as session:
        (note,) = change_sets(session, kinds=[EXPORTED_WHOLE])
    assert (note.by, note.records) == ("李", 0)
    assert "名单.csv" in note.why
    assert "stage = 在谈" in note.why
    assert "区发改委" in note.why


def test_a_cancelled_or_refused_export_leaves_nothing(database: Database, tmp_path: Path) -> None:
    make(database, "leads", FULL["leads"])
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"old")
    job = export_records(database, order(), target)
    assert next(job).done == 1
    job.close()
    for name, where, error, words in (
        ("a.pdf", "", FileRefusedError, "须以 .xlsx、.csv 或 .json 结尾"),
        ("a.xlsx", "land >", ValueRefusedError, "无法理解"),
        ("no/a.xlsx", "", FileRefusedError, "文件夹不存在"),
    ):
        with pytest.raises(error, match=words):
            export(database, tmp_path / name, order(where=where))
    assert target.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir() if file.suffix in {".xlsx", ".tmp", ".pdf"}] == ["a.xlsx"]
    with database.read() as session:
        assert change_sets(session, kinds=[EXPORTED]) == []


def test_the_full_view_has_every_column(database: Database, tmp_path: Path) -> None:
    make(database, "leads", {"name": "甲"})
    export(database, tmp_path / "a.csv", replace(order(), view="full"))
    headings = (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()[0].split(",")
    split = [field for field in RECORD_FIELDS["leads"].values() if field.kind in {Kind.SPACES, Kind.TAX_YEARS}]
    assert len(headings) == len(RECORD_FIELDS["leads"]) - len(split) + 1


def test_json_holds_every_field_by_its_name(database: Database, tmp_path: Path) -> None:
    make(database, "leads", {"name": "甲"})
    export(database, tmp_path / "a.json", order())
    (lead,) = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert list(lead) == list(RECORD_FIELDS["leads"])
    assert (lead["name"], lead["land"]) == ("甲", None)


def test_a_file_that_cannot_be_filled_is_neither_there_nor_noted(database: Database, tmp_path: Path) -> None:
    make(database, "leads", {"name": "甲", "notes": "x" * 40_000})
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"old")
    with pytest.raises(FileRefusedError, match="40000"):
        export(database, target, order())
    assert target.read_bytes() == b"old"
    assert list(tmp_path.glob(".xiangtu-*")) == []
    with database.read() as session:
        assert change_sets(session, kinds=[EXPORTED]) == []


SOME: list[dict[str, object]] = [
    {"code": "A-1", "name": "乙", "annual_tax": "5000", "land": "25亩", "stage": "signed", "space": {"研发": "100㎡"}},
    {"code": "A-2", "name": "甲", "annual_tax": "9000", "stage": "lead", "contact_phone": "013800001111"},
    {"code": "A-3", "name": "丙", "stage": "negotiation", "land": "30亩"},
]


def rows(file: Path) -> list[list[object]]:
    """Return headings and rows of an export, without its hidden column."""
    sheet = openpyxl.load_workbook(file).worksheets[0]
    return [[cell.value for cell in row if cell.column != 2] for row in sheet.iter_rows(min_row=4)]


def test_columns_and_order_are_as_asked_for(database: Database, tmp_path: Path) -> None:
    make(database, "leads", *SOME)
    target = tmp_path / "a.xlsx"
    export(database, target, replace(order(), columns="项目名称，annual_tax、space, verdict", sort="达产年税收 降序"))
    found = rows(target)
    assert found[0] == ["项目名称", "达产年税收（万元）", "研发面积（㎡）", "门槛结论"]
    assert [row[0] for row in found[1:]] == ["甲", "乙", "丙"]
    assert found[2][1:3] == [5000, 100]
    for sort, names in (
        ("stage", "甲丙乙"),  # by the course of a project, not by letters
        ("stage desc", "乙丙甲"),
        ("land, name", "乙丙甲"),
        ("land desc", "丙乙甲"),
        ("", "乙甲丙"),
    ):
        export(database, target, replace(order(), columns="name", sort=sort))
        assert "".join(str(row[0]) for row in rows(target)[1:]) == names


def test_a_list_on_the_screen_is_exported_as_it_is(database: Database, tmp_path: Path) -> None:
    make(database, "leads", *SOME)
    with database.read() as session:
        ids = {record.code: record.id for record in load(session, "leads")}
    shown = [ids["A-3"], 10**9, ids["A-1"]]  # one was deleted meanwhile
    export(database, tmp_path / "a.xlsx", replace(order(), ids=shown, columns="name, tax_per_mu, match, verdict"))
    found = rows(tmp_path / "a.xlsx")
    assert found[0] == ["项目名称", "亩均税收（万元）", "最佳匹配（分）", "门槛结论"]
    assert [row[0] for row in found[1:]] == ["丙", "乙"]
    said = {str(row[0].value): row[1].value for row in openpyxl.load_workbook(tmp_path / "a.xlsx")["说明"].iter_rows()}
    assert (said["筛选条件"], said["排序"]) == ("与列表一致", "与列表一致")


def test_chosen_columns_hold_for_json_and_csv(database: Database, tmp_path: Path) -> None:
    make(database, "leads", *SOME)
    export(database, tmp_path / "a.json", replace(order(), columns="code, land"))
    assert [list(lead) for lead in json.loads((tmp_path / "a.json").read_text("utf-8"))] == [["code", "land"]] * 3
    export(database, tmp_path / "a.csv", replace(order(), columns="land, code"))
    assert (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()[0] == "用地需求（亩）,编号"


@pytest.mark.parametrize(
    ("columns", "sort", "words"),
    [
        ("name, anual_tax", "", "是否指：annual_tax（达产年税收）"),
        ("name, 项目名称", "", "重复"),
        ("land.研发", "", "没有“land.研发”"),
        ("name", "contact_phone", "不能按“contact_phone”排序"),  # the order of rows would tell what is masked
        ("name", "space", "不能按“space”排序"),
    ],
)
def test_what_is_no_column_or_order_is_told(
    database: Database, tmp_path: Path, columns: str, sort: str, words: str
) -> None:
    with pytest.raises(ValueRefusedError, match=words):
        export(database, tmp_path / "a.xlsx", replace(order(), columns=columns, sort=sort))
    assert not (tmp_path / "a.xlsx").exists()
