"""Bringing a database to the schema of this program: our own runner around Alembic (reliability.md §4.5).

All steps are one transaction; before them a verified backup, after them a census; an exception leaves the old schema.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, inspect, text
from sqlmodel import SQLModel

from crm.database import Database, sqlite
from crm.database.errors import told
from crm.database.history import CHAIN_KEY
from crm.database.postgresql import MIGRATION_LOCK, make_schema, other_clients
from crm.domain.fields.words import list_mark
from crm.errors import DatabaseError, UserError
from crm.i18n import _
from crm.models.types import new_uid, now

VERSIONS = Path(__file__).parent / "versions"
VERSION_TABLE = "alembic_version"

_ONE_AT_A_TIME = threading.Lock()
"""Alembic's ``op`` is one for the whole process."""


class State(StrEnum):
    """How the schema of a database stands to this program."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"
    FOREIGN = "foreign"  # tables, but none of ours


def revisions(folder: Path = VERSIONS) -> list[str]:
    """Return the revisions of this program, oldest first, from the file names: Alembic is slow to import."""
    return sorted(file.name.split("_")[0] for file in folder.glob("[0-9]*_*.py"))


def version_of(connection: Connection) -> str | None:
    """Return the revision a database is at, or None where there is none."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608  (our own name)


def state_of(database: Database) -> State:
    """Return how the schema of the database stands to this program.

    Raises:
        DatabaseError: the file is damaged or no database, the server cannot be reached.
    """
    with told(database.place), database.engine.connect() as connection:
        version = version_of(connection)
        if version is None:
            return State.FOREIGN if _is_foreign(connection) else State.EMPTY
    known = revisions()
    if version not in known:
        return State.NEWER
    return State.CURRENT if version == known[-1] else State.OLDER


def is_empty(database: Database) -> bool:
    """Return whether a server has no schema of ours yet; one that cannot be asked is not empty."""
    try:
        return state_of(database) is State.EMPTY
    except UserError:
        return False


def _is_foreign(connection: Connection) -> bool:
    """Return whether the tables there are in our way: any in a file, in a schema of a server those of our names."""
    there = set(inspect(connection).get_table_names())
    return bool(there if connection.dialect.name == "sqlite" else there & set(SQLModel.metadata.tables))


def upgrade(
    database: Database,
    *,
    before: Callable[[], object] | None = None,
    folder: Path = VERSIONS,
    alone: bool = False,
) -> list[str]:
    """Bring the database to the newest schema; return the revisions that were applied.

    Args:
        database: an empty one or an older one.
        before: makes the backup; called only when there is something to lose, before anything is changed.
        folder: the scripts; another only in tests.
        alone: of a server, refuse when other clients of this program are connected.

    Raises:
        DatabaseError: a step failed or lost something; the old schema is untouched.
    """
    with _ONE_AT_A_TIME, told(database.place), _transaction(database) as connection:
        version = version_of(connection)
        steps = _steps(folder, version)
        if not steps:
            return []
        if alone:
            _refuse_company(connection, database.place)
        if version is not None and before is not None:
            before()
        counted = census(connection)
        _apply(connection, steps, database.place)
        if version is None:
            _introduce(connection)
        _check(connection, counted, steps, database.place)
    return [revision for revision, _module in steps]


def _refuse_company(connection: Connection, place: str) -> None:
    """Refuse while others have the database open: an older program would write into a schema it does not know.

    Raises:
        DatabaseError: naming who.
    """
    others = other_clients(connection)
    if others:
        message = _("Others have the database {place} open: {names}. Ask them to close the program, then try again.")
        raise DatabaseError(message.format(place=place, names=list_mark().join(others)), where=place)


def census(connection: Connection) -> dict[str, int]:
    """Return the number of rows of every table, and 1 for every index and trigger."""
    looked = inspect(connection)
    quoted = connection.dialect.identifier_preparer.quote
    counts: dict[str, int] = {}
    for table in looked.get_table_names():
        if not table.startswith("lead_search"):  # rows of the search index are counted as leads
            counts[table] = int(connection.execute(text(f"SELECT count(*) FROM {quoted(table)}")).scalar_one())  # noqa: S608
            counts |= {f"index {index['name']}": 1 for index in looked.get_indexes(table)}
    sql = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.dialect.name]
    return counts | {f"trigger {name}": 1 for name in connection.execute(text(sql)).scalars()}


@contextmanager
def _transaction(database: Database) -> Iterator[Connection]:
    """Give one transaction for all steps; on SQLite with foreign keys off, or a rebuilt table deletes its children."""
    engine = database.engine.execution_options(**{sqlite.WRITING: True})
    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        if database.is_sqlite:
            raw.execute("PRAGMA foreign_keys = OFF")  # inside a transaction it would do nothing
        try:
            with connection.begin():
                if not database.is_sqlite:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
                    make_schema(connection)
                yield connection
        finally:
            if database.is_sqlite:
                raw.execute("PRAGMA foreign_keys = ON")


def _steps(folder: Path, version: str | None) -> list[tuple[str, ModuleType]]:
    """Return the revisions after a version with their modules, oldest first."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415  (only a database that must change pays for Alembic)

    script = ScriptDirectory(str(folder.parent), version_locations=[str(folder)])
    found = list(script.iterate_revisions("head", version or "base"))
    return [(each.revision, each.module) for each in reversed(found)]


def _apply(connection: Connection, steps: list[tuple[str, ModuleType]], place: str) -> None:
    from alembic.migration import MigrationContext  # noqa: PLC0415  (only a database that must change pays for Alembic)
    from alembic.operations import Operations  # noqa: PLC0415

    context = MigrationContext.configure(connection)
    with Operations.context(context):
        for revision, module in steps:
            try:
                module.upgrade()
            except Exception as error:  # whatever a step raises: it is rolled back, and the user is told
                message = _(
                    "Bringing the database {place} up to date failed at step {step} ({reason}); it was left as it was."
                )
                reason = str(error).splitlines()[0]
                raise DatabaseError(message.format(place=place, step=revision, reason=reason), where=place) from error
    context._ensure_version_table()  # noqa: SLF001  (Alembic has no public name for it)
    connection.execute(text(f"DELETE FROM {VERSION_TABLE}"))  # noqa: S608  (our own name)
    connection.execute(text(f"INSERT INTO {VERSION_TABLE} VALUES (:head)"), {"head": steps[-1][0]})  # noqa: S608


def _introduce(connection: Connection) -> None:
    """Give a new database its own uid and the key of its chain."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {sqlite.APPLICATION_ID}")
    facts = {"database_uid": new_uid(), "created_at": now().isoformat(), CHAIN_KEY: secrets.token_hex(32)}
    for name, value in facts.items():
        connection.execute(
            text("INSERT INTO fact (name, value) VALUES (:name, :value)"), {"name": name, "value": value}
        )


def _check(connection: Connection, before: Mapping[str, int], steps: list[tuple[str, ModuleType]], place: str) -> None:
    """Refuse a migration that lost a row, an index, a trigger or a link it does not declare in ``DROPS``.

    Raises:
        DatabaseError: it did; the transaction is rolled back.
    """
    dropped = {name for _revision, module in steps for name in getattr(module, "DROPS", ())}
    after = census(connection)
    lost = [name for name, count in before.items() if after.get(name, 0) < count and name not in dropped]
    if connection.dialect.name == "sqlite":
        lost += [f"{row[0]} → {row[2]}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
    if lost:
        raise DatabaseError(
            _(
                "The new version would have lost something in the database {place} ({lost}); it was left as it was."
            ).format(place=place, lost=", ".join(sorted(set(lost)))),
            where=place,
        )
