"""The documents there are: the name of what makes each, and what people call it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from crm.errors import NotFoundError
from crm.i18n import N_, _

if TYPE_CHECKING:  # the window names documents before its first leads are painted; the facts bring verdict and match
    from crm.domain.dossier import LeadFacts

LEAD_DOCUMENTS: Mapping[str, str] = {
    "brief": N_("Project brief"),
    "dossier": N_("Project dossier"),
    "threshold_sheet": N_("Land-tax threshold sheet"),
    "match_sheet": N_("Proposal of resources"),
    "review_sheet": N_("Review sheet"),
    "minutes": N_("Minutes of a visit"),
    "blind_profile": N_("Profile without company names"),
}
"""Documents about one lead."""

PAIR_DOCUMENTS: Mapping[str, str] = {"coordination_sheet": N_("Coordination sheet of two leads")}
"""Documents about two leads that may be one."""

ENTERPRISE_DOCUMENTS: Mapping[str, str] = {"enterprise_file": N_("Enterprise file")}
"""Documents about one enterprise."""

DOCUMENTS: Mapping[str, str] = {
    **LEAD_DOCUMENTS,
    **PAIR_DOCUMENTS,
    **ENTERPRISE_DOCUMENTS,
    "period_report": N_("Statistics report"),
    "ledger_health": N_("Health of a ledger"),
}


def document_word(name: str) -> str:
    """Return what people call a document; its own name where it is none of these."""
    return _(DOCUMENTS[name]) if name in DOCUMENTS else name


def last_meeting(facts: LeadFacts) -> LeadFacts:
    """Return the facts with the last visit or meeting alone, as its minutes are printed.

    Raises:
        NotFoundError: there is none.
    """
    from crm.domain.follow_ups import IN_PERSON  # noqa: PLC0415  (see above)

    held = [one for one in facts.follow_ups if one.kind in IN_PERSON]
    if not held:
        raise NotFoundError(_("{lead} has no visit or meeting yet.").format(lead=facts.name), where=facts.name)
    return replace(facts, follow_ups=tuple(held[-1:]))
