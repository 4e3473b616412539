"""Records of some kinds: a tab for each, a list with a filter; beside it the facts, the leads that fit, the history.

One page serves all that is no lead: what it shows of a kind follows from the registry.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QScrollArea, QSplitter, QTabBar, QToolButton, QVBoxLayout, QWidget

from crm.domain.fields.registry import KIND_LABELS, RECORD_FIELDS
from crm.i18n import _, ngettext
from ui.icons import Glyph
from ui.records import columns
from ui.records.detail import RecordDetail
from ui.records.editing import RecordEditing
from ui.tables.lazy_model import LazyModel
from ui.tables.lines import make_table, set_widths
from ui.widgets.labels import button, label, row
from ui.widgets.states import States

if TYPE_CHECKING:
    from crm.database import Committed
    from crm.queries.resources import Resource, Resources
    from ui.desk import Desk

TYPED_MS = 200
DETAIL_WIDTH, LIST_WIDTH = 420, 700


class RecordsPage(QWidget):
    """A list of records and the one that is chosen."""

    import_asked = Signal(str)  # kind
    export_asked = Signal(str, object)  # kind, ids in the order of the list
    lead_asked = Signal(int)
    undo_asked = Signal()
    print_asked = Signal(str, int)  # document, id of the record
    take_back_asked = Signal(int, str, int)  # change set; kind and id of the one record, "" and 0 for the whole
    note_changed = Signal(str)

    def __init__(self, desk: Desk, kinds: Sequence[str], today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk, self.kinds, self._asked = desk, tuple(kinds), 0
        self._rows: Sequence[Resource] = ()
        self._chosen = 0
        self._stale = True
        tokens = desk.tokens
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Kinds of record"))
        self.tabs.setExpanding(False)
        for kind in self.kinds:
            self.tabs.addTab(_(KIND_LABELS[kind]))
        for each in self.tabs.findChildren(QToolButton):  # the arrows beside many tabs: the keys ← → move there too
            each.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Filter: any fact, pinyin or initials of the name"))
        self.filter.setAccessibleName(_("Filter"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(tokens.px(320))
        self.told = label("", "second")
        self.new = button(_("New"), self._new, glyph=Glyph.ADD, tokens=tokens)
        self.importing = button(
            _("Import a list"), lambda: self.import_asked.emit(self.kind), glyph=Glyph.IMPORT, tokens=tokens
        )
        self.exporting = button(_("Export"), self._export, glyph=Glyph.SAVE, tokens=tokens)
        self.model = LazyModel((), self)
        self.table = make_table(self.model, _("Records"), (), tokens)
        self.states = States(self.table, tokens)
        self.detail = RecordDetail(desk, today)
        self.editing = RecordEditing(desk, self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPED_MS)
        self._timer.timeout.connect(self.reload)
        self.exporting.setEnabled(False)  # until there is something
        self._lay_out()
        self._wire()
        self._set_kind(0)

    @property
    def kind(self) -> str:
        """The kind of record that is shown."""
        return self.kinds[max(0, self.tabs.currentIndex())]

    def news(self, news: Committed) -> None:
        """Look again after a change of the records or of what fits them."""
        self._stale = self._stale or self.kind in news.kinds
        if self.kind in news.kinds and self.isVisible():
            self.reload()
        self.detail.news(news)

    def show_kind(self, kind: str, record_id: int = 0) -> None:
        """Show a kind of record, and one of them."""
        self._chosen = record_id
        if kind == self.kind:
            self.reload()
        else:
            self.tabs.setCurrentIndex(self.kinds.index(kind))

    def reload(self) -> None:
        """Ask for the list again; place and choice stay."""
        from crm.queries.resources import load_resources  # noqa: PLC0415  (not before the first paint)

        self._asked += 1
        number, kind, text = self._asked, self.kind, self.filter.text()
        self._stale = False
        if not self._rows:
            self.states.wait()

        def show(found: Resources) -> None:
            if number == self._asked:
                self._show(found)

        self._desk.ask(lambda session: load_resources(session, kind, text), show, self._failed)

    def showEvent(self, event: Any) -> None:  # noqa: ANN401  (Qt's)
        """Look again when the page is come back to after a change."""
        super().showEvent(event)
        if self._stale:
            self.reload()

    def _lay_out(self) -> None:
        head = row(self.filter, self.told, None, self.new, self.importing, self.exporting)
        head.setStretch(0, 1)
        left = QWidget()
        lines = QVBoxLayout(left)
        lines.setContentsMargins(0, 0, 12, 0)
        lines.addLayout(head)
        lines.addWidget(self.states, 1)
        right = QScrollArea()
        right.setWidgetResizable(True)
        right.setAccessibleName(_("The chosen record"))
        right.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        right.setWidget(self.detail)
        self._split = QSplitter()
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(left)
        self._split.addWidget(right)
        self._split.setSizes([LIST_WIDTH, DETAIL_WIDTH])
        self._split.setStretchFactor(0, 1)
        self._right = right
        right.hide()  # until there is a record to be shown
        right.setMinimumWidth(self._desk.tokens.px(340))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 12)
        layout.addWidget(self.tabs)
        layout.addWidget(self._split, 1)
        self.tabs.setVisible(len(self.kinds) > 1)

    def _wire(self) -> None:
        self.tabs.currentChanged.connect(self._set_kind)
        self.filter.textChanged.connect(lambda _text: self._timer.start())
        self.table.activated.connect(lambda _index: self._edit(""))
        self.detail.edit_asked.connect(self._edit)
        self.detail.lead_asked.connect(self.lead_asked.emit)
        self.detail.take_back_asked.connect(self.take_back_asked.emit)
        self.detail.print_asked.connect(self.print_asked.emit)
        self.editing.saved.connect(lambda _kind, record_id: setattr(self, "_chosen", record_id))
        self.editing.undo_asked.connect(self.undo_asked.emit)
        for text, key, do in (
            (_("Edit"), "F2", lambda: self._edit("")),
            (_("Filter"), "Ctrl+F", self.filter.setFocus),
            (_("Look again"), "F5", self.reload),
        ):
            action = QAction(text, self)
            action.setShortcut(key)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _checked=False, do=do: do())
            self.addAction(action)

    def _set_kind(self, _place: int) -> None:
        kind = self.kind
        self._rows = ()
        self.model = LazyModel(columns.titles(kind), self)
        self.table.setModel(self.model)
        self.table.setAccessibleName(_(KIND_LABELS[kind]))
        set_widths(self.table, columns.widths(kind), self._desk.tokens)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _before: self._choose(now.row()))
        self.new.setAccessibleName(_("New: {kind}").format(kind=_(KIND_LABELS[kind])))
        self.detail.show_nothing()
        self.reload()

    def _show(self, found: Resources) -> None:
        self._rows = found.rows
        self.model.set_lines(len(found.rows), lambda place: columns.line(found.rows[place]))
        self.told.setText(_told(found))
        self.note_changed.emit(_(KIND_LABELS[found.kind]))
        self.exporting.setEnabled(bool(found.rows))
        self._right.setVisible(bool(found.rows))
        if not found.total:
            self._say_empty(found.kind)
        elif not found.rows:
            self.states.say(Glyph.FILTER, _("Nothing fits this filter."), "", (_("Clear"), self.filter.clear))
        else:
            self.states.show_content()
            ids = [one.record.id for one in found.rows]
            self.table.selectRow(ids.index(self._chosen) if self._chosen in ids else 0)

    def _say_empty(self, kind: str) -> None:
        text = _("There are no records of this kind yet: {kind}.").format(kind=_(KIND_LABELS[kind]))
        more = _("Import the list you have, or enter the first one; what is not known stays empty.")
        acts = ((_("Import a list"), lambda: self.import_asked.emit(kind)), (_("New"), self._new))
        self.states.say(Glyph.DATABASE, text, more, *acts)
        self.detail.show_nothing()

    def _failed(self, error: BaseException) -> None:
        self._right.hide()
        self.states.fail(error, self.reload)

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self._rows):
            self._chosen = self._rows[place].record.id
            self.detail.show_record(self.kind, self._chosen)

    def _new(self) -> None:
        self.editing.new(self.kind)

    def _edit(self, field: str) -> None:
        if self._chosen and self._rows:
            self.editing.edit(self.kind, self._chosen, field)

    def _export(self) -> None:
        self.export_asked.emit(self.kind, [one.record.id for one in self._rows])


def _told(found: Resources) -> str:
    """Return how many there are, and how many of the founding document's entries are filled in."""
    count = ngettext("{count} record", "{count} records", len(found.rows)).format(count=f"{len(found.rows):,}")
    if len(found.rows) < found.total and not found.slots:
        return _("{count} of {total}").format(count=f"{len(found.rows):,}", total=f"{found.total:,}")
    if not found.slots:
        return count
    filled = _("filled in {filled}/{slots}").format(filled=found.filled, slots=found.slots)
    return f"{count} · {filled}"


def known_kinds(wanted: Sequence[str]) -> tuple[str, ...]:
    """Return those of some kinds that the registry has."""
    return tuple(kind for kind in wanted if kind in RECORD_FIELDS)
