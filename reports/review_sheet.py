"""评审单: the twelve gates of a review with what the record says to each, and places to tick and sign (practice.md §3).

The program answers only the gate it has rules for, the land-tax threshold; to the others it gives the figures, and
people decide: a gate nobody has ticked is 待核.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from crm.domain.dossier import LeadFacts
from crm.domain.quantities import Span
from crm.domain.quantities.display import round_down
from crm.domain.thresholds.explain import conclusion
from crm.i18n import N_, _, pgettext
from reports.content import Align, Block, Document, Line, Note, Signatures, Table, Title, Tone, Words, line
from reports.fonts import FontSet
from reports.page import Composed, compose_within
from reports.parts import Numbering, document_of, grid, joined, label, pairs_table, subtitle, titled, value_words
from reports.threshold_parts import conclusion_line, rules_note

TEMPLATE = "review-sheet-1"
DENSITIES_TRIED = (2, 3)
CAP = 120
PLACES = 2

GATES = (
    N_("1 Access list"),
    N_("2 Conformity with the plans"),
    N_("3 Land-tax threshold"),
    N_("4 Investment per mu"),
    N_("5 Plot ratio, building density"),
    N_("6 Output per mu"),
    N_("7 Share of research spending"),
    N_("8 Energy"),
    N_("9 Environmental assessment feasible"),
    N_("10 Safety, hazardous chemicals"),
    N_("11 Standing of the investor"),
    N_("12 Fair competition"),
)
"""In the order of practice.md §3."""


def compose_review_sheet(facts: LeadFacts, fonts: FontSet | None = None, *, stand_ins: bool = False) -> Composed:
    """Return the sheet, on one page where its words fit.

    Raises:
        GlyphMissingError: a character that no font has; nothing was begun.
    """
    document = review_document(facts)
    return compose_within(1, ((density, document) for density in DENSITIES_TRIED), fonts, stand_ins=stand_ins)


def review_document(facts: LeadFacts) -> Document:
    """Return the words of a review sheet."""
    title = titled(facts.name, _("Review sheet: {name}"), _("Review sheet: project {name}"))
    number = Numbering()
    blocks: list[Block] = [
        Title(title, (facts.name,), label("name")),
        *subtitle(facts),
        number.heading(_("The project")),
        _project(facts),
        number.heading(_("Gates")),
        gates_table(facts),
        Note(
            line(
                _("Tick one of: passed, not passed, to be checked, does not apply; write the evidence and who checked.")
            )
        ),
        number.heading(_("Land-tax thresholds")),
        conclusion_line(facts.judgement, notes=True),
        rules_note(facts),
        number.heading(_("Opinion")),
        pairs_table([], wide=[(pgettext("page", "Conclusion"), line("　\n　")), (_("Conditions"), line("　"))]),
        Signatures((_("Put forward by"), _("Reviewed by"), pgettext("page", "Responsible"), pgettext("page", "Date"))),
    ]
    return document_of(facts, _("Review sheet"), title, TEMPLATE, blocks)


def _project(facts: LeadFacts) -> Table:
    fields = (
        "investor",
        "credit_code",
        "industry",
        "gbt4754",
        "nature",
        "planned_investment",
        "fixed_investment",
        "land",
        "area",
        "annual_tax",
        "annual_output",
        "jobs",
    )
    return pairs_table([(label(field), (value_words(facts, field, CAP),)) for field in fields])


def gates_table(facts: LeadFacts) -> Table:
    """Return the gates: what the record says, boxes to tick, a place for evidence and name."""
    boxes = _("□ passed □ not passed □ to check □ n/a")
    told = _told(facts)
    rows = [(_(gate), told.get(place, (_to_check(),)), boxes, "　") for place, gate in enumerate(GATES, start=1)]
    heads = (pgettext("page", "Gate"), _("What the record says"), pgettext("page", "Result"), _("Evidence, checked by"))
    return grid(heads, rows, (20, 29, 34, 17), (Align.LEFT,) * 4)


def _told(facts: LeadFacts) -> dict[int, Line]:
    """Return what the record says to each gate it has something for."""
    values = facts.values

    def value(field: str) -> Words:
        return value_words(facts, field, CAP)

    comma = pgettext("list", ", ")
    return {
        1: joined((value("industry"), value("gbt4754")), comma),
        3: (Words(conclusion(facts.judgement)),),
        4: _ratio(values, "fixed_investment", "land", _("{number} (10k yuan of fixed investment per mu)")),
        6: _ratio(values, "annual_output", "land", _("{number} (10k yuan of output per mu)")),
        7: _ratio(values, "rd_spend", "annual_revenue", _("{number}% of the revenue"), Decimal(100)),
        8: joined((value("energy"), value("power")), comma),
        9: joined((value("environment"),), comma),
        11: joined((value("credit_code"), value("registered_capital")), comma),
    }


def _ratio(values: Mapping[str, object], above: str, below: str, words: str, factor: Decimal = Decimal(1)) -> Line:
    """Return one figure by another, rounded down; only where both are exact figures in yuan or 亩."""
    top, bottom = (_exact(values.get(field)) for field in (above, below))
    if top is None or not bottom:
        return (_to_check(),)
    share = Fraction(top) * Fraction(factor) / Fraction(bottom)
    return line(words.format(number=f"{round_down(share, PLACES):,f}"))


def _exact(value: object) -> Decimal | None:
    if not isinstance(value, Span) or getattr(value, "currency", "CNY") != "CNY":
        return None
    return value.exact


def _to_check() -> Words:
    return Words(_("to be checked by people"), Tone.GREY)
