"""``xiangtu import`` as an officer or a script calls it, on both databases, with real files."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from crm.commands.line import DONE, MENDABLE, run

Call = Callable[..., tuple[int, Any, str]]

HEADER = ("项目名称", "统一社会信用代码", "投资总额（万元)", "用地（亩）", "片区", "签约时间", "设备投资（万元）")
ROWS: tuple[tuple[object, ...], ...] = (
    ("精密光电产业园", "91320507MA9XC00178", 52000, 25, "高铁新城", "2024年5月", 300),
    ("生物医药中试基地", "91320507MA9XC00254", "200万美元", "租赁厂房2500㎡", "漕湖", 2024.1, None),
    ("新材料二期", None, "5-8亿元", "50亩（一期20亩）", "经开区", 45366, None),
)


@pytest.fixture
def call(database_url: str) -> Call:
    """Return what calls the program: its exit code, its answer (JSON read), its messages."""

    def call(*words: str | Path, text: bool = False) -> tuple[int, Any, str]:
        out, err = StringIO(), StringIO()
        more = [] if text else ["--json"]
        code = run(["--database", database_url, "--by", "王", *more, *map(str, words)], out=out, err=err)
        return code, out.getvalue() if text else json.loads(out.getvalue()), err.getvalue()

    return call


def workbook(path: Path, rows: Sequence[Sequence[object]] = ROWS, header: Sequence[str] = HEADER) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "台账"
    sheet.append(["2026年招商项目台账"])
    sheet.append(list(header))
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def effects(document: dict[str, Any]) -> list[str]:
    return [row["effect"] for row in document["rows"] if row["action"] != "skipped"]


def test_a_dry_run_shows_everything_and_writes_nothing(call: Call, tmp_path: Path) -> None:
    code, document, _ = call("import", "leads", workbook(tmp_path / "a.xlsx"), "--dry-run")
    assert (code, document["dry_run"], document["batch"]) == (DONE, True, None)
    assert document["counts"] == {
        "data": 3, "new": 3, "changed": 0, "same": 0, "doubtful": 1, "faulty": 0, "skipped": 1, "held": 0, "left": 0,
    }  # fmt: skip
    keys = {"sheet", "row", "action", "lead", "fields", "raw", "notes"}
    assert [keys - row.keys() for row in document["rows"]] == [set()] * 4
    [sheet] = document["sheets"]
    assert (sheet["name"], sheet["header_rows"], sheet["unmapped"]) == ("台账", [2], ["设备投资（万元）"])
    money = next(column for column in sheet["columns"] if column["field"] == "planned_investment")
    assert (money["column"], money["unit"], money["how"]) == ("C", "万元", "synonym")
    assert [question["key"] for question in document["questions"]] == ["area:漕湖", "month:台账/F"]
    assert call("imports")[1]["change_sets"] == []


def test_a_row_held_back_stays_so_until_it_is_answered(call: Call, tmp_path: Path) -> None:
    call("import", "leads", workbook(tmp_path / "a.xlsx", [("甲项目", "91320507MA9XC00178", 5)], HEADER[:3]))
    again = workbook(tmp_path / "b.xlsx", [("甲的项目", "91320507MA9XC00178", 7), ("乙", None, 9)], HEADER[:3])
    for effect, made in (("new", True), ("same", False)):
        code, document, _ = call("import", "leads", again)
        assert (code, effects(document), document["batch"] is not None) == (DONE, ["held", effect], made)
    lead = call("search", "甲项目")[1]["leads"][0]["code"]
    shown = call("show", lead)[1]
    assert (shown["lead"]["planned_investment"]["low"], len(shown["origins"])) == ("5", 1)
    assert [each["rows"] for each in call("imports")[1]["change_sets"]] == [1, 1]  # what it remembers is no record


def test_what_an_import_compares_with_shows_no_contact(call: Call, tmp_path: Path) -> None:
    header = ("编号", "项目名称", "联系人", "联系电话", "用地（亩）")
    call("import", "leads", workbook(tmp_path / "a.xlsx", [("A-1", "甲项目", "张伟", "13800001111", 5)], header))
    file = workbook(tmp_path / "b.xlsx", [("A-1", "甲项目", "李明", "13900002222", 7)], header)
    _, document, _ = call("import", "leads", file, "--dry-run")
    before = {one["field"]: one["before"] for one in document["rows"][-1]["changes"]}
    assert (before["contact"], before["contact_phone"]) == ("张*", "138****1111")
    file = workbook(tmp_path / "c.xlsx", [("甲项目", "李明", "13800001111", 7)], header[1:])
    for text in (True, False):
        said = str(call("import", "leads", file, "--dry-run", text=text)[1])
        assert "张*" in said
        assert "张伟" not in said


def test_import_again_answer_and_take_back(call: Call, tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx")
    code, first, _ = call("import", "leads", file)
    assert (code, first["counts"]["new"], first["counts"]["doubtful"]) == (DONE, 3, 1)
    second = next(row for row in first["rows"] if row["row"] == 4)
    assert (second["action"], second["effect"]) == ("doubtful", "new")
    assert second["fields"]["planned_investment"]["currency"] == "USD"
    assert (second["fields"]["land"]["low"], second["fields"]["space"]["厂房"]["low"]) == ("0", "2500")
    assert {"credit_code", "area", "signed_on"}.isdisjoint(second["fields"])

    code, again, _ = call("import", "leads", file)
    assert (code, again["batch"], effects(again)) == (DONE, None, ["same"] * 3)

    _, answered, _ = call("import", "leads", file, "--answer", "area:漕湖=开发区", "--answer", "month:台账/F=10")
    assert answered["counts"] | {"new": 0, "changed": 1, "same": 2} == answered["counts"]
    lead = call("show", second["lead"])[1]["lead"]
    assert (lead["area"], lead["signed_on"]) == ("开发区", "2024-10")

    _, undone, _ = call("undo", str(first["batch"]))
    assert (undone["reversed"], undone["partly"]) == (2, 1)
    assert [each["name"] for each in undone["reversed_records"]] == ["精密光电产业园", "新材料二期"]
    assert {each["name"] for each in undone["kept"]} == {"生物医药中试基地"}
    assert {kept["lead"] for kept in undone["kept"]} == {second["lead"]}


def test_where_a_record_comes_from_is_kept_to_the_cell(call: Call, tmp_path: Path) -> None:
    _, document, _ = call("import", "leads", workbook(tmp_path / "a.xlsx"))
    lead = document["rows"][-1]["lead"]
    assert document["rows"][-1]["raw"]["D"] == "50亩（一期20亩）"
    _, history, _ = call("history", lead)
    assert history["changes"][0]["change_set"] == document["batch"]


def test_a_row_like_a_known_lead_waits_for_the_answer(call: Call, tmp_path: Path) -> None:
    call("import", "leads", workbook(tmp_path / "a.xlsx"))
    other = workbook(tmp_path / "b.xlsx", [("精密光电产业园", "91320507MA9XC00178", 60000, 25, "高新区", None, None)])
    code, waiting, _ = call("import", "leads", other)
    assert (code, waiting["batch"], effects(waiting)) == (DONE, None, ["held"])
    assert [question["key"] for question in waiting["questions"]] == ["duplicates"]
    _, filled, _ = call("import", "leads", other, "--answer", "duplicates=fill")
    assert effects(filled) == ["same"]
    _, made, _ = call("import", "leads", other, "--answer", "duplicates=new")
    assert (effects(made), made["counts"]["new"]) == (["new"], 1)


def test_faulty_rows_are_not_written_and_end_with_one(call: Call, tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", [*ROWS, (None, None, 500, 3, "高新区", None, None)])
    code, document, _ = call("import", "leads", file)
    assert (code, document["counts"]["new"], document["counts"]["faulty"]) == (MENDABLE, 3, 1)
    assert document["rows"][-1]["action"] == "faulty"
    target = tmp_path / "有误.xlsx"
    tried = call("import", "leads", file, "--dry-run", "--faulty", target)[1]
    assert (tried["faulty_file"], target.exists()) == (str(target), True)
    report = call("import", "leads", file, "--faulty", target, text=True)[1]
    assert f"有误的行已存入 {target}" in report


def test_a_csv_of_the_statistics_office_kind(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(
            [("企业名称", "注册资金", "签约时间"), ("甲有限公司", "53,838(万元人民币)", "2024.1")]
        )
    code, document, _ = call("import", "leads", path)
    [row] = document["rows"]
    assert (code, row["fields"]["registered_capital"]["low"]) == (DONE, "53838")
    assert document["questions"][0]["kind"] == "month"


def test_a_json_list_makes_and_updates_records_of_any_kind(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "funds.json"
    funds = [{"code": "F-01", "name": "甲基金（虚构）", "ticket_high": "3000万元"}, {"name": "乙基金（虚构）"}]
    path.write_text(json.dumps(funds, ensure_ascii=False), encoding="utf-8")
    assert effects(call("import", "funds", path)[1]) == ["new", "new"]
    assert effects(call("import", "funds", path)[1]) == ["same", "same"]
    funds[1] |= {"manager": "某公司（虚构）"}
    funds.append({"name": "丙基金（虚构）", "ticket_high": "很多"})
    path.write_text(json.dumps(funds, ensure_ascii=False), encoding="utf-8")
    code, document, _ = call("import", "funds", path)
    assert (code, effects(document)) == (MENDABLE, ["same", "changed", "faulty"])
    assert document["rows"][1]["changes"] == [{"field": "manager", "before": None, "after": "某公司（虚构）"}]


def test_a_mapping_of_the_user_holds(call: Call, tmp_path: Path) -> None:
    mapping = tmp_path / "map.json"
    mapping.write_text('{"体量": {"field": "planned_investment", "unit": "亿元"}, "备注": null}', encoding="utf-8")
    file = workbook(tmp_path / "a.xlsx", [("甲项目", 5, "不导入")], ("项目名称", "体量", "备注"))
    _, document, _ = call("import", "leads", file, "--map", mapping, "--dry-run")
    row = document["rows"][-1]["fields"]
    assert (row["planned_investment"]["low"], "notes" in row) == ("50000", False)


def test_a_fund_whose_least_ticket_is_more_than_its_most_is_refused(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "funds.json"
    good = {"code": "F-900", "name": "甲基金（虚构）", "ticket_low": "1000万元", "ticket_high": "3000万元"}
    file.write_text(json.dumps([good]), encoding="utf-8")
    assert call("import", "funds", file)[0] == DONE
    file.write_text(json.dumps([{**good, "ticket_low": "5000万元"}, {**good, "code": "F-901"}]), encoding="utf-8")
    code, text, _err = call("import", "funds", file, text=True)
    assert code == MENDABLE
    assert "单笔投资下限高于单笔投资上限" in text
    file.write_text('[{"code": "F-900", "ticket_high": "500万元"}]', encoding="utf-8")
    code, document, _err = call("import", "funds", file)  # the other end is in the program
    assert (code, effects(document)) == (MENDABLE, ["faulty"])


@pytest.mark.parametrize(
    ("words", "kind", "says"),
    [
        (("import", "leads", "missing.xlsx"), "file", "missing.xlsx"),
        (("import", "leads", "no.xlsx"), "workbook", "名称列"),
        (("import", "leads", "a.xlsx", "--sheet", "二月"), "not_found", "台账"),
        (("import", "talent", "a.xlsx"), "not_found", "leads"),
        (("import", "leads", "a.xlsx", "--answer", "area:漕湖=漕湖"), "value", "其他区域"),
        (("import", "leads", "a.xlsx", "--answer", "漕湖"), "value", "="),
        (("import", "leads", "a.json"), "file", "JSON"),
        (("import", "leads", "empty.xlsx"), "workbook", "的表头在第2行，但表头下没有数据行"),
        (("import", "leads", "a.xlsx", "--map", "map.json"), "value", "表中没有表头“体量”。现有表头：项目名称、"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence_and_changes_nothing(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, words: tuple[str, ...], kind: str, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    workbook(tmp_path / "a.xlsx")
    workbook(tmp_path / "no.xlsx", [("高新区", 8, 20.6)], ("板块", "项目个数", "总投资（亿元）"))
    workbook(tmp_path / "empty.xlsx", [])
    (tmp_path / "a.json").write_text("{", encoding="utf-8")
    (tmp_path / "map.json").write_text('{"体量": "planned_investment"}', encoding="utf-8")
    code, document, error = call(*words)
    assert (code, document["error"]["kind"]) == (MENDABLE, kind)
    assert says in document["error"]["message"]
    assert error.endswith("\n")
    assert call("imports")[1]["change_sets"] == []


def test_the_report_says_what_was_understood_what_is_open_and_what_to_do(call: Call, tmp_path: Path) -> None:
    _, report, _ = call("import", "leads", workbook(tmp_path / "a.xlsx"), "--dry-run", text=True)
    for words in (
        "表头在第 2 行",
        "设备投资（万元）",
        "F4（签约时间）",
        '--answer "area:漕湖=',
        "去掉 --dry-run",
        "应为 3",
    ):
        assert words in report
    _, done, _ = call("import", "leads", tmp_path / "a.xlsx", text=True)
    assert "xiangtu undo" in done


def test_what_an_officer_changed_since_stays_when_the_file_comes_in_again(call: Call, tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "a.xlsx",
        [("甲项目", 60, 25, 300)],
        ("项目名称", "投资总额（万元)", "用地（亩）", "厂房需求（平方米）"),
    )
    lead = call("import", "leads", file)[1]["rows"][-1]["lead"]
    call("set", lead, "land=", "space=研发=200㎡")
    again = call("import", "leads", file)[1]
    assert (effects(again), again["batch"]) == (["same"], None)
    number = call("set", lead, "planned_investment=")[1]["change_set"]
    call("undo", str(number))
    shown = call("show", lead)[1]["lead"]
    assert (shown["land"], list(shown["space"]), shown["planned_investment"]["low"]) == (None, ["研发"], "60")


def test_what_was_said_of_a_heading_is_taken_again_shown_and_forgotten(call: Call, tmp_path: Path) -> None:
    october = workbook(tmp_path / "10月.xlsx")
    answers = ("--answer", "area:漕湖=开发区", "--answer", "month:台账/F=10")
    first = call("import", "leads", october, *answers)[1]
    assert first["remembered"] == []
    november = workbook(tmp_path / "11月.xlsx", [("丁项目", None, 300, 12, "漕湖", 2025.1, None)])
    tried = call("import", "leads", november, "--dry-run")[1]
    [memory] = tried["remembered"]
    assert (memory["file"], memory["same"], memory["by"]) == ("10月.xlsx", True, "王")
    assert {one["key"]: one["holds"] for one in memory["answers"]} == {"area:漕湖": True, "month:台账/F": False}
    assert [(one["key"], one["last_time"]) for one in tried["questions"]] == [("month:台账/F", "10")]
    assert tried["rows"][-1]["fields"]["area"] == "开发区"
    report = call("import", "leads", november, "--dry-run", text=True)[1]
    assert "已沿用：“漕湖”属于哪个门槛片区" in report
    assert "--as-last-time" in report
    whole = call("import", "leads", november, "--dry-run", "--as-last-time")[1]
    assert (whole["questions"], whole["rows"][-1]["fields"]["signed_on"]) == ([], "2025-10")
    forgotten = call("import", "leads", november, "--forget")[1]
    assert (forgotten["remembered"], "area" in forgotten["rows"][-1]["fields"]) == ([], False)
    december = workbook(tmp_path / "12月.xlsx", [("戊项目", None, 300, 12, "漕湖", None, None)])
    assert call("import", "leads", december, "--dry-run")[1]["remembered"] == []


def test_taking_an_import_back_forgets_what_was_said_in_it(call: Call, tmp_path: Path) -> None:
    first = call("import", "leads", workbook(tmp_path / "10月.xlsx"), "--answer", "area:漕湖=开发区")[1]
    [memory] = call("imports", "--remembered")[1]["remembered"]
    assert (memory["file"], memory["answers"]) == ("10月.xlsx", {"area:漕湖": "开发区"})
    assert "area:漕湖 = 开发区" in call("imports", "--remembered", text=True)[1]
    assert call("imports")[1]["change_sets"][0]["rows"] == 3
    undone = call("undo", str(first["batch"]))[1]
    assert (undone["reversed"], undone["kept"]) == (3, [])
    november = workbook(tmp_path / "11月.xlsx", [("丁项目", None, 300, 12, "漕湖", None, None)])
    assert call("import", "leads", november, "--dry-run")[1]["remembered"] == []
    again = call("undo", str(undone["change_set"]), text=True)[1]
    assert "新材料二期" in again
    assert len(call("imports", "--remembered")[1]["remembered"]) == 1


def test_a_heading_is_forgotten_by_itself_and_that_is_taken_back_too(call: Call, tmp_path: Path) -> None:
    call("import", "leads", workbook(tmp_path / "10月.xlsx"), "--answer", "area:漕湖=开发区")
    [memory] = call("imports", "--remembered")[1]["remembered"]
    assert call("imports", "--forget", memory["fingerprint"][:12])[0] == DONE
    assert call("imports", "--remembered")[1]["remembered"] == []
    last = call("imports")[1]["change_sets"][0]
    call("undo", str(last["id"]))
    assert call("imports", "--remembered")[1]["remembered"] == [memory]
    code, refused, _ = call("imports", "--forget", "0000")
    assert (code, refused["error"]["kind"]) == (MENDABLE, "not_found")


def test_slips_of_a_unit_are_shown_with_both_readings_and_changed_by_nobody(call: Call, tmp_path: Path) -> None:
    header = ("项目名称", "总投资（万元）", "年税收（万元）", "用地（亩）")
    rows = [(f"第{number}项目", 50000, 5000, 16667 + number) for number in range(4)]
    code, document, _ = call("import", "leads", workbook(tmp_path / "a.xlsx", rows, header), "--dry-run")
    assert (code, document["counts"]["new"], document["suspects"]["rows"]) == (DONE, 4, 4)
    assert document["suspects"]["columns"] == [
        {"sheet": "台账", "field": "land", "slip": "square_metres", "rows": 4, "of": 4}
    ]
    [suspect] = document["rows"][1]["suspects"]
    assert (suspect["column"], suspect["stated_text"], suspect["other_text"]) == ("D", "16,667亩", "25.0005亩")
    assert document["rows"][1]["fields"]["land"]["low"] == "16667"
    report = call("import", "leads", tmp_path / "a.xlsx", "--dry-run", text=True)[1]
    assert "用地需求 16,667亩 疑应为 25.0005亩" in report
    assert "用地需求整列" in report


def test_a_block_pasted_from_a_spreadsheet_is_imported_like_a_file(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    block = '项目名称\t总投资（亿元）\t用地（亩）\n甲项目（虚构）\t约5亿\t25\n"乙\n项目（虚构）"\t1.2\t/\n'
    monkeypatch.setattr("sys.stdin", StringIO(block))
    code, document, _ = call("import", "leads", "-")
    assert (code, document["counts"]["new"], document["file"]) == (DONE, 2, "粘贴的内容")
    assert [row["fields"]["planned_investment"]["low"] for row in document["rows"]] == ["50000", "12000"]
    monkeypatch.setattr("sys.stdin", StringIO(block))
    assert call("import", "leads", "-")[1]["counts"]["same"] == 2
    monkeypatch.setattr("sys.stdin", StringIO(" \n"))
    assert call("import", "leads", "-")[1]["error"]["kind"] == "workbook"


def test_hidden_columns_are_read_and_told(call: Call, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    book = load_workbook(path)
    book["台账"].column_dimensions["D"].hidden = True
    book.save(path)
    report = call("import", "leads", path, "--dry-run", text=True)[1]
    assert "表中隐藏的列（照常读取）：D" in report


FULL_NAME, SUM = "1. 请填写项目的完整名称。", "2. 请填写投资，按亿元。"
STRANGE = (
    (FULL_NAME, SUM, "3. 请填写所在镇，没有不填。"),
    ("量子测量（虚构）", 1.2, "某镇"),
    ("低温电子（虚构）", 2, "某镇"),
)
"""A heading that nothing tells from the rows below it."""


def strange(path: Path) -> Path:
    book = Workbook()
    for row in STRANGE:
        book.worksheets[0].append(list(row))
    book.worksheets[0].title = "台账"
    book.save(path)
    return path


def test_the_heading_rows_and_the_name_column_can_be_said(call: Call, tmp_path: Path) -> None:
    path = strange(tmp_path / "a.xlsx")
    code, refused, _ = call("import", "leads", path, "--dry-run")
    assert (code, "--header-rows" in refused["error"]["message"]) == (MENDABLE, True)
    code, refused, _ = call("import", "leads", path, "--header-rows", "1", "--dry-run")
    assert (code, "--map" in refused["error"]["message"]) == (MENDABLE, True)
    said = tmp_path / "map.json"
    said.write_text(
        json.dumps({FULL_NAME: "name", SUM: {"field": "planned_investment", "unit": "亿元"}}), encoding="utf-8"
    )
    for rows in ("1", "台账=1"):
        code, document, _ = call("import", "leads", path, "--header-rows", rows, "--map", said, "--dry-run")
        assert (code, document["counts"]["new"], document["sheets"][0]["header_rows"]) == (DONE, 2, [1])
    assert document["rows"][0]["fields"]["planned_investment"]["low"] == "12000"
    code, document, _ = call("inspect", path, "--header-rows", "1", "--map", said)
    assert (code, document["rows"]) == (DONE, 2)


@pytest.mark.parametrize(
    ("rows", "words"), [("周报=1", "没有工作表“周报”"), ("3", "指定的表头行（3）以下没有表格"), ("9-8", "表头行")]
)
def test_heading_rows_that_cannot_be_are_refused(call: Call, tmp_path: Path, rows: str, words: str) -> None:
    code, refused, _ = call("import", "leads", strange(tmp_path / "a.xlsx"), "--header-rows", rows)
    assert (code, words in refused["error"]["message"]) == (MENDABLE, True), refused
