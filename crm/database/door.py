"""The one door to a session: ``Database.read`` and ``Database.write``; what was committed is told to the listeners."""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError
from sqlmodel import Session

from crm.database import history, postgresql, sqlite
from crm.database.errors import told
from crm.database.history import Writing, writing_of
from crm.errors import BusyError, DatabaseError
from crm.i18n import _

__all__ = ["Committed", "Database", "Session", "Writing", "hidden", "sqlite_path", "writing_of"]


T = TypeVar("T")

WAITS = (0.02, 0.1, 0.3, 1.0)
"""Seconds, about, before a unit of work that was broken off is done again."""


@dataclass(frozen=True, slots=True)
class Committed:
    """What a transaction left: its change set and the kinds of record it touched."""

    change_set_id: int
    kinds: frozenset[str]
    by: str
    why: str


class Database:
    """A SQLite file or a PostgreSQL server, opened.

    Attributes:
        path: the file, or None for a server.
        place: the file or server as messages name it, without a password.
        key: the password of an encrypted file; None for a plain one.
        read_only: nothing may be written (decisions 37).

    Args:
        url: a path or URL.
        key: the password of an encrypted file.
        fresh: the file was just made, and is empty: a database begins in it.
    """

    def __init__(self, url: str | Path, key: str | None = None, *, fresh: bool = False) -> None:
        self.path = sqlite_path(url)
        self.place = str(self.path) if self.path else hidden(str(url))
        self.key = key
        self.read_only = False
        self._engine = self._open(str(url), key, fresh=fresh)
        self._write_lock = threading.Lock()
        self._writer: int | None = None
        self._listeners: list[Callable[[Committed], None]] = []

    @property
    def engine(self) -> Engine:
        """The engine, for the rooms that know SQL: migrations, backup, queries of their own."""
        return self._engine

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file."""
        return self.path is not None

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session whose changes are thrown away.

        Raises:
            DatabaseError: the file or the server would not.
        """
        with told(self.place), Session(self._engine) as session:
            yield session
            session.rollback()

    @contextmanager
    def write(self, *, by: str, why: str, kind: str = "edit", undoes: int | None = None) -> Iterator[Session]:
        """Give a session whose changes are committed at the end, with their history, or not at all.

        Args:
            by: the officer in whose name it is done.
            why: what for; shown in the history.
            kind: edit, import, undo, redo, seed, restore …
            undoes: the change set this one takes back.

        Raises:
            ConflictError: somebody else changed the same record meanwhile.
            DatabaseError: the file is read-only, the disk full, the server gone …; nothing was changed.
        """
        if self.read_only:
            raise DatabaseError(
                _("The database {place} may only be read. Nothing was changed.").format(place=self.place),
                where=self.place,
            )
        writing = Writing(by=by, why=why, kind=kind, undoes=undoes)
        with self._one_writer(), told(self.place), self._tidied():
            engine = self._engine.execution_options(**{sqlite.WRITING: True})
            with Session(engine, expire_on_commit=False) as session:
                session.info[history.WRITING] = writing
                history.listen(session)
                yield session
                writing.close(session)
                if writing.change_set_id is not None:
                    postgresql.announce(session.connection(), postgresql.News(writing.change_set_id, writing.kinds))
                session.commit()
        self._announce(writing)

    def change(self, work: Callable[[Session], T], *, by: str, why: str, kind: str = "edit") -> T:
        """Do a unit of work in a transaction of its own; again where the server breaks it off for another's sake.

        Args:
            work: checks and changes in the session it is given, and nothing outside: it may be called several times.
            by: as ``write``.
            why: as ``write``.
            kind: as ``write``.

        Returns:
            What ``work`` returned.

        Raises:
            BusyError: it was broken off each time; nothing was changed.
            ConflictError, DatabaseError: as ``write``.
        """
        for wait in WAITS:
            try:
                with self.write(by=by, why=why, kind=kind) as session:
                    return work(session)
            except BusyError:
                time.sleep(wait * (0.5 + secrets.randbelow(1000) / 1000))  # two that met must not meet again
        with self.write(by=by, why=why, kind=kind) as session:
            return work(session)

    def on_commit(self, listener: Callable[[Committed], None]) -> None:
        """Call the listener after each commit that changed something, on the thread that committed."""
        self._listeners.append(listener)

    def close(self) -> None:
        """Close every connection; on SQLite the log is merged into the file."""
        self._engine.dispose()

    def _open(self, url: str, key: str | None, *, fresh: bool) -> Engine:
        if self.path is None:
            return postgresql.open_engine(url)
        sqlite.check_place(self.path)
        if self.path.exists() and not fresh:
            with told(self.place):
                sqlite.check_file(self.path, key=key)
            if sqlite.is_plain(self.path):
                self.key = key = None  # nothing of a plain file is encrypted, its backups neither
            self.read_only = sqlite.is_read_only(self.path)
        return sqlite.open_engine(self.path, key=key, read_only=self.read_only)

    @contextmanager
    def _one_writer(self) -> Iterator[None]:
        """Let one thread write at a time: on SQLite two never meet at the file's lock (reliability.md §4.1)."""
        if not self.is_sqlite:
            yield
            return
        me = threading.get_ident()
        if self._writer == me:
            raise RuntimeError("a transaction inside a transaction: hand the session down instead")
        with self._write_lock:
            self._writer = me
            try:
                yield
            finally:
                self._writer = None

    @contextmanager
    def _tidied(self) -> Iterator[None]:
        """After a failure on SQLite, give the disk back what the log has grown by."""
        try:
            yield
        except BaseException:
            if self.path is not None:
                sqlite.shrink_log(self.path, key=self.key)
            raise

    def _announce(self, writing: Writing) -> None:
        if writing.change_set_id is None:
            return
        news = Committed(writing.change_set_id, writing.kinds, writing.by, writing.why)
        for listener in self._listeners:
            listener(news)


def hidden(url: str) -> str:
    """Return the URL of a server as messages show it: without password and settings."""
    try:
        full = make_url(url)
    except (ArgumentError, ValueError) as error:
        message = _("The address of the server cannot be read. Write it as postgresql://name@host:5432/database.")
        raise DatabaseError(message, where="--database") from error
    shown = URL.create("postgresql", full.username, host=full.host, port=full.port, database=full.database)
    return shown.render_as_string()


def sqlite_path(url: str | Path) -> Path | None:
    """Return the file a path or ``sqlite:///`` URL means, or None for a server."""
    text = str(url)
    if text.startswith(("postgresql:", "postgresql+", "postgres:")):
        return None
    if text.startswith("sqlite:"):
        database = make_url(text).database
        if not database or database == ":memory:":
            raise DatabaseError(_("A database needs a file: {url}").format(url=text), where=text)
        return Path(database)
    scheme = re.match(r"[a-z][a-z0-9+]*(?=://)", text, re.IGNORECASE)
    if scheme:
        message = _("{scheme} is no kind of database this program knows. Name a file, or postgresql://….")
        raise DatabaseError(message.format(scheme=scheme[0]), where="--database")
    return Path(text)
