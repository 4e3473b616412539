"""Words for the hints on a lead."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from crm.domain.fields.codes import FUTURE_INDUSTRIES, NATURES
from crm.domain.fields.words import label_of
from crm.domain.quantities.display import share_text
from crm.domain.reasons import Reason
from crm.i18n import N_, _

HINTS: Mapping[str, str] = {
    "cleared_firm": N_("The investor is on the list of cleared firms ({code} {name}): look into it."),
    "access_restricted": N_("The access list restricts this: {item}."),
    "access_consult": N_("The access list wants a consultation: {item}."),
    "state_asset": N_("{carrier} is a state-owned asset: its procedure applies before signing."),
    "two_industries": N_("Manufacturing and services in one project: perhaps an integrated one (两业融合)."),
    "future_industry": N_("Perhaps of {code} among the three future industries (by: {because}); it is yours to enter."),
    "calibration": N_(
        "Statistics: of {cases} projects like it, the realised tax was {median} of the promised one (interval {low} to "
        "{high}); it changes no verdict."
    ),
}


def hint_text(hint: Reason) -> str:
    """Return the sentence of a hint."""
    words = {
        name: share_text(given) if isinstance(given, Fraction) else given for name, given in hint.parameters.items()
    }
    if hint.code == "future_industry":
        words["code"] = label_of(FUTURE_INDUSTRIES, str(words["code"]))
        words["because"] = label_of(NATURES, str(words["because"]))
    return _(HINTS[hint.code]).format_map(words)
