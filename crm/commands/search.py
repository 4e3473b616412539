"""``xiangtu search``: leads by any part of a name, by pinyin or initials, by code or credit code."""

from __future__ import annotations

import argparse

from crm.commands.arguments import how_many
from crm.commands.line import DONE, Context
from crm.commands.options import add_kind
from crm.i18n import N_, _

HELP = N_("find leads (by --kind other records) by any part of a name, by pinyin or initials, by code")
LIMIT = 50


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("text", metavar="TEXT", help=_("what to look for; of several words each must be there"))
    add_kind(parser)
    parser.add_argument("--limit", type=how_many, default=LIMIT, metavar="N", help=_("how many leads to list at most"))


def run(context: Context) -> int:
    """Print the leads found, the newest first."""
    return _search_leads(context) if context.arguments.kind == "leads" else _search_others(context)


def _search_others(context: Context) -> int:
    from crm.commands.layout import columns
    from crm.commands.opening import opened
    from crm.domain.fields.masking import masked
    from crm.domain.fields.registry import KIND_LABELS, RECORD_FIELDS
    from crm.queries.record_search import search_records

    kind = context.arguments.kind
    name = RECORD_FIELDS[kind].get("name")
    with opened(context) as workspace, workspace.database.read() as session:
        found = search_records(session, kind, context.arguments.text, context.arguments.limit)
    rows = [(each.id, each.code, masked(name, each.name) if name else "") for each in found.rows]

    def text() -> str:
        head = _("{total} found among {kind}, {shown} listed.")
        told = head.format(total=found.total, kind=_(KIND_LABELS[kind]), shown=len(rows))
        return "\n".join([told, *columns((code, called) for _id, code, called in rows)])

    records = [{"id": record_id, "code": code, "name": called or None} for record_id, code, called in rows]
    context.answer({"total": found.total, "kind": kind, "records": records}, text)
    return DONE


def _search_leads(context: Context) -> int:
    from crm.commands.layout import columns
    from crm.commands.opening import opened
    from crm.commands.values import shown
    from crm.domain.fields.registry import LEAD_FIELDS
    from crm.queries.records import load
    from crm.queries.search import search_leads

    with opened(context) as workspace, workspace.database.read() as session:
        found = search_leads(session, context.arguments.text, context.arguments.limit)
        leads = load(session, "leads", found.ids)
    listed = [
        {name: lead.values.get(name) for name in ("code", "name", "investor", "stage")} | {"id": lead.id}
        for lead in leads
    ]

    def text() -> str:
        head = _("{total} leads found, {shown} listed.").format(total=found.total, shown=len(listed))
        rows = (
            (
                lead.code,
                str(lead.values.get("name") or ""),
                shown(LEAD_FIELDS["stage"], lead.values.get("stage"), lead.values),
            )
            for lead in leads
        )
        return "\n".join([head, *columns(rows)])

    context.answer({"total": found.total, "leads": listed}, text)
    return DONE
