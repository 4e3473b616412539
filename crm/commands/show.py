"""``xiangtu show``: one lead, all that is known of it.

On the terminal contacts are masked unless ``--contacts`` is given. ``--json`` gives the record as it is stored, for
scripts of the house itself; what leaves it is ``export``, masked without purpose and recipient (decisions 36).
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from crm.commands.line import DONE, Context
from crm.i18n import N_, _

if TYPE_CHECKING:
    from crm.domain.thresholds import Judgement
    from crm.queries.history import Origin
    from crm.queries.records import Record

HELP = N_("show one lead: its fields, its threshold verdict, where it came from")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("lead", metavar="LEAD", help=_("id, code or exact name of a lead"))
    parser.add_argument("--contacts", action="store_true", help=_("show contacts in full"))


def run(context: Context) -> int:
    """Print the lead."""
    from crm.commands.opening import opened
    from crm.commands.options import day_given
    from crm.domain.fields.writing import record_to_json
    from crm.domain.thresholds.ground import judge_values
    from crm.domain.thresholds.to_json import to_json
    from crm.queries.history import count_changes, origins_of
    from crm.queries.records import load_one
    from crm.queries.thresholds import load_ground

    with opened(context) as workspace, workspace.database.read() as session:
        lead = load_one(session, "leads", context.arguments.lead)
        verdict = judge_values(lead.values, load_ground(session, day_given(None)))
        changes = count_changes(session, "leads", lead.id)
        origins = origins_of(session, "leads", lead.id)
    contacts = context.arguments.contacts
    values = record_to_json("leads", lead.values)
    document: dict[str, Any] = {
        "lead": {"id": lead.id, "uid": lead.uid, "version": lead.version} | values,
        "threshold": to_json(verdict),
        "history_count": changes,
        "origins": [{"file": each.file, "sheet": each.sheet, "row": each.row, "batch": each.batch} for each in origins],
    }
    context.answer(document, lambda: _text(lead, verdict, changes, origins, contacts=contacts))
    return DONE


def _text(lead: Record, verdict: Judgement, changes: int, origins: list[Origin], *, contacts: bool) -> str:
    from crm.commands.layout import columns
    from crm.commands.values import shown
    from crm.domain.fields.registry import LEAD_FIELDS
    from crm.domain.fields.words import list_mark
    from crm.domain.thresholds.explain import conclusion

    known = [field for name, field in LEAD_FIELDS.items() if lead.values.get(name) is not None]
    rows = [(_(field.label), shown(field, lead.values[field.name], lead.values, contacts=contacts)) for field in known]
    unknown = [_(field.label) for name, field in LEAD_FIELDS.items() if lead.values.get(name) is None]
    lines = [*columns(rows), "", _("Land-tax threshold: {verdict}").format(verdict=conclusion(verdict))]
    lines += [
        _("From: {file}, {sheet}, row {row}").format(file=each.file, sheet=each.sheet or "-", row=each.row)
        for each in origins
    ]
    lines.append(_("Changes in the history: {number}").format(number=changes))
    lines.append(_("Not filled in: {fields}").format(fields=list_mark().join(unknown)))
    return "\n".join(lines)
