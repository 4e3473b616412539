"""One SQLite file: how it is opened, and what is refused before a byte of it is touched (reliability.md §4.1)."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Sequence
from contextlib import closing, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from crm.database.places import Mount, mounts, network_kind, sync_program
from crm.errors import DatabaseError, PasswordError
from crm.i18n import _

APPLICATION_ID = 0x58544C44
"""Marks a file as ours, so that no other program's SQLite file is ever migrated ("XTLD")."""

SAFE_WAL = (3, 51, 3)
"""Older versions of SQLite can corrupt a WAL database with two connections (decisions 6)."""

BUSY_MILLISECONDS = 5000
WRITE_BITS = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
LARGE_LOG = 1 << 20
HEADER = b"SQLite format 3\x00"
HEADER_BYTES = 100
MARK = slice(68, 72)
"""Where the header holds the application id, most significant byte first."""
PASSWORD_VARIABLE = "XIANGTU_PASSWORD"  # noqa: S105  (the name of a variable)
"""The environment variable with the password of an encrypted file; it never stands among the words of a command."""

PAGE_BYTES, SALT_BYTES, KEY_BYTES, KEY_ROUNDS = 4096, 16, 32, 256_000
"""Of SQLCipher 4: pages; the salt at the beginning of the file; PBKDF2 with SHA-512."""

WRITING = "xiangtu_writing"
"""The execution option that says: this unit of work writes."""

WRITING_CACHE = "PRAGMA cache_size = -32768"
"""KiB of pages a transaction that writes keeps in memory: with the usual 2 MB an import of 30,000 rows writes and reads
many of them again, a fifth of its time in SQLite."""

PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA synchronous = FULL",
    "PRAGMA cipher_log_level = NONE",
)


def check_place(path: Path, table: Sequence[Mount] | None = None) -> None:
    """Refuse a file on a network share or in a folder that another program synchronises.

    Args:
        path: the database file; it need not be there yet.
        table: the mounted file systems; the machine's own when None.

    Raises:
        DatabaseError: locks do not hold there, so two officers would destroy the file.
    """
    kind = network_kind(path, mounts() if table is None else table)
    if kind is not None:
        raise DatabaseError(
            _(
                "The database {path} is on a network folder ({kind}), where it would be destroyed when two people"
                " work in it. Copy it to this computer's own disk, or use a PostgreSQL server."
            ).format(path=path, kind=kind),
            where=str(path),
        )
    program = sync_program(path)
    if program is not None:
        raise DatabaseError(
            _(
                "The database {path} is in a folder that {program} synchronises, which would tear it apart."
                " Move it to a folder that is not synchronised."
            ).format(path=path, program=program),
            where=str(path),
        )


def check_version(version: tuple[int, ...] = dbapi2.sqlite_version_info) -> None:
    """Refuse to work with an SQLite that can corrupt a WAL database.

    Raises:
        DatabaseError: it is older than 3.51.3.
    """
    if version < SAFE_WAL:
        raise DatabaseError(
            _(
                "The SQLite {version} in use can damage a database that is written while it is read."
                " Install the package sqlcipher3 again (SQLite {least} or newer)."
            ).format(version=".".join(map(str, version)), least=".".join(map(str, SAFE_WAL)))
        )


def check_file(path: Path, *, key: str | None = None) -> None:
    """Refuse a file that is no database of this program, before SQLite sees it.

    Raises:
        DatabaseError: it is missing, a folder, empty, or does not begin as a database does.
        PasswordError: it is encrypted, and the password is missing or not its own.
    """
    if path.is_dir():
        raise DatabaseError(_("{path} is a folder, not a database file.").format(path=path), where=str(path))
    try:
        with path.open("rb") as file:
            head = file.read(HEADER_BYTES)
    except OSError as error:
        raise DatabaseError(
            _("The database {path} cannot be read: {reason}.").format(path=path, reason=error.strerror), where=str(path)
        ) from error
    if not head:
        raise DatabaseError(
            _("The database {path} is empty (0 bytes). Put a backup back, or delete the file to begin anew.").format(
                path=path
            ),
            where=str(path),
        )
    if not head.startswith(HEADER):
        if key is not None:
            _check_key(path, key)
            return
        if path.stat().st_size % PAGE_BYTES == 0:  # as an encrypted file is
            message = _(
                "{place} is encrypted, or no database of this program. Give its password in the environment variable"
                " {variable}."
            )
            raise PasswordError(message.format(place=path, variable=PASSWORD_VARIABLE), where=str(path))
        raise DatabaseError(
            _("{place} is not a database of this program (or it is encrypted and needs its password).").format(
                place=path
            ),
            where=str(path),
        )
    if int.from_bytes(head[MARK], "big") != APPLICATION_ID:
        raise _foreign(path)


