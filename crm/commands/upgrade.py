"""``xiangtu upgrade``: the database at the newest schema. A server's is changed by nothing but this command.

A file is brought up to date whenever it is opened, after a backup.
"""

from __future__ import annotations

import argparse

from crm.commands.line import DONE, Context
from crm.i18n import N_, _

HELP = N_("bring the database on a server to the newest version, while nobody works in it")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments: there are none of its own."""
    parser.epilog = _("A database in a file is brought up to date when it is opened, after a backup.")


def run(context: Context) -> int:
    """Bring it up to date and say what was done."""
    from crm.commands.opening import opened
    from crm.database import hidden, sqlite_path
    from crm.migrations.opening import upgrade_server
    from crm.workspace import place_of

    target = place_of(context.arguments.database)
    if sqlite_path(target) is not None:
        steps: list[str] = []
        with opened(context) as workspace:
            place = workspace.database.place
    else:
        place, steps = hidden(str(target)), upgrade_server(str(target))
    text = _("The database {place} was brought up to date ({steps}).") if steps else _("{place} is up to date.")
    context.answer({"database": place, "applied": steps}, lambda: text.format(place=place, steps=_(", ").join(steps)))
    return DONE
