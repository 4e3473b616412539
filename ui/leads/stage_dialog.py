"""Moving a lead to another stage: asks for what the stage needs, in the same words as every other way in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QVBoxLayout

from crm.domain.fields.codes import STATUSES
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.stages.explain import explain_refusals, stage_name
from crm.domain.stages.pipeline import PLACES, STAGES, needs_of_step, refusals
from crm.errors import UserError
from crm.i18n import _
from ui.theme.tokens import Tokens
from ui.widgets.dialogs import GrowingDialog, fit_dialog
from ui.widgets.field_line import FieldLine
from ui.widgets.labels import button, clear, label, name_box, row


class StageDialog(GrowingDialog):
    """Chooses a stage (and a status), shows what it asks for, and says at once whether the core would take it."""

    chosen = Signal(object, str)  # changes: field name -> value; the reason

    def __init__(
        self, values: Mapping[str, Any], tokens: Tokens, parent: object = None, *, to: str | None = None
    ) -> None:
        """Offer a step: to the stage ``to`` (its code) where one is meant already, else to the next one."""
        super().__init__(parent)  # type: ignore[arg-type]  # a widget or None
        self._values = dict(values)
        self._lines: dict[str, FieldLine] = {}
        self.setWindowTitle(_("Change stage"))
        fit_dialog(self, tokens.px(460), tokens.px(420))
        self.stage = QComboBox()
        name_box(self.stage, _("Stage"))
        now = str(values.get("stage") or STAGES[0].code)
        for one in STAGES:
            self.stage.addItem(stage_name(one.code, values), one.code)
        self.stage.setCurrentIndex(PLACES[to] if to is not None else min(PLACES[now] + 1, len(STAGES) - 1))
        self.status = QComboBox()
        name_box(self.status, _("Status"))
        for choice in STATUSES:
            self.status.addItem(_(choice.label), choice.code)
        self.status.setCurrentIndex(max(0, self.status.findData(values.get("status") or "active")))
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName(_("Reason"))
        self.reason.setFixedHeight(64)
        self.reason.setTabChangesFocus(True)
        self._proof, self._refusal = label("", "meta", wrap=True), label("", tone="warn", wrap=True)
        self._needs = QVBoxLayout()
        self.take = button(_("Change stage"), self._take, role="primary")
        self.take.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(8)
        for title, widget in ((_("Stage"), self.stage), (_("Status"), self.status)):
            layout.addWidget(label(title, "second"))
            layout.addWidget(widget)
        layout.addWidget(self._proof)
        layout.addLayout(self._needs)
        layout.addWidget(label(_("Reason"), "second"))
        layout.addWidget(self.reason)
        layout.addStretch(1)
        layout.addWidget(self._refusal)
        layout.addLayout(row(None, button(_("Cancel"), self.reject), self.take))
        self.stage.currentIndexChanged.connect(lambda _place: self._show_needs())
        self.status.currentIndexChanged.connect(lambda _place: self._judge())
        self.reason.textChanged.connect(self._judge)
        self._show_needs()

    def changes(self) -> dict[str, Any]:
        """Return what would change; a field that cannot be read is left out.

        Raises:
            UserError: a field that cannot be read.
        """
        changed: dict[str, Any] = {}
        if self.stage.currentData() != self._values.get("stage"):
            changed["stage"] = self.stage.currentData()
        if self.status.currentData() != (self._values.get("status") or "active"):
            changed["status"] = self.status.currentData()
        for name, line in self._lines.items():
            value = line.value()
            if value is not None:
                changed[name] = value
        return changed

    def _show_needs(self) -> None:
        clear(self._needs)
        self._lines = {}
        stage = STAGES[PLACES[str(self.stage.currentData())]]
        self._proof.setText(_("Proof: {proof} ({basis})").format(proof=_(stage.proof), basis=stage.basis))
        for group in needs_of_step(self._values, stage.code):
            if any(self._values.get(name) is not None for name in group):
                continue
            name = group[0]
            line = FieldLine(LEAD_FIELDS[name], "")
            line.edited.connect(self._judge)
            self._lines[name] = line
            self._needs.addWidget(label(_(LEAD_FIELDS[name].label), "second"))
            self._needs.addWidget(line)
        self._judge()

    def _judge(self) -> None:
        try:
            changed = self.changes()
        except UserError as error:
            self._refuse(error.message)
            return
        after = {**self._values, **changed}
        refused = refusals(self._values, after, self.reason.toPlainText().strip())
        self._refuse(explain_refusals(refused, after, with_names=False) if refused else "")
        self.take.setEnabled(bool(changed) and not refused)

    def _refuse(self, why: str) -> None:
        self._refusal.setText(why)
        self.take.setEnabled(not why)

    def _take(self) -> None:
        self.chosen.emit(self.changes(), self.reason.toPlainText().strip())
        self.accept()
