"""Finding a name by any part of it: its characters, its pinyin, its initials (decisions 9).

An index holds ``search_tokens(name)`` of every name. A search asks it for the names that have the tokens of
``query_tokens(text)`` and keeps those that ``matches`` (tokens say nothing about order). Both follow from the same
patterns, so no name that matches lacks the tokens.

How people write a query, and what each means:

- ``相城``, ``ABB``, ``20号``: these characters one after the other, in the name without spaces and punctuation;
- ``szkj``: each letter is a letter of the name or the initial of a character (苏州科技);
- ``suzhoukeji``, ``suzhouke``: syllables, the last one may be unfinished; ``suzhoukj``: syllables, then initials;
- several words: each of them somewhere in the name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from functools import cache, lru_cache, partial
from itertools import chain, groupby, islice, pairwise, product
from typing import NamedTuple, TypeAlias

from crm.domain.companies.pinyin import readings, syllables
from crm.domain.companies.texts import is_han, plain_text

Query: TypeAlias = tuple[tuple[tuple[str, ...], ...], ...]
"""All of the words; of a word, one of the alternatives; of an alternative, all tokens."""

MOST_PATTERNS = 256
"""Ways to read one word that are tried, the likeliest first; a whole name has about ten, ``suzhouzh`` some twenty."""

SHORTEST_OPENING = 3
"""Letters from which a lone unfinished syllable is completed: ``xia`` finds 相."""


class _Kind(Enum):
    CHARACTER = 1  # this character
    LETTER = 2  # this letter, or a Chinese character read with this initial
    SYLLABLE = 3  # a Chinese character read so


class _Unit(NamedTuple):
    """What one character of the name must be."""

    kind: _Kind
    text: str


_Pattern: TypeAlias = tuple[_Unit, ...]


def search_tokens(*names: str) -> list[str]:
    """Return the tokens an index keeps of names, each once: single characters, pairs, initials, syllables.

    A token is made of letters and digits alone: FTS5's unicode61 and ``array_to_tsvector`` keep it whole. No pair
    crosses from one name of a record (its project) to another (its investor).
    """
    found: dict[str, None] = {}
    for text in map(plain_text, names):
        for tokens in map(_pair_tokens, text, text[1:]):
            found.update(tokens)
        if text:
            found.update(_single_tokens(text[-1]))
    return list(found)


def search_text(names: Iterable[str | None]) -> str:
    """Return the tokens an index keeps of a record's names as one text, parted by blanks; unknown names are None."""
    return " ".join(search_tokens(*filter(None, names)))


@lru_cache(maxsize=1024)
def query_tokens(text: str) -> Query:
    """Return what an index must hold of a name that ``matches`` the text; ``()`` when the text has nothing to find.

    ``苏州 szkj`` → ``((("苏州",),), (("sz", "zk", "kj"),))``.
    """
    return tuple(_alternatives(word) for word in _words(text))


def matches(text: str, name: str) -> bool:
    """Return whether a search for the text finds the name: the last, exact word on what the tokens proposed."""
    words, plain = checks(text), plain_text(name)
    return bool(words) and all(check(plain) for check in words)


def checks(text: str) -> tuple[Callable[[str], bool], ...]:
    """Return for each word of a search what tells whether the plain text of a name has it: for many names."""
    return tuple(partial(_has, _patterns(word)) for word in _words(text))


def divided(text: str) -> tuple[Query, Query]:
    """Return the query in two parts: what it finds for sure, and what it proposes beside that and must be checked.

    A token that is the whole word says all about it: 苏州, ``sz``, ``suzhou``. Either part may be ``()``.
    """
    words = _words(text)
    query = tuple(_alternatives(word) for word in words)
    sure = tuple(((word,),) for word in words)
    if query == sure:
        return query, ()
    if len(words) == 1 and sure[0][0] in query[0]:
        return sure, (tuple(tokens for tokens in query[0] if tokens not in sure[0]),)
    return (), query


def _words(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(plain_text, text.split())))


# The index: what is kept of a name.


@lru_cache(maxsize=200_000)
def _pair_tokens(first: str, second: str) -> dict[str, None]:
    """Return the tokens of two neighbours, and those of the first alone, as keys: they are put together fastest so."""
    initials = (one + two for one, two in product(_initials(first), _initials(second)))
    spoken = (one + two for one, two in product(readings(first), readings(second)))
    pairs = chain((_safe(first) + _safe(second),), initials, spoken)
    return dict.fromkeys(chain(pairs, _single_tokens(first)))


@cache
def _single_tokens(character: str) -> dict[str, None]:
    return dict.fromkeys((_safe(character), *_initials(character), *readings(character)))


@cache
def _initials(character: str) -> tuple[str, ...]:
    """Return the letters that may stand for a character: of a Chinese one its initials, else itself."""
    if is_han(character):
        return tuple(dict.fromkeys(reading[0] for reading in readings(character)))
    return (_safe(character),)


