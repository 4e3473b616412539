"""The keys of the window, as a list to look at: F1."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from crm.i18n import N_, _
from ui.theme.tokens import Tokens
from ui.widgets.labels import button, row

KEYS: tuple[tuple[str, str], ...] = (
    ("Ctrl+K  /", N_("Search projects, resources and commands: characters, pinyin, initials; > for commands")),
    ("Ctrl+N", N_("New lead")),
    ("Ctrl+Shift+V", N_("Paste to register: a message becomes a lead")),
    ("F2", N_("Change the cell of the list; typing begins anew in it; Enter down, Tab to the side, Esc as it was")),
    ("Ctrl+E", N_("Edit the lead in its form")),
    ("Alt+→", N_("Change its stage")),
    ("Alt+←", N_("Back to the stage before")),
    ("Ctrl+Shift+L", N_("The list as a table or as a board")),
    ("← →", N_("On the board: the lane before or behind")),
    ("Ctrl+Shift+N", N_("Write down a follow-up")),
    ("Ctrl+Enter", N_("Save the form or the follow-up")),
    ("Ctrl+Z", N_("Undo the last change")),
    ("Ctrl+Y", N_("Redo")),
    ("Ctrl+P", N_("Brief: see it, then save or print")),
    ("↑ ↓  J K", N_("The next or the last lead in the list")),
    ("Alt+↑  Alt+↓", N_("The lead before or behind in the list, wherever the keys are")),
    ("Ctrl+↑ ↓  Ctrl+Space", N_("Move without choosing; choose one more")),
    ("Shift+↑ ↓  Ctrl+A", N_("Choose several, choose all")),
    ("Space  Ctrl+Shift+B", N_("Show or hide the lead beside the list")),
    ("Enter  Esc", N_("Go into the lead, and back to the list")),
    ("Ctrl+C", N_("Copy the chosen rows for Excel, or the block of cells")),
    ("Shift+← →  Ctrl+Shift+C", N_("Choose a block of cells (or draw over them); copy it with its headings")),
    ("Ctrl+V", N_("Paste cells of Excel or WPS: a preview shows old and new before anything is written")),
    ("Delete", N_("Empty the cell or the block, after a preview")),
    ("Ctrl+F", N_("Go to the filter")),
    ("Ctrl+S", N_("Save what is shown as a view; in a preview: as PDF")),
    ("Ctrl+Shift+F", N_("Put conditions together: any field, groups with and/or")),
    ("Ctrl+Shift+E", N_("Export the list, or the chosen leads")),
    ("Ctrl+Shift+P", N_("The list on paper: see it, then save or print")),
    ("F5", N_("Look again")),
    ("Ctrl+1 …", N_("The pages, in the order of the side bar")),
    ("Ctrl+B", N_("Side bar with words or icons only")),
    ("Ctrl+,", N_("Preferences")),
    ("F1  Ctrl+/", N_("These keys")),
)
"""Keys and what they do, the most used first; a test holds them against the keys the window listens to."""


class KeysDialog(QDialog):
    """Shows the keys; Escape or Enter leaves it."""

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keys"))
        self.resize(tokens.px(560), tokens.px(640))
        table = QTableWidget(len(KEYS), 2)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.setAccessibleName(_("Keys"))
        table.setHorizontalHeaderLabels([_("Key"), _("What it does")])
        table.verticalHeader().hide()
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        for place, (keys, words) in enumerate(KEYS):
            table.setItem(place, 0, QTableWidgetItem(keys))
            table.setItem(place, 1, QTableWidgetItem(_(words)))
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setStretchLastSection(True)
        close = button(_("Close"), self.accept, role="primary")
        close.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.addWidget(table)
        layout.addLayout(row(None, close))
