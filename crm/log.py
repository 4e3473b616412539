"""The log: what went wrong that is a bug, in the user's own log folder, readable by that user alone."""

from __future__ import annotations

import os
import traceback
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

FILE_NAME = "xiangtu.log"
LARGEST = 1_000_000
"""Bytes from which the log begins anew; the one before is kept."""


class Bug(NamedTuple):
    """Where a bug is written, and the number it stands under."""

    file: Path
    number: str


def log_file() -> Path:
    """Return the log file; its folder is made."""
    from platformdirs import user_log_path  # noqa: PLC0415  (only a bug pays for it)

    folder = user_log_path("xiangtu", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    return folder / FILE_NAME


def write_bug(error: BaseException) -> Bug:
    """Write the traceback of a bug under a number of its own, which people read out to who looks for it.

    The text names the places in our code and what the error says. That may quote a value, so the file is its owner's
    alone; statements of a database never show theirs (``hide_parameters``).

    Raises:
        OSError: the log cannot be written.
    """
    path = log_file()
    if path.exists() and path.stat().st_size > LARGEST:
        path.replace(path.with_suffix(".old.log"))
    text = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    at = datetime.now(UTC).isoformat()
    number = sha256(f"{at}{text}".encode(errors="replace")).hexdigest()[:6].upper()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as file:
        file.write(f"{at} #{number}\n{text}\n")
    return Bug(path, number)
