"""``xiangtu show``: one lead (or by --kind another record), all that is known of it.

On the terminal contacts are masked unless ``--contacts`` is given. ``--json`` gives the record as it is stored, for
scripts of the house itself; what leaves it is ``export``, masked without purpose and recipient (decisions 36).
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from crm.commands.line import DONE, Context
from crm.commands.options import add_kind
from crm.i18n import N_, _

if TYPE_CHECKING:
    from crm.queries.history import Origin
    from crm.queries.links import Link
    from crm.queries.records import Record

HELP = N_("show one lead (by --kind another record): its fields, its verdict, where it came from")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("lead", metavar="LEAD", help=_("id, code or exact name of a lead"))
    add_kind(parser)
    parser.add_argument("--contacts", action="store_true", help=_("show contacts in full"))


def run(context: Context) -> int:
    """Print the record."""
    return _show_lead(context) if context.arguments.kind == "leads" else _show_other(context)


def _show_other(context: Context) -> int:
    from crm.commands.opening import opened
    from crm.domain.fields.writing import record_to_json
    from crm.queries.history import count_changes, origins_of
    from crm.queries.links import links_to
    from crm.queries.records import load_one

    kind = context.arguments.kind
    with opened(context) as workspace, workspace.database.read() as session:
        record = load_one(session, kind, context.arguments.lead)
        changes = count_changes(session, kind, record.id)
        origins = origins_of(session, kind, record.id)
        links = links_to(session, kind, record.code)
    document = {
        "kind": kind,
        "record": {"id": record.id, "uid": record.uid, "version": record.version} | record_to_json(kind, record.values),
        "named_by": [_linked(each) for each in links],
        "history_count": changes,
        "origins": [_came(each) for each in origins],
    }

    def text() -> str:
        lines = _known(record, contacts=context.arguments.contacts)
        return "\n".join([*lines, *_named_by(links), *_told(record, changes, origins)])

    context.answer(document, text)
    return DONE


def _show_lead(context: Context) -> int:
    from crm.commands.opening import opened
    from crm.commands.options import day_given
    from crm.domain.fields.writing import record_to_json
    from crm.domain.hints_explain import hint_text
    from crm.domain.thresholds.explain import conclusion
    from crm.domain.thresholds.ground import judge_values
    from crm.domain.thresholds.to_json import to_json
    from crm.queries.hints import hints_on
    from crm.queries.history import count_changes, origins_of
    from crm.queries.links import links_to
    from crm.queries.records import load_one
    from crm.queries.thresholds import load_ground

    with opened(context) as workspace, workspace.database.read() as session:
        lead = load_one(session, "leads", context.arguments.lead)
        verdict = judge_values(lead.values, load_ground(session, day_given(None)))
        changes = count_changes(session, "leads", lead.id)
        origins = origins_of(session, "leads", lead.id)
        links = links_to(session, "leads", lead.code)
        hints = [hint_text(each) for each in hints_on(session, lead.values, day_given(None))]
    contacts = context.arguments.contacts
    values = record_to_json("leads", lead.values)
    document: dict[str, Any] = {
        "lead": {"id": lead.id, "uid": lead.uid, "version": lead.version} | values,
        "threshold": to_json(verdict),
        "hints": hints,
        "named_by": [_linked(each) for each in links],
        "history_count": changes,
        "origins": [_came(each) for each in origins],
    }

    def text() -> str:
        verdict_line = ["", _("Land-tax threshold: {verdict}").format(verdict=conclusion(verdict))]
        verdict_line += [_("Hint: {hint}").format(hint=each) for each in hints]
        return "\n".join(
            [*_known(lead, contacts=contacts), *verdict_line, *_named_by(links), *_told(lead, changes, origins)]
        )

    context.answer(document, text)
    return DONE


def _came(origin: Origin) -> dict[str, Any]:
    return {"file": origin.file, "sheet": origin.sheet, "row": origin.row, "batch": origin.batch}


def _linked(link: Link) -> dict[str, Any]:
    return {"kind": link.kind, "code": link.code, "name": link.name or None, "field": link.field}


def _known(record: Record, *, contacts: bool) -> list[str]:
    from crm.commands.layout import columns
    from crm.commands.values import shown
    from crm.domain.fields.registry import RECORD_FIELDS

    fields = RECORD_FIELDS[record.kind].items()
    known = [field for name, field in fields if record.values.get(name) is not None]
    values = record.values
    return list(
        columns((_(field.label), shown(field, values[field.name], values, contacts=contacts)) for field in known)
    )


def _named_by(links: list[Link]) -> list[str]:
    """Return a line for each record that names this one; persons by their code alone."""
    from crm.domain.fields.registry import KIND_LABELS, RECORD_FIELDS

    lines = []
    for each in links:
        fields = RECORD_FIELDS[each.kind]
        name = "" if "name" not in fields or fields["name"].personal else each.name
        told = {"kind": _(KIND_LABELS[each.kind]), "code": each.code, "name": name}
        lines.append(_("Named by {kind}: {code} {name}").format(**told).rstrip())
    return lines


def _told(record: Record, changes: int, origins: list[Origin]) -> list[str]:
    from crm.domain.fields.registry import RECORD_FIELDS
    from crm.domain.fields.words import list_mark

    fields = RECORD_FIELDS[record.kind].items()
    unknown = [_(field.label) for name, field in fields if record.values.get(name) is None]
    return [
        *(
            _("From: {file}, {sheet}, row {row}").format(file=each.file, sheet=each.sheet or "-", row=each.row)
            for each in origins
        ),
        _("Changes in the history: {number}").format(number=changes),
        _("Not filled in: {fields}").format(fields=list_mark().join(unknown)),
    ]
