"""周报、月报、季报、年报: the figures of a period with what each table counts (practice.md §5, decisions 13)."""

from __future__ import annotations

from collections.abc import Iterator

from crm.domain.quantities import money_text
from crm.domain.statistics.counts import Breakdown
from crm.domain.statistics.explain import (
    BREAKDOWNS,
    EVENTS,
    WAITING,
    amount_text,
    as_of_text,
    corrections_text,
    progress_basis,
    share_text,
    signed_basis,
    states,
    value_text,
)
from crm.domain.statistics.paper import PeriodFacts
from crm.domain.statistics.periods import period_text
from crm.domain.statistics.report import Progress, WaitingList
from crm.i18n import _, current_language, pgettext
from reports.content import Align, Bars, Block, Cell, Centred, Document, Heading, Note, Table, Title, Tone, Words, line
from reports.fonts import FontSet
from reports.page import Composed, compose
from reports.parts import Numbering, code_text, fictional_text, grid, label, last_line, unknown

TEMPLATE = "period-report-1"
NUMBER = Align.RIGHT


def compose_period_report(facts: PeriodFacts, fonts: FontSet | None = None, *, stand_ins: bool = False) -> Composed:
    """Return the report on its pages.

    Raises:
        GlyphMissingError: a character that no font has; nothing was begun.
    """
    return compose(period_document(facts), fonts, 1, stand_ins=stand_ins)


def period_document(facts: PeriodFacts) -> Document:
    """Return the words of the report of a period."""
    period = period_text(facts.period)
    title = _("Investment attraction statistics, {period}").format(period=period)
    report, corrected = facts.report, corrections_text(facts)
    blocks: list[Block] = [
        Title(title, (period,)),
        Centred(line("　".join(part for part in (facts.unit, as_of_text(facts)) if part))),
        *([Centred(line(fictional_text()))] if facts.fictional else []),
        *([Note((Words(corrected, Tone.STRONG),))] if corrected else []),
    ]
    number = Numbering()
    blocks += [
        number.heading(_("What moved")),
        progress_table(report.progress),
        *(Note(line(text)) for text in progress_basis(report.progress)),
        *_parts(facts),
    ]
    blocks += [number.heading(_("How the projects stand")), *_states(facts)]
    signed = number.heading(_("Signed since the beginning of the year"))
    blocks += [signed, *(block for one in report.breakdowns for block in _breakdown(one))]
    blocks += [number.heading(_("What waits")), *(block for one in report.waiting for block in _waiting(one))]
    blocks += [number.heading(_("By officer")), *_officers(facts)]
    blocks += [number.heading(_("Trend")), *_trend(facts)]
    whole_digest = facts.digest(f"{TEMPLATE}/{current_language()}")
    blocks.append(last_line(whole_digest, facts.head, facts.head_place))
    marks = (facts.marking, fictional_text() if facts.fictional else "")
    return Document(
        kind=_("Investment attraction statistics"),
        title=title,
        author=facts.unit,
        language=current_language(),
        blocks=blocks,
        header=facts.header,
        footer="　".join(mark for mark in marks if mark),
        digest=whole_digest,
        running=True,
        code=code_text(whole_digest, facts.head, facts.head_place),
    )


def progress_table(rows: tuple[Progress, ...]) -> Table:
    """Return each step: in the period, against the period before, this year, in all."""
    heads = (
        (
            Cell(line("")),
            Cell(line(_("In the period")), span=3),
            Cell(line(_("This year")), span=2),
            Cell(line(_("In all")), span=2),
        ),
        (
            Cell(line(pgettext("page", "Step")), up=True),
            *(
                Cell(line(word))
                for word in (
                    _("Projects"),
                    _("10k yuan"),
                    _("Against the period before"),
                    _("Projects"),
                    _("10k yuan"),
                    _("Projects"),
                    _("10k yuan"),
                )
            ),
        ),
    )
    body = [
        tuple(
            Cell(line(cell))
            for cell in (
                _(EVENTS[row.milestone]),
                str(row.here.projects),
                amount_text(row.here),
                _signed(row.here.projects - row.before.projects),
                str(row.year.projects),
                amount_text(row.year),
                str(row.ever.projects),
                amount_text(row.ever),
            )
        )
        for row in rows
    ]
    aligns = (Align.LEFT, *(NUMBER,) * 7)
    return Table((*heads, *body), (22, 8, 13, 11, 8, 14, 8, 16), aligns, heads=2)


def _parts(facts: PeriodFacts) -> Iterator[Block]:
    """Yield each step by new projects, existing firms and those that do not say, which add up to it (S70)."""
    if not facts.report.parts:  # frozen before they were told
        return
    yield Heading(_("New and existing"), 2)
    words = (_("In the period"), _("10k yuan"), _("This year"), _("10k yuan"), _("In all"), _("10k yuan"))
    heads = (pgettext("page", "Step"), _("New or existing"), *words)
    rows = [
        (
            _(EVENTS[part.milestone]),
            value_text("increment", part.increment) if part.increment else _("to be filled in"),
            *(cell for one in (part.here, part.year, part.ever) for cell in (str(one.projects), amount_text(one))),
        )
        for part in facts.report.parts
    ]
    yield grid(heads, rows, (18, 14, 10, 13, 9, 13, 9, 14), (Align.LEFT, Align.LEFT, *(NUMBER,) * 6))
    yield Note(line(_("The parts of each step add up to the table above.")))


