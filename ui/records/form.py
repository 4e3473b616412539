"""The form of any kind of record: a line for each field of the registry, read as it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from crm.domain.fields.registry import KIND_LABELS, RECORD_FIELDS, Field, Kind
from crm.i18n import _
from ui.theme.tokens import Tokens
from ui.widgets.dialogs import fit_dialog
from ui.widgets.field_line import FieldLine, typed
from ui.widgets.labels import button, label, row

DRAFT_AFTER_MS = 1000
"""A draft is at most two seconds old (promise 8): one second of waiting, one of writing."""

WIDE = frozenset({Kind.NOTE, Kind.SPACES, Kind.PLOTS, Kind.PHASES, Kind.LEASES, Kind.PLATFORMS, Kind.TAX_YEARS})
"""Kinds of field whose line takes both columns."""


class RecordForm(QDialog):
    """Makes or edits a record. It decides nothing: it hands what changed to whoever opened it."""

    kept = Signal(object)  # field name -> value, only what changed
    draft_changed = Signal(object)  # field name -> text
    thrown_away = Signal()

    def __init__(
        self,
        kind: str,
        values: Mapping[str, Any],
        tokens: Tokens,
        *,
        draft: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        fields = RECORD_FIELDS[kind]
        self._before = {name: typed(field, values.get(name)) for name, field in fields.items()}
        what = _(KIND_LABELS[kind])
        code = str(values.get("code") or "")
        title = _("Edit {kind}: {code}") if values else _("New: {kind}")
        self.setWindowTitle(title.format(kind=what, code=code))
        fit_dialog(self, tokens.px(720), tokens.px(720))
        self.lines: dict[str, FieldLine] = {}
        self._refusal = label("", tone="bad", wrap=True)
        self._refusal.hide()
        self.keep = button(_("Save"), self._save, role="primary")
        self.keep.setShortcut("Ctrl+Return")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._make_body(fields, draft or {}), 1)
        foot = QFrame()
        foot.setObjectName("foot")
        acts = row(self._refusal, button(_("Throw away"), self._throw_away, role="danger"), self.keep)
        acts.setStretch(0, 1)
        acts.insertStretch(1)
        acts.setContentsMargins(20, 12, 20, 12)
        foot.setLayout(acts)
        layout.addWidget(foot)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_AFTER_MS)
        self._timer.timeout.connect(lambda: self.draft_changed.emit(self.texts()))

    def texts(self) -> dict[str, str]:
        """Return what stands in the lines that differ from the record."""
        now = {name: line.text() for name, line in self.lines.items()}
        return {name: text for name, text in now.items() if text != self._before[name]}

    def focus_field(self, name: str) -> None:
        """Put the cursor into a field and bring it into sight."""
        line = self.lines.get(name)
        if line is not None:
            line.editor.setFocus()
            self._scroll.ensureWidgetVisible(line)

    def refuse(self, message: str, field: str = "") -> None:
        """Show why the core would not take it, at the field where it names one; everything typed stays."""
        self._refusal.setText(message)
        self._refusal.show()
        self.keep.setEnabled(True)
        self.focus_field(field)
        self._timer.start()

    def done(self, code: int) -> None:
        """Keep the draft when the form is left without saving, by Escape or by its frame."""
        if self._timer.isActive() and code != QDialog.DialogCode.Accepted:
            self._timer.stop()
            self.draft_changed.emit(self.texts())
        super().done(code)

    def _make_body(self, fields: Mapping[str, Field], draft: Mapping[str, str]) -> QScrollArea:
        self._scroll = QScrollArea(self)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # every line of it has the focus in its turn
        self._scroll.setWidgetResizable(True)
        body = QWidget()
        self._scroll.setWidget(body)
        outer = QVBoxLayout(body)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(12)
        if draft:
            words = _("What you had typed before is here again; it has not been saved yet.")
            outer.addWidget(label(words, tone="primary"))
        outer.addWidget(label(_("What is not known stays empty; nothing needs to be guessed."), "meta", wrap=True))
        card = QFrame()
        card.setObjectName("card")
        outer.addWidget(card)
        grid = QGridLayout(card)
        grid.setContentsMargins(16, 12, 16, 16)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._fill(grid, fields, draft)
        outer.addStretch(1)
        return self._scroll

    def _fill(self, grid: QGridLayout, fields: Mapping[str, Field], draft: Mapping[str, str]) -> None:
        place = 0  # of the next half
        for name, field in fields.items():
            line = FieldLine(field, draft.get(name, self._before[name]))
            line.edited.connect(self._edited)
            self.lines[name] = line
            title = label(_(field.label), "second")
            title.setContentsMargins(0, 4, 0, 0)
            title.setBuddy(line.editor)
            halves = 2 if field.kind in WIDE else 1
            place += place % 2 if halves == 2 else 0  # noqa: PLR2004  (both columns)
            down, across = divmod(place, 2)
            grid.addWidget(title, 2 * down, across, 1, halves)
            grid.addWidget(line, 2 * down + 1, across, 1, halves, Qt.AlignmentFlag.AlignTop)
            place += halves

    def _edited(self) -> None:
        self._timer.start()

    def _save(self) -> None:
        wrong = [name for name, line in self.lines.items() if not line.check()]
        if wrong:
            self.refuse(_("{number} values cannot be read; they are marked.").format(number=len(wrong)), wrong[0])
            return
        changed = {name: self.lines[name].value() for name in self.texts()}
        self.keep.setEnabled(False)
        self._timer.stop()  # what is being saved is no draft: it would come back with the next form
        self.kept.emit(changed)

    def _throw_away(self) -> None:
        self._timer.stop()
        self.thrown_away.emit()
        self.reject()
