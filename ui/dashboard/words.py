"""The figures of the dashboard as tables in words: what stands beside each chart and goes into the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from crm.domain.fields.codes import AREAS, VERDICTS, Choice
from crm.domain.quantities import grouped
from crm.domain.stages.explain import stage_name
from crm.domain.statistics.tables import Row, Table, Unit
from crm.i18n import _, ngettext, pgettext
from ui.theme.tokens import STAGE_TONES, VERDICT_TONES

if TYPE_CHECKING:
    from crm.queries.dashboard import Dashboard, Field, Mark, Point
    from crm.queries.lead_list import LeadFilter

SHAPES = {"met": "o", "not_met": "x", "uncertain": "t1", "consult": "s", "incomplete": "d"}
"""By verdict: a round dot, a cross, a triangle, a square, a diamond; colour alone tells nothing."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of a chart: its name, how many, the words at its end, the tone, the leads behind it."""

    name: str
    count: int
    text: str
    tone: str
    where: LeadFilter


def count_text(count: int) -> str:
    """Return a number of leads."""
    return ngettext("{count} lead", "{count} leads", count).format(count=f"{count:,}")


def share(part: int, whole: int) -> str:
    """Return a share in per cent with one decimal, cut and never rounded up; "—" of nothing."""
    if not whole:
        return "—"
    tenths = part * 1000 // whole
    return f"{tenths // 10}.{tenths % 10}%"


def funnel_figures(facts: Dashboard) -> list[Figure]:
    """Return the steps of the funnel: who reached each stage, and the share of those of the stage before."""
    found, before = [], 0
    for step in facts.funnel:
        text = f"{step.reached:,}" + (f"  {share(step.reached, before)}" if before else "")
        found.append(
            Figure(stage_name(step.stage), step.reached, text, STAGE_TONES.get(step.stage, "grey"), step.where)
        )
        before = step.reached
    return found


def funnel_table(facts: Dashboard) -> Table:
    """Return the funnel as a table."""
    rows: list[Row] = []
    before = 0
    for step in facts.funnel:
        rows.append((stage_name(step.stage), step.reached, step.here, share(step.reached, before) if before else "—"))
        before = step.reached
    note = _("Leads that are at a stage or beyond it; the share is of those that reached the stage before.")
    if facts.without_stage:
        note += _(" {count} leads have no stage and are in no step.").format(count=f"{facts.without_stage:,}")
    heads = (
        (pgettext("column", "Stage"), Unit.TEXT),
        (pgettext("funnel", "Reached"), Unit.NUMBER),
        (_("There now"), Unit.NUMBER),
        (_("Of the stage before"), Unit.TEXT),
    )
    return Table(_("Funnel of stages"), heads, rows, note)


def mark_figures(marks: Sequence[Mark], kind: str) -> list[Figure]:
    """Return the bars of a facet: verdicts in their tones, the others in the first one, what is not filled in grey."""
    tones = VERDICT_TONES if kind == "verdicts" else {}
    plain_tone = "primary" if kind == "areas" else "info"
    return [
        Figure(
            mark_name(mark.code, kind),
            mark.count,
            f"{mark.count:,}",
            tones.get(mark.code, plain_tone if mark.code and kind != "verdicts" else "grey"),
            mark.where,
        )
        for mark in marks
    ]


def mark_name(code: str, kind: str) -> str:
    """Return the word of a code of a facet."""
    if not code:
        return _("not judged yet") if kind == "verdicts" else _("(not filled in)")
    choices: tuple[Choice, ...] = {"verdicts": VERDICTS, "areas": AREAS}.get(kind, ())
    return next((_(choice.label) for choice in choices if choice.code == code), code)


def mark_table(name: str, marks: Sequence[Mark], kind: str, whole: int) -> Table:
    """Return the bars of a facet as a table with shares of all leads that match."""
    rows: list[Row] = [(mark_name(mark.code, kind), mark.count, share(mark.count, whole)) for mark in marks]
    shown = sum(mark.count for mark in marks)
    note = _("Counted by leads; together {shown} of {whole}.").format(shown=f"{shown:,}", whole=f"{whole:,}")
    if shown < whole:
        note += _(" The others are in industries with fewer leads.")
    heads = (
        (pgettext("facet", "Name"), Unit.TEXT),
        (pgettext("column", "Leads"), Unit.NUMBER),
        (_("Share"), Unit.TEXT),
    )
    return Table(name, heads, rows, note)


def field_table(field: Field) -> Table:
    """Return the leads of the scatter as a table."""
    rows: list[Row] = [
        (point.name, point.land, point.tax, _mu(point.tax, point.land), mark_name(point.verdict, "verdicts"))
        for point in field.points
    ]
    heads = (
        (_("Project / firm"), Unit.TEXT),
        (pgettext("column", "Land (mu)"), Unit.NUMBER),
        (_("Tax (10k yuan a year)"), Unit.MONEY),
        (pgettext("column", "Tax per mu"), Unit.MONEY),
        (pgettext("column", "Threshold"), Unit.TEXT),
    )
    name = _("Tax and land, {area}").format(area=mark_name(field.area, "areas"))
    return Table(name, heads, rows, field_note(field))


def field_note(field: Field) -> str:
    """Return what the scatter counts, and what it leaves out and why."""
    note = _(
        "{drawn} of {count} leads of the area: those with one figure for land and for tax at full production."
    ).format(drawn=f"{len(field.points):,}", count=f"{field.count:,}")
    if field.drawable > len(field.points):
        note += _(" Of {number} such leads those with the most tax are drawn.").format(number=f"{field.drawable:,}")
    return note + _(" A verdict may rest on more than the two figures: basis, use of the land, ranges.")


def line_text(field: Field) -> str:
    """Return the rule of an area in one line."""
    rule = field.rule
    if rule is None:
        return ""
    if rule.least_tax is None:
        return _("at least {per_mu} for each mu (10k yuan a year)").format(per_mu=grouped(rule.least_per_mu))
    return _("at least {total}, and {per_mu} for each mu (10k yuan a year)").format(
        total=grouped(rule.least_tax), per_mu=grouped(rule.least_per_mu)
    )


def _mu(tax: Decimal, land: Decimal) -> Decimal:
    """Return the tax of each 亩, cut at two decimals: never more than it is."""
    return Decimal(tax * 100 // land) / 100


def point_text(point: Point) -> str:
    """Return what the tooltip says of a lead of the scatter."""
    figures = _("{land} mu, {tax} (10k yuan a year), {per_mu} for each mu").format(
        land=grouped(point.land), tax=grouped(point.tax), per_mu=grouped(_mu(point.tax, point.land))
    )
    return "\n".join((point.name, figures, mark_name(point.verdict, "verdicts")))
