"""The match panel: score, parts and the facts behind them; refused ones last, with all their reasons.

It shows the document that ``xiangtu match --json`` prints: one source for both (ui_design §11, decisions 30–32).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.matching.explain import part_name
from crm.domain.matching.weights import Weights
from crm.i18n import _
from ui.icons import Glyph
from ui.theme.tokens import Tokens
from ui.widgets.bars import PartBar, ScoreRing
from ui.widgets.elided import ElidedLabel
from ui.widgets.labels import Card, boxed, button, label, pill, row, rule

BAND_TONES = {"recommended": "ok", "negotiable": "primary", "weak": "grey"}
MARKS = {"met": ("✓", "ok"), "not_met": ("✗", "bad"), "unknown": ("?", "warn")}
INTERNAL = frozenset({"landing"})
"""Parts of a fund's score that are told nobody (decisions 32)."""

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
        sides = (("communities", _("Research communities")), ("funds", _("Funds")))
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
            self.body.addWidget(self._proposal(key, one))
        if len(proposed) > SHOWN_AT_FIRST and not every:
            more = _("Show {number} more").format(number=len(proposed) - SHOWN_AT_FIRST)
            self.body.addWidget(button(more, partial(self._toggle, f"{key}:all"), role="link"))
        for one in side.get("pending", ()):
            line = row(label(one["name"] or one["code"], "second", wrap=True), None, pill(_("waits for data"), "warn"))
            self.body.addLayout(line)
        self._add_refused(key, name, side["refused"])

    def _proposal(self, key: str, one: Mapping[str, Any]) -> QWidget:
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(4)
        shade = BAND_TONES.get(one["band"], "grey")
        name = one["name"] or one["code"]
        said = _("{name}: {score} points, {band}").format(name=name, score=_cut(one["score"]), band=one["band_text"])
        ring = ScoreRing(int(Decimal(one["score"])), shade, self._tokens, said)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        head = row(label(name, "strong", wrap=True), pill(one["band_text"], shade))
        head.setStretch(0, 1)
        texts.addLayout(head)
        texts.addWidget(label(_summary(one), "meta", wrap=True))
        opened = f"{key}:{one['code']}" in self._open
        if opened:
            texts.addSpacing(4)
            texts.addWidget(boxed(self._parts(key, one)))
        word = _("Hide reasons") if opened else _("Why?")
        says = _("{what}: {name}").format(what=word, name=name)
        toggle = button(word, partial(self._toggle, f"{key}:{one['code']}"), role="link", says=says)
        toggle.setProperty("key", f"{key}:{one['code']}")
        texts.addLayout(row(toggle, None))
        line = row(spacing=10)
        line.addWidget(ring, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(boxed(texts), 1)
        layout.addLayout(line)
        return box

    def _parts(self, key: str, one: Mapping[str, Any]) -> QVBoxLayout:
        outer = QVBoxLayout()
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        told = [(part, points) for part, points in one["parts"].items() if part not in INTERNAL]
        for place, (part, points) in enumerate(told):
            whole = self._whole(key, part)
            text = f"{_cut(points)} / {whole}"
            share = min(1.0, float(Decimal(points) / whole)) if whole else 0.0
            grid.addWidget(label(part_name(part), "meta"), place, 0)
            grid.addWidget(PartBar(share, self._tokens, f"{part_name(part)} {text}"), place, 1)
            grid.addWidget(label(text, "meta"), place, 2, Qt.AlignmentFlag.AlignRight)
        outer.addLayout(grid)
        for criterion in one["criteria"]:
            mark, tone = MARKS[criterion["result"]]
            outer.addWidget(_marked(mark, tone, f"{criterion['label']}：{criterion['reason']}"))
        for change in one.get("would_change", ()):
            outer.addWidget(label(f"→ {change}", "meta", tone="primary", wrap=True))
        return outer

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
            line = row(ElidedLabel("、".join(names)), pill(_("does not fit") + count, "bad"))
            line.setStretch(0, 1)
            self.body.addLayout(line)
            for reason in reasons:
                self.body.addWidget(_marked("✗", "bad", reason))
            for change in changes:
                self.body.addWidget(label(f"→ {change}", "meta", tone="primary", wrap=True))

    def _whole(self, key: str, part: str) -> Decimal:
        if self._weights is None:
            return Decimal(0)
        table = self._weights.community if key == "communities" else self._weights.fund
        return Decimal(table[part]["full"])

    def _toggle(self, what: str) -> None:
        self._open ^= {what}
        self._fill()


def _alike(refused: Sequence[Mapping[str, Any]]) -> list[tuple[list[str], Sequence[str], Sequence[str]]]:
    """Return the names of those refused for the very same reasons together: 119 slots wait for the same data."""
    groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for one in refused:
        key = tuple(one["reasons"]), tuple(one.get("would_change", ()))
        groups.setdefault(key, []).append(one["name"] or one["code"])
    return [(names, reasons, changes) for (reasons, changes), names in groups.items()]


def _marked(mark: str, tone: str, text: str) -> QWidget:
    """Return a text that begins with a mark in a tone."""
    line = row(spacing=4)
    sign = label(mark, "meta", tone=tone)
    sign.setFixedWidth(14)
    line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(label(text, "meta", wrap=True), 1)
    return boxed(line)


def _cut(points: str) -> str:
    """Return points with at most one decimal, cut, never rounded up."""
    tenth = Decimal("0.1")
    text = f"{Decimal(points) // tenth * tenth}"
    return text.removesuffix(".0")


def _summary(one: Mapping[str, Any]) -> str:
    """Return the facts that count most, in a line: what fits, and what a person must look at."""
    met = [each["reason"] for each in one["criteria"] if each["result"] == "met"][:2]
    unknown = [each["label"] for each in one["criteria"] if each["result"] == "unknown" and each["hard"]]
    if unknown:
        met.append(_("to be checked: {names}").format(names="、".join(unknown)))
    if one.get("ticket_wan") is not None:
        sums = _("{action}: {ticket} ten thousand yuan").format(action=one["action_text"], ticket=one["ticket_wan"])
        met.insert(0, sums)
    return _("; ").join(met)
