"""``xiangtu decide``: keeps what people decided of two records that may be the same; both stay (C28)."""

from __future__ import annotations

import argparse

from crm.commands.line import DONE, Context
from crm.i18n import N_, _

HELP = N_("keep a decision on two records that may be the same (撞单会商结论)")
KINDS = ("leads", "enterprises")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("first", metavar="FIRST", help=_("id, code or exact name; the one that leads"))
    parser.add_argument("second", metavar="SECOND", help=_("the other one"))
    parser.add_argument("conclusion", metavar="CONCLUSION", help=_("two_projects, one_project, passed_on, to_clarify"))
    parser.add_argument("--why", metavar="TEXT", required=True, help=_("the reason; kept with the decision"))
    parser.add_argument("--decided-by", metavar="NAME", default="", help=_("who decided; the officer when not given"))
    parser.add_argument("--on", metavar="DATE", default="", help=_("when it was decided; today when not given"))
    parser.add_argument("--kind", choices=KINDS, default=KINDS[0], help=_("leads or enterprises"))


def run(context: Context) -> int:
    """Keep it."""
    from crm.commands.opening import opened
    from crm.services.decisions import decide

    arguments = context.arguments
    values = {
        "conclusion": arguments.conclusion,
        "reason": arguments.why,
        "decided_by": arguments.decided_by,
        "decided_on": arguments.on,
    }
    with opened(context) as workspace:
        made = workspace.database.change(
            lambda session: decide(session, arguments.kind, (arguments.first, arguments.second), values),
            by=workspace.user,
            why=arguments.why,
        )
    document = {"decision": made.code, "conclusion": made.values["conclusion"]}
    context.answer(document, lambda: _("{code}: the decision is kept, both records stay.").format(code=made.code))
    return DONE
