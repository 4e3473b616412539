"""The figures to be judged: typed as people write them, or moved by two sliders."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSlider, QWidget

from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.quantities import Land, Money, Rate, decimal_text
from crm.domain.quantities.rates import read_rate
from crm.errors import UserError
from crm.i18n import N_, _
from ui.icons import Glyph
from ui.theme.tokens import Tokens
from ui.widgets.field_line import FieldLine
from ui.widgets.labels import Card, button, label, restyle, row, rule
from ui.widgets.threshold import SLIDER_STEPS, slider_step

NAMES = ("land", "annual_tax", "planned_investment", "land_use", "tax_basis", "full_year")
"""Fields of a lead that are asked for, the most telling first."""

SLIDERS: tuple[tuple[str, str, Decimal, str], ...] = (
    ("land", "亩", Decimal(25), N_("Land, what if")),
    ("annual_tax", "万元", Decimal(5000), N_("Tax, what if")),
)
"""Field, unit a slider writes, the figure it stands around while nothing is typed, its name (a message)."""


class FiguresCard(Card):
    """Lines for land, tax, investment, use, basis and a rate of exchange; two sliders write into the first two."""

    changed = Signal()

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(_("Figures"), Glyph.EDIT, tokens, parent)
        self.lines: dict[str, FieldLine] = {}
        self.sliders: dict[str, QSlider] = {}
        self._steps: dict[str, Decimal] = {}
        for name in NAMES:
            self._add_line(name)
        self.rate = QLineEdit()
        self.rate.setPlaceholderText(_("e.g. USD=7.10 (yuan for one unit)"))
        self.rate.setAccessibleName(_("Rate of exchange"))
        self.rate.textChanged.connect(lambda _text: self._changed())
        self._rate_told = label("", "meta", tone="bad", wrap=True)
        self._rate_told.hide()
        for widget in (label(_("Rate of exchange"), "second"), self.rate, self._rate_told):
            self.body.addWidget(widget)
        self.body.addWidget(rule())
        self.body.addLayout(row(label(_("Nothing is saved until you save it as a lead."), "meta", wrap=True)))
        self.body.addLayout(row(button(_("Clear"), self.empty), None))
        self.body.addStretch(1)
        self._reach()

    def texts(self) -> dict[str, str]:
        """Return what is typed: field name -> text; empty lines are left out."""
        return {name: line.text() for name, line in self.lines.items() if line.text().strip()}

    def read(self) -> tuple[dict[str, Any], tuple[Rate, ...]] | None:
        """Return the values and the rates given, or None where something cannot be read (its line says what)."""
        rates = self._read_rate()
        fine = [line.check() for line in self.lines.values()]
        if rates is None or not all(fine):
            return None
        values = {name: line.value() for name, line in self.lines.items()}
        return {name: value for name, value in values.items() if value is not None}, rates

    def empty(self) -> None:
        """Take everything out."""
        for line in self.lines.values():
            line.put("")
        self.rate.clear()
        self.lines["land"].editor.setFocus()

    def _add_line(self, name: str) -> None:
        field = LEAD_FIELDS[name]
        line = FieldLine(field, "")
        title = label(_(field.label), "second")
        title.setBuddy(line.editor)
        line.edited.connect(self._changed)
        self.lines[name] = line
        self.body.addWidget(title)
        self.body.addWidget(line)
        for of, unit, around, says in SLIDERS:
            if of == name:
                self.body.addWidget(self._slider(name, unit, around, _(says)))

    def _slider(self, name: str, unit: str, around: Decimal, says: str) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(1, SLIDER_STEPS)
        slider.setAccessibleName(says)
        self._steps[name] = slider_step(around)
        slider.valueChanged.connect(self._writer(name, unit))
        self.sliders[name] = slider
        return slider

    def _writer(self, name: str, unit: str) -> Callable[[int], None]:
        def write(place: int) -> None:
            self.lines[name].put(f"{decimal_text(place * self._steps[name])}{unit}")

        return write

    def _changed(self) -> None:
        self._reach()
        self.changed.emit()

    def _reach(self) -> None:
        """Let the sliders stand where the typed figures are; one that is being moved keeps its reach."""
        for name, _unit, around, _says in SLIDERS:
            slider = self.sliders[name]
            if slider.isSliderDown() or slider.hasFocus():
                continue
            figure = self._figure(name)
            self._steps[name] = slider_step(figure or around)
            with QSignalBlocker(slider):
                slider.setValue(max(1, min(SLIDER_STEPS, int((figure or around) / self._steps[name]))))

    def _figure(self, name: str) -> Decimal | None:
        """Return the figure a slider can stand at: of one currency only, ours."""
        try:
            value = self.lines[name].value()
        except UserError:
            return None
        if isinstance(value, Land) or (isinstance(value, Money) and value.currency == "CNY"):
            return value.low
        return None

    def _read_rate(self) -> tuple[Rate, ...] | None:
        text, told = self.rate.text().strip(), ""
        rates: tuple[Rate, ...] | None = ()
        try:
            rates = (read_rate(text),) if text else ()
        except UserError as error:
            told, rates = error.message, None
        self._rate_told.setText(told)
        self._rate_told.setVisible(bool(told))
        restyle(self.rate, "wrong", "true" if told else "false")
        return rates
