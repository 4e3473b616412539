"""The front door: which command is meant, and how each kind of end is told to a person and to a script."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from crm.commands.line import BUG, CANCELLED, DONE, MENDABLE, WRONG_ARGUMENTS, Doors, run

ROOT = Path(__file__).resolve().parents[3]


def raising(error: BaseException) -> Callable[[str | None, str | None], int]:
    def window(_database: str | None, _by: str | None) -> int:
        raise error

    return window


def called(*words: str, doors: Doors | None = None) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    return run(words, doors, out, err), out.getvalue(), err.getvalue()


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return the folder of the log; there is a screen."""
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path


def test_a_bug_is_logged_for_its_owner_alone_and_told(screen: Path) -> None:
    code, out, err = called("--json", doors=Doors(open_window=raising(RuntimeError("a mistake of ours"))))
    [log] = screen.rglob("xiangtu.log")
    assert code == BUG
    assert json.loads(out)["error"] == {"kind": "bug", "message": err.strip(), "where": None}
    assert str(log) in err
    assert "a mistake of ours" in log.read_text("utf-8")
    assert log.stat().st_mode & 0o077 == 0


def test_a_bug_whose_log_cannot_be_written_is_told_all_the_same(screen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(screen / "file"))
    (screen / "file").write_text("no folder")
    code, _out, err = called(doors=Doors(open_window=raising(RuntimeError("a mistake of ours"))))
    assert code == BUG
    assert "RuntimeError: a mistake of ours" in err


def test_a_window_that_is_broken_off_ends_as_cancelled(screen: Path) -> None:
    assert called(doors=Doors(open_window=raising(KeyboardInterrupt())))[0] == CANCELLED
    assert list(screen.rglob("xiangtu.log")) == []


def test_wrong_arguments_end_with_2() -> None:
    with pytest.raises(SystemExit) as left:
        called("check", "--nosuch")
    assert left.value.code == WRONG_ARGUMENTS


@pytest.mark.parametrize("before", [("--by", "match"), ("--lang", "en", "--by", "import")])
def test_an_officer_may_have_the_name_of_a_command(before: tuple[str, ...]) -> None:
    code, out, _err = called(*before, "check", "--area", "高铁新城", "--land", "25", "--tax", "5000", "--json")
    assert (code, json.loads(out)["verdict"]) == (DONE, "met")


def test_an_address_that_is_none_is_told_without_its_password() -> None:
    code, out, err = called("imports", "--json", "--database", "postgresql://li:secret@host:port/x")
    assert (code, json.loads(out)["error"]["kind"]) == (MENDABLE, "database")
    assert "secret" not in out + err


def test_a_reader_that_has_seen_enough_is_no_mistake(tmp_path: Path) -> None:
    command = [sys.executable, "main.py", "template", "leads", str(tmp_path / "a.xlsx")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        told = child.stderr.read()
        assert (child.wait(60), told) == (DONE, b"")
