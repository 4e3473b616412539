"""Where every front door starts: a database is made whole, opened at the newest schema, in somebody's name."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from crm.database import Database
from crm.database.sqlite import APPLICATION_ID
from crm.migrations import State, state_of
from crm.queries.records import load
from crm.services.records import create
from crm.settings import FILE_NAME, Settings, default_path, load_settings, save_settings
from crm.workspace import open_workspace

ROOT = Path(__file__).resolve().parents[2]


def test_a_missing_file_is_made_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "招商.db"
    workspace = open_workspace(path, by="李", settings_folder=tmp_path / "settings")
    with closing(workspace.database) as database:
        assert state_of(database) is State.CURRENT
        assert workspace.user == "李"
        assert workspace.warnings == ()
    assert [each.name for each in tmp_path.iterdir()] == ["招商.db"]
    assert int.from_bytes(path.read_bytes()[68:72], "big") == APPLICATION_ID


def test_two_programs_that_make_the_same_file_open_one(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    uids: list[str] = []

    def start() -> None:
        workspace = open_workspace(path, by="李", settings_folder=tmp_path / "settings")
        with closing(workspace.database) as database, database.read() as session:
            query = text("SELECT value FROM fact WHERE name = 'database_uid'")
            uids.append(session.connection().execute(query).scalar_one())

    threads = [threading.Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(uids) == 3
    assert len(set(uids)) == 1


def test_a_file_url_and_a_path_mean_the_same(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    for url in (path, f"sqlite:///{path}"):
        with closing(open_workspace(url, settings_folder=tmp_path / "settings").database) as database:
            assert database.path == path


def test_a_server_without_our_tables_gets_them_in_the_schema_its_url_names(
    postgres_server: str, tmp_path: Path
) -> None:
    engine = create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE bureau"))
    base = make_url(postgres_server).set(database="bureau")
    url = base.update_query_dict({"options": "-csearch_path=xiangcheng"}).render_as_string(hide_password=False)
    first = open_workspace(url, by="李", settings_folder=tmp_path)
    with closing(first.database) as database, database.write(by="李", why="登记") as session:
        create(session, "leads", {"name": "甲"})
        where = session.connection().execute(text("SELECT schemaname FROM pg_tables WHERE tablename = 'leads'"))
        assert where.scalars().all() == ["xiangcheng"]
    second = open_workspace(url, by="王", settings_folder=tmp_path)
    with closing(second.database) as database, database.read() as session:
        assert len(load(session, "leads")) == 1
        shown = [session.connection().execute(text(f"SHOW {each}")).scalar() for each in ("lock_timeout", "timezone")]
        assert shown == ["5s", "UTC"]
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE bureau WITH (FORCE)"))
    engine.dispose()


def test_the_officer_comes_from_the_call_the_settings_or_the_system(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "li")
    names = [open_workspace(sqlite_url, settings_folder=tmp_path).user]
    save_settings(Settings(officer="王"), tmp_path)
    names += [open_workspace(sqlite_url, by, settings_folder=tmp_path).user for by in (None, "李")]
    assert names == ["li", "王", "李"]


def test_the_database_of_the_settings_is_opened_when_none_is_named(sqlite_url: str, tmp_path: Path) -> None:
    save_settings(Settings(database=sqlite_url), tmp_path)
    with closing(open_workspace(settings_folder=tmp_path).database) as database:
        assert database.path == Path(sqlite_url)


def test_the_default_database_lies_in_the_users_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_path().name == "xiangtu.db"
    assert default_path().parent.is_dir()


def test_settings_come_back(tmp_path: Path) -> None:
    settings = Settings(officer="李", unit="招商一科", language="en", backup_folder="/备份")
    assert save_settings(settings, tmp_path / "new").name == FILE_NAME
    assert load_settings(tmp_path / "new") == (settings, None)
    assert load_settings(tmp_path / "none") == (Settings(), None)


@pytest.mark.parametrize("content", [b"officer = ", b"\xff\xfe", b'theme = ["x"]'])
def test_broken_settings_are_kept_and_the_defaults_used(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    settings, message = load_settings(tmp_path)
    assert settings == Settings()
    assert message is not None
    assert content in [each.read_bytes() for each in tmp_path.iterdir()]


def test_the_check_without_a_lead_does_not_pay_for_a_database() -> None:
    words = ("check", "--area", "高铁新城", "--land", "25亩", "--tax", "5000", "--json")
    code = f"import sys, main; sys.argv = ['xiangtu', *{words!r}]; main.main(); sys.exit('sqlmodel' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": "."}
    )
    assert done.returncode == 0, done.stderr.decode()


def test_a_reader_goes_on_while_another_writes(sqlite_url: str) -> None:
    with closing(Database(sqlite_url)) as database, database.write(by="李", why="登记") as session:
        create(session, "leads", {"name": "甲"})
        with database.read() as other:
            assert load(other, "leads") == []


def test_a_transaction_inside_a_transaction_is_a_bug(sqlite_url: str) -> None:
    def inside(database: Database) -> None:
        with database.write(by="李", why="登记"):
            pass

    with closing(Database(sqlite_url)) as database, database.write(by="李", why="登记"), pytest.raises(RuntimeError):
        inside(database)


def test_what_a_reading_session_changes_is_thrown_away(database: Database) -> None:
    with database.write(by="李", why="登记") as session:
        lead = create(session, "leads", {"name": "甲"})
    with database.read() as session:
        session.connection().execute(text("UPDATE leads SET name = '乙'"))
    with database.read() as session:
        assert load(session, "leads", [lead.id])[0].values["name"] == "甲"
