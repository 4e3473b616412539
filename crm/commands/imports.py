"""``xiangtu imports``: the imports and other change sets, the newest first; ``xiangtu undo`` takes one back.

What was only printed is left out: there is nothing to take back.
"""

from __future__ import annotations

import argparse

from crm.commands.arguments import whole_number
from crm.commands.line import DONE, Context
from crm.i18n import N_, _

HELP = N_("list imports and other change sets")
LIMIT = 100


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("--limit", type=whole_number, default=LIMIT, metavar="N", help=_("how many to list at most"))


def run(context: Context) -> int:
    """Print the change sets."""
    from datetime import UTC

    from crm.commands.layout import columns
    from crm.commands.opening import opened
    from crm.domain.quantities import CHINA_TIME
    from crm.queries.history import NOTES, change_sets

    with opened(context) as workspace, workspace.database.read() as session:
        sets = change_sets(session, limit=max(context.arguments.limit, 0), but_not=NOTES)
    documents = [
        {
            "id": each.id,
            "kind": each.kind,
            "file": each.file,
            "rows": each.records,
            "by": each.by,
            "at": each.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "why": each.why,
            "undoes": each.undoes,
            "undone": each.undone,
        }
        for each in sets
    ]

    def text() -> str:
        if not sets:
            return _("Nothing was changed yet.")
        head = (_("No."), _("When"), _("Who"), _("Records"), _("State"), _("What"))
        rows = (
            (
                str(each.id),
                f"{each.at.astimezone(CHINA_TIME):%Y-%m-%d %H:%M}",
                each.by,
                str(each.records),
                _("taken back") if each.undone else "",
                each.file or each.why,
            )
            for each in sets
        )
        return "\n".join(columns([head, *rows]))

    context.answer({"change_sets": documents}, text)
    return DONE
