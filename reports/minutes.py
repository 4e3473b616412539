"""走访纪要: what was said at a visit or a meeting and what was agreed, for both sides to confirm."""

from __future__ import annotations

from crm.domain.dossier import LeadFacts
from crm.domain.follow_ups import FollowUp
from crm.i18n import _, pgettext
from reports.content import Block, Body, Document, Signatures, Title, Words, line
from reports.follow_ups import kind_text
from reports.fonts import FontSet
from reports.page import Composed, compose
from reports.parts import (
    Numbering,
    Pair,
    day_text,
    document_of,
    label,
    pairs_table,
    subtitle,
    titled,
    unknown,
    value_words,
)
from reports.text import PARAGRAPH_CAP, cap, clean

TEMPLATE = "minutes-1"


def compose_minutes(facts: LeadFacts, fonts: FontSet | None = None, *, stand_ins: bool = False) -> Composed:
    """Return the minutes of the follow-ups in the facts, the newest last.

    Raises:
        GlyphMissingError: a character that no font has; nothing was begun.
    """
    return compose(minutes_document(facts), fonts, 1, stand_ins=stand_ins)


def minutes_document(facts: LeadFacts) -> Document:
    """Return the words of the minutes."""
    title = titled(facts.name, _("Minutes: {name}"), _("Minutes: project {name}"))
    number = Numbering()
    blocks: list[Block] = [Title(title, (facts.name,), label("name")), *subtitle(facts)]
    blocks += [number.heading(_("The project")), _project(facts)]
    for one in facts.follow_ups:
        blocks += _minutes(one, number)
    blocks.append(Signatures((_("Written by"), _("Confirmed by the company"), pgettext("page", "Date"))))
    return document_of(facts, pgettext("document", "Minutes"), title, TEMPLATE, blocks)


def _project(facts: LeadFacts) -> Block:
    fields = ("investor", "industry", "planned_investment", "land", "area", "stage", "owner", "bureau")
    return pairs_table([(label(field), (value_words(facts, field, 200),)) for field in fields])


def _minutes(one: FollowUp, number: Numbering) -> list[Block]:
    heading = _("{kind} on {day}").format(kind=kind_text(one.kind), day=day_text(one.at))
    said = cap(
        clean(one.note),
        PARAGRAPH_CAP,
        _("({count} more characters in the record)").format(count=max(0, len(one.note) - PARAGRAPH_CAP)),
    )
    agreed: list[Pair] = [
        (label("next_step"), line(one.next_step) if one.next_step else (unknown(),)),
        (label("next_date"), line(day_text(one.next_date)) if one.next_date else (unknown(),)),
        (pgettext("page", "Written down by"), line(one.by)),
    ]
    return [
        number.heading(heading),
        Body((Words(said, where=_("What was said or agreed")),)),
        pairs_table([], wide=agreed),
    ]
