"""一企一档: an enterprise after landing: registration, projects, figures, promises, services (practice.md §12)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from crm.domain.enterprise_file import EnterpriseFacts
from crm.domain.fields.registry import LEAD_FIELDS, RECORD_FIELDS
from crm.domain.fields.writing import value_to_text
from crm.domain.stages.explain import stage_name
from crm.i18n import N_, _, pgettext
from reports.changes import changes_blocks
from reports.content import Align, Block, Body, Document, Heading, Line, Note, Title, Tone, Words, line
from reports.fonts import FontSet
from reports.linked_parts import linked_blocks, record_text
from reports.page import Composed, compose
from reports.parts import Numbering, Pair, document_of, grid, pairs_table, subtitle, unknown
from reports.text import clean

TEMPLATE = "enterprise-file-1"

GROUPS: Mapping[str, tuple[str, ...]] = {
    N_("Business registration"): (
        "code",
        "name",
        "former_names",
        "aliases",
        "credit_code",
        "company_group",
        "registered_on",
        "registered_capital",
        "roles",
        "led_by",
    ),
    N_("Industry and size"): ("industry", "gbt4754", "scale", "leading", "production_on"),
    N_("Land and rooms"): ("land", "area", "functional_area", "address"),
    N_("Who is responsible"): ("owner", "bureau", "source", "as_of"),
}
"""The fields of an enterprise by subject; its notes stand below them."""

WIDE = frozenset(("former_names", "aliases", "gbt4754"))

SECTIONS: Mapping[str, tuple[str, ...]] = {
    N_("Output, tax, energy and jobs by year"): ("performance",),
    N_("Comprehensive evaluation"): ("evaluations",),
    N_("Policies and what was paid"): ("incentives", "enrolments"),
    N_("Research institutions and cooperation"): ("rd-institutions", "cooperations"),
    N_("Visits, services and requests"): ("enterprise-requests", "service-records", "referrals"),
    N_("Risks"): ("background-checks",),
    N_("Contact persons"): ("persons",),
}
"""The records that name an enterprise, by what a reader looks for."""

LEAD_COLUMNS = ("code", "name", "stage", "planned_investment", "land", "annual_tax", "owner")


def compose_enterprise_file(
    facts: EnterpriseFacts, fonts: FontSet | None = None, *, stand_ins: bool = False
) -> Composed:
    """Return the file of an enterprise on its pages.

    Raises:
        GlyphMissingError: a character that no font has; nothing was begun.
    """
    return compose(enterprise_document(facts), fonts, 1, stand_ins=stand_ins)


def enterprise_document(facts: EnterpriseFacts) -> Document:
    """Return the words of the file of an enterprise."""
    title = _("Enterprise file: {name}").format(name=facts.name)
    number = Numbering()
    blocks: list[Block] = [
        Title(title, (facts.name,), _(RECORD_FIELDS["enterprises"]["name"].label)),
        *subtitle(facts),
        number.heading(pgettext("page", "Facts")),
        *_facts(facts),
        number.heading(_("Its projects")),
        *_projects(facts),
    ]
    for heading, words in SECTIONS.items():
        blocks += [number.heading(_(heading)), *linked_blocks(facts.linked, words)]
    told = {word for words in SECTIONS.values() for word in words}
    rest = [one.kind for one in facts.linked if one.kind not in told]
    if rest:
        blocks += [number.heading(_("Further records")), *linked_blocks(facts.linked, rest)]
    blocks += [number.heading(_("Change log")), *changes_blocks(facts.changes, RECORD_FIELDS["enterprises"], _side)]
    declared = _("Figures of a firm are those it gave itself unless another source is named; they are not passed on.")
    blocks.append(Note(line(declared)))
    return replace(document_of(facts, _("Enterprise file"), title, TEMPLATE, blocks), running=True)


def _facts(facts: EnterpriseFacts) -> Iterator[Block]:
    fields = RECORD_FIELDS["enterprises"]
    for name, members in GROUPS.items():
        yield Heading(_(name), 2)
        known = [field for field in members if facts.values.get(field) is not None]
        if known:
            wide = [_pair(facts, field) for field in known if field in WIDE]
            yield pairs_table([_pair(facts, field) for field in known if field not in WIDE], wide=wide)
        absent = pgettext("list", ", ").join(_(fields[field].label) for field in members if field not in known)
        if absent:
            yield Note((Words(_("To be filled in: {names}.").format(names=absent), Tone.GREY),))
    if facts.values.get("notes"):
        yield Heading(_(fields["notes"].label), 2)
        yield Body((Words(record_text(fields["notes"], facts.values["notes"]), where=_(fields["notes"].label)),))


def _pair(facts: EnterpriseFacts, field: str) -> Pair:
    known = RECORD_FIELDS["enterprises"][field]
    return _(known.label), (Words(record_text(known, facts.values[field]), where=_(known.label)),)


def _projects(facts: EnterpriseFacts) -> Iterator[Block]:
    if not facts.leads:
        yield Body(line(_("No project names it.")))
        return
    heads = [_(LEAD_FIELDS[name].label) for name in LEAD_COLUMNS]
    rows = [[_cell(lead, name) for name in LEAD_COLUMNS] for lead in facts.leads]
    aligns = [
        Align.RIGHT if name in {"planned_investment", "land", "annual_tax"} else Align.LEFT for name in LEAD_COLUMNS
    ]
    yield grid(heads, rows, (20, 24, 10, 13, 10, 13, 10), aligns)


def _cell(lead: Mapping[str, object], name: str) -> Line:
    value = lead.get(name)
    if value is None:
        return (unknown(),)
    text = stage_name(str(value), lead) if name == "stage" else clean(value_to_text(LEAD_FIELDS[name], value))
    return (Words(text, where=_(LEAD_FIELDS[name].label)),)


def _side(field: str, value: object) -> str:
    return record_text(RECORD_FIELDS["enterprises"][field], value)
