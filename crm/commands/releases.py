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
    from crm.queries.releases import ReleaseRow

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
    from crm.queries.releases import releases_of

    arguments = context.arguments
    kinds = WHOLE if arguments.contacts else NOTES
    with opened(context) as workspace, workspace.database.read() as session:
        sets = change_sets(session, limit=arguments.limit, kinds=kinds)
        entries = releases_of(session, [each.id for each in sets])
    found = [(each, entry) for each in sets for entry in entries.get(each.id, [None])]
    context.answer({"releases": [_document(*each) for each in found]}, lambda: _text(found))
    return DONE


def _document(each: ChangeSetRow, entry: ReleaseRow | None) -> dict[str, Any]:
    from datetime import UTC

    from crm.queries.history import WHOLE

    register = (
        {
            "number": entry.id,
            "document": entry.document,
            "subject": entry.subject,
            "version": entry.number,
            "form": entry.form,
            "file": entry.file,
            "pages": entry.pages,
            "sha256": entry.sha256,
            "digest": entry.digest,
            "recipient": entry.recipient,
            "purpose": entry.purpose,
            "edited": entry.edited,
            "can_repeat": entry.can_repeat,
        }
        if entry
        else None
    )
    return {
        "id": each.id,
        "kind": each.kind.partition("_")[0],
        "contacts": each.kind in WHOLE,
        "by": each.by,
        "at": each.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "what": each.why,
        "register": register,
    }


def _text(found: list[tuple[ChangeSetRow, ReleaseRow | None]]) -> str:
    from crm.commands.layout import columns
    from crm.domain.quantities import CHINA_TIME
    from crm.queries.history import WHOLE

    if not found:
        return _("Nothing left the house yet.")
    head = (_("No."), _("When"), _("Who"), _("Contacts"), _("Register"), _("Version"), _("Digest"), _("What"))
    rows = (
        (
            str(each.id),
            f"{each.at.astimezone(CHINA_TIME):%Y-%m-%d %H:%M}",
            each.by,
            _("in full") if each.kind in WHOLE else _("masked or none"),
            *((str(entry.id), str(entry.number), entry.digest[:8]) if entry else ("—", "—", "—")),
            each.why,
        )
        for each, entry in found
    )
    return "\n".join(columns([head, *rows]))