def is_plain(path: Path) -> bool:
    """Return whether a file is there and is a database that is not encrypted."""
    try:
        with path.open("rb") as file:
            return file.read(len(HEADER)) == HEADER
    except OSError:
        return False


def _check_key(path: Path, key: str) -> None:
    """Make sure that a password opens an encrypted file, and that the file is ours.

    Raises:
        PasswordError: it does not.
        DatabaseError: another program's file.
    """
    try:
        with closing(connect(path, key=key, read_only=True)) as connection:
            (mark,) = connection.execute("PRAGMA application_id").fetchone()
    except dbapi2.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "") != "SQLITE_NOTADB":
            raise
        message = _(
            "The password does not open the database {place}. Look at capital letters and the input method and try"
            " again; if it is right, the file is damaged."
        )
        raise PasswordError(message.format(place=path), where=str(path), given=True) from error
    if mark != APPLICATION_ID:
        raise _foreign(path)


def _foreign(path: Path) -> DatabaseError:
    message = _("{place} is a database of another program; it is untouched.")
    return DatabaseError(message.format(place=path), where=str(path))


def is_read_only(path: Path) -> bool:
    """Return whether the file may only be read: by its own mode, by that of its folder, or by the disk."""
    if not path.stat().st_mode & WRITE_BITS:
        return True  # root may write it all the same, but the owner has said no
    return not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def open_engine(path: Path, *, key: str | None = None, read_only: bool = False) -> Engine:
    """Return an engine for one file; a unit of work that writes begins IMMEDIATE, one that reads begins plain.

    Raises:
        DatabaseError: the SQLite in use is too old.
    """
    check_version()
    engine = create_engine(
        "sqlite+pysqlite://",
        module=dbapi2,
        creator=lambda: connect(path, key=key, read_only=read_only),
        poolclass=QueuePool,
        pool_size=8,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def connect(path: Path, *, key: str | None = None, read_only: bool = False) -> Any:  # noqa: ANN401  (the driver has no types)
    """Return a connection of the driver with every setting made.

    Args:
        path: the file; without ``read_only`` it is made when missing.
        key: the password of an encrypted file; a file that is not encrypted needs none, and none is used.
        read_only: nothing is ever written; where nobody can write, no side file is made either.
    """
    uri = path.absolute().as_uri()
    if read_only:
        uri += "?mode=ro&immutable=1" if _is_still(path) else "?mode=ro"
    connection = dbapi2.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    try:
        if key is not None and not is_plain(path):
            connection.execute(f"PRAGMA key = {_key_literal(path, key)}")
        for pragma in PRAGMAS:
            connection.execute(pragma)
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
    except BaseException:
        connection.close()  # a file on a full disk stays free to be moved
        raise
    return connection


def _key_literal(path: Path, key: str) -> str:
    """Return the password as ``PRAGMA key`` takes it: for a file that is there, the key that SQLCipher makes of it.

    Making it takes a quarter of a second, on purpose; so it is done once a file and not once a connection.
    """
    with path.open("rb") as file:
        salt = file.read(SALT_BYTES)
    return f'"{_raw_key(key, salt)}"' if len(salt) == SALT_BYTES else quote(key)


@lru_cache(maxsize=16)
def _raw_key(key: str, salt: bytes) -> str:
    made = hashlib.pbkdf2_hmac("sha512", key.encode(), salt, KEY_ROUNDS, KEY_BYTES)
    return f"x'{made.hex()}{salt.hex()}'"


def _is_still(path: Path) -> bool:
    """Return whether nobody can be writing the file: it has no log, and file or folder are closed to everybody."""
    closed = not path.stat().st_mode & WRITE_BITS or not os.access(path.parent, os.W_OK)
    return closed and not Path(f"{path}-wal").exists()


def quote(text: str) -> str:
    """Return the text as an SQL literal; for PRAGMA and VACUUM, which take no parameters."""
    return "'" + text.replace("'", "''") + "'"


def shrink_log(path: Path, *, key: str | None = None) -> None:
    """Give the disk back what a transaction that failed has left in the log (8 MB of an 8 MB disk in a measurement)."""
    log = Path(f"{path}-wal")
    if log.exists() and log.stat().st_size >= LARGE_LOG:
        with suppress(dbapi2.Error), closing(connect(path, key=key)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _begin(connection: Any) -> None:  # noqa: ANN401  (sqlalchemy.Connection; the option may be missing)
    writing = connection.get_execution_options().get(WRITING, False)
    if writing:
        connection.exec_driver_sql(WRITING_CACHE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
