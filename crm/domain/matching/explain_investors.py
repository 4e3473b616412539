"""Suggested investors in words and as JSON: the counts that speak for each, never a bare score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crm.domain.fields.words import list_mark
from crm.domain.matching.investors import TRAITS, Deal, InvestorFit
from crm.i18n import N_, _

ALIKE: Mapping[str, str] = {
    "field": N_("{count} in the same field"),
    "round": N_("{count} in rounds of the same age"),
    "place": N_("{count} in the same place"),
    "size": N_("{count} of the same order of magnitude"),
}


def investor_reasons(fit: InvestorFit) -> str:
    """Return what speaks for an investor, in one line."""
    return list_mark().join(_reasons(fit))


def _reasons(fit: InvestorFit) -> Iterator[str]:
    if fit.invested_before:
        yield _("has invested in the company before")
    if fit.partners:
        yield _("has invested beside {names}").format(names=list_mark().join(fit.partners))
    yield _("{count} known deals, the last in {month}").format(count=fit.deals, month=_month(fit))
    for trait in TRAITS:
        if trait in fit.alike:
            yield _(ALIKE[trait]).format(count=fit.alike[trait])


def _month(fit: InvestorFit) -> str:
    return f"{fit.last.year}-{fit.last.month:02d}" if fit.last.month else str(fit.last.year)


def investors_text(fits: Sequence[InvestorFit], wanted: Deal, deals: int, skipped: int) -> str:
    """Return the suggestions for a terminal, with what they rest on."""
    basis = _("From {deals} deals; {skipped} rows without a day or an investor were left out.")
    lines = [_("Investors to talk to: {company}").format(company=wanted.company or wanted.field)]
    lines += [f"{rank:>3}. {fit.name}  {investor_reasons(fit)}" for rank, fit in enumerate(fits, 1)]
    lines.append(basis.format(deals=deals, skipped=skipped))
    lines.append(_("Ranked by past deals alone: introduction recommended, the investor decides."))
    return "\n".join(lines)


def investors_document(fits: Sequence[InvestorFit], deals: int, skipped: int) -> dict[str, Any]:
    """Return the suggestions for scripts."""
    return {
        "deals": deals,
        "skipped": skipped,
        "investors": [
            {
                "name": fit.name,
                "deals": fit.deals,
                "last": _month(fit),
                "alike": dict(fit.alike),
                "invested_before": fit.invested_before,
                "partners": list(fit.partners),
                "reasons": list(_reasons(fit)),
            }
            for fit in fits
        ],
    }
