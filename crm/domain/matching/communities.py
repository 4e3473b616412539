"""A lead against a research community: hard constraints HC1–HC7, then points (matching.md §3, decisions 30, 31).

Every constraint is looked at, so that a refusal lists all its reasons. What the community has not recorded is 待核:
it refuses nothing and earns nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from crm.domain.matching.compare import asked, enough, known, last_day, months_late, months_later
from crm.domain.matching.countries import country_codes
from crm.domain.matching.land import MET, NOT_MET, LandGate
from crm.domain.matching.need import LIMITS, Need, plain_word
from crm.domain.matching.reasons import Assessment, Criterion, Exact, Result, code_order, is_refused, total
from crm.domain.matching.taxonomy import TAXONOMY, Taxonomy
from crm.domain.matching.weights import Weights
from crm.domain.quantities.values import PartialDate, Span
from crm.domain.reasons import Reason

NO_INDUSTRY = Reason("industry.not_stated")
_NO_SPACE = Span(Decimal(0), Decimal(0))


@dataclass(frozen=True, slots=True)
class Community:
    """A research community made ready for many comparisons. None is: nobody recorded it.

    Attributes:
        fields: after aliases; ``words`` as entered.
        space: kind -> m² free; a kind it does not list it does not have.
        environment: abilities, made comparable.
        platforms: name -> the field it serves.
        international: ISO codes of the countries it has a platform with.
        ready_last: the last day of ``ready``.
        slot: an empty entry (待补录): nothing but a place in the list of twelve.
    """

    code: str
    name: str
    order: tuple[tuple[str, int], ...]
    area: str | None
    words: tuple[str, ...]
    fields: frozenset[str]
    space: Mapping[str, Span] | None
    limits: Mapping[str, Span]
    environment: frozenset[str] | None
    platforms: tuple[tuple[str, str | None], ...] | None
    international: frozenset[str] | None
    ready: PartialDate | None
    ready_last: date | None
    status: str | None
    slot: bool


def community_from_values(values: Mapping[str, Any], taxonomy: Taxonomy = TAXONOMY) -> Community:
    """Return a community from its record (field name -> domain value, missing or None = unknown)."""
    words = tuple(values.get("fields") or ())
    environment, international, platforms = (values.get(name) for name in ("environment", "international", "platforms"))
    ready, status = values.get("ready"), values.get("status")
    space = {kind: span for kind, span in (values.get("space") or {}).items() if span is not None} or None
    code = values.get("code") or values.get("name") or ""
    return Community(
        code=code,
        name=values.get("name") or "",
        order=code_order(code),
        area=values.get("area"),
        words=words,
        fields=frozenset(taxonomy.fields(words)),
        space=space,
        limits={name: span for name in LIMITS if (span := known(values.get(name))) is not None},
        environment=None if environment is None else frozenset(map(plain_word, environment)),
        platforms=None if platforms is None else tuple((one.name, _field(one.field, taxonomy)) for one in platforms),
        international=None if international is None else frozenset(c for t in international for c in country_codes(t)),
        ready=ready,
        ready_last=None if ready is None else last_day(ready),
        status=status,
        slot=status == "slot" or (status is None and not words and space is None),
    )


def assess_community(need: Need, community: Community, gate: LandGate, weights: Weights) -> Assessment:
    """Return everything one community means to a lead: all criteria, and the points unless it is refused.

    Without the lead's industry nothing is proposed: what is not refused waits for it (★ in matching.md §2).
    """
    if community.slot:
        empty = Criterion("status", Result.NOT_MET, Reason("status.slot"))
        return Assessment(community.code, community.name, community.order, (empty,), ready=False)
    criteria = _hard(need, community, gate)
    if is_refused(criteria):
        return Assessment(community.code, community.name, community.order, tuple(criteria))
    if not need.fields:
        return Assessment(community.code, community.name, community.order, tuple(criteria), waits_for=(NO_INDUSTRY,))
    relation = industry_level(need, community)
    function, space = _space_levels(need, community, weights)
    platform, platform_level = _platform(need, community, weights)
    international, international_level = _international(need, community)
    delivery, delivery_level = _delivery(need, community, weights)
    points = weights.community
    parts: dict[str, Exact] = {
        "industry": points["industry"][relation],
        "function": points["function"][function],
        "space": points["space"][space],
        "platform": points["platform"][platform_level],
        "international": points["international"][international_level],
        "delivery": points["delivery"][delivery_level],
    }
    criteria += (platform, international, delivery)
    return Assessment(community.code, community.name, community.order, tuple(criteria), parts, total(parts.values()))


def _hard(need: Need, community: Community, gate: LandGate) -> list[Criterion]:
    """Return HC1–HC7 in the order in which refusals are listed."""
    criteria = [_status(community), *_spaces(need, community)]
    if need.limits:
        criteria += [_limit(name, asks, community.limits.get(name)) for name, asks in need.limits.items()]
    if need.environment:
        criteria.append(_environment(need.environment, community))
    criteria += (policy(need), _threshold(community, gate), _industry(need, community))
    return criteria


_OPEN = Criterion("status", Result.MET, Reason("status.open"))
_STATUS_UNKNOWN = Criterion("status", Result.UNKNOWN, Reason("status.unknown"))


def _status(community: Community) -> Criterion:
    if community.status == "open":
        return _OPEN
    if community.status is None:
        return _STATUS_UNKNOWN
    return Criterion("status", Result.NOT_MET, Reason(f"status.{community.status}"))


_SPACE_NOT_STATED = Criterion("space", Result.UNKNOWN, Reason("space.not_stated"))
_SPACE_NOT_NEEDED = Criterion("space", Result.MET, Reason("space.not_needed"))


def _spaces(need: Need, community: Community) -> list[Criterion]:
    """Return HC2, one criterion for each kind of space."""
    if need.space is None:
        return [_SPACE_NOT_STATED]
    if not need.space:
        return [_SPACE_NOT_NEEDED]
    return [_kind_of_space(kind, asks, community) for kind, asks in need.space.items()]


def _kind_of_space(kind: str, asks: Span, community: Community) -> Criterion:
    if community.space is None:
        return Criterion("space", Result.UNKNOWN, Reason("space.not_recorded", {"kind": kind, "need": asks}))
    there = community.space.get(kind, _NO_SPACE)
    result = enough(asks, there)
    return Criterion("space", result, Reason(f"space.{result.value}", {"kind": kind, "need": asks, "there": there}))


def _limit(name: str, asks: Span, there: Span | None) -> Criterion:
    result = enough(asks, there)
    code = f"{name}.not_recorded" if there is None else f"{name}.{result.value}"
    return Criterion(name, result, Reason(code, {"need": asks, "there": there}))


def _environment(needs: Mapping[str, str], community: Community) -> Criterion:
    """Return HC4: every ability asked must be there."""
    wanted = tuple(needs.values())
    if community.environment is None:
        return Criterion("environment", Result.UNKNOWN, Reason("environment.not_recorded", {"needs": wanted}))
    lacking = tuple(word for plain, word in needs.items() if plain not in community.environment)
    if lacking:
        return Criterion("environment", Result.NOT_MET, Reason("environment.not_met", {"needs": lacking}))
    return Criterion("environment", Result.MET, Reason("environment.met", {"needs": wanted}))


_NO_LIST = Criterion("negative_list", Result.UNKNOWN, Reason("negative_list.unknown"))
_NOT_FORBIDDEN = Criterion("negative_list", Result.MET, Reason("negative_list.met"))


def policy(need: Need) -> Criterion:
    """Return HC5: the negative list. Without a list, or without the lead's class, a person checks."""
    if need.forbidden is None:
        return _NO_LIST
    if need.forbidden:
        return Criterion("negative_list", Result.NOT_MET, Reason("negative_list.not_met", {"class": need.gbt4754}))
    return _NOT_FORBIDDEN


