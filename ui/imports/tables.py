"""Cells of a table in which one of several words is chosen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QTableView, QWidget

from ui.tables.lazy_model import LazyModel
from ui.tables.lines import make_table
from ui.theme.tokens import Tokens

Index = QModelIndex | QPersistentModelIndex
Choices = Sequence[tuple[str, str]]  # word, code


class ChoiceModel(LazyModel):
    """Lines in which some columns take a word of a list."""

    chosen = Signal(int, int, str)  # row, column, code

    def __init__(self, titles: Sequence[str], columns: Collection[int], parent: QObject | None = None) -> None:
        super().__init__(titles, parent)
        self._columns = frozenset(columns)
        self.choices: Callable[[int, int], Choices] = lambda _row, _column: ()
        self.current: Callable[[int, int], str] = lambda _row, _column: ""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let a cell be edited where there is something to choose."""
        flags = super().flags(index)
        if index.column() in self._columns and self.choices(index.row(), index.column()):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  (Qt's)
        text = super().data(index, role)
        if role == Qt.ItemDataRole.DisplayRole and self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return f"{text} ▽"
        return text


class ChoiceDelegate(QStyledItemDelegate):
    """Opens the list of words at once; choosing one is enough."""

    def __init__(self, model: ChoiceModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def createEditor(self, parent: QWidget, option: Any, index: Index) -> QWidget:  # noqa: ANN401  (Qt's)
        del option
        box = QComboBox(parent)
        for word, code in self._model.choices(index.row(), index.column()):
            box.addItem(word, code)
        title = self._model.headerData(index.column(), Qt.Orientation.Horizontal)
        box.setAccessibleName(str(title))
        box.activated.connect(lambda _place: self._taken(box))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(self._model.current(index.row(), index.column()))))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        del model
        code = str(editor.currentData()) if isinstance(editor, QComboBox) else ""
        if code != self._model.current(index.row(), index.column()):
            self._model.chosen.emit(index.row(), index.column(), code)

    def _taken(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)


def choice_table(model: ChoiceModel, name: str, widths: Sequence[int], tokens: Tokens) -> QTableView:
    """Return such a table in whose cells words are chosen: with F2, Enter or a click on the chosen row."""
    table = make_table(model, name, widths, tokens)
    table.setItemDelegate(ChoiceDelegate(model, table))
    return table
