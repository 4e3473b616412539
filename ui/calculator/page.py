"""The calculator: figures at the left, every area class at the right; what is typed or moved is judged at once.

Nothing is stored: 存为线索 hands the figures on to the form of a new lead.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crm.domain.quantities import Land, Money
from crm.domain.quantities.display import show_wan
from crm.domain.thresholds.alternatives import in_every_area
from crm.domain.thresholds.exact import quotient_down
from crm.domain.thresholds.explain import figure_down
from crm.domain.thresholds.ground import Ground
from crm.domain.thresholds.judgement import Judgement
from crm.i18n import _
from ui.calculator.area_card import AreaCard
from ui.calculator.figures_card import FiguresCard
from ui.widgets.labels import label
from ui.widgets.states import States
from ui.widgets.threshold import thousands

if TYPE_CHECKING:
    from crm.database import Committed
    from ui.desk import Desk

RULES = frozenset({"rule", "rule_set", "entry"})
FIGURES_WIDTH = 320
TWO_BESIDE = 720
"""Logical pixels: the column of figures; from this width on two area classes stand side by side."""
BAR = 12
"""Logical pixels a scroll bar takes."""


class CalculatorPage(QWidget):
    """Judges figures nobody has written down yet."""

    save_asked = Signal(object)  # field name -> text, for the form of a new lead

    def __init__(self, desk: Desk, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._today = desk, today
        self._ground: Ground | None = None
        self.figures = FiguresCard(desk.tokens)
        self.figures.setFixedWidth(desk.tokens.px(FIGURES_WIDTH))
        self.cards: dict[str, AreaCard] = {}
        self.read_as = label(_("Type land and tax: every area class is judged at once."), "second", wrap=True)
        left, right = QScrollArea(), QScrollArea()
        self._room = right
        left.setWidget(_inside(self.figures))
        left.setFixedWidth(desk.tokens.px(FIGURES_WIDTH) + 12)
        left.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # every line of it has the focus in its turn
        self._grid = QGridLayout()
        self._grid.setSpacing(desk.tokens.px(12))
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._cards = QWidget()
        self._cards.setLayout(self._grid)
        right.setWidget(self._cards)
        for area, name in ((left, _("Figures")), (right, _("Verdict in every area class"))):
            area.setWidgetResizable(True)
            area.setAccessibleName(name)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        answers = QVBoxLayout()
        answers.addWidget(self.read_as)
        self.states = States(right, desk.tokens)
        answers.addWidget(self.states, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.setSpacing(14)
        layout.addWidget(left)
        layout.addLayout(answers, 1)
        self.figures.changed.connect(self._judge)
        self._ask_ground()

    def news(self, news: Committed) -> None:
        """Judge anew when the rules, settings or rates have changed."""
        if news.kinds & RULES:
            self._ask_ground()

    def judgements(self) -> tuple[tuple[str, Judgement], ...]:
        """Return the verdict in each area class; none while a line cannot be read or the rules are not there yet."""
        given = self.figures.read()
        if given is None or self._ground is None:
            return ()
        values, rates = given
        return in_every_area(self._ground.case(values, rates), self._ground.rules, self._ground.on)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the area classes side by side where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _ask_ground(self) -> None:
        from crm.queries.thresholds import load_ground  # noqa: PLC0415  (not before the first paint)

        def show(ground: Ground) -> None:
            self._ground = ground
            self.states.show_content()
            self._judge()

        def failed(error: BaseException) -> None:
            self.states.fail(error, self._ask_ground, _("The threshold rules could not be read."))

        self._desk.ask(lambda session: load_ground(session, self._today), show, failed)

    def _judge(self) -> None:
        found = self.judgements()
        if self._ground is None:
            return
        if not found:
            self.read_as.setText(_("A figure cannot be read; its line says why. The verdicts are those of before."))
            return
        for area, judgement in found:
            self._card(area).show_judgement(judgement)
        self._arrange()
        self._say(found[0][1])

    def _card(self, area: str) -> AreaCard:
        if area not in self.cards:
            card = AreaCard(area, self._desk.tokens)
            card.save_asked.connect(self._save)
            card.copied.connect(self._copy)
            self.cards[area] = card
            self._arrange()
        return self.cards[area]

    def _arrange(self) -> None:
        widest = max((card.minimumSizeHint().width() for card in self.cards.values()), default=0)
        needed = max(self._desk.tokens.px(TWO_BESIDE), 2 * widest + self._grid.spacing() + BAR)
        columns = 2 if self._room.width() >= needed else 1
        for place, card in enumerate(self.cards.values()):
            self._grid.addWidget(card, *divmod(place, columns))
        for column in range(2):
            self._grid.setColumnStretch(column, int(column < columns))
        self._grid.setRowStretch(len(self.cards), 1)

    def _say(self, judgement: Judgement) -> None:
        """Say what the figures come to: tax per mu, and investment per mu for reference."""
        told = []
        if judgement.tax_per_mu is not None:
            tax = thousands(figure_down(judgement.tax_per_mu))
            told.append(_("tax per mu {tax} (10k yuan)").format(tax=tax))
        values = (self.figures.read() or ({}, ()))[0]
        intensity = _intensity(values)
        if intensity:
            told.append(_("investment per mu {sum} (10k yuan; for reference, no line is drawn)").format(sum=intensity))
        if not told:
            told.append(_("Type land and tax: every area class is judged at once."))
        self.read_as.setText(_("; ").join(told))

    def _save(self, area: str) -> None:
        self.save_asked.emit(self.figures.texts() | {"area": area})

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._desk.tell(_("The conclusion is copied."))


def _intensity(values: dict[str, Any]) -> str:
    """Return the planned investment for each 亩, rounded down; "" where either is not known to the point, in yuan."""
    land, sum_ = values.get("land"), values.get("planned_investment")
    if not isinstance(land, Land) or not isinstance(sum_, Money) or sum_.currency != "CNY":
        return ""
    if land.exact is None or sum_.exact is None or land.exact <= 0:
        return ""
    return show_wan(quotient_down(sum_.exact, land.exact))


def _inside(card: QWidget) -> QWidget:
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(card)
    layout.addStretch(1)
    return box
