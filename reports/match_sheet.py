"""匹配建议书: what a lead needs, which communities and funds fit, criterion by criterion, and why the others do not."""

from __future__ import annotations

from collections.abc import Iterator

from crm.domain.dossier import LeadFacts
from crm.domain.matching.explain import criterion_name, sentence, title
from crm.domain.matching.match import Match
from crm.domain.matching.reasons import Assessment, Result
from crm.i18n import _, pgettext
from reports.content import Align, Block, Body, Document, Heading, Note, Signatures, Table, Title, Tone, Words, line
from reports.fonts import FontSet
from reports.match_parts import BEST, counts_note, missing_names, proposals, refusals, to_ask
from reports.page import Composed, compose
from reports.parts import Numbering, document_of, grid, label, pairs_table, subtitle, titled, unknown, value_words

TEMPLATE = "match-sheet-1"

NEEDS = (
    "industry",
    "industries",
    "nature",
    "country",
    "space",
    "lease",
    "ceiling_height",
    "floor_load",
    "power",
    "environment",
    "needed_by",
    "rd_staff",
    "financing_stage",
    "financing_need",
    "landing",
    "financing_use",
)
"""The fields of a lead that a match looks at."""


def match_sheet(facts: LeadFacts, fonts: FontSet | None = None) -> bytes:
    """Return the PDF of a lead's match.

    Raises:
        GlyphMissingError: a character that no font has; nothing was begun.
    """
    return compose_match_sheet(facts, fonts).pdf()


def compose_match_sheet(facts: LeadFacts, fonts: FontSet | None = None, *, stand_ins: bool = False) -> Composed:
    """Return the match on its pages; errors as of ``match_sheet``."""
    return compose(match_document(facts), fonts, 1, stand_ins=stand_ins)


def match_document(facts: LeadFacts) -> Document:
    """Return the words of a match."""
    heading = titled(facts.name, _("Match: {name}"), _("Match of project {name}"))
    number = Numbering()
    blocks: list[Block] = [
        Title(heading, (facts.name,), label("name")),
        *subtitle(facts),
        number.heading(_("What the project needs")),
        pairs_table([(label(field), (value_words(facts, field),)) for field in NEEDS]),
        number.heading(_("What can be proposed")),
        *_proposed(facts),
        number.heading(_("What is not proposed, and why")),
        *_refused(facts),
        number.heading(_("What is still to be given")),
        *_missing(facts),
        Signatures((_("Proposed by"), _("Checked by"), pgettext("page", "Responsible"), pgettext("page", "Date"))),
    ]
    return document_of(facts, _("Match"), heading, TEMPLATE, blocks)


def _proposed(facts: LeadFacts) -> Iterator[Block]:
    """Yield the proposals, and of the best ones every criterion that was looked at."""
    if facts.match is None:
        yield Body((unknown(),))
        return
    tables = proposals(facts.match)
    if not tables:
        yield Body(line(_("None can be proposed with the data at hand.")))
    yield from tables
    yield counts_note(facts.match)
    for one in _best(facts.match):
        yield Heading(title(one), 2)
        yield criteria_table(one)


def _best(match: Match) -> list[Assessment]:
    sides = (match.communities, match.carriers, match.funds)
    return [one for side in sides if side is not None for one in side.ranked[:BEST]]


def criteria_table(one: Assessment) -> Table:
    """Return what was looked at for one target: the criterion, its result, the reason in the words of the screen."""
    words = {
        Result.MET: Words(pgettext("page", "met")),
        Result.NOT_MET: Words(pgettext("page", "not met"), Tone.STRONG),
        Result.UNKNOWN: Words(pgettext("page", "to be checked"), Tone.GREY),
    }
    rows = [
        (criterion_name(each.name), (words[each.result],), sentence(each.reason))
        for each in one.criteria
        if each.name != "landing"  # what will land here stays in the house (decisions 32)
    ]
    heads = (pgettext("page", "Criterion"), pgettext("page", "Result"), pgettext("page", "Why"))
    return grid(heads, rows, (24, 14, 62), (Align.LEFT, Align.CENTRE, Align.LEFT))


def _refused(facts: LeadFacts) -> list[Note]:
    found = refusals(facts.match) if facts.match is not None else []
    return found or [Note(line(_("None was refused.")))]


def _missing(facts: LeadFacts) -> Iterator[Block]:
    names = missing_names(facts)
    listed = _("{sentence}. ").format(sentence=pgettext("list", ", ").join(names)).strip()
    yield Body(line(listed if names else _("Everything the match needs is given.")))
    for place, question in enumerate(to_ask(facts), start=1):
        yield Note(line(_("To ask ({number}): {question}").format(number=place, question=question)))
