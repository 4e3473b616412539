"""The words of a match, in the language in use: reasons, parts, what would change, what to ask next (matching.md §6).

The same sentences go to the command line, the window and the pages. 落地贡献 is never put into words (decisions 32).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from crm.domain.fields.codes import AREAS, FUND_ORIGINS, LAND_USES, PLOT_STATUSES, STAGES
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.fields.words import label_of, list_mark
from crm.domain.matching.board import resource_name
from crm.domain.matching.communities import policy
from crm.domain.matching.counterfactuals import Change
from crm.domain.matching.countries import BORDER_REGIONS, country_name
from crm.domain.matching.funds import Fund, ticket
from crm.domain.matching.match import Match, Side
from crm.domain.matching.need import Need
from crm.domain.matching.plots import PlotOffer, PlotSide
from crm.domain.matching.reasons import Assessment, Criterion, Exact
from crm.domain.matching.weights import Weights
from crm.domain.matching.words import ACTIONS, BANDS, CRITERIA, QUESTIONS, SENTENCES, SPACE_PART
from crm.domain.quantities import PartialDate, Span, decimal_text
from crm.domain.quantities.currencies import BY_CODE
from crm.domain.reasons import Reason
from crm.domain.thresholds.explain import field_text, verdict_text
from crm.domain.thresholds.judgement import Verdict
from crm.i18n import _, current_language

QUESTIONS_AT_ONCE = 3
SQUARE_METRES_PER_HEAD = 12
"""Office and research space for one person when nobody said more (matching.md §5, common practice)."""

FUNDS_IN_FULL = 10
PLOTS_IN_FULL = 5
_SHOWN = 100  # points are shown to the hundredth
_NAMED_AT_ONCE = 6


def sentence(reason: Reason) -> str:
    """Return a reason in words, without a full stop."""
    template = _template(reason.code, current_language())
    if not reason.parameters:
        return template
    metres = "ceiling_height" in reason.code
    words = {name: _word(name, value, metres=metres) for name, value in reason.parameters.items()}
    return template.format(**words)


@cache
def _template(code: str, _language: str) -> str:
    """Return a sentence with its places open, looked up once for each language: a match has hundreds."""
    return _(SENTENCES[code])


def points(number: Exact) -> str:
    """Return points for people: two decimals at most, rounded half up."""
    above, below = number.as_integer_ratio()
    hundredths = (2 * above * _SHOWN + below) // (2 * below)
    return decimal_text(Decimal(hundredths) / _SHOWN)


def part_name(name: str) -> str:
    """Return the name of a part of a score."""
    return _(SPACE_PART if name == "space" else CRITERIA[name])


def criterion_name(name: str) -> str:
    """Return the name of a criterion."""
    return _criterion_name(name, current_language())


@cache
def _criterion_name(name: str, _language: str) -> str:
    return _(CRITERIA[name])


def band_of(assessment: Assessment, weights: Weights) -> str:
    """Return the label of a proposed target; ``insufficient`` where its field or the lead's is not known."""
    if any(one.name in ("industry", "field") for one in assessment.unknown):
        return "insufficient"
    return weights.band(assessment.score)


def band_word(code: str) -> str:
    """Return a label in words."""
    return _(BANDS[code])


def action_word(code: str) -> str:
    """Return what to do about a fund, in words."""
    return _(ACTIONS[code])


def origin_word(code: str | None) -> str:
    """Return where a fund comes from, in words."""
    return label_of(FUND_ORIGINS, code) if code else _("origin not recorded")


def title(assessment: Assessment) -> str:
    """Return what to call a target: its name with its code, or the code while it has no name."""
    if not assessment.name or assessment.name == assessment.code:
        return assessment.code
    return _("{name} ({code})").format(name=assessment.name, code=assessment.code)


def refusal_text(assessment: Assessment) -> str:
    """Return all reasons of a refusal in one line."""
    return _("; ").join(sentence(reason) for reason in assessment.refusals)


