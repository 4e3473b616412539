"""One change set, or one import, with all that is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm.i18n import _, ngettext
from ui.history.words import counts_text, kind_word, moment, record_lines, record_title, set_kind
from ui.icons import Glyph
from ui.theme.tokens import Tokens
from ui.widgets.labels import Card, button, digest_label, label, pill, row, rule

if TYPE_CHECKING:
    from crm.queries.change_log import BatchRow, ChangeSetFacts, DoubtfulRow


class SetCard(Card):
    """What a change set did; it can be taken back, or made again."""

    take_back_asked = Signal(int)

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(_("Change set"), Glyph.HISTORY, tokens, parent)

    def show_facts(self, facts: ChangeSetFacts, *, may_change: bool) -> None:
        """Show a change set; ``may_change``: the database may be written."""
        self.clear_body()
        one = facts.row
        self.note.setText(f"#{one.id}")
        self.body.addWidget(label(one.file or one.why, "card", wrap=True))
        self.body.addWidget(label(f"{one.by} · {moment(one)} · {set_kind(one)}", "meta", wrap=True))
        if one.undoes:
            self.body.addWidget(label(_("Takes back #{number}").format(number=one.undoes), "meta"))
        self._add_act(facts, may_change=may_change)
        for record in facts.records:
            self.body.addWidget(rule())
            self.body.addWidget(label(record_title(record), "strong", wrap=True))
            for text in record_lines(record):
                self.body.addWidget(label(text, wrap=True))
        shown = sum(len(record.changes) for record in facts.records)
        if facts.lines > shown:
            more = _("{count} further lines are not shown.").format(count=f"{facts.lines - shown:,}")
            self.body.addWidget(label(more, "meta", wrap=True))

    def _add_act(self, facts: ChangeSetFacts, *, may_change: bool) -> None:
        number = facts.row.id
        if facts.row.undone:
            again = button(_("Redo"), lambda: self._ask(facts.taken_back_by), glyph=Glyph.REDO, tokens=self._tokens)
            again.setEnabled(may_change and facts.taken_back_by is not None)
            self.body.addLayout(row(pill(_("taken back"), "grey"), again, None))
            return
        undo = button(_("Undo"), lambda: self._ask(number), glyph=Glyph.UNDO, tokens=self._tokens)
        undo.setEnabled(may_change)
        self.body.addLayout(row(undo, None))

    def _ask(self, number: int | None) -> None:
        if number is not None:
            self.take_back_asked.emit(number)


class BatchCard(Card):
    """What an import brought in, and what was doubtful in its rows."""

    take_back_asked = Signal(int)

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(_("Import"), Glyph.IMPORT, tokens, parent)

    def show_batch(self, batch: BatchRow, rows: Sequence[DoubtfulRow], *, may_change: bool) -> None:
        """Show an import."""
        self.clear_body()
        one = batch.change_set
        self.note.setText(f"#{one.id}")
        self.body.addWidget(label(batch.file, "card", wrap=True))
        self.body.addWidget(label(f"{kind_word(batch.kind)} · {one.by} · {moment(one)}", "meta", wrap=True))
        self.body.addWidget(label(counts_text(batch.counts), wrap=True))
        self.body.addWidget(digest_label(f"SHA-256 {batch.sha256}", "meta"))
        if one.undone:
            self.body.addLayout(row(pill(_("taken back"), "grey"), None))
        else:
            undo = button(_("Undo"), lambda: self.take_back_asked.emit(one.id), glyph=Glyph.UNDO, tokens=self._tokens)
            undo.setEnabled(may_change)
            self.body.addLayout(row(undo, None))
        if batch.counts.get("faulty"):
            words = _("Faulty rows were not written; bring the mended file in again: what is known stays as it is.")
            self.body.addWidget(label(words, "second", tone="warn", wrap=True))
        self._add_rows(batch, rows)

    def _add_rows(self, batch: BatchRow, rows: Sequence[DoubtfulRow]) -> None:
        if not rows:
            return
        self.body.addWidget(rule())
        count = ngettext("{count} row with something doubtful", "{count} rows with something doubtful", len(rows))
        self.body.addWidget(label(count.format(count=f"{len(rows):,}"), "strong"))
        for one in rows:
            where = _("sheet {sheet}, row {row}") if one.sheet else _("row {row}")
            self.body.addWidget(label(where.format(sheet=one.sheet, row=one.row), "second"))
            for note in one.notes:
                self.body.addWidget(label(_note(one, str(note)), "meta", wrap=True))
        if batch.counts.get("doubtful", 0) > len(rows):
            self.body.addWidget(label("…", "meta"))


def _note(one: DoubtfulRow, note: str) -> str:
    """Return which cell of a row was doubtful and what stood in it; its value was not taken as certain."""
    column = note.partition(":")[0]
    return _("{cell}: “{raw}” is to be checked").format(cell=f"{column}{one.row}", raw=one.raw.get(column, ""))
