"""Filling a bureau's own form for leads: one workbook for each, or one with a row for each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from pathlib import Path
from typing import Any

from crm.database import Database, Session, writing_of
from crm.domain.exchange.choices import RESULTS
from crm.domain.exchange.form_marks import (
    OWN,
    FormMark,
    FormValue,
    has_marks,
    mark_of,
    marks_in,
    unknown_marks,
    value_of,
    without_marks,
)
from crm.domain.fields.registry import LEAD_FIELDS, Kind
from crm.domain.quantities import CHINA_TIME, PartialDate
from crm.domain.thresholds.explain import conclusion
from crm.domain.thresholds.ground import Ground, conclude_values
from crm.errors import FileRefusedError, ValueRefusedError
from crm.files import make_folder, replacing, unreadable
from crm.i18n import _
from crm.jobs import Job, Progress
from crm.jobs.dossiers import release_text, safe_name
from crm.jobs.export_cells import CODES, guarded, release
from crm.queries.history import EXPORTED, EXPORTED_WHOLE
from crm.queries.lead_list import LeadRow
from crm.queries.leads import load_lead_rows
from crm.queries.records import Record, load
from crm.queries.thresholds import load_ground
from crm.workbooks.forms import Filling, Form, Repeat, Words, place_of, place_text

Place = tuple[str, tuple[int, int]]
"""A sheet and, in it, row (from 1) and column (from 0)."""

MOST_WRONG = 8
"""Wrong marks that are told at once."""

_CENT = Decimal("0.01")
_LONGEST_STEM = 40
_TEXTS = frozenset((Kind.PHONE, Kind.CREDIT_CODE))


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be filled.

    Attributes:
        form: the workbook with marks.
        ids: of the leads, in order.
        by: the officer.
        made_at: aware.
        mapping: place of a cell (``B5``, ``表1!B5``) → mark without braces, for cells pointed at; {} for marks alone.
        purpose: with ``recipient``: contacts and confidential names are given in full.
    """

    form: Path
    ids: Sequence[int]
    by: str
    made_at: datetime
    mapping: Mapping[str, str] = field(default_factory=dict)
    purpose: str = ""
    recipient: str = ""

    @property
    def whole(self) -> bool:
        """Whether nothing is withheld."""
        return bool(self.purpose and self.recipient)


@dataclass(frozen=True, slots=True)
class Filled:
    """What was written.

    Attributes:
        files: in the order of the leads; one where rows repeat.
        leads: how many.
        unknown: (lead, field) that a mark asks for and nobody has filled in.
        withheld: how many leads something was withheld of.
        recorded: whether the history notes it.
    """

    files: tuple[Path, ...]
    leads: int
    unknown: tuple[tuple[str, str], ...]
    withheld: int
    recorded: bool


@dataclass(frozen=True, slots=True)
class _Lead:
    """A lead as the form sees it."""

    record: Record
    values: Mapping[str, Any]
    withheld: bool
    standing: LeadRow | None


def fill_form(database: Database, request: Request, folder: Path) -> Job[Filled]:
    """Fill a form for leads and save it into a folder: nothing is written before every mark is understood.

    Raises:
        FileRefusedError, WorkbookError: the form cannot be read or written, or its rows cannot be pushed down.
        ValueRefusedError: marks that name nothing (all are told), no mark at all, or several leads in one cell.
    """
    form = Form(request.form)
    marks = _Marks(form, request.mapping)
    marks.check(len(request.ids))
    with database.read() as session:
        ground = load_ground(session, request.made_at.astimezone(CHINA_TIME).date())
        leads = _leads(session, request)
    filler = _Filler(form, marks, ground, request)
    batches = [leads] if marks.repeating else [[lead] for lead in leads]
    names = _names(request.form, batches, one=bool(marks.repeating))
    targets = [folder / name for name in names]
    _refuse_there(targets)
    make_folder(folder)
    files: list[Path] = []
    for number, (batch, target) in enumerate(zip(batches, targets, strict=True), start=1):
        _save(database, request, batch, target, filler.content(batch))
        files.append(target)
        yield Progress(number, len(batches), target.name)
    withheld = sum(lead.withheld for lead in leads)
    return Filled(tuple(files), len(leads), tuple(filler.unknown), withheld, recorded=not database.read_only)


def _refuse_there(targets: Sequence[Path]) -> None:
    """Refuse to write over what is there: somebody may have gone on by hand.

    Raises:
        FileRefusedError: one of the files is there already.
    """
    for target in targets:
        if target.exists():
            message = _("{path} is there already, and may have been changed by hand. Give another folder.")
            raise FileRefusedError(message.format(path=target), where=str(target))


