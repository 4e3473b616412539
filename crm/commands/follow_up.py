"""``xiangtu follow-up``: writes down a call, a visit, a meeting or a note, with the next step."""

from __future__ import annotations

import argparse
from datetime import date

from crm.commands.line import DONE, Context
from crm.commands.options import day_given
from crm.i18n import N_, _

HELP = N_("write down a call, visit, meeting or note of a lead")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("lead", metavar="LEAD", help=_("id, code or exact name of a lead"))
    parser.add_argument("kind", metavar="KIND", help=_("call, visit, meeting or note"))
    parser.add_argument("note", metavar="TEXT", help=_("what was said or agreed"))
    parser.add_argument("--at", metavar="DATE", help=_("the day of it, YYYY-MM-DD; default: today"))
    parser.add_argument("--next-step", metavar="TEXT", help=_("what is to be done next"))
    parser.add_argument("--next-date", metavar="DATE", help=_("the day of the next step, YYYY-MM-DD"))


def run(context: Context) -> int:
    """Write it down and say so."""
    from crm.commands.opening import opened
    from crm.queries.records import find
    from crm.services.follow_ups import add_follow_up

    arguments = context.arguments
    kind, at = _kind(arguments.kind), day_given(arguments.at)
    due: date | None = day_given(arguments.next_date) if arguments.next_date else None
    with opened(context) as workspace:
        by = workspace.user
        with workspace.database.write(by=by, why=_("follow-up")) as session:
            lead_id = find(session, "leads", arguments.lead)
            made = add_follow_up(
                session,
                lead_id,
                kind=kind,
                at=at,
                by=by,
                note=arguments.note,
                next_step=arguments.next_step,
                next_date=due,
            )
            answer = {"id": made.id, "lead_id": lead_id, "kind": kind, "at": made.at, "by": by}
    context.answer(answer, lambda: _("Written down for {lead}.").format(lead=arguments.lead))
    return DONE


def _kind(word: str) -> str:
    """Return the code of a kind that is given by code or word.

    Raises:
        ValueRefusedError: it is none; the message lists them.
    """
    from crm.domain.fields.words import list_mark, lookup
    from crm.domain.follow_ups import KINDS
    from crm.errors import ValueRefusedError

    code = lookup(KINDS).get("".join(word.split()).casefold())
    if code is None:
        kinds = list_mark().join(_(kind.label) for kind in KINDS)
        message = _("“{word}” is no kind of follow-up ({kinds}).")
        raise ValueRefusedError(message.format(word=word, kinds=kinds), where="kind")
    return code
