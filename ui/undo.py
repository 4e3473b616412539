"""Undo and redo of every change the user made in this window, with words; the history of the database does the work."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from crm.domain.fields.registry import RECORD_FIELDS
from crm.i18n import _
from ui.desk import Desk
from ui.tables.lazy_model import LazyModel
from ui.tables.lines import make_table
from ui.theme.tokens import Tokens
from ui.widgets.dialogs import fit_dialog, open_dialog
from ui.widgets.labels import button, label, row

if TYPE_CHECKING:
    from crm.database import Committed
    from crm.services.history import Reverted

KEPT = 100


class UndoStack(QObject):
    """Knows which change sets this window made and which were taken back; each undo is a change set itself."""

    changed = Signal(str, str)  # what Undo and Redo would do, in words; "" for nothing
    done = Signal(object)  # Reverted

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._undo: list[tuple[int, str]] = []
        self._redo: list[tuple[int, str]] = []
        self._reverting = False

    def note(self, news: Committed) -> None:
        """Take note of a commit; one by somebody else, our own undo, or a print is not to be undone by Ctrl+Z."""
        if self._reverting or news.by != self._desk.workspace.user or not news.kinds:
            return
        self._undo = [*self._undo[-KEPT + 1 :], (news.change_set_id, news.why)]
        self._redo = []
        self._tell()

    def undo(self) -> None:
        """Take back the last change."""
        if self._undo:
            self._move(self._undo, self._redo, _("Undo {what}"))

    def redo(self) -> None:
        """Make again what was taken back last."""
        if self._redo:
            self._move(self._redo, self._undo, _("Redo {what}"))

    def take_back(self, change_set: int, record_id: int = 0, kind: str = "leads") -> None:
        """Take back any change set of the history; with ``record_id`` only what it did to that record."""
        why = _("Undo {what}").format(what=f"#{change_set}")
        if record_id:
            self._take_back_of(change_set, kind, record_id, why)
            return

        def taken(number: int | None) -> None:
            if number is not None:
                self._redo.append((number, f"#{change_set}"))
            self._tell()

        self._revert(change_set, why, taken)

    def _take_back_of(self, change_set: int, kind: str, record_id: int, why: str) -> None:
        from crm.services.history import take_back_of_record  # noqa: PLC0415  (not before the first paint)

        self._desk.change(
            lambda session: take_back_of_record(session, change_set, kind, record_id), why, self.done.emit
        )

    def _move(self, source: list[tuple[int, str]], target: list[tuple[int, str]], form: str) -> None:
        number, why = source.pop()

        def moved(new: int | None) -> None:
            if new is not None:
                target.append((new, why))
            self._tell()

        self._revert(number, form.format(what=why), moved)

    def _revert(self, number: int, why: str, then: Any) -> None:  # noqa: ANN401  (a function of the new number)
        from crm.database import writing_of  # noqa: PLC0415  (not before the first paint)
        from crm.services.history import revert  # noqa: PLC0415

        def work(session: Any) -> Any:  # noqa: ANN401
            done = revert(session, number)
            return done, writing_of(session).change_set_id

        def finished(answer: Any) -> None:  # noqa: ANN401
            self._reverting = False
            then(answer[1])
            self.done.emit(answer[0])

        def failed(error: BaseException) -> None:
            self._reverting = False
            self._tell()
            self._desk.fail(error)

        self._reverting = True
        self._desk.change(work, why, finished, failed)

    def _tell(self) -> None:
        self.changed.emit(self._undo[-1][1] if self._undo else "", self._redo[-1][1] if self._redo else "")


def tell_undone(done: Reverted, tell: Callable[..., None], tokens: Tokens, parent: QWidget) -> None:
    """Say how much was taken back; where something stays, offer to see what and why."""
    kept = len(done.kept) + len(done.failed)
    text = _("{number} records are as before.").format(number=len(done.reversed))
    if not kept:
        tell(text)
        return
    text += _(" {number} were changed since and stay.").format(number=kept)
    tell(text, _("Which?"), lambda: open_dialog(KeptDialog(done, tokens, parent)))


class KeptDialog(QDialog):
    """What an undo put back, what it left because somebody changed it since, and what could not be put back."""

    def __init__(self, done: Reverted, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("What was taken back, and what was not"))
        fit_dialog(self, tokens.px(760), tokens.px(480))
        reversed_ = _("{number} records are as before.").format(number=f"{len(done.reversed):,}")
        left = [(_("kept"), one) for one in done.kept] + [(_("failed"), one) for one in done.failed]
        self.model = LazyModel((_("What became of it"), _("Code"), _("Field"), _("Why")), self)

        def line(place: int) -> tuple[str, ...]:
            became, one = left[place]
            field = RECORD_FIELDS.get(one.kind, {}).get(one.field)
            return became, one.code, _(field.label) if field is not None else one.field, one.reason

        self.model.set_lines(len(left), line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.addWidget(label(reversed_))
        layout.addWidget(make_table(self.model, _("What was not taken back"), (110, 150, 150), tokens), 1)
        layout.addLayout(row(None, button(_("Close"), self.accept, role="primary")))
