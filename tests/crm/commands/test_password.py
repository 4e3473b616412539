"""An encrypted database by the command line: its password comes by the environment or is asked for, never in a word."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from crm.commands.line import DONE, MENDABLE, run
from crm.database import Database, sqlite
from crm.database.manifest import read_manifest

PASSWORD = "正确 horse's \"x"  # noqa: S105  (of a database that a test makes)
ROOT = Path(__file__).resolve().parents[3]
Call = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def call(tmp_path: Path) -> Call:
    """Return what calls a command on a file: its exit code, its answer (JSON read), its messages."""

    def call(*words: str | Path, database: str = "x.db") -> tuple[int, Any, str]:
        out, err = StringIO(), StringIO()
        code = run(["--database", str(tmp_path / database), "--by", "王", "--json", *map(str, words)], out=out, err=err)
        return code, json.loads(out.getvalue()), err.getvalue()

    return call


@pytest.fixture
def encrypted(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make an encrypted database with one lead; the variable is unset then."""
    monkeypatch.setenv(sqlite.PASSWORD_VARIABLE, PASSWORD)
    leads = tmp_path / "leads.json"
    leads.write_text('[{"code": "A-1", "name": "CANARY项目"}]', encoding="utf-8")
    assert call("import", "leads", leads)[0] == DONE
    monkeypatch.delenv(sqlite.PASSWORD_VARIABLE)
    return tmp_path / "x.db"


def test_a_new_database_is_encrypted_with_the_password_and_opens_with_it_only(
    call: Call, encrypted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in encrypted.parent.rglob("*.db*"):
        assert b"CANARY" not in path.read_bytes()
    assert not encrypted.read_bytes().startswith(b"SQLite format 3")
    code, answer, err = call("show", "A-1")
    assert (code, answer["error"]["kind"]) == (MENDABLE, "password")
    assert "环境变量 XIANGTU_PASSWORD" in err
    monkeypatch.setenv(sqlite.PASSWORD_VARIABLE, "错的")
    for words in (("show", "A-1"), ("doctor",), ("backup", encrypted.with_name("c.db"))):
        code, answer, err = call(*words)
        assert (code, answer["error"]["kind"]) == (MENDABLE, "password")
        assert "密码不对" in err
        assert "错的" not in err
    monkeypatch.setenv(sqlite.PASSWORD_VARIABLE, PASSWORD)
    assert call("show", "A-1")[1]["lead"]["name"] == "CANARY项目"
    assert call("set", "A-1", "land=3亩")[0] == DONE
    assert call("doctor")[1]["ok"]


def test_a_backup_of_it_stays_encrypted_is_proved_and_put_back(
    call: Call, encrypted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(sqlite.PASSWORD_VARIABLE, PASSWORD)
    backup = encrypted.with_name("b.db")
    code, answer, _err = call("backup", backup)
    assert (code, answer["counts"]["leads"]) == (DONE, 1)
    assert b"CANARY" not in backup.read_bytes()
    assert not sqlite.is_plain(backup)
    manifest = read_manifest(backup)
    assert manifest is not None
    assert manifest.counts == answer["counts"]
    call("set", "A-1", "name=后来的名字")
    monkeypatch.setenv(sqlite.PASSWORD_VARIABLE, "错的")
    assert call("restore", backup)[1]["error"]["kind"] == "password"
    monkeypatch.setenv(sqlite.PASSWORD_VARIABLE, PASSWORD)
    code, answer, _err = call("restore", backup)
    assert code == DONE
    assert not sqlite.is_plain(encrypted)
    assert not sqlite.is_plain(Path(answer["kept"]))
    assert call("show", "A-1")[1]["lead"]["name"] == "CANARY项目"


def test_a_plain_backup_never_takes_the_place_of_an_encrypted_database(
    call: Call, encrypted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = encrypted.with_name("b.db")
    assert call("backup", plain, database="plain.db")[0] == DONE
    monkeypatch.setenv(sqlite.PASSWORD_VARIABLE, PASSWORD)
    before = encrypted.read_bytes()
    code, answer, _err = call("restore", plain)
    assert (code, answer["error"]["kind"]) == (MENDABLE, "database")
    assert "已加密" in answer["error"]["message"]
    assert encrypted.read_bytes() == before
    assert call("restore", plain, database="other.db")[0] == DONE


def test_a_plain_database_is_encrypted_and_given_another_password(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leads = tmp_path / "leads.json"
    leads.write_text('[{"code": "A-1", "name": "CANARY项目"}]', encoding="utf-8")
    call("import", "leads", leads)
    call("set", "A-1", "land=30亩")
    before = call("history", "A-1")[1]
    assert call("password")[1]["error"]["where"] == "XIANGTU_NEW_PASSWORD"
    assert sqlite.is_plain(tmp_path / "x.db")
    for old, new in (("", PASSWORD), (PASSWORD, "第二个密码")):
        monkeypatch.setenv(sqlite.PASSWORD_VARIABLE, old)
        monkeypatch.setenv("XIANGTU_NEW_PASSWORD", new)
        code, answer, _err = call("password")
        assert code == DONE
        assert sqlite.is_plain(Path(answer["kept"])) is not bool(old)
        assert b"CANARY" not in (tmp_path / "x.db").read_bytes()
        assert call("show", "A-1")[1]["error"]["kind"] == "password"
        monkeypatch.setenv(sqlite.PASSWORD_VARIABLE, new)
        assert call("history", "A-1")[1] == before
        assert call("doctor")[1]["ok"]
    assert call("set", "A-1", "land=31亩")[0] == DONE
    assert call("undo", "2")[0] == DONE
    assert call("search", "canary")[1]["total"] == 1


def test_a_database_that_is_open_elsewhere_keeps_its_form(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call("imports")
    before = (tmp_path / "x.db").read_bytes()
    monkeypatch.setenv("XIANGTU_NEW_PASSWORD", PASSWORD)
    with closing(Database(tmp_path / "x.db")) as other, other.read() as session:
        session.connection()
        code, answer, _err = call("password")
    assert (code, answer["error"]["kind"]) == (MENDABLE, "database")
    assert "正在其他窗口或程序中使用" in answer["error"]["message"]
    assert (tmp_path / "x.db").read_bytes() == before


def test_a_password_for_a_plain_database_is_told(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert call("imports")[0] == DONE
    monkeypatch.setenv(sqlite.PASSWORD_VARIABLE, PASSWORD)
    code, _answer, err = call("imports")
    assert code == DONE
    assert "未加密" in err
    assert call("backup", tmp_path / "b.db")[0] == DONE
    assert sqlite.is_plain(tmp_path / "b.db")


def test_a_person_at_a_terminal_is_asked(encrypted: Path) -> None:
    master, slave = pty.openpty()
    words = [sys.executable, "main.py", "--database", str(encrypted), "search", "CANARY"]
    here = {name: value for name, value in os.environ.items() if name != sqlite.PASSWORD_VARIABLE}
    with subprocess.Popen(
        words, stdin=slave, stdout=subprocess.PIPE, stderr=slave, cwd=ROOT, env=here, start_new_session=True
    ) as process:
        os.close(slave)
        asked = b""
        while "密码：".encode() not in asked:
            asked += os.read(master, 1024)
        os.write(master, PASSWORD.encode() + b"\n")
        assert process.stdout is not None
        said = process.stdout.read().decode()
    os.close(master)
    assert process.returncode == DONE
    assert "CANARY项目" in said
    assert PASSWORD not in asked.decode() + said
