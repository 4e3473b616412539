"""``xiangtu password``: the database encrypted with a password, or with another one.

The new password comes from the environment or is asked for twice; it never stands among the words of the command, where
every user of the machine could read it.
"""

from __future__ import annotations

import argparse
import os
import sys

from crm.commands.line import DONE, Context
from crm.errors import DatabaseError, ValueRefusedError
from crm.i18n import N_, _

HELP = N_("encrypt the database with a password, or with another one")
VARIABLE = "XIANGTU_NEW_PASSWORD"


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments: there are none of its own."""
    words = _("The new password is asked for, or taken from the environment variable {variable}.")
    parser.epilog = words.format(variable=VARIABLE)


def run(context: Context) -> int:
    """Encrypt it and say where what was there before is kept."""
    from crm.commands.opening import with_password
    from crm.database import hidden, sqlite_path
    from crm.migrations.copies import set_password
    from crm.settings import load_settings
    from crm.workspace import open_workspace, password_given, place_of

    target = place_of(context.arguments.database)
    path = sqlite_path(target)
    if path is None:
        message = _("{place} is a server: its administrator looks after encryption there.")
        raise DatabaseError(message.format(place=hidden(str(target))), where="--database")
    folder = load_settings()[0].backup_folder

    def opened(key: str | None) -> str | None:
        """Return the password that opens it; an older schema is brought up to date."""
        open_workspace(path, context.arguments.by, key=key).database.close()
        return password_given(key)

    old = with_password(opened)
    kept = set_password(path, _new_password(), old=old, folder=folder)
    text = _("The database {path} is encrypted with the new password. Later give it in {variable}, or when asked.")
    left = _(
        "What was there before is kept as it was: {path}. Delete it, and older backups, when you need them no more."
    )
    words = "\n".join((text.format(path=path, variable="XIANGTU_PASSWORD"), left.format(path=kept)))
    context.answer({"database": str(path), "kept": str(kept)}, lambda: words)
    return DONE


def _new_password() -> str:
    """Return the new password: of the environment, or typed twice alike.

    Raises:
        ValueRefusedError: there is none, nobody can be asked, or the two differ.
    """
    from crm.workspace import in_one_form

    given = os.environ.get(VARIABLE, "")
    if not given and sys.stdin.isatty():
        import getpass

        given = getpass.getpass(_("New password: "))
        if given != getpass.getpass(_("The new password again: ")):
            raise ValueRefusedError(_("The two passwords differ. Nothing was changed."))
    if not given:
        message = _("Give the new password in the environment variable {variable}.")
        raise ValueRefusedError(message.format(variable=VARIABLE), where=VARIABLE)
    return in_one_form(given)
