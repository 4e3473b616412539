"""The register of documents: each file or print that left the house, with its version and its words."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from crm.database import Session, writing_of
from crm.models import ReleasedDocument, table_of


@dataclass(frozen=True, slots=True)
class Release:
    """A document that leaves the house; the attributes are those of ``crm.models.releases.ReleasedDocument``."""

    document: str
    subject: str
    form: str
    file: str
    pages: int
    sha256: str
    digest: str
    recipient: str = ""
    purpose: str = ""
    edited: bool = False
    content: bytes | None = None


def register(session: Session, release: Release) -> int:
    """Enter a document under the change set of the session; return its version: 1, 2, 3 … of this subject."""
    table = table_of(ReleasedDocument)
    last = select(func.max(table.c.number)).where(
        table.c.document == release.document, table.c.subject == release.subject
    )
    number = (session.connection().execute(last).scalar() or 0) + 1
    session.add(
        ReleasedDocument(
            change_set_id=writing_of(session).number(session),
            document=release.document,
            subject=release.subject,
            number=number,
            form=release.form,
            file=release.file,
            pages=release.pages,
            sha256=release.sha256,
            digest=release.digest,
            recipient=release.recipient or None,
            purpose=release.purpose or None,
            edited=int(release.edited),
            content=release.content,
        )
    )
    session.flush()
    return int(number)
