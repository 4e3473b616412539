"""The reader of values (python-calamine), handled with care: it panics, and while it parses other threads may run."""

from __future__ import annotations

import threading
from collections.abc import Callable
from io import BytesIO
from typing import Any, TypeVar

from crm.workbooks.limits import Refusal

T = TypeVar("T")

Values = Any
"""A workbook or a sheet of the reader; its types are imported only where a workbook is read."""


def guarded(work: Callable[[], T], sheet: str = "") -> T:
    """Do something with the reader of values.

    Raises:
        Refusal: the reader gives up on the file; its panics are no Exception, yet end here too.
    """
    try:
        return work()
    except (Refusal, MemoryError, KeyboardInterrupt):
        raise
    except BaseException as error:
        password = type(error).__name__ == "PasswordError"
        raise Refusal("encrypted" if password else "damaged", sheet=sheet, detail=error) from error


def open_values(content: bytes) -> Values:
    """Return the workbook as the reader sees it; raises what the reader raises."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415  (not for a csv file)

    return CalamineWorkbook.from_filelike(BytesIO(content))


def blank_left(sheet: Values) -> int:
    """Return how many blank columns the reader leaves out at the left of every row."""
    return int(sheet.start[1]) if sheet.start else 0


class Later:
    """A result of the reader, worked out on a thread of its own, or only when it is asked for."""

    def __init__(self, work: Callable[[], Values], *, at_once: bool, sheet: str = "") -> None:
        self._work = work
        self._sheet = sheet
        self._result: Values = None
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._at_once = at_once
        if at_once:
            self._thread.start()

    def value(self) -> Values:
        """Return the result; ask once.

        Raises:
            Refusal: the reader gives up on the file.
        """
        if self._at_once:
            self._thread.join()
        elif self._result is None:
            self._run()
        if self._failure is not None:
            raise self._failure
        return self._result

    def _run(self) -> None:
        try:
            self._result = guarded(self._work, self._sheet)
        except (Refusal, MemoryError) as failure:
            self._failure = failure