_NO_LAND_HERE = Criterion("threshold", Result.MET, Reason("threshold.no_land"))


def _threshold(community: Community, gate: LandGate) -> Criterion:
    """Return HC6: a lead that takes land in the community's area must reach the threshold there.

    Where it will take land is for the lead to say: an area it only might choose refuses nothing.
    """
    verdict = gate.verdict_in(community.area)
    if verdict is None:
        return _NO_LAND_HERE
    if verdict == NOT_MET and not gate.areas:
        return Criterion("threshold", Result.UNKNOWN, Reason("threshold.would_miss", {"area": community.area}))
    result = {MET: Result.MET, NOT_MET: Result.NOT_MET}.get(verdict, Result.UNKNOWN)
    return Criterion(
        "threshold", result, Reason(f"threshold.{result.value}", {"area": community.area, "verdict": verdict})
    )


def industry_level(need: Need, community: Community) -> str:
    """Return ``same``, ``family``, ``none`` or ``unknown``: the best of all fields on both sides."""
    if not need.fields or not community.fields:
        return "unknown"
    if need.fields & community.fields:
        return "same"
    return "family" if need.relatives & community.fields else "none"


def _industry(need: Need, community: Community) -> Criterion:
    level = industry_level(need, community)
    if level == "unknown":
        reason = Reason("industry.not_recorded") if need.fields else NO_INDUSTRY
        return Criterion("industry", Result.UNKNOWN, reason)
    if level == "same":
        shared = tuple(word for word, field in need.words.items() if field in community.fields)
        return Criterion("industry", Result.MET, Reason("industry.same", {"lead": shared}))
    result = Result.NOT_MET if level == "none" else Result.MET
    words = {"lead": tuple(need.words), "there": community.words}
    return Criterion("industry", result, Reason(f"industry.{level}", words))


