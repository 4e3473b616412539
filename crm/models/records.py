"""What every record has beside its fields."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from crm.models.types import BIG, BYTES_TEXT, new_uid, now


class RecordColumns(SQLModel):
    """Keys, version and moments.

    Attributes:
        id: the key inside one database.
        uid: the key everywhere else: round trips, exchange, import batches (decisions 7).
        version: grows with each change; the second of two editors gets a conflict.
        sort_name: the name's pinyin key, compared by bytes on both databases; "" when there is no name.
    """

    id: int = Field(default=None, primary_key=True, sa_type=BIG)
    uid: str = Field(default_factory=new_uid, unique=True, sa_type=Text())
    version: int = Field(default=None, nullable=False, sa_type=BIG)
    created_at: datetime = Field(default_factory=now, sa_type=UTCDateTime())
    updated_at: datetime = Field(default_factory=now, index=True, sa_type=UTCDateTime())
    sort_name: str = Field(default="", index=True, sa_type=BYTES_TEXT)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[CheckConstraint, ...]:  # noqa: N805  (a class method by SQLAlchemy's rule)
        """Return what the database itself refuses."""
        return (
            CheckConstraint("code <> ''", name="code_given"),
            CheckConstraint("length(uid) = 36", name="uid_whole"),
            CheckConstraint("version >= 1", name="version_counts"),
        )
