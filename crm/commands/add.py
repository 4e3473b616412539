"""``xiangtu add``: enters one record of a kind, by the same rules as a form or an import."""

from __future__ import annotations

import argparse

from crm.commands.line import DONE, Context
from crm.i18n import N_, _

HELP = N_("enter one record: enterprise, talent, campaign, carrier …")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    from crm.domain.fields.registry import RECORD_FIELDS

    kinds = tuple(RECORD_FIELDS)
    parser.add_argument("kind", metavar="KIND", choices=kinds, help=", ".join(kinds))
    help_text = _("field=value; field= empties it; a list as a|b; an entry as space.研发=1200㎡")
    parser.add_argument("assignments", nargs="+", metavar="FIELD=VALUE", help=help_text)
    parser.add_argument("--reason", metavar="R", default="", help=_("why; kept in the history"))


def run(context: Context) -> int:
    """Enter the record and say under which code."""
    from crm.commands.changing import assigned
    from crm.commands.opening import opened
    from crm.database import Session, writing_of
    from crm.domain.fields.registry import KIND_LABELS
    from crm.domain.fields.writing import record_to_json
    from crm.queries.known import known_lines
    from crm.services.records import create

    kind = context.arguments.kind
    values = assigned(kind, {}, context.arguments.assignments)

    def work(session: Session) -> tuple[str, dict[str, object], int]:
        made = create(session, kind, values)
        return made.code, record_to_json(kind, made.values), writing_of(session).number(session)

    with opened(context) as workspace:
        why = context.arguments.reason.strip() or _("entered")
        code, record, number = workspace.database.change(work, by=workspace.user, why=why)
        with workspace.database.read() as session:
            known = known_lines(session, [code] if kind == "leads" else ())
    message = _("{kind}: entered as {code}. Change set {number} (xiangtu undo {number} takes it back)")
    text = message.format(kind=_(KIND_LABELS[kind]), code=code, number=number)
    document = {"kind": kind, "code": code, "record": record, "change_set": number, "may_be_known": known}
    context.answer(document, lambda: "\n".join([text, *known]))
    return DONE
