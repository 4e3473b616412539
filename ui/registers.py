"""A list with a filter over it and, beside it, what is chosen: how registers are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QScrollArea, QSplitter, QVBoxLayout, QWidget

from crm.i18n import _
from ui.tables.lazy_model import LazyModel, Line
from ui.tables.lines import make_table
from ui.theme.tokens import Tokens
from ui.widgets.labels import label, name_box, row
from ui.widgets.states import States

if TYPE_CHECKING:
    from crm.database import Committed

TYPED_MS = 200
LIST_WIDTH, DETAIL_WIDTH, DETAIL_LEAST = 760, 420, 340


class Register(QWidget):
    """A page that asks for its list again after a change: at once where it is seen, else when it is come back to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stale = True

    def concerns(self, news: Committed) -> bool:
        """Return whether a change may be seen in the list; any may, unless a page knows better."""
        del news
        return True

    def reload(self) -> None:
        """Ask for the list again."""
        raise NotImplementedError

    def news(self, news: Committed) -> None:
        """Look again after a change."""
        if self.concerns(news):
            self._stale = True
            if self.isVisible():
                self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        """Look again when the page is come back to after a change."""
        super().showEvent(event)
        if self._stale:
            self.reload()


class MasterDetail(QWidget):
    """Knows no rows: it is told how many there are and what each says, and tells which is chosen."""

    asked = Signal()  # the filter says something else
    chosen = Signal(int)  # row
    opened = Signal(int)  # row

    def __init__(
        self,
        name: str,
        columns: Sequence[tuple[str, int]],
        choices: Sequence[tuple[str, str]],
        tokens: Tokens,
    ) -> None:
        """Make an empty list.

        Args:
            name: what a screen reader says of the list.
            columns: their titles and widths at 100 %; the last takes what room there is.
            choices: code and words of the narrower lists there are; empty: no choice is offered.
            tokens: of the look.
        """
        super().__init__()
        self.filter = QLineEdit()
        self.filter.setAccessibleName(_("Filter"))
        self.filter.setPlaceholderText(_("Filter"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(tokens.px(240))
        self.choice = QComboBox()
        name_box(self.choice, _("Which"))
        for code, words in choices:
            self.choice.addItem(words, code)
        if not choices:
            self.choice.hide()
        self.told = label("", "second")
        self.model = LazyModel([title for title, _width in columns], self)
        self.table = make_table(self.model, name, [width for _title, width in columns[:-1]], tokens)
        self.states = States(self.table, tokens)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPED_MS)
        self.head = row(self.filter, self.choice, self.told, None)
        self._detail = QScrollArea()
        self._lay_out(name, tokens)
        self._timer.timeout.connect(self.asked.emit)
        self.filter.textChanged.connect(lambda _text: self._timer.start())
        self.choice.currentIndexChanged.connect(lambda _place: self.asked.emit())
        self.table.selectionModel().currentRowChanged.connect(lambda now, _before: self._tell(now.row()))
        self.table.activated.connect(lambda index: self.opened.emit(index.row()))

    def set_detail(self, detail: QWidget) -> None:
        """Put beside the list what shows the chosen row."""
        layout = detail.layout()
        if layout is not None:
            layout.setContentsMargins(12, 0, 0, 0)
        self._detail.setWidget(detail)

    def wanted(self) -> tuple[str, str]:
        """Return what the filter says: text and code of the choice."""
        return self.filter.text().strip(), str(self.choice.currentData() or "")

    def set_lines(self, count: int, line: Callable[[int], Line], place: int = 0) -> None:
        """Show so many rows and choose one."""
        self.model.set_lines(count, line)
        self.states.show_content()
        self._detail.show()
        if 0 <= place < count:
            self.table.selectRow(place)

    def set_nothing(self) -> None:
        """Show no rows and nothing beside them; the page says why in ``states``."""
        self.model.set_lines(0, lambda _place: ())
        self._detail.hide()

    def fail(self, error: BaseException, again: Callable[[], object]) -> None:
        """Say that the list could not be read."""
        self.set_nothing()
        self.states.fail(error, again)

    def add_keys(self, look_again: Callable[[], object]) -> None:
        """Answer Ctrl+F and F5 while the focus is in here."""
        keys: tuple[tuple[str, str, Callable[[], object]], ...] = (
            (_("Filter"), "Ctrl+F", self.filter.setFocus),
            (_("Look again"), "F5", look_again),
        )
        for text, key, do in keys:
            action = QAction(text, self)
            action.setShortcut(key)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _checked=False, do=do: do())
            self.addAction(action)

    def _tell(self, place: int) -> None:
        if 0 <= place < self.model.rowCount():
            self.chosen.emit(place)

    def _lay_out(self, name: str, tokens: Tokens) -> None:
        left = QWidget()
        lines = QVBoxLayout(left)
        lines.setContentsMargins(0, 0, 12, 0)
        lines.addLayout(self.head)
        lines.addWidget(self.states, 1)
        self._detail.setWidgetResizable(True)
        self._detail.setAccessibleName(_("{name}: the chosen one").format(name=name))
        self._detail.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._detail.setMinimumWidth(tokens.px(DETAIL_LEAST))
        self._detail.hide()  # until there is something to be shown
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(left)
        split.addWidget(self._detail)
        split.setSizes([LIST_WIDTH, DETAIL_WIDTH])
        split.setStretchFactor(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)
