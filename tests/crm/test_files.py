"""Saving: wholly new or wholly as before, and a sentence that says why not."""

from __future__ import annotations

import errno
import os
import resource
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from crm.errors import FileRefusedError
from crm.files import refused, replacing, save_bytes
from crm.i18n import use_language

NOBODY = 65534


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Give up root's right to write everywhere, where the tests run as root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def _names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    target = tmp_path / "台账.xlsx"
    target.write_bytes(b"old")
    target.chmod(0o640)
    save_bytes(target, b"new")
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert _names(tmp_path) == ["台账.xlsx"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_bytes(b"old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    save_bytes(tmp_path / "link.csv", b"new")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == b"new"


def test_a_failure_inside_leaves_the_old_file_and_no_temporary_one(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), replacing(target) as temporary:
        temporary.write_bytes(b"half" * (1 // 0))
    assert target.read_bytes() == b"old"
    assert _names(tmp_path) == ["a.pdf"]


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's")
def test_a_full_disk_is_told_and_costs_nothing(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    with pytest.raises(FileRefusedError, match="磁盘已满") as caught, replacing(target):
        Path("/dev/full").write_bytes(b"x")
    assert caught.value.where == str(target)
    assert target.read_bytes() == b"old"
    assert _names(tmp_path) == ["a.pdf"]


FILLS_UP = """
import resource, signal, sys
from pathlib import Path
from crm.errors import FileRefusedError
from crm.files import save_bytes
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    save_bytes(Path(sys.argv[1]), b"x" * 5000)
except FileRefusedError as error:
    print(error.message)
"""


def test_a_write_that_stops_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    words = [sys.executable, "-c", FILLS_UP, str(target)]
    answer = subprocess.run(words, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": "."})
    assert "存不下这么大的文件" in answer.stdout
    assert target.read_bytes() == b"old"
    assert _names(tmp_path) == ["a.pdf"]
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 1000


def test_a_closed_folder_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    (folder / "a.csv").write_bytes(b"old")
    folder.chmod(0o500)
    with _as_nobody(), pytest.raises(FileRefusedError, match="没有写入"):
        save_bytes(folder / "a.csv", b"new")
    assert (folder / "a.csv").read_bytes() == b"old"


def test_a_missing_folder_and_a_folder_in_the_way_are_told(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="所在的文件夹不存在"):
        save_bytes(tmp_path / "none" / "a.csv", b"")
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(FileRefusedError, match="是文件夹"):
        save_bytes(tmp_path / "a.csv", b"")


def test_a_name_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="文件名太长"):
        save_bytes(tmp_path / ("长" * 200 + ".csv"), b"")


@pytest.mark.parametrize("lock", ["~$a.xlsx", ".~a.xlsx", ".~lock.a.xlsx#"])
def test_a_file_open_in_an_office_program_is_not_replaced(tmp_path: Path, lock: str) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"old")
    (tmp_path / lock).write_bytes(b"")
    with pytest.raises(FileRefusedError, match="正被其他程序打开"):
        save_bytes(target, b"new")
    assert target.read_bytes() == b"old"
    target.unlink()
    save_bytes(target, b"new")  # a sign left behind beside no file stops nobody
    assert target.read_bytes() == b"new"


def test_an_unknown_failure_keeps_the_words_of_the_system() -> None:
    with use_language("en"):
        error = refused(OSError(errno.EIO, "Input/output error"), Path("a.pdf"))
    assert error.message == "a.pdf could not be saved: Input/output error."
    assert error.kind == "file"
