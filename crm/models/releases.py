"""The register of documents: what left the house, with its words, so that the same file can be made again."""

from __future__ import annotations

from sqlalchemy import Index, LargeBinary, Text
from sqlmodel import Field, SQLModel

from crm.models.types import BIG, new_uid, text


class ReleasedDocument(SQLModel, table=True):
    """One file or print. Written once, never changed; who, when and why are told by its change set.

    Attributes:
        change_set_id: the note of it in the history.
        document: name of what makes it: brief, dossier, period_report …
        subject: code of the lead, of two leads with a blank between, or key of the period.
        number: 1, 2, 3 … of this document of this subject.
        form: .pdf, .docx, .xlsx, or paper for what went to a printer.
        file: name of the file; "" for paper.
        pages: how many; 0 of a workbook.
        sha256: of the file, or of the pages that were printed.
        digest: of the facts and the template (decisions 44).
        recipient: who it is for, or None.
        purpose: what for, or None.
        edited: 1 where an officer changed its words or left some out.
        content: its words as ``reports.keeping`` keeps them; NULL of a workbook.
    """

    __tablename__ = "released_document"
    __table_args__ = (Index("ix_released_document_subject", "document", "subject", "number"),)

    id: int = Field(default=None, primary_key=True, sa_type=BIG)
    uid: str = Field(default_factory=new_uid, unique=True, sa_type=Text())
    change_set_id: int = Field(foreign_key="change_set.id", index=True, sa_type=BIG)
    document: str = Field(sa_type=Text())
    subject: str = Field(sa_type=Text())
    number: int = Field(sa_type=BIG)
    form: str = Field(sa_type=Text())
    file: str = Field(sa_type=Text())
    pages: int = Field(sa_type=BIG)
    sha256: str = Field(sa_type=Text())
    digest: str = Field(sa_type=Text())
    recipient: str | None = text()
    purpose: str | None = text()
    edited: int = Field(default=0, sa_type=BIG)
    content: bytes | None = Field(default=None, sa_type=LargeBinary())
