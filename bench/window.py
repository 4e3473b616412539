"""The window on a million leads: pages, start, scrolling, search, opening a lead (issue 3, performance.md §5 and §10).

Everything is offscreen. Budgets are held against the time of the processor, of all threads together: a busy machine
does not lengthen it. On a quiet one it is the time by the clock, which stands beside it; opening a lead has 100 ms by
either.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time, thread_time

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QTableView

from bench import first_pages, window_start
from bench.first_pages import MOST_WORDS
from bench.leads import BRANDS
from bench.search import FOLDER, MILLION, built
from bench.stage import Painted, Stage
from bench.standings import fill_standings
from bench.table import Line, alternating, median, percentile95
from crm.workspace import open_workspace
from ui.search import open_palette
from ui.tables.paged_model import PAGE

REPAINT_TIMES, REPAINT_MS = 1.6, 16.7
KEY_TIMES = 1.5
OPEN_MS = 100.0
FLOOR_ROWS = 2000


def lines(
    count: int = MILLION, folder: Path = FOLDER, rounds: int = 60, starts: int = 15, words: int = MOST_WORDS
) -> list[Line]:
    """Return the figures; the database is built when it is not in the folder, and brought to the newest schema."""
    database = built(count, folder)
    with TemporaryDirectory() as home:
        open_workspace(database, by="bench", settings_folder=Path(home)).database.close()
        fill_standings(database)
        found = [*first_pages.lines(database, words), *window_start.lines(database, starts)]
        stage = Stage(database, Path(home))
        try:
            found += [*repaint(stage, rounds), *keystroke(stage, rounds), *opening(stage, rounds)]
        finally:
            stage.close()
    return found


def repaint(stage: Stage, rounds: int) -> list[Line]:
    """Return a full repaint of the list at rows never painted before, beside a C++ model in as large a view."""
    ours, floor = stage.page.list.view, _floor(stage)
    _load(stage, rounds + 1)

    def scrolled(view: QTableView) -> None:
        bar = view.verticalScrollBar()
        bar.setValue((bar.value() + view.viewport().height()) % (bar.maximum() + 1))
        view.viewport().repaint()

    for view in (ours, floor):  # warm
        scrolled(view)
    own, theirs = alternating(rounds, lambda: scrolled(ours), lambda: scrolled(floor), clock=thread_time)
    ours.scrollToTop()
    floor.deleteLater()
    what, beside, least = "list, full repaint while scrolling", "QStandardItemModel, median", median(theirs)
    return [
        Line(f"{what}, median", median(own), beside, least, REPAINT_TIMES * least, f"{REPAINT_TIMES:g} x the floor"),
        Line(f"{what}, p95", percentile95(own), beside, least, REPAINT_MS, f"{REPAINT_MS:g} ms"),
    ]


def _load(stage: Stage, screens: int) -> None:
    """Wait until the rows of so many screens are there."""
    view, model = stage.page.list.view, stage.page.list.model
    last = min(model.rowCount() - 1, screens * (view.viewport().height() // view.rowHeight(0) + 1))
    for row in (*range(0, last, PAGE), last):
        model.row(row)
    stage.until(lambda: all(model.row(row) is not None for row in (*range(0, last, PAGE), last)))


def _floor(stage: Stage) -> QTableView:
    """Return a plain table of the same size, rows, columns and words, its model in C++, its delegate Qt's own."""
    ours, model = stage.page.list.view, stage.page.list.model
    shown = [place for place in range(model.columnCount()) if not ours.isColumnHidden(place)]
    items = QStandardItemModel(FLOOR_ROWS, len(shown))
    for row in range(FLOOR_ROWS):
        source = row % max(1, min(50, model.rowCount()))
        for place, column in enumerate(shown):
            items.setItem(row, place, QStandardItem(str(model.index(source, column).data() or "")))
    table = QTableView()
    items.setParent(table)
    table.setModel(items)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.verticalHeader().setDefaultSectionSize(ours.verticalHeader().defaultSectionSize())
    for place, column in enumerate(shown):
        table.setColumnWidth(place, ours.columnWidth(column))
    table.resize(ours.size())
    table.show()
    stage.settle()
    around = ours.viewport().size() - table.viewport().size()
    table.resize(table.size() + around)
    stage.settle()
    return table


def keystroke(stage: Stage, rounds: int) -> list[Line]:
    """Return a key typed into the search until its answer is painted, beside a bare repaint of the list.

    The list is what the floor of performance.md §10 repaints; the search alone, a quarter of it, stands beside it too.
    """
    palette = open_palette(stage.desk, stage.window, (), (), lambda _kind, _id: None)
    painted, view = Painted(palette.answers.viewport()), stage.page.list.view.viewport()
    stage.until(lambda: palette.answers.count() > 0 and painted.times > 0)
    typed = [0]

    def key() -> None:
        typed[0] += 1
        before, first = palette.answers.item(0), painted.times
        palette.line.setText(BRANDS[typed[0] % len(BRANDS)])
        stage.until(lambda: palette.answers.item(0) is not before and painted.times > first)

    key()
    own, bare, least = alternating(rounds, key, view.repaint, palette.repaint, clock=process_time)
    waited, bare_waited, _least = alternating(rounds, key, view.repaint, palette.repaint)
    palette.close()
    stage.settle()
    what, beside, floor = "search, key to painted answer, median", "a bare repaint of the list", median(bare)
    budget = f"{KEY_TIMES:g} x the floor"
    return [
        Line(f"{what}, of the processor", median(own), beside, floor, KEY_TIMES * floor, budget),
        Line(f"{what}, by the clock", median(waited), beside, median(bare_waited)),
        Line(f"{what}, beside the search alone", median(own), "a bare repaint of the search", median(least)),
    ]


def opening(stage: Stage, rounds: int) -> list[Line]:
    """Return a row chosen in the list until its lead stands beside it whole, painted: threshold and match too."""
    page = stage.page
    painted = Painted(page.peek)
    places = iter(range(1, 2 * rounds + 2))

    def opened() -> None:
        place, first = next(places), painted.times
        wanted = page.list.model.ids[place]
        page.list.view.go_to(place)
        stage.until(lambda: _shown(page) == wanted and painted.times > first)
        stage.settle()

    def filled() -> None:
        stage.until(page.peek.is_filled)  # also the cards out of sight, which belong to the lead before

    opened()
    _filled, own = alternating(rounds, filled, opened, clock=process_time)
    _filled, waited = alternating(rounds, filled, opened)
    what = "opening a lead, painted whole, p95"
    return [
        Line(f"{what}, of the processor", percentile95(own), limit=OPEN_MS, budget=f"{OPEN_MS:g} ms"),
        Line(f"{what}, by the clock", percentile95(waited), limit=OPEN_MS, budget=f"{OPEN_MS:g} ms"),
    ]


def _shown(page: object) -> int:
    facts = page.peek.facts_shown  # type: ignore[attr-defined]
    return facts.id if facts is not None else 0
