"""A match as the document of the command line (cli.md, ``match``): stable keys and codes, exact numbers as strings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm.domain.matching import explain
from crm.domain.matching.communities import Community
from crm.domain.matching.counterfactuals import community_changes, fund_changes
from crm.domain.matching.funds import ticket
from crm.domain.matching.match import Match, Side
from crm.domain.matching.plots import PlotOffer, PlotSide
from crm.domain.matching.reasons import Assessment, Criterion
from crm.domain.quantities import decimal_text


def match_document(match: Match, lead: str, threshold: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document of a match.

    Args:
        match: of one lead.
        lead: its code.
        threshold: the document of ``check`` for the lead, or at least its verdict.
    """
    missing = explain.missing_fields(match, threshold.get("missing", ()))
    document: dict[str, Any] = {"lead": lead, "weights_version": match.weights.version, "on": match.on.isoformat()}
    for key, side, targets in match.premises:
        document[key] = _premises(match, side, targets)
    if match.funds is not None:
        document["funds"] = _funds(match, match.funds)
    if match.plots is not None:
        document["plots"] = _plots(match.plots)
    return document | {
        "threshold": dict(threshold),
        "missing": list(missing),
        "questions": list(explain.questions(match.need, missing)),
        "explanation": explain.explanation(match),
    }


def _premises(match: Match, side: Side, targets: Mapping[str, Community]) -> dict[str, Any]:
    changes = {
        one.code: [explain.change_text(change) for change in community_changes(match, targets[one.code], one)]
        for one in (*side.ranked, *side.refused)
    }
    return {
        "recommended": [_proposed(one, match) | {"would_change": changes[one.code]} for one in side.ranked],
        "refused": [_refused(one, changes[one.code]) for one in side.refused],
        "not_ready": list(side.not_ready),
        "pending": [_pending(one) for one in side.waiting],
    }


def _funds(match: Match, side: Side) -> dict[str, Any]:
    targets = {one.code: one for one in match.targets.funds}
    recommended = []
    for one in side.ranked:
        fund = targets[one.code]
        size, gap = ticket(match.need, fund)
        recommended.append(
            _proposed(one, match)
            | {
                "action": fund.action,
                "action_text": explain.action_word(fund.action),
                "origin": fund.origin,
                "ticket_wan": None if size is None else decimal_text(size),
                "gap_wan": None if gap is None else decimal_text(gap),
                "would_change": [explain.change_text(change) for change in fund_changes(match, fund, one)],
            }
        )
    refused = [
        _refused(one, [explain.change_text(change) for change in fund_changes(match, targets[one.code], one)])
        for one in side.refused
    ]
    return {
        "recommended": recommended,
        "refused": refused,
        "not_ready": list(side.not_ready),
        "pending": [_pending(one) for one in side.waiting],
    }


def _plots(side: PlotSide) -> dict[str, Any]:
    def told(one: PlotOffer) -> dict[str, Any]:
        exact = None if one.land is None or one.land.exact is None else decimal_text(one.land.exact)
        return {"code": one.code, "area": one.area, "land_mu": exact, "criteria": _criteria(one.criteria)}

    def refused(one: PlotOffer) -> dict[str, Any]:
        codes = [reason.code for reason in one.refusals]
        return told(one) | {"reasons": [explain.sentence(each) for each in one.refusals], "reason_codes": codes}

    return {
        "recommended": [told(one) | {"text": explain.plot_text(one)} for one in side.proposed],
        "refused": [refused(one) for one in side.refused],
    }


def _proposed(one: Assessment, match: Match) -> dict[str, Any]:
    band = explain.band_of(one, match.weights)
    return {
        "code": one.code,
        "name": one.name,
        "score": decimal_text(one.score),
        "band": band,
        "band_text": explain.band_word(band),
        "parts": {name: decimal_text(value) for name, value in one.parts.items()},
        "criteria": _criteria(one.criteria),
    }


def _refused(one: Assessment, changes: Sequence[str]) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "reasons": [explain.sentence(reason) for reason in one.refusals],
        "reason_codes": [reason.code for reason in one.refusals],
        "would_change": list(changes),
    }


def _pending(one: Assessment) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "reasons": [explain.sentence(reason) for reason in one.waits_for],
    }


def _criteria(criteria: Sequence[Criterion]) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "label": explain.criterion_name(one.name),
            "result": one.result.value,
            "hard": one.hard,
            "reason": explain.sentence(one.reason),
        }
        for one in criteria
    ]