def _space_levels(need: Need, community: Community, weights: Weights) -> tuple[str, str]:
    """Return the levels of 功能契合 and 空间适配; the worst ratio of need to what is there counts."""
    if need.space is None or community.space is None:
        return "unknown", "unknown"
    function, level = "full", "full"
    for kind, asks in need.space.items():
        there, most = community.space.get(kind, _NO_SPACE), asked(asks)
        if kind not in community.space:
            function = "unknown"
        if most is None or there.low is None or most > there.low:
            level = "unknown"
        elif level == "full" and most > weights.easy_share * there.low:
            level = "tight"
    return function, level


def _platform(need: Need, community: Community, weights: Weights) -> tuple[Criterion, str]:
    """Return how many platforms serve the lead's field or a related one."""
    if community.platforms is None:
        return Criterion("platform", Result.UNKNOWN, Reason("platform.not_recorded"), hard=False), "unknown"
    related = sum(field in need.relatives for _name, field in community.platforms)
    open_fields = sum(field is None for _name, field in community.platforms)
    reason = Reason("platform.count", {"count": related})
    if related >= weights.full_platforms:
        return Criterion("platform", Result.MET, reason, hard=False), "full"
    if related:
        return Criterion("platform", Result.MET, reason, hard=False), "one"
    if open_fields:
        return Criterion("platform", Result.UNKNOWN, Reason("platform.no_field"), hard=False), "unknown"
    return Criterion("platform", Result.NOT_MET, Reason("platform.none"), hard=False), "none"


_DOMESTIC = Criterion("international", Result.MET, Reason("international.domestic"), hard=False)


def _international(need: Need, community: Community) -> tuple[Criterion, str]:
    """Return whether an investor from outside 境内 finds a platform with its country; without one, half."""
    if not need.foreign:
        return _DOMESTIC, "domestic"
    if community.international is None:
        reason = Reason("international.not_recorded", {"countries": need.foreign})
        return Criterion("international", Result.UNKNOWN, reason, hard=False), "unknown"
    matching = tuple(code for code in need.foreign if code in community.international)
    if matching:
        reason = Reason("international.match", {"countries": matching})
        return Criterion("international", Result.MET, reason, hard=False), "full"
    reason = Reason("international.none", {"countries": need.foreign})
    return Criterion("international", Result.NOT_MET, reason, hard=False), "none"


def _delivery(need: Need, community: Community, weights: Weights) -> tuple[Criterion, str]:
    """Return whether the space is ready when it is needed; half the points up to some months late."""
    if need.needed_last is None or community.ready_last is None:
        code = "delivery.not_stated" if need.needed_last is None else "delivery.not_recorded"
        return Criterion("delivery", Result.UNKNOWN, Reason(code), hard=False), "unknown"
    dates: dict[str, object] = {"ready": community.ready, "needed": need.needed_by}
    if community.ready_last <= need.needed_last:
        return Criterion("delivery", Result.MET, Reason("delivery.met", dates), hard=False), "full"
    late = community.ready_last <= months_later(need.needed_last, weights.late_months)
    dates["months"] = months_late(community.ready_last, need.needed_last)
    criterion = Criterion("delivery", Result.NOT_MET, Reason("delivery.late", dates), hard=False)
    return criterion, "late" if late else "none"


def _field(word: str | None, taxonomy: Taxonomy) -> str | None:
    return taxonomy.field(word) if word else None
