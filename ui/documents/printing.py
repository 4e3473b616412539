"""A PDF on a printer, off the window's thread: a page takes a tenth of a second to draw in the printer's dots."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

DPI = 300
"""A page at the printer's own 1200 dpi would take half a gigabyte as a picture."""

POINTS = 72


def print_pages(pdf: bytes, printer: QPrinter) -> int:
    """Draw every page on a printer; return how many. Everything it works with is made by the thread that calls it."""
    buffer = QBuffer()
    buffer.setData(pdf)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    printer.setResolution(DPI)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    painter = QPainter(printer)
    pages = document.pageCount()
    for number in range(pages):
        if number:
            printer.newPage()
        size = document.pagePointSize(number) * (DPI / POINTS)
        painter.drawImage(painter.viewport(), document.render(number, QSize(round(size.width()), round(size.height()))))
    painter.end()
    document.close()
    return pages
