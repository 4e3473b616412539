"""A pasted text as candidates: one lead each, several where a message lists several projects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from crm.domain.capture.cleaning import MOST_CHARACTERS, Cleaned, clean
from crm.domain.capture.facts import facts
from crm.domain.capture.figures import PHASE, figures
from crm.domain.capture.marks import UNASSIGNED, Candidate, Capture, Certainty, Mark
from crm.domain.capture.parties import companies, contacts, credit_codes, phones, projects, referrers
from crm.domain.companies.names import name_key
from crm.domain.fields.masking import BETWEEN_PHONES
from crm.domain.quantities.patterns import Pattern
from crm.domain.reasons import Reason

_ITEM = Pattern(
    r"(?m)^[ ]*(?:[(]?\d{1,2}[)]|\d{1,2}[.、:](?!\d)|[①-⑳]|[一二三四五六七八九十]{1,2}[、.:]|"
    r"项目[一二三四五六七八九十\d]{1,2}[:： ])"
)
_SHARED = Pattern(r"(?m)^(?:都|以上|均|上述|这几个|两个项目都)")
_HEADER = Pattern(
    r"(?m)^[^\n]{1,20}[ \n](?P<year>20\d\d)[-/年.](?P<month>\d{1,2})[-/月.](?P<day>\d{1,2})日?[ ]+"
    r"\d{1,2}:\d\d(?::\d\d)?[ ]*$"
)
_PARAGRAPH = Pattern(r"\n[ ]*\n")
_TELLING = frozenset(
    (
        "investor",
        "name",
        "land",
        "planned_investment",
        "annual_tax",
        "financing_need",
        "space",
        "credit_code",
        "industry",
        "annual_output",
        "annual_revenue",
        "rd_spend",
    )
)
"""What makes a lead: a telephone or a day alone is none."""

_SPREAD = frozenset(("source", "referrer", "first_reporter", "first_reported_at"))
"""What is said once for all projects of a list."""


def capture(pasted: str, on: date) -> Capture:
    """Return the leads that a pasted text speaks of, each with its marks in the pasted text.

    Args:
        pasted: a message, a chat, a paragraph; of one longer than ``MOST_CHARACTERS`` the beginning.
        on: the day it was written, where the text does not say it (a chat with dates does).
    """
    plain = clean(pasted)
    found: list[Candidate] = []
    written = _written(plain.text) or on
    headers = [match.span() for match in _HEADER.finditer(plain.text)]
    text = _blanked(plain.text, headers)
    shared: list[Mark] = []
    for start, end, is_item in _parts(text):
        marks = _marks(text[start:end], start, written)
        if not is_item:
            shared += [mark for mark in marks if mark.field in _SPREAD]
            continue
        if _TELLING.intersection(mark.field for mark in marks):
            found.append(_candidate(marks))
    spread = [_with(one, shared) for one in found]
    return Capture(pasted, written, tuple(_placed(one, plain) for one in spread), len(pasted) > MOST_CHARACTERS)


def _marks(text: str, shift: int, on: date) -> list[Mark]:
    """Return all marks of one part of the text, by place in the whole."""
    named = companies(text)
    numbers, referred = phones(text), referrers(text)
    named = [mark for mark in named if not _within(mark, referred)]
    people = [mark for mark in contacts(text, numbers, referred) if not _within(mark, named)]
    found = [
        *named,
        *numbers,
        *referred,
        *people,
        *credit_codes(text),
        *projects(text, named),
        *figures(text, named),
        *facts(text, on, named),
    ]
    return [replace(mark, start=mark.start + shift, end=mark.end + shift) for mark in found]


def _candidate(marks: Sequence[Mark]) -> Candidate:
    """Return a candidate: of each field the surest mark, of equally sure ones the first; the rest beside it."""
    taken: list[Mark] = []
    others: list[Mark] = []
    marks = _with_first_phase(marks)
    for field in dict.fromkeys(mark.field for mark in marks):
        of_it = sorted((mark for mark in marks if mark.field == field), key=_rank)
        if field == UNASSIGNED:
            others += of_it
        elif field == "contact_phone":
            taken.append(_all_phones(of_it))
        elif field == "space":
            kinds: dict[str, Mark] = {}
            for mark in of_it:
                if kinds.setdefault(next(iter(mark.value)), mark) is not mark:
                    others.append(mark)
            taken += kinds.values()
        else:
            best = _best(of_it)
            taken.append(best)
            others += [mark for mark in of_it if mark is not best and not _same(mark, best)]
    others = [mark for mark in others if not _within(mark, taken)]
    return Candidate(tuple(sorted(taken, key=_place)), tuple(sorted(others, key=_place)))


def _with_first_phase(marks: Sequence[Mark]) -> Sequence[Mark]:
    """Return the marks, the one phase's sum as the investment where no whole is told; two phases are not added up."""
    phases = [mark for mark in marks if mark.field == UNASSIGNED and mark.reason.code == PHASE]
    if len(phases) != 1 or any(mark.field == "planned_investment" for mark in marks):
        return marks
    return [replace(mark, field="planned_investment") if mark is phases[0] else mark for mark in marks]


