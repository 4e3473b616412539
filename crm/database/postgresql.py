"""A PostgreSQL server: how it is reached, and the limits every session works under (reliability.md §4.6)."""

from __future__ import annotations

from sqlalchemy import URL, Engine, create_engine, make_url

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


def schema_of(url: str | URL) -> str | None:
    """Return the schema an URL names by ``?options=-csearch_path=NAME``, or None for the server's default."""
    given = make_url(url).query.get("options", "")
    text = given if isinstance(given, str) else " ".join(given)
    _before, found, after = text.replace(" ", "").partition("search_path=")
    return after.split("-c")[0].split(",")[0] or None if found else None
