"""What documents say about communities and funds: the very sentences of ``match`` (decisions 30–32, 15)."""

from __future__ import annotations

from collections.abc import Iterator

from crm.domain.dossier import LeadFacts
from crm.domain.matching.communities import policy
from crm.domain.matching.counterfactuals import community_changes, fund_changes
from crm.domain.matching.explain import (
    action_word,
    band_of,
    band_word,
    change_text,
    community_text,
    fund_text,
    grouped_refusals,
    missing_fields,
    plot_lines,
    plot_text,
    points,
    questions,
    sentence,
    title,
    waiting_lines,
)
from crm.domain.matching.match import Match, Side
from crm.domain.matching.reasons import Assessment
from crm.domain.thresholds.explain import field_text
from crm.i18n import _, pgettext
from reports.content import Align, Line, Note, Table, line
from reports.parts import grid, label

BEST = 3
"""Communities, and funds, that a brief names."""


def best_table(match: Match) -> Table | None:
    """Return the best communities and funds with their sentences; None when none can be proposed."""
    rows = [*_best_premises(match), *_best_funds(match), *_best_plots(match)]
    if not rows:
        return None
    heads = (pgettext("page", "Proposed"), pgettext("page", "Points"), pgettext("page", "Why"))
    return grid(heads, rows, (26, 16, 58), (Align.LEFT, Align.CENTRE, Align.LEFT))


def _best_premises(match: Match) -> Iterator[tuple[str, str, str]]:
    for _key, side, _targets in match.premises:
        for one in side.ranked[:BEST]:
            yield title(one), _score(one, match), community_text(one, match.weights)


def _best_plots(match: Match) -> Iterator[tuple[str, str, str]]:
    for one in (match.plots.proposed if match.plots is not None else ())[:BEST]:
        yield _("Plot {code}").format(code=one.code), "—", plot_text(one)


def _best_funds(match: Match) -> Iterator[tuple[str, str, str]]:
    funds = {fund.code: fund for fund in match.targets.funds}
    for one in _ranked(match.funds)[:BEST]:
        yield title(one), _score(one, match), fund_text(one, funds[one.code], match.need, match.weights)


def _score(one: Assessment, match: Match) -> str:
    return _("{points} points\n{band}").format(points=points(one.score), band=band_word(band_of(one, match.weights)))


def _ranked(side: Side | None) -> tuple[Assessment, ...]:
    return side.ranked if side is not None else ()


def counts_note(match: Match) -> Note:
    """Return how many communities and funds were compared and what came of it (decisions 13: the basis is told)."""
    parts = [
        text.format(
            all=len(side.ranked) + len(side.refused) + len(side.waiting),
            ranked=len(side.ranked),
            refused=len(side.refused) - len(side.not_ready),
            slots=len(side.not_ready),
            waiting=len(side.waiting),
        )
        for side, text in (
            (
                match.communities,
                _(
                    "Communities compared: {all} (by record), of which {ranked} proposed, {refused} not proposed, "
                    "{slots} to be entered, {waiting} waiting for the project's data."
                ),
            ),
            (
                match.carriers,
                _(
                    "Carriers compared: {all} (by record), of which {ranked} proposed, {refused} not proposed, "
                    "{slots} to be entered, {waiting} waiting for the project's data."
                ),
            ),
            (
                match.funds,
                _(
                    "Funds compared: {all} (by record), of which {ranked} proposed, {refused} not matched, "
                    "{slots} to be entered, {waiting} waiting for the project's data."
                ),
            ),
        )
        if side is not None
    ]
    return Note(line("\n".join(parts)))


def proposals(match: Match) -> list[Table]:
    """Return a table for each proposed target kind: points part by part, the sentence, what would earn more."""
    tables = []
    heads = {"communities": pgettext("page", "Research community"), "carriers": pgettext("page", "Carrier")}
    for key, side, targets in match.premises:
        rows = [
            _proposal(
                one,
                match,
                community_text(one, match.weights),
                [change_text(change) for change in community_changes(match, targets[one.code], one)],
            )
            for one in side.ranked
        ]
        if rows:
            tables.append(_proposal_table(heads[key], rows))
    funds = {fund.code: fund for fund in match.targets.funds}
    rows = [
        _proposal(
            one,
            match,
            fund_text(one, funds[one.code], match.need, match.weights),
            [change_text(change) for change in fund_changes(match, funds[one.code], one)],
            action_word(funds[one.code].action),
        )
        for one in _ranked(match.funds)
    ]
    if rows:
        tables.append(_proposal_table(pgettext("page", "Fund"), rows))
    return tables


def _proposal(
    one: Assessment, match: Match, why: str, changes: list[str], action: str = ""
) -> tuple[Line, Line, Line, Line]:
    return line(f"{title(one)}\n{action}"), line(_score(one, match)), line(why), line("\n".join(changes) or "—")


def _proposal_table(kind: str, rows: list[tuple[Line, Line, Line, Line]]) -> Table:
    heads = (kind, pgettext("page", "Points"), pgettext("page", "Why"), _("What would change it"))
    return grid(heads, rows, (19, 14, 42, 25), (Align.LEFT, Align.CENTRE, Align.LEFT, Align.LEFT))


def refusals(match: Match) -> list[Note]:
    """Return every refused target with all its reasons, and who waits for what."""
    lines: list[str] = []
    for _key, side, _targets in match.premises:
        lines += grouped_refusals(side, _("Not proposed: {names}: {reasons}."))
        lines += waiting_lines(side)
    if match.plots is not None:
        lines += plot_lines(match.plots)
    if match.funds is not None:
        lines += grouped_refusals(match.funds, _("Not matched: {names}: {reasons}."))
        lines += waiting_lines(match.funds)
    if match.need.forbidden is None:
        lines.append(_("{reason}.").format(reason=sentence(policy(match.need).reason)))
    return [Note(line(text)) for text in lines]


def missing_names(facts: LeadFacts) -> list[str]:
    """Return what the project has not said, the most useful first, each once."""
    judged = facts.judgement.missing
    wanted = missing_fields(facts.match, judged) if facts.match is not None else judged
    return list(dict.fromkeys(_name(code, judged) for code in wanted))


def _name(code: str, judged: tuple[str, ...]) -> str:
    return field_text(code) if code in judged or ":" in code else label(code)


def to_ask(facts: LeadFacts) -> tuple[str, ...]:
    """Return what to ask next time: at most three questions."""
    if facts.match is None:
        return ()
    return questions(facts.match.need, missing_fields(facts.match, facts.judgement.missing))
