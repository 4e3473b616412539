"""``xiangtu imports``: the imports and other change sets, the newest first; ``xiangtu undo`` takes one back.

What was only printed is left out: there is nothing to take back. ``--remembered`` lists what was said of headings
instead, ``--forget`` forgets one of them.
"""

from __future__ import annotations

import argparse

from crm.commands.arguments import how_many
from crm.commands.line import DONE, Context
from crm.i18n import N_, _

HELP = N_("list imports and other change sets")
LIMIT = 100


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("--limit", type=how_many, default=LIMIT, metavar="N", help=_("how many to list at most"))
    parser.add_argument("--remembered", action="store_true", help=_("list what was said of headings before"))
    parser.add_argument("--forget", metavar="FINGERPRINT", help=_("forget what was said of a heading"))


def run(context: Context) -> int:
    """Print the change sets, or what is remembered of headings."""
    if context.arguments.forget:
        return _forget(context, context.arguments.forget)
    return _remembered(context) if context.arguments.remembered else _change_sets(context)


def _remembered(context: Context) -> int:
    from crm.commands.importing import memory_lines
    from crm.commands.opening import opened
    from crm.queries.imports import import_memories

    with opened(context) as workspace, workspace.database.read() as session:
        memories = import_memories(session)
    documents = [
        {
            "fingerprint": each.fingerprint,
            "kind": each.kind,
            "on": None if each.on is None else each.on.isoformat(),
            **each.document(),
        }
        for each in memories
    ]

    def text() -> str:
        if not documents:
            return _("Nothing is remembered of any heading.")
        return "\n\n".join("\n".join(memory_lines(one)) for one in documents)

    context.answer({"remembered": documents}, text)
    return DONE


def _forget(context: Context, fingerprint: str) -> int:
    from crm.commands.opening import opened
    from crm.errors import NotFoundError
    from crm.queries.imports import import_memories
    from crm.services.import_memory import forget_memory

    why = _("forgets what was said of a heading")
    with opened(context) as workspace:
        with workspace.database.read() as session:
            found = [each for each in import_memories(session) if each.fingerprint.startswith(fingerprint)]
        if len(found) != 1:
            message = _("Nothing, or more than one, is remembered as {fingerprint}.")
            raise NotFoundError(message.format(fingerprint=fingerprint), where=fingerprint)
        with workspace.database.write(by=workspace.user, why=why) as session:
            forget_memory(session, found[0].kind, found[0].fingerprint)
    context.answer({"forgotten": found[0].fingerprint}, lambda: _("Forgotten: {file}").format(file=found[0].file))
    return DONE


def _change_sets(context: Context) -> int:
    """Print the change sets."""
    from datetime import UTC

    from crm.commands.layout import columns
    from crm.commands.opening import opened
    from crm.domain.quantities import CHINA_TIME
    from crm.queries.history import NOTES, change_sets

    with opened(context) as workspace, workspace.database.read() as session:
        sets = change_sets(session, limit=context.arguments.limit, but_not=NOTES)
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