def _safe(character: str) -> str:
    """Return a character as the tokenizers keep it: one newer than SQLite's Unicode tables goes as its number."""
    known = character < "\u9fcd" or "\uac00" <= character <= "\ud7a3"
    return character if known else f"u{ord(character):x}"


# The query: which rows of units a word may stand for.


@lru_cache(maxsize=1024)
def _patterns(word: str) -> tuple[_Pattern, ...]:
    """Return every way to read a word without spaces."""
    runs = ["".join(run) for _is_latin, run in groupby(word, key=_is_letter)]
    ways = [tuple(_ways(run, last=place == len(runs) - 1)) for place, run in enumerate(runs)]
    return tuple(tuple(chain.from_iterable(way)) for way in islice(product(*ways), MOST_PATTERNS))


def _is_letter(character: str) -> bool:
    return "a" <= character <= "z"


def _ways(run: str, *, last: bool) -> Iterator[_Pattern]:
    """Give the ways to read a run of letters, or the one way of a run of other characters."""
    if not _is_letter(run[0]):
        yield tuple(_Unit(_Kind.CHARACTER, character) for character in run)
        return
    yield _letters(run)
    for spoken, rest in islice(_splits(run), MOST_PATTERNS):
        if not rest:
            yield spoken
            continue
        if set(rest) <= _initial_letters():
            yield spoken + _letters(rest)
        if last and len(rest) > 1:
            yield from ((*spoken, _Unit(_Kind.SYLLABLE, whole)) for whole in _completions(rest))
    if last and len(run) >= SHORTEST_OPENING:
        yield from ((_Unit(_Kind.SYLLABLE, whole),) for whole in _completions(run))


def _letters(run: str) -> _Pattern:
    return tuple(_Unit(_Kind.LETTER, letter) for letter in run)


def _splits(run: str) -> Iterator[tuple[_Pattern, str]]:
    """Give every split of a run into one or more syllables and a rest, longer syllables first."""
    for length in range(min(6, len(run)), 0, -1):
        if run[:length] in syllables():
            first = (_Unit(_Kind.SYLLABLE, run[:length]),)
            yield from ((first + spoken, rest) for spoken, rest in _splits(run[length:]))
            yield first, run[length:]


@cache
def _initial_letters() -> frozenset[str]:
    return frozenset(syllable[0] for syllable in syllables())


@cache
def _completions(opening: str) -> tuple[str, ...]:
    """Return the syllables that an unfinished one may become: ``xia`` → xian, xiang, xiao."""
    return tuple(sorted(each for each in syllables() if each.startswith(opening) and each != opening))


def _alternatives(word: str) -> tuple[tuple[str, ...], ...]:
    """Return the sets of tokens of which a matching name has at least one whole, without those that say no more."""
    every = dict.fromkeys(map(_tokens_of, _patterns(word)))
    sets = [frozenset(tokens) for tokens in every]
    return tuple(tokens for tokens, own in zip(every, sets, strict=True) if not any(other < own for other in sets))


def _tokens_of(pattern: _Pattern) -> tuple[str, ...]:
    found: dict[str, None] = {}
    settled: set[int] = set()  # places of the units that a pair says all about
    for place, (first, second) in enumerate(pairwise(pattern)):
        whole = first.kind is second.kind and first.kind in (_Kind.CHARACTER, _Kind.SYLLABLE)
        one, two = (_safe(first.text), _safe(second.text)) if whole else (_initial(first), _initial(second))
        if one and two:
            found[one + two] = None
            settled |= {
                place + side for side, unit in enumerate((first, second)) if whole or unit.kind is not _Kind.SYLLABLE
            }
    for place, unit in enumerate(pattern):
        if place not in settled:
            found[_safe(unit.text)] = None
    return tuple(found)


def _initial(unit: _Unit) -> str:
    """Return the letter in the index that stands for a unit; ``""`` for a Chinese character, which has several."""
    if unit.kind is _Kind.CHARACTER:
        return "" if is_han(unit.text) else _safe(unit.text)
    return unit.text[0]


# The check: does a row of units stand in a name?


def _has(patterns: tuple[_Pattern, ...], plain: str) -> bool:
    return any(_is_in(pattern, plain) for pattern in patterns)


def _is_in(pattern: _Pattern, text: str) -> bool:
    if all(unit.kind is _Kind.CHARACTER for unit in pattern):
        return "".join(unit.text for unit in pattern) in text
    starts = range(len(text) - len(pattern) + 1)
    return any(all(_fits(unit, text[start + place]) for place, unit in enumerate(pattern)) for start in starts)


@lru_cache(maxsize=20_000)
def _fits(unit: _Unit, character: str) -> bool:
    if unit.kind is _Kind.CHARACTER:
        return unit.text == character
    if unit.kind is _Kind.LETTER:
        return unit.text in _initials(character)
    return unit.text in readings(character)
