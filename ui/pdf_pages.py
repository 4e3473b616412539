"""Pages of a PDF as pictures: for a machine without a screen and for a look before printing."""

from __future__ import annotations

import glob
import os
import sys
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication

from crm.errors import FileRefusedError
from crm.i18n import _

DOTS = 110
"""Dots in one inch: 3号 is read without effort, a page has some 60 KB."""

POINTS = 72


def picture_pages(pdf: Path, folder: Path, dots: int = DOTS) -> list[Path]:
    """Write every page of a PDF as ``name-1.png``, ``name-2.png`` … into a folder; return the files.

    Works without a screen; pictures of an earlier, longer version of the same file are removed.

    Raises:
        FileRefusedError: the file is no PDF, or a picture cannot be written.
    """
    application = _application()
    document = QPdfDocument(application)
    try:
        if document.load(str(pdf)) != QPdfDocument.Error.None_:
            raise FileRefusedError(_("{path} is not a PDF file that can be read.").format(path=pdf), where=str(pdf))
        for old in folder.glob(f"{glob.escape(pdf.stem)}-*.png"):
            old.unlink()
        return [
            _write(document, page, folder / f"{pdf.stem}-{page + 1}.png", dots) for page in range(document.pageCount())
        ]
    finally:
        document.close()


def _write(document: QPdfDocument, page: int, target: Path, dots: int) -> Path:
    size = document.pagePointSize(page)
    wanted = QSize(round(size.width() * dots / POINTS), round(size.height() * dots / POINTS))
    paper = QImage(wanted, QImage.Format.Format_RGB32)
    paper.fill(QColor("white"))
    painter = QPainter(paper)
    painter.drawImage(0, 0, document.render(page, wanted))
    painter.end()
    if not paper.save(str(target)):
        raise FileRefusedError(_("{path} could not be written.").format(path=target), where=str(target))
    return target


def _application() -> QGuiApplication:
    """Return the one application there is; without a screen it is made for none."""
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    do_without_screen()
    return _keep(QApplication([]))  # the window's pages may be painted after the documents'


def do_without_screen() -> None:
    """Let Qt paint into memory where no screen is; to be called before the application is made."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in screens):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


_kept: list[QGuiApplication] = []


def _keep(application: QGuiApplication) -> QGuiApplication:
    """Hold on to the application: Python would else delete it while Qt still needs it."""
    _kept.append(application)
    return application
