"""Backups when they are due: old enough and something changed; never of what may only be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from crm.database import Database
from crm.errors import FileRefusedError
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


def test_a_folder_shared_with_another_database_of_that_name(book: Database, tmp_path: Path) -> None:
    """What another officer's database leaves there is neither thinned away nor taken for one's own."""
    shared = str(tmp_path / "shared")
    (tmp_path / "other").mkdir()
    with closing(open_workspace(tmp_path / "other" / "book.db", "王", settings_folder=tmp_path).database) as other:
        theirs = back_up_when_due(other, AT_ONCE, shared)
        assert theirs is not None
        assert last_backup(book, shared) is None
        ours = [back_up(book, shared) for _number in range(14)]
        assert theirs.is_file()
        assert sum(each.is_file() for each in ours) == 12
        assert back_up_when_due(book, AT_ONCE, shared) is None
        _change(other, "丙项目")
        assert back_up_when_due(other, AT_ONCE, shared) is not None


def test_a_folder_that_cannot_be_made_is_told(book: Database, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FileRefusedError):
        back_up(book, str(tmp_path / "file" / "backups"))
