"""What a database driver says, in words the user can act on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError
from sqlcipher3 import dbapi2

from crm.errors import BusyError, ConflictError, DatabaseError, UserError
from crm.i18n import N_, _

SQLITE = {
    "SQLITE_FULL": N_("The disk with the database {place} is full. Nothing was changed; make room and try again."),
    "SQLITE_READONLY": N_("The database {place} may only be read. Nothing was changed."),
    "SQLITE_BUSY": N_("Another program is writing the database {place}. Nothing was changed; try again."),
    "SQLITE_LOCKED": N_("Another program is writing the database {place}. Nothing was changed; try again."),
    "SQLITE_CORRUPT": N_("The database {place} is damaged. Put the newest backup back (xiangtu restore)."),
    "SQLITE_NOTADB": N_("{place} is not a database of this program (or it is encrypted and needs its password)."),
    "SQLITE_CANTOPEN": N_(
        "The database {place} cannot be opened. Look whether the folder is there and may be written."
    ),
    "SQLITE_IOERR": N_("The disk reports an error at the database {place}. Nothing was changed; check the disk."),
    "SQLITE_PERM": N_("The database {place} may not be opened: the rights of the file do not allow it."),
}
"""Message by the first two words of ``sqlite_errorname`` (SQLITE_IOERR_WRITE is an SQLITE_IOERR)."""

POSTGRESQL = {
    "55P03": N_("Somebody else is changing the same thing on the server {place}. Nothing was changed; try again."),
    "40P01": N_("Somebody else is changing the same thing on the server {place}. Nothing was changed; try again."),
    "40001": N_("Somebody else is changing the same thing on the server {place}. Nothing was changed; try again."),
    "57014": N_("The server {place} took too long. Nothing was changed; try again."),
    "53100": N_("The disk of the server {place} is full. Nothing was changed; tell its administrator."),
    "28P01": N_("The server {place} does not accept this name and password."),
    "28000": N_("The server {place} does not accept this name and password."),
    "3D000": N_("The server {place} has no database of this name."),
    "42501": N_("You may not do this on the server {place}: ask its administrator for the right."),
}
"""Message by SQLSTATE."""


MAY_BE_FULL = ("SQLITE_IOERR", "SQLITE_CANTOPEN")
"""What SQLite says where a full disk has no room for the log and its index, even for who only reads."""

LEAST_ROOM = 1 << 16
"""Bytes that the log and its index need at least."""

TRY_AGAIN = frozenset({"40001", "40P01"})
"""SQLSTATE of a transaction broken off for another one: serialization failure, which is the rule on distributed engines
(decisions 16), and deadlock. It has left nothing; done again it may go through."""

UNIQUE = "23505"
"""SQLSTATE of a value that must be there once."""


@contextmanager
def told(place: str) -> Iterator[None]:
    """Turn what the driver raises into one clear error; ``place`` names the file or server without a password.

    Raises:
        ConflictError: somebody else changed or deleted the record meanwhile, or took the same code.
        DatabaseError: the disk, the file or the server would not.
    """
    try:
        yield
    except StaleDataError as error:
        raise ConflictError(
            _("Somebody else changed this record meanwhile. Nothing was changed; look at it again.")
        ) from error
    except DBAPIError as error:
        mended = user_error(error.orig, place, lost=error.connection_invalidated)
        if mended is None:
            raise
        raise mended from error
    except dbapi2.Error as error:  # of a connection of our own, past SQLAlchemy
        mended = user_error(error, place)
        if mended is None:
            raise
        raise mended from error


def user_error(cause: Any, place: str, *, lost: bool = False) -> UserError | None:  # noqa: ANN401  (of either driver)
    """Return the error for the user, or None where it is a bug of ours; ``lost``: the connection is gone."""
    name = getattr(cause, "sqlite_errorname", None)
    state = getattr(cause, "sqlstate", None)
    if state == UNIQUE or (name is not None and str(cause).startswith("UNIQUE constraint failed")):
        return ConflictError(_("There is already a record with this code. Nothing was changed."))
    message = SQLITE.get("_".join(name.split("_")[:2])) if name else POSTGRESQL.get(state or "")
    if name and name.startswith(MAY_BE_FULL) and _disk_is_full(place):
        message = SQLITE["SQLITE_FULL"]
    if message is None and name is None and lost:
        message = N_("The connection to the server {place} was lost. Nothing was changed; try again.")
    if message is None and name is None and type(cause).__name__ == "OperationalError":
        message = N_("The server {place} cannot be reached.")
    if message is None:
        return None
    kind = BusyError if state in TRY_AGAIN else DatabaseError
    return kind(_(message).format(place=place), where=place)


def _disk_is_full(place: str) -> bool:
    """Return whether the disk of a file has no room for another page of a log."""
    try:
        return shutil.disk_usage(Path(place).absolute().parent).free < LEAST_ROOM
    except OSError:
        return False
