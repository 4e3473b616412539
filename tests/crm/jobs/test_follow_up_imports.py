"""Lists of follow-ups into a real database: original author and day, the right lead, never twice, taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from crm.database import Database
from crm.domain.imports.kinds import FOLLOW_UP_FIELDS
from crm.errors import WorkbookError
from crm.jobs import finish
from crm.jobs.imports import Imported, Request
from crm.jobs.lead_lists import import_lead_list
from crm.jobs.leftovers import write_faulty
from crm.jobs.templates import make_template
from crm.queries.records import load_one
from crm.queries.working import follow_ups
from crm.services.history import revert
from crm.services.records import create

HEADER = ("项目名称", "跟进时间", "跟进人", "跟进方式", "跟进内容", "下一步计划", "下次跟进时间")
ROWS: tuple[tuple[object, ...], ...] = (
    ("甲光电项目（虚构）", date(2026, 3, 15), "孙某", "上门", "参观实验室，谈用地", "寄资料", "2026-04-01"),
    ("甲光电项目（虚构）", "2026年5月8日", "周某", "电话", "确认25亩", None, None),
    ("乙公司", "2026/6/2", None, "会谈", "谈税收", None, None),
)

Take = Callable[..., Imported]


@pytest.fixture
def take(database: Database, tmp_path: Path) -> Take:
    """Return what imports rows under a heading, into a database with two leads."""
    with database.write(by="李", why="登记") as session:
        create(session, "leads", {"code": "A-1", "name": "甲光电项目（虚构）", "next_step": "原来的计划"})
        create(session, "leads", {"code": "A-2", "name": "乙项目（虚构）", "investor": "乙公司"})

    def take(
        rows: tuple[tuple[object, ...], ...] = ROWS,
        header: tuple[str, ...] = HEADER,
        *,
        dry_run: bool = False,
        **more: str,
    ) -> Imported:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(["走访记录（虚构）"])
        sheet.append(list(header))
        for row in rows:
            sheet.append(list(row))
        path = tmp_path / "走访.xlsx"
        book.save(path)
        request = Request("follow-ups", path, "王", backups=str(tmp_path / "backups"), answers=more)
        return finish(import_lead_list(database, request, dry_run=dry_run))

    return take


def written(database: Database, code: str) -> list[tuple[str, str, str, str]]:
    with database.read() as session:
        lead = load_one(session, "leads", code)
        return [(each.at.isoformat(), each.by, each.kind, each.note) for each in follow_ups(session, lead.id)]


def test_each_keeps_its_author_and_day_and_goes_to_its_lead(take: Take, database: Database) -> None:
    done = take()
    assert (done.counts["new"], done.counts["faulty"]) == (3, 0)
    assert written(database, "A-1") == [
        ("2026-05-08", "周某", "call", "确认25亩"),
        ("2026-03-15", "孙某", "visit", "参观实验室，谈用地"),
    ]
    assert written(database, "A-2") == [("2026-06-02", "王", "meeting", "谈税收")]
    with database.read() as session:
        assert load_one(session, "leads", "A-1").values["next_step"] == "原来的计划"
    document = done.document()
    assert [row["lead"] for row in document["rows"] if row["action"] == "new"] == ["A-1", "A-1", "A-2"]
    assert [column["field"] for column in document["sheets"][0]["columns"]] == [
        "name", "at", "by", "kind", "note", "next_step", "next_date",
    ]  # fmt: skip


def test_the_same_list_again_changes_nothing_and_a_longer_one_adds_the_rest(take: Take, database: Database) -> None:
    take()
    again = take()
    assert (again.batch, again.counts["same"]) == (None, 3)
    longer = take((*ROWS, ("乙项目（虚构）", "2026-07-01", "孙某", None, "来电", None, None)))
    assert (longer.counts["new"], longer.counts["same"]) == (1, 3)
    assert written(database, "A-2")[0] == ("2026-07-01", "孙某", "note", "来电")


def test_it_is_taken_back_but_for_what_was_changed_since(take: Take, database: Database) -> None:
    done = take()
    assert done.batch is not None
    with database.write(by="王", why="撤销") as session:
        undone = revert(session, done.batch)
    assert (len(undone.reversed), undone.kept, undone.failed) == (3, [], [])
    assert written(database, "A-1") == []


def test_what_names_no_lead_no_day_or_no_words_is_faulty_and_leaves_as_a_workbook(take: Take, tmp_path: Path) -> None:
    done = take(
        (
            *ROWS[:1],
            ("丙项目（虚构）", "2026-07-01", "孙某", "电话", "谈过", None, None),
            ("甲光电项目（虚构）", "2026年7月", "孙某", "电话", "谈过", None, None),
            ("甲光电项目（虚构）", "2026-07-02", "孙某", "电话", None, None, None),
        )
    )
    assert (done.counts["new"], done.counts["faulty"]) == (1, 3)
    reasons = [row["notes"][0] for row in done.document()["rows"] if row["action"] == "faulty"]
    assert ["丙项目" in reasons[0], "日期" in reasons[1], "没有内容" in reasons[2]] == [True] * 3
    assert write_faulty(done, tmp_path / "有误.xlsx") == 3


def test_two_leads_of_one_name_need_the_code(take: Take, database: Database) -> None:
    with database.write(by="李", why="登记") as session:
        create(session, "leads", {"code": "A-3", "name": "甲光电项目（虚构）"})
    assert take().counts["faulty"] == 2
    named = take(
        (("A-3", "甲光电项目（虚构）", "2026-03-15", "孙某", "谈过"),),
        ("项目编号", "项目名称", "日期", "经办人", "洽谈内容"),
    )
    assert named.counts["new"] == 1
    assert written(database, "A-3") == [("2026-03-15", "孙某", "note", "谈过")]


def test_a_dry_run_writes_nothing(take: Take, database: Database) -> None:
    assert (take(dry_run=True).batch, written(database, "A-1")) == (None, [])


def test_a_list_without_leads_is_refused(take: Take) -> None:
    with pytest.raises(WorkbookError, match="没有找到名称列"):
        take((("2026-03-15", "谈过"),), ("日期", "内容"))


def test_the_form_for_follow_ups_is_understood_when_it_is_filled_in(
    take: Take, database: Database, tmp_path: Path
) -> None:
    form = tmp_path / "表.xlsx"
    assert make_template("follow-ups", form, datetime(2026, 11, 28)) == len(FOLLOW_UP_FIELDS)  # noqa: DTZ001  (a form)
    book = load_workbook(form)
    sheet = book.worksheets[0]
    heading = next(row for row in sheet.iter_rows() if "跟进内容" in [str(cell.value) for cell in row])
    places = {str(cell.value): int(cell.column or 0) for cell in heading}
    filled = {"项目名称": "甲光电项目（虚构）", "跟进日期": "2026-03-15", "跟进方式": "走访", "跟进内容": "谈过"}
    for label, value in filled.items():
        sheet.cell(int(heading[0].row or 0) + 1, places[label], value)
    book.save(form)
    assert take(dry_run=True).counts["new"] == 3
    done = finish(import_lead_list(database, Request("follow-ups", form, "王", backups=str(tmp_path))))
    assert (done.counts["new"], written(database, "A-1")) == (1, [("2026-03-15", "王", "visit", "谈过")])
