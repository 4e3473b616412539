"""Backups when they are due: old enough and something changed; never of what may only be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from crm.database import Database
from crm.jobs.backups import back_up, back_up_when_due, last_backup
from crm.services.records import create
from crm.workspace import open_workspace

AT_ONCE, LATER = timedelta(0), timedelta(hours=4)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Database]:
    """Return a database with one lead."""
    database = open_workspace(tmp_path / "book.db", "李", settings_folder=tmp_path).database
    _change(database, "甲项目")
    yield database
    database.close()


def _change(database: Database, name: str) -> None:
    with database.write(by="李", why="test") as session:
        create(session, "leads", {"name": name})


def test_the_first_is_due_at_once_and_the_next_when_something_changed(book: Database) -> None:
    assert last_backup(book) is None
    first = back_up_when_due(book, LATER)
    assert first is not None
    assert first.is_file()
    assert back_up_when_due(book, AT_ONCE) is None  # nothing has changed since
    _change(book, "乙项目")
    assert back_up_when_due(book, LATER) is None  # changed, but the last is young
    second = back_up_when_due(book, AT_ONCE)
    assert second not in (None, first)
    assert last_backup(book) is not None


def test_one_asked_for_is_made_whatever_there_is(book: Database, tmp_path: Path) -> None:
    made = [back_up(book, str(tmp_path / "elsewhere")) for _number in range(2)]
    assert made[0] != made[1]
    assert all(each.parent == tmp_path / "elsewhere" for each in made)
