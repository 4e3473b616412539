"""``xiangtu releases``: what left the house on paper or as a file, when, by whom, and for whom contacts were in it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from crm.commands.arguments import how_many
from crm.commands.imports import LIMIT
from crm.commands.line import DONE, Context
from crm.i18n import N_, _

if TYPE_CHECKING:
    from crm.queries.history import ChangeSetRow

HELP = N_("list what was printed and exported, and for whom contacts were given")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("--limit", type=how_many, default=LIMIT, metavar="N", help=_("how many to list at most"))
    only = _("only those that held contacts in full")
    parser.add_argument("--contacts", action="store_true", help=only)


def run(context: Context) -> int:
    """Print them, the newest first."""
    from crm.commands.opening import opened
    from crm.queries.history import NOTES, WHOLE, change_sets

    arguments = context.arguments
    kinds = WHOLE if arguments.contacts else NOTES
    with opened(context) as workspace, workspace.database.read() as session:
        sets = change_sets(session, limit=arguments.limit, kinds=kinds)
    context.answer({"releases": [_document(each) for each in sets]}, lambda: _text(sets))
    return DONE


def _document(each: ChangeSetRow) -> dict[str, Any]:
    from datetime import UTC

    from crm.queries.history import WHOLE

    return {
        "id": each.id,
        "kind": each.kind.partition("_")[0],
        "contacts": each.kind in WHOLE,
        "by": each.by,
        "at": each.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "what": each.why,
    }


def _text(sets: list[ChangeSetRow]) -> str:
    from crm.commands.layout import columns
    from crm.domain.quantities import CHINA_TIME
    from crm.queries.history import WHOLE

    if not sets:
        return _("Nothing left the house yet.")
    head = (_("No."), _("When"), _("Who"), _("Contacts"), _("What"))
    rows = (
        (
            str(each.id),
            f"{each.at.astimezone(CHINA_TIME):%Y-%m-%d %H:%M}",
            each.by,
            _("in full") if each.kind in WHOLE else _("masked or none"),
            each.why,
        )
        for each in sets
    )
    return "\n".join(columns([head, *rows]))
