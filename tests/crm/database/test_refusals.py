"""What cannot be opened or written: one clear error that names the place, and nothing changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlcipher3 import dbapi2

from crm.commands.line import MENDABLE, run
from crm.database import Database, sqlite
from crm.errors import ConflictError, DatabaseError, PasswordError
from crm.models import RECORD_MODELS, Lead
from crm.queries.records import load
from crm.services.bulk import create_many
from crm.services.records import create
from crm.workspace import open_workspace
from tests.crm.database.limits import largest_file

ROOT = Path(__file__).resolve().parents[3]


def _refused(path: Path | str, match: str, tmp_path: Path) -> None:
    before = Path(path).read_bytes() if Path(path).is_file() else None
    with pytest.raises(DatabaseError, match=match) as error:
        open_workspace(path, settings_folder=tmp_path / "settings")
    assert str(path) in error.value.message
    if before is not None:
        assert Path(path).read_bytes() == before


@pytest.mark.parametrize(
    ("content", "match"),
    [
        (b"", "0 字节"),
        (b"PK\x03\x04 a workbook", "不是本程序的数据库"),
        (b"SQLite format 3\x00 and then nonsense" * 100, "其他程序"),
        ("项目,投资额\n".encode("gb18030"), "不是本程序的数据库"),
    ],
)
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes, match: str) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(content)
    _refused(path, match, tmp_path)


def test_a_folder_and_a_missing_folder(tmp_path: Path) -> None:
    _refused(tmp_path, "文件夹", tmp_path)
    _refused(tmp_path / "missing" / "x.db", "不存在", tmp_path)


def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE moz_places (id INTEGER)")
        connection.commit()
    _refused(path, "其他程序", tmp_path)


def test_a_newer_database(sqlite_url: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(sqlite_url)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    _refused(sqlite_url, "更高版本", tmp_path)


def test_a_damaged_database(sqlite_url: str) -> None:
    content = bytearray(Path(sqlite_url).read_bytes())
    content[4096 * 2 : 4096 * 40] = os.urandom(4096 * 38)
    Path(sqlite_url).write_bytes(content)
    with closing(Database(sqlite_url)) as database:

        def read_everything() -> None:
            with database.read() as session:
                for kind in RECORD_MODELS:
                    load(session, kind)

        with pytest.raises(DatabaseError, match="已损坏"):
            read_everything()


def test_a_cut_off_database(sqlite_url: str, tmp_path: Path) -> None:
    Path(sqlite_url).write_bytes(Path(sqlite_url).read_bytes()[:6000])
    _refused(sqlite_url, "已损坏", tmp_path)


def test_a_read_only_file_can_be_read_and_is_not_written(sqlite_url: str, tmp_path: Path) -> None:
    path = Path(sqlite_url)
    with closing(Database(path)) as database, database.write(by="李", why="登记") as session:
        create(session, "leads", {"name": "甲"})
    path.chmod(0o444)
    workspace = open_workspace(path, settings_folder=tmp_path / "settings")
    with closing(workspace.database) as database:
        with database.read() as session:
            assert [record.values["name"] for record in load(session, "leads")] == ["甲"]
        with pytest.raises(DatabaseError, match="只能读取"), database.write(by="李", why="改"):
            pass
    assert [each.name for each in path.parent.glob("xiangtu.db*")] == ["xiangtu.db"]


def test_an_old_sqlite_is_refused() -> None:
    with pytest.raises(DatabaseError, match=r"3\.40\.1"):
        sqlite.check_version((3, 40, 1))
    sqlite.check_version((3, 51, 3))
    assert dbapi2.sqlite_version_info >= (3, 51, 3)


def test_the_settings_of_every_connection(sqlite_url: str) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0, "secure_delete": 1}
    wanted |= {"cell_size_check": 1, "temp_store": 2, "busy_timeout": 5000, "mmap_size": 0}
    with closing(Database(sqlite_url)) as database, database.engine.connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
    assert found == wanted


FULL_AT = 2 << 20
"""Bytes: more than a database without records has, so that it can still be written to where it stands."""


def test_a_full_disk_changes_nothing_and_the_next_small_save_works(sqlite_url: str) -> None:
    with closing(Database(sqlite_url)) as database:
        with database.write(by="李", why="登记") as session:
            create(session, "leads", {"name": "甲"})

        def too_much() -> None:
            with database.write(by="李", why="导入") as session:
                create_many(session, "leads", [{"name": f"乙{n}", "notes": "长" * 2000} for n in range(1000)])

        with largest_file(FULL_AT), pytest.raises(DatabaseError, match="磁盘"):
            too_much()
        assert Path(f"{sqlite_url}-wal").stat().st_size < FULL_AT
        with database.write(by="李", why="登记") as session:
            create(session, "leads", {"name": "丙"})
        with database.read() as session:
            assert [record.values["name"] for record in load(session, "leads")] == ["甲", "丙"]


@contextmanager
def small_disk(folder: Path) -> Iterator[Path | None]:
    """Give a disk of 2 MB; None where nobody may mount one: the limit on file sizes above shows the same."""
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    mounted = subprocess.run(words, capture_output=True, check=False)
    if mounted.returncode != 0:
        assert os.geteuid() != 0 or b"permission" in mounted.stderr.lower()
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_real_full_disk(sqlite_url: str, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        if disk is None:
            return
        path = disk / "x.db"
        shutil.copy(sqlite_url, path)
        with closing(Database(path)) as database:

            def too_much() -> None:
                with database.write(by="李", why="导入") as session:
                    create_many(session, "leads", [{"name": f"乙{n}", "notes": "长" * 2000} for n in range(1000)])

            with pytest.raises(DatabaseError, match="已满"):
                too_much()
            with database.write(by="李", why="登记") as session:
                create(session, "leads", {"name": "丙"})
            with database.read() as session:
                assert len(load(session, "leads")) == 1


@pytest.mark.parametrize("words", ["show 1", "search 甲", "set 1 land=3亩", "imports", "undo 1"])
def test_a_disk_so_full_that_not_even_reading_works(sqlite_url: str, tmp_path: Path, words: str) -> None:
    with small_disk(tmp_path / "disk") as disk:
        if disk is None:
            return
        path = disk / "x.db"
        shutil.copy(sqlite_url, path)
        with suppress(OSError), (disk / "fill").open("wb", buffering=0) as fill:
            while fill.write(b"x" * 4096):
                pass
        out, err = StringIO(), StringIO()
        assert run(["--database", str(path), *words.split()], out=out, err=err) == MENDABLE
        assert "已满" in err.getvalue()
        assert len(err.getvalue().splitlines()) == 1


def test_another_program_that_writes_too_long(sqlite_url: str) -> None:
    with closing(dbapi2.connect(sqlite_url, isolation_level=None)) as other, closing(Database(sqlite_url)) as database:
        other.execute("BEGIN IMMEDIATE")
        with database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 50")
        with pytest.raises(DatabaseError, match="另一程序"), database.write(by="李", why="改") as session:
            create(session, "leads", {"name": "甲"})
        other.execute("ROLLBACK")


def test_a_stale_record_is_a_conflict(database: Database) -> None:
    with database.write(by="李", why="登记") as session:
        lead = create(session, "leads", {"name": "甲"})

    def change_a_stale_one() -> None:
        with database.write(by="李", why="改") as session:
            record = session.get_one(Lead, lead.id)
            session.connection().execute(text("UPDATE leads SET version = 7 WHERE id = :id"), {"id": lead.id})
            record.owner = "李"

    with pytest.raises(ConflictError):
        change_a_stale_one()


def test_no_value_of_a_record_is_in_an_error_of_the_driver(database: Database) -> None:
    def twice() -> None:
        with database.write(by="李", why="登记") as session:
            for code in ("A", "B"):
                session.add(Lead(uid="0" * 36, code=code, contact_phone="13800001111"))

    with pytest.raises(ConflictError) as error:
        twice()
    assert "13800001111" not in f"{error.value}{error.value.__cause__}"


def test_a_server_that_cannot_be_reached_is_named_without_its_password(tmp_path: Path) -> None:
    url = "postgresql+psycopg://li:secret@127.0.0.1:9/x"
    with pytest.raises(DatabaseError, match=r"127\.0\.0\.1") as error:
        open_workspace(url, settings_folder=tmp_path)
    assert "secret" not in error.value.message


def test_a_kind_of_server_that_is_not_known_is_no_file() -> None:
    with pytest.raises(DatabaseError, match="不支持 mysql 数据库"):
        Database("mysql://li:secret@127.0.0.1/x")


def test_an_encrypted_file_shows_nothing_and_opens_with_its_password_only(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    workspace = open_workspace(path, by="李", key="密码 'a", settings_folder=tmp_path)
    with closing(workspace.database) as database, database.write(by="李", why="登记") as session:
        create(session, "leads", {"name": "CANARY项目", "contact_phone": "13800001111"})
    content = b"".join(each.read_bytes() for each in tmp_path.iterdir() if each.is_file())
    assert b"CANARY" not in content
    assert b"13800001111" not in content
    _refused(path, "加密", tmp_path)
    with pytest.raises(PasswordError, match="密码不对") as caught:
        open_workspace(path, key="wrong", settings_folder=tmp_path)
    assert caught.value.given
    again = open_workspace(path, key="密码 'a", settings_folder=tmp_path)
    with closing(again.database) as database, database.read() as session:
        assert load(session, "leads")[0].values["name"] == "CANARY项目"


KILLED = """
    import os, signal, sys, threading, time
    from crm.database import Database
    from crm.services.bulk import create_many

    database = Database(sys.argv[1])
    killer = threading.Timer(float(sys.argv[2]), lambda: os.kill(os.getpid(), signal.SIGKILL))
    print("begin", flush=True)
    with database.write(by="李", why="导入", kind="import") as session:
        killer.start()
        for _ in range(4):
            create_many(session, "leads", [{"name": f"甲{n}", "notes": "备注" * 200} for n in range(500)])
    print("done", flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("seconds", [0.05, 0.3, 0.8, 2.5])
def test_a_kill_in_the_middle_of_an_import_leaves_nothing_or_all(database_url: str, seconds: float) -> None:
    words = [sys.executable, "-c", textwrap.dedent(KILLED), database_url, str(seconds)]
    here = {**os.environ, "PYTHONPATH": "."}
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT, env=here)
    assert done.returncode == -9, done.stderr
    with closing(Database(database_url)) as database, database.read() as session:
        count = len(load(session, "leads"))
        found = len(list(session.connection().execute(text("SELECT id FROM change_set"))))
    assert (count, found) in ((0, 0), (2000, 1))
    if "done" in done.stdout:
        assert count == 2000


def _set_back(path: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
        connection.commit()


def test_an_older_database_that_may_only_be_read(sqlite_url: str, tmp_path: Path) -> None:
    _set_back(sqlite_url)
    Path(sqlite_url).chmod(0o444)
    _refused(sqlite_url, "需要升级", tmp_path)


def test_an_older_database_is_backed_up_before_anything_is_tried(sqlite_url: str, tmp_path: Path) -> None:
    """What it lacks is there already, so the step fails; the backup was made, and the database is as it was."""
    _set_back(sqlite_url)
    with pytest.raises(DatabaseError, match="0002"):
        open_workspace(sqlite_url, settings_folder=tmp_path / "settings")
    [backup] = [path for path in (tmp_path / "xiangtu-backups").glob("*.db") if "before-migration" in path.name]
    query = "SELECT version_num, (SELECT count(*) FROM funds) FROM alembic_version"
    for path in (backup, sqlite_url):
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute(query).fetchone() == ("0001", 119)
