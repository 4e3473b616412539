"""Writing a file so that it is either wholly new or wholly as before, and saying plainly why it could not be written.

Workbooks, reports and backups are saved this way: a temporary file in the same folder, synchronised, then put in place
in one step. Nobody ever sees half a file, and a disk that fills up costs nothing that was there.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from crm.errors import FileRefusedError
from crm.i18n import N_, _

_WAITS = (0.05, 0.2, 0.5)
"""Seconds between tries to put the file in place: a virus scanner or a synchronising folder lets go of it soon."""

_HELD_ON_WINDOWS = (5, 32)
"""ERROR_ACCESS_DENIED and ERROR_SHARING_VIOLATION: what replacing a file that is open elsewhere ends with there."""

_REASONS = {
    errno.ENOSPC: N_("The disk is full: {path} was not saved. Free some space, or save it elsewhere."),
    errno.EDQUOT: N_("The disk is full: {path} was not saved. Free some space, or save it elsewhere."),
    errno.EFBIG: N_("{path} was not saved: the disk takes no file this large. Save it elsewhere."),
    errno.EACCES: N_("You may not write to {path}. Save it in a folder of your own."),
    errno.EPERM: N_("You may not write to {path}. Save it in a folder of your own."),
    errno.EROFS: N_("{path} is on a disk that can only be read. Save it elsewhere."),
    errno.ENOENT: N_("The folder of {path} does not exist. Make it first, or save the file elsewhere."),
    errno.ENOTDIR: N_("The folder of {path} does not exist. Make it first, or save the file elsewhere."),
    errno.EISDIR: N_("{path} is a folder, not a file. Give the name of a file."),
    errno.ENAMETOOLONG: N_("The file name is too long: {path}. Give a shorter one."),
    errno.EBUSY: N_("{path} is open in another program. Close it there, then try again."),
    errno.ETXTBSY: N_("{path} is open in another program. Close it there, then try again."),
}

_UNREADABLE = {
    errno.ENOENT: N_("There is no file {path}. Check its name and folder."),
    errno.ENOTDIR: N_("There is no file {path}. Check its name and folder."),
    errno.EACCES: N_("You may not read {path}, or another program keeps it locked. Close it there, or ask for access."),
    errno.EPERM: N_("You may not read {path}, or another program keeps it locked. Close it there, or ask for access."),
    errno.EISDIR: N_("{path} is a folder, not a file. Give the name of a file."),
    errno.ENAMETOOLONG: N_("The file name is too long: {path}. Give a shorter one."),
}


_BEGINNINGS: Mapping[str, bytes] = {
    ".pdf": b"%PDF",
    ".xlsx": b"PK\x03\x04",
    ".ics": b"BEGI",
    ".eml": b"Subj",
}
_BEGINNING = 4
"""How a file of each kind begins, and how many bytes of it are looked at."""


@contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[Path]:
    """Hand out a temporary file to write to; when the block ends well it takes the place of ``path``, else it is gone.

    The temporary file is empty, stands in the same folder and takes over the permissions of the file it replaces.

    Args:
        path: the file.
        private: a new one is closed to other users of the machine: it holds a whole database.

    Raises:
        FileRefusedError: the folder is missing or closed, the disk is full, or the file is open in another program;
            what was at ``path`` is then untouched. An OSError inside the block is told in the same way.
    """
    target = path.resolve()  # a link stays a link: what it points to is replaced
    temporary = target.with_name(f".xiangtu-{secrets.token_hex(8)}.tmp")
    try:
        refuse_open(path)
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a folder")
        _make(temporary, like=target, private=private)
        yield temporary
        _synchronise(temporary)
        _put(temporary, target)
        with suppress(OSError):  # the file is in place; some network folders have nothing to synchronise
            _synchronise_folder(target.parent)
    except OSError as error:
        raise refused(error, path) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def save_bytes(path: Path, content: bytes) -> None:
    """Save ``content`` as the file ``path``, wholly or not at all.

    Raises:
        FileRefusedError: as ``replacing``.
    """
    with replacing(path) as temporary:
        temporary.write_bytes(content)


def make_folder(folder: Path) -> None:
    """Make a folder where there is none yet, with those above it.

    Raises:
        FileRefusedError: it cannot be made there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refused(error, folder) from error


