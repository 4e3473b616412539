"""Where records came from: the import batch, and for each record its file, sheet, row and the cells as they were."""

from __future__ import annotations

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from crm.models.types import BIG, new_uid, text


class ImportBatch(SQLModel, table=True):
    """One import; its change set has the same transaction.

    Attributes:
        change_set_id: what ``xiangtu undo`` takes.
        sha256: of the file's bytes.
        sheets: JSON list of the sheets read: name, header rows, columns with their field and unit.
        rows: JSON object of the counts: data, new, changed, same, doubtful, faulty, skipped.
        state: ``done``; an import is there wholly or not at all.
    """

    __tablename__ = "import_batch"

    id: int = Field(default=None, primary_key=True, sa_type=BIG)
    uid: str = Field(default_factory=new_uid, unique=True, sa_type=Text())
    change_set_id: int = Field(foreign_key="change_set.id", unique=True, sa_type=BIG)
    record_kind: str = Field(sa_type=Text())
    file_name: str = Field(sa_type=Text())
    sha256: str = Field(index=True, sa_type=Text())
    sheets: str = Field(sa_type=Text())
    rows: str = Field(sa_type=Text())
    state: str = Field(sa_type=Text())


class Provenance(SQLModel, table=True):
    """One row of a file that made or changed a record.

    Attributes:
        sheet: its name; "" for csv.
        row: the number people see, from 1.
        raw: JSON object, letter of the column → the cell's text as it was.
        notes: JSON list of what was doubtful in it, or NULL.
    """

    __tablename__ = "provenance"
    __table_args__ = (Index("ix_provenance_record", "record_kind", "record_id"),)

    id: int = Field(default=None, primary_key=True, sa_type=BIG)
    batch_id: int = Field(foreign_key="import_batch.id", index=True, sa_type=BIG)
    record_kind: str = Field(sa_type=Text())
    record_id: int = Field(sa_type=BIG)
    sheet: str = Field(sa_type=Text())
    row: int = Field(sa_type=BIG)
    raw: str = Field(sa_type=Text())
    notes: str | None = text()
