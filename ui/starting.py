"""Starting: the application with its fonts, the first look at a database, opening it off the window's thread."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from ui.theme.faces import FAMILIES, add_first_faces

if TYPE_CHECKING:
    from crm.workspace import Workspace

NEEDED_SOON = ("crm.queries.leads", "crm.queries.peek", "crm.jobs.standings", "ui.leads.peek", "ui.leads.editing")
"""Modules imported with the database, off the window's thread."""

NEEDED_TO_BEGIN = ("ui.first_run.opening", "crm.jobs.demonstration", "crm.workspace")
"""Modules imported while one reads the page of the first start: the database's take a second."""

NEEDED_LATER = (
    "ui.calculator.page",
    "ui.records.page",
    "ui.matching.page",
    "ui.preferences.page",
    "ui.records.form",
    "ui.history.page",
    "ui.releases.page",
    "crm.queries.change_log",
    "crm.jobs.fits",
    "ui.leads.form",
    "ui.imports.page",
    "crm.jobs.imports",
    "crm.jobs.lead_lists",
    "crm.jobs.headings",
    "ui.documents.opening",
    "ui.exports.opening",
    "crm.jobs.exports",
    "crm.jobs.forms",
    "holidays",
)
"""Modules imported when the window has settled, off its thread: else it would stand still at their first use."""


def make_application(arguments: Sequence[str] = ("xiangtu",)) -> QApplication:
    """Return the application with our fonts; a scale of the screen is passed through unrounded, as Qt 6 does."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication([*arguments, "-style", "fusion"])
    application.setApplicationName("xiangtu")
    add_first_faces()
    font = QFont(list(FAMILIES))
    font.setPixelSize(13)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    application.setFont(font)
    return application


def name_of(place: str) -> str:
    """Return the last part of a path or URL: what people call it."""
    return place.replace("\\", "/").rstrip("/").rpartition("/")[2] or place


def collect_again() -> None:
    """Let Python look for garbage again after the start, but not among what was imported: that takes 100 ms a time."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def look_at(place: str) -> Sequence[Any] | None:
    """Return the first leads of a plain file, before SQLAlchemy is imported; None where that cannot be done."""
    from crm.queries.first_look import first_look  # noqa: PLC0415  (imported after the first paint)

    return first_look(place)


def import_later() -> None:
    """Import what is needed at the first visit of other pages: not on the window's thread."""
    for name in NEEDED_LATER:
        import_module(name)


def import_to_begin() -> None:
    """Import what the choices of the first start need: not on the window's thread."""
    for name in NEEDED_TO_BEGIN:
        import_module(name)


def open_place(place: str, officer: str | None, folder: Path, password: str | None = None) -> Workspace:
    """Open a database, and import meanwhile what the page of the leads will need: not on the window's thread.

    Raises:
        PasswordError: it is encrypted, and the password is missing or not its own.
    """
    from crm.workspace import open_workspace  # noqa: PLC0415  (imported after the first paint)

    workspace = open_workspace(place, officer, key=password, settings_folder=folder)
    for name in NEEDED_SOON:
        import_module(name)
    return workspace
