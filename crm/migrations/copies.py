"""A server's database as one file: a copy that any of our programs opens, proved like a backup."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Table, func, select, text
from sqlmodel import SQLModel

from crm.database import Database, sqlite
from crm.database.backup import prove, refuse_other_files
from crm.database.errors import told
from crm.database.history import MODELS
from crm.database.manifest import Manifest, manifest_path, manifest_text
from crm.database.search import rebuild
from crm.files import replacing, save_bytes
from crm.migrations import upgrade
from crm.models import ChangeLine, table_of

ROWS = 2_000
"""Rows read and written at once."""


def copy_to_file(database: Database, target: Path, reason: str = "asked", key: str | None = None) -> Manifest:
    """Copy a server's database, as it is at one moment, into a SQLite file; prove the copy and write its manifest.

    Records, history with its seals, rules, imports and where records came from are all in it. Others go on working.

    Args:
        database: of a server.
        target: the file to make, or an earlier backup to replace.
        reason: a word for the manifest.
        key: the password the file is encrypted with; None: it is not.

    Raises:
        DatabaseError: the server would not, or the copy does not hold what a sound database holds.
        FileRefusedError: the target is another file than a backup, or cannot be written.
    """
    refuse_other_files(target)
    with replacing(target, private=True) as temporary:
        with closing(Database(temporary, key, fresh=True)) as copy:
            upgrade(copy)
            with told(database.place), _one_moment(database) as source, _writing(copy) as file:
                _fill(source, file)
        _close_log(temporary, key)
        manifest = prove(temporary, key=key, reason=reason, named=target)
        manifest_path(target).unlink(missing_ok=True)
    save_bytes(manifest_path(target), manifest_text(manifest).encode())
    return manifest


@contextmanager
def _one_moment(database: Database) -> Iterator[Connection]:
    """Give a transaction that sees one moment, whatever others commit meanwhile."""
    engine = database.engine.execution_options(isolation_level="REPEATABLE READ")
    with engine.connect() as connection:
        yield connection


@contextmanager
def _writing(copy: Database) -> Iterator[Connection]:
    engine = copy.engine.execution_options(**{sqlite.WRITING: True})
    with told(copy.place), engine.begin() as connection:
        yield connection


def _fill(source: Connection, file: Connection) -> None:
    """Put every row of every table into the new file, in place of what a new database begins with."""
    tables = SQLModel.metadata.sorted_tables
    for table in reversed(tables):
        file.execute(table.delete())
    for table in tables:
        _copy(source, file, table)
    rebuild(file)
    for kind, model in MODELS.items():
        _go_on_after(file, kind, table_of(model))


def _copy(source: Connection, file: Connection, table: Table) -> None:
    query = select(table).order_by(*table.primary_key.columns)
    rows = source.execution_options(yield_per=ROWS).execute(query)
    for some in rows.mappings().partitions(ROWS):
        file.execute(table.insert(), [dict(row) for row in some])


def _go_on_after(file: Connection, kind: str, table: Table) -> None:
    """Let the ids of the file go on after the last that anybody ever had: the history still names deleted ones."""
    lines = table_of(ChangeLine)
    named = file.execute(select(func.max(lines.c.record_id)).where(lines.c.record_kind == kind)).scalar() or 0
    there = file.execute(select(func.max(table.c.id))).scalar() or 0
    file.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
    given = {"name": table.name, "last": max(named, there)}
    file.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), given)


def _close_log(path: Path, key: str | None) -> None:
    """Leave one file, not in WAL mode: it may lie where nothing can be written."""
    with told(str(path)), closing(sqlite.connect(path, key=key)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
