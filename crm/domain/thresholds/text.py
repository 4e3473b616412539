"""A judgement as a few lines a person likes to read: the conclusion first, then why, then what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crm.domain.thresholds.alternatives import Alternative
from crm.domain.thresholds.explain import (
    area_text,
    conclusion,
    figure_down,
    figure_up,
    headline,
    land_text,
    land_use_text,
    reason_text,
    verdict_text,
)
from crm.domain.thresholds.judgement import Figure, Judgement, PlotResult, Verdict
from crm.domain.thresholds.reasoning import LINE_CODES, REMEDY_CODES
from crm.i18n import _, pgettext

_MARKS = {True: "✓", False: "✗", None: "?"}


def text_of(judgement: Judgement, others: Sequence[Alternative] = ()) -> str:
    """Return the judgement for a terminal; ``others`` are shown only where the project does not pass as it is."""
    parts = [
        [conclusion(judgement), headline(judgement)],
        list(_lines(judgement)),
        _listed(_("Possible remedies"), _told(judgement, REMEDY_CODES)),
        _listed(pgettext("threshold", "Notes"), _notes(judgement)),
        _listed(_("Plots"), [_plot(place, plot) for place, plot in enumerate(judgement.plots)][: _rows(judgement)]),
        _listed(_("Tax by year (10k yuan)"), list(_years(judgement))),
        _listed(_others_title(judgement), list(_others(judgement, others))),
        [
            _("Based on {rules}").format(rules=judgement.rule_set_label),
            *(f"  · {rule.quote}" for rule in judgement.rules if rule.quote),
        ],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _lines(judgement: Judgement) -> Iterator[str]:
    results = [line.met for line in judgement.tests if line.actual is not None]
    for met, text in zip(results, _told(judgement, LINE_CODES), strict=True):
        yield f"  {_MARKS[met]} {text}"


def _listed(title: str, rows: Sequence[str]) -> list[str]:
    return [title, *(f"  · {row}" for row in rows)] if rows else []


def _told(judgement: Judgement, codes: frozenset[str]) -> list[str]:
    return [reason_text(reason) for reason in judgement.reasons if reason.code in codes]


def _notes(judgement: Judgement) -> list[str]:
    told = LINE_CODES | REMEDY_CODES | {"basis_assumed", "critical"}
    return [reason_text(reason) for reason in judgement.reasons if reason.code not in told]


def _rows(judgement: Judgement) -> int | None:
    """Return how many plots to list: a single one is in the headline already."""
    return None if len(judgement.plots) > 1 else 0


def _plot(place: int, plot: PlotResult) -> str:
    parts = [
        f"{place + 1}",
        area_text(plot.area) if plot.area else _("area not given"),
        land_use_text(plot.land_use) if plot.land_use else "",
        _("{land} mu").format(land=land_text(plot.land)) if plot.land else _("land not given"),
        _("tax {money} (10k yuan)").format(money=figure_down(plot.tax)) if plot.tax else "",
        _("{money} per mu").format(money=figure_down(plot.tax_per_mu)) if plot.tax_per_mu else "",
        _("not covered by the rules") if plot.covered is False else "",
    ]
    return pgettext("headline", " | ").join(part for part in parts if part)


def _years(judgement: Judgement) -> Iterator[str]:
    for row in judgement.by_year:
        mark = _(" (full production)") if row.year == judgement.tax_year else ""
        tax = figure_down(row.tax) if row.tax else _("not known")
        each = _(", {money} per mu").format(money=figure_down(row.tax_per_mu)) if row.tax_per_mu else ""
        yield _("{name}: {text}").format(name=f"{row.year}{mark}", text=f"{tax}{each}")


def _others_title(judgement: Judgement) -> str:
    if judgement.area is None:
        return _("In each area (with a real plot there)")
    return _("If another area were chosen (with a real plot there)")


def _others(judgement: Judgement, others: Sequence[Alternative]) -> Iterator[str]:
    if judgement.verdict is Verdict.MET:
        return
    for one in others:
        words = [] if one.verdict is Verdict.INCOMPLETE else [verdict_text(one.verdict)]
        if one.required is not None:
            least = one.required if one.required.high is not None else Figure(one.required.low, one.required.low)
            words.append(_("at least {money} (10k yuan)").format(money=figure_up(least)))
        if words:
            text = pgettext("remedies", ", ").join(words)
            yield _("{name}: {text}").format(name=area_text(one.area), text=text)