def _signed(number: int) -> str:
    return f"{number:+d}".replace("-", "−") if number else "0"


def _states(facts: PeriodFacts) -> Iterator[Block]:
    for head, breakdown, basis in states(facts.report):
        yield breakdown_table(head, breakdown)
        yield _basis(breakdown, basis)


def _basis(breakdown: Breakdown, basis: str) -> Note:
    """Return what a table counts, and what its shares are of."""
    if breakdown.overlaps or not 0 < breakdown.known < breakdown.whole.projects:
        return Note(line(basis))
    shares = _("Shares are of the {known} that have it.").format(known=breakdown.known)
    return Note(line(_("{first} {second}").format(first=basis, second=shares)))


def breakdown_table(head: str, breakdown: Breakdown) -> Table:
    """Return a whole by one property: projects, share of those that have it, amount; last the whole, each once."""
    whole = breakdown.whole.projects
    known = whole if breakdown.overlaps else breakdown.known
    rows: list[tuple[Cell, ...]] = [
        (
            Cell(line(value_text(breakdown.by, value)) if value else (unknown(),)),
            Cell(line(str(row.projects))),
            Cell(line(share_text(row.projects, known if value else 0))),
            Cell(line(amount_text(row))),
        )
        for value, row in breakdown.rows
    ]
    sum_name = _("All, each once") if breakdown.overlaps else pgettext("page", "All")
    strong = (sum_name, str(whole), share_text(known, known), amount_text(breakdown.whole))
    rows.append(tuple(Cell((Words(text, Tone.STRONG),)) for text in strong))
    heads = tuple(Cell(line(text)) for text in (head, _("Projects"), pgettext("page", "Share"), _("10k yuan")))
    return Table((heads, *rows), (40, 18, 18, 24), (Align.LEFT, NUMBER, NUMBER, NUMBER), heads=1)


def _breakdown(breakdown: Breakdown) -> Iterator[Block]:
    if breakdown.by == "tag" and not breakdown.overlaps:
        return  # the same as by main industry
    yield Heading(_(BREAKDOWNS[breakdown.by]), 2)
    if not breakdown.whole.projects:
        yield Note(line(_("No project was signed this year.")))
        return
    yield breakdown_table(pgettext("page", "Kind"), breakdown)
    yield _basis(breakdown, signed_basis(breakdown))


def _waiting(one: WaitingList) -> Iterator[Block]:
    yield Heading(_(WAITING[one.reached]), 2)
    if not one.first:
        yield Note(line(pgettext("page", "None.")))
        return
    rows = [
        (
            row.code,
            row.name,
            row.owner or (unknown(),),
            money_text(row.amount) if row.amount is not None else (unknown(),),
            row.since,
            str(row.days),
        )
        for row in one.first
    ]
    heads = (
        label("code"),
        label("name"),
        pgettext("page", "Officer"),
        label("planned_investment"),
        label(one.reached),
        pgettext("page", "Days"),
    )
    aligns = (Align.LEFT, Align.LEFT, Align.LEFT, NUMBER, Align.LEFT, NUMBER)
    yield grid(heads, rows, (18, 30, 12, 16, 15, 9), aligns)
    text = _(
        "{whole} in all, {amount} (10k yuan); the {shown} biggest are shown. Days: at least, to the end of the period."
    )
    yield Note(line(text.format(whole=one.whole.projects, amount=amount_text(one.whole), shown=len(one.first))))


def _officers(facts: PeriodFacts) -> Iterator[Block]:
    rows = [
        (
            row.officer or (unknown(),),
            str(row.reported),
            str(row.follow_ups),
            str(row.visits),
            str(row.signed),
            str(row.started),
        )
        for row in facts.report.officers
    ]
    if not rows:
        yield Note(line(_("Nothing was noted in the period.")))
        return
    heads = (
        pgettext("page", "Officer"),
        _("Leads reported"),
        _("Times followed up"),
        _("of them visits"),
        _("Projects signed"),
        _("Construction begun"),
    )
    yield grid(heads, rows, (25, 15, 15, 15, 15, 15), (Align.LEFT, *(NUMBER,) * 5))
    yield Note(line(_("Projects by the officer in charge, follow-ups by who wrote them down; in the period.")))


def _trend(facts: PeriodFacts) -> Iterator[Block]:
    points = facts.report.trend
    series = (
        (_("Leads reported"), tuple(point.reported for point in points)),
        (_("Projects signed"), tuple(point.signed for point in points)),
        (_("Construction begun"), tuple(point.started for point in points)),
        (_("Production begun"), tuple(point.production for point in points)),
    )
    yield Bars(tuple(point.period.removeprefix("20") for point in points), series)
    heads = (pgettext("page", "Period"), *(name for name, _counts in series))
    rows = [(point.period, *(str(counts[place]) for _name, counts in series)) for place, point in enumerate(points)]
    yield grid(heads, rows, (28, 18, 18, 18, 18), (Align.LEFT, *(NUMBER,) * 4))
    yield Note(line(_("Counted: projects, each once, by the date of the step.")))
