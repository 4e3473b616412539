"""The limits of time: response clocks in working days, how long a lead may stay in a stage or rest unspoken of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from crm.domain.deadlines.explain import clock_name, limit_text
from crm.domain.deadlines.limits import CLOCKS, MOST_DAYS, Limits, keys
from crm.domain.stages.explain import stage_name
from crm.domain.stages.pipeline import STAGES
from crm.errors import UserError, ValueRefusedError
from crm.i18n import _, ngettext
from ui.icons import Glyph
from ui.preferences.words_pane import first_day
from ui.widgets.labels import Card, boxed, button, label, restyle, row

if TYPE_CHECKING:
    from crm.database import Session
    from ui.desk import Desk

LINE_WIDTH = 84


class LimitsPane(QWidget):
    """Every limit in a line of its own; what was changed is kept at once, from a day on, with its source."""

    def __init__(self, desk: Desk, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._today = desk, today
        self._limits = Limits({}, {}, {})
        self.lines = {key: self._line(key) for key in keys()}
        self._whose = {key: label("", "meta") for key in keys()}
        self.since, self.source = QLineEdit(today.isoformat()), QLineEdit()
        self.keep = button(_("Keep"), self._keep, role="primary", glyph=Glyph.SAVE, tokens=desk.tokens)
        self._told = label("", tone="bad", wrap=True)
        self._told.hide()
        self._lay_out()
        self.reload()

    def reload(self) -> None:
        """Ask for the limits of today again; what is being typed stays."""
        from crm.queries.deadlines import load_limits  # noqa: PLC0415  (not before the first paint)

        self._desk.ask(lambda session: load_limits(session, self._today), self._show)

    def changed(self) -> dict[str, int]:
        """Return the limits that differ from those that hold, by key.

        Raises:
            ValueRefusedError: a line holds no number of days.
        """
        found = {}
        for key, days in keys(self._limits).items():
            text = self.lines[key].text().strip()
            if not (text.isdecimal() and 1 <= int(text) <= MOST_DAYS):
                self.lines[key].setFocus()
                told = _("{limit}: give 1 to {most} days.")
                raise ValueRefusedError(told.format(limit=limit_text(key), most=MOST_DAYS), where=key)
            if int(text) != days:
                found[key] = int(text)
        return found

    # -- making

    def _line(self, key: str) -> QLineEdit:
        line = QLineEdit()
        line.setValidator(QIntValidator(1, MOST_DAYS, line))
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.setFixedWidth(self._desk.tokens.px(LINE_WIDTH))
        line.setAccessibleName(limit_text(key))
        line.returnPressed.connect(self._keep)
        line.textEdited.connect(lambda _text: self._mark())
        return line

    def _lay_out(self) -> None:
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 8, 0)
        inner.setSpacing(12)
        for card in (self._clocks_card(), self._stages_card()):
            inner.addWidget(card)
        inner.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its lines have the focus in their turn
        area.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(area, 1)
        layout.addWidget(self._keep_card())

    def _clocks_card(self) -> Card:
        card = Card(_("Response clocks: working days after the first report"), Glyph.CALENDAR, self._desk.tokens)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        for place, code in enumerate(CLOCKS):
            self._add(grid, place, 0, f"clock.{code}", clock_name(code))
        grid.setColumnStretch(3, 1)
        card.body.addLayout(grid)
        return card

    def _stages_card(self) -> Card:
        card = Card(_("Days in a stage, and days without a follow-up"), Glyph.HISTORY, self._desk.tokens)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        for column, title in ((1, _("Days in the stage")), (4, _("Days without a follow-up"))):
            grid.addWidget(label(title, "meta"), 0, column, 1, 2)
        for place, stage in enumerate(STAGES, 1):
            for column, group in ((0, "stay"), (3, "quiet")):
                key = f"{group}.{stage.code}"
                if key in self.lines:
                    self._add(grid, place, column, key, stage_name(stage.code) if not column else "")
        grid.setColumnStretch(6, 1)
        card.body.addLayout(grid)
        words = _("A lead over a limit is shown on the page of today, on its card of the board and beside the list.")
        card.body.addWidget(label(words, "meta", wrap=True))
        return card

    def _add(self, grid: QGridLayout, place: int, column: int, key: str, title: str) -> None:
        name: QLabel = label(title, "second")
        name.setBuddy(self.lines[key])
        grid.addWidget(name, place, column)
        grid.addWidget(self.lines[key], place, column + 1)
        grid.addWidget(self._whose[key], place, column + 2)

    def _keep_card(self) -> Card:
        card = Card(_("Keep what was changed"), Glyph.SAVE, self._desk.tokens)
        self.since.setAccessibleName(_("First day"))
        self.source.setAccessibleName(_("Source"))
        self.source.setPlaceholderText(_("document or meeting; required"))
        line = row(label(_("First day"), "second"), self.since, label(_("Source"), "second"), self.source, self.keep)
        line.setStretch(3, 1)
        self.since.setFixedWidth(self._desk.tokens.px(130))
        card.body.addWidget(boxed(line))
        card.body.addWidget(self._told)
        return card

    # -- showing and keeping

    def _show(self, limits: Limits) -> None:
        before = keys(self._limits) if self._limits.clocks else {}
        self._limits = limits
        for key, days in keys(limits).items():
            if key not in before or self.lines[key].text() in ("", str(before[key])):
                self.lines[key].setText(str(days))
            own = key in limits.entered
            self._whose[key].setText(_("set by the bureau") if own else _("proposed by the program"))
        self._mark()

    def _mark(self) -> None:
        """Mark the lines that differ, and enable what keeps them."""
        differ = {key for key, days in keys(self._limits).items() if self.lines[key].text() != str(days)}
        for key, whose in self._whose.items():
            restyle(whose, "tone", "primary" if key in differ else "")
        self.keep.setEnabled(bool(differ))
        self._tell("")

    def _keep(self) -> None:
        from crm.services.deadlines import set_limit  # noqa: PLC0415

        if not self.keep.isEnabled():
            return
        source = self.source.text().strip()
        try:
            wanted, since = self.changed(), first_day(self.since.text())
        except UserError as error:
            self._tell(error.message)
            return

        def work(session: Session) -> int:
            for key, days in wanted.items():
                set_limit(session, key, days, source=source, since=since)
            return len(wanted)

        self._desk.change(
            work, _("Limits of time: {count} changed").format(count=len(wanted)), self._kept, self._refuse
        )

    def _kept(self, count: int) -> None:
        text = ngettext("{count} limit is kept.", "{count} limits are kept.", count).format(count=count)
        self._desk.tell(text)
        self.reload()

    def _refuse(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._tell(error.message)
            self.source.setFocus()
        else:
            self._desk.fail(error)

    def _tell(self, text: str) -> None:
        self._told.setText(text)
        self._told.setVisible(bool(text))
