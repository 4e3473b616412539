"""What the window works with: follow-ups, saved views, drafts of forms, where each lead stands."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BIG: sa.types.TypeEngine[Any] = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT: sa.types.TypeEngine[Any] = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
TEXT = sa.Text()


def upgrade() -> None:
    """Make the four tables and their indexes."""
    _table("follow_up", _keys(), "lead_id:big! kind! at! by! note! next_step next_date", unique="uid")
    op.create_index("ix_follow_up_lead_id", "follow_up", ["lead_id"])
    _table("saved_view", _keys(), "page! name! content!", unique="uid")
    _table("draft", "key!", "content! base_version:big updated_at:moment!", key="key")
    _table(
        "standing",
        "lead_id:big!",
        "lead_version:big! basis! verdict! critical:big! tax_per_mu:big match:big match_code missing",
        key="lead_id",
    )
    op.create_index("ix_standing_verdict", "standing", ["verdict", "lead_id"])
    op.create_index("ix_standing_match", "standing", ["match", "lead_id"])
    op.create_index("ix_standing_tax_per_mu", "standing", ["tax_per_mu"])


def _keys() -> str:
    return "id:big! uid! version:big!"


def _table(name: str, keys: str, columns: str, *, key: str = "id", unique: str = "") -> None:
    """Make a table told in words: ``name``, ``name:big``, ``name:moment``; ``!`` for NOT NULL; STRICT on SQLite."""
    types = {"": TEXT, "big": BIG, "moment": MOMENT}
    parts: list[sa.schema.SchemaItem] = []
    for word in f"{keys} {columns}".split():
        column, _colon, kind = word.rstrip("!").partition(":")
        parts.append(sa.Column(column, types[kind], nullable=not word.endswith("!")))
    parts.append(sa.PrimaryKeyConstraint(key, name=f"pk_{name}"))
    if unique:
        parts.append(sa.UniqueConstraint(unique, name=f"uq_{name}_{unique}"))
    op.create_table(name, *parts, sqlite_strict=True)
