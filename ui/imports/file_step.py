"""The first page of the wizard: which file, what its rows are; what was begun before, and what came in lately."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QFileDialog, QVBoxLayout, QWidget

from crm.domain.fields.registry import KIND_LABELS
from crm.i18n import N_, _, ngettext
from ui.icons import Glyph
from ui.imports.state import ImportState
from ui.theme.tokens import Tokens
from ui.widgets.dialogs import open_dialog
from ui.widgets.labels import Card, button, label, name_box, pill, row

if TYPE_CHECKING:
    from crm.queries.history import ChangeSetRow

FILES = "*.xlsx *.xlsm *.xls *.xlsb *.ods *.et *.csv *.tsv *.txt *.json"
ENCODINGS = ("UTF-8", "GB18030", "Big5", "UTF-16")
TEXT_FILES = frozenset((".csv", ".tsv", ".txt"))
KINDS = (
    *KIND_LABELS.items(),
    ("follow-ups", N_("Follow-ups")),
    ("contacts", N_("Contacts")),
)
"""What the rows of a file may be: the kinds of record there are, and what belongs to leads."""


class FileStep(QWidget):
    """Chooses; opens nothing itself."""

    file_chosen = Signal(object)  # Path
    check_asked = Signal(object)  # Path: its health only
    pasted = Signal(str)  # a block from a spreadsheet
    encoding_chosen = Signal(str)
    resumed = Signal()
    forgotten = Signal()
    undo_asked = Signal(int)

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = QComboBox()
        name_box(self.kind, _("What the rows are"))
        for code, name in KINDS:
            self.kind.addItem(_(name), code)
        choose = partial(self._choose, self.file_chosen.emit)
        self.choose = button(_("Choose a file"), choose, role="primary", glyph=Glyph.FOLDER, tokens=tokens)
        self.paste = button(_("Paste from a spreadsheet"), self._paste, glyph=Glyph.COPY, tokens=tokens)
        file = Card(_("Which file"), Glyph.IMPORT, tokens)
        words = _("Drop a workbook here, or choose one. Nothing is written before you have seen it.")
        file.body.addWidget(label(words, "second", wrap=True))
        file.body.addLayout(row(label(_("What the rows are"), "second"), self.kind, None))
        self.check = button(_("Check the health of a ledger"), lambda: self._choose(self.check_asked.emit), role="link")
        file.body.addLayout(row(self.choose, self.paste, self.check, None))
        self._encodings = Card(_("How the text file is written"), Glyph.QUESTION, tokens)
        self._begun = Card(_("Begun before"), Glyph.HISTORY, tokens)
        self._lately = Card(_("Imported lately"), Glyph.DATABASE, tokens)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for card in (self._encodings, self._begun, file, self._lately):
            layout.addWidget(card)
        layout.addStretch(1)
        self.show_encodings("")
        self.show_begun(None)
        self.show_lately(())

    def show_encodings(self, why: str) -> None:
        """Ask which encoding of a text file reads right; ``why`` says what is in doubt, "" asks nothing."""
        self._encodings.clear_body()
        self._encodings.setVisible(bool(why))
        if why:
            self._encodings.body.addWidget(label(why, wrap=True))
            acts = [button(name, partial(self.encoding_chosen.emit, name)) for name in ENCODINGS]
            self._encodings.body.addLayout(row(*acts, None))

    def show_begun(self, state: ImportState | None) -> None:
        """Offer to take up a file that was not finished."""
        self._begun.clear_body()
        self._begun.setVisible(state is not None)
        if state is None:
            return
        self._begun.body.addWidget(label(_("{file}: not imported yet.").format(file=state.path), wrap=True))
        self.resume = button(_("Go on with it"), self.resumed.emit, role="soft")
        acts = row(self.resume, button(_("Forget it"), self.forgotten.emit, role="link"), None)
        self._begun.body.addLayout(acts)

    def show_lately(self, sets: Sequence[ChangeSetRow]) -> None:
        """Show the last imports; each can be taken back."""
        self._lately.clear_body()
        self._lately.setVisible(bool(sets))
        for one in sets:
            when = one.at.astimezone().strftime("%Y-%m-%d %H:%M")
            count = ngettext("{count} record", "{count} records", one.records).format(count=f"{one.records:,}")
            told = _("{file}: {count}, {when}, {officer}").format(
                file=one.file or one.why, count=count, when=when, officer=one.by
            )
            line = row(label(told, wrap=True), spacing=8)
            line.setStretch(0, 1)
            if one.undone:
                line.addWidget(pill(_("taken back"), "grey"))
            else:
                act = button(_("Undo"), partial(self.undo_asked.emit, one.id), role="link")
                act.setAccessibleName(_("Undo {what}").format(what=one.file or one.why))
                line.addWidget(act)
            self._lately.body.addLayout(line)

    def _choose(self, then: Callable[[Path], object]) -> None:
        dialog = QFileDialog(self, _("Choose a file"), str(Path.home()), _("Ledgers ({pattern})").format(pattern=FILES))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: then(Path(path)))
        open_dialog(dialog)

    def _paste(self) -> None:
        self.pasted.emit(QGuiApplication.clipboard().text())
