"""The register of documents that left the house."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG: sa.types.TypeEngine[Any] = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table; STRICT on SQLite like the others."""
    texts = ("uid", "document", "subject", "form", "file", "sha256", "digest")
    numbers = ("change_set_id", "number", "pages", "edited")
    op.create_table(
        "released_document",
        sa.Column("id", BIG, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        *(sa.Column(name, BIG, nullable=False) for name in numbers),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("recipient", "purpose")),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_released_document"),
        sa.UniqueConstraint("uid", name="uq_released_document_uid"),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name="fk_released_document_change_set_id_change_set"
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_released_document_change_set_id", "released_document", ["change_set_id"])
    op.create_index("ix_released_document_subject", "released_document", ["document", "subject", "number"])
