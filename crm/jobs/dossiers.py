"""Printing: facts read, pages made, the file saved wholly or not at all, and a note of it in the history."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from crm.database import Database
from crm.domain.companies.pair import PairFacts
from crm.domain.dossier import LeadFacts
from crm.domain.enterprise_file import EnterpriseFacts
from crm.domain.fields.masking import holds_contacts
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.paper_mail import paper_mail
from crm.domain.quantities import Rate
from crm.errors import FileRefusedError, GlyphMissingError, ValueRefusedError
from crm.files import check_over, make_folder, refused, save_bytes
from crm.i18n import _, pgettext
from crm.jobs import Job, Progress
from crm.queries.dossiers import Paper, load_enterprise, load_facts, load_pair, load_reading
from crm.queries.history import PRINTED, PRINTED_WHOLE
from crm.queries.records import Record, load, load_one
from crm.services.releases import Release, register

ENDING, WORD, MAIL, ON_PAPER = ".pdf", ".docx", ".eml", "paper"
_PDF = b"%PDF-"
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_LONGEST_NAME = 80
"""Characters of a file name that the program chooses: 240 bytes, within every file system."""


class Pages(Protocol):
    """A document on its pages, as ``reports`` hands it over."""

    @property
    def count(self) -> int:
        """The number of pages."""

    @property
    def stand_ins(self) -> tuple[tuple[str, str], ...]:
        """Place and character of everything that no font has, printed as its code point."""

    @property
    def title(self) -> str:
        """Of the document."""

    @property
    def digest(self) -> str:
        """Of the facts and the template."""

    @property
    def edited(self) -> bool:
        """Whether an officer changed its words."""

    def pdf(self) -> bytes:
        """Return the file."""

    def word(self) -> bytes:
        """Return the same words as a Word file."""

    def kept(self) -> bytes:
        """Return its words as they are kept."""


Facts: TypeAlias = LeadFacts | PairFacts | EnterpriseFacts
Compose: TypeAlias = Callable[[Any], Pages]
"""Makes the pages of ``Facts``: of the kind its document is of."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One file that was printed.

    Attributes:
        sha256: of the file.
        version: 1, 2, 3 … of this document of this lead; 0 where it is not recorded.
        recorded: whether the history notes it; not in a database that may only be read.
        stand_ins: place and character of everything that no font has, printed as its code point.
    """

    lead: str
    file: Path
    pages: int
    sha256: str
    recorded: bool
    stand_ins: tuple[tuple[str, str], ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """What came of printing many.

    Attributes:
        refused: code of a lead and why it could not be printed: a character no font has.
    """

    printed: tuple[Printed, ...]
    refused: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be printed.

    Attributes:
        document: what the document is called, in the user's language; the note in the history has it.
        name: of what makes it: brief, dossier …; the register has it.
        compose: makes the pages.
        purpose: what the recipient needs the document for; contacts are printed in full only with both.
        rates: given for this one print; they stand before those known.
        tell_stand_ins: told the lead's code, and place and character of what no font has, before a file is written.
    """

    document: str
    compose: Compose
    on: date
    paper: Paper
    by: str
    purpose: str = ""
    recipient: str = ""
    rates: tuple[Rate, ...] = ()
    tell_stand_ins: Callable[[str, Sequence[tuple[str, str]]], None] | None = None
    name: str = ""


def print_lead(database: Database, order: Order, lead: str, target: Path) -> Printed:
    """Print one document of one lead.

    Raises:
        NotFoundError: there is no such lead.
        AmbiguousError: the name stands for several.
        GlyphMissingError: a character that no font has; nothing was written.
        FileRefusedError: the file may not or cannot be written there.
    """
    check_target(database, target)
    with database.read() as session:
        record = load_one(session, "leads", lead)
        facts = load_facts(session, record, load_reading(session, order.on, order.paper, order.rates))
    try:
        return _save(database, order, record.code, facts, target)
    except GlyphMissingError as error:
        message = _("{code}: {message}").format(code=record.code, message=error.message)
        raise GlyphMissingError(message, where=error.where) from error


