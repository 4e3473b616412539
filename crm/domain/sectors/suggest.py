"""Which divisions of GB/T 4754 and which fields of the district a company's own words speak for, or none.

A suggestion is made from words alone, each shown; it is never assigned by itself (issue 7). Points rank, they are no
probability: a word counts more the longer and the rarer it is, in the name, and near the head of the text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from crm.domain.sectors.scope import Part, Phrase, read_scope
from crm.domain.sectors.standard import section_of, sector_name
from crm.domain.sectors.terms import Vocabulary, division_words, field_words

SHOWN = 3
LEAST_POINTS = 80
"""Less than one short word of ours in the first phrases: no suggestion."""
IN_NAME = 2
DECAY = 60
"""Thousandths by which a word loses for each phrase before it."""
MAKING = range(13, 44)
"""Divisions of manufacturing: a firm that sells such goods, and makes none, is perhaps not of them."""
SOLD_PERCENT, NOTHING_MADE_PERCENT = 50, 60
PERCENT: Mapping[str, int] = {
    "05": 80, "41": 70, "43": 60, "51": 60, "52": 70, "54": 80, "58": 80, "59": 80, "64": 70, "71": 80, "72": 85,
    "73": 60, "74": 80, "75": 60, "82": 50,
}  # fmt: skip
"""Divisions whose words stand in nearly every scope (技术咨询, 批发, 互联网): they count for less."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A word and how much it said, in points."""

    word: str
    points: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One proposal.

    Attributes:
        key: two digits of a division of GB/T 4754-2017, or the name of a field.
        points: for ranking only.
        words: what speaks for it, the loudest first.
        classes: groups and classes of the division whose names hold one of the words; at most three.
    """

    key: str
    points: int
    words: tuple[Evidence, ...]
    classes: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """Return section and division, such as ``C39``."""
        return section_of(self.key) + self.key

    @property
    def name(self) -> str:
        """Return the name of the division."""
        return sector_name(self.key) or self.key


def suggest_divisions(name: str, text: str) -> tuple[Suggestion, ...]:
    """Return up to three divisions for a company by its name and its scope or introduction; () for no suggestion."""
    phrases = tuple(read_scope(name, text))
    makes = any(phrase.part is Part.MAKES for phrase in phrases)

    def percent(division: str, phrase: Phrase) -> int:
        share = PERCENT.get(division, 100)
        if int(division) in MAKING:
            share = share * SOLD_PERCENT // 100 if phrase.part is Part.SELLS else share
            share = share if makes else share * NOTHING_MADE_PERCENT // 100
        return share

    return _ranked(phrases, division_words(), percent)


def suggest_fields(name: str, text: str) -> tuple[Suggestion, ...]:
    """Return up to three fields of the district (seed_facts.json C07, G01) for a company; () for no suggestion."""
    return _ranked(tuple(read_scope(name, text)), field_words(), lambda _field, _phrase: 100)


def _ranked(
    phrases: Iterable[Phrase], vocabulary: Vocabulary, percent: Callable[[str, Phrase], int]
) -> tuple[Suggestion, ...]:
    spoken: defaultdict[str, Counter[str]] = defaultdict(Counter)
    said: Counter[str] = Counter()
    for phrase in phrases:
        weight = IN_NAME * 1000 if phrase.part is Part.NAME else 1_000_000 // (1000 + DECAY * phrase.order)
        for _at, word, term in vocabulary.find(phrase.text):
            said[word] += 1
            for key, points in term.points.items():
                spoken[key][word] += points * weight * percent(key, phrase) // (100_000 * said[word])
    order = sorted(spoken, key=lambda key: (-spoken[key].total(), key))[:SHOWN]
    return tuple(
        Suggestion(key, spoken[key].total(), _evidence(spoken[key]), _classes(key, spoken[key], vocabulary))
        for key in order
        if spoken[key].total() >= LEAST_POINTS
    )


def _evidence(words: Counter[str]) -> tuple[Evidence, ...]:
    return tuple(Evidence(word, points) for word, points in words.most_common() if points)


def _classes(division: str, words: Counter[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    held: Counter[str] = Counter()
    for word, points in words.items():
        for code in vocabulary.terms[word].classes:
            if code.startswith(division):
                held[code] += points
    return tuple(sorted(held, key=lambda code: (-held[code], -len(code), code))[:SHOWN])
