from __future__ import annotations

from pathlib import Path

import pytest

from crm.database import Database
from crm.domain.fields.reading import read_record
from crm.errors import FileRefusedError
from crm.jobs import finish
from crm.jobs.dossiers import Order, print_lead, print_leads, safe_name
from crm.queries.dossiers import Paper
from crm.queries.history import PRINTED, change_sets
from crm.services.records import create
from reports.brief import compose_brief
from tests.reports.made import DAY


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("XT-2026-0001 澄芯项目（虚构）", "XT-2026-0001 澄芯项目（虚构）"),
        ("../../etc/passwd", "etc passwd"),
        ('a<b>:"c"|?*', "a b c"),
        ("CON", "_CON"),
        ("nul.pdf", "_nul.pdf"),
        ("...", "_"),
        ("名" * 300, "名" * 80),
        ("a\nb\x00", "a b"),
    ],
)
def test_safe_name(text: str, name: str) -> None:
    assert safe_name(text) == name


def order() -> Order:
    return Order("项目简报", compose_brief, DAY, Paper(), "李")


def test_a_cancelled_job_leaves_whole_files(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "档案"
    with database.write(by="李", why="登记") as session:
        for number in range(5):
            create(session, "leads", read_record("leads", {"name": f"项目{number}"}))
    job = print_leads(database, order(), folder)
    assert (next(job).done, next(job).done) == (1, 2)
    job.close()
    files = sorted(folder.iterdir())
    assert len(files) == 2
    assert all(file.suffix == ".pdf" and file.read_bytes().startswith(b"%PDF") for file in files)


def test_a_lead_that_cannot_be_printed_is_told_and_the_others_are_printed(database: Database, tmp_path: Path) -> None:
    with database.write(by="李", why="登记") as session:
        create(session, "leads", read_record("leads", {"code": "A-1", "name": "项目\U00020000"}))
        create(session, "leads", read_record("leads", {"code": "A-2", "name": "项目"}))
    batch = finish(print_leads(database, order(), tmp_path / "档案"))
    assert [each.lead for each in batch.printed] == ["A-2"]
    [(code, message)] = batch.refused
    assert code == "A-1"
    assert "项目名称" in message
    assert [file.name for file in (tmp_path / "档案").iterdir()] == ["A-2 项目.pdf"]


def test_a_database_that_may_only_be_read_prints_without_a_note(database: Database, tmp_path: Path) -> None:
    with database.write(by="李", why="登记") as session:
        create(session, "leads", read_record("leads", {"code": "A-1", "name": "项目"}))
    database.read_only = True
    printed = print_lead(database, order(), "A-1", tmp_path / "a.pdf")
    assert not printed.recorded
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    with database.read() as session:
        assert [each.kind for each in change_sets(session, kinds=[PRINTED])] == []


def test_a_file_that_cannot_be_written_leaves_no_note(database: Database, tmp_path: Path) -> None:
    with database.write(by="李", why="登记") as session:
        create(session, "leads", read_record("leads", {"code": "A-1", "name": "项目"}))
    with pytest.raises(FileRefusedError):
        print_lead(database, order(), "A-1", tmp_path / "none" / "a.pdf")
    with database.read() as session:
        assert change_sets(session, kinds=[PRINTED]) == []
