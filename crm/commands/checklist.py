"""``xiangtu checklist``: gives a project the approvals of its type, in their order, and lists what is late."""

from __future__ import annotations

import argparse

from crm.commands.line import DONE, Context
from crm.i18n import N_, _

HELP = N_("give a project the approvals of its type in their order; show what is done, what waits and what is late")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("lead", metavar="LEAD", help=_("id, code or exact name of a lead"))
    parser.add_argument("type", metavar="TYPE", help=_("type of project a chain is entered for, such as 工业供地"))
    parser.add_argument("--on", metavar="DATE", help=_("the day; today when it is not given"))


def run(context: Context) -> int:
    """Make what is missing of the list and print it."""
    from crm.commands.layout import columns
    from crm.commands.opening import opened
    from crm.commands.options import day_given
    from crm.domain.approvals import Step
    from crm.domain.quantities import decimal_text
    from crm.queries.overviews import approval_list
    from crm.queries.records import load, load_one
    from crm.services.approvals import make_checklist

    arguments, on = context.arguments, day_given(context.arguments.on)
    with opened(context) as workspace:
        made = workspace.database.change(
            lambda session: make_checklist(session, arguments.lead, arguments.type),
            by=workspace.user,
            why=_("list of approvals"),
        )
        with workspace.database.read() as session:
            code = load_one(session, "leads", arguments.lead).code
            steps = approval_list(session, code, arguments.type, on)
            names = {each.code: str(each.values.get("name") or "") for each in load(session, "approvals")}

    def state(step: Step) -> str:
        if step.done:
            return _("done")
        if step.overdue:
            return _("overdue")
        return _("waits for {items}").format(items="、".join(step.waits_for)) if step.waits_for else _("can be done")

    listed = [
        {
            "approval": step.approval,
            "place": decimal_text(step.place),
            "done": step.done,
            "overdue": step.overdue,
            "waits_for": list(step.waits_for),
        }
        for step in steps
    ]
    rows = [(decimal_text(step.place), step.approval, names.get(step.approval, ""), state(step)) for step in steps]
    context.answer({"lead": code, "made": len(made), "steps": listed}, lambda: "\n".join(columns(rows)))
    return DONE
