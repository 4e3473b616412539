"""What documents say about the land-tax thresholds: the very figures and sentences of ``check`` (decisions 22–29)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from crm.domain.dossier import LeadFacts
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.quantities import CHINA_TIME, PartialDate, date_text, decimal_text
from crm.domain.quantities.display import round_up
from crm.domain.thresholds import Figure, Judgement, Rule, Verdict
from crm.domain.thresholds.exact import minus
from crm.domain.thresholds.explain import (
    area_text,
    conclusion,
    figure_down,
    figure_up,
    land_use_text,
    reason_text,
    remedies,
    verdict_text,
)
from crm.domain.thresholds.judgement import LineResult, PlotResult
from crm.domain.thresholds.reasoning import LINE_CODES, REMEDY_CODES
from crm.i18n import _, pgettext
from reports.content import Align, Body, Frontier, Line, Note, Point, Table, Tone, Words, line
from reports.parts import grid, label, past_words, unknown, value_words

_NUMBER = Align.RIGHT
_LAND_PLACES = 5
"""Decimals of 亩: 0.00001 亩 is the least that is stored (decision 5)."""


def figure_words(figure: Figure | None, write: Callable[[Figure], str]) -> Words:
    """Return a figure as ``check`` writes it, a range, an open one, or 待补充."""
    return Words(write(figure)) if figure is not None and (figure.low, figure.high) != (None, None) else unknown()


def land_down(figure: Figure) -> str:
    """Return land in 亩, rounded down in the fifth decimal."""
    return figure_down(figure, _LAND_PLACES)


def as_it_is(figure: Figure) -> str:
    """Return a line of the rules with every digit it has."""
    return decimal_text(figure.low) if figure.exact is not None and figure.low is not None else figure_down(figure)


def conclusion_line(judgement: Judgement, *, notes: bool = False) -> Body:
    """Return the conclusion, what would make the project pass, and with ``notes`` what the reader must know besides."""
    texts = [remedies(judgement)]
    if notes:
        told = LINE_CODES | REMEDY_CODES | {"critical"}
        texts += [reason_text(reason) for reason in judgement.reasons if reason.code not in told]
    strong = Words(_("{sentence}. ").format(sentence=conclusion(judgement)), Tone.STRONG)
    return Body((strong, *(word for text in texts for word in sentence(text))))


def sentence(text: str) -> Line:
    """Return a text as a sentence; nothing for no text."""
    return (Words(_("{sentence}. ").format(sentence=text[:1].upper() + text[1:])),) if text else ()


def tests_table(judgement: Judgement) -> Table | None:
    """Return each line of the rules against the project: actual, required, difference, result; None: there is none."""
    if not judgement.tests:
        return None
    several = len({one.area for one in judgement.tests if one.area}) > 1
    rows = [
        (
            measure_text(one, several=several),
            (figure_words(one.actual, figure_down),),
            (figure_words(one.least, figure_up if one.measure == "tax_by_land" else as_it_is),),
            (difference(one),),
            (result_words(one.met),),
        )
        for one in judgement.tests
    ]
    heads = (
        _("Measure (10k yuan a year)"),
        pgettext("page", "Project"),
        pgettext("page", "Not below"),
        pgettext("page", "Difference"),
        pgettext("page", "Result"),
    )
    return grid(heads, rows, (29, 22, 17, 17, 15), (Align.LEFT, _NUMBER, _NUMBER, _NUMBER, Align.CENTRE))


def measure_text(one: LineResult, *, several: bool) -> str:
    """Return the name of a measure; with its area where the plots lie in several."""
    name = {
        "project_tax": _("Tax of the whole project"),
        "tax_per_mu": _("Tax per mu"),
        "tax_by_land": _("Tax against the sum of what each plot needs"),
    }[one.measure]
    return _("{area}: {text}").format(area=area_text(one.area), text=name) if several and one.area else name


def difference(one: LineResult) -> Words:
    """Return how far the project is above (+) or below (−) a line; a gap rounded up, a surplus down."""
    if one.actual is None:
        return unknown()
    actual, least = one.actual.exact, one.least.exact
    if actual is None or least is None:
        return Words(pgettext("page", "range"), Tone.GREY)
    over = minus(actual, least)
    short = Figure(-over, -over)
    return Words(f"+{figure_down(Figure(over, over))}" if over >= 0 else f"−{figure_up(short)}")


def result_words(met: bool | None) -> Words:  # noqa: FBT001  (the result of a test, not a switch)
    """Return the result of one line."""
    if met is None:
        return Words(_("not certain"), Tone.GREY)
    return Words(verdict_text(Verdict.MET if met else Verdict.NOT_MET), Tone.PLAIN if met else Tone.STRONG)


def rules_in_play(facts: LeadFacts) -> list[Rule]:
    """Return the rules of the areas the project lies in, in order; all of the set when no area is known."""
    areas = dict.fromkeys(plot.area for plot in facts.judgement.plots if plot.area)
    found = [rule for area in areas if (rule := facts.rules.rule_for(area, facts.on))]
    return found or ([] if areas else list(facts.rules.rules))


def rules_note(facts: LeadFacts) -> Note:
    """Return the rules word for word with their source, and that they are on trial (decision 29)."""
    rules = rules_in_play(facts)
    quotes = _("; ").join(_("“{quote}”").format(quote=rule.quote) for rule in rules)
    sources = _("; ").join(dict.fromkeys(rule.source for rule in rules if rule.source))
    text = _("Rules: {rules}. {quotes} ({sources})").format(rules=facts.rules.label, quotes=quotes, sources=sources)
    if facts.rules.is_trial:
        text += _(" These rules have no document number and no approver yet; every verdict is a trial conclusion.")
    return Note(line(text))


def rules_table(facts: LeadFacts) -> Table:
    """Return the rules in play: area, words of the rule, where they stand."""
    rows = [(area_text(rule.area), rule.quote, rule.source) for rule in rules_in_play(facts)]
    return grid((pgettext("page", "Area"), _("Words of the rule"), _("Where they stand")), rows, (16, 48, 36))


INPUTS = ("area", "land", "land_use", "annual_tax", "tax_basis", "full_year")
SHORT_FORM = frozenset(("area", "land", "land_use"))
"""What a lead with plots says plot by plot (decision 38)."""

OPTIONAL_INPUTS = ("plots", "phases", "lease", "tax_by_year")


def inputs_table(facts: LeadFacts) -> Table:
    """Return what was judged: each input, its value, and the file, sheet, row and words it comes from."""
    values = facts.values
    told = [name for name in INPUTS if values.get(name) is not None or not (values.get("plots") and name in SHORT_FORM)]
    if values.get("area") is None and values.get("address"):
        told.append("address")  # the confirmed mapping may have given the area
    names = [*told, *(name for name in OPTIONAL_INPUTS if values.get(name))]
    rows = [(label(name), (value_words(facts, name),), (origin_words(facts, name),)) for name in names]
    return grid((pgettext("page", "Input"), pgettext("page", "Value"), _("Where it comes from")), rows, (18, 34, 48))


def origin_words(facts: LeadFacts, field: str) -> Words:
    """Return where a figure comes from: file, sheet, row and the words there; entered by hand; or nothing known."""
    origin = facts.origin_of(field)
    if origin is not None:
        place = _("{file}, {sheet}, row {row}") if origin.sheet else _("{file}, row {row}")
        text = place.format(file=origin.file, sheet=origin.sheet, row=origin.row)
        raw = origin.cells.get(field, "")
        return past_words(_("{place}: “{words}”").format(place=text, words=raw) if raw else text, label(field))
    if facts.values.get(field) is None:
        return Words("—", Tone.GREY)
    change = facts.giver_of(field)
    if change is not None:
        day = change.at.astimezone(CHINA_TIME).date().isoformat()
        return past_words(_("entered by {name}, {day}").format(name=change.by, day=day), label(field))
    return Words(_("entered in the program"), Tone.GREY)


def plots_table(judgement: Judgement) -> Table | None:
    """Return the plots one by one, when there are several."""
    if len(judgement.plots) < 2:  # noqa: PLR2004  (one plot is the project itself)
        return None
    rows = [
        (
            str(number),
            area_text(plot.area) if plot.area else (unknown(),),
            land_use_text(plot.land_use) if plot.land_use else (unknown(),),
            (figure_words(plot.land, land_down),),
            (figure_words(plot.tax, figure_down),),
            (figure_words(plot.tax_per_mu, figure_down),),
            _plot_result(plot),
        )
        for number, plot in enumerate(judgement.plots, start=1)
    ]
    heads = (
        pgettext("page", "Plot"),
        pgettext("page", "Area"),
        pgettext("page", "Use"),
        _("Land (mu)"),
        pgettext("page", "Tax"),
        _("Tax per mu"),
        pgettext("page", "Result"),
    )
    fitted = [tuple((cell,) if isinstance(cell, Words) else cell for cell in row) for row in rows]
    aligns = (Align.CENTRE, Align.LEFT, Align.LEFT, _NUMBER, _NUMBER, _NUMBER, Align.CENTRE)
    return grid(heads, fitted, (8, 18, 12, 15, 16, 16, 15), aligns)


def _plot_result(plot: PlotResult) -> Words:
    if plot.covered is False:
        return Words(_("not covered"), Tone.GREY)
    return Words("—", Tone.GREY) if plot.met is None else result_words(plot.met)


def years_table(judgement: Judgement) -> Table | None:
    """Return the tax year by year; the year of full production is the one that is judged."""
    if not judgement.by_year:
        return None
    rows = [
        (
            _year_text(year.year, judged=year.year == judgement.tax_year),
            (figure_words(year.tax, figure_down),),
            (figure_words(year.tax_per_mu, figure_down),),
        )
        for year in judgement.by_year
    ]
    heads = (pgettext("page", "Year"), _("Tax (10k yuan)"), _("Tax per mu (10k yuan)"))
    return grid(heads, rows, (34, 33, 33), (Align.LEFT, _NUMBER, _NUMBER))


def _year_text(year: int, *, judged: bool) -> str:
    text = date_text(PartialDate(year))
    return _("{year} (full production: judged)").format(year=text) if judged else text


def rates_table(judgement: Judgement) -> Table | None:
    """Return what each rate of exchange means for the verdict."""
    if not judgement.rates:
        return None
    rows = [
        (
            rate.currency,
            f"{rate.rate:f}" if rate.rate is not None else (unknown(),),
            rate.on or (unknown(),),
            (figure_words(rate.break_even, _rate_up),) if rate.break_even else "—",
            verdict_text(rate.at_minus) if rate.at_minus else "—",
            verdict_text(rate.at_plus) if rate.at_plus else "—",
        )
        for rate in judgement.rates
    ]
    heads = (
        pgettext("page", "Currency"),
        pgettext("page", "Rate"),
        pgettext("page", "Of"),
        _("Break-even"),
        _("At −3%"),
        _("At +3%"),
    )
    return grid(heads, rows, (14, 16, 20, 18, 16, 16), (Align.LEFT, _NUMBER, Align.LEFT, _NUMBER, *(Align.CENTRE,) * 2))


def _rate_up(figure: Figure) -> str:
    return f"{round_up(figure.high, 4):f}" if figure.high is not None else ""


def elsewhere_table(facts: LeadFacts) -> Table | None:
    """Return the same project on a plot of each other area class; words of decision 46: a real plot is needed there."""
    if not facts.elsewhere:
        return None
    rows = [
        (
            _("if moved to {area}").format(area=area_text(other.area)),
            (figure_words(other.required, figure_up),),
            (figure_words(other.gap_tax, figure_up),),
            verdict_text(other.verdict),
        )
        for other in facts.elsewhere
    ]
    heads = (
        _("Other area (a real plot must be there)"),
        _("Tax needed"),
        _("Still lacking"),
        pgettext("page", "Verdict"),
    )
    return grid(heads, rows, (40, 21, 21, 18), (Align.LEFT, _NUMBER, _NUMBER, Align.CENTRE))


def chart(facts: LeadFacts) -> Frontier | None:
    """Return the chart of land and tax with the line to reach; None where either is not known to the point."""
    judgement = facts.judgement
    rule = facts.rules.rule_for(judgement.area, facts.on) if judgement.area else None
    land, tax = _point(judgement.land), _point(judgement.tax)
    if rule is None or not land or tax is None or len(judgement.plots) > 1:
        return None
    text = _("this project: {land} mu, {tax} (10k yuan)")
    label_here = text.format(land=land_down(Figure(land, land)), tax=figure_down(Figure(tax, tax)))
    return Frontier(
        least_tax=float(rule.least_tax or 0),
        least_per_mu=float(rule.least_per_mu),
        point=Point(float(land), float(tax), label_here),
        others=tuple(_ways(judgement, land, tax)),
        x_label=_("land (mu)"),
        y_label=_("annual tax (10k yuan)"),
        area_label=_("thresholds reached (the line included)"),
    )


def _point(figure: Figure | None) -> Decimal | None:
    return figure.exact if figure is not None else None


def _ways(judgement: Judgement, land: Decimal, tax: Decimal) -> Iterator[Point]:
    """Yield the remedies that the judgement itself names, as points on the line."""
    codes = {reason.code for reason in judgement.reasons}
    required, most = judgement.required, judgement.max_land
    if "raise_tax" in codes and required is not None and required.high is not None:
        yield Point(
            float(land), float(required.high), _("tax raised to {tax} (10k yuan)").format(tax=figure_up(required))
        )
    if "cut_land" in codes and most is not None and most.low is not None:
        yield Point(float(most.low), float(tax), _("land cut to {land} mu").format(land=land_down(most)))


def tax_per_mu_words(judgement: Judgement) -> Words:
    """Return the tax of each 亩, as the judgement has it; of plots in several areas, area by area (decision 25).

    An average over areas with different lines would be read against one of them, so none is printed.
    """
    if "no_land" in {reason.code for reason in judgement.reasons}:
        return Words(_("does not apply: no land is supplied"))
    if len({plot.area for plot in judgement.plots if plot.area}) > 1:
        return _by_area(judgement)
    words = figure_words(judgement.tax_per_mu, figure_down)
    return words if words.tone is Tone.GREY else _per_mu(words.text)


def _by_area(judgement: Judgement) -> Words:
    told = [
        f"{area_text(one.area)} {figure_down(one.actual)}"
        for one in judgement.tests
        if one.measure == "tax_per_mu" and one.area and one.actual is not None
    ]
    return _per_mu(pgettext("list", ", ").join(told)) if told else Words(_("plot by plot, no average over areas"))


def _per_mu(number: str) -> Words:
    return Words(_("{number} (10k yuan per mu)").format(number=number), where=_(LEAD_FIELDS["annual_tax"].label))
