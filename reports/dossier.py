"""项目档案, first form: all facts, verdicts with reasons, stages, sources of the figures, changes (practice.md §12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from crm.domain.dossier import LeadFacts, Origin
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.thresholds.explain import conclusion
from crm.i18n import N_, _, pgettext
from reports.changes import changes_blocks, moment_text, side
from reports.content import Align, Block, Body, Document, Heading, Line, Note, Title, Tone, Words, line
from reports.follow_ups import follow_ups_table
from reports.fonts import FontSet
from reports.linked_parts import linked_blocks
from reports.match_parts import counts_note, missing_names, proposals, refusals, to_ask
from reports.page import Composed, compose
from reports.parts import (
    Numbering,
    Pair,
    document_of,
    grid,
    label,
    pairs_table,
    past_words,
    shown,
    subtitle,
    titled,
    unknown,
    value_words,
)
from reports.text import PARAGRAPH_CAP, cap, clean
from reports.threshold_parts import inputs_table, rules_table
from reports.threshold_sheet import threshold_blocks

TEMPLATE = "dossier-5"


FOLLOW_UPS_MOST = 200
"""Follow-ups a dossier prints, the newest."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    N_("The parties"): ("code", "name", "kind", "investor", "credit_code", "country", "origin_place"),
    N_("How it came"): (
        "source",
        "station",
        "campaign",
        "referrer",
        "led_by",
        "first_reported_at",
        "first_reporter",
    ),
    N_("Industry and kind"): (
        "industry",
        "industries",
        "future_industry",
        "culture_line",
        "gbt4754",
        "nature",
        "increment",
        "equipment_networked",
        "data_exchange",
        "cluster",
        "chain_position",
        "goals",
        "cooperation_fields",
        "tags",
    ),
    N_("Investment figures"): (
        "planned_investment",
        "fixed_investment",
        "registered_capital",
        "contracted_investment",
        "paid_in_investment",
        "paid_in_foreign",
    ),
    N_("Site and land"): ("area", "functional_area", "address", "site", "land", "land_use", "plots", "phases"),
    N_("Space and needs"): (
        "space",
        "lease",
        "ceiling_height",
        "floor_load",
        "power",
        "energy",
        "environment",
        "needed_by",
    ),
    N_("Expected effects"): (
        "annual_tax",
        "tax_basis",
        "tax_by_year",
        "full_year",
        "annual_output",
        "annual_revenue",
        "jobs",
        "rd_spend",
        "rd_staff",
    ),
    N_("Financing and landing"): ("financing_stage", "financing_need", "financing_use", "landing"),
    N_("Who is responsible"): (
        "bureau",
        "owner",
        "contact",
        "contact_phone",
        "next_step",
        "next_date",
    ),
}
"""The fields of a lead by subject; ``NOT_PRINTED`` names those that stay in the house."""

WIDE = frozenset(("plots", "phases", "tax_by_year", "space", "lease", "next_step", "status_reason"))
"""Fields whose values need a whole row."""

TAGS = frozenset(
    ("led_by", "culture_line", "equipment_networked", "data_exchange", "cluster", "goals", "cooperation_fields", "tags")
)
"""Fields that only some projects have: where they are not given, no line asks for them (S11)."""

MILESTONES = (
    "signed_on",
    "registered_on",
    "land_supplied_on",
    "started_on",
    "completed_on",
    "production_on",
    "full_production_on",
)

SECTIONS: Mapping[str, tuple[str, ...]] = {
    N_("Review and gates"): ("background-checks", "planning-checks", "reviews", "exceptions"),
    N_("Promises and performance"): ("performance",),
    N_("Incentives with their basis"): ("incentives",),
    N_("Approvals"): ("approval-steps",),
    N_("Proofs of stages and attachments"): ("proofs",),
}
"""The records that name a project, by what a reader looks for; any other kind stands below them."""

NOT_PRINTED = frozenset(("probability",))
"""A forecast of the officers, not a fact of the project (decisions 47)."""


def dossier(facts: LeadFacts, fonts: FontSet | None = None) -> bytes:
    """Return the PDF of a lead's dossier.

    Raises:
        GlyphMissingError: a character that no font has; nothing was begun.
    """
    return compose_dossier(facts, fonts).pdf()


