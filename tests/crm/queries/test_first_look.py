"""The quick look at a file gives what the list gives, or nothing; it needs no SQLAlchemy and changes nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from crm.database import Database
from crm.domain.fields.reading import read_record
from crm.queries.first_look import first_look
from crm.queries.first_page import first_lead_ids
from crm.queries.lead_list import LeadFilter, LeadOrder
from crm.queries.leads import load_lead_rows
from crm.services.bulk import create_many

ROOT = Path(__file__).resolve().parents[3]


def _leads(path: str) -> Database:
    database = Database(path)
    documents = [
        {"name": "精密光电（虚构）", "planned_investment": "约1.2亿元", "land": "25亩", "next_date": "2026-12"},
        {"name": "新能源（虚构）", "planned_investment": "数千万元", "stage": "review", "owner": "王伟"},
        {"investor": "行智智能（虚构）", "planned_investment": "200万美元"},
    ]
    with database.write(by="test", why="test") as session:
        create_many(session, "leads", [read_record("leads", each) for each in documents])
    return database


def test_it_gives_the_first_page_of_the_list(sqlite_url: str) -> None:
    database = _leads(sqlite_url)
    with database.read() as session:
        rows = load_lead_rows(session, first_lead_ids(session, LeadFilter(), LeadOrder()))
    assert first_look(sqlite_url) == rows  # while the log of the open database is still beside the file
    database.close()
    before = Path(sqlite_url).read_bytes()
    assert first_look(sqlite_url) == rows
    assert Path(sqlite_url).read_bytes() == before


def test_what_cannot_be_looked_at_so_is_waited_for(tmp_path: Path, sqlite_url: str) -> None:
    wrong = tmp_path / "wrong.db"
    wrong.write_bytes(b"SQLite format 3\x00 but not at all")
    encrypted = tmp_path / "locked.db"
    with Database(encrypted, key="geheim").engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE leads (id INTEGER)")
    older = Path(sqlite_url)
    database = Database(older)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE standing")
    database.close()
    for place in (
        str(wrong),
        str(encrypted),
        str(older),
        str(tmp_path / "none.db"),
        "postgresql+psycopg://x@nowhere/y",
    ):
        assert first_look(place) is None
    assert not (tmp_path / "none.db").exists()


def test_it_imports_no_sqlalchemy() -> None:
    code = (
        "import sys, crm.queries.first_look\n"
        "print([m for m in sys.modules if m.startswith(('sqlal', 'sqlmo', 'pydan'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
