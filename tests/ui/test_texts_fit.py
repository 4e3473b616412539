"""No word is cut: every label, button and heading of every page and dialog has the room it asks for.

Tried in English, the longer of the two languages, in the smallest window, and with texts two fifths longer still.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QToolButton,
    QWidget,
)

import crm.i18n
import main
from ui.gallery.frames import Frame, Wear
from ui.gallery.scenes import ON_DEMONSTRATION, ON_NOTHING, Scene
from ui.gallery.studio import Studio
from ui.leads.board import Board
from ui.pictures import settle
from ui.theme.tokens import Theme
from ui.widgets.elided import ElidedLabel
from ui.widgets.search_field import SearchField

SCENES = (
    "list",
    "peek-no-land",
    "peek-facts",
    "peek-threshold",
    "peek-match-open",
    "peek-follow-up-wrong",
    "peek-history",
    "filtered",
    "board",
    "today",
    "dashboard",
    "empty-filter",
    "error",
    "form-wrong",
    "agenda",
    "agenda-open-year",
    "plan",
    "paste",
    "paste-none",
    "stage-dialog",
    "bulk-refused",
    "conflict",
    "preferences",
    "palette",
    "calculator",
    "communities",
    "communities-fits",
    "records-form",
    "matching-weights",
    "rules",
    "rules-form",
    "weights",
    "dictionaries",
    "history",
    "import-batches",
    "releases",
    "calculator-empty",
    "import-page",
    "import-known",
    "import-known-rows",
    "read-only",
)
LONGER = 0.4
FILLING = " lorem ipsum dolor sit amet consetetur sadipscing elitr sed diam nonumy eirmod tempor invidunt ut labore et"
SLACK = 1
"""Logical pixels: a style sheet rounds."""


@pytest.fixture
def studio(
    qapp: QApplication, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[[Path | None], Studio]]:
    """Return what opens a window in the look asked for."""
    opened: list[Studio] = []
    language, frame = request.param

    def open_(database: Path | None) -> Studio:
        made = Studio(qapp, main.doors().renderers, tmp_path, Wear(Theme.LIGHT, language, frame))
        opened.append(made)
        made.open(Path(copyfile(database, tmp_path / "fit.db")) if database else None)
        return made

    yield open_
    for each in opened:
        each.close()
    crm.i18n.set_language("zh_CN")


@pytest.mark.parametrize("studio", [("en", Frame(1280, 720))], indirect=True, ids=["en"])
def test_every_word_has_its_room_in_the_smallest_window(studio: Callable[..., Studio], filled: Path) -> None:
    assert not _cut(studio, filled)


@pytest.mark.parametrize("studio", [("en", Frame(1366, 768))], indirect=True, ids=["longer"])
def test_texts_two_fifths_longer_have_their_room(
    studio: Callable[..., Studio], filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crm.i18n, "_said", lambda _key, english: _longer(english))
    assert not _cut(studio, filled)


def test_the_longer_language_is_longer_and_keeps_its_places() -> None:
    assert _longer("Change stage") == "Change stage lore"
    assert _longer("{count} chosen") == "{count} chosen lo"


def test_what_is_cut_is_found(qapp: QApplication) -> None:
    del qapp
    window = QWidget()
    window.resize(60, 40)
    label = QLabel("This is wider than its window", window)
    label.resize(200, 20)
    button = QPushButton("This is wider than its button", window)
    button.resize(40, 20)
    window.show()
    assert [fault.partition(":")[0] for fault in _faults(window)] == ["outside", "narrow"]
    window.close()


def _cut(studio: Callable[..., Studio], filled: Path) -> list[str]:
    found: list[str] = []
    shown = studio(filled)
    for name in SCENES:
        found += _look(shown, name, ON_DEMONSTRATION[name])
        shown.window.set_banner("")
        shown.back()
    shown.close()
    first = studio(None)
    for name, scene in ON_NOTHING.items():
        found += _look(first, name, scene)
    return found


def _look(studio: Studio, name: str, scene: Scene) -> list[str]:
    scene(studio)
    settle(200)
    windows = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    return [f"{name}: {fault}" for window in windows for fault in _faults(window)]


def _faults(window: QWidget) -> list[str]:
    """Return what is cut in a window: a word in its widget, or a widget in what is around it."""
    faults: list[str] = []
    kinds = (QLabel, QPushButton, QToolButton, QComboBox)
    for widget in (each for kind in kinds for each in window.findChildren(kind)):
        if not isinstance(widget, kinds) or isinstance(widget, ElidedLabel | SearchField):
            continue  # those that give way say the whole in their tooltip
        if widget.isVisible() and widget.window() is window:
            words = _words(widget)
            if words and _narrow(widget):
                faults.append(f"narrow: {words!r} has {widget.size().toTuple()}, asks {_asked(widget)}")
            if words and (around := _outside(widget, window)):
                faults.append(f"outside: {words!r} leaves its {around}")
    for table in window.findChildren(QTableView):
        faults += _heads(table)
    return sorted(faults, key=lambda fault: not fault.startswith("outside"))


def _words(widget: QLabel | QPushButton | QToolButton | QComboBox) -> str:
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QToolButton) and widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
        return ""
    return widget.text()


def _narrow(widget: QLabel | QPushButton | QToolButton | QComboBox) -> bool:
    width, height = _asked(widget)
    return widget.width() + SLACK < width or widget.height() + SLACK < height


def _asked(widget: QLabel | QPushButton | QToolButton | QComboBox) -> tuple[int, int]:
    """Return the least width and height its words need."""
    if isinstance(widget, QLabel) and widget.wordWrap():
        return 0, widget.heightForWidth(widget.width())
    if isinstance(widget, QComboBox):
        return widget.fontMetrics().horizontalAdvance(widget.currentText()) + 34, 0
    return widget.sizeHint().width(), 0


def _outside(widget: QWidget, window: QWidget) -> str:
    """Return what cuts a widget off, or "": a page that scrolls downwards cuts nothing off below."""
    room, parent = QRect(QPoint(0, 0), widget.size()), widget.parentWidget()
    scrolls = False
    while parent is not None:
        place = room.translated(widget.mapTo(parent, QPoint(0, 0)))
        if isinstance(parent.parentWidget(), Board):
            break  # its lanes are scrolled to sideways
        scrolls = scrolls or isinstance(parent.parentWidget(), QAbstractScrollArea)
        over = place.left() < -SLACK or place.right() > parent.width() + SLACK
        below = place.bottom() > parent.height() + SLACK and not scrolls
        if over or below:
            return type(parent).__name__
        if parent is window:
            break
        parent = parent.parentWidget()
    return ""


def _heads(table: QTableView) -> list[str]:
    head, model = table.horizontalHeader(), table.model()
    if not table.isVisible() or model is None:
        return []
    shown = [place for place in range(head.count()) if not head.isSectionHidden(place)]
    return [
        f"narrow: heading {model.headerData(place, head.orientation())!r}" for place in shown if _head_cut(head, place)
    ]


def _head_cut(head: QHeaderView, place: int) -> bool:
    """Return whether a heading is cut; one that wraps must have room for its lines, each word whole."""
    text = str(head.model().headerData(place, head.orientation()) or "")
    asked = head.sectionSizeFromContents(place).width()
    sides = int(head.model().headerData(place, head.orientation(), Qt.ItemDataRole.TextAlignmentRole) or 0)
    if not sides & int(Qt.TextFlag.TextWordWrap):
        return head.sectionSize(place) + SLACK < asked
    font = head.font()
    font.setBold(True)
    measure = QFontMetrics(font)
    room = head.sectionSize(place) - max(0, asked - measure.horizontalAdvance(text))
    needed = measure.boundingRect(QRect(0, 0, room, 1000), int(Qt.TextFlag.TextWordWrap), text)
    return needed.width() > room + SLACK or needed.height() > head.height() + SLACK


def _longer(english: str) -> str:
    """Return a text two fifths longer; of one with two forms, both."""
    forms = english.split("\0")
    return "\0".join(form + FILLING[: math.ceil(LONGER * len(re.sub(r"{\w*}", "", form)))] for form in forms)
