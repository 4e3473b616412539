"""Words that several documents share: values of fields, tables of them, numbered headings, the last line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from crm.domain.dossier import LeadFacts, PaperFacts, digest
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.fields.writing import value_to_text
from crm.domain.quantities import PartialDate, date_text
from crm.domain.stages.explain import stage_name
from crm.i18n import _, current_language
from reports.content import Align, Block, Cell, Centred, Document, Heading, Line, Note, Table, Tone, Words, line
from reports.text import cap, clean

_NUMERALS = "一二三四五六七八九"
_DIGEST_SHOWN = 16
"""Digits of a digest on the page; the file's properties and the print log have all of it."""


def unknown() -> Words:
    """Return what stands for a thing nobody has given: 待补充, in grey; never 0, never a blank."""
    return Words(_("to be filled in"), Tone.GREY)


def value_words(facts: LeadFacts, field: str, most: int = 0, *, in_dossier: bool = False) -> Words:
    """Return the value of a field as people read it, the same as on the screen.

    Args:
        facts: of the lead.
        field: its name.
        most: characters at most; 0: no limit. The page then says that something was left out: the dossier has it, and
            what the dossier itself leaves out the record has.
        in_dossier: the page is of the dossier.
    """
    known = LEAD_FIELDS[field]
    text = clean(shown(facts, field, facts.values.get(field)))
    if not text:
        return unknown()
    if most:
        left = _("({count} more characters in the record)").format(count=len(text) - most)
        text = cap(text, most, left if in_dossier else _("(in full in the dossier)"))
    return Words(text, where=_(known.label))


def shown(facts: LeadFacts, field: str, value: object) -> str:
    """Return a value of a field in the words of the screen; "" for an unknown one."""
    if field == "stage" and value is not None:
        return stage_name(str(value), facts.values)  # a lead without land has other stages
    return value_to_text(LEAD_FIELDS[field], value)


def label(field: str) -> str:
    """Return what a field is called."""
    return _(LEAD_FIELDS[field].label)


def past_words(text: str, field: str) -> Words:
    """Return what was once written about a field, in a change or a file: nobody can put other words there any more."""
    return Words(text, where=_("{field} (as once written)").format(field=field), past=True)


def joined(words: Iterable[Words], mark: str) -> Line:
    """Return known words with a mark between them; 待补充 when there are none."""
    known = [one for one in words if one.tone is not Tone.GREY]
    found = [part for one in known for part in (Words(mark), one)][1:]
    return tuple(found) or (unknown(),)


Pair = tuple[str, Line]
"""A label and what it names."""


def pairs_table(pairs: Sequence[Pair], *, wide: Sequence[Pair] = ()) -> Table:
    """Return a table of labels and values, two pairs to a row; ``wide`` ones have a row each."""
    rows: list[tuple[Cell, ...]] = []
    for first, second in zip(pairs[::2], pairs[1::2], strict=False):
        rows.append((*_pair(first), *_pair(second)))
    if len(pairs) % 2:
        rows.append(_pair(pairs[-1], span=3))
    rows.extend(_pair(pair, span=3) for pair in wide)
    return Table(tuple(rows), (19, 31, 19, 31), (Align.LEFT,) * 4)


def _pair(pair: Pair, span: int = 1) -> tuple[Cell, Cell]:
    return Cell(line(pair[0]), label=True, align=Align.CENTRE), Cell(pair[1], span=span)


def grid(
    heads: Sequence[str], rows: Iterable[Sequence[Line | str]], widths: Sequence[float], aligns: Sequence[Align] = ()
) -> Table:
    """Return a table with one row of heads; columns stand to the left unless said otherwise."""
    body = [tuple(Cell(line(cell) if isinstance(cell, str) else cell) for cell in row) for row in rows]
    top = tuple(Cell(line(head)) for head in heads)
    return Table((top, *body), tuple(widths), tuple(aligns) or (Align.LEFT,) * len(widths), heads=1)


class Numbering:
    """Numbers headings: 一、二、三、 in Chinese, 1. 2. 3. in English."""

    def __init__(self) -> None:
        self._count = 0

    def heading(self, text: str) -> Heading:
        """Return the next heading of the first level."""
        self._count += 1
        chinese = current_language() == "zh_CN"
        return Heading(f"{_numeral(self._count)}、{text}" if chinese else f"{self._count}. {text}")


