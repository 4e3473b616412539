"""``xiangtu backup F``: a copy of the database while it is in use, proved before it counts."""

from __future__ import annotations

import argparse
from pathlib import Path

from crm.commands.line import DONE, Context
from crm.i18n import N_, _

HELP = N_("copy the database while it is in use, and prove the copy")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("file", metavar="F", type=Path, help=_("the file to write"))


def run(context: Context) -> int:
    """Write the backup and its manifest."""
    from crm.commands.opening import opened
    from crm.database.backup import make_backup
    from crm.database.manifest import manifest_path
    from crm.migrations.copies import copy_to_file
    from crm.workspace import password_given

    target: Path = context.arguments.file
    with opened(context) as workspace:
        if workspace.database.is_sqlite:
            made = make_backup(workspace.database, target)
        else:
            made = copy_to_file(workspace.database, target, key=password_given())
    document = {
        "file": str(target),
        "manifest": str(manifest_path(target)),
        "sha256": made.sha256,
        "size": made.size,
        "schema": made.schema,
        "counts": made.counts,
        "chain": {"place": made.place, "seal": made.seal},
    }
    message = _("Backup {file}: {leads} leads, {size} bytes, proved. Seal of the history: {seal}").format(
        file=target, leads=made.counts["leads"], size=made.size, seal=made.seal or "—"
    )
    context.answer(document, lambda: message)
    return DONE
