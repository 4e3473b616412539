"""How a second process of ours is started: an interpreter without environment that knows our own modules only."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

import crm

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
    return subprocess.Popen(  # noqa: S603  (our own interpreter and module)
        command, stdin=stdin, stdout=subprocess.PIPE, stderr=stderr, creationflags=flags
    )
