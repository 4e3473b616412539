"""Icons by name, in the colour of their place: glyphs of the Phosphor face (MIT) that the package qtawesome carries.

The face is loaded by hand: importing qtawesome loads all its faces and costs more than painting the whole frame.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPixmap

CENTRE = 0x0084
"""``Qt.AlignmentFlag.AlignCenter``; the namespace ``Qt`` takes 13 ms to import, a tenth of the frame's start."""


class Glyph(StrEnum):
    """The icons the window uses; the value is Phosphor's name. A test draws every one."""

    ADD = "plus"
    BACK = "caret-left"
    BOARD = "columns"
    CALENDAR = "calendar-blank"
    CALL = "phone"
    CHECK = "check"
    CLOSE = "x"
    COLUMNS = "sliders-horizontal"
    COPY = "copy"
    DASHBOARD = "chart-line-up"
    DATABASE = "database"
    DOWN = "caret-down"
    EDIT = "note-pencil"
    ENTERPRISE = "factory"
    FILTER = "funnel"
    FORWARD = "arrow-right"
    FOLDER = "folder-open"
    HISTORY = "clock-counter-clockwise"
    IMPORT = "file-arrow-up"
    INFO = "info"
    LEADS = "buildings"
    LESS = "arrow-down"
    LOCK = "lock"
    MATCH = "puzzle-piece"
    MEETING = "users"
    MET = "check-circle-fill"
    MORE = "dots-three"
    MORE_TAX = "arrow-up"
    NEXT = "caret-right"
    NOT_MET = "x-circle-fill"
    NOTE = "chat-text"
    PASTE = "clipboard-text"
    PDF = "file-pdf"
    PLAY = "play"
    PRINT = "printer"
    STATISTICS = "chart-bar"
    QUESTION = "question"
    REDO = "arrow-clockwise"
    SAVE = "floppy-disk"
    SEARCH = "magnifying-glass"
    SETTINGS = "gear-six"
    TABLE = "rows"
    TODAY = "squares-four"
    THRESHOLD = "scales"
    UNDO = "arrow-counter-clockwise"
    UNKNOWN = "warning-circle-fill"
    VISIT = "car"
    WARNING = "warning"


@cache
def _family() -> str:
    fonts = QFontDatabase.addApplicationFont(str(next(_folder().glob("phosphor-[0-9]*.ttf"))))
    return QFontDatabase.applicationFontFamilies(fonts)[0]


@cache
def _codes() -> str:
    """Return the table of names and code points as it stands in its file: of its 9,000 entries few are looked for."""
    return next(_folder().glob("phosphor-charmap-*.json")).read_text(encoding="utf-8")


@cache
def _folder() -> Path:
    spec = find_spec("qtawesome")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("the package qtawesome is missing; run the set-up again")
    return Path(next(iter(spec.submodule_search_locations))) / "fonts"


def character(glyph: Glyph) -> str:
    """Return the character of a glyph in ``icon_font``."""
    _before, _name, after = _codes().partition(f'"{glyph.value}":')
    return chr(int(after.split('"', 2)[1], 16))


def icon_font(size: int) -> QFont:
    """Return the icon face at a size in logical pixels."""
    font = QFont(_family())
    font.setPixelSize(size)
    return font


@cache
def picture(glyph: Glyph, colour: str, size: int = 18, ratio: float = 2.0, beside: int = 0) -> QPixmap:
    """Return a glyph as a picture, ``size`` logical pixels square, sharp at the device pixel ratio.

    So many logical pixels ``beside`` it, at the right, are left free: they keep a text away from it. The glyph is cut
    out of a field of the colour: setting a pen would import the namespace ``Qt``.
    """
    shape, pixmap = (QPixmap(round((size + beside) * ratio), round(size * ratio)) for _each in range(2))
    for each in (shape, pixmap):
        each.setDevicePixelRatio(ratio)
        each.fill(QColor(0, 0, 0, 0))
    pixmap.fill(QColor(colour))  # once it has become one with an alpha channel
    painter = QPainter(shape)
    painter.setFont(icon_font(size))
    painter.drawText(QRectF(0, 0, size, size), CENTRE, character(glyph))
    painter.end()
    painter = QPainter(pixmap)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.drawPixmap(0, 0, shape)
    painter.end()
    return pixmap


def icon(glyph: Glyph, colour: str, size: int = 18, *, beside: int = 0, chosen: str = "") -> QIcon:
    """Return a glyph as an icon, with ``chosen`` as its colour where its button is."""
    made = QIcon(picture(glyph, colour, size, beside=beside))
    if chosen:
        made.addPixmap(picture(glyph, chosen, size, beside=beside), QIcon.Mode.Normal, QIcon.State.On)
    return made