def compose_dossier(facts: LeadFacts, fonts: FontSet | None = None, *, stand_ins: bool = False) -> Composed:
    """Return the dossier on its pages; errors as of ``dossier``."""
    return compose(dossier_document(facts), fonts, 1, stand_ins=stand_ins)


def dossier_document(facts: LeadFacts) -> Document:
    """Return the words of a dossier."""
    title = titled(facts.name, _("Dossier: {name}"), _("Project dossier: {name}"))
    number = Numbering()
    blocks: list[Block] = [
        Title(title, (facts.name, str(facts.values.get("investor") or "")), label("name")),
        *subtitle(facts),
        number.heading(pgettext("page", "Facts")),
        *_facts(facts),
        number.heading(_("Land-tax thresholds")),
        Heading(pgettext("page", "Inputs"), 2),
        inputs_table(facts),
        Heading(pgettext("page", "Rules"), 2),
        rules_table(facts),
        Heading(pgettext("page", "Result"), 2),
        *threshold_blocks(facts),
        *_then_and_now(facts),
        number.heading(_("Communities and funds")),
        *_match(facts),
        number.heading(_("What is still to be given")),
        *_missing(facts),
        number.heading(pgettext("page", "Stages")),
        *_stages(facts),
        number.heading(pgettext("page", "Follow-ups")),
        *_followed(facts),
        *_linked(facts, number),
        number.heading(_("Where the figures come from")),
        _origins(facts),
        number.heading(_("Change log")),
        *_changes(facts),
    ]
    return replace(document_of(facts, _("Project dossier"), title, TEMPLATE, blocks), running=True)


def _facts(facts: LeadFacts) -> Iterator[Block]:
    """Yield every field of the record by subject: those that are known in a table, the names of the others below it."""
    for name, fields in GROUPS.items():
        yield Heading(_(name), 2)
        known = [field for field in fields if facts.values.get(field) is not None]
        if known:
            pairs: list[Pair] = [_pair(facts, field) for field in known if field not in WIDE]
            yield pairs_table(pairs, wide=[_pair(facts, field) for field in known if field in WIDE])
        yield from _unknown(field for field in fields if field not in known and field not in TAGS)
    yield Heading(label("notes"), 2)
    yield Body((value_words(facts, "notes", PARAGRAPH_CAP, in_dossier=True),))


def _unknown(fields: Iterable[str]) -> Iterator[Block]:
    """Yield the line that names what nobody has given; a page of empty cells hides the few that are filled."""
    names = pgettext("list", ", ").join(map(label, fields))
    if names:
        yield Note((Words(_("To be filled in: {names}.").format(names=names), Tone.GREY),))


def _pair(facts: LeadFacts, field: str) -> Pair:
    return label(field), (value_words(facts, field, PARAGRAPH_CAP, in_dossier=True),)


def _match(facts: LeadFacts) -> list[Block]:
    if facts.match is None:
        return [Body((unknown(),))]
    nobody = Note(line(_("None can be proposed with the data at hand.")))
    proposed: list[Block] = [*proposals(facts.match)] or [nobody]
    return [
        Heading(_("What can be proposed"), 2),
        *proposed,
        counts_note(facts.match),
        Heading(_("What is not proposed, and why"), 2),
        *refusals(facts.match),
    ]


def _missing(facts: LeadFacts) -> Iterator[Block]:
    names = missing_names(facts)
    listed = _("{sentence}. ").format(sentence=pgettext("list", ", ").join(names)).strip()
    complete = _("Everything the thresholds and the match need is given.")
    yield Body(line(listed if names else complete))
    for place, question in enumerate(to_ask(facts), start=1):
        yield Note(line(_("To ask ({number}): {question}").format(number=place, question=question)))


