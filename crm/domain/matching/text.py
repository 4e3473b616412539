"""A match as a terminal shows it: the answer first, every reason under it, then what is missing and what to ask.

落地贡献 is inside the score and in the document for scripts, never printed (decisions 32).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from crm.domain.fields.words import list_mark
from crm.domain.matching import explain
from crm.domain.matching.communities import Community, policy
from crm.domain.matching.counterfactuals import Change, community_changes, fund_changes
from crm.domain.matching.match import Match, Side
from crm.domain.matching.reasons import Assessment, Criterion, Result
from crm.i18n import _

FUNDS_SHOWN = 10
_TOLD_ONCE = "negative_list"
"""It is the same for every target, so it is told with the lead."""
_MARKS = {Result.MET: "✓", Result.NOT_MET: "✗", Result.UNKNOWN: "?"}
_Changes = Callable[[Assessment], Sequence[Change]]


def match_text(match: Match, title: str, threshold: str, missing: Sequence[str]) -> str:
    """Return the match of a lead for a terminal.

    Args:
        match: of the lead.
        title: what to call the lead.
        threshold: the conclusion on the land-tax threshold, in words.
        missing: codes of what the lead must still say.
    """
    lines = [title, threshold]
    if match.need.forbidden is None:
        lines.append(explain.sentence(policy(match.need).reason))
    names = {"communities": _("Research communities"), "carriers": _("Carriers")}
    for key, side, targets in match.premises:
        lines += ["", _heading(names[key], side), *_premises(match, side, targets)]
    if match.plots is not None:
        lines += ["", _("Plots of land"), *(f"  {line}" for line in explain.plot_lines(match.plots))]
    if match.funds is not None:
        lines += ["", _heading(_("Funds"), match.funds), *_funds(match, match.funds)]
    return "\n".join([*lines, *_next(match, missing)])


def _heading(name: str, side: Side) -> str:
    """Return the name of a side with its counts; the first is always told."""
    counts = (
        (_("{number} proposed"), len(side.ranked)),
        (_("{number} not proposed"), len(side.refused) - len(side.not_ready)),
        (_("{number} waiting for data"), len(side.waiting)),
        (_("{number} still to be entered"), len(side.not_ready)),
    )
    told = [text.format(number=number) for place, (text, number) in enumerate(counts) if number or not place]
    return _("{name}: {why}").format(name=name, why=_(", ").join(told))


def _premises(match: Match, side: Side, targets: Mapping[str, Community]) -> Iterator[str]:
    def changes(one: Assessment) -> Sequence[Change]:
        return community_changes(match, targets[one.code], one)

    for place, one in enumerate(side.ranked, start=1):
        yield _headline(place, one, match)
        yield from _parts(one, match)
        yield from (f"     {_criterion(each)}" for each in one.criteria if each.name not in (*one.parts, _TOLD_ONCE))
        yield from _would_change(one, changes)
    yield from _rest(side, changes)


def _funds(match: Match, side: Side) -> Iterator[str]:
    targets = {one.code: one for one in match.targets.funds}

    def changes(one: Assessment) -> Sequence[Change]:
        return fund_changes(match, targets[one.code], one)

    for place, one in enumerate(side.ranked[:FUNDS_SHOWN], start=1):
        fund = targets[one.code]
        yield _headline(place, one, match)
        yield f"     {explain.origin_word(fund.origin)} · {explain.action_word(fund.action)}"
        yield from (f"     {_criterion(each)}" for each in one.criteria if each.name != _TOLD_ONCE)
        yield from _would_change(one, changes)
    if len(side.ranked) > FUNDS_SHOWN:
        yield "  " + _("Further funds that fit: {count}.").format(count=len(side.ranked) - FUNDS_SHOWN)
    yield from _rest(side, changes)


def _headline(place: int, one: Assessment, match: Match) -> str:
    band = explain.band_word(explain.band_of(one, match.weights))
    return _("  {place}. {name}  {score} points  {band}").format(
        place=place, name=explain.title(one), score=explain.points(one.score), band=band
    )


def _parts(one: Assessment, match: Match) -> Iterator[str]:
    """Return a line for each part of a community's score, with the facts behind it."""
    for name, value in one.parts.items():
        full = match.weights.community[name]["full"]
        results = [each.result for each in one.criteria if each.name == name]
        mark = _MARKS[max(results, key=list(_MARKS).index, default=Result.MET)]
        text = _("{part} {points}/{full} ({why})").format(
            part=explain.part_name(name),
            points=explain.points(value),
            full=explain.points(full),
            why=explain.why_of_part(name, one),
        )
        yield f"     {mark} {text}"


def _criterion(criterion: Criterion) -> str:
    name, why = explain.criterion_name(criterion.name), explain.sentence(criterion.reason)
    return f"{_MARKS[criterion.result]} " + _("{name}: {why}").format(name=name, why=why)


def _would_change(one: Assessment, changes: _Changes) -> Iterator[str]:
    for change in changes(one):
        yield f"     → {explain.change_text(change)}"


def _rest(side: Side, changes: _Changes) -> Iterator[str]:
    """Return the refused, those with the same reasons together, what would admit them, and those that wait."""
    for line in explain.grouped_refusals(side, _("✗ {names}: {reasons}")):
        yield f"  {line}"
    for one in side.refused:
        if one.ready:
            for change in changes(one):
                yield f"     → {explain.title(one)} {explain.change_text(change)}"
    for line in explain.waiting_lines(side):
        yield f"  ? {line}"


def _next(match: Match, missing: Sequence[str]) -> list[str]:
    """Return what is missing, what to ask next, and what all this was made with."""
    lines = []
    shown = [explain.field_name(code) for code in missing if code != "landing"]
    if shown:
        lines += ["", _("Missing: {fields}").format(fields=list_mark().join(shown))]
    asked = explain.questions(match.need, missing)
    if asked:
        lines += ["", _("To ask next"), *(f"  {number}. {text}" for number, text in enumerate(asked, start=1))]
    made = _("Weights {version} ({source}), as of {day}").format(
        version=match.weights.version, source=_(match.weights.source), day=match.on.isoformat()
    )
    return [*lines, "", made]
