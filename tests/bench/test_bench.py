"""The benches measure what they say, on small figures: their table, their floors, their budgets."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from bench import accuracy, documents, duplicates, exports, imports, search, window, workbooks
from bench.table import Line, machine, percentile95, table


def test_a_line_says_whether_its_budget_is_kept() -> None:
    assert Line("a", 2.0, "floor", 1.0, limit=2.0).kept is True
    assert Line("a", 2.1, "floor", 1.0, limit=2.0).kept is False
    assert Line("a", None, "floor", 1.0, limit=2.0).kept is False
    assert Line("a", 2.0).kept is None
    head, row = table([Line("import", 2500.0, "floor", 1000.0, limit=4000.0, budget="4 x")]).splitlines()
    assert head.split() == ["what", "ours", "floor", "or", "peer", "theirs", "ratio", "budget", "kept"]
    assert row.split() == ["import", "2.50", "s", "floor", "1.00", "s", "2.50x", "4", "x", "yes"]
    assert "load" in machine()


def test_percentile95() -> None:
    assert percentile95([float(number) for number in range(100)]) == 95
    assert percentile95([7.0]) == 7


def test_the_import_is_whole_and_beside_its_floor() -> None:
    beside_floor, processor, beside_peer = imports.lines(rows=60, rounds=1)
    assert beside_floor.ours
    assert beside_floor.theirs
    assert beside_floor.limit == imports.TIMES_FLOOR * beside_floor.theirs
    assert processor.ours
    assert processor.theirs
    assert beside_peer.ours == beside_floor.ours


def test_the_export_is_whole_and_beside_xlsxwriter() -> None:
    beside_peer, processor = exports.lines(rows=60, rounds=1)
    assert beside_peer.ours
    assert beside_peer.theirs
    assert beside_peer.limit == exports.TIMES_PEER * beside_peer.theirs
    assert processor.ours
    assert processor.theirs


def test_the_search_builds_its_database_once(tmp_path: Path) -> None:
    found = search.lines(count=300, queries=5, folder=tmp_path)
    assert all(line.ours and line.theirs for line in found)
    assert sum(line.limit is not None for line in found) == 4
    made = (tmp_path / "leads-300.db").stat().st_mtime_ns
    assert search.built(300, tmp_path).stat().st_mtime_ns == made


def test_duplicates() -> None:
    names, leads = duplicates.lines(500)
    assert (names.limit, leads.limit) == (duplicates.NAMES_LIMIT, duplicates.LIMIT)
    assert all((names.ours, names.theirs, leads.ours, leads.theirs))


def test_workbooks() -> None:
    reading, writing, by_cells = workbooks.lines(rows=50, rounds=1)
    assert reading.theirs
    assert reading.limit == workbooks.READ_TIMES * reading.theirs + workbooks.READ_START
    assert writing.ours == by_cells.ours
    assert by_cells.theirs


@pytest.mark.shared
def test_the_accuracy_of_short_names_is_told() -> None:
    assert accuracy.short_names() == "short names of companies: 8,614 pairs, recall 0.868, precision 0.969"


def test_the_window_is_measured_whole(tmp_path: Path, qtbot: QtBot) -> None:
    del qtbot
    found = window.lines(count=300, folder=tmp_path, rounds=2, starts=1, words=1)
    assert all(line.ours for line in found)
    assert sum(line.limit is not None for line in found) == 11
    assert len({line.what for line in found}) == len(found)


def test_documents_are_measured_singly_and_in_bulk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")  # without LibreOffice, which takes half a minute
    single = documents.lines(documents=3, rounds=1)
    assert len(single) == 5
    assert all(line.ours for line in single)
    brief, _sheet, dossier, briefs, dossiers = single
    assert brief.limit == documents.BRIEF_LIMIT
    assert dossier.theirs
    assert dossier.limit == documents.TIMES_FLOOR * dossier.theirs
    assert briefs.what == "3 briefs in one job, 6 pages"
    assert dossiers.what.startswith("3 dossiers in one job")
