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
    QDialog,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from crm.domain.fields.registry import LEAD_FIELDS
from crm.errors import UserError
from crm.i18n import N_, _
from ui.leads.sector_block import SectorBlock
from ui.theme.tokens import Tokens
from ui.widgets.dialogs import fit_dialog
from ui.widgets.field_line import FieldLine, typed
from ui.widgets.labels import button, clear, label, row

QUICK = ("name", "investor", "source")
"""What a first report needs; everything else can come later."""

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        N_("About the investor"),
        ("credit_code", "country", "origin_place", "contact", "contact_phone", "registered_capital", "referrer",
         "station", "campaign", "led_by", "first_reporter", "first_reported_at"),
    ),
    (
        N_("About the project"),
        ("kind", "industry", "industries", "future_industry", "culture_line", "gbt4754", "nature", "increment",
         "cluster", "chain_position", "equipment_networked", "data_exchange", "jobs", "rd_staff", "rd_spend", "goals",
         "cooperation_fields", "tags"),
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

DRAFT_AFTER_MS = 1000
"""A draft is at most two seconds old (promise 8): one second of waiting, one of writing."""

CHECK_AFTER_MS = 400


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
        note: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._note = note or _("What you had typed before is here again; it has not been saved yet.")
        self._new = not values
        self._before = {name: typed(LEAD_FIELDS[name], values.get(name)) for name in _names()}
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
        self._away = button(_("Throw away"), self._throw_away, role="danger")
        acts = row(self._refusal, self._away, self.keep)
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

    def tell(self, message: str) -> None:
        """Show what happened to the lead meanwhile; everything typed stays, and can be saved."""
        if message:
            self._refusal.setText(message)
            self._refusal.show()

    def close_for_writing(self, message: str) -> None:
        """Say why nothing can be saved here; it can be read."""
        self.keep.setVisible(False)
        self._away.setVisible(False)
        self.tell(message)

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
            outer.addWidget(label(self._note, tone="primary"))
        self._add_group(outer, "", QUICK, draft, self._known)
        self.sectors = SectorBlock(lambda: {name: line.text() for name, line in self.lines.items()})
        self.sectors.chosen.connect(self._put)
        self.sectors.grown.connect(lambda: QTimer.singleShot(0, self, self._show_sectors))  # once it has its height
        for title, names in GROUPS:
            below = (self.sectors,) if "gbt4754" in names else ()
            self._add_group(outer, _(title), names, draft, *below)
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

    def _show_sectors(self) -> None:
        self._scroll.ensureWidgetVisible(self.sectors)

    def _put(self, name: str, text: str) -> None:
        """Put a proposal into its line, as if it were typed, and show it."""
        self.lines[name].put(text)
        self._edited()
        self.focus_field(name)

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
