"""The dictionaries: dated words with their sources, rates of exchange, limits; added and ended, never rewritten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from crm.domain.fields.codes import STAGES
from crm.domain.fields.words import label_of
from crm.domain.quantities import read_date
from crm.domain.quantities.currencies import BY_CODE
from crm.errors import UserError, ValueRefusedError
from crm.i18n import N_, _
from ui.icons import Glyph
from ui.tables.lazy_model import LazyModel
from ui.tables.lines import make_table
from ui.widgets.labels import Card, button, label, name_box, row
from ui.widgets.states import States

if TYPE_CHECKING:
    from crm.queries.settings import EntryRow
    from ui.desk import Desk

DICTIONARIES: tuple[tuple[str, str, str, str], ...] = (
    ("rate", N_("Rates of exchange"), N_("currency, e.g. USD"), N_("yuan for one unit, e.g. 7.0950")),
    ("stage_probability", N_("Probability by stage"), N_("stage"), N_("share, e.g. 0.2 or 20%")),
    ("deadline", N_("Limits of time"), N_("limit, e.g. stay.review"), N_("days")),
    ("industry_alias", N_("Aliases of industries"), N_("word"), N_("industry it stands for")),
    ("industry_family", N_("Families of industries"), N_("family, e.g. 1"), N_("industry")),
    ("negative_list", N_("Negative list"), N_("class of GB/T 4754"), N_("what is forbidden")),
    ("area_mapping", N_("Areas by address"), N_("text of an address"), N_("threshold area")),
    ("functional_area_mapping", N_("Functional areas"), N_("text"), N_("functional area")),
    ("threshold_setting", N_("Settings of the verdict"), N_("setting, e.g. critical_band"), N_("share")),
)
"""Dictionary, its name, what its word and its meaning are (messages)."""


class WordsPane(QWidget):
    """One dictionary at a time."""

    def __init__(self, desk: Desk, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._today, self._asked = desk, today, 0
        self.rows: Sequence[EntryRow] = ()
        tokens = desk.tokens
        self.choice = QComboBox()
        name_box(self.choice, _("Dictionary"))
        for code, name, _term, _meaning in DICTIONARIES:
            self.choice.addItem(_(name), code)
        titles = (_("Word"), _("Meaning"), _("From"), _("Until"), _("Source"))
        self.model = LazyModel(titles, self)
        self.table = make_table(self.model, _("Entries"), (180, 200, 104, 104), tokens)
        self.states = States(self.table, tokens)
        self.lines = {name: QLineEdit() for name in ("term", "meaning", "valid_from", "source")}
        self.add = button(_("Add entry"), self._add, role="primary", glyph=Glyph.ADD, tokens=tokens)
        self.end = button(_("End today"), self._end)
        self._told = label("", tone="bad", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(row(self.choice, None, self.end))
        layout.addWidget(self.states, 1)
        layout.addWidget(self._make_form())
        self.choice.currentIndexChanged.connect(lambda _place: self._turn())
        self._turn()

    def reload(self) -> None:
        """Ask for the entries again."""
        from crm.queries.settings import entries  # noqa: PLC0415  (not before the first paint)

        self._asked += 1
        number, dictionary = self._asked, str(self.choice.currentData())

        def show(found: Sequence[EntryRow]) -> None:
            if number == self._asked:
                self._show(found)

        self._desk.ask(
            lambda session: entries(session, dictionary), show, lambda error: self.states.fail(error, self.reload)
        )

    def _make_form(self) -> Card:
        card = Card(_("A new entry"), Glyph.ADD, self._desk.tokens)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        names = {
            "term": _("Word"),
            "meaning": _("Meaning"),
            "valid_from": _("First day"),
            "source": _("Source"),
        }
        for place, (name, title) in enumerate(names.items()):
            self.lines[name].setAccessibleName(title)
            self.lines[name].returnPressed.connect(self._add)
            grid.addWidget(label(title, "second"), 0, place)
            grid.addWidget(self.lines[name], 1, place)
            grid.setColumnStretch(place, 2 if name in ("meaning", "source") else 1)
        grid.addWidget(self.add, 1, len(names))
        self.lines["source"].setPlaceholderText(_("document or meeting; required"))
        card.body.addLayout(grid)
        card.body.addWidget(self._told)
        words = _("An entry is never rewritten: a later one follows it, so that every day keeps what held on it.")
        card.body.addWidget(label(words, "meta", wrap=True))
        return card

    def _turn(self) -> None:
        _code, _name, term, meaning = DICTIONARIES[self.choice.currentIndex()]
        self.lines["term"].setPlaceholderText(_(term))
        self.lines["meaning"].setPlaceholderText(_(meaning))
        self.lines["valid_from"].setText(self._today.isoformat())
        self._told.setText("")
        self.reload()

    def _show(self, found: Sequence[EntryRow]) -> None:
        self.rows = found
        dictionary = str(self.choice.currentData())
        self.model.set_lines(len(found), lambda place: entry_line(dictionary, found[place]))
        self.end.setEnabled(bool(found))
        if found:
            self.states.show_content()
            self.table.selectRow(0)
        else:
            more = _("What the program proposes holds until something is entered.")
            self.states.say(Glyph.DATABASE, _("Nothing is entered in this dictionary."), more)

    def _add(self) -> None:
        from crm.services.dictionaries import add_word  # noqa: PLC0415

        dictionary = str(self.choice.currentData())
        texts = {name: line.text().strip() for name, line in self.lines.items()}
        try:
            day = first_day(texts["valid_from"])
        except UserError as error:
            self._refuse(error)
            return

        def work(session: object) -> int:
            return add_word(
                session,  # type: ignore[arg-type]  # a session of the database
                dictionary,
                texts["term"],
                texts["meaning"],
                source=texts["source"],
                valid_from=day,
            )

        why = _("{dictionary}: {word}").format(dictionary=self.choice.currentText(), word=texts["term"])
        self._desk.change(work, why, lambda _number: self._added(), self._refuse)

    def _added(self) -> None:
        for name in ("term", "meaning"):
            self.lines[name].clear()
        self._told.setText("")
        self._desk.tell(_("Added."))
        self.reload()

    def _refuse(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._told.setText(error.message)
        else:
            self._desk.fail(error)

    def _end(self) -> None:
        from crm.services.dictionaries import end_entry  # noqa: PLC0415

        place = self.table.currentIndex().row()
        if 0 <= place < len(self.rows):
            number, word = self.rows[place].id, self.rows[place].term
            why = _("End of {word}").format(word=word)
            self._desk.change(
                lambda session: end_entry(session, number, self._today), why, lambda _none: self.reload(), self._refuse
            )


def entry_line(dictionary: str, one: EntryRow) -> tuple[str, ...]:
    """Return an entry as a line of the table."""
    term = one.term
    if dictionary == "rate" and term in BY_CODE:
        term = f"{term} {_(BY_CODE[term].name)}"
    elif dictionary == "stage_probability":
        term = label_of(STAGES, term)
    begins = one.valid_from.isoformat() if one.valid_from else _("from ever")
    return term, one.meaning, begins, one.valid_to.isoformat() if one.valid_to else "—", one.source


def first_day(text: str) -> date:
    """Return a whole day as typed.

    Raises:
        ValueRefusedError: it is none.
    """
    day = read_date(text)
    if day is None or day.month is None or day.day is None:
        raise ValueRefusedError(_("Give the first day as 2026-12-01."), where="valid_from")
    return date(day.year, day.month, day.day)
