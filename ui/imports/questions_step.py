"""The third page of the wizard: what the file leaves open, asked once with proof rows; rows that may be known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from crm.domain.companies.duplicates import Likelihood
from crm.domain.companies.explain import likelihood_word
from crm.domain.imports.choices import DUPLICATES
from crm.domain.imports.explain import choice_text, question_text
from crm.domain.imports.kinds import import_fields
from crm.i18n import N_, _, ngettext
from ui.icons import Glyph
from ui.imports.duplicate_panel import DuplicatePanel
from ui.imports.preview import Preview
from ui.imports.state import ImportState
from ui.imports.tables import ChoiceModel, choice_table
from ui.theme.tokens import Tokens
from ui.widgets.labels import Card, button, clear, label, name_box, row

if TYPE_CHECKING:
    from crm.domain.imports.questions import Question

MOST = 200
"""Questions shown at once; more come up when these are answered."""

DO = 4
WAYS = (
    ("", N_("not decided: left out for now")),
    ("skip", N_("skip: it is known")),
    ("fill", N_("merge: fill its blanks only")),
    ("fill:*", N_("merge: take every value of the file")),
    ("new", N_("new: it is another")),
)


class QuestionsStep(QWidget):
    """Asks; tells each answer at once."""

    answered = Signal(str, str)  # key of the question; the answer, "" to leave it open

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens = tokens
        self._state: ImportState | None = None
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(12)
        self.choices: dict[str, QComboBox] = {}
        self.model: ChoiceModel | None = None
        self.panel: DuplicatePanel | None = None

    def show_preview(self, preview: Preview, state: ImportState) -> None:
        """Show the questions of a file with the answers given so far, and the rows that may be known."""
        clear(self._body)
        self.choices, self.model, self.panel = {}, None, None
        self._state = state
        questions = preview.imported.understood.questions
        asked = [one for one in (*questions.open, *questions.settled) if one.code != DUPLICATES]
        if asked:
            self._body.addWidget(self._card(preview, asked, state))
        if preview.held:
            self._body.addWidget(self._duplicates(preview, state))
        if not asked and not preview.held:
            self._body.addWidget(label(_("The file leaves nothing open."), tone="ok"))
        self._body.addStretch(1)

    def state_changed(self, state: ImportState) -> None:
        """Show the rows that may be known with the answers given meanwhile."""
        self._state = state
        if self.model is not None and self.model.rowCount():
            self.model.relook()

    def take_proposals(self) -> int:
        """Answer every question that has a proposal and no answer with it; return how many."""
        taken = 0
        for key, choice in self.choices.items():
            place = choice.findData(choice.property("proposed"))
            if choice.property("proposed") and place > 0 and not choice.currentData():
                choice.setCurrentIndex(place)
                self.answered.emit(key, str(choice.currentData()))
                taken += 1
        return taken

    def _card(self, preview: Preview, asked: list[Question], state: ImportState) -> Card:
        card = Card(_("Questions ({number})").format(number=len(asked)), Glyph.QUESTION, self._tokens)
        words = _("Each is asked once for the whole file. What is not answered stays empty and is listed as doubtful.")
        card.body.addWidget(label(words, "meta", wrap=True))
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        for place, question in enumerate(asked[:MOST]):
            text = question_text(question, import_fields(preview.kind))
            if question.recalled and question.key not in state.answers:
                text += _(" (as last time)")
            choice = self._choice(question, text, state)
            words_of_it = label(text, wrap=True)
            words_of_it.setBuddy(choice)
            grid.addWidget(words_of_it, place, 0)
            grid.addWidget(choice, place, 1, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(grid)
        if any(question.parameters.get("proposed") and not question.answer for question in asked):
            card.body.addLayout(row(button(_("Take all proposals"), self.take_proposals), None))
        return card

    def _choice(self, question: Question, text: str, state: ImportState) -> QComboBox:
        choice = QComboBox()
        choice.addItem(_("(leave open)"), "")
        for code in question.choices:
            words = choice_text(question, code)
            choice.addItem(_("{words} (last time)").format(words=words) if code == question.last_time else words, code)
        given = state.answers.get(question.key, question.answer or "")
        choice.setCurrentIndex(max(0, choice.findData(given)))
        choice.setProperty("proposed", question.parameters.get("proposed") or question.last_time or "")
        choice.setAccessibleName(text)
        choice.setMinimumWidth(self._tokens.px(220))
        choice.activated.connect(lambda _place: self.answered.emit(question.key, str(choice.currentData())))
        self.choices[question.key] = choice
        return choice

    def _duplicates(self, preview: Preview, state: ImportState) -> Card:
        count = len(preview.held)
        heading = ngettext("{count} row may be known already", "{count} rows may be known already", count)
        card = Card(heading.format(count=f"{count:,}"), Glyph.COPY, self._tokens)
        every = QComboBox()
        name_box(every, _("What is done with all of them"))
        for code, words in WAYS:
            every.addItem(_(words), code)
        every.setCurrentIndex(max(0, every.findData(state.answers.get(DUPLICATES, ""))))
        every.activated.connect(lambda _place: self.answered.emit(DUPLICATES, str(every.currentData())))
        self.choices[DUPLICATES] = every
        card.body.addLayout(row(label(_("All of them, unless a row below says otherwise"), "second"), every, None))
        model = self._model(preview)
        table = choice_table(model, card.heading.text(), (90, 200, 90, 330), self._tokens)
        table.setFixedHeight(self._tokens.px(44 + 32 * min(10, max(3, count))))
        card.body.addWidget(table)
        panel = DuplicatePanel(preview.kind, self._tokens)
        panel.answered.connect(self.answered.emit)
        card.body.addWidget(panel)
        self.model, self.panel = model, panel

        def show(place: int) -> None:
            told = self._told(preview, place)
            panel.show_duplicate(told, self._answer(told))

        table.selectionModel().currentRowChanged.connect(lambda index, _before: show(index.row()))
        table.selectRow(0)
        return card

    def _model(self, preview: Preview) -> ChoiceModel:
        titles = (_("Row"), _("Project"), _("Likeness"), _("May be"), _("What is done"))
        model = ChoiceModel(titles, (DO,), self)

        def line(place: int) -> tuple[str, ...]:
            told = self._told(preview, place)
            first = told["candidates"][0]
            name = preview.row_line(preview.held[place])[1]
            likely = likelihood_word(Likelihood(first["likelihood"])) if first["likelihood"] else "—"
            return told["where"], name, likely, first["why"], way_text(self._answer(told))

        model.choices = lambda _place, _column: [(_(words), code) for code, words in WAYS]
        model.current = lambda place, _column: self._answer(self._told(preview, place))
        model.set_lines(len(preview.held), line)
        model.chosen.connect(lambda place, _column, code: self.answered.emit(self._told(preview, place)["key"], code))
        return model

    @staticmethod
    def _told(preview: Preview, place: int) -> Mapping[str, Any]:
        """Return the row as the contract tells of duplicates, with where it stands."""
        at = preview.held[place]
        document = preview.document(at)
        return {**document["duplicate"], "where": preview.where(preview.planned[at])}

    def _answer(self, told: Mapping[str, Any]) -> str:
        state = self._state
        if state is None:
            return ""
        return state.answers.get(told["key"], "") or state.answers.get(DUPLICATES, "")


def way_text(answer: str) -> str:
    """Return what an answer about a row does."""
    known = next((words for code, words in WAYS if code == answer), None)
    return _(known) if known is not None else _("merge: field by field")
