"""What every page works with, handed down: the open database, the threads, the news, the look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSettings

from ui.changes import Changes
from ui.jobs import JobRunner
from ui.theme.tokens import Density, Tokens

if TYPE_CHECKING:  # the frame is painted before the database's modules are imported (decision 17)
    from crm.database import Session
    from crm.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Desk:
    """An open database and the means to work with it off the window's thread.

    Attributes:
        tell: shows a message with one thing to do about it: ``tell(text, act, then)``.
        fail: shows an error.
    """

    workspace: Workspace
    runner: JobRunner
    changes: Changes
    tokens: Tokens
    settings: QSettings
    density: Density
    tell: Callable[..., None]
    fail: Callable[[BaseException], None]

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
        """Make a change in one transaction in the user's name; ``done`` gets what ``do`` returned."""

        def call() -> Any:  # noqa: ANN401
            with self.workspace.database.write(by=self.workspace.user, why=why) as session:
                return do(session)

        self.runner.change(call, done or (lambda _result: None), failed or self.fail)