def community_text(assessment: Assessment, weights: Weights) -> str:
    """Return a proposed community in one sentence: label, score, every part with its facts, what is to be checked."""
    parts = [
        _("{part} {points}/{full} ({why})").format(
            part=part_name(name),
            points=points(value),
            full=points(weights.community[name]["full"]),
            why=why_of_part(name, assessment),
        )
        for name, value in assessment.parts.items()
    ]
    text = _("{band}: {name} ({score} points): {parts}.").format(
        band=band_word(band_of(assessment, weights)),
        name=title(assessment),
        score=points(assessment.score),
        parts=_(", ").join(parts),
    )
    return text + _checks(assessment)


def fund_text(assessment: Assessment, fund: Fund, need: Need, weights: Weights) -> str:
    """Return a proposed fund in one sentence: what fits, ticket, gap, action, and what is to be checked."""
    size, gap = ticket(need, fund)
    fits = [sentence(one.reason) for one in assessment.criteria if one.name in ("field", "stage") and one.hard]
    sums = _("no ticket can be suggested yet")
    if size is not None and gap is not None:
        whole = _("suggested ticket {ticket} ten thousand yuan, no gap")
        rest = _("suggested ticket {ticket} ten thousand yuan, gap of {gap} ten thousand yuan to be co-invested")
        sums = (rest if gap else whole).format(ticket=decimal_text(size), gap=decimal_text(gap))
    text = _("{name} ({origin}; {score} points, {band}): {fits}, {sums}; {action}.").format(
        name=title(assessment),
        origin=origin_word(fund.origin),
        score=points(assessment.score),
        band=band_word(band_of(assessment, weights)),
        fits=_(", ").join(fits),
        sums=sums,
        action=action_word(fund.action),
    )
    return text + _checks(assessment)


def change_text(change: Change) -> str:
    """Return what would change the answer, in words."""
    steps = _(", ").join(sentence(step) for step in change.steps)
    if change.gain is not None and change.at_most:
        return _("If {steps}: up to {gain} points more").format(steps=steps, gain=points(change.gain))
    if change.gain is not None:
        return _("If {steps}: {gain} points more").format(steps=steps, gain=points(change.gain))
    if change.score is not None:
        return _("If {steps}: it can be proposed ({score} points)").format(steps=steps, score=points(change.score))
    return steps