def marks_of(path: Path) -> list[tuple[str, str]]:
    """Return the marks of a form: place and text; ``xiangtu fill FORM.xlsx`` without a lead lists them.

    Raises:
        FileRefusedError, WorkbookError: it cannot be read.
    """
    form = Form(path)
    return [
        (place_text(sheet.name, (cell.row, cell.column)), cell.text)
        for sheet in form.sheets
        for cell in form.cells(sheet)
        if has_marks(cell.text)
    ]


def read_mapping(path: Path) -> dict[str, str]:
    """Return what a mapping file says: ``{"B5": "name", "表1!C7": "annual_tax:亿元"}``.

    Raises:
        FileRefusedError: it cannot be read, or is no such object.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise unreadable(error, path) from error
    except ValueError as error:
        message = _("{file} is no JSON document: {why}.")
        raise FileRefusedError(message.format(file=path.name, why=error), where=path.name) from error
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise FileRefusedError(_("A mapping of a form is a JSON object: cell → field."), where=path.name)
    return {str(place): value for place, value in found.items()}


class _Marks:
    """The marks of a form, in its cells and by pointing."""

    def __init__(self, form: Form, mapping: Mapping[str, str]) -> None:
        self._texts = {
            (sheet.name, (cell.row, cell.column)): cell.text
            for sheet in form.sheets
            for cell in form.cells(sheet)
            if has_marks(cell.text)
        }
        self.drawn = [text for sheet in form.sheets for text in form.drawn_texts(sheet) if has_marks(text)]
        wrong = unknown_marks(
            [(place_text(*place), text) for place, text in self._texts.items()]
            + [(_("text box"), text) for text in self.drawn]
        )
        if wrong:
            more = [_("… and {count} more").format(count=len(wrong) - MOST_WRONG)] if len(wrong) > MOST_WRONG else []
            raise ValueRefusedError(" ".join([*wrong[:MOST_WRONG], *more]), where=form.path.name)
        names = [sheet.name for sheet in form.sheets]
        self.by_place: dict[Place, tuple[list[FormMark], str]] = {
            place: (marks_in(text), text) for place, text in self._texts.items()
        }
        for place, said in mapping.items():
            self.by_place[place_of(place, names)] = ([mark_of(said)], "")
        self.repeating = {
            (sheet, row)
            for (sheet, (row, _column)), (marks, _text) in self.by_place.items()
            if any(mark.repeats for mark in marks)
        }

    def check(self, leads: int) -> None:
        """Make sure that the form can take so many leads.

        Raises:
            ValueRefusedError: it has no marks, several repeating rows on a sheet, or a mark of one lead for several.
        """
        if not self.by_place and not self.drawn:
            message = _("The form has no marks. Write {{name}} into the cell where the name belongs, or give --map.")
            raise ValueRefusedError(message)
        sheets = [sheet for sheet, _row in self.repeating]
        for sheet in sheets:
            if sheets.count(sheet) > 1:
                message = _("On sheet {sheet} the marks with a star stand in several rows; only one row can repeat.")
                raise ValueRefusedError(message.format(sheet=sheet), where=sheet)
        if not self.repeating or leads == 1:
            return
        for place, (marks, _text) in self.by_place.items():
            single = [mark for mark in marks if not mark.of_sheet]
            if (place[0], place[1][0]) not in self.repeating and single:
                message = _(
                    "{place}: {mark} is of one lead, but {count} leads go into this workbook. Put a star before the "
                    "marks of the row that repeats, or fill for one lead."
                )
                raise ValueRefusedError(message.format(place=place_text(*place), mark=single[0].text, count=leads))


class _Filler:
    """Fills a form for some leads."""

    def __init__(self, form: Form, marks: _Marks, ground: Ground, request: Request) -> None:
        self._form = form
        self._marks = marks
        self._ground = ground
        self._request = request
        self.unknown: list[tuple[str, str]] = []

    def content(self, leads: Sequence[_Lead]) -> bytes:
        """Return the form filled for these leads."""
        fillings: dict[str, Filling] = {}
        for sheet in self._form.sheets:
            places = {place: told for (name, place), told in self._marks.by_place.items() if name == sheet.name}
            row = next((row for name, row in self._marks.repeating if name == sheet.name), None)
            cells = {place: self._put(told, leads, 0) for place, told in places.items() if place[0] != row}
            repeat = None
            if row is not None:
                own = {place[1]: told for place, told in places.items() if place[0] == row}
                lines = [
                    {column: self._put(told, leads, number) for column, told in own.items()}
                    for number in range(len(leads))
                ]
                repeat = Repeat(row, lines)
            fillings[sheet.name] = Filling(cells, repeat)
        return self._form.filled(fillings, lambda text: self._words(marks_in(text), leads, 0)(text))

    def _put(self, told: tuple[list[FormMark], str], leads: Sequence[_Lead], number: int) -> FormValue | Words:
        """Return the value of a cell that is one mark, else what replaces the marks in its words."""
        marks, text = told
        if len(marks) == 1 and text.strip() in ("", marks[0].text):
            return self._value(marks[0], leads, number)
        return self._words(marks, leads, number)

    def _words(self, marks: Sequence[FormMark], leads: Sequence[_Lead], number: int) -> Words:
        texts = {mark.text: _as_text(self._value(mark, leads, number)) for mark in marks}
        return lambda text: without_marks(text, texts)

    def _value(self, mark: FormMark, leads: Sequence[_Lead], number: int) -> FormValue:
        if mark.name in OWN:
            return self._own(mark.name, len(leads), number)
        lead = leads[number]
        value = self._result(mark.name, lead) if mark.name in RESULTS else _of_field(mark, lead)
        if value is None:
            self.unknown.append((lead.record.code, f"{mark.name}.{mark.part}" if mark.part else mark.name))
        return value

    def _own(self, name: str, count: int, number: int) -> FormValue:
        own: dict[str, FormValue] = {
            "today": self._request.made_at.astimezone(CHINA_TIME).date(),
            "by": self._request.by,
            "number": number + 1,
            "count": count,
        }
        return own[name]

    def _result(self, name: str, lead: _Lead) -> FormValue:
        if name == "verdict":
            return conclusion(conclude_values(lead.values, self._ground))
        if lead.standing is None:
            return None
        if name == "match":
            return None if lead.standing.match is None else int(lead.standing.match)
        figure = lead.standing.tax_per_mu
        return None if figure is None else figure.quantize(_CENT, ROUND_DOWN)


def _of_field(mark: FormMark, lead: _Lead) -> FormValue:
    """Return what a field says: codes and telephone numbers as texts, a whole day as a day."""
    of, value = LEAD_FIELDS[mark.name], lead.values.get(mark.name)
    if isinstance(value, PartialDate) and value.month and value.day:
        return date(value.year, value.month, value.day)
    if isinstance(value, int) and not isinstance(value, bool) and of.kind is Kind.YEAR:
        return value
    return str(value) if value is not None and (of.kind in _TEXTS or of.name in CODES) else value_of(mark, lead.values)


def _as_text(value: FormValue) -> str:
    return "" if value is None else (format(value, "f") if isinstance(value, Decimal) else str(value))


def _leads(session: Session, request: Request) -> list[_Lead]:
    rows = {row.id: row for row in load_lead_rows(session, list(request.ids)) if row}
    return [
        _Lead(record, released.values, bool(released.withheld), rows.get(record.id))
        for record in load(session, "leads", request.ids)
        for released in (release("leads", record.values, whole=request.whole),)
    ]


def _names(form: Path, batches: Sequence[Sequence[_Lead]], *, one: bool) -> Iterator[str]:
    """Yield the names of the files: the form's with the code of the lead, or with the number of leads."""
    for batch in batches:
        more = _("{count} leads").format(count=len(batch)) if one and len(batch) > 1 else batch[0].record.code
        yield safe_name(f"{form.stem[:_LONGEST_STEM]}-{more}") + form.suffix.lower()


def _save(database: Database, request: Request, leads: Sequence[_Lead], target: Path, content: bytes) -> None:
    """Write a file and note it in the history: neither is there without the other."""
    whole = request.whole and any(guarded("leads", lead.record.values) for lead in leads)
    codes = "、".join(lead.record.code for lead in leads[:5]) + (" …" if len(leads) > 5 else "")  # noqa: PLR2004
    why = _("form {form} filled for {leads} as {file}, SHA-256 {sha256}").format(
        form=request.form.name, leads=codes, file=target.name, sha256=hashlib.sha256(content).hexdigest()
    )
    if request.whole:
        why = _("{first}; {second}").format(
            first=why, second=release_text(request.recipient, request.purpose, whole=whole)
        )
    with ExitStack() as file:
        file.enter_context(replacing(target)).write_bytes(content)
        if not database.read_only:
            kind = EXPORTED_WHOLE if whole else EXPORTED
            with database.write(by=request.by, why=why, kind=kind) as session:
                writing_of(session).number(session)
                file.close()
