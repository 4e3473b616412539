"""匿名版: what a partner may see of a project before anybody is named: fields from a white list, nothing else.

A text in which the investor or the project is named is left out and said to be (practice.md §11, reliability.md §4.10).
"""

from __future__ import annotations

from dataclasses import replace

from crm.domain.companies.names import read_name
from crm.domain.dossier import LeadFacts
from crm.i18n import _, pgettext
from reports.content import Block, Centred, Document, Line, Note, Title, Tone, Words, line
from reports.fonts import FontSet
from reports.page import Composed, compose
from reports.parts import Numbering, day_text, document_of, label, pairs_table, unknown, value_words
from reports.text import clean

TEMPLATE = "blind-profile-1"
CAP = 200
BRAND = 2
"""Characters that the brand of a Chinese company begins with: 电驰 of 电驰动力科技有限公司 names it too."""

GROUPS = {
    "kind": ("country", "industry", "industries", "nature", "increment", "chain_position"),
    "needs": ("area", "land", "land_use", "space", "ceiling_height", "floor_load", "power", "environment", "needed_by"),
    "size": ("planned_investment", "fixed_investment", "annual_output", "jobs", "rd_staff"),
    "money": ("financing_stage", "financing_need", "financing_use", "landing"),
}
"""The white list: no name, code of a company, person, address, source, officer, note, and no tax promise."""


def compose_blind_profile(facts: LeadFacts, fonts: FontSet | None = None, *, stand_ins: bool = False) -> Composed:
    """Return the profile on its page.

    Raises:
        GlyphMissingError: a character that no font has; nothing was begun.
    """
    return compose(blind_document(facts), fonts, 1, stand_ins=stand_ins)


def blind_document(facts: LeadFacts) -> Document:
    """Return the words of a profile without names; neither title nor properties have one."""
    headings = {
        "kind": _("The project"),
        "needs": _("Site and needs"),
        "size": _("Size"),
        "money": _("Financing and landing"),
    }
    code = str(facts.values.get("code") or "")
    title = _("Project profile without names, {code}").format(code=code)
    number = Numbering()
    blocks: list[Block] = [Title(title, (code,))]
    blocks.append(Centred(line("　".join(part for part in (facts.unit, day_text(facts.on)) if part))))
    for group, fields in GROUPS.items():
        pairs = [(label(field), _words(facts, field)) for field in fields]
        blocks += [number.heading(headings[group]), pairs_table(pairs)]
    blocks.append(
        Note(line(_("Names and contacts are given when both sides agree. Figures as the company gave them.")))
    )
    made = document_of(facts, pgettext("document", "Profile without names"), title, TEMPLATE, blocks)
    return replace(made, watermark="")  # made to be shown outside: nothing in it is confidential


def _words(facts: LeadFacts, field: str) -> Line:
    words = value_words(facts, field, CAP)
    if words.tone is Tone.GREY:
        return (unknown(),)
    if names_somebody(facts, words.text):
        return (Words(_("left out: it names the company"), Tone.GREY),)
    return (words,)


def names_somebody(facts: LeadFacts, text: str) -> bool:
    """Return whether the name of the investor or the project stands in a text, whole or without its legal form."""
    squeezed = "".join(clean(text).split()).casefold()
    for field in ("investor", "name"):
        name = str(facts.values.get(field) or "")
        if not name:
            continue
        layers = read_name(name)
        said = ["".join(clean(name).split()).casefold()]
        if not layers.generic:
            said += [layers.key, layers.core, *([layers.key[:BRAND]] if field == "investor" else [])]
        if any(len(each) > 1 and each in squeezed for each in said):
            return True
    return False