def print_pair(database: Database, order: Order, leads: tuple[str, str], target: Path) -> Printed:
    """Print one document of two leads; errors as of ``print_lead``.

    Raises:
        ValueRefusedError: both words mean the same lead.
    """
    check_target(database, target)
    with database.read() as session:
        a, b = (load_one(session, "leads", lead) for lead in leads)
        if a.id == b.id:
            message = _("{code} cannot be compared with itself: name two leads.")
            raise ValueRefusedError(message.format(code=a.code), where=a.code)
        pair = load_pair(session, a, b, load_reading(session, order.on, order.paper, order.rates))
    return _save(database, order, _("{first} and {second}").format(first=a.code, second=b.code), pair, target)


def print_enterprise(database: Database, order: Order, enterprise: str, target: Path) -> Printed:
    """Print one document of one enterprise; errors as of ``print_lead``."""
    check_target(database, target)
    with database.read() as session:
        record = load_one(session, "enterprises", enterprise)
        facts = load_enterprise(session, record, order.on, order.paper)
    return _save(database, order, record.code, facts, target)


def print_seen(
    database: Database, order: Order, facts: LeadFacts | EnterpriseFacts, pages: Pages, target: Path
) -> Printed:
    """Save the very pages that were seen, with what an officer changed in them, and note it.

    Raises:
        FileRefusedError: the file may not or cannot be written there.
    """
    check_target(database, target)
    return _save(database, replace(order, compose=lambda _facts: pages), facts.code, facts, target)


def note_paper(database: Database, order: Order, code: str, pages: Pages, content: bytes) -> None:
    """Note in the history and the register that a document of a lead went to a printer; none where nothing is written.

    Args:
        database: whose history.
        order: what was printed.
        code: of the lead.
        pages: of the document.
        content: its PDF.
    """
    if database.read_only:
        return
    sha256 = hashlib.sha256(content).hexdigest()
    note = _("{document} of {code} printed on paper, SHA-256 {sha256}").format(
        document=order.document, code=code, sha256=sha256
    )
    if order.recipient:
        note = _("{first}; {second}").format(
            first=note, second=release_text(order.recipient, order.purpose, whole=False)
        )
    with database.write(by=order.by, why=note, kind=PRINTED) as session:
        register(session, _release(order, code, pages, sha256, None))


def print_leads(database: Database, order: Order, folder: Path, ids: Sequence[int] | None = None) -> Job[Batch]:
    """Print a document of each of these leads (all of them by default) into a folder; cancel between two.

    A lead with a character no font has is left out and told; the others are printed.

    Raises:
        FileRefusedError: the folder cannot be made or written; what was printed before stays.
    """
    make_folder(folder)
    with database.read() as session:
        reading = load_reading(session, order.on, order.paper, order.rates)
        records = load(session, "leads", ids)
    names = _Names()
    printed: list[Printed] = []
    left_out: list[tuple[str, str]] = []
    for number, record in enumerate(records, start=1):
        target = folder / names.of(record)
        check_target(database, target)
        with database.read() as session:
            facts = load_facts(session, record, reading)
        try:
            printed.append(_save(database, order, record.code, facts, target))
        except GlyphMissingError as error:
            left_out.append((record.code, error.message))
        yield Progress(number, len(records), target.name)
    return Batch(tuple(printed), tuple(left_out))


def check_target(database: Database, target: Path) -> None:
    """Make sure that a document may be written there: never over a database, a folder or another kind of file.

    A Word file is never overwritten: an officer may have changed its words.

    Raises:
        FileRefusedError: it may not.
    """
    if target.suffix.lower() == MAIL:
        check_over(target, MAIL)
        return
    if target.suffix.lower() not in (ENDING, WORD):
        message = _("The file name must end in .pdf, .docx or .eml: {path}.")
    elif target.is_dir():
        message = _("{path} is a folder, not a file. Give the name of a file.")
    elif database.path is not None and target.resolve() == database.path.resolve():
        message = _("{path} is the database itself; nothing was written. Give another name.")
    elif target.suffix.lower() == WORD and target.exists():
        message = _("{path} is there already, and its words may have been changed by hand. Give another name.")
    elif _is_something_else(target):
        message = _("{path} is no PDF file, so it is not overwritten. Give another name.")
    else:
        return
    raise FileRefusedError(message.format(path=target), where=str(target))


def content_of(pages: Pages, target: Path) -> bytes:
    """Return what goes into a file by its ending: Word, a mail draft with the PDF, else the PDF."""
    if target.suffix.lower() == MAIL:
        return paper_mail(pages.title, pages.pdf(), pages.digest)
    return pages.word() if target.suffix.lower() == WORD else pages.pdf()


