"""Where a file lies: on a disk of this machine, on a network share, in a folder that some program synchronises."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path, PureWindowsPath
from typing import NamedTuple

NETWORK_KINDS = frozenset(
    (
        *("cifs", "smb", "smb2", "smb3", "smbfs", "nfs", "nfs3", "nfs4", "afpfs", "afs", "ncpfs", "webdav", "davfs"),
        *("ceph", "glusterfs", "lustre", "gpfs", "beegfs", "fuse.sshfs", "fuse.rclone", "fuse.davfs", "fuse.s3fs"),
        *("fuse.glusterfs", "fuse.curlftpfs", "fuse.gvfsd-fuse", "fuse.smbnetfs"),
    )
)
"""Names of file systems whose locks or shared memory do not hold between machines."""

SYNC_FOLDERS = {
    "OneDrive": r"onedrive( - .*)?",
    "Dropbox": r"dropbox( \(.*\))?",
    "iCloud": r"mobile documents|icloud ?drive|com~apple~clouddocs",
    "Google Drive": r"google ?drive|my drive",
    "坚果云": r"坚果云|nutstore( files)?|我的坚果云",
    "百度网盘": r"baidusyncdisk|百度网盘同步空间|百度网盘",
    "WPS云盘": r"wps云盘|wpsdrive|wps网盘",
    "Syncthing": r"syncthing",
}
"""The program that synchronises a folder, by what the folder is called."""


class Mount(NamedTuple):
    """One mounted file system."""

    folder: str
    kind: str


def mounts() -> list[Mount]:
    """Return the mounted file systems of this machine; on Windows the network drives by their letter."""
    if sys.platform == "win32":
        return _windows_drives()
    if sys.platform == "darwin":
        answer = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False).stdout
        found = re.findall(r" on (.+) \(([^,)]+)", answer)
        return [Mount(folder, kind) for folder, kind in found]
    try:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return []
    return [Mount(_unescaped(words[1]), words[2]) for words in map(str.split, lines) if len(words) > 2]  # noqa: PLR2004


def network_kind(path: Path, table: Sequence[Mount]) -> str | None:
    """Return the kind of network file system the path is on, or None for a disk of this machine."""
    if PureWindowsPath(path).drive.startswith("\\\\") or str(path).startswith(("\\\\", "//")):
        return "UNC"
    real = str(path.resolve())
    best = Mount("", "")
    for mount in table:
        folder = mount.folder.rstrip("/\\")
        inside = real == folder or real.startswith((folder + "/", folder + "\\"))
        if inside and len(folder) >= len(best.folder.rstrip("/\\")):
            best = mount
    return best.kind if best.kind.lower() in NETWORK_KINDS else None


def sync_program(path: Path) -> str | None:
    """Return the program that synchronises the folder the path is in, or None."""
    for part in path.resolve().parent.parts:
        for program, pattern in SYNC_FOLDERS.items():
            if re.fullmatch(pattern, part, re.IGNORECASE):
                return program
    return None


def _unescaped(text: str) -> str:
    r"""Return a path of the mount table with its ``\040`` and the like as characters."""
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), text)


def _windows_drives() -> list[Mount]:
    import ctypes  # noqa: PLC0415  (Windows only)

    remote = 4  # DRIVE_REMOTE of GetDriveTypeW
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    letters = (f"{chr(65 + number)}:" for number in range(26))
    return [Mount(letter, "smb") for letter in letters if kernel.GetDriveTypeW(letter + "\\") == remote]
