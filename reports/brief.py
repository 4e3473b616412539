"""项目简报: one to two pages for a leader (practice.md §12). No red head, no seal, no number (decisions 10, 11)."""

from __future__ import annotations

from collections.abc import Iterator

from crm.domain.dossier import LeadFacts
from crm.domain.thresholds.explain import area_text, conclusion
from crm.i18n import _, pgettext
from reports.content import Block, Body, Document, Line, Table, Title, Tone, Words, line
from reports.fonts import FontSet
from reports.match_parts import best_table, counts_note, missing_names, to_ask
from reports.page import Composed, compose_within
from reports.parts import (
    Numbering,
    Pair,
    document_of,
    joined,
    label,
    pairs_table,
    subtitle,
    titled,
    unknown,
    value_words,
)
from reports.text import cap, clean
from reports.threshold_parts import conclusion_line, land_down, rules_note, tax_per_mu_words, tests_table

TEMPLATE = "brief-1"
MOST_PAGES = 2
ATTEMPTS = ((1, 400), (1, 160), (2, 160), (3, 160), (3, 60))
"""Density of the type and characters of a long value, tried in turn until the brief keeps within its pages."""


def brief(facts: LeadFacts, fonts: FontSet | None = None) -> bytes:
    """Return the PDF of a lead's brief: two pages at most, whatever the record holds.

    Raises:
        GlyphMissingError: a character that no font has; nothing was begun.
    """
    return compose_brief(facts, fonts).pdf()


def compose_brief(facts: LeadFacts, fonts: FontSet | None = None, *, stand_ins: bool = False) -> Composed:
    """Return the brief on its pages; errors as of ``brief``."""
    tries = ((density, brief_document(facts, most)) for density, most in ATTEMPTS)
    return compose_within(MOST_PAGES, tries, fonts, stand_ins=stand_ins)


def brief_document(facts: LeadFacts, most: int = ATTEMPTS[0][1]) -> Document:
    """Return the words of a brief; values longer than ``most`` characters are capped, and say so."""
    title = titled(facts.name, _("Brief: {name}"), _("Project brief: {name}"))
    number = Numbering()
    blocks: list[Block] = [
        Title(title, (facts.name, str(facts.values.get("investor") or "")), label("name")),
        *subtitle(facts),
        *_profile(facts, number, most),
        number.heading(_("The project")),
        project_table(facts, most),
        number.heading(_("Land-tax thresholds")),
        conclusion_line(facts.judgement, notes=True),
        *_tables(tests_table(facts.judgement)),
        rules_note(facts),
        number.heading(_("Communities and funds")),
        *_match(facts),
        number.heading(_("Progress and next step")),
        progress_table(facts, most),
    ]
    return document_of(facts, _("Project brief"), title, TEMPLATE, blocks)


def project_table(facts: LeadFacts, most: int) -> Table:
    """Return who invests, in what, how much, where, with what effect and what needs."""

    def value(field: str) -> Words:
        return value_words(facts, field, most)

    pairs: list[Pair] = [
        (label("investor"), (value("investor"),)),
        (label("country"), (value("country"),)),
        (label("industry"), joined((value("industry"), value("industries")), pgettext("list", ", "))),
        (pgettext("page", "Nature"), joined((value("nature"), value("increment")), pgettext("list", ", "))),
        (label("planned_investment"), (value("planned_investment"),)),
        (label("fixed_investment"), (value("fixed_investment"),)),
        (_("Area and site"), _site(facts, most)),
        (_("Land and use"), _land(facts)),
        (label("space"), (value("space"),)),
        (label("lease"), (value("lease"),)),
        (label("annual_tax"), _tax(facts)),
        (_("Tax per mu"), (tax_per_mu_words(facts.judgement),)),
        (_("Output and revenue"), joined((value("annual_output"), value("annual_revenue")), pgettext("list", ", "))),
        (label("jobs"), (value("jobs"),)),
        (_("Power and energy"), joined((value("power"), value("energy")), pgettext("list", ", "))),
        (label("environment"), (value("environment"),)),
        (
            pgettext("page", "Financing"),
            joined(map(value, ("financing_stage", "financing_need", "financing_use")), pgettext("list", ", ")),
        ),
        (label("needed_by"), (value("needed_by"),)),
    ]
    told = (field for field in ("plots", "phases", "notes") if facts.values.get(field))
    wide: list[tuple[str, Line]] = [(label(field), (value(field),)) for field in told]
    if facts.transport:
        wide.insert(0, (_("Transport"), line(cap(clean(facts.transport), most, _("(in full in the record)")))))
    return pairs_table(pairs, wide=wide)


