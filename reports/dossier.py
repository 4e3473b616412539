"""项目档案, first form: all facts, verdicts with reasons, stages, sources of the figures, changes (practice.md §12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from crm.domain.dossier import Change, LeadFacts, Origin
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.quantities import CHINA_TIME
from crm.i18n import N_, _, pgettext
from reports.content import Block, Body, Document, Heading, Line, Note, Title, Tone, Words, line
from reports.follow_ups import follow_ups_table
from reports.fonts import FontSet
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

TEMPLATE = "dossier-3"


CHANGES_MOST = 400
"""Lines of the change log a dossier prints, the newest; it says how many more there are."""

FOLLOW_UPS_MOST = 200
"""Follow-ups a dossier prints, the newest."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    N_("The parties"): ("code", "name", "kind", "investor", "credit_code", "country"),
    N_("How it came"): ("source", "station", "campaign", "referrer", "first_reported_at", "first_reporter"),
    N_("Industry and kind"): ("industry", "industries", "gbt4754", "nature", "increment", "chain_position"),
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

MILESTONES = (
    "signed_on",
    "registered_on",
    "land_supplied_on",
    "started_on",
    "completed_on",
    "production_on",
    "full_production_on",
)

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
        number.heading(_("Communities and funds")),
        *_match(facts),
        number.heading(_("What is still to be given")),
        *_missing(facts),
        number.heading(pgettext("page", "Stages")),
        *_stages(facts),
        number.heading(pgettext("page", "Follow-ups")),
        *_followed(facts),
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
        yield from _unknown(field for field in fields if field not in known)
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
                _moment(one),
                _past(one.by, pgettext("page", "By")),
                _side(facts, one, one.before),
                _side(facts, one, one.after),
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
    """Yield the newest changes; those of one moment, officer and reason stand under one line that tells them."""
    newest = facts.changes[-CHANGES_MOST:]
    heads = (pgettext("page", "Field"), pgettext("page", "Before"), pgettext("page", "After"))
    for moment, together in groupby(newest, lambda one: (_moment(one), one.by, one.why)):
        yield Note(_change_line(*moment), with_next=True)
        rows = [(_field(one), _side(facts, one, one.before), _side(facts, one, one.after)) for one in together]
        yield grid(heads, rows, (24, 38, 38))
    left = len(facts.changes) - len(newest)
    text = _("{count} changes in all").format(count=len(facts.changes))
    if left:
        text = _("{text}; the oldest {left} are not printed here").format(text=text, left=left)
    yield Note(line(_("{sentence}. ").format(sentence=text).strip()))


def _change_line(at: str, by: str, why: str) -> Line:
    """Return what stands over the lines of one change: moment, officer and reason, with wide blanks between them."""
    words = [Words(at)]
    for text, name in ((by, pgettext("page", "By")), (why, pgettext("page", "Why"))):
        words += [Words("　" + text, where=past_words("", name).where, past=True)] if text else []
    return tuple(words)


def _past(text: str, field: str) -> Line:
    return (past_words(text, field),)


def _place(origin: Origin) -> str:
    if origin.sheet:
        return _("{file}, {sheet}, row {row}").format(file=origin.file, sheet=origin.sheet, row=origin.row)
    return _("{file}, row {row}").format(file=origin.file, row=origin.row)


def _moment(change: Change) -> str:
    return f"{change.at.astimezone(CHINA_TIME):%Y-%m-%d %H:%M}"


def _field(change: Change) -> str:
    if change.field:
        return label(change.field) if change.field in LEAD_FIELDS else change.field
    return {"created": _("record made"), "deleted": _("record deleted")}.get(change.action, change.action)


def _side(facts: LeadFacts, change: Change, value: object) -> Line:
    """Return what a field held before or after; a stretch of text is capped, the record itself has all of it."""
    known = LEAD_FIELDS.get(change.field)
    if known is None:
        return line("—")
    if value is None:
        return (Words(pgettext("page", "empty"), Tone.GREY),)
    return _past(cap(clean(shown(facts, change.field, value)), 200), _(known.label))
