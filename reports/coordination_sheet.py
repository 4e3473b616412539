"""撞单协调单: two leads side by side, why they may be one, who reported first; people decide (practice.md §2)."""

from __future__ import annotations

from collections.abc import Sequence

from crm.domain.companies.explain import explain_duplicate, likelihood_word
from crm.domain.companies.pair import PairFacts
from crm.domain.dossier import LeadFacts, digest
from crm.i18n import _, current_language, pgettext
from reports.content import (
    Align,
    Block,
    Body,
    Cell,
    Centred,
    Document,
    Line,
    Note,
    Signatures,
    Table,
    Title,
    Tone,
    Words,
    line,
)
from reports.fonts import FontSet
from reports.page import Composed, compose_within
from reports.parts import (
    Numbering,
    Pair,
    code_text,
    day_text,
    fictional_text,
    footer,
    grid,
    label,
    last_line,
    pairs_table,
    value_words,
    watermark,
)

TEMPLATE = "coordination-sheet-1"
CAP = 200
DENSITIES_TRIED = (2, 3)
"""Densities of the type, tried in turn until the sheet keeps to its page."""

COMPARED = (
    "code",
    "name",
    "investor",
    "credit_code",
    "country",
    "first_reported_at",
    "first_reporter",
    "source",
    "bureau",
    "owner",
    "stage",
    "status",
    "industry",
    "planned_investment",
    "land",
    "area",
    "address",
)


def compose_coordination_sheet(facts: PairFacts, fonts: FontSet | None = None, *, stand_ins: bool = False) -> Composed:
    """Return the sheet, on one page where its words fit.

    Raises:
        GlyphMissingError: a character that no font has; nothing was begun.
    """
    document = coordination_document(facts)
    return compose_within(1, ((density, document) for density in DENSITIES_TRIED), fonts, stand_ins=stand_ins)


def coordination_document(facts: PairFacts) -> Document:
    """Return the words of the sheet: nothing is decided here, both records stay."""
    number = Numbering()
    first = facts.a
    whole = f"{TEMPLATE}/{current_language()}/{digest(facts.b, TEMPLATE)}/{facts.first}"
    whole_digest = digest(first, whole)
    title = _("Coordination sheet for leads that may be one")
    blocks: list[Block] = [
        Title(title),
        Centred(line("　".join(part for part in (first.unit, day_text(first.on)) if part))),
        *([Centred(line(fictional_text()))] if first.fictional or facts.b.fictional else []),
        number.heading(_("The two leads")),
        *_comparison(facts),
        number.heading(_("Why they may be one")),
        *_reasons(facts),
        number.heading(_("Who reported first")),
        Body(_first(facts)),
        number.heading(_("Their follow-ups")),
        *_follow_ups(facts),
        number.heading(_("Decision")),
        _decision(),
        Note(line(_("Nothing is merged by the program: both records stay, and the decision is written into both."))),
        Signatures((_("For the first"), _("For the second"), pgettext("page", "Decided by"), pgettext("page", "Date"))),
        last_line(whole_digest, first.head, first.head_place),
    ]
    return Document(
        kind=pgettext("document", "Coordination sheet"),
        title=title,
        author=first.unit,
        language=current_language(),
        blocks=blocks,
        header=first.header,
        footer=footer(first),
        digest=whole_digest,
        watermark=watermark(first) or watermark(facts.b),
        code=code_text(whole_digest, first.head, first.head_place),
    )


def _comparison(facts: PairFacts) -> list[Block]:
    """Return the fields side by side, and the names of those that neither has."""
    told = [field for field in COMPARED if any(lead.values.get(field) is not None for lead in (facts.a, facts.b))]
    missing = pgettext("list", ", ").join(label(field) for field in COMPARED if field not in told)
    note = Note((Words(_("Neither has: {names}.").format(names=missing), Tone.GREY),))
    return [comparison_table(facts, told), *([note] if missing else [])]


def comparison_table(facts: PairFacts, fields: Sequence[str]) -> Table:
    """Return fields of both side by side; those that differ stand out by weight, so that a copy shows it too."""
    rows: list[tuple[Cell, ...]] = [
        (Cell(line("")), Cell(line(_("First lead"))), Cell(line(_("Second lead")))),
    ]
    for field in fields:
        one, other = value_words(facts.a, field, CAP), value_words(facts.b, field, CAP)
        differ = one.text != other.text and Tone.GREY not in (one.tone, other.tone)
        cells = [Words(each.text, Tone.STRONG, each.where) if differ else each for each in (one, other)]
        rows.append((Cell(line(label(field)), label=True), *(Cell((each,)) for each in cells)))
    return Table(tuple(rows), (22, 39, 39), (Align.LEFT,) * 3, heads=1)


def _reasons(facts: PairFacts) -> list[Block]:
    if facts.likelihood is None:
        return [Body(line(_("The program's rules see no reason; the sheet was asked for by hand.")))]
    said = _("{likelihood}. ").format(likelihood=likelihood_word(facts.likelihood)).strip()
    return [Body((Words(said, Tone.STRONG),)), *(Note(line(each)) for each in explain_duplicate(facts.reasons))]


def _first(facts: PairFacts) -> Line:
    if facts.first is None:
        return line(_("The times entered do not tell: one is missing, or they may fall together."))
    lead = facts.a if facts.a.values.get("code") == facts.first else facts.b
    return line(
        _("{code} by its time of first report, {time}, reported by {reporter}.").format(
            code=facts.first,
            time=value_words(lead, "first_reported_at").text,
            reporter=value_words(lead, "first_reporter").text,
        )
    )


def _follow_ups(facts: PairFacts) -> list[Block]:
    rows = [(_code(lead), str(len(lead.follow_ups)), _last(lead)) for lead in (facts.a, facts.b)]
    heads = (label("code"), _("Times followed up"), _("The last of them"))
    return [grid(heads, rows, (30, 20, 50))]


def _code(lead: LeadFacts) -> str:
    return str(lead.values.get("code") or "")


def _last(lead: LeadFacts) -> str:
    if not lead.follow_ups:
        return "—"
    one = lead.follow_ups[-1]
    return _("{day}, {name}").format(day=one.at.isoformat(), name=one.by)


def _decision() -> Table:
    """Return what people fill in by hand: the words of practice.md §2 (申请→双方材料→裁定人→结论→时间)."""
    blank = line("　")
    pairs: list[Pair] = [(_("Asked for by"), blank), (_("Asked for on"), blank)]
    wide: list[Pair] = [
        (_("Papers of the first"), blank),
        (_("Papers of the second"), blank),
        (pgettext("page", "Conclusion"), line("　".join(f"□ {end}" for end in _ends()))),
        (_("Who leads, who joins, shares"), line("　\n　\n　")),
    ]
    return pairs_table(pairs, wide=wide)


def _ends() -> tuple[str, str, str, str]:
    return _("one project"), _("two projects"), _("passed on"), _("to be clarified")
