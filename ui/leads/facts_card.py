"""The facts of a lead in groups; what is not known is said, not hidden. Contacts are masked until asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from crm.domain.fields.masking import masked
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.fields.writing import value_to_text
from crm.i18n import N_, _
from ui.icons import Glyph
from ui.theme.tokens import Tokens
from ui.widgets.labels import Card, button, label, rule

if TYPE_CHECKING:
    from crm.queries.history import Change, Origin

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        N_("About the investor"),
        ("investor", "credit_code", "country", "origin_place", "contact", "contact_phone", "registered_capital",
         "source", "referrer", "station", "campaign", "led_by"),
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
    (
        N_("Tax and money"),
        ("annual_tax", "tax_basis", "tax_by_year", "full_year", "annual_output", "annual_revenue", "financing_stage",
         "financing_need", "financing_use", "landing"),
    ),
    (
        N_("Days"),
        ("signed_on", "registered_on", "land_supplied_on", "started_on", "completed_on", "production_on",
         "full_production_on"),
    ),
    (
        N_("In charge"),
        ("owner", "bureau", "probability", "first_reporter", "first_reported_at", "next_step", "next_date",
         "status_reason", "confidential", "notes"),
    ),
)  # fmt: skip
TITLE_WIDTH = 116
ALWAYS = frozenset({"investor", "industry", "planned_investment", "area", "land", "annual_tax", "owner", "next_step"})
"""Facts that are shown even when they are not known: somebody should fill them in."""


class FactsCard(Card):
    """All facts that are known, and those that should be."""

    edit_asked = Signal(str)  # name of a field

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(_("Facts"), Glyph.INFO, tokens, parent)
        self._plain = False
        self._values: Mapping[str, Any] = {}
        self._sources: Mapping[str, str] = {}
        self._origins: Sequence[str] = ()
        self._unmask = button(_("Show contacts"), self._toggle, role="link")
        self.head.addWidget(self._unmask)

    def show_values(
        self, values: Mapping[str, Any], sources: Mapping[str, str] | None = None, origins: Sequence[str] = ()
    ) -> None:
        """Show the fields of a lead; contacts masked again.

        Args:
            values: field -> value.
            sources: field -> who gave it the value it has, when and why.
            origins: the rows of files the lead comes from, in words.
        """
        self._values, self._sources, self._origins, self._plain = values, sources or {}, origins, False
        self._fill()

    def _toggle(self) -> None:
        self._plain = not self._plain
        self._fill()

    def _fill(self) -> None:
        self.clear_body()
        personal = any(self._values.get(name) for name in ("contact", "contact_phone"))
        self._unmask.setVisible(personal)
        self._unmask.setText(_("Mask contacts") if self._plain else _("Show contacts"))
        for title, names in GROUPS:
            shown = [name for name in names if name in ALWAYS or self._values.get(name) is not None]
            if not shown:
                continue
            if self.body.count():
                self.body.addSpacing(2)
                self.body.addWidget(rule())
            self.body.addWidget(label(_(title), "meta"))
            grid = QGridLayout()
            grid.setHorizontalSpacing(12)
            grid.setVerticalSpacing(6)
            grid.setColumnMinimumWidth(0, self._tokens.px(TITLE_WIDTH))
            grid.setColumnStretch(1, 1)
            for place, name in enumerate(shown):
                title_label = label(_(LEAD_FIELDS[name].label), "second", wrap=True)
                title_label.setMaximumWidth(self._tokens.px(TITLE_WIDTH))
                grid.addWidget(title_label, place, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(self._value(name), place, 1, Qt.AlignmentFlag.AlignTop)
            self.body.addLayout(grid)
        if self._origins:
            self.body.addWidget(label(_("Comes from"), "meta"))
            for origin in self._origins:
                self.body.addWidget(label(origin, wrap=True))

    def _value(self, name: str) -> QWidget:
        value = self._values.get(name)
        if value is None:
            words = _("to be filled in")
            says = _("{what}: {name}").format(what=words, name=_(LEAD_FIELDS[name].label))
            fill = button(words, partial(self.edit_asked.emit, name), role="link", says=says)
            fill.setProperty("flush", "true")  # as the values above and below it
            return fill
        text = value_to_text(LEAD_FIELDS[name], value)
        made = label(text if self._plain else masked(LEAD_FIELDS[name], text), wrap=True)
        made.setToolTip(self._sources.get(name, ""))
        made.setAccessibleDescription(made.toolTip())
        return made


def source_texts(changes: Sequence[Change], givers: Mapping[str, int]) -> dict[str, str]:
    """Return by field who gave it the value it has, when and why."""
    told = {
        one.change_set: _("{when} · {officer} · {why}").format(
            when=one.at.astimezone().strftime("%Y-%m-%d %H:%M"), officer=one.by, why=one.why
        )
        for one in changes
    }
    return {name: told[number] for name, number in givers.items() if number in told}


def origin_texts(origins: Sequence[Origin]) -> list[str]:
    """Return in words the rows of files a lead comes from."""
    return [
        _("{file}, sheet {sheet}, row {row}").format(file=one.file, sheet=one.sheet, row=one.row)
        if one.sheet
        else _("{file}, row {row}").format(file=one.file, row=one.row)
        for one in origins
    ]
