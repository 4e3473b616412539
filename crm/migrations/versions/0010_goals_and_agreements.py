"""What a lead serves and where it comes from (S08–S13, S24, S25, S31, S33), agreements and what is owed under them.

Columns are only added: a table of a million leads is not rewritten.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BIG: sa.types.TypeEngine[Any] = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "text": sa.Text(),
    "bytes": sa.Text(collation="C").with_variant(sa.Text(), "sqlite"),
    "big": BIG,
    "moment": sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite"),
}

RECORD = "id:big! uid! version:big! created_at:moment! updated_at:moment! sort_name:bytes!"

COLUMNS = {
    "leads": """
origin_place led_by future_industry culture_line equipment_networked~ data_exchange~ cluster goals
cooperation_fields tags
""",
    "communities": "parent_area transport",
    "plots": "transport",
}

TABLES = {
    "agreements": """
code! name lead^ enterprise^ kind document_number signed_on~ valid_until~ parties linked investment~
fixed_investment~ land~ annual_tax~ tax_basis full_year:big deposit~ source notes
""",
    "obligations": """
code! name lead^ agreement^ clause obliged measure year:big due~ amount~ number~ performed_on~ performed_amount~
performed_number~ proof declared_by source notes
""",
}
"""Columns: ``name:type``, text where none is told; ``!`` NOT NULL, ``^`` an index, ``~`` with bounds."""


def upgrade() -> None:
    """Add the columns, then make the tables."""
    for name, columns in COLUMNS.items():
        for word in columns.split():
            for column in _columns(word):
                op.add_column(name, column)
    for name, columns in TABLES.items():
        _table(name, columns)


def _columns(word: str) -> list[sa.Column[Any]]:
    """Return the column of a word, and those of its bounds."""
    name, _colon, kind = word.rstrip("!^~").partition(":")
    found = [sa.Column(name, TYPES[kind or "text"], nullable=not word.endswith("!"))]
    return found + [sa.Column(f"{name}_{side}", BIG) for side in ("low", "high") if word.endswith("~")]


def _table(name: str, columns: str) -> None:
    """Make a table of records; the id of a deleted one is never given again, for the history names it."""
    words = f"{RECORD} {columns}".split()
    parts: list[sa.schema.SchemaItem] = [column for word in words for column in _columns(word)]
    checks = {"code_given": "code <> ''", "uid_whole": "length(uid) = 36", "version_counts": "version >= 1"}
    parts += [sa.CheckConstraint(rule, name=f"ck_{name}_{called}") for called, rule in checks.items()]
    parts += [sa.UniqueConstraint(column, name=f"uq_{name}_{column}") for column in ("uid", "code")]
    parts.append(sa.PrimaryKeyConstraint("id", name=f"pk_{name}"))
    op.create_table(name, *parts, sqlite_strict=True, sqlite_autoincrement=True)
    for column in ("updated_at", "sort_name", *(word.rstrip("^") for word in words if word.endswith("^"))):
        op.create_index(f"ix_{name}_{column}", name, [column])
