"""Leads as candidates for scarce land and money: what each would use, what it is worth, or why it cannot take part.

Only options without a hard failure take part (matching.md §7): the land-tax threshold must be met or not apply, and the
worth, probability × tax at full production, must be known. Nothing unknown is taken for zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from crm.domain.matching.compare import asked, in_cny
from crm.domain.matching.need import Need, need_from_values
from crm.domain.matching.taxonomy import TAXONOMY, Taxonomy
from crm.domain.quantities import Money, Number
from crm.domain.reasons import Reason
from crm.domain.thresholds.exact import times
from crm.domain.thresholds.judgement import Judgement, Verdict

STAGE_PROBABILITIES: Mapping[str, Decimal] = {
    "lead": Decimal("0.05"),
    "assessment": Decimal("0.05"),
    "negotiation": Decimal("0.20"),
    "review": Decimal("0.50"),
    "signed": Decimal("0.80"),
    "registered": Decimal("0.80"),
}
"""Chance of success by stage until the bureau sets its own (matching.md §7, design decision, no source found).

The papers give 线索 5 %, 在谈 20 %, 过会 50 %, 签约 80 %; 研判 and 注册 take the figure of the stage before them.
"""

LIVE_STATUSES = frozenset((None, "active"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A lead that may be chosen, whole or not at all.

    Attributes:
        land: threshold area -> 亩; of a range the upper end.
        fund: 万元 asked from funds; 0 when the lead asks for none, then ``fund_stated`` is False.
        tax: 万元 a year at full production; of a range the lower end.
        probability: 0–1.
        fields: of industry, after aliases.
    """

    code: str
    name: str
    land: Mapping[str, Decimal]
    fund: Decimal
    tax: Decimal
    probability: Decimal
    fields: frozenset[str] = frozenset()
    fund_stated: bool = True

    @property
    def value(self) -> Decimal:
        """Probability × tax at full production, 万元 a year."""
        return times(self.probability, self.tax)

    @property
    def mu(self) -> Decimal:
        """All its land, 亩."""
        return sum(self.land.values(), Decimal(0))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A lead that is not chosen, and why."""

    code: str
    name: str
    reasons: tuple[Reason, ...]


def is_live(values: Mapping[str, Any], probabilities: Mapping[str, Decimal] = STAGE_PROBABILITIES) -> bool:
    """Return whether a lead still waits for land or money: active, and not past the stages that have a probability."""
    stage = values.get("stage")
    return values.get("status") in LIVE_STATUSES and (stage is None or stage in probabilities)


def candidate_of(
    values: Mapping[str, Any],
    judgement: Judgement,
    *,
    probabilities: Mapping[str, Decimal] = STAGE_PROBABILITIES,
    taxonomy: Taxonomy = TAXONOMY,
    rates: Mapping[str, Decimal] | None = None,
) -> Candidate | LeftOut:
    """Return the lead as a candidate, or every reason why it cannot be one.

    Args:
        values: the lead's record.
        judgement: the threshold verdict on it, with the land and tax it was made for.
        probabilities: of success, by stage; the lead's own probability goes before.
        taxonomy: for the six industries.
        rates: CNY for one unit of a currency.
    """
    code, name = values.get("code") or values.get("name") or "", values.get("name") or ""
    reasons = list(_hard(judgement))
    land, tax = _land(judgement), _tax(values, judgement, rates or {})
    if land is None and not reasons:
        reasons.append(Reason("allocation.land_unknown"))
    if tax is None and "annual_tax" not in judgement.missing:
        reasons.append(Reason("allocation.tax_unknown"))
    probability = _probability(values, probabilities)
    if isinstance(probability, Reason):
        reasons.append(probability)
    need = need_from_values(values, taxonomy, rates)
    fund = _fund(values.get("financing_need"), need)
    if isinstance(fund, Reason):
        reasons.append(fund)
    if reasons or land is None or tax is None or isinstance(probability, Reason) or isinstance(fund, Reason):
        return LeftOut(code, name, tuple(reasons))
    stated = values.get("financing_need") is not None
    return Candidate(code, name, land, fund, tax, probability, need.fields, stated)


def _hard(judgement: Judgement) -> list[Reason]:
    """Return why the threshold keeps a lead out: anything but met, or not applicable because it takes no land."""
    if judgement.verdict in (Verdict.MET, Verdict.NOT_APPLICABLE):
        return [Reason("allocation.consult")] if judgement.refer else []
    return [Reason("allocation.threshold", {"verdict": judgement.verdict.value, "missing": judgement.missing})]


def _land(judgement: Judgement) -> dict[str, Decimal] | None:
    """Return the land by area as it was judged; None when a plot's area or size is not known."""
    land: dict[str, Decimal] = {}
    for plot in judgement.plots:
        if plot.land is None or plot.land.high is None:
            return None
        if plot.land.high:
            if plot.area is None:
                return None
            land[plot.area] = land.get(plot.area, Decimal(0)) + plot.land.high
    return land


def _tax(values: Mapping[str, Any], judgement: Judgement, rates: Mapping[str, Decimal]) -> Decimal | None:
    """Return the tax at full production, of a range the lower end."""
    if judgement.tax is not None:
        return judgement.tax.low
    money = in_cny(values.get("annual_tax"), rates)
    return None if money is None else money.low


def _probability(values: Mapping[str, Any], probabilities: Mapping[str, Decimal]) -> Decimal | Reason:
    own: Number | None = values.get("probability")
    if own is not None:
        exact = own.exact
        if exact is None or not 0 <= exact <= 1:
            return Reason("allocation.probability", {"text": own})
        return exact
    stage = values.get("stage")
    if stage is None:
        return Reason("allocation.no_stage")
    return probabilities.get(stage, Reason("allocation.stage_past", {"stage_code": stage}))


def _fund(stated: Money | None, need: Need) -> Decimal | Reason:
    """Return what the lead asks from funds, nothing when it states no need; a sum nobody can read is a reason."""
    if stated is None:
        return Decimal(0)
    most = None if need.financing is None else asked(need.financing)
    return Reason("allocation.fund_unknown", {"text": stated.text or stated.currency}) if most is None else most
