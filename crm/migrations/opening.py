"""Opening a database at the newest schema: a missing file is made, an older one is backed up and brought up to date."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from crm.database import Database, sqlite, sqlite_path
from crm.database.backup import make_automatic
from crm.database.errors import SQLITE
from crm.errors import DatabaseError
from crm.files import make_private
from crm.i18n import _
from crm.migrations import State, state_of, upgrade


def open_database(target: str | Path, key: str | None = None, backups: str = "") -> Database:
    """Open a database; a missing SQLite file and a missing PostgreSQL schema are made.

    Args:
        target: a path or URL.
        key: the password of an encrypted file.
        backups: folder of the automatic backups, "" for beside the database.

    Raises:
        DatabaseError: it cannot be opened, is newer than the program, damaged, no database of ours …; it is untouched.
    """
    path = sqlite_path(target)
    if path is not None and not path.exists():
        make_database(path, key)
    database = Database(target, key)
    try:
        _bring_up(database, backups)
    except BaseException:
        database.close()
        raise
    return database


def make_database(path: Path, key: str | None) -> None:
    """Make a new database beside its place and put it there whole: a kill in between leaves nothing half made."""
    sqlite.check_place(path)
    if not path.parent.is_dir():
        raise DatabaseError(
            _("The folder of the database {path} does not exist. Make it first.").format(path=path), where=str(path)
        )
    making = path.with_name(f".{path.name}-{secrets.token_hex(8)}.new")
    try:
        _make_private(making, path)
        database = Database(making, key, fresh=True)
        try:
            upgrade(database)
        finally:
            database.close()
        _put(making, path)
    finally:
        for end in ("", "-wal", "-shm"):
            Path(f"{making}{end}").unlink(missing_ok=True)


def _make_private(making: Path, path: Path) -> None:
    """Make the empty file of the new database ``path``; only its owner may read it.

    Raises:
        DatabaseError: it cannot be made there.
    """
    try:
        make_private(making)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        message = _(SQLITE["SQLITE_FULL" if full else "SQLITE_CANTOPEN"])
        raise DatabaseError(message.format(place=path), where=str(path)) from error


def _put(made: Path, path: Path) -> None:
    """Give the new file its name, unless another program just made one there: then that one is used."""
    try:
        os.link(made, path)
    except FileExistsError:
        return
    except OSError:  # a file system without links
        if not path.exists():
            made.replace(path)


def _bring_up(database: Database, backups: str) -> None:
    """Migrate an older database; refuse a newer one and what is not ours.

    Raises:
        DatabaseError: it is refused; nothing was changed.
    """
    state = state_of(database)
    if state is State.NEWER:
        message = _(
            "The database {place} was made by a newer version of the program. Update the program; it is untouched."
        )
    elif state is State.FOREIGN or (state is State.EMPTY and database.is_sqlite):
        message = _("{place} is a database of another program; it is untouched.")
    elif state is State.OLDER and not database.is_sqlite:
        message = _(
            "The database on the server {place} is of an older version. Its administrator brings it up to date, while"
            " nobody works in it: xiangtu upgrade."
        )
    elif state is not State.CURRENT and database.read_only:
        message = _("The database {place} needs an update, but may only be read.")
    else:
        if state is not State.CURRENT:
            upgrade(database, before=_backup(database, backups))
        return
    raise DatabaseError(message.format(place=database.place), where=database.place)


def upgrade_server(target: str) -> list[str]:
    """Bring the database on a server to the newest schema, at its administrator's word and while nobody works in it.

    A client never does it by itself: the others would be cut off in the middle of their work (reliability.md §4.5).

    Args:
        target: the URL.

    Returns:
        The revisions that were applied; none where it was up to date.

    Raises:
        DatabaseError: others are connected, it is newer or not ours, or a step failed; it is untouched.
    """
    database = Database(target)
    try:
        state = state_of(database)
        if state in (State.NEWER, State.FOREIGN):
            _bring_up(database, "")  # says why not
        return upgrade(database, alone=True)
    finally:
        database.close()


def _backup(database: Database, backups: str) -> Callable[[], object] | None:
    """Return what makes the backup before a migration; a server is backed up by its administrator."""
    if not database.is_sqlite:
        return None
    return lambda: make_automatic(database, "before-migration", backups)
