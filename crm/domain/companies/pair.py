"""Two leads that may be the same, side by side: what the coordination sheet prints."""

from __future__ import annotations

from dataclasses import dataclass

from crm.domain.companies.duplicates import Likelihood
from crm.domain.dossier import LeadFacts
from crm.domain.reasons import Reason


@dataclass(frozen=True, slots=True)
class PairFacts:
    """Two leads and what speaks for their being one.

    Attributes:
        likelihood: None where the rules see no reason; the sheet says so, people may still ask for it.
        first: code of the lead reported first; None where the times do not tell.
    """

    a: LeadFacts
    b: LeadFacts
    likelihood: Likelihood | None = None
    reasons: tuple[Reason, ...] = ()
    first: str | None = None
