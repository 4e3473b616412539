"""``xiangtu history``: who changed what of a record, when, from what to what; ``releases`` lists what left."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from crm.commands.line import DONE, Context
from crm.commands.options import add_kind
from crm.i18n import N_, _

if TYPE_CHECKING:
    from crm.queries.history import Change

HELP = N_("show who changed what of a lead (by --kind of another record), when, from what to what")


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("lead", metavar="LEAD", help=_("id, code or exact name of a lead"))
    add_kind(parser)
    parser.add_argument("--contacts", action="store_true", help=_("show contacts in full"))


def run(context: Context) -> int:
    """Print the changes, the oldest first."""
    from crm.commands.opening import opened
    from crm.queries.history import changes_of
    from crm.queries.records import find

    kind = context.arguments.kind
    with opened(context) as workspace, workspace.database.read() as session:
        changes = changes_of(session, kind, find(session, kind, context.arguments.lead))
    contacts = context.arguments.contacts
    documents = [_document(kind, each, contacts=contacts) for each in changes]
    context.answer({"changes": documents}, lambda: _text(kind, changes, contacts=contacts))
    return DONE


def _document(kind: str, each: Change, *, contacts: bool) -> dict[str, Any]:
    from datetime import UTC

    return {
        "change_set": each.change_set,
        "at": each.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "by": each.by,
        "why": each.why,
        "action": each.action,
        "field": each.field or None,
        "before": _json(kind, each.field, each.before, contacts=contacts),
        "after": _json(kind, each.field, each.after, contacts=contacts),
    }


def _json(kind: str, field: str, value: Any, *, contacts: bool) -> object:  # noqa: ANN401  (the class is the field's)
    """Return a value, of a whole record its document; contacts masked unless asked for."""
    from crm.domain.fields.masking import masked_document
    from crm.domain.fields.writing import record_to_json

    if value is None:
        return None
    document = record_to_json(kind, {field: value} if field else value, unknown=False)
    shown = masked_document(kind, document, contacts=contacts)
    return shown[field] if field else shown


def _text(kind: str, changes: list[Change], *, contacts: bool) -> str:
    from crm.domain.quantities import CHINA_TIME

    lines: list[str] = []
    last = None
    for each in changes:
        if each.change_set != last:
            at = f"{each.at.astimezone(CHINA_TIME):%Y-%m-%d %H:%M:%S}"
            lines.append(f"[{each.change_set}] {at}  {each.by}  {each.why}")
            last = each.change_set
        lines += [f"    {line}" for line in _told(kind, each, contacts=contacts)]
    return "\n".join(lines)


def _told(kind: str, each: Change, *, contacts: bool) -> list[str]:
    from crm.commands.values import shown
    from crm.domain.fields.registry import RECORD_FIELDS

    if each.field:
        field = RECORD_FIELDS[kind][each.field]
        old, new = shown(field, each.before, contacts=contacts), shown(field, each.after, contacts=contacts)
        return [_("{label}: {old} → {new}").format(label=_(field.label), old=old, new=new)]
    whole = each.after or each.before
    head = _("registered") if each.after else _("deleted")
    return [
        head,
        *(
            _("{label}: {value}").format(label=_(field.label), value=shown(field, whole[name], contacts=contacts))
            for name, field in RECORD_FIELDS[kind].items()
            if whole.get(name) is not None
        ),
    ]
