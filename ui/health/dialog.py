"""What was found in a ledger, kind by kind: verdicts, duplicates, doubtful cells, missing facts. Nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from crm.domain.inspection.words import Section, sections, summary
from crm.i18n import _
from ui.icons import Glyph
from ui.tables.lazy_model import LazyModel
from ui.tables.lines import make_table
from ui.theme.tokens import Tokens
from ui.widgets.dialogs import fit_dialog
from ui.widgets.labels import button, label, row

if TYPE_CHECKING:
    from crm.domain.inspection.health import Inspected

WIDTH, HEIGHT = 1040, 720
SHARED = 900
"""Logical pixels the columns share, by the shares of a page."""


class HealthDialog(QDialog):
    """The page of one ledger."""

    page_asked = Signal()  # to be kept as one page

    def __init__(self, found: Inspected, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Health of {file}").format(file=found.file))
        fit_dialog(self, tokens.px(WIDTH), tokens.px(HEIGHT))
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("What was found"))
        self.tabs.setExpanding(False)
        self._stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 18, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(label(found.file, "record", wrap=True))
        for line in (*found.notes, *summary(found.health)):
            layout.addWidget(label(line, wrap=True))
        layout.addWidget(self.tabs)
        layout.addWidget(self._stack, 1)
        page = button(_("Save as PDF"), self.page_asked.emit, glyph=Glyph.PDF, tokens=tokens)
        told = label(_("Nothing was written; no database is needed."), "meta")
        layout.addLayout(row(told, None, page, button(_("Close"), self.accept, role="primary")))
        told_of = sections(found.health)
        for section in told_of:
            self._add(section, tokens)
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self.tabs.setCurrentIndex(next((place for place, one in enumerate(told_of) if one.rows), 0))

    def _add(self, section: Section, tokens: Tokens) -> None:
        self.tabs.addTab(_("{title} ({count})").format(title=section.title, count=len(section.rows)))
        if not section.rows:
            self._stack.addWidget(label(section.none, "second", wrap=True))
            return
        model = LazyModel(section.heads, self)
        model.set_lines(len(section.rows), section.rows.__getitem__)
        whole = sum(section.widths)
        widths = [SHARED * share // whole for share in section.widths[:-1]]
        self._stack.addWidget(make_table(model, section.title, widths, tokens))
