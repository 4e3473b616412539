"""Sectors proposed in the form from what is typed, with the words that speak for each; none is filled in by itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from crm.i18n import _
from ui.widgets.labels import button, clear, label, row

READ = ("name", "investor", "industry", "industries", "chain_position", "notes")
"""Fields whose words are looked at."""


class SectorBlock(QFrame):
    """A button, and under it the proposals; each has a button of its own that puts it into its field."""

    chosen = Signal(str, str)  # field, text
    grown = Signal()  # proposals stand under the button

    def __init__(self, texts: Callable[[], dict[str, str]]) -> None:
        """Make it.

        Args:
            texts: gives what stands in the lines of the form now, by field.
        """
        super().__init__()
        self._texts = texts
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        self.ask = button(
            _("Propose sectors"), self._propose, role="link", says=_("Propose sectors from what is typed")
        )
        layout.addLayout(row(self.ask, None))
        self._found = QVBoxLayout()
        self._found.setSpacing(4)
        layout.addLayout(self._found)

    def _propose(self) -> None:
        from crm.domain.sectors.explain import reason, suggestion_title  # noqa: PLC0415
        from crm.domain.sectors.suggest import suggest_divisions, suggest_fields  # noqa: PLC0415

        texts = self._texts()
        name, rest = texts.get("name", ""), "。".join(text for key in READ[1:] if (text := texts.get(key, "")))
        clear(self._found)
        for field, found in (("gbt4754", suggest_divisions(name, rest)), ("industry", suggest_fields(name, rest))):
            for one in found:
                value = one.code if field == "gbt4754" else one.key
                self._add(field, value, suggestion_title(one), reason(one))
        if not self._found.count():
            self._found.addWidget(label(_("no suggestion: the words tell no sector"), "meta", wrap=True))
        self.grown.emit()

    def _add(self, field: str, value: str, title: str, why: str) -> None:
        words = label(_("{title} ({why})").format(title=title, why=why), "meta", wrap=True)
        take = button(
            _("Fill in"),
            partial(self.chosen.emit, field, value),
            role="link",
            says=_("Fill in {value}").format(value=value),
        )
        line = row(words, take)
        line.setStretch(0, 1)
        self._found.addLayout(line)
