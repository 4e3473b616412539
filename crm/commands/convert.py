"""``xiangtu convert``: makes a lead or a talent of a sign-up of a campaign."""

from __future__ import annotations

import argparse

from crm.commands.line import DONE, Context
from crm.i18n import N_, _

HELP = N_("make a lead or a talent of a sign-up of a campaign")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("sign_ups", metavar="SIGN-UP", nargs="+", help=_("id or code of a sign-up"))
    into = _("what it becomes; what the person came for when it is not given")
    parser.add_argument("--into", choices=("investment", "talent"), help=into)
    known = _("where a lead is plainly the same: make a new one, or name the known one")
    parser.add_argument("--known", choices=("new", "link"), help=known)


def run(context: Context) -> int:
    """Convert the sign-ups in one transaction and say what they became."""
    from crm.commands.opening import opened
    from crm.database import Session
    from crm.domain.fields.registry import KIND_LABELS
    from crm.queries.records import Record
    from crm.services.attraction import convert_sign_up

    arguments = context.arguments

    def work(session: Session) -> list[Record]:
        return [
            convert_sign_up(session, each, into=arguments.into, known=arguments.known) for each in arguments.sign_ups
        ]

    with opened(context) as workspace:
        made = workspace.database.change(work, by=workspace.user, why=_("conversion of sign-ups"))
    pairs = list(zip(arguments.sign_ups, made, strict=True))
    message = _("{sign_up} became {kind} {code}.")
    lines = [message.format(sign_up=each, kind=_(KIND_LABELS[one.kind]), code=one.code) for each, one in pairs]
    converted = [{"sign_up": each, "kind": one.kind, "code": one.code} for each, one in pairs]
    context.answer({"converted": converted}, lambda: "\n".join(lines))
    return DONE
