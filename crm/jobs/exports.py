"""Export: records as a workbook, a csv or JSON, saved wholly or not at all, and noted in the history."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from itertools import repeat
from pathlib import Path
from typing import TypeAlias

from crm.database import Database, Session, writing_of
from crm.database.chain import Head, head_of
from crm.domain.conditions import asks_standing, parse_condition
from crm.domain.exchange.choices import Chosen, read_columns, read_order
from crm.domain.exchange.marks import SIGN, Mark
from crm.domain.fields.registry import KIND_LABELS, RECORD_FIELDS
from crm.domain.fields.words import list_mark
from crm.domain.fields.writing import record_to_json
from crm.domain.quantities import CHINA_TIME
from crm.domain.thresholds.ground import Ground
from crm.errors import FileRefusedError, ValueRefusedError
from crm.files import replacing
from crm.i18n import N_, _
from crm.jobs import Job, Progress, uncollected
from crm.jobs.dossiers import release_text
from crm.jobs.export_cells import Released, Shown, cells, chosen_parts, columns, guarded, release, shown_parts
from crm.jobs.shapes import FORMS, Report, make_shape
from crm.jobs.standings import refresh_standings
from crm.queries.conditions import ordered_ids
from crm.queries.history import EXPORTED, EXPORTED_WHOLE
from crm.queries.lead_list import LeadRow
from crm.queries.leads import load_lead_rows
from crm.queries.records import load
from crm.queries.thresholds import load_ground
from crm.workbooks.ledgers import Column, Explanation, LedgerSheet, LedgerValue
from crm.workbooks.shapes import MOST_ROWS as MOST_FORM_ROWS
from crm.workbooks.shapes import fill_shape
from crm.workbooks.writing import fill_csv, fill_ledger

Fill: TypeAlias = Callable[[Path], object]
"""Fills a file of ``crm.files.replacing``."""

CHUNK = 2_000
"""Records read at a time."""

MARKED = 1
"""Where the hidden column of marks stands: between others, so that whoever sorts what is seen sorts it too."""

FULL = "full"
VIEWS = ("filled", FULL)
"""The views that every kind of record has."""

TITLES = {
    "leads": N_("Ledger of leads"),
    "communities": N_("Ledger of research communities"),
    "funds": N_("Ledger of funds"),
    "plots": N_("Ledger of plots"),
}
_COUNTED = {
    "leads": N_("projects (a company with several projects counts several times)"),
    "communities": N_("research communities"),
    "funds": N_("funds"),
    "plots": N_("plots of land"),
}


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be exported.

    Attributes:
        kind: leads, communities, funds or plots.
        where: a condition as people write it; "" for all.
        view: which columns: ``filled`` those that hold something, ``full`` every one.
        columns: these instead, in this order: names or labels; "" for those of the view.
        sort: what rows are sorted by (``area, annual_tax desc``); "" for the order they were made in.
        ids: these records in this order (a list as it is on the screen) instead of a condition; None for that.
        purpose: with ``recipient``: nothing is withheld; both "" or both given.
        by: the officer.
        made_at: the moment, aware.
        form: a ledger that bureaus keep (``crm.jobs.shapes``) instead of the plain one: leads, a workbook; "" for that.
        marking: of the unit, such as 内部资料; "" for none.
        abroad: the country or station the recipient is in, "" at home: personal data then needs a basis (S52).
        basis: on what it may leave the country; "" when none is told.
    """

    kind: str
    by: str
    made_at: datetime
    where: str = ""
    view: str = "filled"
    purpose: str = ""
    recipient: str = ""
    marking: str = ""
    columns: str = ""
    sort: str = ""
    ids: Sequence[int] | None = None
    form: str = ""
    abroad: str = ""
    basis: str = ""

    @property
    def whole(self) -> bool:
        """Whether contacts and confidential names are given."""
        return bool(self.purpose and self.recipient)


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written.

    Attributes:
        withheld: how many records something was withheld of.
        recorded: whether the history notes it; not in a database that may only be read.
    """

    @property
    def unmarked(self) -> str:
        """What to know of a csv that is to come back; "" for any other file.

        A csv carries no marks: a column of them would be one more to read in every sheet, and a spreadsheet that saves
        a csv keeps no hidden one. It comes back by the code of each record.
        """
        if self.file.suffix.lower() != ".csv":
            return ""
        return _(
            "A csv carries no marks: when it comes back, rows are found by their code, and what was changed in the "
            "program meanwhile is not told apart. To edit and bring back, export .xlsx."
        )

    file: Path
    rows: int
    sha256: str
    withheld: int
    recorded: bool


@dataclass(slots=True)
class _Gathered:
    """What was read of the database."""

    ground: Ground
    head: Head
    chosen: Sequence[Chosen] = ()
    records: list[Released] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    standings: list[LeadRow | None] | None = None


def export_records(database: Database, order: Order, target: Path) -> Job[Exported]:
    """Write the records that meet the condition; cancelled before the end, nothing is written.

    Raises:
        ValueRefusedError: the condition, the columns or the order cannot be understood.
        FileRefusedError: the ending is none of ours, or the file cannot be written there.
    """
    check_target(database, target)
    _check_form(order, target)
    condition = parse_condition(order.kind, order.where) if order.where.strip() else None
    chosen, keys = read_columns(order.kind, order.columns), read_order(order.kind, order.sort)
    _refuse_leaving(database, order)
    if condition is not None and asks_standing(condition) and not database.read_only:
        yield from refresh_standings(database, order.made_at.astimezone(CHINA_TIME).date())
    with database.read() as session:
        ids = ordered_ids(session, order.kind, condition, keys) if order.ids is None else order.ids
        ground = load_ground(session, order.made_at.astimezone(CHINA_TIME).date())
        gathered = _Gathered(ground, head_of(session.connection()), chosen)
        if any(each.field is None for each in chosen):
            gathered.standings = []
        for chunk in _chunks(ids):
            with uncollected():
                _read(session, order, chunk, gathered)
            yield Progress(len(gathered.records), len(ids), _("reading"))
    return _save(database, order, gathered, target)


def _refuse_leaving(database: Database, order: Order) -> None:
    """Stop personal data on its way abroad without a basis, and note that it was stopped (S52).

    Raises:
        ValueRefusedError: it was.
    """
    personal = any(field.personal for field in RECORD_FIELDS[order.kind].values())
    if not (order.abroad and order.whole and personal) or order.basis.strip():
        return
    if not database.read_only:
        why = _("stopped: {kind} with personal data for {recipient} abroad, no basis told")
        told = why.format(kind=_(KIND_LABELS[order.kind]), recipient=order.recipient)
        with database.write(by=order.by, why=told, kind=EXPORTED) as session:
            writing_of(session).number(session)
    message = _(
        "Personal data would leave the country, and no basis for that is told. Tell it (--basis), or export without"
        " purpose and recipient: contacts are masked then."
    )
    raise ValueRefusedError(message, where="--basis")


def ledger_title(kind: str) -> str:
    """Return what a ledger of a kind of record is headed."""
    return _(TITLES[kind]) if kind in TITLES else _("Ledger of {kind}").format(kind=_(KIND_LABELS[kind]))


def check_target(database: Database, target: Path) -> None:
    """Make sure that an export may be written there.

    Raises:
        FileRefusedError: the ending is none of .xlsx, .csv and .json, or it is the database itself.
    """
    if target.suffix.lower() not in _WRITERS:
        message = _("The file name must end in .xlsx, .csv or .json: {path}.")
    elif database.path is not None and target.resolve() == database.path.resolve():
        message = _("{path} is the database itself; nothing was written. Give another name.")
    else:
        return
    raise FileRefusedError(message.format(path=target), where=str(target))


def _check_form(order: Order, target: Path) -> None:
    """Make sure that a form can be written: its columns are its own.

    Raises:
        ValueRefusedError: there is no such form, it is not of leads, no workbook, or columns were named.
    """
    if not order.form:
        return
    if order.form not in FORMS:
        message = _("There is no form “{form}”. There are: {forms}.")
        raise ValueRefusedError(message.format(form=order.form, forms=list_mark().join(FORMS)), where="--form")
    if order.kind != "leads" or order.columns or target.suffix.lower() != ".xlsx":
        message = _("A form is a workbook (.xlsx) of leads with columns of its own.")
        raise ValueRefusedError(message, where="--form")


def _read(session: Session, order: Order, ids: Sequence[int], gathered: _Gathered) -> None:
    head = gathered.head
    records = load(session, order.kind, ids)
    if gathered.standings is not None:
        rows = {row.id: row for row in load_lead_rows(session, [record.id for record in records]) if row}
        gathered.standings += [rows.get(record.id) for record in records]
    for record in records:
        gathered.records.append(release(order.kind, record.values, whole=order.whole))
        mark = Mark(record.uid, record.version, head.place, head.seal, masked=not order.whole)
        gathered.marks.append(str(mark))


def _save(database: Database, order: Order, gathered: _Gathered, target: Path) -> Exported:
    """Write the file and note it in the history: neither is there without the other.

    The file is filled before the transaction begins, and put in its place inside it: nobody waits to write meanwhile.
    """
    rows, withheld = len(gathered.records), sum(bool(each.withheld) for each in gathered.records)
    whole = order.whole and any(guarded(order.kind, each.values) for each in gathered.records)
    with ExitStack() as file:
        temporary = file.enter_context(replacing(target))
        writer = _form if order.form else _WRITERS[target.suffix.lower()]
        with uncollected():
            writer(order, gathered, database.place)(temporary)
        if not database.read_only:
            kind = EXPORTED_WHOLE if whole else EXPORTED
            with database.write(by=order.by, why=_why(order, target, rows, whole=whole), kind=kind) as session:
                writing_of(session).number(session)
                file.close()
    return Exported(target, rows, _digest(target), withheld, recorded=not database.read_only)


def _why(order: Order, target: Path, rows: int, *, whole: bool) -> str:
    """Return what the history says of an export: what went out, under which filter, for whom."""
    said = [_("{count} records exported as {file}").format(count=rows, file=target.name)]
    if order.where.strip():
        said.append(_("filter: {where}").format(where=order.where.strip()))
    if order.abroad:
        said.append(
            _("abroad ({place}), basis: {basis}").format(
                place=order.abroad, basis=order.basis.strip() or _("no personal data")
            )
        )
    if order.whole:
        said.append(release_text(order.recipient, order.purpose, whole=whole))
    return _("; ").join(said)


def _json(order: Order, gathered: _Gathered, _place: str) -> Fill:
    """Return what writes a list of objects; what is withheld is left out: read again, it changes nothing."""
    names = {each.name for each in gathered.chosen}

    def write(target: Path) -> None:
        with target.open("w", encoding="utf-8", newline="\n") as file:
            file.write("[")
            for number, record in enumerate(gathered.records):
                document = record_to_json(order.kind, record.values)
                given = {name: value for name, value in document.items() if _given(name, record, names)}
                file.write(("," if number else "") + "\n" + json.dumps(given, ensure_ascii=False))
            file.write("\n]\n")

    return write


def _given(name: str, record: Released, chosen: Collection[str]) -> bool:
    return name not in record.withheld and (not chosen or name in chosen)


def _csv(order: Order, gathered: _Gathered, _place: str) -> Fill:
    parts = _parts(order, gathered)
    rows = _rows(gathered, parts)
    return lambda target: fill_csv(target, columns(parts), rows)


def _workbook(order: Order, gathered: _Gathered, place: str) -> Fill:
    sheet = _sheet(order, gathered)
    explanation = Explanation(_("Explanation"), _explanation(order, gathered, place))
    made_at = order.made_at.astimezone(CHINA_TIME).replace(tzinfo=None)
    return lambda target: fill_ledger(target, [sheet], explanation=explanation, made_at=made_at)


def _form(order: Order, gathered: _Gathered, _place: str) -> Fill:
    shape = make_shape(order.form, [record.values for record in gathered.records], Report(order.by, order.made_at))
    if len(gathered.records) > MOST_FORM_ROWS:
        message = _("A form takes {most} records; {count} were chosen. Give a narrower condition.")
        raise ValueRefusedError(message.format(most=MOST_FORM_ROWS, count=len(gathered.records)), where="--form")
    made_at = order.made_at.astimezone(CHINA_TIME).replace(tzinfo=None)
    return lambda target: fill_shape(target, shape, made_at=made_at)


def _sheet(order: Order, gathered: _Gathered) -> LedgerSheet:
    """Return the ledger with the mark of each row in a hidden column."""
    parts = _parts(order, gathered)
    shown = columns(parts)
    shown.insert(MARKED, Column(_("Record mark (leave as it is)"), key=SIGN + order.kind, hidden=True))
    rows = _rows(gathered, parts)
    for row, mark in zip(rows, gathered.marks, strict=True):
        row.insert(MARKED, mark)
    title = ledger_title(order.kind)
    note = _("{count} records; {moment}").format(count=len(gathered.records), moment=_moment(order))
    if order.marking:
        note = f"{order.marking}  {note}"
    return LedgerSheet(title, title, shown, rows, note=note)


_WRITERS: Mapping[str, Callable[[Order, _Gathered, str], Fill]] = {".xlsx": _workbook, ".csv": _csv, ".json": _json}
"""By the ending of the file: what makes everything ready and returns what writes it."""


def _parts(order: Order, gathered: _Gathered) -> list[Shown]:
    records = [record.values for record in gathered.records]
    if gathered.chosen:
        return chosen_parts(gathered.chosen, records)
    return shown_parts(order.kind, records, every=order.view == FULL)


def _rows(gathered: _Gathered, parts: Sequence[Shown]) -> list[list[LedgerValue]]:
    standings = gathered.standings or repeat(None)
    return [
        cells(parts, record.values, gathered.ground, standing)
        for record, standing in zip(gathered.records, standings, strict=False)
    ]


def _explanation(order: Order, gathered: _Gathered, place: str) -> list[tuple[str, str]]:
    """Return what a reader of the ledger must know (decisions 13, 29, 36)."""
    withheld = sum(bool(record.withheld) for record in gathered.records)
    contacts = _("masked in {count} records; confidential projects without name").format(count=withheld)
    if order.whole:
        contacts = _("contacts in full for {recipient}: {purpose}").format(
            recipient=order.recipient, purpose=order.purpose
        )
    lines = [
        (_("What is counted"), _(_COUNTED.get(order.kind, KIND_LABELS[order.kind]))),
        (_("Number of records"), str(len(gathered.records))),
        (_("Filter"), order.where.strip() or (_("none, all records") if order.ids is None else _("as in the list"))),
        (_("Order"), order.sort.strip() or (_("as entered") if order.ids is None else _("as in the list"))),
        (_("Data source"), Path(place).name if "://" not in place else place.rpartition("/")[2]),
        (_("Made at"), _moment(order)),
        (_("Made by"), order.by),
        (_("Contacts"), contacts),
        (_("Units"), _("money in 10,000 CNY, land in mu, floor space in m²; a figure in words names its own unit")),
        (_("Blank cells"), _("not filled in; never zero")),
        (
            _("Editing"),
            _("edit the ledger and import it: only edited cells count; leave the hidden row and column as they are"),
        ),
    ]
    if order.kind == "leads":
        rules = gathered.ground.rules
        lines.append(
            (
                _("Threshold verdict"),
                _("judged on {day} by rule set {rules}").format(day=gathered.ground.on, rules=rules.label),
            )
        )
    return lines


def _moment(order: Order) -> str:
    return f"{order.made_at.astimezone(CHINA_TIME):%Y-%m-%d %H:%M}"


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
