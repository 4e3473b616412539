"""Lists of contacts into a real database: blanks filled, another contact asked about, taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from crm.database import Database
from crm.jobs import finish
from crm.jobs.imports import Imported, Request
from crm.jobs.lead_lists import import_lead_list
from crm.queries.records import load_one
from crm.services.history import revert
from crm.services.records import create

Take = Callable[..., Imported]
LIST = """企业名称,姓名,手机
甲公司,张某,13800001111
乙公司,李某,13800002222
丙公司,赵某,13800003333
"""


@pytest.fixture
def take(database: Database, tmp_path: Path) -> Take:
    """Return what imports a csv of contacts into a database with two leads."""
    with database.write(by="李", why="登记") as session:
        create(session, "leads", {"code": "A-1", "name": "甲项目（虚构）", "investor": "甲公司"})
        create(session, "leads", {"code": "A-2", "name": "乙公司", "contact": "王某", "contact_phone": "13800009999"})

    def take(text: str = LIST, answers: Mapping[str, str] | None = None, *, dry_run: bool = False) -> Imported:
        path = tmp_path / "通讯录.csv"
        path.write_text(text, encoding="utf-8")
        request = Request("contacts", path, "王", answers=answers, backups=str(tmp_path / "backups"))
        return finish(import_lead_list(database, request, dry_run=dry_run))

    return take


def contact(database: Database, code: str) -> tuple[Any, Any, Any]:
    with database.read() as session:
        values = load_one(session, "leads", code).values
        return values.get("name"), values.get("contact"), values.get("contact_phone")


def effects(done: Imported) -> list[str]:
    return [row.effect.value for row in done.planned]


def test_blanks_are_filled_and_another_contact_waits(take: Take, database: Database) -> None:
    done = take()
    assert (effects(done), done.counts["changed"]) == (["changed", "held", "faulty"], 1)
    assert contact(database, "A-1") == ("甲项目（虚构）", "张某", "13800001111")
    assert contact(database, "A-2") == ("乙公司", "王某", "13800009999")
    document = done.document()
    found = document["rows"][1]["duplicate"]
    assert (found["candidates"][0]["code"], [one["field"] for one in found["differs"]]) == (
        "A-2", ["contact", "contact_phone"],
    )  # fmt: skip
    assert [question["key"] for question in document["questions"]] == ["duplicates"]
    assert effects(take()) == ["same", "held", "faulty"]


@pytest.mark.parametrize(
    ("answer", "effect", "expected"),
    [
        ("skip", "left", ("王某", "13800009999")),
        ("fill", "same", ("王某", "13800009999")),
        ("new", "changed", ("李某", "13800002222")),
        ("fill:contact_phone", "changed", ("王某", "13800002222")),
    ],
)
def test_another_contact_is_taken_as_answered(
    take: Take, database: Database, *, answer: str, effect: str, expected: tuple[str, str]
) -> None:
    done = take(answers={"duplicates:通讯录/3": answer})
    assert effects(done)[1] == effect
    assert contact(database, "A-2")[1:] == expected


def test_two_contacts_of_one_lead_do_not_overwrite_each_other(take: Take, database: Database) -> None:
    done = take("项目编号,联系人,联系电话\nA-1,张某,13800001111\nA-1,孙某,13800005555\n")
    assert effects(done) == ["changed", "held"]
    assert contact(database, "A-1")[1] == "张某"


def test_it_is_taken_back(take: Take, database: Database) -> None:
    done = take()
    assert done.batch is not None
    with database.write(by="王", why="撤销") as session:
        assert revert(session, done.batch).reversed == [("leads", "A-1")]
    assert contact(database, "A-1") == ("甲项目（虚构）", None, None)


def test_a_row_without_a_person_is_faulty_and_a_masked_one_changes_nothing(take: Take) -> None:
    done = take("企业名称,姓名,手机\n甲公司,,\n乙公司,王*,138****9999\n", dry_run=True)
    assert effects(done) == ["faulty", "faulty"]
