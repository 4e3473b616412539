"""A PostgreSQL server: how it is reached, the limits every session works under, and news of what others changed.

Reliability.md §4.6. News only make a change visible sooner: a server without NOTIFY works all the same (decisions 16).
"""

from __future__ import annotations

import json
from collections.abc import Generator
from typing import Any, NamedTuple

from sqlalchemy import URL, Connection, Engine, create_engine, make_url

APPLICATION_NAME = "xiangtu"
SESSION = {
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "60s",
    "statement_timeout": "120s",
    "timezone": "UTC",
}
"""Limits of a session, so that a forgotten one cannot stop the whole bureau."""

MIGRATION_LOCK, CHAIN_LOCK = 0x58540001, 0x58540002
"""Advisory locks: one migration at a time; one change set at a time takes its place in the chain."""


CHANNEL = "xiangtu"
"""News go by one channel a schema: ``xiangtu_public``."""


class News(NamedTuple):
    """What somebody committed: the number of the change set and the kinds of record in it; the rows are asked for."""

    change_set_id: int
    kinds: frozenset[str]


def open_engine(url: str | URL) -> Engine:
    """Return an engine for the server; every session has its timeouts and speaks UTC."""
    target = make_url(url).set(drivername="postgresql+psycopg")
    options = " ".join(f"-c {name}={value}" for name, value in SESSION.items())
    given = target.query.get("options")
    arguments = {
        "application_name": APPLICATION_NAME,
        "options": f"{options} {given or ''}".strip(),
        "connect_timeout": 10,
    }
    return create_engine(target, connect_args=arguments, pool_pre_ping=True, hide_parameters=True)


def make_schema(connection: Connection) -> None:
    """Make the schema that the URL names by ``?options=-csearch_path=NAME`` when the server does not have it."""
    if connection.exec_driver_sql("SELECT current_schema()").scalar() is None:
        wanted = str(connection.exec_driver_sql("SHOW search_path").scalar()).split(",")[0].strip().strip('"')
        quoted = connection.dialect.identifier_preparer.quote_identifier(wanted)
        connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {quoted}")


def other_clients(connection: Connection) -> list[str]:
    """Return who else has the database open with this program, each once: login and address; none on SQLite."""
    if connection.dialect.name == "sqlite":
        return []
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT usename, coalesce(host(client_addr), '') FROM pg_stat_activity "
        "WHERE datname = current_database() AND application_name = %s AND pid <> pg_backend_pid() ORDER BY 1, 2",
        (APPLICATION_NAME,),
    )
    return ["@".join(filter(None, row)) for row in rows]


def announce(connection: Connection, news: News) -> None:
    """Tell the other clients of a change; the server passes it on when the transaction is committed, and only then.

    Numbers and kinds alone: a payload is read by every login (reliability.md §4.6). A server without NOTIFY is left
    in peace, and the transaction stays whole.
    """
    if connection.dialect.name == "sqlite" or not _has_notify(connection):
        return
    payload = json.dumps({"change_set": news.change_set_id, "kinds": sorted(news.kinds)})
    connection.exec_driver_sql("SELECT pg_notify(%s || current_schema(), %s)", (f"{CHANNEL}_", payload))


def hear_news(url: str | URL, *, every: float = 30.0) -> Generator[News | None, None, None]:
    """Yield what other clients commit, as it comes; None when nothing came for ``every`` seconds.

    At None, and after the connection was lost and the iteration ended, the caller asks the database itself: a missed
    notice must not be missed for ever. Close the generator to hang up.

    Args:
        url: of the server.
        every: seconds.

    Raises:
        sqlalchemy.exc.DBAPIError, psycopg.Error: the server cannot be reached, or the connection is lost.
    """
    engine = open_engine(url)
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            schema = connection.exec_driver_sql("SELECT current_schema()").scalar()
            channel = connection.dialect.identifier_preparer.quote_identifier(f"{CHANNEL}_{schema}")
            connection.exec_driver_sql(f"LISTEN {channel}")
            driver: Any = connection.connection.driver_connection
            while True:
                notices = list(driver.notifies(timeout=every, stop_after=1))
                yield from (_news(each.payload) for each in notices)
                if not notices:
                    yield None
    finally:
        engine.dispose()


def _news(payload: str) -> News:
    document = json.loads(payload)
    return News(int(document["change_set"]), frozenset(document["kinds"]))


def _has_notify(connection: Connection) -> bool:
    """Return whether the server knows ``pg_notify``; engines that only speak the language may not."""
    return connection.exec_driver_sql("SELECT to_regproc('pg_notify')").scalar() is not None
