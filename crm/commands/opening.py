"""Opening the database that a command works with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from crm.commands.line import Context
from crm.workspace import Workspace, open_workspace


@contextmanager
def opened(context: Context) -> Iterator[Workspace]:
    """Give the workspace of ``--database`` and ``--by``, say its warnings, and close it at the end.

    Raises:
        DatabaseError: it cannot be opened.
    """
    workspace = open_workspace(context.arguments.database, context.arguments.by)
    try:
        for warning in workspace.warnings:
            context.say(warning)
        yield workspace
    finally:
        workspace.database.close()
