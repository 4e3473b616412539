"""Backups the window makes: now, at the start when the last is old, every half hour when something has changed."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from crm.database import Database
from crm.database.backup import Automatic, automatic_backups, backup_folder, make_automatic
from crm.database.manifest import read_manifest, uid_of
from crm.models.types import now
from crm.queries.dossiers import head_of_history


def back_up(database: Database, folder: str = "") -> Path:
    """Make a verified backup now; return the file.

    Raises:
        DatabaseError: the database is a server, or the copy could not be proved.
        FileRefusedError: it cannot be written there.
    """
    return make_automatic(database, "asked", folder)


def back_up_when_due(database: Database, after: timedelta, folder: str = "") -> Path | None:
    """Make a backup when the last proved one is older than that and something has changed since; return the file.

    A server and a file that may only be read are not backed up here: None.
    """
    if database.path is None or database.read_only:
        return None
    last = _last(database, folder)
    if last is not None:
        manifest = read_manifest(last.path)
        with database.read() as session:
            _seal, place = head_of_history(session)
        if now() - last.at < after or (manifest is not None and manifest.place >= place):
            return None
    return make_automatic(database, "timer", folder)


def last_backup(database: Database, folder: str = "") -> datetime | None:
    """Return when the newest proved automatic backup was made; None where there is none, or for a server."""
    last = _last(database, folder)
    return None if last is None else last.at


def _last(database: Database, folder: str) -> Automatic | None:
    if database.path is None:
        return None
    with database.read() as session:
        uid = uid_of(session.connection())
    every = automatic_backups(backup_folder(database.path, folder), database.path.stem, uid)
    return next((one for one in every if one.verified), None)
