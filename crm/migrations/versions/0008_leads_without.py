"""Which leads have no contact or no land use: in a million, few may lack it, and reading them all took a second."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make an index of the leads without, for each of the two."""
    for name in ("contact", "land_use"):
        without = sa.text(f"{name} IS NULL")
        op.create_index(f"ix_leads_without_{name}", "leads", [name], sqlite_where=without, postgresql_where=without)
