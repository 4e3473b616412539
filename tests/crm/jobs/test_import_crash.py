"""An import that is killed is done or not begun, never half; the next start says which."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest

from crm.commands.line import run
from crm.database import Database
from crm.jobs.import_journal import cut_off_imports, note_begin
from crm.jobs.imports import Request, run_import
from crm.workspace import open_workspace

ROOT = Path(__file__).resolve().parents[3]
ROWS = 800
KILLS = 3
MANY_KILLS = 60
EARLIEST, LATEST = 0.4, 5.0
"""Seconds after which the process is killed: from reading the program to long after the commit."""


def ledger(path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("项目名称", "投资方", "总投资（万元）", "用地（亩）", "责任人"))
        for number in range(ROWS):
            writer.writerow(
                (f"第{number}号试验项目（虚构）", f"第{number}号公司", 1000 + number, 5 + number % 40, "孙某")
            )
    return path


def killed_import(database: Path, file: Path, after: float) -> None:
    """Start an import as the user does, in a process of its own, and kill it."""
    words = [sys.executable, "main.py", "--database", str(database), "--by", "王", "import", "leads", str(file)]
    child = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(after)  # the kill must fall anywhere, so nothing can be waited for
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()


def state(database: Path) -> tuple[int, list[str], bool]:
    """Return how many leads there are, what the next start says, and whether everything is sound."""
    workspace = open_workspace(database, by="test", settings_folder=database.parent)
    with workspace.database.engine.connect() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM leads").scalar_one()
    workspace.database.close()
    out = StringIO()
    sound = run(["--database", str(database), "--json", "doctor"], out=out, err=StringIO()) == 0
    checks = {check["name"]: check["ok"] for check in json.loads(out.getvalue())["checks"]}
    return int(count), list(workspace.warnings), sound or all(checks[name] for name in ("integrity", "history"))


def kill_often(template: Path, folder: Path, times: int) -> set[int]:
    """Kill imports at different moments; return the numbers of leads that were found afterwards."""
    file = ledger(folder / "台账.csv")
    found = set()
    for number in range(times):
        database = folder / f"{number}.db"
        database.write_bytes(template.read_bytes())
        killed_import(database, file, EARLIEST + (LATEST - EARLIEST) * number / times)
        count, told, sound = state(database)
        assert count in (0, ROWS)
        assert sound
        assert all("台账.csv" in words for words in told)
        assert all(("全部写入" in words) is (count == ROWS) for words in told)
        assert state(database)[1] == []  # told once
        assert run(["--database", str(database), "import", "leads", str(file)], out=StringIO(), err=StringIO()) == 0
        assert state(database)[0] == ROWS
        found.add(count)
        database.unlink()
    return found


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_killed_import_is_done_or_not_begun(sqlite_template: Path, tmp_path: Path) -> None:
    assert kill_often(sqlite_template, tmp_path, KILLS) <= {0, ROWS}


@pytest.mark.soak
@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_many_killed_imports_are_done_or_not_begun(sqlite_template: Path, tmp_path: Path) -> None:
    assert kill_often(sqlite_template, tmp_path, MANY_KILLS) == {0, ROWS}


def test_what_became_of_an_import_is_told_once(database: Database) -> None:
    note_begin(database, "00000000-0000-7000-8000-000000000001", file="台账.xlsx", by="王")
    with database.read() as session:
        [found] = cut_off_imports(session)
    assert (found.batch, found.file) == (None, "台账.xlsx")
    assert "什么都没有写入" in found.text


def test_an_import_that_ends_or_is_cancelled_leaves_no_note(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("项目名称,用地（亩）\n甲项目（虚构）,5\n", encoding="utf-8")
    job = run_import(database, Request("leads", file, "王", backups=str(tmp_path)))
    steps = [next(job).done for _ in range(3)]
    assert steps[-1] >= 3  # the note stands, the backup is made or not needed
    with database.read() as session:
        assert len(cut_off_imports(session)) == 1
    job.close()
    with database.read() as session:
        assert cut_off_imports(session) == []


def test_an_import_that_still_runs_elsewhere_is_not_taken_for_a_crash(database: Database) -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        with database.write(by="王", why="test") as session:
            from crm.services.drafts import keep_draft  # noqa: PLC0415

            note = {"file": "a.csv", "by": "王", "at": "2999-01-01T00:00:00+00:00", "process": str(child.pid)}
            keep_draft(session, "import:x", note | {"machine": os.uname().nodename}, None)
            keep_draft(session, "import:y", note | {"machine": "another"}, None)
        with database.read() as session:
            assert cut_off_imports(session) == []
    finally:
        child.communicate(b"\n")
    with database.read() as session:
        assert [each.uid for each in cut_off_imports(session)] == ["x"]
