"""What every page works with, handed down: the open database, the threads, the news, the look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, current_thread, main_thread
from typing import TYPE_CHECKING, Any
from zlib import crc32

from PySide6.QtCore import QSettings

from ui.theme.tokens import Density, Tokens

if TYPE_CHECKING:  # the frame is painted before the database's modules are imported (decision 17)
    from crm.database import Session
    from crm.workspace import Workspace
    from ui.jobs import JobRunner

OPENED_KEPT = 12
"""Leads opened lately that are remembered."""


class Opening:
    """A database on its way: the threads that ask it something wait for it; the window's thread never does."""

    def __init__(self) -> None:
        self._settled = Event()
        self._workspace: Workspace | None = None
        self._error: BaseException = RuntimeError("the database is not open yet")

    @property
    def is_open(self) -> bool:
        """Whether the database is there to be used."""
        return self._workspace is not None

    @property
    def workspace(self) -> Workspace:
        """The open database.

        Raises:
            BaseException: why it was not opened; on the window's thread also that it is not open yet.
        """
        if current_thread() is not main_thread():
            self._settled.wait()
        if self._workspace is None:
            raise self._error
        return self._workspace

    def opened(self, workspace: Workspace) -> None:
        """Let those go on who wait."""
        self._workspace = workspace
        self._settled.set()

    def failed(self, error: BaseException) -> None:
        """Tell those who wait that there will be none."""
        self._error = error
        self._settled.set()


@dataclass(frozen=True, slots=True)
class Desk:
    """A database, open or about to be, and the means to work with it off the window's thread.

    Attributes:
        tell: shows a message with one thing to do about it: ``tell(text, act, then)``.
        fail: shows an error.
    """

    opening: Opening
    runner: JobRunner
    tokens: Tokens
    settings: QSettings
    density: Density
    tell: Callable[..., None]
    fail: Callable[[BaseException], None]

    @property
    def workspace(self) -> Workspace:
        """The open database with the user it is worked with for."""
        return self.opening.workspace

    def ask(
        self,
        question: Callable[[Session], Any],
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Ask the database; ``done`` gets the answer on the window's thread."""

        def call() -> Any:  # noqa: ANN401  (whatever the question returns)
            with self.workspace.database.read() as session:
                return question(session)

        self.runner.query(call, done, failed or self.fail)

    def change(
        self,
        do: Callable[[Session], Any],
        why: str,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Make a change in one transaction in the user's name; ``done`` gets what ``do`` returned.

        ``do`` may be called again where a server breaks the transaction off: it changes nothing but what is stored.
        """

        def call() -> Any:  # noqa: ANN401
            return self.workspace.database.change(do, by=self.workspace.user, why=why)

        self.runner.change(call, done or (lambda _result: None), failed or self.fail)

    def note_opened(self, lead_id: int) -> None:
        """Remember that a lead of this database was opened, for the page of today; on this machine alone."""
        if lead_id:
            kept = [each for each in self.opened_lately() if each != lead_id]
            self.settings.setValue(self._opened_key(), ",".join(map(str, [lead_id, *kept][:OPENED_KEPT])))

    def opened_lately(self) -> list[int]:
        """Return the ids of the leads of this database that were opened lately, the last first."""
        kept = str(self.settings.value(self._opened_key()) or "")
        return [int(each) for each in kept.split(",") if each.isdecimal()]

    def _opened_key(self) -> str:
        return f"opened/{crc32(self.workspace.database.place.encode()):08x}"
