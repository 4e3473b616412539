"""The form beside a document: which parts go out, what its paragraphs say, who receives it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QPlainTextEdit, QVBoxLayout, QWidget

from crm.i18n import N_, _
from ui.theme.tokens import Tokens
from ui.widgets.labels import button, label, row

if TYPE_CHECKING:
    from reports.editing import Edits, Part

WAIT_MS = 500
"""After the last key, before the pages are made anew."""

LINES = 6
"""Lines of the field in which a paragraph is rewritten."""

NAMES = {
    "title": N_("Title"),
    "table": N_("Table"),
    "chart": N_("Chart"),
    "signatures": N_("Places to sign"),
}
"""What a part is called whose words do not tell what it is."""

_INDENT = "　"


class EditPanel(QWidget):
    """Lists the parts of a document; a ticked one is printed, the words of a chosen paragraph can be changed."""

    changed = Signal()

    def __init__(self, parts: Sequence[Part], tokens: Tokens, parent: QWidget | None = None) -> None:
        """Show the parts as the program made them."""
        super().__init__(parent)
        self._parts = tuple(parts)
        self._texts: dict[int, str] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.changed)
        self.recipient, self.purpose = (_line(name) for name in (_("Recipient"), _("Purpose")))
        self.list = QListWidget()
        self.list.setAccessibleName(_("Parts of the document"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("Words of the paragraph"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * LINES + tokens.px(16))
        self.back = button(_("As the program wrote it"), self._back, role="link")
        self.doubts = label("", "meta", tone="warn", wrap=True)
        self.doubts.setAccessibleName(_("What does not agree with the data"))
        self._fill()
        self._lay_out(tokens)
        self.list.currentRowChanged.connect(lambda _row: self._choose())
        self.list.itemChanged.connect(self._ticked)
        self.text.textChanged.connect(self._typed)
        for field in (self.recipient, self.purpose):
            field.textChanged.connect(lambda _text: self._timer.start())
        self._choose()

    def edits(self) -> Edits:
        """Return what was changed: words that are those of the program are not."""
        from reports.editing import Edits  # noqa: PLC0415  (made when somebody edits)

        own = {part.number: part.text for part in self._parts}
        texts = {number: text for number, text in self._texts.items() if text != own[number]}
        rows = range(self.list.count())
        out = {self._parts[at].number for at in rows if self.list.item(at).checkState() is Qt.CheckState.Unchecked}
        return Edits(texts, frozenset(out))

    def tell(self, doubts: Sequence[str]) -> None:
        """Show what does not agree with the data, or nothing."""
        self.doubts.setText("\n".join(doubts))
        self.doubts.setVisible(bool(doubts))

    def _lay_out(self, tokens: Tokens) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 0, 12, 12)
        layout.setSpacing(tokens.px(6))
        received = _("Who receives it stands on the page and in the register; a confidential project names it on each.")
        for widget in (
            label(_("Recipient"), "second"),
            self.recipient,
            label(_("Purpose"), "second"),
            self.purpose,
            label(received, "meta", wrap=True),
            label(_("Printed are the ticked parts; choose a paragraph to change its words."), "second", wrap=True),
        ):
            layout.addWidget(widget)
        layout.addWidget(self.list, 1)
        layout.addLayout(row(label(_("Words of the paragraph"), "second"), None, self.back))
        layout.addWidget(self.text)
        layout.addWidget(self.doubts)
        self.tell(())

    def _fill(self) -> None:
        for part in self._parts:
            name = NAMES.get(part.kind.value, "")
            words = part.text.replace("\n", " ")
            told = _("{kind}: {words}").format(kind=_(name), words=words) if name and words else words or _(name)
            item = QListWidgetItem(_INDENT * max(0, part.level - 1) + told)
            item.setToolTip(part.text or _(name))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            if part.can_leave_out:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.list.addItem(item)

    def _part(self) -> Part | None:
        at = self.list.currentRow()
        return self._parts[at] if 0 <= at < len(self._parts) else None

    def _choose(self) -> None:
        """Show the words of the part that is chosen."""
        part = self._part()
        can = part is not None and part.can_rewrite
        with QSignalBlocker(self.text):
            self.text.setPlainText(self._texts.get(part.number, part.text) if part is not None and can else "")
        self.text.setEnabled(can)
        self._tell_back()

    def _typed(self) -> None:
        part = self._part()
        if part is not None and part.can_rewrite:
            self._texts[part.number] = self.text.toPlainText()
            self._tell_back()
            self._timer.start()

    def _back(self) -> None:
        """Take the paragraph back to the words of the program."""
        part = self._part()
        if part is not None and part.can_rewrite:
            self.text.setPlainText(part.text)

    def _tell_back(self) -> None:
        part = self._part()
        self.back.setEnabled(part is not None and self._texts.get(part.number, part.text) != part.text)

    def _ticked(self, item: QListWidgetItem) -> None:
        """Grey what is not printed: with a heading all that stands below it."""
        from reports.editing import below  # noqa: PLC0415  (made when somebody edits)

        at = self.list.row(item)
        with QSignalBlocker(self.list):
            for place in below(self._parts, at):
                self.list.item(place).setCheckState(item.checkState())
        self._timer.start()


def _line(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    return made
