"""The register of documents: what left the house, which version, for whom, and with what words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from crm.database import Session
from crm.errors import NotFoundError
from crm.i18n import _
from crm.models import ReleasedDocument, table_of
from crm.queries.records import BIGGEST_ID


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """One entry of the register; who, when and why are told by its change set.

    Attributes:
        id: the number ``xiangtu reprint`` takes.
        number: the version: 1, 2, 3 … of this document of this subject.
        form: .pdf, .docx, .xlsx or paper.
        can_repeat: whether its words were kept, so that it can be printed again.
    """

    id: int
    change_set: int
    document: str
    subject: str
    number: int
    form: str
    file: str
    pages: int
    sha256: str
    digest: str
    recipient: str
    purpose: str
    edited: bool
    can_repeat: bool


def releases_of(session: Session, change_sets: Iterable[int]) -> dict[int, list[ReleaseRow]]:
    """Return the entries that change sets noted, by change set."""
    table = table_of(ReleasedDocument)
    query = select(*_columns()).where(table.c.change_set_id.in_(list(change_sets))).order_by(table.c.id)
    found: dict[int, list[ReleaseRow]] = {}
    for row in session.connection().execute(query):
        found.setdefault(row.change_set_id, []).append(_row(row))
    return found


def versions_of(session: Session, document: str, subject: str) -> Sequence[ReleaseRow]:
    """Return every version of a document of a subject, the oldest first."""
    table = table_of(ReleasedDocument)
    query = select(*_columns()).where(table.c.document == document, table.c.subject == subject).order_by(table.c.number)
    return [_row(row) for row in session.connection().execute(query)]


def release(session: Session, number: int) -> tuple[ReleaseRow, bytes | None]:
    """Return an entry by its id, and its words as they were kept.

    Raises:
        NotFoundError: there is none.
    """
    table = table_of(ReleasedDocument)
    query = select(*_columns(), table.c.content).where(table.c.id == number)
    row = session.connection().execute(query).first() if abs(number) <= BIGGEST_ID else None
    if row is None:
        raise NotFoundError(_("The register has no document {number}.").format(number=number), where=str(number))
    return _row(row), row.content


def _columns() -> list[Any]:
    table = table_of(ReleasedDocument)
    return [column for column in table.c if column.name != "content"] + [
        table.c.content.is_not(None).label("can_repeat")
    ]


def _row(row: Any) -> ReleaseRow:  # noqa: ANN401  (a row of the columns above)
    return ReleaseRow(
        id=row.id,
        change_set=row.change_set_id,
        document=row.document,
        subject=row.subject,
        number=row.number,
        form=row.form,
        file=row.file,
        pages=row.pages,
        sha256=row.sha256,
        digest=row.digest,
        recipient=row.recipient or "",
        purpose=row.purpose or "",
        edited=bool(row.edited),
        can_repeat=bool(row.can_repeat),
    )
