"""The form of a lead: three fields are enough, the rest may stay unknown. Every value is typed as people write it.

What is typed is read at once by the core and shown as it was understood (1.2亿 → 12,000万元); a value that cannot be
read stays in its line with the reason under it. What stands in the form is kept as a draft while one types.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from crm.domain.companies.credit_codes import read_credit_code
from crm.domain.companies.explain import explain_credit_code
from crm.domain.fields.reading import read_value
from crm.domain.fields.registry import LEAD_FIELDS, Field, Kind
from crm.domain.fields.writing import value_to_text
from crm.errors import UserError
from crm.i18n import N_, _
from ui.theme.tokens import Tokens
from ui.widgets.dialogs import fit_dialog
from ui.widgets.labels import button, clear, label, row

QUICK = ("name", "investor", "source")
"""What a first report needs; everything else can come later."""

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        N_("About the investor"),
        ("credit_code", "country", "contact", "contact_phone", "registered_capital", "referrer", "station", "campaign",
         "first_reporter", "first_reported_at"),
    ),
    (
        N_("About the project"),
        ("kind", "industry", "industries", "gbt4754", "chain_position", "nature", "increment", "jobs", "rd_staff",
         "rd_spend"),
    ),
    (
        N_("Investment"),
        ("planned_investment", "fixed_investment", "contracted_investment", "paid_in_investment", "paid_in_foreign"),
    ),
    (
        N_("Land and space"),
        ("area", "functional_area", "address", "site", "land", "land_use", "plots", "phases", "space", "lease",
         "ceiling_height", "floor_load", "power", "energy", "environment", "needed_by"),
    ),
    (N_("Tax and output"), ("annual_tax", "tax_basis", "tax_by_year", "full_year", "annual_output", "annual_revenue")),
    (N_("Financing"), ("financing_stage", "financing_need", "financing_use", "landing")),
    (
        N_("Days"),
        ("signed_on", "registered_on", "land_supplied_on", "started_on", "completed_on", "production_on",
         "full_production_on"),
    ),
    (N_("In charge"), ("owner", "bureau", "probability", "next_step", "next_date", "confidential", "notes")),
)  # fmt: skip
ELSEWHERE = frozenset({"code", "stage", "status", "status_reason"})
"""The program gives the code; stage and status change by their own dialog, which asks for what a stage needs."""

WIDE = frozenset({"name", "address", "plots", "phases", "space", "lease", "tax_by_year", "next_step", "notes"})
"""Fields whose line takes both columns."""

HINTS: Mapping[str, str] = {
    "name": N_("required"),
    "planned_investment": N_("e.g. 1.2亿, 5-8亿元, 200万美元"),
    "fixed_investment": N_("e.g. 8000万"),
    "annual_tax": N_("e.g. 5000万元, 4500-5500"),
    "land": N_("e.g. 25亩, 16667㎡, 2公顷, 0亩 for none"),
    "plots": N_("e.g. 高铁新城:10亩:工业|开发区:30亩:工业"),
    "phases": N_("e.g. 20亩:4200:已签|20亩:4200:意向"),
    "space": N_("e.g. 研发=1200㎡|办公=300㎡"),
    "tax_by_year": N_("e.g. 2028=800|2029=2600"),
    "needed_by": N_("e.g. 2027-03"),
    "next_date": N_("e.g. 2026-12-05"),
    "financing_stage": N_("e.g. A, B, Pre-IPO"),
    "financing_need": N_("e.g. 3000万"),
    "industries": N_("several by |"),
    "environment": N_("e.g. P2|动物实验"),
}
DRAFT_AFTER_MS = 1000
"""A draft is at most two seconds old (promise 8): one second of waiting, one of writing."""

CHECK_AFTER_MS = 400


class FieldLine(QWidget):
    """One field: its line and, under it, what was understood or what is wrong."""

    edited = Signal()

    def __init__(self, field: Field, text: str) -> None:
        super().__init__()
        self.field = field
        self.editor = self._make(field)
        self.editor.setAccessibleName(_(field.label))
        self._below: QLabel | None = None
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(2)
        self._lines.addWidget(self.editor)
        self.put(text)
        self._connect()

    @property
    def below(self) -> QLabel:
        """What is said under the line; made when there is something to say: a form has seventy lines."""
        if self._below is None:
            self._below = label("", "meta", wrap=True, parent=self)
            self._below.hide()
            self._lines.addWidget(self._below)
        return self._below

    def text(self) -> str:
        """Return what stands in the line; of a choice its code."""
        editor = self.editor
        if isinstance(editor, QComboBox):
            return str(editor.currentData() or "")
        return editor.toPlainText() if isinstance(editor, QPlainTextEdit) else editor.text()

    def put(self, text: str) -> None:
        """Put a text into the line."""
        editor = self.editor
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(text)))
        elif isinstance(editor, QPlainTextEdit):
            editor.setPlainText(text)
        else:
            editor.setText(text)

    def value(self) -> object | None:
        """Return the value as the core reads it.

        Raises:
            UserError: it cannot be read.
        """
        return read_value(self.field, self.text().strip())

    def check(self) -> bool:
        """Show what was understood, or what is wrong; return whether it can be read."""
        try:
            value = self.value()
        except UserError as error:
            self._tell(error.message, "bad")
            return False
        self._tell(*self._understood(value))
        return True

    def _understood(self, value: object | None) -> tuple[str, str]:
        if value is None:
            return "", ""
        if self.field.kind is Kind.CREDIT_CODE:
            return _credit_code_words(str(value))
        if self.field.kind in (Kind.TEXT, Kind.NOTE, Kind.CHOICE, Kind.FLAG, Kind.PHONE):
            return "", ""
        text = value_to_text(self.field, value)
        return ("", "") if text == self.text().strip() else (_("read as {value}").format(value=text), "ok")

    def _tell(self, text: str, tone: str) -> None:
        if not text and self._below is None:
            return
        self.below.setText(text)
        self.below.setProperty("tone", tone)
        self.below.style().unpolish(self.below)
        self.below.style().polish(self.below)
        self.below.setVisible(bool(text))
        self.editor.setProperty("wrong", "true" if tone == "bad" else "false")
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)

    def _make(self, field: Field) -> QComboBox | QPlainTextEdit | QLineEdit:
        if field.kind in (Kind.CHOICE, Kind.FLAG):
            choice = QComboBox()
            choice.addItem(_("(not filled in)"), "")
            entries = [(_(one.label), one.code) for one in field.choices] or [(_("yes"), "true"), (_("no"), "false")]
            for word, code in entries:
                choice.addItem(word, code)
            return choice
        if field.kind is Kind.NOTE:
            note = QPlainTextEdit()
            note.setFixedHeight(72)
            note.setTabChangesFocus(True)
            return note
        line = QLineEdit()
        line.setPlaceholderText(_(HINTS[field.name]) if field.name in HINTS else "")
        if field.kind in (Kind.CREDIT_CODE, Kind.PHONE):
            line.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin)
        return line

    def _connect(self) -> None:
        editor = self.editor
        if isinstance(editor, QComboBox):
            editor.currentIndexChanged.connect(lambda _place: self._changed())
        else:
            editor.textChanged.connect(lambda *_text: self._changed())

    def _changed(self) -> None:
        self.check()
        self.edited.emit()


class LeadForm(QDialog):
    """Makes or edits a lead. It decides nothing: it hands what changed to whoever opened it."""

    kept = Signal(object)  # field name -> value, only what changed
    draft_changed = Signal(object)  # field name -> text
    thrown_away = Signal()
    party_changed = Signal(object)  # field name -> value: what duplicates are looked for by
    known_asked = Signal(int)

    def __init__(
        self,
        values: Mapping[str, Any],
        tokens: Tokens,
        *,
        draft: Mapping[str, str] | None = None,
        title: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._new = not values
        self._before = {name: _typed(LEAD_FIELDS[name], values.get(name)) for name in _names()}
        self.setWindowTitle(title or (_("New lead") if self._new else _("Edit lead")))
        fit_dialog(self, tokens.px(760), tokens.px(760))
        self.lines: dict[str, FieldLine] = {}
        self._known = QFrame()
        self._known.setObjectName("warning")
        self._known.hide()
        self._duplicates = QVBoxLayout(self._known)
        self._duplicates.setContentsMargins(12, 8, 12, 8)
        self._duplicates.setSpacing(4)
        self._refusal = label("", tone="bad", wrap=True)
        self._refusal.hide()
        self.keep = button(_("Save"), self._save, role="primary")
        self.keep.setShortcut("Ctrl+Return")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._make_body(draft or {}), 1)
        foot = QFrame()
        foot.setObjectName("foot")
        acts = row(self._refusal, button(_("Throw away"), self._throw_away, role="danger"), self.keep)
        acts.setStretch(0, 1)
        acts.insertStretch(1)
        acts.setContentsMargins(20, 12, 20, 12)
        foot.setLayout(acts)
        layout.addWidget(foot)
        self._draft_timer = self._timer(DRAFT_AFTER_MS, lambda: self.draft_changed.emit(self.texts()))
        self._party_timer = self._timer(CHECK_AFTER_MS, self._tell_party)

    def texts(self) -> dict[str, str]:
        """Return what stands in the lines that differ from the record."""
        now = {name: line.text() for name, line in self.lines.items()}
        return {name: text for name, text in now.items() if text != self._before[name]}

    def focus_field(self, name: str) -> None:
        """Put the cursor into a field and bring it into sight."""
        line = self.lines.get(name.partition("[")[0].partition(":")[0])
        if line is not None:
            line.editor.setFocus()
            self._scroll.ensureWidgetVisible(line)

    def refuse(self, message: str) -> None:
        """Show why the core would not take it; everything typed stays."""
        self._refusal.setText(message)
        self._refusal.show()
        self.keep.setEnabled(True)
        self._draft_timer.start()

    def show_duplicates(self, entries: list[tuple[int, str, str]]) -> None:
        """Show leads that may be the same: id, name, why."""
        clear(self._duplicates)
        self._known.setVisible(bool(entries))
        for lead_id, name, why in entries:
            line = row(label(_("May be known: {name} ({why})").format(name=name, why=why), tone="warn", wrap=True))
            line.setStretch(0, 1)
            says = _("Open {name}").format(name=name)
            line.addWidget(button(_("Open it"), partial(self.known_asked.emit, lead_id), role="link", says=says))
            self._duplicates.addLayout(line)

    def done(self, code: int) -> None:
        """Keep the draft when the form is left without saving, by Escape (which closes nothing) or by its frame."""
        if self._draft_timer.isActive() and code != QDialog.DialogCode.Accepted:
            self._draft_timer.stop()
            self.draft_changed.emit(self.texts())
        super().done(code)

    def _make_body(self, draft: Mapping[str, str]) -> QScrollArea:
        self._scroll = QScrollArea(self)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # every line of it has the focus in its turn
        self._scroll.setWidgetResizable(True)
        body = QWidget()
        self._scroll.setWidget(body)  # filled where it stands: moving three hundred widgets styles each of them again
        outer = QVBoxLayout(body)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(12)
        if draft:
            outer.addWidget(
                label(_("What you had typed before is here again; it has not been saved yet."), tone="primary")
            )
        self._add_group(outer, "", QUICK, draft, self._known)
        for title, names in GROUPS:
            self._add_group(outer, _(title), names, draft)
        outer.addStretch(1)
        return self._scroll

    def _add_group(
        self, outer: QVBoxLayout, title: str, names: tuple[str, ...], draft: Mapping[str, str], *below: QWidget
    ) -> None:
        """Add a block of fields."""
        block = QFrame()
        block.setObjectName("card")
        outer.addWidget(block)
        inner = QVBoxLayout(block)
        inner.setContentsMargins(16, 12, 16, 16)
        inner.setSpacing(6)
        if title:
            inner.addWidget(label(title, "card"))
        grid = QGridLayout()
        inner.addLayout(grid)
        self._fill_grid(grid, names, draft)
        for widget in below:
            inner.addWidget(widget)

    def _fill_grid(self, grid: QGridLayout, names: tuple[str, ...], draft: Mapping[str, str]) -> None:
        """Put the lines in two columns, each under its name; wide ones take both."""
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        place = 0  # of the next half
        for name in names:
            line = FieldLine(LEAD_FIELDS[name], draft.get(name, self._before[name]))
            line.edited.connect(self._edited)
            self.lines[name] = line
            title: QLabel = label(_(LEAD_FIELDS[name].label), "second")
            title.setContentsMargins(0, 4, 0, 0)
            title.setBuddy(line.editor)
            halves = 2 if name in WIDE else 1
            place += place % 2 if halves == 2 else 0  # noqa: PLR2004  (both columns)
            down, across = divmod(place, 2)
            grid.addWidget(title, 2 * down, across, 1, halves)
            grid.addWidget(line, 2 * down + 1, across, 1, halves, Qt.AlignmentFlag.AlignTop)
            place += halves

    def _timer(self, wait: int, then: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait)
        timer.timeout.connect(then)
        return timer

    def _edited(self) -> None:
        self._draft_timer.start()
        self._party_timer.start()

    def _tell_party(self) -> None:
        party: dict[str, object] = {}
        for name in ("name", "investor", "credit_code", "contact", "contact_phone"):
            try:
                party[name] = self.lines[name].value()
            except UserError:
                continue
        self.party_changed.emit({name: value for name, value in party.items() if value is not None})

    def _save(self) -> None:
        wrong = [name for name, line in self.lines.items() if not line.check()]
        if wrong:
            self.focus_field(wrong[0])
            self.refuse(_("{number} values cannot be read; they are marked.").format(number=len(wrong)))
            return
        if self.lines["name"].value() is None:
            self.focus_field("name")
            self.refuse(_("A lead needs the name of its project."))
            return
        changed = {name: self.lines[name].value() for name in self.texts()}
        self.keep.setEnabled(False)
        self._draft_timer.stop()  # what is being saved is no draft: it would come back with the next form
        self.kept.emit(changed)

    def _throw_away(self) -> None:
        self._draft_timer.stop()
        self.thrown_away.emit()
        self.reject()


def _names() -> tuple[str, ...]:
    return (*QUICK, *(name for _title, names in GROUPS for name in names))


def _typed(field: Field, value: object | None) -> str:
    """Return a value as one would type it: its own text where it has one."""
    if value is None:
        return ""
    if field.kind is Kind.CHOICE:
        return str(value)
    if field.kind is Kind.FLAG:
        return "true" if value else "false"
    return value_to_text(field, value)


def _credit_code_words(code: str) -> tuple[str, str]:
    checked = read_credit_code(code)
    return (_("✓ check digits right"), "ok") if checked.fault is None else (explain_credit_code(checked), "bad")
