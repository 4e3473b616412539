"""The match panel: score, parts and the facts behind them; refused ones last, with all their reasons.

It shows the document that ``xiangtu match --json`` prints: one source for both (ui_design §11, decisions 30–32).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.matching.weights import Weights
from crm.i18n import _, pgettext
from ui.icons import Glyph
from ui.theme.tokens import Tokens
from ui.widgets.elided import ElidedLabel
from ui.widgets.labels import Card, boxed, button, column, label, pill, row, rule
from ui.widgets.proposal import MARKS, marked, proposal, scales_of

SHOWN_AT_FIRST = 3


class MatchPanel(Card):
    """Where a lead could go and whose money could come."""

    add_asked = Signal(str)  # name of a missing field

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(_("Resources that fit"), Glyph.MATCH, tokens, parent)
        self._weights: Weights | None = None
        self._open: set[str] = set()
        self._document: Mapping[str, Any] = {}

    def show_match(self, document: Mapping[str, Any], weights: Weights) -> None:
        """Show the document of a match."""
        self._document, self._weights = document, weights
        self._fill()

    def _fill(self) -> None:
        self.clear_body()
        sides = (
            ("communities", _("Research communities")),
            ("carriers", _("Carriers")),
            ("funds", _("Funds")),
            ("plots", _("Plots of land")),
        )
        counts = [f"{name} {len(self._document[key]['recommended'])}" for key, name in sides if key in self._document]
        self.note.setText("　".join(counts))
        self._add_missing(self._document.get("missing", ()), self._document.get("questions", ()))
        for key, name in sides:
            if key in self._document:
                self._add_side(key, name, self._document[key])
        self.body.addWidget(
            label(_("Weights {version}").format(version=self._document.get("weights_version", "")), "meta")
        )

    def _add_missing(self, missing: Sequence[str], questions: Sequence[str]) -> None:
        if not missing:
            return
        self.body.addWidget(label(_("What is missing"), "second"))
        for code in missing:
            name = _(LEAD_FIELDS[code].label) if code in LEAD_FIELDS else code
            says = _("Add: {field}").format(field=name)
            add = button(_("Add"), partial(self.add_asked.emit, code), role="link", says=says)
            self.body.addLayout(row(label(name, tone="warn"), None, add))
        for question in questions:
            self.body.addWidget(label(f"• {question}", "meta", wrap=True))
        self.body.addWidget(rule())

    def _add_side(self, key: str, name: str, side: Mapping[str, Any]) -> None:
        proposed = side["recommended"]
        self.body.addWidget(label(name, "second"))
        if not proposed:
            self.body.addWidget(label(_("None can be proposed with what is known."), "second", wrap=True))
        every = f"{key}:all" in self._open
        for one in proposed if every else proposed[:SHOWN_AT_FIRST]:
            self.body.addWidget(self._plot(one) if key == "plots" else self._proposal(key, one))
        if len(proposed) > SHOWN_AT_FIRST and not every:
            more = _("Show {number} more").format(number=len(proposed) - SHOWN_AT_FIRST)
            self.body.addWidget(button(more, partial(self._toggle, f"{key}:all"), role="link"))
        for one in side.get("pending", ()):
            line = row(label(one["name"] or one["code"], "second", wrap=True), None, pill(_("waits for data"), "warn"))
            self.body.addLayout(line)
        self._add_refused(key, name, side["refused"])

    def _proposal(self, key: str, one: Mapping[str, Any]) -> QWidget:
        mark = f"{key}:{one['code']}"
        scales = {} if self._weights is None else scales_of(self._weights, key)
        return proposal(one, scales, self._tokens, opened=mark in self._open, key=mark, toggle=self._toggle)

    @staticmethod
    def _plot(one: Mapping[str, Any]) -> QWidget:
        """Return a plot that can be proposed: no score, every fact looked at."""
        lines = [row(label(_("Plot {code}").format(code=one["code"]), "strong"), None)]
        box = column(spacing=2)
        for line in lines:
            box.addLayout(line)
        for criterion in one["criteria"]:
            mark, tone = MARKS[criterion["result"]]
            box.addWidget(marked(mark, tone, f"{criterion['label']}：{criterion['reason']}"))
        return boxed(box)

    def _add_refused(self, key: str, name: str, refused: Sequence[Mapping[str, Any]]) -> None:
        if not refused:
            return
        opened = f"{key}:refused" in self._open
        words = _("Hide the refused") if opened else _("{number} refused: all reasons").format(number=len(refused))
        toggle = button(words, partial(self._toggle, f"{key}:refused"), role="link", says=f"{name}：{words}")
        toggle.setProperty("key", f"{key}:refused")
        self.body.addLayout(row(toggle, None))
        if not opened:
            return
        for names, reasons, changes in _alike(refused):
            count = f" {len(names)}" if len(names) > 1 else ""
            line = row(ElidedLabel(pgettext("list", ", ").join(names)), pill(_("does not fit") + count, "bad"))
            line.setStretch(0, 1)
            self.body.addLayout(line)
            for reason in reasons:
                self.body.addWidget(marked("✗", "bad", reason))
            for change in changes:
                self.body.addWidget(label(f"→ {change}", "meta", tone="primary", wrap=True))

    def _toggle(self, what: str) -> None:
        self._open ^= {what}
        self._fill()


def _alike(refused: Sequence[Mapping[str, Any]]) -> list[tuple[list[str], Sequence[str], Sequence[str]]]:
    """Return the names of those refused for the very same reasons together: 119 slots wait for the same data."""
    groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for one in refused:
        key = tuple(one["reasons"]), tuple(one.get("would_change", ()))
        groups.setdefault(key, []).append(one.get("name") or one["code"])
    return [(names, reasons, changes) for (reasons, changes), names in groups.items()]
