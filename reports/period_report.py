"""周报、月报、季报、年报: the figures of a period with what each table counts (practice.md §5, decisions 13)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from crm.domain.fields.codes import AREAS
from crm.domain.quantities import grouped, money_text
from crm.domain.quantities.currencies import BY_CODE
from crm.domain.stages.explain import stage_name, status_name
from crm.domain.statistics.counts import Breakdown, Count
from crm.domain.statistics.paper import PeriodFacts
from crm.domain.statistics.periods import period_text
from crm.domain.statistics.report import ABROAD, DOMESTIC, Progress, WaitingList
from crm.i18n import N_, _, current_language, pgettext
from reports.content import Align, Bars, Block, Cell, Centred, Document, Heading, Note, Table, Title, Tone, Words, line
from reports.fonts import FontSet
from reports.page import Composed, compose
from reports.parts import Numbering, day_text, fictional_text, grid, label, last_line, unknown

TEMPLATE = "period-report-1"
PERCENT = Decimal("0.1")
NUMBER = Align.RIGHT

EVENTS = {
    "first_reported_at": N_("Leads reported"),
    "signed_on": N_("Projects signed"),
    "registered_on": N_("Companies registered"),
    "land_supplied_on": N_("Land or premises handed over"),
    "started_on": N_("Construction begun"),
    "completed_on": N_("Construction completed"),
    "production_on": N_("Production begun"),
    "full_production_on": N_("Full production reached"),
}

BREAKDOWNS = {
    "capital": N_("By domestic and foreign capital"),
    "industry": N_("By main industry"),
    "area": N_("By threshold area"),
    "tag": N_("By every industry a project names"),
}

WAITING = {
    "signed_on": N_("Signed, construction not begun"),
    "started_on": N_("Construction begun, no production yet"),
}


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
    report = facts.report
    blocks: list[Block] = [
        Title(title, (period,)),
        Centred(line("　".join(part for part in (facts.unit, _as_of(facts)) if part))),
        *([Centred(line(fictional_text()))] if facts.fictional else []),
        *_corrections(facts),
    ]
    number = Numbering()
    blocks += [number.heading(_("What moved")), progress_table(report.progress), *_progress_notes(report.progress)]
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
    )


def _as_of(facts: PeriodFacts) -> str:
    if facts.frozen_on is not None:
        return _("frozen on {day} by {name}").format(day=day_text(facts.frozen_on), name=facts.frozen_by)
    return _("as of {day}, not frozen").format(day=day_text(facts.report.on))


def _corrections(facts: PeriodFacts) -> Iterator[Block]:
    """Yield what was corrected since the figures were frozen: told, never written over them."""
    if not facts.corrections:
        return
    columns = {"here": _("in the period"), "year": _("this year"), "ever": _("in all")}
    told = [
        _("{event}, {column}: {frozen} when frozen, {now} today").format(
            event=_(EVENTS[one.milestone]), column=columns[one.column], frozen=one.frozen, now=one.now
        )
        for one in facts.corrections
    ]
    text = _("Corrected since it was frozen: {corrections}.").format(corrections=_("; ").join(told))
    yield Note((Words(text, Tone.STRONG),))


def progress_table(rows: tuple[Progress, ...]) -> Table:
    """Return each step: in the period, against the period before, this year, in all."""
    heads = (
        (
            Cell(line(pgettext("page", "Step"))),
            Cell(line(_("In the period")), span=3),
            Cell(line(_("This year")), span=2),
            Cell(line(_("In all")), span=2),
        ),
        tuple(
            Cell(line(word))
            for word in (
                "",
                _("Projects"),
                _("10k yuan"),
                _("Against the period before"),
                _("Projects"),
                _("10k yuan"),
                _("Projects"),
                _("10k yuan"),
            )
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


def _signed(number: int) -> str:
    return f"{number:+d}".replace("-", "−") if number else "0"


def amount_text(count: Count) -> str:
    """Return the sum in 万元, "—" where nothing could be added."""
    return grouped(count.amount) if count.summed else "—"


def _progress_notes(rows: tuple[Progress, ...]) -> Iterator[Note]:
    basis = _(
        "Counted: projects, each once, by the date of the step. Amounts: planned investment given in yuan, the lower "
        "end of a range; foreign currencies are not converted."
    )
    yield Note(line(basis))
    told = []
    for row in rows:
        name = _(EVENTS[row.milestone])
        if row.unclear:
            told.append(
                _("{event}: {count} with a date too rough for the period").format(event=name, count=row.unclear)
            )
        if row.undated:
            told.append(_("{event}: {count} past this step without its date").format(event=name, count=row.undated))
    if told:
        yield Note(line(_("In no column of the period: {cases}.").format(cases=_("; ").join(told))))


def _states(facts: PeriodFacts) -> Iterator[Block]:
    report = facts.report
    yield breakdown_table(pgettext("page", "Stage"), report.stages)
    yield Note(line(_basis(report.stages, _("Counted: projects that are active, each once, on the day of making."))))
    yield breakdown_table(pgettext("page", "Status"), report.statuses)
    yield Note(line(_basis(report.statuses, _("Counted: all projects of the book, each once."))))


def breakdown_table(head: str, breakdown: Breakdown) -> Table:
    """Return a whole by one property: projects, share, amount; the last row is the whole, each project once."""
    whole = breakdown.whole.projects
    rows: list[tuple[Cell, ...]] = [
        (
            Cell(line(_value_text(breakdown.by, value)) if value else (unknown(),)),
            Cell(line(str(row.projects))),
            Cell(line(share_text(row.projects, whole))),
            Cell(line(amount_text(row))),
        )
        for value, row in breakdown.rows
    ]
    sum_name = _("All, each once") if breakdown.overlaps else pgettext("page", "All")
    strong = (sum_name, str(whole), share_text(whole, whole), amount_text(breakdown.whole))
    rows.append(tuple(Cell((Words(text, Tone.STRONG),)) for text in strong))
    heads = tuple(Cell(line(text)) for text in (head, _("Projects"), pgettext("page", "Share"), _("10k yuan")))
    return Table((heads, *rows), (40, 18, 18, 24), (Align.LEFT, NUMBER, NUMBER, NUMBER), heads=1)


def share_text(part: int, whole: int) -> str:
    """Return a share in percent with one decimal; "—" of nothing."""
    if not whole:
        return "—"
    return f"{(Decimal(100 * part) / whole).quantize(PERCENT, ROUND_HALF_UP)}%"


def _value_text(by: str, value: str) -> str:
    if by == "stage":
        return stage_name(value)
    if by == "status":
        return status_name(value)
    if by == "area":
        return next((_(choice.label) for choice in AREAS if choice.code == value), value)
    return {DOMESTIC: _("Domestic capital"), ABROAD: _("Foreign capital")}.get(value, value)


def _basis(breakdown: Breakdown, first: str) -> str:
    """Return what a table counts: whether its rows add up, what is not in the sum."""
    whole = breakdown.whole
    told = [first]
    if breakdown.overlaps:
        text = _("A project may stand in several rows: {places} entries, {projects} projects, so rows do not add up.")
        told.append(text.format(places=breakdown.places, projects=whole.projects))
    if whole.without_amount:
        told.append(_("Without an amount: {count}.").format(count=whole.without_amount))
    if whole.foreign_projects:
        sums = pgettext("list", ", ").join(
            _("{amount} x 10k {currency}").format(amount=grouped(amount), currency=_(BY_CODE[code].name))
            for code, amount in sorted(whole.foreign.items())
        )
        told.append(
            _("In foreign currency, not in the sum: {count} ({sums}).").format(count=whole.foreign_projects, sums=sums)
        )
    return ("" if current_language() == "zh_CN" else " ").join(told)


def _breakdown(breakdown: Breakdown) -> Iterator[Block]:
    if breakdown.by == "tag" and not breakdown.overlaps:
        return  # the same as by main industry
    yield Heading(_(BREAKDOWNS[breakdown.by]), 2)
    if not breakdown.whole.projects:
        yield Note(line(_("No project was signed this year.")))
        return
    yield breakdown_table(pgettext("page", "Kind"), breakdown)
    first = _("Counted: projects signed since January, each once.")
    if breakdown.by == "capital":
        first += _(" Foreign capital includes that of Hong Kong, Macao and Taiwan.")
    yield Note(line(_basis(breakdown, first)))


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
