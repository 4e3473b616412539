"""The steps of an import as scenes."""

from __future__ import annotations

from typing import Any

from crm.jobs.demonstration import LEDGERS, samples
from ui.gallery.studio import Studio
from ui.imports.page import COLUMNS, QUESTIONS
from ui.pictures import settle, wait_for


def import_page(studio: Studio) -> Any:  # noqa: ANN401  (the page)
    """Show the page of imports."""
    page = studio.window.go("imports")
    settle(60)
    return page


def import_file(studio: Studio, name: str, step: int = COLUMNS) -> Any:  # noqa: ANN401  (the page)
    """Show a step of the import of a sample."""
    page = import_page(studio)
    page.document = None
    page.open_file(samples() / name)
    wait_for(lambda: page.document is not None)
    page._go(step)
    settle(150)
    return page


def import_applied(studio: Studio) -> None:
    """Show what an import has done."""
    page = import_file(studio, LEDGERS[1])
    page._take_proposals()  # as by its button
    page.document = None
    page._check(QUESTIONS)
    wait_for(lambda: page.document is not None)
    page.document = None
    page._apply()
    wait_for(lambda: page.document is not None)
    settle(150)
