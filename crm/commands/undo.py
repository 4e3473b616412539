"""``xiangtu undo``: takes an import or another change set back; what was changed since stays and is listed."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from crm.commands.arguments import whole_number
from crm.commands.line import DONE, MENDABLE, Context
from crm.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crm.services.history import Kept, Reverted

HELP = N_("take an import or another change set back")

SHOWN = 20
"""Records that are listed by name."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("batch", metavar="BATCH", type=whole_number, help=_("the number that import and imports give"))


def run(context: Context) -> int:
    """Take it back and say what was and what was not."""
    from crm.commands.opening import opened
    from crm.database import writing_of
    from crm.queries.known import known_lines
    from crm.services.history import revert
    from crm.services.records import codes_taken

    number: int = context.arguments.batch
    why = _("takes back {number}").format(number=number)
    with opened(context) as workspace:
        done, writing = workspace.database.change(
            lambda session: (revert(session, number), writing_of(session)), by=workspace.user, why=why
        )
        with workspace.database.read() as session:
            codes = [code for kind, code in done.reversed if kind == "leads"]
            known = known_lines(session, codes_taken(session, "leads", codes))
    document: dict[str, Any] = {
        "reversed": len(_records(done)),
        "kept": _documents(done.kept, done),
        "failed": _documents(done.failed, done),
        "partly": done.partly,
        "reversed_records": [
            {"kind": kind, "lead": code, "name": done.name(kind, code) or None} for kind, code in _records(done)
        ],
        "change_set": writing.change_set_id,
        "may_be_known": known,
    }
    context.answer(document, lambda: "\n".join([_text(number, done), *known]))
    return MENDABLE if done.failed else DONE


def _records(done: Reverted) -> list[tuple[str, str]]:
    """Return the records that are as before; what an import also remembers of its heading is no record."""
    return [each for each in done.reversed if each[0] != "entry"] or done.reversed


def _documents(many: Iterable[Kept], done: Reverted) -> list[dict[str, str | None]]:
    return [
        {
            "kind": each.kind,
            "lead": each.code,
            "name": done.name(each.kind, each.code) or None,
            "field": each.field or None,
            "reason": each.reason,
        }
        for each in many
    ]


def _text(number: int, done: Reverted) -> str:
    records = _records(done)
    lines = [_("Change set {number}: {count} records are as before.").format(number=number, count=len(records))]
    lines += [f"  {code} {done.name(kind, code)}".rstrip() for kind, code in records[:SHOWN]]
    if len(records) > SHOWN:
        lines.append(_("  … and {number} more (see --json)").format(number=len(records) - SHOWN))
    for title, many in (
        (_("Kept as they are, changed since ({count}):"), done.kept),
        (_("Could not be taken back ({count}):"), done.failed),
    ):
        if many:
            count = len({(each.kind, each.code) for each in many})
            lines += [title.format(count=count), *(f"  {_place(each, done)}: {each.reason}" for each in many)]
    return "\n".join(lines)


def _place(each: Kept, done: Reverted) -> str:
    from crm.domain.fields.registry import RECORD_FIELDS

    field = RECORD_FIELDS.get(each.kind, {}).get(each.field)
    return " ".join(filter(None, (each.code, done.name(each.kind, each.code), _(field.label) if field else "")))
