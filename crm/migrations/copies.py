"""A database filled into another file, row by row: a server's as one file, a file under a password."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Table, func, select, text
from sqlmodel import SQLModel

from crm.database import Database, sqlite
from crm.database.backup import SIDE_FILES, close_log, make_automatic, prove, refuse_other_files
from crm.database.errors import told
from crm.database.history import MODELS
from crm.database.manifest import Manifest, manifest_path, manifest_text, read_manifest
from crm.database.search import rebuild
from crm.errors import DatabaseError
from crm.files import replacing, save_bytes
from crm.i18n import _
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
        manifest = _copied(database, temporary, key, reason=reason, named=target)
        manifest_path(target).unlink(missing_ok=True)
    save_bytes(manifest_path(target), manifest_text(manifest).encode())
    return manifest


def set_password(path: Path, new: str, *, old: str | None = None, folder: str = "") -> Path:
    """Encrypt a database file with a password, or with another one; what was there is kept as a backup of its own.

    Args:
        path: the file; nobody else may have it open.
        new: the password.
        old: the one it has now; None for a file that is not encrypted.
        folder: of the automatic backups, "" for beside the database.

    Returns:
        The backup: it is as readable as the database was.

    Raises:
        DatabaseError: it is open elsewhere, may only be read, or the copy is not what it was; it is untouched.
        PasswordError: ``old`` does not open it.
        FileRefusedError: there is no room for it.
    """
    with closing(Database(path, old)) as database:
        if database.read_only:
            message = _("The database {place} may only be read. Nothing was changed.")
            raise DatabaseError(message.format(place=path), where=str(path))
        close_log(path, old)
        kept = make_automatic(database, "before-password", folder)
        with replacing(path, private=True) as temporary:
            made = _copied(database, temporary, new, reason="password", named=path)
            before = read_manifest(kept)
            if before is None or (made.counts, made.head) != (before.counts, before.head):
                message = _("The encrypted copy of {place} is not what the database holds. Nothing was changed.")
                raise DatabaseError(message.format(place=path), where=str(path))
            database.close()
            for end in SIDE_FILES:  # an old log beside the new file would be played into it
                Path(f"{path}{end}").unlink(missing_ok=True)
    return kept


def _copied(database: Database, file: Path, key: str | None, *, reason: str, named: Path) -> Manifest:
    """Fill an empty file with everything a database holds, prove it, and return what it holds."""
    with closing(Database(file, key, fresh=True)) as copy:
        upgrade(copy)
        with told(database.place), _one_moment(database) as source, _writing(copy) as connection:
            _fill(source, connection)
    _close_log(file, key)
    return prove(file, key=key, reason=reason, named=named)


@contextmanager
def _one_moment(database: Database) -> Iterator[Connection]:
    """Give a transaction that sees one moment, whatever others commit meanwhile."""
    engine = database.engine
    if not database.is_sqlite:  # a file shows one moment to every transaction
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with engine.connect() as connection:
        yield connection


@contextmanager
def _writing(copy: Database) -> Iterator[Connection]:
    engine = copy.engine.execution_options(**{sqlite.WRITING: True})
    with told(copy.place), engine.begin() as connection:
        yield connection


def _fill(source: Connection, file: Connection) -> None:
    """Put every row of every table into the new file, in place of what a new database begins with."""
    models = dict(MODELS)  # the tables of every kind: they are made when they are asked for
    tables = SQLModel.metadata.sorted_tables
    for table in reversed(tables):
        file.execute(table.delete())
    for table in tables:
        _copy(source, file, table)
    rebuild(file)
    for kind, model in models.items():
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
