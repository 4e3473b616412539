"""Where every front door starts: settings read, database checked, backed up, migrated, opened."""

from __future__ import annotations

import getpass
import os
import unicodedata
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from crm.database import Database, hidden, sqlite, sqlite_path
from crm.database.backup import restore
from crm.database.manifest import Manifest
from crm.errors import DatabaseError, PasswordError, UserError
from crm.i18n import _
from crm.jobs.import_journal import cut_off_imports, settle_cut_off
from crm.migrations import is_empty, revisions, upgrade
from crm.migrations.opening import make_database, open_database
from crm.services.health import Check, examine, surroundings
from crm.settings import Settings, default_path, load_settings


@dataclass(frozen=True, slots=True)
class Workspace:
    """What a command or the window works with.

    Attributes:
        user: the officer in whose name changes are made.
        warnings: what to tell the user at the start.
    """

    database: Database
    settings: Settings
    user: str
    warnings: tuple[str, ...] = ()


def open_workspace(
    url: str | Path | None = None, by: str | None = None, *, key: str | None = None, settings_folder: Path | None = None
) -> Workspace:
    """Open a database at the newest schema; a missing SQLite file and a missing PostgreSQL schema are made.

    Args:
        url: a path or URL; else the one in the settings, else ``xiangtu.db`` in the user's data folder.
        by: the officer; else the one in the settings, else the system's user name.
        key: the password of an encrypted file, else that of ``XIANGTU_PASSWORD``; a new file is encrypted with it.
        settings_folder: another than the user's own.

    Raises:
        DatabaseError: it cannot be opened, is newer than the program, damaged, no database of ours …; it is untouched.
        PasswordError: it is encrypted, and the password is missing or not its own.
    """
    settings, warning = load_settings(settings_folder)
    target = url or settings.database or default_path()
    password = password_given(key)
    database = open_database(target, password, settings.backup_folder)
    user = by or settings.officer or _system_user()
    warnings = (*((warning,) if warning else ()), *_unused(password, database), *_cut_off(database, user))
    return Workspace(database, settings, user, warnings)


def place_of(url: str | Path | None = None, settings_folder: Path | None = None) -> str | Path:
    """Return the path or URL of the database meant: the one named, else that of the settings, else the default."""
    settings, _warning = load_settings(settings_folder)
    return url or settings.database or default_path()


def password_given(key: str | None = None) -> str | None:
    """Return the password in one form: the one given, else that of ``XIANGTU_PASSWORD``; None where there is none."""
    text = key or os.environ.get(sqlite.PASSWORD_VARIABLE) or None
    return text and in_one_form(text)


def in_one_form(password: str) -> str:
    """Return a password as every keyboard gives it: some systems write é as two characters."""
    return unicodedata.normalize("NFC", password)


def _unused(password: str | None, database: Database) -> list[str]:
    """Return that a file is not encrypted, to who gave a password for it."""
    if password is None or database.path is None or not sqlite.is_plain(database.path):
        return []
    return [_("A password is given, but the database {place} is not encrypted.").format(place=database.path)]


def _cut_off(database: Database, user: str) -> list[str]:
    """Return what became of imports that the program did not live to end; each is told once."""
    with database.read() as session:
        found = cut_off_imports(session)
    settle_cut_off(database, found, by=user)
    return [each.text for each in found]


def restore_database(
    backup: Path, url: str | Path | None = None, *, key: str | None = None, settings_folder: Path | None = None
) -> tuple[Path, Manifest, Path | None]:
    """Put a proved backup in the place of a database that nobody has open.

    Returns:
        The database file, what it holds now, and where what was there before is kept (None when nothing was).

    Raises:
        PasswordError: the backup is encrypted, and the password is missing or not its own.
        DatabaseError: it is a server, the backup is not sound or newer than the program, or the database is open.
        FileRefusedError: there is no backup, or the place cannot be written.
    """
    settings, _warning = load_settings(settings_folder)
    target = url or settings.database or default_path()
    path = sqlite_path(target)
    if path is None:
        raise DatabaseError(_("A backup is put back into a file; {url} is a server.").format(url=hidden(str(target))))
    found, kept = restore(backup, path, key=password_given(key), schemas=revisions(), folder=settings.backup_folder)
    return path, found, kept


def examine_workspace(
    url: str | Path | None = None, *, key: str | None = None, settings_folder: Path | None = None
) -> list[Check]:
    """Look at database, fonts and settings; a database that does not open is a check that fails.

    Nothing is changed; a missing file and a missing schema are made, as everywhere.

    Raises:
        PasswordError: it is encrypted, and the password is missing or not its own.
    """
    settings, warning = load_settings(settings_folder)
    target = url or settings.database or default_path()
    path = sqlite_path(target)
    key = password_given(key)
    try:
        if path is not None and not path.exists():
            make_database(path, key)
        database = Database(target, key)
    except PasswordError:
        raise
    except UserError as error:
        return [Check("database", ok=False, detail=error.message), *surroundings(warning)]
    with closing(database):
        if not database.is_sqlite and is_empty(database):
            upgrade(database)
        return examine(database, backups=settings.backup_folder, settings_warning=warning)


def _system_user() -> str:
    """Return the system's user name; where it has none (a container), a word that says so."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return _("(name not known)")
