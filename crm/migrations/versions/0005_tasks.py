"""What is planned for a day: visits, meetings, calls, tasks."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG: sa.types.TypeEngine[Any] = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table and its indexes; STRICT on SQLite like the others."""
    needed, open_ = ("uid", "kind", "title", "day", "by"), ("at", "until", "place", "people", "outline", "done_on")
    op.create_table(
        "task",
        sa.Column("id", BIG, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.Column("lead_id", BIG, nullable=True),
        sa.Column("follow_up_id", BIG, nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in needed),
        *(sa.Column(name, sa.Text(), nullable=True) for name in (*open_, "calendar_uid")),
        sa.PrimaryKeyConstraint("id", name="pk_task"),
        sa.UniqueConstraint("uid", name="uq_task_uid"),
        sqlite_strict=True,
    )
    op.create_index("ix_task_day", "task", ["day", "id"])
    op.create_index("ix_task_lead_id", "task", ["lead_id"])
    op.create_index("ix_task_calendar_uid", "task", ["calendar_uid"])
