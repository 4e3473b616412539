"""One part of today: a card with its count and its lines; loading, nothing to do, not readable."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from crm.i18n import _
from ui.errors import words
from ui.icons import Glyph
from ui.theme.tokens import Tokens
from ui.today.lines import Line, LineList
from ui.widgets.labels import Card, button, label, pill, set_tone


class Part(Card):
    """A card that is asked for by itself, so that a slow question keeps no other waiting."""

    def __init__(self, title: str, glyph: Glyph, tokens: Tokens, nothing: str, *, tone: str = "warn") -> None:
        """Make the card.

        Args:
            title: its heading.
            glyph: its mark.
            tokens: of the look.
            nothing: what is said where nothing waits, with what to do.
            tone: of its count where something waits.
        """
        super().__init__(title, glyph, tokens)
        self._nothing, self._tone = nothing, tone
        self.count = 0
        self.is_here = False
        """Whether it has been answered."""
        self._count = pill("", "grey")
        self._count.hide()
        self.head.insertWidget(2, self._count)
        self.list = LineList(tokens, title)
        self.message = label(_("Loading …"), "second", wrap=True)
        self.again = button(_("Try again"), role="link")
        self.more = button("", role="link")
        for widget in (self.list, self.message, self.again, self.more):
            self.body.addWidget(widget)
        for widget in (self.list, self.again, self.more):
            widget.hide()
        self._more: Callable[[], object] | None = None
        self._again: Callable[[], object] | None = None
        self.again.clicked.connect(lambda _checked=False: self._again() if self._again is not None else None)
        self.more.clicked.connect(lambda _checked=False: self._more() if self._more is not None else None)

    def show_lines(
        self, lines: Sequence[Line], count: int, *, most: int = 0, more: Callable[[], object] | None = None
    ) -> None:
        """Show what waits.

        Args:
            lines: made ready.
            count: how many wait in all; shown beside the heading.
            most: ``count`` stopped counting there: shown as ``1,000+``.
            more: shows all of them, where there are more than the lines.
        """
        self.count, self.is_here = count, True
        self._count.setText(f"{count:,}+" if most and count >= most else f"{count:,}")
        set_tone(self._count, self._tone if count else "grey")
        self._count.setVisible(count > 0)
        self.list.show_lines(lines)
        self.list.setVisible(bool(lines))
        self.message.setText(self._nothing)
        self.message.setVisible(not lines)
        self.again.hide()
        self._more = more
        self.more.setText(_("Show all {count}").format(count=f"{count:,}"))
        self.more.setAccessibleName(f"{self.heading.text()}: {self.more.text()}")
        self.more.setVisible(more is not None)

    def fail(self, error: BaseException, again: Callable[[], object]) -> None:
        """Say that it could not be read, and offer to try again."""
        self.is_here = True
        self.list.hide()
        self.more.hide()
        self.message.setText(_("This could not be read: {why}").format(why=words(error)))
        self.message.show()
        self._again = again
        self.again.show()