def missing_fields(match: Match, of_threshold: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the lead's fields whose lack costs an answer, the most useful first; then those of the threshold."""
    need, missing = match.need, []
    if not need.fields:
        missing.append("industry")
    if match.communities is not None:
        missing += [name for name, value in (("space", need.space), ("needed_by", need.needed_last)) if value is None]
    if match.funds is not None:
        financing = (("financing_need", need.financing), ("financing_stage", need.stage))
        missing += [name for name, value in financing if value is None]
        if need.landings is None and need.financing is not None:
            missing.append("landing")
    if need.financing_currency is not None and "financing_need" in missing:
        missing[missing.index("financing_need")] = f"rate:{need.financing_currency}"
    return tuple(dict.fromkeys((*missing, *of_threshold)))


def field_name(code: str) -> str:
    """Return what a code of ``missing_fields`` is called."""
    return _(LEAD_FIELDS[code].label) if code in LEAD_FIELDS else field_text(code)


def questions(need: Need, missing: Iterable[str]) -> tuple[str, ...]:
    """Return what to ask next time: at most three questions, the most useful first."""
    lacking = set(missing)
    if "financing_need" in lacking:
        lacking.discard("financing_stage")  # its question asks for the round as well
    asked = [_(text) for field, text in QUESTIONS.items() if field in lacking]
    if "space" in lacking and need.rd_staff is not None and need.rd_staff.exact is not None:
        estimate = need.rd_staff.exact * SQUARE_METRES_PER_HEAD
        hint = _("(by {staff} research staff at {each} ㎡ each: about {estimate} ㎡, for reference)").format(
            staff=decimal_text(need.rd_staff.exact), each=SQUARE_METRES_PER_HEAD, estimate=decimal_text(estimate)
        )
        asked = [text + hint if text == _(QUESTIONS["space"]) else text for text in asked]
    return tuple(asked[:QUESTIONS_AT_ONCE])


def explanation(match: Match) -> str:
    """Return the whole match as lines of text: proposed, refused with all reasons, waiting."""
    lines = []
    for _key, side, _targets in match.premises:
        lines += [community_text(one, match.weights) for one in side.ranked]
        lines += grouped_refusals(side, _("Not proposed: {names}: {reasons}."))
        lines += waiting_lines(side)
    if match.plots is not None:
        lines += plot_lines(match.plots)
    if match.funds is not None:
        lines += _fund_lines(match, match.funds)
        lines += grouped_refusals(match.funds, _("Not matched: {names}: {reasons}."))
        lines += waiting_lines(match.funds)
    if match.need.forbidden is None:
        lines.append(_("{reason}.").format(reason=sentence(policy(match.need).reason)))
    return "\n".join(lines)


def plot_lines(side: PlotSide) -> list[str]:
    """Return the plots that can be proposed, then those refused with every reason, those alike together."""
    lines = [plot_text(one) for one in side.proposed[:PLOTS_IN_FULL]]
    if len(side.proposed) > PLOTS_IN_FULL:
        lines.append(_("Further plots that fit: {count}.").format(count=len(side.proposed) - PLOTS_IN_FULL))
    groups: dict[str, list[str]] = {}
    for one in side.refused:
        groups.setdefault(_("; ").join(sentence(reason) for reason in one.refusals), []).append(one.code)
    message = _("Plots not proposed: {names}: {reasons}.")
    return lines + [
        message.format(names=list_mark().join(codes[:_NAMED_AT_ONCE]), reasons=reasons)
        if len(codes) <= _NAMED_AT_ONCE
        else message.format(
            names=_("{names} and others, {count} in all").format(
                names=list_mark().join(codes[:_NAMED_AT_ONCE]), count=len(codes)
            ),
            reasons=reasons,
        )
        for reasons, codes in groups.items()
    ]


def plot_text(offer: PlotOffer) -> str:
    """Return a plot that can be proposed in one sentence; among officers, nothing is promised by it."""
    facts = _("; ").join(sentence(one.reason) for one in offer.criteria)
    return _("Intended site that can be proposed: plot {code}: {facts}.").format(code=offer.code, facts=facts)


def _fund_lines(match: Match, side: Side) -> list[str]:
    """Return the best funds in full; of the others how many there are: nobody reads forty sentences."""
    funds = {fund.code: fund for fund in match.targets.funds}
    best = side.ranked[:FUNDS_IN_FULL]
    lines = [fund_text(one, funds[one.code], match.need, match.weights) for one in best]
    if len(side.ranked) > len(best):
        lines.append(_("Further funds that fit: {count}.").format(count=len(side.ranked) - len(best)))
    return lines


def grouped_refusals(side: Side, message: str) -> list[str]:
    """Return the refused targets in lines, those with the very same reasons together.

    Args:
        side: communities or funds.
        message: with the places ``names`` and ``reasons``.
    """
    groups: dict[str, list[Assessment]] = {}
    for one in side.refused:
        groups.setdefault(refusal_text(one), []).append(one)
    return [message.format(names=_names(group), reasons=reasons) for reasons, group in groups.items()]


def waiting_lines(side: Side) -> list[str]:
    """Return which targets wait for the lead's data, and for what; no line when none does."""
    if not side.waiting:
        return []
    why = _("; ").join(sentence(reason) for reason in side.waiting[0].waits_for)
    return [_("Compared once the lead says more: {names} ({why}).").format(names=_names(side.waiting), why=why)]


def _names(group: Sequence[Assessment]) -> str:
    """Return the titles of a group; of a long one the first few and how many there are."""
    shown = list_mark().join(title(one) for one in group[:_NAMED_AT_ONCE])
    if len(group) <= _NAMED_AT_ONCE:
        return shown
    return _("{names} and others, {count} in all").format(names=shown, count=len(group))


def why_of_part(part: str, assessment: Assessment) -> str:
    """Return the facts behind a part of a community's score."""
    if part == "function":
        space = [one for one in assessment.criteria if one.name == "space"]
        there = all(one.reason.code in ("space.met", "space.unknown", "space.not_needed") for one in space)
        return _("all functions are there") if there else sentence(space[0].reason)
    return _("; ").join(sentence(one.reason) for one in assessment.criteria if one.name == part)


def _checks(assessment: Assessment) -> str:
    """Return the hard constraints that a person must look at, as a sentence of its own; "" when there are none."""
    open_points = dict.fromkeys(criterion_name(one.name) for one in _hard_and_unknown(assessment))
    return _(" To be checked: {names}.").format(names=list_mark().join(open_points)) if open_points else ""


def _hard_and_unknown(assessment: Assessment) -> list[Criterion]:
    """Return what a person must look at for this target; the negative list is told once for the lead."""
    return [one for one in assessment.unknown if one.hard and one.name != "negative_list"]


def _word(name: str, value: Any, *, metres: bool) -> str:  # noqa: ANN401  (a parameter of any reason)
    """Return one parameter of a reason in words."""
    if isinstance(value, Decimal):
        return _metres(value) if metres else decimal_text(value)
    if isinstance(value, Span):
        return _range(value, metres=metres)
    if isinstance(value, tuple):
        return _list(name, value)
    if isinstance(value, PartialDate):
        return str(value)
    return _named(name, value)


def _named(name: str, value: Any) -> str:  # noqa: ANN401  (a parameter of any reason)
    if value is None:
        return _("not recorded")
    write = _NAMERS.get(name)
    return str(value) if write is None else write(value)


def _currency(code: str) -> str:
    """Return the name of a currency."""
    return _(BY_CODE[code].name)


def _list(name: str, values: tuple[Any, ...]) -> str:
    if name == "countries":
        return list_mark().join(_country(code) for code in values)
    if name == "uses":
        return list_mark().join(label_of(LAND_USES, code) for code in values)
    if name == "currencies":
        return list_mark().join(map(_currency, values))
    return ("/" if name == "stages" else list_mark()).join(str(value) for value in values)


def _country(code: str) -> str:
    name = country_name(code, chinese=current_language() == "zh_CN")
    return _("{region} (counts as from abroad)").format(region=name) if code in BORDER_REGIONS else name


def _range(span: Span, *, metres: bool) -> str:
    show = _metres if metres else decimal_text
    if span.exact is not None:
        return show(span.exact)
    if span.low is not None and span.high is not None:
        return f"{show(span.low)}–{show(span.high)}"
    if span.low is not None:
        return _("at least {number}").format(number=show(span.low))
    if span.high is not None:
        return _("at most {number}").format(number=show(span.high))
    return span.text or _("not stated")


def _metres(value: Exact) -> str:
    """Return a height: one decimal at least, 5.0."""
    text = decimal_text(value)
    return text if "." in text else f"{text}.0"


_NAMERS: Mapping[str, Callable[[Any], str]] = {
    "area": lambda code: label_of(AREAS, code),
    "plot_status": lambda code: label_of(PLOT_STATUSES, code),
    "wanted_use": lambda code: label_of(LAND_USES, code),
    "planned_use": lambda code: label_of(LAND_USES, code),
    "stage_code": lambda code: label_of(STAGES, code),
    "resource": resource_name,
    "criterion": criterion_name,
    "verdict": lambda code: verdict_text(Verdict(code)),
    "currency": _currency,
}
"""How a parameter of a reason that is a code is named."""
