"""A slot that is filled in is no slot any more, by every way in; one whose status is stated keeps it."""

from __future__ import annotations

from typing import Any

import pytest

from crm.database import Database
from crm.queries.records import find, load_one
from crm.services.bulk import update_many
from crm.services.records import update

SPACE = {"研发": "900㎡"}


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"space": SPACE}, None),
        ({"space": SPACE, "status": "可招商"}, "open"),
        ({"space": SPACE, "status": "待补录"}, "slot"),
        ({"fields": ["新材料"]}, "slot"),
        ({"space": None}, "slot"),
    ],
)
@pytest.mark.parametrize("many", [False, True])
def test_a_slot_that_is_filled_in(
    database: Database, changes: dict[str, Any], status: str | None, *, many: bool
) -> None:
    with database.write(by="李", why="补录") as session:
        record_id = find(session, "communities", "RC-05")
        if many:
            update_many(session, "communities", {record_id: changes})
        else:
            update(session, "communities", record_id, changes)
    with database.read() as session:
        assert load_one(session, "communities", "RC-05").values.get("status") == status


def test_a_full_community_stays_full(database: Database) -> None:
    with database.write(by="李", why="补录") as session:
        record_id = find(session, "communities", "RC-05")
        update(session, "communities", record_id, {"space": SPACE, "status": "已满"})
        update(session, "communities", record_id, {"space": {"研发": "800㎡"}})
        update_many(session, "communities", {record_id: {"space": {"研发": "700㎡"}}})
    with database.read() as session:
        assert load_one(session, "communities", "RC-05").values["status"] == "full"
