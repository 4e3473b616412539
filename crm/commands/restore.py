"""``xiangtu restore F``: put a proved backup in the place of the database; what was there is kept."""

from __future__ import annotations

import argparse
from pathlib import Path

from crm.commands.line import DONE, Context
from crm.i18n import N_, _

HELP = N_("put a backup in the place of the database; what was there is kept")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("file", metavar="F", type=Path, help=_("the backup"))


def run(context: Context) -> int:
    """Put it back, note it in the history, say where what was there is kept."""
    from crm.commands.opening import with_password
    from crm.database import writing_of
    from crm.workspace import open_workspace, restore_database

    backup: Path = context.arguments.file
    arguments = context.arguments
    (path, found, kept), key = with_password(lambda key: (restore_database(backup, arguments.database, key=key), key))
    workspace = open_workspace(path, arguments.by, key=key)
    why = _("Restored from the backup {file} (seal {seal}).").format(file=backup.name, seal=found.seal[:16] or "—")
    try:
        with workspace.database.write(by=workspace.user, why=why, kind="restore") as session:
            number = writing_of(session).number(session)
    finally:
        workspace.database.close()
    document = {
        "file": str(backup),
        "database": str(path),
        "kept": None if kept is None else str(kept),
        "counts": found.counts,
        "change_set": number,
    }
    message = _("The database {path} is the backup {file} again: {leads} leads.").format(
        path=path, file=backup, leads=found.counts["leads"]
    )
    if kept is not None:
        message += "\n" + _("What was there before is kept: {path}").format(path=kept)
    context.answer(document, lambda: message)
    return DONE
