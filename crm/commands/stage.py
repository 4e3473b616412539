"""``xiangtu stage``: moves a lead to a stage, or lets it rest or end (搁置 流转 终止 迁出, and active to go on)."""

from __future__ import annotations

import argparse

from crm.commands.line import DONE, Context
from crm.i18n import N_, _

HELP = N_("move a lead to a stage")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("lead", metavar="LEAD", help=_("id, code or exact name of a lead"))
    parser.add_argument("stage", metavar="STAGE", help=_("a stage (签约, signed) or a status (搁置, paused; active)"))
    help_text = _("fields the stage needs, as with set: signed_on=2026-11-01")
    parser.add_argument("assignments", nargs="*", metavar="FIELD=VALUE", help=help_text)
    parser.add_argument("--reason", metavar="R", help=_("why; needed to pass over a stage, to go back, to rest or end"))


def run(context: Context) -> int:
    """Move the lead and say what differs."""
    from crm.commands.changing import assigned, change, tell

    step = _step(context.arguments.stage)
    why = _("change of stage")
    tell(
        context, change(context, lambda lead: assigned("leads", lead.values, context.arguments.assignments) | step, why)
    )
    return DONE


def _step(word: str) -> dict[str, str]:
    """Return the field and the code that a word for a stage or a status means.

    Raises:
        ValueRefusedError: it is neither; the message lists both.
    """
    from crm.domain.fields.codes import STAGES, STATUSES
    from crm.domain.fields.words import list_mark, lookup
    from crm.errors import ValueRefusedError

    key = "".join(word.split()).casefold()
    for field, choices in (("stage", STAGES), ("status", STATUSES)):
        code = lookup(choices).get(key)
        if code is not None:
            return {field: code}
    stages, statuses = (list_mark().join(_(choice.label) for choice in choices) for choices in (STAGES, STATUSES))
    message = _("“{word}” is no stage ({stages}) and no status ({statuses}).")
    raise ValueRefusedError(message.format(word=word, stages=stages, statuses=statuses), where="stage")
