"""What would change the answer: for a refused target what must give way, for a proposed one what would earn more.

Each change is tried for real: the lead or the target is changed and compared again, so the points it names are exact.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from crm.domain.matching.communities import Community, assess_community
from crm.domain.matching.compare import asked
from crm.domain.matching.funds import Fund, assess_fund
from crm.domain.matching.land import LandGate
from crm.domain.matching.match import Match
from crm.domain.matching.need import LIMITS, Need
from crm.domain.matching.reasons import Assessment, Criterion, Exact, Result
from crm.domain.quantities.values import Span
from crm.domain.reasons import Reason

MOST = 3
"""Changes told of one target: the most useful ones."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing, or several that must come together, that would change the answer.

    Attributes:
        steps: what must be otherwise.
        score: the score the target would then have; None when the change only opens the question.
        gain: the points it would add to a proposed target; ``at_most`` when it depends on what is found.
    """

    steps: tuple[Reason, ...]
    score: Exact | None = None
    gain: Exact | None = None
    at_most: bool = False


_SAY_MORE = Change((Reason("change.say_more"),))


def community_changes(match: Match, community: Community, assessment: Assessment) -> tuple[Change, ...]:
    """Return what would change the answer about one community, the most useful first."""
    if not assessment.ready:
        return (Change((Reason("change.fill_in"),)),)
    if assessment.refusals:
        change = _admitted_community(match, community, assessment)
        return () if change is None else (change,)
    if assessment.waits_for:
        return (_SAY_MORE,)
    doubts = _doubts(assessment.criteria)
    return (*doubts, *_best(_community_gains(match, community, assessment)))[:MOST]


def fund_changes(match: Match, fund: Fund, assessment: Assessment) -> tuple[Change, ...]:
    """Return what would change the answer about one fund, the most useful first."""
    if not assessment.ready:
        return (Change((Reason("change.fill_in"),)),)
    if assessment.refusals:
        change = _admitted_fund(match, fund, assessment)
        return () if change is None else (change,)
    if assessment.waits_for:
        return (_SAY_MORE,)
    return _best(_fund_gains(match, fund, assessment))[:MOST]


def _best(gains: Iterable[Change]) -> tuple[Change, ...]:
    """Return the changes that add points, the most first."""
    useful = [change for change in gains if change.gain]
    return tuple(sorted(useful, key=lambda change: change.gain or Decimal(0), reverse=True))


def _doubts(criteria: Iterable[Criterion]) -> tuple[Change, ...]:
    """Return the hard constraints of a building that are still open: one that turns out badly refuses the target."""
    wanted = ("space", *LIMITS, "environment", "threshold")
    names = dict.fromkeys(
        one.name
        for one in criteria
        if one.hard and one.result is Result.UNKNOWN and one.name in wanted and one.reason.code != "space.not_stated"
    )
    return tuple(Change((Reason("change.check", {"criterion": name}),)) for name in names)


def _admitted_community(match: Match, community: Community, assessment: Assessment) -> Change | None:
    """Return the change that would admit a refused community, or None when no small one does."""
    need, gate, there, steps = match.need, match.gate, community, []
    for one in assessment.criteria:
        if not one.hard or one.result is not Result.NOT_MET:
            continue
        if one.name == "space":
            need, step = _less_space(need, community, str(one.reason.parameters["kind"]))
        elif one.name in LIMITS:
            need, step = _lower_limit(need, community, one.name)
        elif one.name == "status":
            there, step = replace(community, status="open"), Reason(f"change.status.{community.status}")
        elif one.name == "threshold":
            gate, step = LandGate("met"), Reason("change.threshold", {"area": community.area})
        else:
            return None
        if step is None:
            return None
        steps.append(step)
    after = assess_community(need, there, gate, match.weights)
    return Change(tuple(steps), score=after.score) if after.parts else None


def _less_space(need: Need, community: Community, kind: str) -> tuple[Need, Reason | None]:
    """Return the lead asking for no more of a kind than there is; no step where there is none at all."""
    there = (community.space or {}).get(kind)
    if need.space is None or there is None or not there.low:
        return need, None
    less = replace(need, space={**need.space, kind: Span(there.low, there.low)})
    return less, Reason("change.space", {"kind": kind, "to": there.low})


def _lower_limit(need: Need, community: Community, name: str) -> tuple[Need, Reason | None]:
    """Return the lead asking for no more height, load or power than there is."""
    there = community.limits.get(name)
    if need.limits is None or there is None or not there.low:
        return need, None
    lower = replace(need, limits={**need.limits, name: Span(there.low, there.low)})
    return lower, Reason(f"change.{name}", {"to": there.low})


def _community_gains(match: Match, community: Community, assessment: Assessment) -> list[Change]:
    """Return what would earn a proposed community more points."""
    need, points, parts = match.need, match.weights.community, assessment.parts
    changes = [_open_part(one, _minus(points[one.name]["full"], parts[one.name])) for one in _open(assessment)]
    if community.ready is not None and need.needed_last is not None and parts["delivery"] < points["delivery"]["full"]:
        later = replace(need, needed_by=community.ready, needed_last=community.ready_last)
        changes.append(_gain(match, assessment, community, later, Reason("change.later", {"to": community.ready})))
    changes += _easier_space(match, community, assessment)
    if community.platforms is not None and parts["platform"] < points["platform"]["full"]:
        one_more = replace(community, platforms=(*community.platforms, ("", next(iter(sorted(need.fields))))))
        changes.append(_gain(match, assessment, one_more, need, Reason("change.platform")))
    if need.foreign and community.international is not None and not parts["international"]:
        partner = replace(community, international=community.international | {need.foreign[0]})
        step = Reason("change.international", {"countries": need.foreign[:1]})
        changes.append(_gain(match, assessment, partner, need, step))
    return changes


def _easier_space(match: Match, community: Community, assessment: Assessment) -> list[Change]:
    """Return the change by which space that is just enough would fit with ease."""
    need, full = match.need, match.weights.community["space"]["full"]
    if not need.space or community.space is None or not 0 < assessment.parts["space"] < full:
        return []
    steps, easier = [], dict(need.space)
    for kind, asks in need.space.items():
        there, most = community.space[kind].low, asked(asks)
        if there is not None and most is not None and most > match.weights.easy_share * there:
            to = match.weights.easy_share * there
            easier[kind] = Span(to, to)
            steps.append(Reason("change.space", {"kind": kind, "to": to}))
    return [_gain(match, assessment, community, replace(need, space=easier), *steps)]


def _gain(match: Match, before: Assessment, community: Community, need: Need, *steps: Reason) -> Change:
    after = assess_community(need, community, match.gate, match.weights)
    return Change(steps, score=after.score, gain=_minus(after.score, before.score))


def _open(assessment: Assessment) -> list[Criterion]:
    """Return the unknown criteria that are a part of the score, each once."""
    return list({one.name: one for one in assessment.unknown if one.name in assessment.parts}.values())


def _open_part(criterion: Criterion, gain: Exact) -> Change:
    return Change((Reason("change.fill_in_fact", {"criterion": criterion.name}),), gain=gain, at_most=True)


def _admitted_fund(match: Match, fund: Fund, assessment: Assessment) -> Change | None:
    """Return the change that would admit a refused fund, or None when no small one does."""
    need, there, steps = match.need, fund, []
    for reason in assessment.refusals:
        if reason.code == "fund.need_too_small" and fund.ticket_low is not None:
            need = replace(need, financing=Span(fund.ticket_low, fund.ticket_low))
            steps.append(Reason("change.need_larger", {"to": fund.ticket_low}))
        elif reason.code == "fund.period_over":
            there = replace(there, invest_until=None, invest_until_last=match.on)
            steps.append(Reason("change.period"))
        elif reason.code == "fund.cap_below_low" and fund.ticket_low is not None:
            there = replace(there, cap=fund.ticket_low)
            steps.append(Reason("change.cap", {"to": fund.ticket_low}))
        else:
            return None
    after = assess_fund(need, there, match.on, match.weights)
    return Change(tuple(steps), score=after.score) if after.parts else None


def _fund_gains(match: Match, fund: Fund, assessment: Assessment) -> list[Change]:
    """Return what would earn a proposed fund more points; landing is never told (decisions 32)."""
    need, points, parts = match.need, match.weights.fund, assessment.parts
    changes = [_open_part(one, _minus(points[one.name]["full"], parts[one.name])) for one in _open(assessment)]
    most = None if need.financing is None else asked(need.financing)
    if most is not None and fund.cap is not None and not fund.cap_open and most > fund.cap:
        covered = replace(need, financing=Span(fund.cap, fund.cap))
        after = assess_fund(covered, fund, match.on, match.weights)
        if after.parts:
            step = Reason("change.need_smaller", {"to": fund.cap})
            changes.append(Change((step,), score=after.score, gain=_minus(after.score, assessment.score)))
    return changes


def _minus(after: Exact, before: Exact) -> Exact:
    return Fraction(after) - Fraction(before)
