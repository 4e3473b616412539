"""A PostgreSQL server: how it is reached, and the limits every session works under (reliability.md §4.6)."""

from __future__ import annotations

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
