"""Reports of periods that were frozen."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BIG: sa.types.TypeEngine[Any] = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table; STRICT on SQLite like the others."""
    texts = ("uid", "period", "content", "by", "on", "head")
    op.create_table(
        "frozen_report",
        sa.Column("id", BIG, nullable=False),
        sa.Column("version", BIG, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        sa.PrimaryKeyConstraint("id", name="pk_frozen_report"),
        sa.UniqueConstraint("uid", name="uq_frozen_report_uid"),
        sa.UniqueConstraint("period", name="uq_frozen_report_period"),
        sqlite_strict=True,
    )
