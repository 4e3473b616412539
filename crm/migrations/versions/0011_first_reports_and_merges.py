"""The ledger of first reports, the decisions on duplicates, projects passed on, merges (practice.md §2).

Only new tables, and empty: a database of a million leads is not touched.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

BIG: sa.types.TypeEngine[Any] = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT: sa.types.TypeEngine[Any] = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
BYTES: sa.types.TypeEngine[Any] = sa.Text(collation="C").with_variant(sa.Text(), "sqlite")

TABLES = {
    "first_reports": """
lead^ reporter reported_at~ kind bureau referrer proof received_at~ corrects^ reason source notes
""",
    "duplicate_decisions": """
lead^ other_lead^ enterprise^ other_enterprise^ conclusion decided_by decided_on~ asked_by asked_on~ papers
other_papers leading_unit joining_unit reason document_number notes
""",
    "transfers": """
lead^ first_unit first_share~ landing_unit landing_share~ helping_unit helping_share~ agreed_on~ state first_contact
follower reason document_number notes
""",
    "merges": """
lead^ enterprise^ gone_code gone_name merged_on~ merged_by reason moved
""",
}
"""Columns of text beside those of every record: ``^`` with an index, ``~`` with bounds."""


def upgrade() -> None:
    """Make the tables; the id of a deleted record is never given again, for the history names it."""
    for table, columns in TABLES.items():
        names = [word.rstrip("^~") for word in columns.split()]
        bounded = [word.rstrip("~") for word in columns.split() if word.endswith("~")]
        op.create_table(
            table,
            sa.Column("id", BIG, nullable=False),
            sa.Column("uid", sa.Text(), nullable=False),
            sa.Column("version", BIG, nullable=False),
            sa.Column("created_at", MOMENT, nullable=False),
            sa.Column("updated_at", MOMENT, nullable=False),
            sa.Column("sort_name", BYTES, nullable=False),
            sa.Column("code", sa.Text(), nullable=False),
            *(sa.Column(name, sa.Text()) for name in names),
            *(sa.Column(f"{name}_{side}", BIG) for name in bounded for side in ("low", "high")),
            sa.CheckConstraint("code <> ''", name=f"ck_{table}_code_given"),
            sa.CheckConstraint("length(uid) = 36", name=f"ck_{table}_uid_whole"),
            sa.CheckConstraint("version >= 1", name=f"ck_{table}_version_counts"),
            sa.UniqueConstraint("uid", name=f"uq_{table}_uid"),
            sa.UniqueConstraint("code", name=f"uq_{table}_code"),
            sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
            sqlite_strict=True,
            sqlite_autoincrement=True,
        )
        indexed = [word.rstrip("^") for word in columns.split() if word.endswith("^")]
        for column in ("updated_at", "sort_name", *indexed):
            op.create_index(f"ix_{table}_{column}", table, [column])
