"""How Chinese characters are read: every usual reading for searching, the right one for sorting.

The tables are pypinyin's. Importing them costs some 0.15 s, so they are read at the first need and kept.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from itertools import chain
from operator import add, itemgetter

from crm.domain.companies.texts import is_han, plain_text

WELL_KNOWN = 15
"""Phrases from which on the phrases of a character tell which of its readings live: 能 has 209, none of them xiong."""

VOWELS = frozenset("aeiouv")

SURNAMES = {"区": "ou", "盖": "ge", "种": "chong", "员": "yun", "召": "shao", "繁": "po", "洗": "xian", "任": "ren"}
"""Readings that live in surnames alone, of characters whose phrases do not show them."""

LONGEST_PHRASE = 4
"""Characters of the longest phrase that settles a reading for sorting (重庆, 长沙, 厦门)."""


@cache
def readings(character: str) -> tuple[str, ...]:
    """Return how a Chinese character may be read, without tones, ü as v: 单 → ``("dan", "chan", "shan")``.

    Readings that live only in old books are left out (技 qi, 限 wen). A character that is no Chinese one, or that no
    table has, gives ``()``. 略 gives both ``lve`` and ``lue``.
    """
    if not is_han(character):
        return ()
    every = _characters().get(ord(character), "").split(",")
    if len(every) > 1 and _phrases_with()[character] >= WELL_KNOWN:
        every = [every[0], *(toned for toned in every[1:] if (character, toned) in _spoken_in_phrases())]
    plain = [*map(_without_tone, every), SURNAMES.get(character, "")]
    return tuple(dict.fromkeys(filter(_has_vowel, [*plain, *map(_typed_with_u, plain)])))


@cache
def syllables() -> frozenset[str]:
    """Return every syllable with a vowel that some character is read as."""
    found = {_without_tone(toned) for spelt in _characters().values() for toned in spelt.split(",")}
    return frozenset(filter(_has_vowel, found | set(map(_typed_with_u, found))))


def _has_vowel(plain: str) -> bool:
    """Return whether a reading can be typed as a syllable; 嗯 is also read ``ng``."""
    return not VOWELS.isdisjoint(plain)


def _typed_with_u(plain: str) -> str:
    """Return ``lue`` for ``lve``, ``""`` for what has only one spelling."""
    return plain.removesuffix("ve") + "ue" if plain.endswith("ve") else ""


def sort_key(name: str) -> str:
    """Return the text that sorts a name by pinyin, the same in SQLite and PostgreSQL (ASCII, compared by bytes).

    Syllables carry their tone and are parted by spaces: 重庆 → ``chong2 qing4``. Names read alike give the same key, so
    a query orders by the key, then by the name.
    """
    text = plain_text(name)
    if _openings().isdisjoint(map(add, text, text[1:])):  # nearly every name
        return "".join(map(_spoken, text)).lstrip()
    parts: list[str] = []
    place = 0
    while place < len(text):
        phrase = _phrase_at(text, place)
        parts.append(_phrases()[phrase] if phrase else _spoken(text[place]))
        place += len(phrase) or 1
    return "".join(parts).lstrip()


def _phrase_at(text: str, place: int) -> str:
    """Return the longest phrase that begins here and settles a reading, or ``""``."""
    if text[place : place + 2] in _openings():
        for length in range(min(LONGEST_PHRASE, len(text) - place), 1, -1):
            if text[place : place + length] in _phrases():
                return text[place : place + length]
    return ""


@cache
def _spoken(character: str) -> str:
    """Return a character as it sorts: a space and its syllable with the tone, or an ASCII letter or digit itself."""
    first = _characters().get(ord(character), "").split(",")[0] if is_han(character) else ""
    if first:
        return f" {_with_tone_number(first)}"
    return character if character.isascii() else f" ~{ord(character):05x}"  # "~" comes after every letter


def _with_tone_number(toned: str) -> str:
    decomposed = unicodedata.normalize("NFD", toned)
    tone = next((number for mark, number in _TONES.items() if mark in decomposed), "5")
    return _without_tone(toned) + tone


_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}


@cache
def _without_tone(toned: str) -> str:
    """Return ``lv`` for ``lǜ``."""
    letters = unicodedata.normalize("NFD", toned).replace("u\u0308", "v")
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha())


@cache
def _characters() -> Mapping[int, str]:
    from pypinyin.pinyin_dict import pinyin_dict  # noqa: PLC0415  (0.15 s: only when a reading is wanted)

    table: Mapping[int, str] = pinyin_dict
    return table


@cache
def _spoken_in_phrases() -> frozenset[tuple[str, str]]:
    """Return each character with each reading that a phrase gives it."""
    from pypinyin.phrases_dict import phrases_dict  # noqa: PLC0415  (as above)

    pairs = (zip(phrase, map(itemgetter(0), spoken), strict=False) for phrase, spoken in phrases_dict.items())
    return frozenset(chain.from_iterable(pairs))


@cache
def _phrases_with() -> Counter[str]:
    """Return in how many phrases a character stands."""
    from pypinyin.phrases_dict import phrases_dict  # noqa: PLC0415  (as above)

    return Counter(chain.from_iterable(phrases_dict))


@cache
def _phrases() -> Mapping[str, str]:
    """Return the phrases in which a character is not read as it is alone: 重庆 → ``" chong2 qing4"``."""
    from pypinyin.phrases_dict import phrases_dict  # noqa: PLC0415  (as above)

    alone = _characters()
    found: dict[str, str] = {}
    for phrase, spoken in phrases_dict.items():
        if len(phrase) > LONGEST_PHRASE or len(phrase) != len(spoken):
            continue
        first = [choices[0] for choices in spoken]
        if first != [alone.get(ord(letter), "").split(",")[0] for letter in phrase]:
            found[phrase] = "".join(f" {_with_tone_number(toned)}" for toned in first)
    return found


@cache
def _openings() -> frozenset[str]:
    """Return the first two characters of the phrases."""
    return frozenset(phrase[:2] for phrase in _phrases())
