"""What a file leaves open: asked once with its proof, answered by ``KEY=VALUE``; the same answers hold again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from crm.domain.fields.codes import AREA_CODES
from crm.domain.imports.choices import DUPLICATE_CHOICES, DUPLICATES, Choice, read_choice, row_key
from crm.errors import ValueRefusedError
from crm.i18n import _

CONFLICT, CONFLICTS = "conflict", "conflicts"
"""The code of the question about a cell changed on both sides, and the key that answers all of these at once."""

CONFLICT_CHOICES = ("program", "file")
"""Leave what the program has, take what the file says."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "area": (*AREA_CODES, "none"),
    "area_elsewhere": (*AREA_CODES, "none"),
    "site_area": (*AREA_CODES, "none"),
    "stage_text": ("yes", "no"),
    "month": ("1", "10"),
    "day_month": ("month_first", "day_first"),
    "no_land": ("none", "unknown"),
    "same_heading": ("first", "second"),
    DUPLICATES: DUPLICATE_CHOICES,
    CONFLICT: CONFLICT_CHOICES,
}
"""The answers to each kind of question that are the same everywhere."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A cell that shows why a question is asked.

    Attributes:
        row: as people count, from 1.
        raw: the cell's text.
    """

    row: int
    raw: str


@dataclass(slots=True)
class Question:
    """One question.

    Attributes:
        key: stable for a file; what ``--answer`` names.
        code: the kind of question; :mod:`crm.domain.imports.explain` has the words.
        choices: the answers that can be given.
        sheet: the sheet it is about, "" when it is about the whole file.
        column: the letter of the column it is about, or "".
        parameters: texts that go into its words.
        proofs: the cells it is about.
        answer: what was answered.
        last_time: what was answered when a file with this heading came in before, and is not taken unasked.
        recalled: the answer is the one of last time.
    """

    key: str
    code: str
    choices: tuple[str, ...]
    sheet: str = ""
    column: str = ""
    parameters: dict[str, str] = field(default_factory=dict)
    proofs: list[Proof] = field(default_factory=list)
    answer: str | None = None
    last_time: str | None = None
    recalled: bool = False


class Questions:
    """The questions of one file, with the answers given, and those of last time."""

    def __init__(self, answers: Mapping[str, str] | None = None) -> None:
        self._answers = dict(answers or {})
        self._recalled: dict[str, str] = {}
        self._offered: dict[str, str] = {}
        self._asked: dict[str, Question] = {}

    def recall(self, answers: Mapping[str, str], offered: Mapping[str, str]) -> None:
        """Take the answers of last time: some hold again, others are only offered. What is answered now goes first."""
        self._recalled |= answers
        self._offered |= offered

    def ask(
        self,
        key: str,
        code: str,
        *,
        sheet: str = "",
        column: str = "",
        choices: tuple[str, ...] = (),
        proof: Proof | None = None,
        **parameters: str,
    ) -> str | None:
        """Ask (again, with one more proof), and return the answer, None while there is none."""
        question = self._asked.get(key)
        if question is None:
            question = Question(key, code, choices or CHOICES[code], sheet, column, dict(parameters))
            self._settle(question)
            self._asked[key] = question
        if proof and proof not in question.proofs[-1:]:
            question.proofs.append(proof)
        return question.answer

    def _settle(self, question: Question) -> None:
        """Put in what was answered, now or last time; an answer of last time that is no choice any more is dropped."""
        before = self._recalled.get(question.key)
        question.answer = self._answers.get(question.key)
        if question.answer is None and before in question.choices:
            question.answer, question.recalled = before, True
        offered = self._offered.get(question.key)
        question.last_time = offered if offered in question.choices else None

    def answered(self, key: str) -> str | None:
        """Return the answer to a question that may not have been asked yet."""
        return self._answers.get(key, self._recalled.get(key))

    def choice(self, sheet: str = "", row: int = 0) -> Choice | None:
        """Return what is to be done with a row that may be known already; without a row, with every such row."""
        key = row_key(sheet, row) if row else DUPLICATES
        given = self._answers.get(key)
        return None if given is None else read_choice(given, where=key)

    @property
    def open(self) -> list[Question]:
        """The questions without an answer, in the order they came up."""
        return [question for question in self._asked.values() if question.answer is None]

    @property
    def settled(self) -> list[Question]:
        """The questions with an answer, in the order they came up."""
        return [question for question in self._asked.values() if question.answer is not None]

    def check(self) -> None:
        """Make sure that every answer fits a question of the file; those about single rows see ``check_rows``.

        Raises:
            ValueRefusedError: a key that no question has, or an answer its question does not allow; the message lists
                the possible ones.
        """
        for key, value in self._answers.items():
            if key == DUPLICATES or key.startswith(f"{DUPLICATES}:"):
                read_choice(value, where=key)
                continue
            question = self._asked.get(key)
            later = _asked_later(key)
            if question is None and not later:
                keys = _(", ").join((*self._asked, DUPLICATES))
                message = _("The file asks no question “{key}”. Its questions: {keys}.")
                raise ValueRefusedError(message.format(key=key, keys=keys), where=key)
            choices = question.choices if question else later
            if value not in choices:
                message = _("“{value}” is no answer to “{key}”. Possible are: {choices}.")
                raise ValueRefusedError(message.format(value=value, key=key, choices=_(", ").join(choices)), where=key)

    def check_rows(self, keys: Iterable[str]) -> None:
        """Make sure that every answer about a single row is about one of these.

        Raises:
            ValueRefusedError: the file has no such row.
        """
        wanted = [key for key in self._answers if key.startswith(f"{DUPLICATES}:")]
        missing = sorted(set(wanted).difference(keys)) if wanted else []
        if missing:
            message = _("The file has no data row “{key}”; a row is named as duplicates:SHEET/ROW.")
            raise ValueRefusedError(message.format(key=missing[0]), where=missing[0])


def _asked_later(key: str) -> tuple[str, ...]:
    """Return the answers to a question that only comes up when the rows are compared with the records; else ()."""
    return CONFLICT_CHOICES if key == CONFLICTS or key.startswith(f"{CONFLICT}:") else ()
