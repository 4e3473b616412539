"""``xiangtu doctor``: whether everything is sound; exit code 1 when something is not."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from crm.commands.line import DONE, MENDABLE, Context
from crm.i18n import N_, _

HELP = N_("check integrity, history, search index, backups, fonts and settings")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments: there are none of its own."""
    parser.epilog = _("Nothing is changed. The exit code is 1 when something is not sound.")


def run(context: Context) -> int:
    """Print what was looked at."""
    from crm.commands.opening import with_password
    from crm.services.health import lines_of
    from crm.workspace import examine_workspace

    database: str | Path | None = context.arguments.database
    checks = with_password(lambda key: examine_workspace(database, key=key))
    ok = all(check.ok for check in checks)
    context.answer({"ok": ok, "checks": [asdict(check) for check in checks]}, lambda: "\n".join(lines_of(checks)))
    return DONE if ok else MENDABLE