def _profile(facts: LeadFacts, number: Numbering, most: int) -> Iterator[Block]:
    """Yield the blocks on the district, where they were asked for; an investor reads them first (S01)."""
    if facts.profile:
        yield number.heading(_("About the district"))
        for name, text in facts.profile:
            words = _("{label}: {points}").format(label=name, points=text)
            yield Body(line(cap(clean(words), most, _("(in full in the record)"))))


def _tax(facts: LeadFacts) -> Line:
    """Return the tax with its basis; where none is given the page says what it was tried on (decisions 22)."""
    tax, basis = value_words(facts, "annual_tax"), value_words(facts, "tax_basis")
    if tax.tone is Tone.GREY or basis.tone is Tone.GREY:
        return (tax,)
    return (tax, Words(_(" ({note})").format(note=basis.text)))


def _site(facts: LeadFacts, most: int) -> Line:
    """Return where the project goes; of several plots every area once."""
    areas = [Words(area_text(area)) for area in dict.fromkeys(plot.area for plot in facts.judgement.plots if plot.area)]
    own = [value_words(facts, field, most) for field in ("functional_area", "site", "address")]
    return joined([*areas, *own] if areas else [value_words(facts, "area"), *own], pgettext("list", ", "))


def _land(facts: LeadFacts) -> Line:
    """Return land and use; of several plots the land that is judged."""
    land, use = value_words(facts, "land"), value_words(facts, "land_use")
    judged = facts.judgement.land
    if facts.values.get("land") is None and judged is not None:
        land = Words(_("{land} mu").format(land=land_down(judged)))
    return joined((land, use), pgettext("list", ", "))


def _tables(table: Table | None) -> list[Block]:
    return [] if table is None else [table]


def _match(facts: LeadFacts) -> list[Block]:
    if facts.match is None:
        return [Body((unknown(),))]
    best = best_table(facts.match)
    nobody = Body(line(_("None can be proposed with the data at hand.")))
    return [best if best is not None else nobody, counts_note(facts.match)]


def progress_table(facts: LeadFacts, most: int) -> Table:
    """Return stage, what is to be coordinated, what is missing, who does what by when."""

    def value(field: str) -> Words:
        return value_words(facts, field, most)

    pairs: list[Pair] = [
        (
            _("Stage and status"),
            joined((value("stage"), value("status"), value("status_reason")), pgettext("list", ", ")),
        ),
        (_("Signed, registered"), joined((value("signed_on"), value("registered_on")), pgettext("list", ", "))),
        (label("bureau"), (value("bureau"),)),
        (label("owner"), (value("owner"),)),
        (label("next_step"), (value("next_step"),)),
        (label("next_date"), (value("next_date"),)),
    ]
    missing = missing_names(facts)
    wide: list[Pair] = [(_("To be coordinated"), (coordination(facts),))]
    if missing:
        wide.append((_("Data to be given"), line(pgettext("list", ", ").join(missing))))
    asked = to_ask(facts)
    if asked:
        wide.append((_("To ask next time"), line("\n".join(asked))))
    return pairs_table(pairs, wide=wide)


def coordination(facts: LeadFacts) -> Words:
    """Return what a leader has to bring together: a verdict that people must decide; else nothing is known."""
    if facts.judgement.refer:
        text = _("Thresholds: submit for consultation ({conclusion})")
        return Words(text.format(conclusion=conclusion(facts.judgement)))
    return unknown()
