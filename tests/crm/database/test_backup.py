"""A backup counts only when it is proved; a restore gives exactly the backup, and can itself be taken back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crm.database import Database
from crm.database.backup import (
    Automatic,
    automatic_backups,
    backup_folder,
    kept,
    make_automatic,
    make_backup,
    prove,
    restore,
    thin,
)
from crm.database.manifest import manifest_path, read_manifest
from crm.errors import DatabaseError, FileRefusedError
from crm.migrations import revisions
from crm.queries.records import load
from crm.services.bulk import create_many
from crm.services.records import create
from crm.settings import Settings, save_settings
from crm.workspace import open_workspace, restore_database
from tests.crm.database.limits import largest_file


@pytest.fixture
def opened(sqlite_url: str) -> Iterator[Database]:
    with closing(Database(sqlite_url)) as database:
        with database.write(by="李", why="登记") as session:
            create_many(session, "leads", [{"name": f"甲{n}", "notes": "备注" * 50} for n in range(50)])
        yield database


def _names(path: str | Path) -> list[str]:
    with closing(Database(path)) as database, database.read() as session:
        return [record.values["name"] for record in load(session, "leads")]


def test_a_backup_says_what_it_holds_and_is_one_file(opened: Database, tmp_path: Path) -> None:
    manifest = make_backup(opened, tmp_path / "b.db", "before-import")
    assert read_manifest(tmp_path / "b.db") == manifest
    assert (manifest.counts["leads"], manifest.counts["funds"], manifest.place) == (50, 119, 1)
    assert (manifest.schema, manifest.reason, manifest.file) == (revisions()[-1], "before-import", "b.db")
    assert sorted(path.name for path in tmp_path.glob("b.db*")) == ["b.db", "b.db.manifest.json"]
    assert (tmp_path / "b.db").read_bytes()[18:20] == b"\x01\x01"  # not in WAL mode: it can be read where it lies


def test_backups_are_whole_while_others_write(opened: Database, tmp_path: Path) -> None:
    done = threading.Event()

    def write() -> None:
        while not done.is_set():
            with opened.write(by="王", why="登记") as session:
                create_many(session, "leads", [{"name": "乙"}] * 7)

    writer = threading.Thread(target=write)
    writer.start()
    counts = [make_backup(opened, tmp_path / f"{n}.db").counts["leads"] for n in range(8)]
    done.set()
    writer.join()
    assert all((count - 50) % 7 == 0 for count in counts)
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]


def test_a_damaged_database_gives_no_backup_and_leaves_the_old_one(opened: Database, tmp_path: Path) -> None:
    make_backup(opened, tmp_path / "b.db")
    before = (tmp_path / "b.db").read_bytes()
    opened.close()
    assert opened.path is not None
    _flip_a_line_of_the_history(opened.path)
    with pytest.raises(DatabaseError, match="1"):
        make_backup(opened, tmp_path / "b.db")
    assert (tmp_path / "b.db").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if ".tmp" in path.name] == []


def _flip_a_line_of_the_history(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER change_line_no_update")
        connection.execute("UPDATE change_line SET after = replace(after, '甲7', '丁7') WHERE record_id = 8")
        connection.commit()


def test_a_restore_is_the_backup_even_with_an_old_log_beside_the_database(opened: Database, tmp_path: Path) -> None:
    """The process was killed: its log lies beside the file and would be played into the restored one."""
    manifest = make_backup(opened, tmp_path / "b.db")
    assert opened.path is not None
    with opened.write(by="王", why="后来") as session:
        create(session, "leads", {"name": "后来"})
    crashed = tmp_path / "crashed.db"
    for end in ("", "-wal"):
        shutil.copyfile(f"{opened.path}{end}", f"{crashed}{end}")
    assert Path(f"{crashed}-wal").stat().st_size > 0
    found, before = restore(tmp_path / "b.db", crashed, schemas=revisions())
    assert (found.sha256, found.counts) == (manifest.sha256, manifest.counts)
    assert _names(crashed) == [f"甲{n}" for n in range(50)]
    assert before is not None
    assert _names(before)[-1] == "后来"  # the restore can be taken back


def test_a_restore_waits_for_nobody_who_has_the_database_open(opened: Database, tmp_path: Path) -> None:
    make_backup(opened, tmp_path / "b.db")
    assert opened.path is not None
    with opened.read() as session:
        load(session, "leads")
        with pytest.raises(DatabaseError, match=opened.path.name):
            restore(tmp_path / "b.db", opened.path, schemas=revisions())
        assert len(load(session, "leads")) == 50


def test_a_damaged_database_can_be_replaced_and_is_kept_as_it_is(opened: Database, tmp_path: Path) -> None:
    make_backup(opened, tmp_path / "b.db")
    assert opened.path is not None
    with opened.write(by="王", why="后来") as session:
        create(session, "leads", {"name": "后来"})
    crashed = tmp_path / "crashed.db"
    crashed.write_bytes(b"not a database any more")
    shutil.copyfile(f"{opened.path}-wal", f"{crashed}-wal")  # it must not be played into what is put back
    found, before = restore(tmp_path / "b.db", crashed, schemas=revisions())
    assert before is not None
    assert before.read_bytes() == b"not a database any more"
    assert Path(f"{before}-wal").read_bytes() == Path(f"{opened.path}-wal").read_bytes()
    assert found.counts["leads"] == 50
    assert _names(crashed) == [f"甲{n}" for n in range(50)]


@pytest.mark.parametrize("fault", ["changed", "manifest", "newer", "missing", "damaged"])
def test_a_backup_that_is_not_what_it_should_be_changes_nothing(opened: Database, tmp_path: Path, fault: str) -> None:
    backup = tmp_path / "b.db"
    make_backup(opened, backup)
    opened.close()
    assert opened.path is not None
    before = opened.path.read_bytes()
    schemas = revisions()
    if fault == "changed":
        backup.write_bytes(backup.read_bytes() + b"\0")
    elif fault == "manifest":
        text = manifest_path(backup).read_text(encoding="utf-8")
        manifest_path(backup).write_text(text.replace('"leads": 50', '"leads": 51'), encoding="utf-8")
    elif fault == "newer":
        schemas = []
    elif fault == "missing":
        backup.unlink()
    else:
        manifest_path(backup).unlink()
        _flip_a_line_of_the_history(backup)
    with pytest.raises((DatabaseError, FileRefusedError)):
        restore(backup, opened.path, schemas=schemas)
    assert opened.path.read_bytes() == before


def test_a_backup_on_top_of_the_database_is_refused(opened: Database) -> None:
    assert opened.path is not None
    with pytest.raises(FileRefusedError):
        make_backup(opened, opened.path)
    with pytest.raises(FileRefusedError):
        restore(opened.path, opened.path, schemas=revisions())


def test_a_backup_replaces_an_earlier_one_and_nothing_else(opened: Database, tmp_path: Path) -> None:
    target = tmp_path / "b.db"
    make_backup(opened, target)
    make_backup(opened, target)
    for name in ("论文.docx", "another.db"):
        other = tmp_path / name
        other.write_bytes(b"years of work")
        with pytest.raises(FileRefusedError, match="不是本程序做的备份") as caught:
            make_backup(opened, other)
        assert str(other) in caught.value.message
        assert other.read_bytes() == b"years of work"
    shutil.copy(opened.path or "", tmp_path / "live.db")  # a database of ours, but no backup
    with pytest.raises(FileRefusedError, match="不是本程序做的备份"):
        make_backup(opened, tmp_path / "live.db")
    target.write_bytes(b"put there later, under the same name")
    with pytest.raises(FileRefusedError, match="不是本程序做的备份"):
        make_backup(opened, target)
    (tmp_path / "empty.db").touch()
    make_backup(opened, tmp_path / "empty.db")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_database_and_its_backups_are_closed_to_other_users(tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        workspace = open_workspace(tmp_path / "x.db", "李", settings_folder=tmp_path / "settings")
        with closing(workspace.database) as database:
            with database.write(by="李", why="登记") as session:
                create(session, "leads", {"name": "甲"})
            make_backup(database, tmp_path / "b.db")
            automatic = make_automatic(database, "asked")
            here = [*tmp_path.glob("x.db*"), tmp_path / "b.db", automatic]
            assert {path.name for path in here} >= {"x.db", "x.db-wal", "x.db-shm", "b.db"}
            assert {path.stat().st_mode & 0o777 for path in here} == {0o600}
        restore(tmp_path / "b.db", tmp_path / "y.db", schemas=revisions())
        assert (tmp_path / "y.db").stat().st_mode & 0o777 == 0o600
        (tmp_path / "y.db").chmod(0o640)  # a bureau's own choice stays
        restore(tmp_path / "b.db", tmp_path / "y.db", schemas=revisions())
        assert (tmp_path / "y.db").stat().st_mode & 0o777 == 0o640
    finally:
        os.umask(old)


def test_what_a_restore_sets_aside_goes_to_the_folder_of_the_settings(tmp_path: Path) -> None:
    settings, folder = tmp_path / "settings", tmp_path / "U盘"
    save_settings(Settings(backup_folder=str(folder)), settings)
    for path in (tmp_path / "x.db", tmp_path / "y.db"):
        open_workspace(path, "李", settings_folder=settings).database.close()
    with closing(Database(tmp_path / "x.db")) as database:
        make_backup(database, tmp_path / "b.db")
    _path, _found, kept = restore_database(tmp_path / "b.db", tmp_path / "x.db", settings_folder=settings)
    assert kept is not None
    assert kept.parent == folder
    (tmp_path / "y.db").write_bytes(b"damaged" * 1000)
    _path, _found, kept = restore_database(tmp_path / "b.db", tmp_path / "y.db", settings_folder=settings)
    assert kept is not None
    assert (kept.parent, kept.read_bytes()) == (folder, b"damaged" * 1000)
    assert not (tmp_path / "x-backups").exists()


def test_a_server_is_backed_up_by_its_administrator(postgres_url: str, tmp_path: Path) -> None:
    with closing(Database(postgres_url)) as server, pytest.raises(DatabaseError, match="pg_dump"):
        make_backup(server, tmp_path / "b.db")


def test_automatic_backups_are_thinned_but_never_the_newest_proved_one(opened: Database) -> None:
    assert opened.path is not None
    made = [make_automatic(opened, "before-import") for _ in range(14)]
    folder = backup_folder(opened.path)
    found = automatic_backups(folder, opened.path.stem, None)
    assert len(found) == 12
    assert found[0].path == made[-1]
    manifest = read_manifest(made[-1])
    assert manifest is not None
    for each in found[1:]:
        manifest_path(each.path).unlink()
    found[0].path.rename(folder / "elsewhere.db")
    shutil.move(folder / "elsewhere.db", found[0].path)
    assert thin(folder, opened.path.stem, manifest.database_uid) == []
    assert prove(found[0].path).counts["leads"] == 50


def test_what_is_kept_of_two_years_of_backups() -> None:
    start = datetime(2026, 11, 28, 12, tzinfo=UTC)
    every = [Automatic(Path(f"{n}.db"), start - timedelta(hours=8 * n), verified=True) for n in range(2200)]
    keep = sorted(kept(every), key=lambda path: int(path.stem))
    ages = [int(path.stem) // 3 for path in keep]  # in days
    assert ages[:12] == [n // 3 for n in range(12)]
    assert len(keep) <= 12 + 7 + 5 + 12
    assert max(ages) > 330
    unproved = [Automatic(Path(f"{n}.db"), start - timedelta(hours=n), verified=n == 40) for n in range(50)]
    assert Path("40.db") in kept(unproved)


def test_a_database_whose_pages_are_damaged_can_be_replaced(opened: Database, tmp_path: Path) -> None:
    """It begins as a database does; only SQLite sees that it is none."""
    make_backup(opened, tmp_path / "b.db")
    opened.close()
    assert opened.path is not None
    content = opened.path.read_bytes()
    opened.path.write_bytes(content[:100] + b"\xff" * (len(content) - 100))
    _found, before = restore(tmp_path / "b.db", opened.path, schemas=revisions())
    assert before is not None
    assert before.read_bytes()[:100] == content[:100]
    assert len(_names(opened.path)) == 50


def test_a_disk_that_fills_up_in_the_middle_leaves_the_old_backup(opened: Database, tmp_path: Path) -> None:
    make_backup(opened, tmp_path / "b.db")
    before = {path.name: path.read_bytes() for path in tmp_path.glob("b.db*")}
    with opened.write(by="李", why="登记") as session:
        create_many(session, "leads", [{"name": f"乙{n}", "notes": "备注" * 500} for n in range(400)])
    with largest_file(700_000), pytest.raises((DatabaseError, FileRefusedError), match=r"b\.db"):
        make_backup(opened, tmp_path / "b.db")
    assert {path.name: path.read_bytes() for path in tmp_path.glob("b.db*")} == before
    assert [path.name for path in tmp_path.iterdir() if ".tmp" in path.name] == []
