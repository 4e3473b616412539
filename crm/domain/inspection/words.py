"""The health of a ledger in words: sections that a terminal, a page and a window show alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crm.domain.companies.explain import explain_duplicate, likelihood_word
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.fields.words import list_mark
from crm.domain.imports.explain import cell_note_text, question_text, refused_text, rows_give
from crm.domain.inspection.health import Doubt, Health, Judged, Place
from crm.domain.magnitudes.explain import suspicion_text
from crm.domain.thresholds.explain import conclusion, field_text, figure_down, verdict_text
from crm.domain.thresholds.judgement import Verdict
from crm.i18n import N_, _, pgettext


@dataclass(frozen=True, slots=True)
class Section:
    """What was found of one kind.

    Attributes:
        title: of the section.
        heads: of its columns.
        rows: as texts.
        widths: shares of the width of a page.
        none: what is said when there is nothing.
        running: short enough to be one running line of its first two columns on a page.
    """

    title: str
    heads: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    widths: tuple[int, ...]
    none: str
    running: bool = False


def summary(health: Health) -> list[str]:
    """Return what a person reads first: what the file holds, how it stands, what to mend."""
    counts = health.counts
    verdicts = list_mark().join(
        _("{verdict} {count}").format(verdict=verdict_text(verdict), count=count) for verdict, count in counts.items()
    )
    lines = [
        _("{rows} leads on {sheets} sheets; {unnamed} rows without a name are no leads.").format(
            rows=health.rows - len(health.unnamed),
            sheets=len({table.sheet for table in health.understood.tables}),
            unnamed=len(health.unnamed),
        ),
        _("Threshold verdicts: {verdicts}; {critical} close to the line.").format(
            verdicts=verdicts or _("none"), critical=health.critical
        ),
        _(
            "To look at: {twins} pairs of rows that may be one, {slips} figures in doubt of their unit, "
            "{codes} credit codes that do not hold, {doubts} doubtful cells, {sums} sums that do not agree, "
            "{questions} open questions."
        ).format(
            twins=len(health.twins),
            slips=len(health.slips),
            codes=len(health.credit_codes),
            doubts=len(health.doubts),
            sums=len(health.sums),
            questions=len(health.understood.questions.open),
        ),
    ]
    refused = health.understood.refused
    if refused:
        said = _("; ").join(
            _("sheet {sheet}: {why}").format(sheet=sheet, why=refused_text(code)) for sheet, code in refused.items()
        )
        lines.append(_("Not looked at: {sheets}.").format(sheets=said))
    return lines


def sections(health: Health) -> list[Section]:
    """Return what was found, kind by kind; the most telling first."""
    return [make(health) for make in _SECTIONS]


def place_text(health: Health, place: Place) -> str:
    """Return where a row stands: 第6行, with its sheet where there are several."""
    if len({table.sheet for table in health.understood.tables}) > 1:
        return _("{sheet}, row {row}").format(sheet=place.sheet, row=place.row)
    return _("row {row}").format(row=place.row)


def _verdicts(health: Health) -> Section:
    """Return the rows whose verdict a person should see: missed, crossing the line, close to it, to be discussed."""
    telling = [one for one in health.verdicts if _is_telling(one)]
    rows = [
        (place_text(health, one.place), one.place.name, conclusion(one.judgement), _figures(one)) for one in telling
    ]
    heads = (_("Row"), _("Project"), _("Conclusion"), _("Tax, land (10k yuan, mu)"))
    none = _("No row misses the line or is close to it.")
    return Section(_("Threshold verdicts to look at"), heads, rows, (10, 34, 36, 20), none)


def _is_telling(one: Judged) -> bool:
    told = (Verdict.NOT_MET, Verdict.UNCERTAIN, Verdict.CONSULT)
    return one.judgement.verdict in told or (one.judgement.critical and one.judgement.verdict is Verdict.MET)


def _figures(one: Judged) -> str:
    tax, land = one.judgement.tax, one.judgement.land
    return f"{figure_down(tax) or '—'}, {figure_down(land) or '—'}"


def _twins(health: Health) -> Section:
    rows = [
        (
            f"{place_text(health, one.a)} / {place_text(health, one.b)}",
            one.a.name if one.a.name == one.b.name else f"{one.a.name} / {one.b.name}",
            likelihood_word(one.likelihood),
            _("; ").join(explain_duplicate(one.reasons)),
        )
        for one in health.twins
    ]
    heads = (_("Rows"), _("Project"), _("Likelihood"), _("Reason"))
    return Section(_("Rows that may be one"), heads, rows, (16, 34, 10, 40), _("No two rows look alike."))


def _slips(health: Health) -> Section:
    rows = [
        (one.cell or place_text(health, one.place), one.place.name, suspicion_text(one.suspicion))
        for one in health.slips
    ]
    heads = (_("Cell"), _("Project"), _("Both readings"))
    none = _("No figure looks like a slip of its unit.")
    return Section(_("Figures that may be in another unit"), heads, rows, (10, 30, 60), none)


def _missing(health: Health) -> Section:
    rows = [
        (
            _(LEAD_FIELDS[one.field].label),
            str(one.rows),
            pgettext("fact", "some rows") if one.asked else pgettext("fact", "the ledger has no such column"),
        )
        for one in health.missing
    ]
    needed = _needed(health)
    rows += [(field_text(code), str(count), pgettext("fact", "needed for the verdict")) for code, count in needed]
    heads = (_("Fact"), _("Rows without it"), pgettext("fact", "Why"))
    return Section(_("Missing facts"), heads, rows, (40, 20, 40), _("Nothing is missing."), running=True)


def _needed(health: Health) -> list[tuple[str, int]]:
    """Return what verdicts wait for beside the facts that are counted anyway."""
    counts: dict[str, int] = {}
    counted = {one.field for one in health.missing}
    for one in health.verdicts:
        for code in one.judgement.missing:
            if code not in counted:
                counts[code] = counts.get(code, 0) + 1
    return sorted(counts.items(), key=lambda pair: -pair[1])


def _credit_codes(health: Health) -> Section:
    rows = [_doubt_row(one) for one in health.credit_codes]
    heads = (_("Cell"), _("Project"), _("What is wrong"))
    return Section(_("Credit codes that do not hold"), heads, rows, (10, 34, 56), _("Every credit code holds."))


def _doubts(health: Health) -> Section:
    rows = [_doubt_row(one) for one in health.doubts]
    heads = (_("Cell"), _("Project"), _("What is doubtful"))
    return Section(_("Doubtful cells"), heads, rows, (10, 34, 56), _("No cell is in doubt."))


def _doubt_row(one: Doubt) -> tuple[str, ...]:
    return one.cell, one.place.name, cell_note_text(one.note, one.columns, one.place.row)


def _sums(health: Health) -> Section:
    rows = []
    for sheet, check in health.sums:
        label = _(LEAD_FIELDS[check.field].label)
        rows.append((f"{sheet} {check.column}{check.row}", label, check.stated, rows_give(check)))
    heads = (_("Cell"), _("Field"), _("The sheet says"), _("Its rows give"))
    return Section(_("Sums that do not agree"), heads, rows, (25, 25, 25, 25), _("Every sum agrees, or there is none."))


def _questions(health: Health) -> Section:
    asked = health.understood.questions.open
    rows = [(str(len(one.proofs) or 1), question_text(one, LEAD_FIELDS)) for one in asked]
    heads = (_("Rows"), _("Question"))
    none = _("The import would ask nothing.")
    return Section(_("What an import would ask"), heads, rows, (10, 90), none)


_SECTIONS: tuple[Callable[[Health], Section], ...] = (
    _verdicts,
    _twins,
    _slips,
    _missing,
    _credit_codes,
    _doubts,
    _sums,
    _questions,
)

TITLE = N_("Health of the ledger")
