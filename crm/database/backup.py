"""Backups of a SQLite database that are proved before they count, and putting one back (reliability.md §4.4)."""

from __future__ import annotations

import glob
import re
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool
from sqlcipher3 import dbapi2

from crm.database import Database, sqlite
from crm.database.chain import verify_chain
from crm.database.errors import told
from crm.database.manifest import (
    Manifest,
    describe,
    manifest_path,
    manifest_text,
    read_manifest,
    sha256_of,
)
from crm.errors import DatabaseError, FileRefusedError
from crm.files import make_folder, refused, replacing, save_bytes
from crm.i18n import _
from crm.models.types import now

SIDE_FILES = ("-wal", "-shm", "-journal")
STAMP = "%Y%m%dT%H%M%S%fZ"
NAME = re.compile(r"(?P<stem>.+)-(?P<stamp>\d{8}T\d{12}Z)-(?P<reason>[a-z-]+)\.db")
RECENT, DAYS, WEEKS, MONTHS = 12, 7, 5, 12
"""Automatic backups that are kept: the newest, and the newest of each of so many days, weeks and months."""

SPARE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Automatic:
    """One automatic backup, as its name says."""

    path: Path
    at: datetime
    verified: bool


def make_backup(database: Database, target: Path, reason: str = "asked") -> Manifest:
    """Copy the database while it is in use, prove the copy, put it in place with its manifest.

    Args:
        database: a SQLite database; others may go on reading and writing.
        target: the file to make, or an earlier backup to replace; as long as the new one is not proved, it stays.
        reason: a word for the manifest.

    Raises:
        DatabaseError: it is a server, or the copy does not hold what a sound database holds.
        FileRefusedError: the target is another file than a backup or cannot be written, or the disk has no room.
    """
    source = _file_of(database)
    if target.resolve() == source.resolve():
        raise FileRefusedError(_("A backup cannot replace the database itself."), where=str(target))
    refuse_other_files(target)
    _refuse_full_disk(source, target)
    with told(str(target)), replacing(target, private=True) as temporary:
        _copy(source, temporary, database.key)
        manifest = prove(temporary, key=database.key, reason=reason, named=target)
        manifest_path(target).unlink(missing_ok=True)  # never the new file beside the old one's manifest
    save_bytes(manifest_path(target), manifest_text(manifest).encode())
    return manifest


def refuse_other_files(target: Path) -> None:
    """Refuse to replace a file that is no backup of ours: its manifest must lie beside it and be of these very bytes.

    Raises:
        FileRefusedError: it is something else, perhaps somebody's database.
    """
    try:
        if not target.is_file() or target.stat().st_size == 0:
            return
        manifest = read_manifest(target)
        ours = manifest is not None and manifest.sha256 == sha256_of(target)
    except OSError as error:
        raise refused(error, target) from error
    if not ours:
        message = _("{path} is there already and is no backup made by this program, so it is not replaced. {advice}")
        advice = _("Give another name, or delete the file first.")
        raise FileRefusedError(message.format(path=target, advice=advice), where=str(target))


