"""``xiangtu template``: an empty workbook to fill in, with drop-downs and instructions."""

from __future__ import annotations

import argparse
from pathlib import Path

from crm.commands.export import KINDS
from crm.commands.line import DONE, Context
from crm.i18n import N_, _

HELP = N_("write an empty workbook to fill in")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    kinds = (*KINDS, "follow-ups", "contacts")
    parser.add_argument("kind", metavar="KIND", choices=kinds, help=", ".join(kinds))
    parser.add_argument("file", metavar="FILE.xlsx", type=Path, help=_("the workbook to write"))


def run(context: Context) -> int:
    """Write the form."""
    from datetime import UTC, datetime

    from crm.domain.quantities import CHINA_TIME
    from crm.jobs.templates import make_template

    file = context.arguments.file
    columns = make_template(context.arguments.kind, file, datetime.now(UTC).astimezone(CHINA_TIME).replace(tzinfo=None))
    text = _("A form of {count} columns in {file}").format(count=columns, file=file)
    context.answer({"file": str(file), "columns": columns}, lambda: text)
    return DONE