def _stages(facts: LeadFacts) -> Iterator[Block]:
    """Yield the stage as it is, the days it was reached by the record, and each move by the history."""
    fields = [*("stage", "status", *MILESTONES), "status_reason"]
    known = [field for field in fields if facts.values.get(field) is not None]
    if known:
        pairs = [_pair(facts, field) for field in known if field not in WIDE]
        yield pairs_table(pairs, wide=[_pair(facts, field) for field in known if field in WIDE])
    yield from _unknown(field for field in fields if field not in known)
    moves = [one for one in facts.changes if one.field in ("stage", "status")]
    if moves:
        heads = (
            pgettext("page", "Time"),
            pgettext("page", "By"),
            pgettext("page", "From"),
            pgettext("page", "To"),
            pgettext("page", "Why"),
        )
        rows = [
            (
                moment_text(one),
                _past(one.by, pgettext("page", "By")),
                side(one, one.before, LEAD_FIELDS, partial(shown, facts)),
                side(one, one.after, LEAD_FIELDS, partial(shown, facts)),
                _past(one.why, pgettext("page", "Why")),
            )
            for one in moves
        ]
        yield grid(heads, rows, (20, 14, 16, 16, 34))


def _followed(facts: LeadFacts) -> Iterator[Block]:
    newest = facts.follow_ups[-FOLLOW_UPS_MOST:]
    if not newest:
        yield Body(line(_("None was written down.")))
        return
    yield follow_ups_table(newest)
    left = len(facts.follow_ups) - len(newest)
    if left:
        yield Note(line(_("The oldest {left} are not printed here.").format(left=left)))


def _then_and_now(facts: LeadFacts) -> Iterator[Block]:
    """Yield the verdict after each change of a figure it rests on, by the rules of that day; the last is today's."""
    if len(facts.verdicts) < 2:  # noqa: PLR2004  (one is the result above)
        return
    yield Heading(_("Verdicts then and now"), 2)
    fields = ("annual_tax", "land", "area")
    heads = (pgettext("page", "Time"), *(label(field) for field in fields), pgettext("page", "Conclusion"))
    heads = (*heads, pgettext("page", "Why"))
    rows: list[Sequence[Line | str]] = [
        (
            moment_text(one.change),
            *(_then(facts, field, one.values.get(field)) for field in fields),
            conclusion(one.conclusion),
            _past(one.change.why, pgettext("page", "Why")),
        )
        for one in facts.verdicts
    ]
    left = Align.LEFT
    yield grid(heads, rows, (17, 16, 12, 12, 24, 19), (left, Align.RIGHT, Align.RIGHT, left, left, left))
    yield Note(line(_("Judged by the figures and the rules of the day of each change.")))


def _then(facts: LeadFacts, field: str, value: object) -> Line:
    return _past(shown(facts, field, value), label(field)) if value is not None else (unknown(),)


def _linked(facts: LeadFacts, number: Numbering) -> Iterator[Block]:
    """Yield the records that name the project: review, promises, incentives, approvals, proofs, and all others."""
    for heading, words in SECTIONS.items():
        yield number.heading(_(heading))
        yield from linked_blocks(facts.linked, words)
    told = {word for words in SECTIONS.values() for word in words}
    rest = [one.kind for one in facts.linked if one.kind not in told]
    if rest:
        yield number.heading(_("Further records"))
        yield from linked_blocks(facts.linked, rest)


def _origins(facts: LeadFacts) -> Block:
    """Return the figures with the file, sheet, row and cell text they come from."""
    rows = [
        (
            label(field) if field in LEAD_FIELDS else field,
            _past(cap(clean(text), 200), label(field) if field in LEAD_FIELDS else field),
            _past(_place(origin), _("File, sheet, row")),
        )
        for origin in facts.origins
        for field, text in origin.cells.items()
    ]
    if not rows:
        return Body(line(_("All figures were entered in the program; the change log tells by whom.")))
    return grid((pgettext("page", "Field"), _("Words in the file"), _("File, sheet, row")), rows, (22, 38, 40))


def _changes(facts: LeadFacts) -> Iterator[Block]:
    return changes_blocks(facts.changes, LEAD_FIELDS, partial(shown, facts))


def _past(text: str, field: str) -> Line:
    return (past_words(text, field),)


def _place(origin: Origin) -> str:
    if origin.sheet:
        return _("{file}, {sheet}, row {row}").format(file=origin.file, sheet=origin.sheet, row=origin.row)
    return _("{file}, row {row}").format(file=origin.file, row=origin.row)
