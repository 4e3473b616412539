"""``xiangtu overview``: what the mechanisms of the district come to, one table at a time."""

from __future__ import annotations

import argparse
from typing import Any

from crm.commands.line import DONE, Context
from crm.i18n import N_, _

HELP = N_("show a table: campaigns, stations, what groups and bureaus owe, incentives due, land, plans, durations")

WORDS = (
    "campaigns",
    "stations",
    "groups",
    "requests",
    "incentives",
    "land",
    "durations",
    "increments",
    "registers",
    "credits",
    "obligations",
    "commitments",
    "origins",
    "future",
    "chains",
    "leading",
    "classes",
    "calibration",
    "probabilities",
)
"""As ``crm.queries.overview_tables.TABLES``, which a command that is only described does not import."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("table", metavar="TABLE", choices=WORDS, help=", ".join(WORDS))
    parser.add_argument("--on", metavar="DATE", help=_("the day; today when it is not given"))


def run(context: Context) -> int:
    """Print the table."""
    from crm.commands.layout import columns
    from crm.commands.opening import opened
    from crm.commands.options import day_given
    from crm.queries.overview_tables import TABLES

    on, table = day_given(context.arguments.on), TABLES[context.arguments.table]
    with opened(context) as workspace, workspace.database.read() as session:
        head, rows = table.make(session, on)
    listed = [dict(zip(head, row, strict=True)) for row in rows]
    lines = [tuple(_(word) for word in head.values()), *(tuple(_said(cell) for cell in row) for row in rows)]
    document = {"table": context.arguments.table, "on": on.isoformat(), "rows": listed}
    context.answer(document, lambda: "\n".join(columns(lines)) if rows else _("Nothing to show."))
    return DONE


def _said(cell: Any) -> str:  # noqa: ANN401  (text, number, yes or no, nothing)
    if cell is None:
        return "—"
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    return "、".join(cell) if isinstance(cell, list) else str(cell)
