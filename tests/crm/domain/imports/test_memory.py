"""What was said of a heading last month: taken again under the same one, offered under a like one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.imports.grid import Sheet
from crm.domain.imports.headers import Said
from crm.domain.imports.memory import Memories, Memory, read_memory, to_remember
from crm.domain.imports.understanding import TableRead, Understood, understand_workbook
from crm.domain.imports.units import unit_of
from tests.crm.domain.imports.sheets import sheet

OCTOBER = """
10月招商项目台账
项目名称 | 体量 | 投资 | 片区 | 签约时间
甲项目 | 5 | 300 | 漕湖 | 2024.1
乙项目 | 6 | 20 | 漕湖 | 2024.5
"""
NOVEMBER = OCTOBER.replace("10月", "11月").replace("甲项目", "丙项目")
ANSWERS = {"area:漕湖": "开发区", "month:10月/E": "10"}
MAP = {"体量": Said("planned_investment", unit=unit_of("亿元")), "投资": Said(None)}


def read(
    text: str,
    name: str,
    *,
    answers: Mapping[str, str] | None = None,
    said: Mapping[str, Said] | None = None,
    memories: Memories | None = None,
) -> tuple[Understood, TableRead]:
    tab: Sheet = sheet(text, name=name)
    found = understand_workbook([tab], LEAD_FIELDS, said=said, answers=answers, memories=memories)
    return found, found.tables[0]


def october() -> Memory:
    found, table = read(OCTOBER, "10月", answers=ANSWERS, said=MAP)
    memory = to_remember("leads", table.table, table.place, table.columns, found.questions.settled)
    assert memory is not None
    return replace(memory, file="10月.xlsx", on=date(2026, 10, 31), by="王")


def test_what_is_said_of_a_form_is_remembered_without_sheet_and_file() -> None:
    memory = october()
    assert dict(memory.answers) == {"area:漕湖": "开发区", "month@签约时间": "10"}
    assert {heading: said.field for heading, said in memory.columns.items()} == {
        "体量": "planned_investment",
        "投资": None,
    }
    stored = json.loads(json.dumps(memory.document(), ensure_ascii=False))
    again = read_memory("leads", stored, memory.on)
    assert (again.fingerprint, dict(again.answers), again.file) == (
        memory.fingerprint, dict(memory.answers), "10月.xlsx",
    )  # fmt: skip
    assert again.columns["体量"].unit == unit_of("亿元")


def test_the_same_heading_takes_what_is_of_the_form_and_is_offered_what_is_of_the_values() -> None:
    found, table = read(NOVEMBER, "11月", memories=Memories("leads", [october()]))
    assert table.recalled is not None
    assert table.recalled.same
    first = table.records[0].values
    assert (first["planned_investment"].low, first["area"]) == (Decimal(50000), "开发区")
    assert "signed_on" not in first
    [question] = found.questions.open
    assert (question.key, question.last_time) == ("month:11月/E", "10")
    assert [one.key for one in found.questions.settled if one.recalled] == ["area:漕湖"]
    assert {column.header: column.how for column in table.columns if column.how == "memory"} == {
        "体量": "memory",
        "投资": "memory",
    }


def test_as_last_time_takes_everything() -> None:
    found, table = read(NOVEMBER, "11月", memories=Memories("leads", [october()], whole=True))
    assert found.questions.open == []
    assert str(table.records[0].values["signed_on"]) == "2024-10"


def test_what_is_said_now_goes_before_what_was_said_then() -> None:
    memories = Memories("leads", [october()], whole=True)
    answers = {"area:漕湖": "高新区", "month:11月/E": "1"}
    _, table = read(
        NOVEMBER, "11月", answers=answers, said={"体量": Said("land", unit=unit_of("亩"))}, memories=memories
    )
    first = table.records[0].values
    assert (first["area"], str(first["signed_on"]), first["land"].low) == ("高新区", "2024-01", Decimal(5))


def test_a_heading_that_is_only_alike_takes_nothing_and_is_offered_all() -> None:
    other = NOVEMBER.replace("片区 | 签约时间", "片区 | 签约时间 | 责任人").replace("2024.1\n", "2024.1 | 孙某\n")
    found, table = read(other, "11月", memories=Memories("leads", [october()]))
    assert table.recalled is not None
    assert not table.recalled.same
    assert "planned_investment" not in table.records[0].values
    assert {one.key: one.last_time for one in found.questions.open} == {
        "unit:11月/C": None,
        "area:漕湖": "开发区",
        "month:11月/E": "10",
    }
    _, whole = read(other, "11月", memories=Memories("leads", [october()], whole=True))
    assert whole.records[0].values["planned_investment"].low == Decimal(50000)


def test_another_unit_in_the_heading_is_another_heading() -> None:
    other = NOVEMBER.replace("投资 |", "投资（万元） |").replace("体量 |", "规模 |").replace("片区 |", "地区 |")
    _, table = read(other, "11月", memories=Memories("leads", [october()]))
    assert table.recalled is None


def test_what_the_program_understood_by_itself_is_not_remembered() -> None:
    found, table = read("项目名称 | 总投资（亿元）\n甲项目 | 5\n乙项目 | 6", "台账")
    assert to_remember("leads", table.table, table.place, table.columns, found.questions.settled) is None


STRANGE = """
说明 | 各组自报，未核
甲组 | 乙组 | 丙组
光电产业园（虚构） | 5 | 300
芯片产业园（虚构） | 6 | 20
"""


def test_heading_rows_a_person_had_to_name_are_found_wherever_they_stand_next_month() -> None:
    fields = {"甲组": Said("name"), "乙组": Said("planned_investment", unit=unit_of("亿元"))}
    tab = sheet(STRANGE, name="10月")
    assert understand_workbook([tab], LEAD_FIELDS).tables == []
    found = understand_workbook([tab], LEAD_FIELDS, said=fields, headings={"10月": (1,)})
    [table] = found.tables
    memory = to_remember("leads", table.table, table.place, table.columns, (), named=table.named)
    assert memory is not None
    stored = read_memory("leads", json.loads(json.dumps(memory.document())), None)
    later = sheet("一行新的说明\n二行\n" + STRANGE.strip().replace("光电", "量子"), name="11月")
    [again] = understand_workbook([later], LEAD_FIELDS, memories=Memories("leads", [stored])).tables
    assert (again.table.header_rows, again.named) == ((3,), True)
    values = [record.values for record in again.records]
    assert [(each["name"], each["planned_investment"].low) for each in values] == [
        ("量子产业园（虚构）", 50000),
        ("芯片产业园（虚构）", 60000),
    ]
    assert (
        understand_workbook([later], LEAD_FIELDS, memories=Memories("leads", [replace(stored, named=False)])).tables
        == []
    )