def check_over(path: Path, ending: str) -> None:
    """Make sure that a file of a kind may be written there: never over a folder, a database or another kind of file.

    Args:
        path: of the file to be.
        ending: of ``_BEGINNINGS``: ``.pdf``, ``.xlsx``, ``.ics`` or ``.eml``.

    Raises:
        FileRefusedError: its name ends otherwise, or something else is there.
    """
    if path.suffix.lower() != ending:
        message = _("The file name must end in {ending}: {path}.")
    elif path.is_dir():
        message = _("{path} is a folder, not a file. Give the name of a file.")
    elif _begin(path) not in (b"", _BEGINNINGS[ending]):
        message = _("{path} is another kind of file than its name says, so it is not overwritten. Give another name.")
    else:
        return
    raise FileRefusedError(message.format(path=path, ending=ending), where=str(path))


def _begin(path: Path) -> bytes:
    """Return the first bytes of a file, none of one that is not there."""
    try:
        with path.open("rb") as file:
            return file.read(_BEGINNING)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise refused(error, path) from error


def refuse_open(path: Path) -> None:
    """Check that no office program has the file open: it would later save its own copy over ours.

    Excel leaves ``~$name`` beside an open file, WPS ``.~name``, LibreOffice ``.~lock.name#``.

    Raises:
        FileRefusedError: such a file is there.
    """
    name = path.name
    for sign in (f"~${name}", f".~{name}", f".~lock.{name}#"):
        lock = path.with_name(sign)
        if path.exists() and lock.is_file():
            message = _(
                "{path} is open in another program. Close it there, then try again. "
                "(If no program has it open, delete the file {lock} left behind.)"
            )
            raise FileRefusedError(message.format(path=path, lock=lock.name), where=str(path))


def refused(error: OSError, path: Path) -> FileRefusedError:
    """Return the error that tells the user why ``path`` could not be written."""
    if getattr(error, "winerror", None) in _HELD_ON_WINDOWS and path.is_file():
        reason = _REASONS[errno.EBUSY]
    else:
        reason = _REASONS.get(error.errno or 0, N_("{path} could not be saved: {detail}."))
    return FileRefusedError(_(reason).format(path=path, detail=error.strerror or error), where=str(path))


def unreadable(error: OSError, path: Path) -> FileRefusedError:
    """Return the error that tells the user why ``path`` could not be read."""
    reason = _UNREADABLE.get(error.errno or 0, N_("{path} could not be read: {detail}."))
    return FileRefusedError(_(reason).format(path=path, detail=error.strerror or error), where=str(path))


def make_private(path: Path) -> None:
    """Make an empty file that only its owner may read.

    Raises:
        OSError: it is there already, or cannot be made.
    """
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _make(temporary: Path, like: Path, *, private: bool) -> None:
    """Make the empty temporary file; it keeps to itself whatever permissions ``like`` has."""
    if private:
        make_private(temporary)
    else:
        os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
    with suppress(FileNotFoundError):
        temporary.chmod(stat.S_IMODE(like.stat().st_mode) | stat.S_IWUSR)


def _synchronise(file: Path) -> None:
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())


def _synchronise_folder(folder: Path) -> None:
    """Write the folder's list of names to the disk; without it a power cut may lose the new name."""
    if sys.platform == "win32":
        return  # a folder cannot be opened there, and NTFS keeps its own journal of names
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _put(temporary: Path, target: Path) -> None:
    """Put the file in place, trying again while another program holds on to the old one."""
    for wait in _WAITS:
        try:
            temporary.replace(target)
        except PermissionError:
            time.sleep(wait)
        else:
            return
    temporary.replace(target)
