"""A table of lines that are read and not changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.tables.lazy_model import LazyModel
from ui.theme.tokens import Tokens

ROW_HEIGHT, ROWS_AT_LEAST = 32, 4
HEAD_PADDING = 22
"""Logical pixels around the words of a heading."""


def make_table(model: LazyModel, name: str, widths: Sequence[int], tokens: Tokens) -> QTableView:
    """Return a table of fixed rows; the last column takes what room there is.

    Args:
        model: its lines.
        name: what a screen reader says.
        widths: of all columns but the last, at 100 %.
        tokens: of the look.
    """
    table = QTableView()
    table.setModel(model)
    table.setObjectName("lines")
    table.setAccessibleName(name)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setTabKeyNavigation(False)
    triggers = QAbstractItemView.EditTrigger
    table.setEditTriggers(triggers.SelectedClicked | triggers.DoubleClicked | triggers.EditKeyPressed)
    rows = table.verticalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(tokens.px(ROW_HEIGHT))
    set_widths(table, widths, tokens)
    head = table.horizontalHeader()
    head.setStretchLastSection(True)
    head.setHighlightSections(False)
    table.setMinimumHeight(tokens.px(ROW_HEIGHT * ROWS_AT_LEAST))
    return table


def set_widths(table: QTableView, widths: Sequence[int], tokens: Tokens) -> None:
    """Give the columns their widths at 100 %, and every heading the room its words need."""
    font, model = table.font(), table.model()
    font.setBold(True)  # a head measures itself so; to ask it for each column costs a tenth of a turn
    metrics = QFontMetrics(font)
    for column, width in enumerate(widths):
        title = str(model.headerData(column, Qt.Orientation.Horizontal))
        table.setColumnWidth(column, max(tokens.px(width), metrics.horizontalAdvance(title) + HEAD_PADDING))
