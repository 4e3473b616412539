"""The words that speak for a division of GB/T 4754, or for a field of the district, and how loud each speaks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from crm.domain.sectors.standard import sector_codes
from crm.resources import resource_folder

OWN_WORD, WORD_OF_THE_STANDARD = 120, 60
"""Points of a word of two characters that speaks for one division: ours was chosen, the standard's was cut out."""
SHORTEST, LONGEST = 2, 8
"""Characters of a piece of the standard's names that is taken as a word."""
LENGTHS = {2: 10, 3: 13}
LONG = 17
"""Tenths: a longer word says more (芯片, 集成电路, 印制电路板)."""
SHARED = (10, 10, 16, 22, 26)
TOO_COMMON = 5
"""Tenths by which a word is divided that speaks for none, one, two … divisions; one of more says nothing."""

_HEAD = re.compile(r"^(?:其他|未列明|专用|一般|相关|其它)+")
_TAIL = re.compile(r"(?:专用设备制造|设备制造|专用设备|制品制造|制造业|制造|加工业|加工|服务业|服务|生产|业|活动)$")
_SAYS_NOTHING = """
服务 制造 加工 生产 其他 活动 专用 设备 用品 产品 制品 一般 相关 辅助性 专业 管理 材料 机械 工业 综合 技术 工程 器材
零件 零部件 公共 日用 装置 系统 电子 国家 社会 生活 商务 企业 组织 信息 特殊 运输 建筑 销售 开发 经营 研究
包装 配套 法律 卫生 投资
"""
"""Pieces of the standard's names that say nothing by themselves."""
PRIVATE_UNTIL = "91"
"""Divisions from here on are of the state and of societies: no company is suggested for them."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word.

    Attributes:
        points: how loud it speaks for each of its keys (division or field), in points.
        classes: codes of groups and classes whose name holds it.
    """

    points: Mapping[str, int]
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words, found in a text from the longest to the shortest at each place."""

    terms: Mapping[str, Term]
    longest: int

    def find(self, text: str) -> Iterator[tuple[int, str, Term]]:
        """Yield place, word and term of what a text holds, from left to right, none overlapping another."""
        at = 0
        while at < len(text):
            for length in range(min(self.longest, len(text) - at), 1, -1):
                word = text[at : at + length]
                if (term := self.terms.get(word)) is not None:
                    yield at, word, term
                    at += length
                    break
            else:
                at += 1


@cache
def division_words() -> Vocabulary:
    """Return the vocabulary of the divisions: the program's words and the pieces of the standard's names."""
    own = _lines("words.txt")
    weights: defaultdict[str, dict[str, int]] = defaultdict(dict)
    classes: defaultdict[str, list[str]] = defaultdict(list)
    for division, words in own.items():
        for word in words:
            weights[word][division] = OWN_WORD
    chosen = frozenset(weights)
    for code, name in sector_codes():
        for word in _pieces(name):
            classes[word].append(code)
            if word not in chosen and code < PRIVATE_UNTIL:
                weights[word][code[:2]] = WORD_OF_THE_STANDARD
    return _vocabulary(weights, classes)


@cache
def field_words() -> Vocabulary:
    """Return the vocabulary of the fields that the district names (seed_facts.json C07, G01)."""
    weights: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for field, words in _lines("fields.txt").items():
        for word in words:
            weights[word.upper()][field] = OWN_WORD
    return _vocabulary(weights, {})


def _vocabulary(weights: Mapping[str, Mapping[str, int]], classes: Mapping[str, list[str]]) -> Vocabulary:
    terms = {
        word: Term(
            {key: loudness * LENGTHS.get(len(word), LONG) // SHARED[len(points)] for key, loudness in points.items()},
            tuple(code for code in classes.get(word, ()) if len(code) > SHORTEST),
        )
        for word, points in weights.items()
        if len(points) < TOO_COMMON
    }
    return Vocabulary(terms, max(map(len, terms)))


def _pieces(name: str) -> Iterator[str]:
    """Yield what a name of the standard speaks of: 水果和坚果加工 -> 水果, 坚果."""
    empty = _SAYS_NOTHING.split()
    plain = re.sub(r"[（(].*?[）)]", "", name)
    for piece in re.split("[、，和及与或]", plain):
        whole = _HEAD.sub("", piece)
        stem = _TAIL.sub("", whole)
        word = stem if len(stem) >= SHORTEST else whole
        if SHORTEST <= len(word) <= LONGEST and word not in empty:
            yield word


def _lines(file: str) -> Mapping[str, list[str]]:
    """Return key -> words; a line that begins with a blank goes on with the key above."""
    found: dict[str, list[str]] = {}
    key = ""
    for line in (resource_folder() / "sectors" / file).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        words = line.split()
        if not line.startswith(" "):
            key, *words = words
        found.setdefault(key, []).extend(words)
    return found
