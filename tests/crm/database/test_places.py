"""A database is not opened where locks do not hold or another program moves the file about."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm.database import sqlite
from crm.database.places import Mount, mounts, network_kind, sync_program
from crm.errors import DatabaseError

TABLE = [
    Mount("/", "ext4"),
    Mount("/mnt/share", "cifs"),
    Mount("/mnt/share/local", "ext4"),
    Mount("/home/li/nfs", "nfs4"),
    Mount("/run/user/1000/gvfs", "fuse.gvfsd-fuse"),
]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/li/xiangtu.db", None),
        ("/mnt/share/xiangtu.db", "cifs"),
        ("/mnt/share/deep/er/xiangtu.db", "cifs"),
        ("/mnt/share/local/xiangtu.db", None),
        ("/mnt/shared/xiangtu.db", None),
        ("/home/li/nfs/xiangtu.db", "nfs4"),
        ("/run/user/1000/gvfs/smb/x.db", "fuse.gvfsd-fuse"),
        (r"\\server\share\xiangtu.db", "UNC"),
        ("//server/share/xiangtu.db", "UNC"),
    ],
)
def test_network_folders_are_known_by_the_mount_that_holds_the_file(path: str, kind: str | None) -> None:
    assert network_kind(Path(path), TABLE) == kind


@pytest.mark.parametrize(
    ("path", "program"),
    [
        ("/home/li/OneDrive/x.db", "OneDrive"),
        ("/home/li/OneDrive - 相城区/招商/x.db", "OneDrive"),
        ("/home/li/我的坚果云/x.db", "坚果云"),
        ("/home/li/Dropbox (Personal)/x.db", "Dropbox"),
        ("/home/li/WPS云盘/x.db", "WPS云盘"),
        ("/home/li/文档/x.db", None),
        ("/home/li/Dropbox.db", None),
        ("/home/li/my dropbox notes/x.db", None),
    ],
)
def test_folders_that_are_synchronised_are_known_by_name(path: str, program: str | None) -> None:
    assert sync_program(Path(path)) == program


def test_the_error_says_where_and_what_to_do() -> None:
    with pytest.raises(DatabaseError, match="cifs") as network:
        sqlite.check_place(Path("/mnt/share/xiangtu.db"), TABLE)
    assert network.value.where == "/mnt/share/xiangtu.db"
    with pytest.raises(DatabaseError, match="坚果云"):
        sqlite.check_place(Path("/home/li/坚果云/xiangtu.db"), TABLE)
    sqlite.check_place(Path("/home/li/xiangtu.db"), TABLE)


def test_this_machines_own_mounts_can_be_read(tmp_path: Path) -> None:
    table = mounts()
    assert table
    assert network_kind(tmp_path / "x.db", table) is None
