"""The chips over the list: each opens a short menu of words with their counts; a chip that filters says what for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from crm.domain.fields.codes import AREAS, STAGES, STATUSES, VERDICTS, Choice
from crm.domain.fields.registry import LEAD_FIELDS
from crm.i18n import N_, _
from crm.queries.lead_list import LeadFilter
from ui.icons import Glyph, picture
from ui.leads.columns import word
from ui.theme.tokens import Tokens
from ui.widgets.dialogs import open_menu
from ui.widgets.labels import Button, button, restyle

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

    def __init__(self, where: LeadFilter, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._where = where
        self._chips: dict[str, Chip] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        self._these = button("", lambda: self._set(replace(self._where, ids=None)), role="chip")
        restyle(self._these, "on", "true")
        layout.addWidget(self._these)
        for facet, title in CHIPS:
            chip = Chip(_(title), tokens)
            chip.clicked.connect(lambda _checked=False, facet=facet: self.opened.emit(facet))
            self._chips[facet] = chip
            layout.addWidget(chip)
        self._more = Chip("", tokens)
        self._more.clicked.connect(lambda _checked=False: self._show_more())
        self._clear = button(_("Clear"), self.clear, role="link")
        layout.addWidget(self._more)
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
        self._these.setVisible(where.ids is not None)
        self._these.setText(_("{count} chosen leads ×").format(count=len(where.ids or ())))
        self._these.setAccessibleName(_("Show all leads again"))
        self._clear.setVisible(where.ids is not None or any(getattr(where, facet) for facet, _title in CHIPS))
        self._fold()

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
        widths = {facet: chip.sizeHint().width() + GAP for facet, chip in self._chips.items()}
        beside = (each for each in (self._these, self._clear) if each.isVisibleTo(self))
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
        for facet, chip in self._chips.items():
            chip.setVisible(facet in widths)

    def _by_use(self) -> list[str]:
        """Return the facets, those first that do not filter, the last of them first of all."""
        facets = [facet for facet, _title in CHIPS]
        facets.reverse()
        return sorted(facets, key=lambda facet: bool(getattr(self._where, facet)))

    def _show_more(self) -> None:
        menu = QMenu(self)
        for facet, _title in CHIPS:
            if facet in self._folded:
                action = menu.addAction(self._chips[facet].text().replace("&", "&&"))
                action.triggered.connect(lambda _checked=False, facet=facet: self.opened.emit(facet))
        open_menu(menu, self._more.mapToGlobal(QPoint(0, self._more.height() + 2)))

    def show_menu(self, facet: str, words: Sequence[tuple[str, int]]) -> QMenu:
        """Open the menu of a facet; ticking an entry filters at once and the menu stays."""
        menu = _StayingMenu(self)
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
        nothing: dict[str, Any] = {facet: frozenset() for facet, _title in CHIPS}
        self._set(replace(self._where, ids=None, **nothing))

    def _set(self, where: LeadFilter) -> None:
        self.show_filter(where)
        self.changed.emit(where)


class _StayingMenu(QMenu):
    """A menu of ticks that stays open while one ticks."""

    def mouseReleaseEvent(self, event: object) -> None:
        action: QAction | None = self.activeAction()
        if action is not None and action.isCheckable():
            action.trigger()
            return
        super().mouseReleaseEvent(event)  # type: ignore[arg-type]  # Qt's own event

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with the space bar and stay; Enter ticks and closes, as in every menu."""
        action: QAction | None = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None:
            action.trigger()
            return
        super().keyPressEvent(event)