def _numeral(number: int) -> str:
    """Return 一, 十, 十一, 二十三 …: a number of a heading, up to 九十九."""
    tens, ones = divmod(number, 10)
    return (_NUMERALS[tens - 1] if tens > 1 else "") + ("十" if tens else "") + (_NUMERALS[ones - 1] if ones else "")


def day_text(day: date) -> str:
    """Return a day as pages write it: 2026年1月5日, without leading zeros."""
    return date_text(PartialDate(day.year, day.month, day.day))


def titled(name: str, after_project: str, after_name: str) -> str:
    """Return a title made of a project's name and a kind of document.

    Args:
        name: as entered.
        after_project: with the place ``name``, for a name that already says 项目.
        after_name: with the place ``name``, for any other.
    """
    plain = name.removesuffix("（虚构）")
    return (after_project if plain.endswith(("项目", "project")) else after_name).format(name=name)


def subtitle(facts: PaperFacts) -> list[Centred]:
    """Return the lines below the title: unit, code, date; that the project is confidential, or the data invented."""
    given = _("Given to {recipient}").format(recipient=facts.recipient) if facts.recipient else ""
    parts = [facts.unit, str(facts.values.get("code") or ""), day_text(facts.on), given]
    lines = [Centred(line("　".join(part for part in parts if part)))]
    if facts.values.get("confidential"):
        lines.append(Centred(line(_("Commercially confidential: for the officers named only."))))
    if facts.fictional:
        lines.append(Centred(line(fictional_text())))
    return lines


def fictional_text() -> str:
    """Return the mark of invented data."""
    return _("(fictional) demonstration data, about no real company or project")


def footer(facts: PaperFacts) -> str:
    """Return the standing line at the foot of every page."""
    return "　".join(part for part in (facts.marking, fictional_text() if facts.fictional else "") if part)


def last_line(whole_digest: str, head: str, place: int) -> Note:
    """Return the line that ties the page to the facts and to the head of the history (decisions 8, 44)."""
    text = _("Digest of the facts {digest}").format(digest=short(whole_digest))
    if head:
        tied = _("head of the history no. {place}: {seal}").format(place=place, seal=short(head))
        text = _("{first}; {second}").format(first=text, second=tied)
    return Note((Words(_("{text} (made by {program})").format(text=text, program="相土 Xiangtu"), Tone.GREY),))


def document_of(facts: PaperFacts, kind: str, title: str, template: str, blocks: Sequence[Block]) -> Document:
    """Return a document of a lead: its blocks and the last line, with what every document carries.

    Args:
        facts: of the lead.
        kind: what the document is called.
        title: of this one.
        template: its name and version; part of the digest.
        blocks: from the title down.
    """
    whole_digest = digest(facts, f"{template}/{current_language()}")
    return Document(
        kind=kind,
        title=title,
        author=facts.unit,
        language=current_language(),
        blocks=[*blocks, last_line(whole_digest, facts.head, facts.head_place)],
        header=facts.header,
        footer=footer(facts),
        digest=whole_digest,
        watermark=watermark(facts),
        code=code_text(whole_digest, facts.head, facts.head_place),
    )


def watermark(facts: PaperFacts) -> str:
    """Return what stands across every page of a confidential project: that it is one, and who received this copy."""
    if not facts.values.get("confidential"):
        return ""
    if not facts.recipient:
        return _("Confidential project")
    return _("Confidential project, for {recipient} only").format(recipient=facts.recipient)


def code_text(whole_digest: str, head: str, place: int) -> str:
    """Return what the QR code says: the digits of the last line, for a machine to read."""
    parts = ("XT1", whole_digest[:_DIGEST_SHOWN], *((str(place), head[:_DIGEST_SHOWN]) if head else ()))
    return " ".join(parts).upper()


def short(hexadecimal: str) -> str:
    """Return the first digits of a digest in groups of four."""
    shown = hexadecimal[:_DIGEST_SHOWN]
    return " ".join(shown[start : start + 4] for start in range(0, len(shown), 4))
