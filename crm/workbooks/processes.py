"""How a second process of ours is started: an interpreter without environment that knows our own modules only."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, BinaryIO

import crm

_HELD = 1 << 20
"""Bytes; the most Linux gives to everybody."""

_START = "import sys; sys.path[:0] = {path!r}; from {module} import main; main()"


def start(
    module: str, *words: str, stdin: BinaryIO | int, stderr: BinaryIO | int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """Start ``main`` of a module in a process of its own; what it says is read from ``stdout``.

    Args:
        module: by its dotted name; what it imports decides how soon it is ready.
        words: its command line.
        stdin: a file, or ``subprocess.PIPE``.
        stderr: where it complains.
    """
    path = [str(Path(crm.__file__).resolve().parent.parent), *sys.path]
    command = [sys.executable, "-I", "-S", "-B", "-X", "utf8", "-c", _START.format(path=path, module=module), *words]
    flags = int(getattr(subprocess, "CREATE_NO_WINDOW", 0))  # Windows would flash a console
    process = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
        command, stdin=stdin, stdout=subprocess.PIPE, stderr=stderr, creationflags=flags
    )
    for pipe in filter(None, (process.stdin, process.stdout)):
        _widen(pipe)
    return process


def _widen(pipe: IO[bytes]) -> None:
    """Let a pipe hold what is said at once: a process need not wait at each 64 kB until the other one looks."""
    with suppress(ImportError, AttributeError, OSError):  # other systems than Linux; a limit of the user's
        import fcntl  # noqa: PLC0415  (not on Windows)

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _HELD)
