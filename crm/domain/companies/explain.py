"""Words for what the companies' rules say: a credit code's fault, why two records may be the same."""

from __future__ import annotations

from collections.abc import Iterable

from crm.domain.companies.credit_codes import CreditCode
from crm.domain.companies.duplicates import Likelihood
from crm.domain.fields.masking import mask_phone
from crm.domain.reasons import Reason
from crm.i18n import N_, _

FAULTS = {
    "code_length": N_("A unified social credit code has 18 characters, this one has {length}."),
    "code_character": N_("A unified social credit code never contains {characters}."),
    "code_region": N_("Characters 3 to 8 of a unified social credit code are the region, in digits, not {found}."),
    "code_organisation": N_("Character 17 of the unified social credit code should be {expected}, it is {found}."),
    "code_check": N_("The last character of the unified social credit code should be {expected}, it is {found}."),
}

REASONS = {
    "same_credit_code": N_("Same unified social credit code ({code})"),
    "same_phone": N_("Same phone ({phone})"),
    "same_name": N_("Same name without form and place ({name})"),
    "name_is_investor": N_("The name of one is the investor of the other ({name})"),
    "places_differ": N_("but one says {place}, the other {other_place}"),
    "same_investor": N_("Same investor ({investor}) and a similar project"),
    "same_general_name": N_("Same general name ({name}) and no two investors"),
    "former_name": N_("{name} is a former name or alias: {other_name}"),
    "same_group": N_("Same group and industry ({group})"),
    "short_name": N_("{short} may be short for {long}"),
    "similar_name_contact": N_("{name} and {other_name} differ in one character, the contact is the same"),
    "similar_name_address": N_("{name} and {other_name} differ in one character, the address is the same"),
    "similar_name_investor": N_("{name} and {other_name} differ in one character, the investor is the same"),
    "credit_codes_differ": N_("but the credit codes differ: two companies, perhaps of one group"),
}

LIKELIHOODS = {
    Likelihood.CERTAIN: N_("Certain"),
    Likelihood.LIKELY: N_("Likely"),
    Likelihood.POSSIBLE: N_("Possible"),
}


def explain_credit_code(code: CreditCode) -> str:
    """Return what is wrong with a credit code and what was perhaps meant; ``""`` for a good one."""
    if code.fault is None:
        return ""
    words = _(FAULTS[code.fault.code]).format_map(code.fault.parameters)
    if code.hint is None:
        return words
    return words + _("Perhaps {hint} was meant: please check the certificate.").format(hint=code.hint)


def explain_duplicate(reasons: Iterable[Reason]) -> list[str]:
    """Return why two records may be the same, a sentence a reason; phones are masked (decisions 36)."""
    return [_(REASONS[reason.code]).format_map(_shown(reason)) for reason in reasons]


def likelihood_word(likelihood: Likelihood) -> str:
    """Return the word for a likelihood."""
    return _(LIKELIHOODS[likelihood])


def _shown(reason: Reason) -> dict[str, object]:
    shown = dict(reason.parameters)
    if "phone" in shown:
        shown["phone"] = mask_phone(str(shown["phone"]))
    return shown