def _best(marks: Sequence[Mark]) -> Mark:
    """Return the mark that is taken; of sums one said to be the whole (合计, 总投资) before its parts."""
    totals = [mark for mark in marks if str(mark.reason.parameters.get("word", "")).startswith(("总", "项目总"))]
    return totals[0] if totals and totals[0].certainty == marks[0].certainty else marks[0]


def _all_phones(marks: Sequence[Mark]) -> Mark:
    first = min(marks, key=_place)
    numbers = dict.fromkeys(mark.value for mark in sorted(marks, key=_place))
    return replace(first, value=BETWEEN_PHONES.join(numbers))


def _rank(mark: Mark) -> tuple[int, bool, int]:
    return -mark.certainty, mark.reason.code != "label", mark.start


def _place(mark: Mark) -> tuple[int, int]:
    return mark.start, mark.end


def _same(one: Mark, other: Mark) -> bool:
    if one.field == "investor":
        return name_key(str(one.value)) == name_key(str(other.value))
    return bool(one.value == other.value)


def _within(mark: Mark, marks: Iterable[Mark]) -> bool:
    return any(one.start < mark.end and mark.start < one.end for one in marks)


def _with(candidate: Candidate, shared: Sequence[Mark]) -> Candidate:
    has = {mark.field for mark in candidate.marks}
    more = {mark.field: mark for mark in reversed(shared) if mark.field not in has}
    likely = [replace(mark, certainty=min(mark.certainty, Certainty.LIKELY)) for mark in more.values()]
    told = [replace(mark, reason=Reason("said_for_all")) for mark in likely]
    return replace(candidate, marks=tuple(sorted((*candidate.marks, *told), key=_place)))


def _placed(candidate: Candidate, plain: Cleaned) -> Candidate:
    def put(mark: Mark) -> Mark:
        start, end = plain.span(mark.start, mark.end)
        return replace(mark, start=start, end=end)

    return Candidate(tuple(map(put, candidate.marks)), tuple(map(put, candidate.others)))


# -- parts


def _parts(text: str) -> Iterator[tuple[int, int, bool]]:
    """Give the parts of a text: where each begins and ends, and whether it speaks of a lead of its own."""
    items = _items(text)
    if len(items) > 1:
        yield 0, items[0][0], False
        for start, end in items:
            yield start, end, True
        yield items[-1][1], len(text), False
        return
    parts = _paragraphs(text)
    if len(parts) > 1:
        yield from ((start, end, True) for start, end in parts)
    else:
        yield 0, len(text), True


def _items(text: str) -> list[tuple[int, int]]:
    """Return the items of a list that each name a company; none where they are points of one project."""
    starts = [match.start() for match in _ITEM.finditer(text)]
    if len(starts) < 2:  # noqa: PLR2004  (one item is no list)
        return []
    ends = [*starts[1:], _shared_after(text, starts[-1])]
    items = list(zip(starts, ends, strict=True))
    return items if all(companies(text[start:end]) for start, end in items) else []


def _shared_after(text: str, start: int) -> int:
    match = _SHARED.search(text[start:])
    return len(text) if match is None else start + match.start()


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the paragraphs of a text that name different companies; one that names none belongs to the one before."""
    cuts = [0, *(match.end() for match in _PARAGRAPH.finditer(text)), len(text)]
    found: list[tuple[int, int, set[str]]] = []
    for start, end in pairwise(cuts):
        keys = {name_key(str(mark.value)) for mark in companies(text[start:end])}
        before = found[-1] if found else None
        if before is not None and (not keys or not before[2] or keys & before[2]):
            found[-1] = (before[0], end, before[2] | keys)
        else:
            found.append((start, end, keys))
    return [(start, end) for start, end, _keys in found]


def _written(text: str) -> date | None:
    """Return the day of the first message of a chat."""
    for match in _HEADER.finditer(text):
        try:
            return date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            continue
    return None


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return the text with the lines of senders blank: they are officers of ours, no contacts."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
