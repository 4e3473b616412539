"""What other clients and programs commit to the same database, told as it comes (reliability.md §4.6).

A server sends notices; they only make a change visible sooner. A file, a notice that was lost, a server without
NOTIFY: now and then the history itself is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from threading import Event

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from crm.database import Committed, Database
from crm.database.postgresql import hear_news
from crm.errors import DatabaseError
from crm.models import ChangeLine, ChangeSet, table_of

WAIT_S = 0.25
"""How soon it is noticed that nobody wants to hear any more."""

LOOK_S, LOOK_AT_FILE_S = 30.0, 2.0
"""How often the history of a server, and of a file, is looked at."""

AGAIN_S = 10.0
"""After a connection was lost."""


class OthersNews:
    """Hears what others commit; what this ``Database`` commits itself is left out.

    A change set of its own may yet be told, where its notice is faster than the listeners: to look twice is no harm.
    """

    def __init__(self, database: Database, stop: Event, *, look_at_file: float = LOOK_AT_FILE_S) -> None:
        self._database, self._stop = database, stop
        self._look_at_file = look_at_file
        self._known: set[int] = set()
        self._last = 0
        database.on_commit(lambda news: self._known.add(news.change_set_id))

    def come(self) -> Iterator[Committed]:
        """Yield each change set as it comes, until ``stop`` is set."""
        self._last = self._begin()
        while not self._stop.is_set():
            try:
                yield from self._of_file() if self._database.is_sqlite else self._of_server()
            except (DatabaseError, SQLAlchemyError):  # gone, or busy: it is tried again
                self._stop.wait(AGAIN_S)

    def _begin(self) -> int:
        try:
            with self._database.read() as session:
                return int(session.connection().execute(select(func.max(table_of(ChangeSet).c.place))).scalar() or 0)
        except DatabaseError:
            return 0

    def _of_file(self) -> Iterator[Committed]:
        while not self._stop.wait(self._look_at_file):
            yield from self._looked()

    def _of_server(self) -> Iterator[Committed]:
        from psycopg import Error  # noqa: PLC0415  (a file needs none of it)

        try:
            yield from self._of_notices()
        except Error as error:
            raise DatabaseError(str(error)) from error

    def _of_notices(self) -> Iterator[Committed]:
        yield from self._looked()  # what came while nobody heard
        waits = 0
        with closing(hear_news(self._database.engine.url, every=WAIT_S)) as heard:
            for news in heard:
                if self._stop.is_set():
                    return
                if news is not None and news.change_set_id not in self._known:
                    self._known.add(news.change_set_id)
                    yield Committed(news.change_set_id, news.kinds, "", "")
                waits += news is None
                if waits * WAIT_S >= LOOK_S:
                    waits = 0
                    yield from self._looked()

    def _looked(self) -> Iterator[Committed]:
        """Yield the change sets that took their place in the history since, and were not told yet."""
        sets, lines = table_of(ChangeSet), table_of(ChangeLine)
        columns = (sets.c.id, sets.c.place, sets.c.by, sets.c.why)
        query = select(*columns).where(sets.c.place > self._last).order_by(sets.c.place)
        found = []
        with self._database.read() as session:
            for row in session.connection().execute(query).all():
                self._last = row.place
                if row.id not in self._known:
                    kinds = select(lines.c.record_kind).where(lines.c.change_set_id == row.id).distinct()
                    told = frozenset(session.connection().execute(kinds).scalars())
                    found.append(Committed(row.id, told, row.by, row.why))
        self._known.clear()  # what was known had its place by now; a notice that comes late is told twice at most
        yield from found