def prove(path: Path, *, key: str | None = None, reason: str = "", named: Path | None = None) -> Manifest:
    """Open a finished copy for reading, check it wholly, and return what it holds.

    Raises:
        DatabaseError: it is damaged, a link leads nowhere, or the chain of its history is broken.
    """
    named = named or path
    with told(str(named)):
        sqlite.check_file(path, key=key)
    with told(str(named)), _opened(path, key) as connection:
        faults = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok"]
        faults += [f"{row[0]} → {row[2]}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
        chain = verify_chain(connection)
        if chain.broken:
            faults.append(_("history, change set {number}").format(number=chain.broken[0]))
        if faults:
            raise DatabaseError(
                _("{path} is damaged and cannot serve as a backup ({fault}).").format(path=named, fault=faults[0]),
                where=str(named),
            )
        manifest = describe(connection, path, reason)
    return replace(manifest, file=named.name)


def restore(
    backup: Path, target: Path, *, key: str | None = None, schemas: Collection[str], folder: str = ""
) -> tuple[Manifest, Path | None]:
    """Put a proved backup in the place of a database; what was there is kept as a backup of its own.

    Args:
        backup: the file ``make_backup`` made; without its manifest it is proved all the same.
        target: the database file; nobody may have it open.
        key: the password of encrypted files.
        schemas: the revisions this program knows.
        folder: of the automatic backups, "" for beside the database.

    Returns:
        The manifest of what is there now, and where what was there before is kept (None when nothing was there).

    Raises:
        DatabaseError: the backup is damaged or not what its manifest says, or the database is open elsewhere.
        FileRefusedError: the target cannot be written.
    """
    if not backup.is_file():
        raise FileRefusedError(_("There is no backup {path}.").format(path=backup), where=str(backup))
    if target.exists() and target.samefile(backup):
        raise FileRefusedError(_("A backup cannot replace the database itself."), where=str(target))
    sqlite.check_place(target)
    if target.exists() and sqlite.is_read_only(target):
        raise DatabaseError(
            _("The database {place} may only be read. Nothing was changed.").format(place=target), where=str(target)
        )
    wanted = _proved(backup, key)
    _refuse_plain_over_encrypted(backup, target, key)
    if wanted.schema not in schemas:
        raise DatabaseError(
            _("The backup {path} was made by a newer version of the program. Update the program.").format(path=backup),
            where=str(backup),
        )
    _refuse_full_disk(backup, target)
    kept = _set_aside(target, key, folder)
    with replacing(target, private=True) as temporary:
        shutil.copyfile(backup, temporary)
        for end in SIDE_FILES:  # an old log beside the new file would be played into it: 25 of 25 times
            Path(f"{target}{end}").unlink(missing_ok=True)
    found = prove(target, key=key, reason="restore")
    if (found.counts, found.head, found.sha256) != (wanted.counts, wanted.head, wanted.sha256):
        raise DatabaseError(_("{path} is not what the backup holds; put it back again.").format(path=target))
    return found, kept


def _refuse_plain_over_encrypted(backup: Path, target: Path, key: str | None) -> None:
    """Refuse to put what everybody can read in the place of what was encrypted; a damaged file may be replaced."""
    if key is None or not sqlite.is_plain(backup) or not target.exists() or sqlite.is_plain(target):
        return
    try:
        sqlite.check_file(target, key=key)
    except DatabaseError:
        return
    message = _(
        "The database {target} is encrypted, the backup {path} is not. Put it back under another name (--database)."
    )
    raise DatabaseError(message.format(path=backup, target=target), where=str(backup))


def backup_folder(database: Path, folder: str = "") -> Path:
    """Return the folder of the automatic backups: the one in the settings, or one beside the database."""
    return Path(folder) if folder else database.with_name(f"{database.stem}-backups")


def make_automatic(database: Database, reason: str, folder: str = "") -> Path:
    """Make a backup before something happens (import, migration, restore), then thin out the old ones; return it.

    Raises:
        DatabaseError: as ``make_backup``.
        FileRefusedError: as ``make_backup``.
    """
    source = _file_of(database)
    place = backup_folder(source, folder)
    make_folder(place)
    target = place / f"{source.stem}-{now().strftime(STAMP)}-{reason}.db"
    manifest = make_backup(database, target, reason)
    thin(place, source.stem, manifest.database_uid)
    return target


def automatic_backups(folder: Path, stem: str, uid: str | None) -> list[Automatic]:
    """Return the automatic backups of a database, the newest first, those without a manifest too.

    Several officers may keep theirs in one folder, under one name: those of another database are passed over.

    Args:
        folder: of the automatic backups (``backup_folder``).
        stem: the name of the database file, without its end.
        uid: the database's mark; None where it cannot be read: those of every database of that name.
    """
    found: list[Automatic] = []
    for path in folder.glob(f"{glob.escape(stem)}-*.db"):
        name = NAME.fullmatch(path.name)
        if name and name["stem"] == stem:
            manifest = read_manifest(path)
            if manifest is None or uid in (None, manifest.database_uid):
                at = datetime.strptime(name["stamp"], STAMP).replace(tzinfo=UTC)
                found.append(Automatic(path, at, manifest is not None))
    return sorted(found, key=lambda each: each.at, reverse=True)


def thin(folder: Path, stem: str, uid: str) -> list[Path]:
    """Delete the automatic backups nobody needs any more; never the newest proved one. Return what was deleted."""
    every = automatic_backups(folder, stem, uid)
    keep = kept(every)
    gone = [each.path for each in every if each.path not in keep]
    for path in gone:
        manifest_path(path).unlink(missing_ok=True)
        path.unlink(missing_ok=True)
    return gone


def kept(backups: Iterable[Automatic]) -> set[Path]:
    """Return which backups stay: 12 newest, the newest of 7 days, 5 weeks and 12 months, and the newest proved one."""
    every = sorted(backups, key=lambda each: each.at, reverse=True)
    proved = [each for each in every if each.verified]
    keep = {each.path for each in (*every[:RECENT], *proved[:1])}
    for pattern, number in (("%Y-%m-%d", DAYS), ("%G-%V", WEEKS), ("%Y-%m", MONTHS)):
        newest: dict[str, Path] = {}
        for each in proved:
            newest.setdefault(each.at.strftime(pattern), each.path)
        keep |= set(list(newest.values())[:number])
    return keep


def _proved(backup: Path, key: str | None) -> Manifest:
    """Return what a backup holds; refuse one whose bytes are not those of its manifest."""
    manifest = read_manifest(backup)
    if manifest is not None and manifest.sha256 != sha256_of(backup):
        raise DatabaseError(
            _("The backup {path} was changed after it was made (its checksum differs). Use another one.").format(
                path=backup
            ),
            where=str(backup),
        )
    found = prove(backup, key=key)
    if manifest is not None and (found.counts, found.head) != (manifest.counts, manifest.head):
        raise DatabaseError(
            _("The backup {path} does not hold what its manifest says. Use another one.").format(path=backup),
            where=str(backup),
        )
    return found


def _set_aside(target: Path, key: str | None, folder: str) -> Path | None:
    """Keep what is at the target: as a proved backup, or, when it is damaged, as the file it is."""
    if not target.exists():
        return None
    place = backup_folder(target, folder)
    make_folder(place)
    try:
        database = Database(target, key)
        with closing(database):
            close_log(target, key)
            return make_automatic(database, "before-restore", folder)
    except _InUseError:
        raise
    except DatabaseError:
        stem = f"{target.stem}-{now().strftime(STAMP)}-damaged"
        for end in ("", *SIDE_FILES):
            if Path(f"{target}{end}").exists():
                with replacing(place / f"{stem}.db{end}", private=True) as copy:
                    shutil.copyfile(f"{target}{end}", copy)
        return place / f"{stem}.db"


class _InUseError(DatabaseError):
    """Another program has the database open."""


def close_log(target: Path, key: str | None) -> None:
    """Merge the log into the file; it cannot be done while another program has the database open.

    Raises:
        _InUseError: another program has.
    """
    with told(str(target)), closing(sqlite.connect(target, key=key)) as connection:
        try:
            connection.execute("PRAGMA busy_timeout = 500")
            connection.execute("PRAGMA journal_mode = DELETE")
        except dbapi2.OperationalError as error:
            raise _InUseError(
                _("The database {path} is open in another window or program. Close it there, then try again.").format(
                    path=target
                ),
                where=str(target),
            ) from error


def _copy(source: Path, temporary: Path, key: str | None) -> None:
    """Copy by SQLite's own means, in one step: in small ones it never ended while somebody was writing."""
    read_only = sqlite.is_read_only(source)
    with (
        closing(sqlite.connect(source, key=key, read_only=read_only)) as origin,
        closing(sqlite.connect(temporary, key=key)) as copy,
    ):
        origin.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode = DELETE")  # a backup is one file, and may lie where nothing can be written


@contextmanager
def _opened(path: Path, key: str | None) -> Iterator[Connection]:
    engine = create_engine(
        "sqlite+pysqlite://",
        module=dbapi2,
        creator=lambda: sqlite.connect(path, key=key, read_only=True),
        poolclass=NullPool,
        hide_parameters=True,
    )
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _file_of(database: Database) -> Path:
    if database.path is None:
        message = _(
            "{place} is a server: its administrator backs it up (pg_dump); xiangtu backup copies it into a file."
        )
        raise DatabaseError(message.format(place=database.place), where=database.place)
    return database.path


def _refuse_full_disk(source: Path, target: Path) -> None:
    """Refuse before anything is written when the copy cannot fit."""
    folder = target.resolve().parent
    if not folder.is_dir():
        return  # the writing itself says so better
    needed = source.stat().st_size + SPARE_BYTES
    if shutil.disk_usage(folder).free < needed:
        raise FileRefusedError(
            _("The disk is full: {path} was not saved. Free some space, or save it elsewhere.").format(path=target),
            where=str(target),
        )
