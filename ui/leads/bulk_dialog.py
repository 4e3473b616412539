"""One change for many leads, with a preview of what it would do before anything is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from crm.domain.stages.explain import explain_refusals, stage_name
from crm.domain.stages.pipeline import STAGES, refusals
from crm.i18n import _, ngettext
from ui.desk import Desk
from ui.widgets.dialogs import GrowingDialog
from ui.widgets.labels import button, label, name_box, row

SHOWN = 12
REST_MS = 120
"""The preview is worked out when one stops typing."""


@dataclass(frozen=True, slots=True)
class _Preview:
    """What a change would do: of so many leads some have the value already, some would be refused with these words."""

    count: int
    same: int
    refused: Sequence[str]


class BulkDialog(GrowingDialog):
    """Asks for a stage or an officer and shows how many leads would change, are so already, or would be refused."""

    asked = Signal(object, str)  # changes, reason

    def __init__(self, desk: Desk, ids: Sequence[int], field: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._field, self._number = desk, field, 0
        self._leads: Sequence[Mapping[str, Any]] = ()
        self.setWindowTitle(_("Change stage") if field == "stage" else _("Assign"))
        self.resize(desk.tokens.px(520), desk.tokens.px(420))
        self.stage = QComboBox()
        name_box(self.stage, _("Stage"))
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
        self.take.setDefault(True)
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
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._work_out)
        self.stage.currentIndexChanged.connect(lambda _place: self._changed())
        self.owner.textChanged.connect(lambda _text: self._changed())
        self.reason.textChanged.connect(self._changed)
        self._ask(ids)

    def _ask(self, ids: Sequence[int]) -> None:
        from crm.queries.leads import load_lead_rows  # noqa: PLC0415
        from crm.queries.records import load  # noqa: PLC0415

        def ask(session: Any) -> Sequence[Mapping[str, Any]]:  # noqa: ANN401
            if self._field == "stage":
                return [record.values for record in load(session, "leads", ids)]
            return [{"owner": each.owner} for each in load_lead_rows(session, ids) if each is not None]

        def loaded(leads: Sequence[Mapping[str, Any]]) -> None:
            self._leads = leads
            self._work_out()

        self._desk.ask(ask, loaded)

    def _changes(self) -> dict[str, Any]:
        if self._field == "stage":
            return {"stage": str(self.stage.currentData())}
        return {"owner": self.owner.text().strip() or None}

    def _changed(self) -> None:
        self.take.setEnabled(False)
        self._rest.start()

    def _work_out(self) -> None:
        """Ask off the window's thread what the change would do; only the last answer is shown."""
        self._number += 1
        number, leads = self._number, self._leads
        changes, reason = self._changes(), self.reason.toPlainText().strip()

        def show(preview: _Preview) -> None:
            if number == self._number and not self._rest.isActive():
                self._show(preview)

        self._desk.runner.query(lambda: _preview(leads, changes, reason), show, self._desk.fail)

    def _show(self, preview: _Preview) -> None:
        count, same, refused = preview.count, preview.same, preview.refused
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
        self.take.setEnabled(bool(count) and not refused and same < count)

    def _take(self) -> None:
        self.asked.emit(self._changes(), self.reason.toPlainText().strip())
        self.accept()


def _preview(leads: Iterable[Mapping[str, Any]], changes: Mapping[str, Any], reason: str) -> _Preview:
    count, same, refused = 0, 0, []
    for values in leads:
        count += 1
        if all(values.get(name) == value for name, value in changes.items()):
            same += 1
            continue
        after = {**values, **changes}
        why = refusals(values, after, reason) if "stage" in changes else ()
        if why:
            refused.append(
                f"{values.get('name') or values.get('code')}：{explain_refusals(why, after, with_names=False)}"
            )
    return _Preview(count, same, refused)
