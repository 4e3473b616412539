"""One change for many leads, with a preview of what it would do before anything is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from crm.domain.stages.explain import explain_refusals, stage_name
from crm.domain.stages.pipeline import STAGES, refusals
from crm.i18n import _, ngettext
from ui.desk import Desk
from ui.widgets.labels import button, label, row

SHOWN = 12


class BulkDialog(QDialog):
    """Asks for a stage or an officer and shows how many leads would change, are so already, or would be refused."""

    asked = Signal(object, str)  # changes, reason

    def __init__(self, desk: Desk, ids: Sequence[int], field: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._field = desk, field
        self._leads: list[Any] = []
        self.setWindowTitle(_("Change stage") if field == "stage" else _("Assign"))
        self.resize(desk.tokens.px(520), desk.tokens.px(420))
        self.stage = QComboBox()
        self.stage.setAccessibleName(_("Stage"))
        for one in STAGES:
            self.stage.addItem(stage_name(one.code), one.code)
        self.owner = QLineEdit()
        self.owner.setAccessibleName(_("Officer in charge"))
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName(_("Reason"))
        self.reason.setFixedHeight(60)
        self.reason.setTabChangesFocus(True)
        self.preview = label(_("Loading …"), wrap=True)
        self.details = label("", "meta", wrap=True)
        self.take = button(_("Change"), self._take, role="primary")
        self.take.setEnabled(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(8)
        layout.addWidget(label(_("Stage") if field == "stage" else _("Officer in charge"), "second"))
        layout.addWidget(self.stage if field == "stage" else self.owner)
        layout.addWidget(label(_("Reason"), "second"))
        layout.addWidget(self.reason)
        layout.addWidget(self.preview)
        layout.addWidget(self.details)
        layout.addStretch(1)
        layout.addLayout(row(None, button(_("Cancel"), self.reject), self.take))
        self.stage.currentIndexChanged.connect(lambda _place: self._show())
        self.owner.textChanged.connect(lambda _text: self._show())
        self.reason.textChanged.connect(self._show)
        self._ask(ids)

    def _ask(self, ids: Sequence[int]) -> None:
        from crm.queries.records import load  # noqa: PLC0415

        def loaded(leads: list[Any]) -> None:
            self._leads = leads
            self._show()

        self._desk.ask(lambda session: load(session, "leads", ids), loaded)

    def _changes(self) -> dict[str, Any]:
        if self._field == "stage":
            return {"stage": str(self.stage.currentData())}
        return {"owner": self.owner.text().strip() or None}

    def _show(self) -> None:
        changes, reason = self._changes(), self.reason.toPlainText().strip()
        same, refused = 0, []
        for lead in self._leads:
            if all(lead.values.get(name) == value for name, value in changes.items()):
                same += 1
                continue
            after = {**lead.values, **changes}
            why = refusals(lead.values, after, reason)
            if why:
                refused.append(f"{lead.values.get('name') or lead.code}：{explain_refusals(why, after)}")
        count = len(self._leads)
        text = ngettext(
            "Of {all} lead {changed} would change; {same} has this value already.",
            "Of {all} leads {changed} would change; {same} have this value already.",
            count,
        ).format(all=count, changed=count - same - len(refused), same=same)
        if refused:
            text += _(" {number} would be refused, so nothing can be done until that is settled:").format(
                number=len(refused)
            )
        self.preview.setText(text)
        self.details.setText("\n".join(refused[:SHOWN]))
        self.take.setEnabled(bool(self._leads) and not refused and same < count)

    def _take(self) -> None:
        self.asked.emit(self._changes(), self.reason.toPlainText().strip())
        self.accept()
