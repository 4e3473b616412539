"""The approvals of a project, made from the configured chain of its type (S60)."""

from __future__ import annotations

from crm.database import Session
from crm.domain.approvals import chain_of
from crm.errors import NotFoundError
from crm.i18n import _
from crm.queries.links import ids_naming
from crm.queries.records import Record, load, load_one
from crm.services.records import create


def make_checklist(session: Session, lead: str | int, project_type: str) -> list[Record]:
    """Give a project the approvals of a type of project, in their order; those it has stay. Return the new ones.

    Raises:
        NotFoundError: there is no such lead, or no chain for the type; the message lists the types.
    """
    code = load_one(session, "leads", lead).code
    chains = [record.values for record in load(session, "approval-chains")]
    chain = chain_of(chains, project_type)
    if not chain:
        types = "、".join(sorted({str(each["project_type"]) for each in chains})) or _("none")
        message = _("No chain of approvals is entered for “{type}”. Entered are: {types}.")
        raise NotFoundError(message.format(type=project_type, types=types), where=project_type)
    there = load(session, "approval-steps", ids_naming(session, "approval-steps", "lead", code))
    has = {record.values["approval"] for record in there}
    return [
        create(session, "approval-steps", {"lead": code, "approval": each["approval"], "place": each["place"]})
        for each in chain
        if each["approval"] not in has
    ]
