"""Words for the hints on a lead."""

from __future__ import annotations

from collections.abc import Mapping

from crm.domain.reasons import Reason
from crm.i18n import N_, _

HINTS: Mapping[str, str] = {
    "cleared_firm": N_("The investor is on the list of cleared firms ({code} {name}): look into it."),
    "access_restricted": N_("The access list restricts this: {item}."),
    "access_consult": N_("The access list wants a consultation: {item}."),
    "state_asset": N_("{carrier} is a state-owned asset: its procedure applies before signing."),
    "two_industries": N_("Manufacturing and services in one project: perhaps an integrated one (两业融合)."),
}


def hint_text(hint: Reason) -> str:
    """Return the sentence of a hint."""
    return _(HINTS[hint.code]).format_map(hint.parameters)
