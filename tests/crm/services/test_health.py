"""The doctor finds what is wrong, says what it is, and changes nothing."""

from __future__ import annotations

import json
import os
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from crm.commands.line import DONE, MENDABLE, run
from crm.database import Database, sqlite
from crm.database.backup import make_automatic
from crm.services.bulk import create_many
from crm.services.health import Check, examine

UNSEALED = """
    INSERT INTO change_set (uid, "by", why, kind, at) VALUES ('x', 'x', 'x', 'x', '2026-01-01 00:00:00')
"""


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the settings of whoever runs the tests alone."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def filled(database: Database) -> Database:
    with database.write(by="李", why="登记") as session:
        create_many(session, "leads", [{"name": f"苏州甲{n}项目"} for n in range(20)])
    return database


def _wrong(database: Database) -> list[str]:
    return [check.name for check in examine(database) if not check.ok]


def _from_outside(database: Database, *statements: str) -> None:
    engine = database.engine.execution_options(**{sqlite.WRITING: True})
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def test_a_sound_database_is_sound_in_every_way(filled: Database) -> None:
    checks = examine(filled)
    assert all(check.ok for check in checks)
    names = ["schema", "integrity", "foreign_keys", "history", "records", "search", "fonts", "settings"]
    assert [check.name for check in checks if check.name != "backups"] == names


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("UPDATE leads SET owner = '张' WHERE id = 3", "records"),
        ("DELETE FROM lead_search WHERE rowid = 3", "search"),
        (UNSEALED, "history"),
        ("UPDATE alembic_version SET version_num = '9999'", "schema"),
    ],
)
def test_each_fault_is_found_by_its_own_check(filled: Database, statement: str, name: str) -> None:
    _from_outside(filled, statement)
    assert _wrong(filled) == [name]


def test_a_link_that_leads_nowhere_is_found(sqlite_url: str) -> None:
    with closing(sqlite.connect(Path(sqlite_url))) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("UPDATE rule SET rule_set_id = 99 WHERE id = 1")
    with closing(Database(sqlite_url)) as database:
        assert _wrong(database) == ["foreign_keys"]


def _doctor(path: Path | str) -> tuple[int, dict[str, Any]]:
    out, err = StringIO(), StringIO()
    code = run(["doctor", "--database", str(path), "--json"], out=out, err=err)
    return code, json.loads(out.getvalue())


def test_the_command_answers_as_the_contract_says(sqlite_url: str) -> None:
    code, answer = _doctor(sqlite_url)
    assert code == DONE
    assert answer["ok"] is True
    assert all(set(check) == {"name", "ok", "detail"} for check in answer["checks"])
    with closing(Database(sqlite_url)) as database:
        made = make_automatic(database, "before-import")
    _code, answer = _doctor(sqlite_url)
    assert made.name in next(check["detail"] for check in answer["checks"] if check["name"] == "backups")


@pytest.mark.parametrize("fault", ["pages", "no database", "cut"])
def test_a_damaged_file_is_reported_and_not_an_accident(sqlite_url: str, fault: str) -> None:
    content = bytearray(Path(sqlite_url).read_bytes())
    if fault == "pages":
        content[4096 * 3 : 4096 * 30] = os.urandom(4096 * 27)
    elif fault == "cut":
        content = content[:9000]
    else:
        content = bytearray(b"PK\x03\x04")
    Path(sqlite_url).write_bytes(content)
    code, answer = _doctor(sqlite_url)
    assert code == MENDABLE
    assert answer["ok"] is False
    assert Path(sqlite_url).read_bytes() == content


def test_a_read_only_database_can_be_examined(sqlite_url: str) -> None:
    Path(sqlite_url).chmod(0o444)
    code, answer = _doctor(sqlite_url)
    assert (code, answer["ok"]) == (DONE, True), answer


def test_backup_and_restore_by_the_command_line(sqlite_url: str, tmp_path: Path) -> None:
    def command(*words: str) -> tuple[int, dict[str, Any]]:
        out, err = StringIO(), StringIO()
        code = run([*words, "--database", sqlite_url, "--by", "李", "--json"], out=out, err=err)
        return code, json.loads(out.getvalue())

    code, made = command("backup", str(tmp_path / "b.db"))
    assert (code, made["counts"]["funds"], made["chain"]["place"]) == (DONE, 119, 0)
    with closing(Database(sqlite_url)) as database, database.write(by="李", why="登记") as session:
        create_many(session, "leads", [{"name": "甲"}])
    code, back = command("restore", str(tmp_path / "b.db"))
    assert (code, back["counts"]["leads"]) == (DONE, 0)
    assert Path(back["kept"]).is_file()
    code, answer = command("imports")
    assert [(each["kind"], each["by"]) for each in answer["change_sets"]] == [("restore", "李")]
    code, answer = command("restore", str(tmp_path / "missing.db"))
    assert (code, answer["error"]["kind"]) == (MENDABLE, "file")


def test_a_line_for_people_names_the_check(sqlite_url: str) -> None:
    out = StringIO()
    run(["doctor", "--database", sqlite_url], out=out, err=StringIO())
    assert "✓ 文件完整性：" in out.getvalue()
    assert Check("fonts", ok=True, detail="").ok


def test_a_server_that_is_new_or_gone(postgres_server: str) -> None:
    with closing(Database(postgres_server)) as server:
        engine = server.engine.execution_options(isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("CREATE DATABASE brand_new"))
        url = postgres_server.replace("/postgres?", "/brand_new?")
        assert _doctor(url)[0] == DONE
        with engine.connect() as connection:
            connection.execute(text("DROP DATABASE brand_new WITH (FORCE)"))
    code, answer = _doctor(url)
    assert code == MENDABLE
    assert "brand_new" in answer["checks"][0]["detail"]
