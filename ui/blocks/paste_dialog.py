"""A pasted block before it is written: every cell that would change, old and new, what is doubtful, what is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QDialog, QFrame, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from crm.domain.blocks.explain import cell_text, fate_text, why_text
from crm.domain.blocks.plan import TAKEN, Cell, Fate, after
from crm.domain.blocks.spread import Spread
from crm.domain.fields.registry import RECORD_FIELDS
from crm.domain.fields.words import list_mark
from crm.domain.fields.writing import value_to_text
from crm.errors import ConflictError, UserError
from crm.i18n import _, ngettext
from ui.tables.lazy_model import LazyModel
from ui.tables.lines import make_table
from ui.widgets.dialogs import fit_dialog
from ui.widgets.labels import boxed, button, column, label, row

if TYPE_CHECKING:
    from crm.services.blocks import Line, Plan
    from ui.desk import Desk

REST_MS = 150
WHY = 5
"""The column that says why."""
WIDTHS = (190, 110, 130, 130, 110)


class Ask(NamedTuple):
    """What is asked when a block has more lines than records are chosen.

    Attributes:
        chosen: records that are chosen.
        lines: of the block.
    """

    chosen: int
    lines: int


class PasteDialog(QDialog):
    """It changes nothing before it is told to; then everything as one change, or with the reason said nothing."""

    written = Signal(int)  # cells
    undo_asked = Signal()

    def __init__(
        self,
        desk: Desk,
        kind: str,
        spread: Callable[[bool], Spread],
        parent: QWidget | None = None,
        *,
        ask: Ask | None = None,
        title: str = "",
    ) -> None:
        """Look at a block.

        Args:
            desk: of the window.
            kind: of the records.
            spread: which cell goes where, with or without the lines below what is chosen.
            parent: of the dialog.
            ask: None: there is nothing to ask about lines.
            title: of the dialog and of the change; pasting when it is "".
        """
        super().__init__(parent)
        self._desk, self._kind, self._spread_by, self._number = desk, kind, spread, 0
        self._title = title or _("Paste")
        self._spread = Spread({})
        self._plan: Plan | None = None
        self._rows: list[tuple[Line, Cell]] = []
        self.setWindowTitle(self._title)
        fit_dialog(self, desk.tokens.px(980), desk.tokens.px(620))
        self.told, self.left_out = label(_("Loading …"), wrap=True), label("", "second", wrap=True)
        self.all_lines, self.chosen_only = QRadioButton(), QRadioButton()
        self.reason = QLineEdit()
        self.reason.setAccessibleName(_("Reason"))
        self.reason.setPlaceholderText(_("Reason for going back, passing over a stage, or resting"))
        self.suspects = QCheckBox(_("Take the figures to be confirmed as they stand"))
        self.model = LazyModel((_("Record"), _("Field"), _("It was"), _("It would be"), _("Result"), _("Why")), self)
        self.table = make_table(self.model, _("Cells that change, are doubtful or refused"), WIDTHS, desk.tokens)
        self.why = label("", "second", wrap=True)
        self._refusal = label("", tone="bad", wrap=True)
        self.take = button(_("Write"), self._take, role="primary")
        self.take.setShortcut("Ctrl+Return")
        self.take.setEnabled(False)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._look)
        self._lay_out(ask)
        self._wire()
        self._look()

    @property
    def plan(self) -> Plan | None:
        """What is shown; None while it is worked out."""
        return self._plan

    # -- making

    def _lay_out(self, ask: Ask | None) -> None:
        question = self._question(ask)
        for widget in (self.suspects, self.left_out, self._refusal):
            widget.hide()
        self.reason.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        inner = column(question, self.told, self.left_out, self.reason, self.table, self.why, self.suspects)
        inner.setContentsMargins(20, 16, 20, 12)
        inner.setStretch(4, 1)
        foot = QFrame()
        foot.setObjectName("foot")
        acts = row(self._refusal, button(_("Cancel"), self.reject), self.take)
        acts.setStretch(0, 1)
        acts.insertStretch(1)
        acts.setContentsMargins(20, 12, 20, 12)
        foot.setLayout(acts)
        layout.addLayout(inner, 1)
        layout.addWidget(foot)

    def _question(self, ask: Ask | None) -> QWidget:
        """Return the choice between the lines that are chosen and all of the block."""
        group = QButtonGroup(self)
        for radio in (self.chosen_only, self.all_lines):
            group.addButton(radio)
        (self.all_lines if ask is not None and ask.chosen == 1 else self.chosen_only).setChecked(True)
        box = QFrame()
        box.setObjectName("warning")
        inner = QVBoxLayout(box)
        inner.setContentsMargins(12, 8, 12, 8)
        box.setVisible(ask is not None)
        if ask is None:
            return box
        text = ngettext(
            "The block has {lines} rows, {chosen} is chosen. Where does it go?",
            "The block has {lines} rows, {chosen} are chosen. Where does it go?",
            ask.chosen,
        )
        inner.addWidget(label(text.format(lines=f"{ask.lines:,}", chosen=f"{ask.chosen:,}"), tone="warn", wrap=True))
        self.chosen_only.setText(
            ngettext("The {count} chosen row only", "The {count} chosen rows only", ask.chosen).format(
                count=f"{ask.chosen:,}"
            )
        )
        self.all_lines.setText(
            ngettext(
                "{count} row from the first chosen one on", "{count} rows from the first chosen one on", ask.lines
            ).format(count=f"{ask.lines:,}")
        )
        inner.addWidget(boxed(row(self.chosen_only, self.all_lines, None, spacing=16)))
        return box

    def _wire(self) -> None:
        self.all_lines.toggled.connect(lambda _on: self._look())
        self.reason.textChanged.connect(lambda _text: self._wait())
        self.suspects.toggled.connect(lambda _on: self._show_count())
        self.table.selectionModel().currentRowChanged.connect(lambda now, _before: self._show_why(now.row()))

    # -- looking

    def _wait(self) -> None:
        self.take.setEnabled(False)
        self._rest.start()

    def _look(self, message: str = "") -> None:
        """Ask off the window's thread what the block would do; only the last answer is shown."""
        from crm.services.blocks import MOST_ROWS, plan_block  # noqa: PLC0415  (not before the first paint)

        self._number += 1
        self.take.setEnabled(False)
        number, kind, reason = self._number, self._kind, self.reason.text().strip()
        self._spread = self._spread_by(self.all_lines.isChecked())
        given = self._spread.given
        if len(given) > MOST_ROWS:
            text = _("At most {most} rows are pasted at once; {count} come by an import.")
            self.told.setText(text.format(most=f"{MOST_ROWS:,}", count=f"{len(given):,}"))
            return

        def show(plan: Plan) -> None:
            if number == self._number:
                self._show(plan)
                self._refuse(message)

        self._desk.ask(lambda session: plan_block(session, kind, given, reason), show)

    def _show(self, plan: Plan) -> None:
        self._plan = plan
        self._rows = [(line, cell) for line in plan.lines for cell in line.cells if cell.fate is not Fate.SAME]
        afters: dict[int, Mapping[str, Any]] = {line.record_id: after(line.values, line.cells) for line in plan.lines}

        def words(place: int) -> tuple[str, ...]:
            line, cell = self._rows[place]
            field = RECORD_FIELDS[self._kind][cell.field]
            before = value_to_text(field, line.values.get(cell.field)) or _("(nothing)")
            hidden = cell.fate is Fate.REFUSED and field.personal
            return (
                line.name or line.code,
                _(field.label),
                "****" if hidden else before,
                cell_text(self._kind, cell),
                fate_text(cell.fate),
                why_text(cell, afters[line.record_id]),
            )

        self.model.set_lines(len(self._rows), words)
        unsure = (Fate.REFUSED, Fate.DOUBTFUL, Fate.SUSPECT)
        first = next((place for place, (_line, cell) in enumerate(self._rows) if cell.fate in unsure), 0)
        self.table.selectRow(first)
        self._show_why(first)
        stepping = any(cell.steps or cell.refusals for _line, cell in self._rows)
        self.reason.setVisible(stepping or bool(self.reason.text()))
        self.suspects.setVisible(bool(plan.count(Fate.SUSPECT)))
        self._show_left_out(plan)
        self._show_count()

    def _show_why(self, place: int) -> None:
        """Show under the table, in as many lines as it takes, why the cell one is at is doubtful or refused."""
        self.why.setText(self.model.text(place, WHY) if 0 <= place < len(self._rows) else "")

    def _show_count(self) -> None:
        plan = self._plan
        if plan is None:
            return
        count = self._to_write(plan)
        parts = [
            ngettext("{count} cell is changed", "{count} cells are changed", count).format(count=f"{count:,}"),
            *(
                _("{count} {what}").format(count=f"{plan.count(fate):,}", what=fate_text(fate))
                for fate in (Fate.SAME, Fate.SUSPECT, Fate.DOUBTFUL, Fate.REFUSED)
                if plan.count(fate)
            ),
        ]
        self.told.setText(list_mark().join(parts))
        self.take.setText(_("Write {count} cells").format(count=f"{count:,}") if count else _("Write"))
        self.take.setEnabled(bool(count))

    def _to_write(self, plan: Plan) -> int:
        fates = TAKEN | {Fate.SUSPECT} if self.suspects.isChecked() else TAKEN
        return plan.count(*fates)

    def _show_left_out(self, plan: Plan) -> None:
        """Say which parts of the block go nowhere."""
        spread, told = self._spread, []
        if spread.passed_over:
            told.append(
                _("Not pasted, for it is worked out or no field: {names}.").format(
                    names=list_mark().join(spread.passed_over)
                )
            )
        if spread.lines_over:
            text = ngettext(
                "{count} row of the block is left out.", "{count} rows of the block are left out.", spread.lines_over
            )
            told.append(text.format(count=f"{spread.lines_over:,}"))
        if spread.columns_over:
            text = ngettext(
                "{count} column lies beyond the list.", "{count} columns lie beyond the list.", spread.columns_over
            )
            told.append(text.format(count=spread.columns_over))
        if plan.gone:
            text = ngettext("{count} record is no longer there.", "{count} records are no longer there.", plan.gone)
            told.append(text.format(count=plan.gone))
        self.left_out.setText("\n".join(told))
        self.left_out.setVisible(bool(told))

    # -- writing

    def _take(self) -> None:
        from crm.services.blocks import apply_block  # noqa: PLC0415

        plan, reason, suspect_too = self._plan, self.reason.text().strip(), self.suspects.isChecked()
        if plan is None or not self.take.isEnabled():
            return
        self.take.setEnabled(False)
        count = self._to_write(plan)
        names = list(dict.fromkeys(_(RECORD_FIELDS[self._kind][cell.field].label) for _line, cell in self._rows))
        why = _("{act}: {count} cells ({fields})").format(act=self._title, count=count, fields=list_mark().join(names))
        self._desk.change(
            lambda session: apply_block(session, plan, reason, suspect_too=suspect_too), why, self._done, self._failed
        )

    def _done(self, count: int) -> None:
        self.accept()
        self.written.emit(count)
        text = ngettext("{count} cell changed.", "{count} cells changed.", count).format(count=f"{count:,}")
        self._desk.tell(text, _("Undo"), self.undo_asked.emit)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, ConflictError):  # what is shown is no longer so: look again, and say why
            self._look(error.message)
        elif isinstance(error, UserError):
            self._refuse(error.message)
            self._show_count()
        else:
            self.reject()
            self._desk.fail(error)

    def _refuse(self, message: str) -> None:
        self._refusal.setText(message)
        self._refusal.setVisible(bool(message))
