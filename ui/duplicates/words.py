"""Pairs in words: the lines of the list, what the filter asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm.domain.companies.explain import explain_duplicate, likelihood_word
from crm.domain.fields.kinds.choices import CONCLUSIONS
from crm.domain.fields.words import label_of
from crm.i18n import _, pgettext

if TYPE_CHECKING:
    from crm.queries.duplicates import Known, LeadPair


def line(pair: LeadPair) -> tuple[str, ...]:
    """Return the cells of a pair: likelihood, both, what was decided, why."""
    return (likelihood_word(pair.likelihood), name(pair.a), name(pair.b), state(pair), why(pair))


def codes(pair: LeadPair) -> frozenset[str]:
    """Return what tells a pair from another."""
    return frozenset((pair.a.code, pair.b.code))


def name(record: Known) -> str:
    """Return what a record of a pair is called."""
    return f"{record.name}（{record.code}）" if record.name else record.code


def why(pair: LeadPair) -> str:
    """Return the reasons in one line."""
    return pgettext("between sentences", "; ").join(explain_duplicate(pair.reasons))


def state(pair: LeadPair) -> str:
    """Return what was decided of a pair, or that somebody must look."""
    if pair.decided is None:
        return _("to be looked at")
    if pair.decided.reopened:
        return _("to be looked at again")
    return label_of(CONCLUSIONS, str(pair.decided.record.values["conclusion"]))


def fits(pair: LeadPair, text: str, which: str) -> bool:
    """Return whether a pair is shown: the words of the filter, and which list is asked for."""
    wanted = {
        "open": pair.is_open,
        "certain": pair.is_open and pair.likelihood.value == "certain",
        "settled": pair.decided is not None,
    }.get(which, True)
    said = " ".join(line(pair)).casefold()
    return wanted and text.casefold() in said
