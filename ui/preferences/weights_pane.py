"""The versions of the weights beside each other; a new one is kept with its source and first day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from crm.domain.matching.explain import part_name
from crm.domain.matching.weights import Points, Weights
from crm.domain.quantities import decimal_text
from crm.errors import UserError
from crm.i18n import _
from ui.icons import Glyph
from ui.preferences.words_pane import first_day
from ui.tables.lazy_model import LazyModel
from ui.tables.lines import make_table
from ui.widgets.labels import Card, button, label, row
from ui.widgets.proposal import INTERNAL
from ui.widgets.states import States

if TYPE_CHECKING:
    from ui.desk import Desk


class WeightsPane(QWidget):
    """Reads every version; keeps what was tried on the page of matching."""

    matching_asked = Signal()

    def __init__(self, desk: Desk, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._today = desk, today
        self._wanted: Weights | None = None
        self.versions: Sequence[Weights] = ()
        tokens = desk.tokens
        self.model = LazyModel((), self)
        self.table = make_table(self.model, _("Weights"), (), tokens)
        self.lines = {name: QLineEdit() for name in ("version", "source", "since")}
        self.keep = button(_("Keep"), self._keep, role="primary", glyph=Glyph.SAVE, tokens=tokens)
        self._told, self._parts = label("", tone="bad", wrap=True), label("", "second", wrap=True)
        self.card = Card(_("A new version"), Glyph.ADD, tokens)
        self._fill_card()
        self.ask = button(_("Try other weights"), self.matching_asked.emit, glyph=Glyph.MATCH, tokens=tokens)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        words = _("A stored match keeps the version it was made with. Others are tried on the page of matching.")
        head = row(label(words, "second", wrap=True), self.ask)
        head.setStretch(0, 1)
        layout.addLayout(head)
        self.states = States(self.table, tokens)
        layout.addWidget(self.states, 1)
        layout.addWidget(self.card)
        self.take(None)
        self.reload()

    def take(self, weights: Weights | None) -> None:
        """Take weights that were tried, to be kept as a version; None: there are none."""
        self._wanted = weights
        self.card.setVisible(weights is not None)
        if weights is not None:
            told = [
                f"{part_name(name)} {decimal_text(points['full'])}"
                for side in (weights.community, weights.fund)
                for name, points in side.items()
                if name not in INTERNAL
            ]
            self._parts.setText(_(", ").join(told))
            self.lines["since"].setText(self._today.isoformat())
            self.lines["version"].setText(f"{self._today:%Y-%m-%d}")
            self.lines["source"].setFocus()

    def reload(self) -> None:
        """Ask for the versions again."""
        from crm.queries.dictionaries import weights_versions  # noqa: PLC0415  (not before the first paint)

        self._desk.ask(weights_versions, self._show, lambda error: self.states.fail(error, self.reload))

    def _fill_card(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        titles = {"version": _("Name of the version"), "source": _("Source"), "since": _("First day")}
        for place, (name, title) in enumerate(titles.items()):
            self.lines[name].setAccessibleName(title)
            grid.addWidget(label(title, "second"), 0, place)
            grid.addWidget(self.lines[name], 1, place)
            grid.setColumnStretch(place, 2 if name == "source" else 1)
        grid.addWidget(self.keep, 1, len(titles))
        self.lines["source"].setPlaceholderText(_("document or meeting; required"))
        self.card.body.addWidget(self._parts)
        self.card.body.addLayout(grid)
        self.card.body.addWidget(self._told)

    def _show(self, versions: Sequence[Weights]) -> None:
        self.versions = versions
        self.states.show_content()
        newest = list(reversed(versions))
        heads = [_("{version} from {day}").format(version=one.version, day=one.since) for one in newest]
        self.model = LazyModel((_("Part"), *heads), self)
        self.table.setModel(self.model)
        self.table.setColumnWidth(0, self._desk.tokens.px(220))
        for place in range(1, len(heads)):
            self.table.setColumnWidth(place, self._desk.tokens.px(170))
        lines = [(_("Source"), *(_(one.source) for one in newest))]
        lines += [
            (
                _("{side}: {part}").format(side=title, part=part_name(name)),
                *(decimal_text(_side(one, side)[name]["full"]) if name in _side(one, side) else "—" for one in newest),
            )
            for side, title in (("community", _("Research communities")), ("fund", _("Funds")))
            for name in _side(newest[0], side)
            if name not in INTERNAL
        ]
        self.model.set_lines(len(lines), lambda place: lines[place])

    def _keep(self) -> None:
        from crm.services.dictionaries import add_weights  # noqa: PLC0415

        if self._wanted is None:
            return
        texts = {name: line.text().strip() for name, line in self.lines.items()}
        try:
            since = first_day(texts["since"])
        except UserError as error:
            self._refuse(error)
            return
        made = replace(self._wanted, version=texts["version"], source=texts["source"], since=since)
        why = _("Weights {version}").format(version=made.version)
        self._desk.change(lambda session: add_weights(session, made), why, lambda _number: self._kept(), self._refuse)

    def _kept(self) -> None:
        self._told.setText("")
        self.take(None)
        self._desk.tell(_("Added."))
        self.reload()

    def _refuse(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._told.setText(error.message)
        else:
            self._desk.fail(error)


def _side(weights: Weights, side: str) -> Mapping[str, Points]:
    return weights.community if side == "community" else weights.fund