def _is_something_else(target: Path) -> bool:
    try:
        with target.open("rb") as file:
            begin = file.read(len(_PDF))
    except FileNotFoundError:
        return False
    except OSError as error:
        raise refused(error, target) from error
    return begin not in (b"", _PDF)


def _save(database: Database, order: Order, code: str, facts: Facts, target: Path) -> Printed:
    """Make the pages, save them, and note them in the history in the same transaction."""
    pages = order.compose(facts)
    if pages.stand_ins and order.tell_stand_ins is not None:
        order.tell_stand_ins(code, pages.stand_ins)
    content = content_of(pages, target)
    sha256 = hashlib.sha256(content).hexdigest()
    printed = Printed(code, target, pages.count, sha256, not database.read_only, pages.stand_ins)
    if database.read_only:
        save_bytes(target, content)
        return printed
    note = _("{document} of {code} printed as {file}, SHA-256 {sha256}").format(
        document=order.document, code=code, file=target.name, sha256=sha256
    )
    whole = order.paper.contacts and isinstance(facts, LeadFacts) and _hold_contacts(facts)
    if order.recipient:
        note = _("{first}; {second}").format(
            first=note, second=release_text(order.recipient, order.purpose, whole=whole)
        )
    subject = f"{facts.a.code} {facts.b.code}" if isinstance(facts, PairFacts) else code
    with database.write(by=order.by, why=note, kind=PRINTED_WHOLE if whole else PRINTED) as session:
        version = register(session, _release(order, subject, pages, sha256, target))
        save_bytes(target, content)
    return replace(printed, version=version)


def _release(order: Order, subject: str, pages: Pages, sha256: str, target: Path | None) -> Release:
    """Return what the register keeps of a document; without a file it went to a printer."""
    return Release(
        document=order.name,
        subject=subject,
        form=target.suffix.lower() if target else ON_PAPER,
        file=target.name if target else "",
        pages=pages.count,
        sha256=sha256,
        digest=pages.digest,
        recipient=order.recipient,
        purpose=order.purpose,
        edited=pages.edited,
        content=pages.kept(),
    )


def stand_ins_text(code: str, stand_ins: Sequence[tuple[str, str]]) -> str:
    """Return what is said of the characters of a lead that no font has: each with its code point and its field."""
    shown = pgettext("list", ", ").join(
        _("“{character}” (U+{code}) in {field}").format(character=character, code=f"{ord(character):04X}", field=where)
        for where, character in stand_ins
    )
    text = _("{code}: no font has {characters}; the code point stands for each, and the last page says so.")
    return text.format(code=code, characters=shown)


def release_text(recipient: str, purpose: str, *, whole: bool) -> str:
    """Return what the history says of who receives something and what for, ``whole``: with contacts in full."""
    text = _("contacts in full for {recipient}: {purpose}") if whole else _("given to {recipient}: {purpose}")
    return text.format(recipient=recipient, purpose=purpose)


def _hold_contacts(facts: LeadFacts) -> bool:
    """Return whether the facts have a contact to print: now, in a change or in a cell of a file."""
    fields = {name for name, known in LEAD_FIELDS.items() if known.personal}
    changed = {one.field for one in facts.changes if not (one.before is None and one.after is None)}
    celled = {name for origin in facts.origins for name, text in origin.cells.items() if text}
    linked = any(holds_contacts(one.kind, each) for one in facts.linked for each in one.records)
    return linked or holds_contacts("leads", facts.values) or bool(fields & (changed | celled))


class _Names:
    """Gives each lead a file name of its own."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, record: Record) -> str:
        """Return ``XT-2026-0001 项目名称.pdf`` without what file systems refuse."""
        name = safe_name(f"{record.code} {record.values.get('name') or ''}")
        number = 1
        chosen = name
        while chosen.casefold() in self._taken:
            number += 1
            chosen = f"{name}-{number}"
        self._taken.add(chosen.casefold())
        return chosen + ENDING


def safe_name(text: str) -> str:
    """Return a text as a file name without its ending: for Windows, macOS and Linux alike."""
    name = " ".join(_NOT_IN_NAMES.sub(" ", text).split())[:_LONGEST_NAME].strip(" .")
    return f"_{name}" if not name or _RESERVED.fullmatch(name) else name
