"""One proposal of a match: its score in a ring, its band, the facts that count, and on demand all parts and reasons.

It shows an entry of the document that ``xiangtu match --json`` prints (ui_design §11, decisions 30–32).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from crm.domain.matching.explain import part_name
from crm.domain.matching.weights import Weights
from crm.i18n import _, pgettext
from ui.theme.tokens import Tokens
from ui.widgets.bars import PartBar, ScoreRing
from ui.widgets.labels import boxed, button, label, pill, row

BAND_TONES = {"recommended": "ok", "negotiable": "primary", "weak": "grey"}
MARKS = {"met": ("✓", "ok"), "not_met": ("✗", "bad"), "unknown": ("?", "warn")}
INTERNAL = frozenset({"landing"})
"""Parts of a fund's score that are told nobody (decisions 32)."""


def scales_of(weights: Weights, side: str) -> dict[str, Decimal]:
    """Return the full points of each part of a side (``communities``, ``carriers`` or ``funds``)."""
    table = weights.fund if side == "funds" else weights.community
    return {part: points["full"] for part, points in table.items()}


def proposal(
    one: Mapping[str, Any],
    scales: Mapping[str, Decimal],
    tokens: Tokens,
    *,
    opened: bool,
    key: str,
    toggle: Callable[[str], object],
) -> QWidget:
    """Return a proposal.

    Args:
        one: the entry of the document; ``name`` or else ``code`` is its heading.
        scales: full points of each part.
        tokens: of the look.
        opened: show all parts and reasons.
        key: what ``toggle`` is called with to open or close it.
        toggle: asked for by its button.
    """
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 4, 0, 4)
    layout.setSpacing(4)
    shade = BAND_TONES.get(one["band"], "grey")
    name = one["name"] or one["code"]
    said = _("{name}: {score} points, {band}").format(name=name, score=_cut(one["score"]), band=one["band_text"])
    ring = ScoreRing(int(Decimal(one["score"])), shade, tokens, said)
    texts = QVBoxLayout()
    texts.setSpacing(2)
    head = row(label(name, "strong", wrap=True), pill(one["band_text"], shade))
    head.setStretch(0, 1)
    texts.addLayout(head)
    texts.addWidget(label(_summary(one), "meta", wrap=True))
    if opened:
        texts.addSpacing(4)
        texts.addWidget(boxed(_parts(one, scales, tokens)))
    word = _("Hide reasons") if opened else _("Why?")
    says = _("{what}: {name}").format(what=word, name=name)
    why = button(word, partial(toggle, key), role="link", says=says)
    why.setProperty("key", key)
    texts.addLayout(row(why, None))
    line = row(spacing=10)
    line.addWidget(ring, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(boxed(texts), 1)
    layout.addLayout(line)
    return box


def _parts(one: Mapping[str, Any], scales: Mapping[str, Decimal], tokens: Tokens) -> QVBoxLayout:
    outer = QVBoxLayout()
    grid = QGridLayout()
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(4)
    told = [(part, points) for part, points in one["parts"].items() if part not in INTERNAL]
    for place, (part, points) in enumerate(told):
        whole = scales.get(part, Decimal(0))
        text = f"{_cut(points)} / {whole}"
        share = min(1.0, float(Decimal(points) / whole)) if whole else 0.0
        grid.addWidget(label(part_name(part), "meta"), place, 0)
        grid.addWidget(PartBar(share, tokens, f"{part_name(part)} {text}"), place, 1)
        grid.addWidget(label(text, "meta"), place, 2, Qt.AlignmentFlag.AlignRight)
    outer.addLayout(grid)
    for criterion in one["criteria"]:
        mark, tone = MARKS[criterion["result"]]
        outer.addWidget(marked(mark, tone, f"{criterion['label']}：{criterion['reason']}"))
    for change in one.get("would_change", ()):
        outer.addWidget(label(f"→ {change}", "meta", tone="primary", wrap=True))
    return outer


def marked(mark: str, tone: str, text: str) -> QWidget:
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
        met.append(_("to be checked: {names}").format(names=pgettext("list", ", ").join(unknown)))
    if one.get("ticket_wan") is not None:
        sums = _("{action}: {ticket} ten thousand yuan").format(action=one["action_text"], ticket=one["ticket_wan"])
        met.insert(0, sums)
    return _("; ").join(met)
