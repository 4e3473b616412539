"""Fields of industry as the district names them: aliases, families, the negative list. Data with version and source.

The founding document names fields in several lists that do not agree (seed_facts.json C01–C07, G01, I03, I25): 智能交通
in one list is 无人驾驶 in another, 先进材料 is 新材料. Families say which fields are near enough to be proposed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_BETWEEN = re.compile(r"[、，,/;；|\n]+")
_TAILS = ("产业", "行业")


@dataclass(frozen=True, slots=True)
class NegativeList:
    """Classes of GB/T 4754 that may not be brought in; a prefix counts for all below it.

    Attributes:
        source: the document that says so.
    """

    classes: tuple[str, ...]
    source: str

    def forbids(self, gbt4754: str) -> bool:
        """Return whether a class stands on the list."""
        return gbt4754.strip().upper().startswith(self.classes)


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Which words mean one field, and which fields are near each other.

    Attributes:
        version: kept beside every stored match.
        aliases: other word -> field.
        families: fields of one family are related; a field may be in several, and kinship does not go through it.
        highlands: the six future industries of the district (seed_facts.json C07), as fields.
        negative_list: None until the bureau has entered one; then the constraint is checked by a person (待核).
    """

    version: str
    source: str
    aliases: Mapping[str, str]
    families: tuple[frozenset[str], ...]
    highlands: tuple[str, ...]
    negative_list: NegativeList | None = None

    def __post_init__(self) -> None:
        """Bring entered words into the form in which words are compared."""
        object.__setattr__(self, "aliases", {_plain(word): _plain(field) for word, field in self.aliases.items()})
        object.__setattr__(self, "families", tuple(frozenset(map(_plain, family)) for family in self.families))

    def field(self, word: str) -> str:
        """Return the field that a word means, whatever its blanks, full-width forms, tail 产业 or alias."""
        plain = _plain(word)
        return self.aliases.get(plain, plain)

    def fields(self, words: Iterable[str]) -> tuple[str, ...]:
        """Return the fields of several words, each once, in their order."""
        return tuple(dict.fromkeys(self.field(word) for word in words))

    def relatives(self, fields: Iterable[str]) -> frozenset[str]:
        """Return the fields of the families of these fields, these included."""
        wanted = frozenset(fields)
        return wanted.union(*(family for family in self.families if family & wanted))


def _plain(word: str) -> str:
    plain = "".join(unicodedata.normalize("NFKC", word).split()).casefold()
    for tail in _TAILS:
        if plain.endswith(tail) and len(plain) > len(tail) + 1:
            plain = plain.removesuffix(tail)
    return plain


def split_words(text: str) -> tuple[str, ...]:
    """Return the words of a cell that names several: 生物医药/新材料 -> 生物医药, 新材料."""
    return tuple(word for word in (part.strip() for part in _BETWEEN.split(text)) if word)


TAXONOMY = Taxonomy(
    version="2026-11",
    source="seed_facts.json C07, G01, I03, I25; matching.md §3",
    aliases={"智能交通": "无人驾驶", "智能网联汽车": "无人驾驶", "智能车联网": "无人驾驶", "先进材料": "新材料"},
    families=(
        frozenset(("人工智能", "大数据", "工业互联网")),
        frozenset(("新材料", "光电信息")),
        frozenset(("无人驾驶", "人工智能")),
    ),
    highlands=("大数据", "工业互联网", "科技金融", "无人驾驶", "新材料", "生物医药"),
)
"""What holds until the bureau enters its own."""
