"""Which leads fit a community or a fund: the best with every reason, how many others, and what refused them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from crm.domain.fields.codes import STAGES
from crm.domain.fields.words import label_of, list_mark
from crm.i18n import _, ngettext
from ui.icons import Glyph
from ui.theme.tokens import Tokens
from ui.widgets.labels import Card, button, label, row
from ui.widgets.proposal import proposal, scales_of

if TYPE_CHECKING:
    from crm.jobs import Progress
    from crm.jobs.fits import Fit, Fits

SHOWN_AT_FIRST = 5


class FitsCard(Card):
    """The leads that fit one target."""

    lead_asked = Signal(int)
    cancel_asked = Signal()

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(_("Leads that fit"), Glyph.MATCH, tokens, parent)
        self._fits: Fits | None = None
        self._side = ""
        self._open: set[str] = set()

    def show_progress(self, step: Progress | None) -> None:
        """Show how far the comparison is."""
        self._fits = None
        self.clear_body()
        self.note.setText("")
        done, whole = (step.done, step.total or 0) if step is not None else (0, 0)
        words = _("Comparing leads: {done} of {whole}").format(done=f"{done:,}", whole=f"{whole:,}")
        bar = QProgressBar()
        bar.setTextVisible(False)
        bar.setAccessibleName(words)
        bar.setRange(0, max(1, whole))
        bar.setValue(done)
        self.body.addWidget(label(words, "second"))
        self.body.addWidget(bar)
        self.body.addLayout(row(button(_("Cancel"), self.cancel_asked.emit), None))

    def show_fits(self, fits: Fits, side: str) -> None:
        """Show what came of it; ``side`` is ``communities`` or ``funds``."""
        self._fits, self._side, self._open = fits, side, set()
        self._fill()

    def tell(self, text: str) -> None:
        """Say why nothing is compared."""
        self._fits = None
        self.clear_body()
        self.note.setText("")
        self.body.addWidget(label(text, "second", wrap=True))

    def _fill(self) -> None:
        fits = self._fits
        if fits is None:
            return
        self.clear_body()
        count = ngettext("{count} lead compared", "{count} leads compared", fits.compared)
        self.note.setText(count.format(count=f"{fits.compared:,}"))
        if not fits.ready:
            self.tell(_("This entry is still to be filled in; it is never recommended."))
            return
        if not fits.best:
            self.body.addWidget(label(_("No live lead fits with what is known."), "second", wrap=True))
        shown = fits.best if "all" in self._open else fits.best[:SHOWN_AT_FIRST]
        for one in shown:
            self._add(one, fits)
        if len(fits.best) > len(shown):
            more = _("Show {number} more").format(number=len(fits.best) - len(shown))
            self.body.addLayout(row(button(more, partial(self._toggle, "all"), role="link"), None))
        self._add_rest(fits)

    def _add(self, one: Fit, fits: Fits) -> None:
        scales = scales_of(fits.weights, self._side)
        mark = f"lead:{one.lead_id}"
        widget = proposal(one.proposal, scales, self._tokens, opened=mark in self._open, key=mark, toggle=self._toggle)
        self.body.addWidget(widget)
        stage = label_of(STAGES, one.stage) if one.stage else _("stage not known")
        says = _("Open {name}").format(name=one.name or one.code)
        opened = button(_("Open the lead"), partial(self.lead_asked.emit, one.lead_id), role="link", says=says)
        self.body.addLayout(row(label(f"{one.code} · {stage}", "meta"), None, opened))

    def _add_rest(self, fits: Fits) -> None:
        told = []
        if fits.proposed > len(fits.best):
            told.append(_("{count} leads fit in all").format(count=f"{fits.proposed:,}"))
        if fits.waiting:
            told.append(_("{count} wait for more data of the lead").format(count=f"{fits.waiting:,}"))
        if fits.refusals:
            reasons = list_mark().join(f"{name} {count:,}" for name, count in fits.refusals)
            told.append(_("refused for: {reasons}").format(reasons=reasons))
        if told:
            self.body.addWidget(label(_("; ").join(told), "meta", wrap=True))
        self.body.addWidget(label(_("Weights {version}").format(version=fits.weights.version), "meta"))

    def _toggle(self, what: str) -> None:
        self._open ^= {what}
        self._fill()
