"""Opening the database that a command works with."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from crm.commands.line import Context
from crm.errors import PasswordError
from crm.i18n import _
from crm.workspace import Workspace, open_workspace

T = TypeVar("T")


@contextmanager
def opened(context: Context) -> Iterator[Workspace]:
    """Give the workspace of ``--database`` and ``--by``, say its warnings, and close it at the end.

    Raises:
        DatabaseError: it cannot be opened.
        PasswordError: it is encrypted, and the password is missing or not its own.
    """
    arguments = context.arguments
    workspace = with_password(lambda key: open_workspace(arguments.database, arguments.by, key=key))
    try:
        for warning in workspace.warnings:
            context.say(warning)
        yield workspace
    finally:
        workspace.database.close()


def with_password(act: Callable[[str | None], T]) -> T:
    """Do what may need the password of an encrypted database; a person at a terminal is asked for it once.

    Args:
        act: called with None (the password may stand in ``XIANGTU_PASSWORD``), then with what the person has typed.

    Raises:
        PasswordError: nobody can be asked, or the password is not the right one.
    """
    try:
        return act(None)
    except PasswordError as error:
        if error.given or not sys.stdin.isatty():
            raise
        place = error.where
    import getpass

    typed = getpass.getpass(_("Password of the database {place}: ").format(place=place))
    return act(typed)
