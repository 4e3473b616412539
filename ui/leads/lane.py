"""One lane of the board: its head with count and sums, and its cards, by page and of any number."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QVBoxLayout, QWidget

from crm.domain.stages.explain import stage_name
from crm.i18n import _, ngettext
from crm.queries.lead_list import FIRST_PAGE
from ui.leads.board_cards import GAP, CardDelegate, card_column
from ui.tables.paged_model import NO_PARENT, PagedTableModel
from ui.theme.tokens import STAGE_TONES, Tokens
from ui.widgets.elided import ElidedLabel
from ui.widgets.labels import label, pill, restyle, row

LEAD_FORMAT = "application/x-xiangtu-lead"
"""What a dragged card carries: the id of its lead."""

WIDE, FOLDED = 260, 116
"""Logical pixels at 100 % of a lane, and of one without cards."""

NEAR_THE_END = 8
"""Cards before the last that is here at which the others are asked for."""

Index = QModelIndex | QPersistentModelIndex


class LaneModel(PagedTableModel):
    """The cards of a lane; one can be dragged away."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        plain = super().flags(index)
        return plain | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else plain

    def mimeTypes(self) -> list[str]:
        return [LEAD_FORMAT]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        if indexes:
            data.setData(LEAD_FORMAT, str(int(self.ids[indexes[0].row()])).encode())
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction


class LaneView(QListView):
    """The cards, with the keys of the board: arrows walk, Enter opens, Space shows the lead beside."""

    chosen = Signal(int)
    opened = Signal(int)
    peeked = Signal()
    menu_asked = Signal(object)
    stepped = Signal(int)  # -1, 1: to the lane before, behind
    entered = Signal()  # it has the focus
    dropped = Signal(int)  # id of a lead
    hovered = Signal(bool)  # a card is held over it

    def __init__(self, model: LaneModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paged = model
        self.setModel(model)
        self.setObjectName("lane")
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(lambda index: self.opened.emit(int(model.ids[index.row()])))

    def current_id(self) -> int:
        """Return the id of the lead under the cursor, or 0."""
        number = self.currentIndex().row()
        return int(self._paged.ids[number]) if 0 <= number < len(self._paged.ids) else 0

    def go_to(self, number: int) -> None:
        """Put the cursor on a card (the last where there are fewer) and show it."""
        count = self._paged.rowCount()
        if count:
            index = self._paged.index(max(0, min(number, count - 1)), 0)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and self.hasFocus():
            self.chosen.emit(self.current_id())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.go_to(0)
        self.selectionModel().select(self.currentIndex(), self.selectionModel().SelectionFlag.ClearAndSelect)
        self.entered.emit()
        if self.current_id():
            self.chosen.emit(self.current_id())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.stepped.emit(-1 if key == Qt.Key.Key_Left else 1)
        elif plain and key in (Qt.Key.Key_J, Qt.Key.Key_K):
            self.go_to(self.currentIndex().row() + (1 if key == Qt.Key.Key_J else -1))
        elif plain and key == Qt.Key.Key_Space:
            self.peeked.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id():
            self.opened.emit(self.current_id())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.current_id():
            self.menu_asked.emit(event.globalPos())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._consider(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._consider(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self.hovered.emit(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which lead was let go here; the card moves when the change is written, not before."""
        self.hovered.emit(False)
        carried = bytes(event.mimeData().data(LEAD_FORMAT).data()).decode()
        if not carried.isdecimal():
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)  # Qt would take the card out of the lane it came from
        event.accept()
        self.dropped.emit(int(carried))

    def _consider(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(LEAD_FORMAT):
            event.acceptProposedAction()
            self.hovered.emit(True)
        else:
            event.ignore()


class Lane(QFrame):
    """A stage with its leads; one without leads is folded, and takes cards all the same."""

    whole_asked = Signal(str)  # its stage: somebody scrolls towards what is not here yet

    def __init__(self, stage: str, tokens: Tokens) -> None:
        super().__init__()
        self.setObjectName("laneBox")
        self.stage, self._tokens = stage, tokens
        self.title = stage_name(stage) if stage else _("(no stage)")
        self.model = LaneModel((card_column(),), self)
        self.view = LaneView(self.model)
        self.view.setItemDelegate(CardDelegate(tokens, self.model, self.view))
        self.view.setAccessibleName(self.title)
        self.whole = False
        """Whether all ids are here, not the first page alone."""
        self._name, self._count = label(self.title, "strong", wrap=True), pill("", STAGE_TONES.get(stage, "grey"))
        self._limit, self._investment = ElidedLabel("", "meta"), ElidedLabel("", "meta")
        self._land = ElidedLabel("", "meta")
        head = row(self._name, self._count, spacing=6)
        head.setStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 8, 4, 4)
        layout.setSpacing(2)
        top = QVBoxLayout()
        top.setContentsMargins(8, 0, 8, 4)
        top.setSpacing(1)
        top.addLayout(head)
        for line in (self._limit, self._investment, self._land):
            top.addWidget(line)
        layout.addLayout(top)
        layout.addWidget(self.view, 1)
        self._fold(folded=True)
        bar = self.view.verticalScrollBar()
        bar.valueChanged.connect(lambda _value: self._look_ahead())
        bar.rangeChanged.connect(lambda _least, _most: self._look_ahead())
        self.view.hovered.connect(lambda over: restyle(self, "over", "true" if over else "false"))
        restyle(self, "over", "false")

    def shown_rows(self) -> range:
        """Return the cards in sight."""
        first = self.view.indexAt(QPoint(GAP + 1, 0)).row()
        height = max(1, self.view.sizeHintForRow(0)) if self.model.rowCount() else 1
        return range(max(0, first), max(0, first) + self.view.height() // height + 2)

    def show_ids(self, ids: Sequence[int], *, whole: bool) -> None:
        """Show the cards of these leads."""
        self.whole = whole or len(ids) < FIRST_PAGE
        self.model.set_ids(ids)
        self._fold(folded=not ids)

    def show_head(self, count: int, investment: str, land: str, limit: int | None) -> None:
        """Show what the lane holds: how many, the sums with what they count, and the limit of the stage."""
        self._count.setText(f"{count:,}")
        self._investment.setText(investment)
        self._land.setText(land)
        self._limit.setText(_("limit {days} days").format(days=limit) if limit else _("no limit"))
        told = ngettext("{count} lead", "{count} leads", count).format(count=f"{count:,}")
        self.view.setAccessibleDescription(", ".join(part for part in (told, investment, land) if part))

    def _fold(self, *, folded: bool) -> None:
        self.setFixedWidth(self._tokens.px(FOLDED if folded else WIDE))
        for line in (self._investment, self._land):
            line.setVisible(not folded)

    def _look_ahead(self) -> None:
        """Ask for the other ids when one comes near the last card that is here."""
        if self.whole or not self.model.rowCount():
            return
        if self.shown_rows().stop + NEAR_THE_END >= self.model.rowCount(NO_PARENT):
            self.whole = True  # asked once
            self.whole_asked.emit(self.stage)
