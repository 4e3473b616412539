"""The chips over the list: each opens a short menu of words with their counts; a chip that filters says what for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from crm.domain.fields.codes import AREAS, STAGES, STATUSES, VERDICTS, Choice
from crm.domain.fields.registry import LEAD_FIELDS
from crm.i18n import N_, _
from crm.queries.lead_list import LeadFilter
from ui.icons import Glyph, picture
from ui.leads.asked import Asked, asked_of, cut
from ui.leads.columns import word
from ui.theme.tokens import Tokens
from ui.widgets.dialogs import open_menu
from ui.widgets.labels import Button, button, restyle
from ui.widgets.staying_menu import StayingMenu

CHIPS: tuple[tuple[str, str], ...] = (
    ("stages", N_("Stage")),
    ("statuses", N_("Status")),
    ("industries", N_("Industry")),
    ("areas", N_("Threshold area")),
    ("owners", N_("Officer in charge")),
    ("verdicts", N_("Land threshold")),
    ("missing", N_("Missing data")),
)
OFTEN_MISSING = (
    "annual_tax",
    "land",
    "land_use",
    "area",
    "industry",
    "planned_investment",
    "contact",
    "next_date",
    "owner",
)
DICTIONARIES: dict[str, tuple[Choice, ...]] = {
    "stages": STAGES,
    "statuses": STATUSES,
    "areas": AREAS,
    "verdicts": VERDICTS,
}


GAP = 6
CROSS = 26
"""Logical pixels at the end of a chip that take it off."""


class Chip(Button):
    """One condition; the mark at its right says that it opens a menu."""

    def __init__(self, text: str, tokens: Tokens) -> None:
        super().__init__(text)
        self.setProperty("role", "chip")
        self.setProperty("menu", "true")
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._marks = {on: picture(Glyph.DOWN, colour, 12) for on, colour in _mark_colours(tokens)}

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        mark = self._marks["true" if self.property("on") == "true" else "false"]
        painter.drawPixmap(self.width() - 21, (self.height() - 12) // 2 + 1, mark)
        painter.end()


class AskedChip(Chip):
    """Something else that is asked: opened as it is, taken off by the cross at its end or by Delete."""

    removed = Signal()
    opened = Signal()

    def __init__(self, asked: Asked, tokens: Tokens) -> None:
        super().__init__(cut(asked.text), tokens)
        self.asked = asked
        self.setProperty("on", "true")
        self.setToolTip(asked.text)
        self.setAccessibleName(_("{condition}. Delete takes it off.").format(condition=asked.text))
        self._marks = {on: picture(Glyph.CLOSE, colour, 12) for on, colour in _mark_colours(tokens)}
        self.clicked.connect(lambda _checked=False: self.act())

    def act(self) -> None:
        """Open what can be changed, take off what only is or is not."""
        (self.opened if self.asked.opens else self.removed).emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()) and event.position().x() > self.width() - CROSS:
            self.setDown(False)
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
            return
        super().keyPressEvent(event)


def _mark_colours(tokens: Tokens) -> tuple[tuple[str, str], ...]:
    return (("true", tokens.primary.strong), ("false", tokens.text2))


def facet_word(facet: str, code: str) -> str:
    """Return the word of an entry of a facet; "" is not filled in."""
    if code == "":
        return _("(not filled in)")
    if facet == "missing":
        return _(LEAD_FIELDS[code].label)
    return word(DICTIONARIES.get(facet, ()), code)


class FilterBar(QWidget):
    """Shows a filter as chips; ``changed`` tells the new one, ``opened`` asks for the words of a facet."""

    changed = Signal(object)
    opened = Signal(str)
    conditions_asked = Signal()

    def __init__(self, where: LeadFilter, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._where = where
        self._chips: dict[str, Chip] = {}
        self._asked: dict[str, AskedChip] = {}  # what is asked beside the words of the chips
        self._tokens = tokens
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        for facet, title in CHIPS:
            chip = Chip(_(title), tokens)
            chip.clicked.connect(lambda _checked=False, facet=facet: self.opened.emit(facet))
            self._chips[facet] = chip
            layout.addWidget(chip)
        self._more = Chip("", tokens)
        self._more.clicked.connect(lambda _checked=False: self._show_more())
        self._clear = button(_("Clear"), self.clear, role="link")
        self.conditions = button(
            _("Filter conditions"), self.conditions_asked.emit, role="chip", glyph=Glyph.FILTER, tokens=tokens
        )
        self.conditions.setToolTip(_("Any field, ranges, groups with and/or (Ctrl+Shift+F)"))
        layout.addWidget(self._more)
        layout.addWidget(self.conditions)
        layout.addWidget(self._clear)
        layout.addStretch(1)
        layout.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self.show_filter(where)

    @property
    def where(self) -> LeadFilter:
        """The filter shown."""
        return self._where

    def enter(self) -> None:
        """Let the keys go to the first chip."""
        self._chips[CHIPS[0][0]].setFocus()

    def show_filter(self, where: LeadFilter) -> None:
        """Say on each chip what it filters for."""
        self._where = where
        for facet, title in CHIPS:
            words = [facet_word(facet, code) for code in sorted(getattr(where, facet))]
            more = _(" and {number} more").format(number=len(words) - 2) if len(words) > 2 else ""  # noqa: PLR2004
            chip = self._chips[facet]
            mark = _(": ")
            chip.setText(f"{_(title)}{mark}{'、'.join(words[:2])}{more}" if words else _(title))
            chip.setAccessibleName(chip.text())
            restyle(chip, "on", "true" if words else "false")
        self._show_asked()
        self._clear.setVisible(where != LeadFilter())
        self._fold()

    def _show_asked(self) -> None:
        """Show a chip for each thing that is asked beside the words of the facets."""
        held = any(chip.hasFocus() for chip in self._asked.values())
        told = asked_of(self._where)
        layout = self.layout()
        for chip in self._asked.values():
            chip.hide()
            chip.deleteLater()
        self._asked = {}
        for place, asked in enumerate(told):
            chip = self._asked[asked.key] = AskedChip(asked, self._tokens)
            chip.removed.connect(lambda without=asked.without: self._set(without))
            chip.opened.connect(self.conditions_asked.emit)
            if isinstance(layout, QHBoxLayout):
                layout.insertWidget(place, chip)
        if held:
            (next(iter(self._asked.values()), None) or self.conditions).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chips there is room for; the others are behind the last."""
        super().resizeEvent(event)
        self._fold()

    def minimumSizeHint(self) -> QSize:
        """Room for one chip and the one for the others: chips never make the window wider."""
        return QSize(self.fontMetrics().averageCharWidth() * 24, self._more.sizeHint().height())

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def _fold(self) -> None:
        """Fold chips away from the end, those that filter last, until the others fit."""
        every: dict[str, Chip] = {**self._asked, **self._chips}
        widths = {facet: chip.sizeHint().width() + GAP for facet, chip in every.items()}
        beside = (each for each in (self.conditions, self._clear) if each.isVisibleTo(self))
        clear = sum(each.sizeHint().width() + GAP for each in beside)
        self._folded: list[str] = []
        for facet in self._by_use():
            self._more.setText(_("{number} more").format(number=len(self._folded)))
            more = self._more.sizeHint().width() + GAP if self._folded else 0
            if sum(widths.values()) + more + clear <= self.width() or len(widths) == 1:
                break
            del widths[facet]
            self._folded.append(facet)
        self._more.setText(_("{number} more").format(number=len(self._folded)))
        self._more.setAccessibleName(self._more.text())
        self._more.setVisible(bool(self._folded))
        asks = any(facet in self._asked or getattr(self._where, facet, None) for facet in self._folded)
        restyle(self._more, "on", "true" if asks else "false")
        for facet, chip in every.items():
            chip.setVisible(facet in widths)

    def _by_use(self) -> list[str]:
        """Return the facets, those first that do not filter, the last of them first of all; then what else is asked."""
        facets = [facet for facet, _title in CHIPS]
        facets.reverse()
        return [*sorted(facets, key=lambda facet: bool(getattr(self._where, facet))), *reversed(self._asked)]

    def _show_more(self) -> None:
        menu = QMenu(self)
        for facet, _title in CHIPS:
            if facet in self._folded:
                action = menu.addAction(self._chips[facet].text().replace("&", "&&"))
                action.triggered.connect(lambda _checked=False, facet=facet: self.opened.emit(facet))
        for key, chip in self._asked.items():
            if key in self._folded:
                action = menu.addAction(chip.asked.text.replace("&", "&&"))
                action.triggered.connect(chip.act)
        open_menu(menu, self._more.mapToGlobal(QPoint(0, self._more.height() + 2)))

    def show_menu(self, facet: str, words: Sequence[tuple[str, int]]) -> QMenu:
        """Open the menu of a facet; ticking an entry filters at once and the menu stays."""
        menu = StayingMenu(self)
        chosen = getattr(self._where, facet)
        entries = list(words) if facet != "missing" else [(name, -1) for name in OFTEN_MISSING]
        entries += [(code, 0) for code in sorted(chosen - {code for code, _count in entries})]
        for code, count in entries:
            text = facet_word(facet, code) + (f"\t{count:,}" if count >= 0 else "")
            action = menu.addAction(text.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(code in chosen)
            action.toggled.connect(lambda on, facet=facet, code=code: self._toggle(facet, code, on=on))
        chip = self._more if facet in self._folded else self._chips[facet]
        open_menu(menu, chip.mapToGlobal(QPoint(0, chip.height() + 2)))
        return menu

    def _toggle(self, facet: str, code: str, *, on: bool) -> None:
        words: frozenset[str] = getattr(self._where, facet)
        changed: dict[str, Any] = {facet: words | {code} if on else words - {code}}
        self._set(replace(self._where, **changed))

    def clear(self) -> None:
        """Take every condition off."""
        self._set(LeadFilter())

    def _set(self, where: LeadFilter) -> None:
        self.show_filter(where)
        self.changed.emit(where)
