"""``xiangtu demo`` as a newcomer calls it: everything once, nothing twice."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from crm.commands.line import DONE, MENDABLE, Doors, run
from crm.database import Database
from crm.domain.thresholds import Verdict
from crm.jobs import finish
from crm.jobs.demonstration import DATABASE, fill_demonstration
from crm.queries.demonstration import demonstration_state
from crm.queries.history import change_sets
from crm.services.health import examine
from crm.workspace import open_workspace
from main import doors

pytestmark = pytest.mark.xdist_group("demo")  # one worker: the demonstration is made once

ROOT = Path(__file__).resolve().parents[3]


def call(folder: Path, *words: str, lend: Doors | None = None, text: bool = False) -> tuple[int, Any, str]:
    out, err = StringIO(), StringIO()
    more = [] if text else ["--json"]
    code = run([*more, "demo", "--folder", str(folder), *words], lend or doors(), out, err)
    return code, out.getvalue() if text else json.loads(out.getvalue()), err.getvalue()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """Return the folder of a demonstration and what the command answered."""
    folder = tmp_path_factory.mktemp("demo") / "演示"
    code, answer, _said = call(folder, "--no-window")
    assert code == DONE
    return folder, answer


def test_all_six_verdicts_occur_and_everything_is_written(demo: tuple[Path, dict[str, Any]]) -> None:
    folder, answer = demo
    assert all(answer["verdicts"][verdict.value] for verdict in Verdict)
    assert sum(answer["verdicts"].values()) == answer["leads"] == 32
    assert answer["duplicates"] == 1
    assert answer["matched"]["with_community"] > answer["matched"]["with_fund"] > 0
    assert answer["allocation"]["status"] == "optimal"
    files = [Path(each) for each in answer["files"]]
    assert all(each.is_file() and each.parent == folder for each in files)
    kinds = [each.suffix for each in files]
    assert [kinds.count(ending) for ending in (".db", ".pdf", ".docx", ".xlsx")] == [1, 19, 1, 2]
    painted = [each for each in files if each.name.startswith(("leads-", "import-"))]
    assert len(painted) == 6
    pages = sum(len(PdfReader(each).pages) for each in files if each.suffix == ".pdf")
    assert kinds.count(".png") == pages + len(painted)
    assert {"import", "check", "match", "allocate", "documents", "ledger"} <= set(answer["seconds"])


def test_everything_says_that_it_is_made_up(demo: tuple[Path, dict[str, Any]]) -> None:
    folder, answer = demo
    for file in answer["files"]:
        if file.endswith(".pdf"):
            reader = PdfReader(io.BytesIO(Path(file).read_bytes()))
            assert all("虚构" in page.extract_text() for page in reader.pages)
    sheet = load_workbook(folder / "招商线索台账.xlsx").worksheets[0]
    names = [
        cell.value for column in sheet.iter_cols() if any(c.value == "项目名称" for c in column) for cell in column
    ]
    assert sum("虚构" in str(name) for name in names) == 32
    database = Database(folder / DATABASE)
    with database.read() as session:
        assert demonstration_state(session) is not None
    assert [check for check in examine(database) if not check.ok] == []
    database.close()


def test_a_second_run_makes_nothing_twice(demo: tuple[Path, dict[str, Any]]) -> None:
    """As ``make run`` calls it on a server: a new process that no screen is told to."""
    folder, answer = demo
    before = {file: Path(file).read_bytes() for file in answer["files"] if not file.endswith(".db")}
    sets = sets_of(folder)
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    done = subprocess.run(
        [sys.executable, ROOT / "main.py", "--json", "demo", "--folder", folder],
        env={name: value for name, value in os.environ.items() if name not in screens},
        capture_output=True,
        check=True,
    )
    again = json.loads(done.stdout)
    assert (again["written"], again["files"]) == ([], answer["files"])
    assert all(counts["same"] == counts["data"] for counts in again["imports"].values())
    assert sets_of(folder) == sets
    assert {file: Path(file).read_bytes() for file in before if not is_of_the_window(file)} == {
        file: content for file, content in before.items() if not is_of_the_window(file)
    }


def test_made_up_leads_are_added_up_to_the_number(demo: tuple[Path, dict[str, Any]]) -> None:
    folder, answer = demo
    quick = Doors(renderers=doors().renderers)  # no pictures
    counts = [call(folder, "--leads", number, lend=quick)[1] for number in ("20", "50", "50", "10")]
    assert [each["made_up"] for each in counts] == [20, 30, 0, 0]
    assert counts[-1]["leads"] == answer["leads"] + 50
    assert counts[-1]["matched"] == answer["matched"]
    assert call(folder, "--leads", "-1")[0] == MENDABLE


def test_the_window_is_opened_where_a_screen_is(
    demo: tuple[Path, dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _answer = demo
    opened: list[str | None] = []

    def open_window(place: str | None, by: str | None) -> int:
        assert by is None
        opened.append(place)
        return DONE

    lend = Doors(renderers=doors().renderers, open_window=open_window)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":1")
    assert call(folder, lend=lend)[0] == DONE
    assert opened == [str(folder / DATABASE)]
    monkeypatch.delenv("DISPLAY")
    text = call(folder, lend=lend, text=True)[1]
    assert len(opened) == 1
    assert "演示数据：企业、项目、研发社区和基金均为虚构" in text


def test_real_data_are_never_filled_with_made_up_ones(tmp_path: Path) -> None:
    place = tmp_path / DATABASE
    open_workspace(place, "李", settings_folder=tmp_path).database.close()
    (tmp_path / "单.json").write_text('[{"name": "真实项目"}]', encoding="utf-8")
    quiet = StringIO()
    assert run(["--database", str(place), "import", "leads", str(tmp_path / "单.json")], out=quiet, err=quiet) == DONE
    code, answer, _said = call(tmp_path, "--no-window")
    assert (code, answer["error"]["kind"]) == (MENDABLE, "database")
    assert len(sets_of(tmp_path)) == 1


def test_what_was_cancelled_goes_on_the_next_time(tmp_path: Path) -> None:
    place = tmp_path / "neu" / DATABASE
    job = fill_demonstration(place)
    while "地块" not in next(job).text:
        pass
    job.close()
    filled = finish(fill_demonstration(place))
    assert [answer["counts"]["same"] for answer in filled.imports.values()] == [6, 7, 0, 0, 0, 0]
    assert filled.changed > 0


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    code, answer, _said = call(tmp_path / "file" / "demo", "--no-window")
    assert (code, answer["error"]["kind"]) == (MENDABLE, "file")


def is_of_the_window(file: str) -> bool:
    return Path(file).name.startswith(("leads-", "import-"))


def sets_of(folder: Path) -> list[int]:
    database = Database(folder / DATABASE)
    with database.read() as session:
        found = [each.id for each in change_sets(session)]
    database.close()
    return found
