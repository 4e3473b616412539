"""Whoever changes the history from outside is found; whoever tries inside is stopped."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from crm.database import Database, sqlite
from crm.database.chain import Head, drifted, head_of, verify_chain
from crm.services.bulk import create_many, update_many
from crm.services.records import create, delete, update

UNLOCK = {
    "sqlite": (
        "DROP TRIGGER change_line_no_update",
        "DROP TRIGGER change_line_no_delete",
        "DROP TRIGGER change_set_no_update",
        "DROP TRIGGER change_set_no_delete",
    ),
    "postgresql": (
        "ALTER TABLE change_line DISABLE TRIGGER ALL",
        "ALTER TABLE change_set DISABLE TRIGGER ALL",
    ),
}

INVENTED = """
    INSERT INTO change_line (change_set_id, record_kind, record_id, record_uid, record_version, action, field)
    VALUES (2, 'leads', 1, 'x', 2, 'changed', 'site')
"""


@pytest.fixture
def told(database: Database) -> Database:
    """Return a database with four change sets."""
    with database.write(by="李", why="登记") as session:
        one, two = create_many(session, "leads", [{"name": "甲"}, {"name": "乙"}])
    with database.write(by="王", why="核实") as session:
        update(session, "leads", one, {"owner": "王", "annual_tax": "5000万元"})
    with database.write(by="赵", why="误报") as session:
        delete(session, "leads", two)
    with database.write(by="李", why="登记") as session:
        create(session, "leads", {"name": "丙"})
    return database


def _from_outside(database: Database, *statements: str) -> None:
    engine = database.engine.execution_options(**{sqlite.WRITING: True})
    with engine.begin() as connection:
        for statement in (*UNLOCK[connection.dialect.name], *statements):
            connection.execute(text(statement))


def test_a_chain_nobody_touched_holds(told: Database) -> None:
    with told.read() as session:
        found = verify_chain(session.connection())
        assert (found.ok, found.head.place, found.lines) == (True, 4, 6)
        assert found.head == head_of(session.connection())
        assert drifted(session.connection()) == []


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("UPDATE change_line SET after = '\"4000\"' WHERE field = 'owner'", 2),
        ("UPDATE change_line SET record_id = 99 WHERE action = 'deleted'", 3),
        ("DELETE FROM change_line WHERE field = 'annual_tax'", 2),
        (INVENTED, 2),
        ("UPDATE change_set SET \"by\" = '张' WHERE id = 3", 3),
        ("UPDATE change_set SET at = '2020-01-01 00:00:00.000000' WHERE id = 1", 1),
        ("UPDATE change_set SET place = 10 WHERE id = 4", 4),
        ("UPDATE change_set SET seal = uid WHERE id = 2", 2),
    ],
)
def test_a_change_from_outside_is_found_where_it_was_made(told: Database, statement: str, number: int) -> None:
    _from_outside(told, statement)
    with told.read() as session:
        found = verify_chain(session.connection())
    assert found.broken is not None
    assert found.broken[0] == number


def test_an_order_that_was_changed_is_found(told: Database) -> None:
    _from_outside(
        told,
        "UPDATE change_set SET place = 20 WHERE id = 2",
        "UPDATE change_set SET place = 2 WHERE id = 3",
        "UPDATE change_set SET place = 3 WHERE id = 2",
    )
    with told.read() as session:
        found = verify_chain(session.connection())
    assert found.broken == (3, "seal")


def test_a_tail_that_was_cut_off_is_found_by_the_head_kept_elsewhere(told: Database) -> None:
    """The chain alone cannot show it (reliability.md §0.11): the backup's manifest can."""
    with told.read() as session:
        kept = head_of(session.connection())
    _from_outside(told, "DELETE FROM change_line WHERE change_set_id = 4", "DELETE FROM change_set WHERE id = 4")
    with told.read() as session:
        found = verify_chain(session.connection())
    assert found.ok
    assert found.head != kept
    assert kept == Head(4, kept.seal)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE change_line SET after = NULL WHERE id = 1",
        "DELETE FROM change_line WHERE id = 1",
        "UPDATE change_set SET why = '' WHERE id = 1",
        "DELETE FROM change_set WHERE id = 4",
    ],
)
def test_the_database_itself_refuses_to_change_the_history(told: Database, statement: str) -> None:
    engine = told.engine.execution_options(**{sqlite.WRITING: True})
    with pytest.raises(DBAPIError, match="never changed"), engine.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "wrong"),
    [
        ("UPDATE leads SET owner = '张' WHERE id = 1", [("leads", 1)]),
        ('UPDATE leads SET land = \'{"high":"1","low":"1"}\' WHERE id = 3', [("leads", 3)]),
        ("DELETE FROM leads WHERE id = 1", [("leads", 1)]),
    ],
)
def test_a_record_changed_past_its_history_is_found(
    told: Database, statement: str, wrong: list[tuple[str, int]]
) -> None:
    _from_outside(told, statement)
    with told.read() as session:
        assert verify_chain(session.connection()).ok
        assert drifted(session.connection()) == wrong


def test_a_slot_that_is_filled_in_agrees_with_its_history(database: Database) -> None:
    with database.write(by="李", why="补录") as session:
        update_many(session, "communities", {1: {"name": "甲社区（虚构）", "status": "open"}})
    with database.read() as session:
        assert drifted(session.connection()) == []
    _from_outside(database, "UPDATE communities SET name = '乙' WHERE id = 1")
    with database.read() as session:
        assert drifted(session.connection()) == [("communities", 1)]
