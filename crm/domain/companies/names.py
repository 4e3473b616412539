"""Company and project names made comparable, in layers: what is left when form, place and trade are taken off.

苏州某某智能科技有限公司 and 某某智能（苏州）项目二期 say the same company in two ways. No layer is ever empty or made
of general words alone (苏州科技有限公司 keeps its place: 科技 would be everybody): the next fuller layer stands in.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from crm.domain.companies.places import PLACES
from crm.domain.companies.texts import folded, plain_of_folded, plain_text
from crm.domain.companies.words import BRANCH, ENGLISH_LEGAL_END, GENERAL, LEGAL, PROJECT, REMARKS, TRADE, Words

SHORTEST_NAME = 2

LONGEST_NAME = 200
"""Characters of the longest name that is read."""

RECENT = 8_192
"""Answers kept of the small questions: one name asks each several times, and many names end alike."""

SHORT_FORMS = ("", "股份", "集团")
"""Forms that short names keep too: 严牌股份 is not a registered name."""

_BRACKETS = "[]{}【】〔〕「」『』《》〈〉"
BRACKETS = str.maketrans(_BRACKETS, "()" * (len(_BRACKETS) // 2))
IN_BRACKETS = re.compile(r"\(([^()]*)\)")
FORMER = ("原", "曾用名", "简称", "以下简称", "又名", "前身")
COMPANY = "公司"
RANK = re.compile(
    "省|市(?!政)|县(?!域)|区(?![块域])|自治区|自治州|特别行政区|新区|经济技术开发区|经济开发区|高新区|高新技术产业开发区|开发区|工业园区"
)
RANKS_ENDS = frozenset("市县州区旗")
BY_ITS_RANK = re.compile(r"([\u4e00-\u9fff]{2,3}?)(?:(?<![超夜集菜楼股门])市|县|自治县|自治州|自治区|旗)(?=..)")


class CompanyName(NamedTuple):
    """A name and its layers; every layer is plain text (``texts.plain_text``).

    Attributes:
        said: the name as it was given.
        text: all of it.
        key: without legal form, places, project words: what is compared as "the same name".
        places: the places taken off, as 苏州 without 市.
        branch: ``苏州分公司`` of a branch, else ``""``.
        project: the words of a project (``二期项目``), else ``""``.
        full: whether a legal form stood there: a registered name rather than a short one.
        generic: the whole name is made of general words (``生产基地项目``); it identifies nobody.
    """

    said: str
    text: str
    key: str
    places: tuple[str, ...] = ()
    branch: str = ""
    project: str = ""
    full: bool = False
    generic: bool = False

    @property
    def core(self) -> str:
        """The key without the words of trade at its end (某某智能科技 → 某某): what people shorten a name to."""
        return _core(self.key)


@lru_cache(maxsize=50_000)
def read_name(name: str) -> CompanyName:
    """Return the layers of a company's or project's name; of a text longer than any name, of its beginning."""
    raw = folded(name[:LONGEST_NAME])
    text = plain_of_folded(raw)
    outside, notes = (raw, NO_NOTES) if text == raw else _without_notes(raw.translate(BRACKETS))
    chinese = _without_english_form(outside)
    company, branch, tail = _company_and_rest(text if text == chinese else plain_of_folded(chinese))
    bare, legal = _cut_all(LEGAL, company)
    full = legal not in SHORT_FORMS or chinese != outside
    if not legal:
        bare, project = _without_project(bare)
        tail = project + tail
    short, places = _without_places(bare)
    key = next((layer for layer in (short, bare, company) if not is_generic(layer)), text)
    return CompanyName(
        said=name.strip(),
        text=text,
        key=key,
        places=tuple(dict.fromkeys((*places, *notes.places))) if places or notes.places else (),
        branch=branch,
        project=tail + notes.project,
        full=full,
        generic=is_generic(key) if full else _tells_only_where(key),
    )


def name_key(name: str) -> str:
    """Return what is compared as "the same name"; ``""`` only for a text without a letter or digit."""
    return read_name(name).key


@lru_cache(maxsize=RECENT)
def is_generic(plain: str) -> bool:
    """Return whether a text is made of general words alone, is a place alone, or has fewer than two characters."""
    if len(plain) < SHORTEST_NAME or GENERAL.cover(plain):
        return True
    place, rest = _place_before(plain)
    return bool(place) and (not rest or bool(_place_alone(rest)))


@lru_cache(maxsize=RECENT)
def _tells_only_where(plain: str) -> bool:
    """Return whether a text is a place and general words: enough for a registered name, not for a short one."""
    while not is_generic(plain):
        place, plain = _place_before(plain)
        if not place:
            return False
    return True


class _Notes(NamedTuple):
    """What the brackets of a name said."""

    places: tuple[str, ...] = ()
    project: str = ""


NO_NOTES = _Notes()


def _without_notes(raw: str) -> tuple[str, _Notes]:
    """Return a name without the brackets that say where, of what form or for which phase; others stay as words."""
    if "(" not in raw:
        return raw, NO_NOTES
    places: list[str] = []
    project: list[str] = []

    def settle(found: re.Match[str]) -> str:
        inside = plain_text(found[1])
        place = _place_alone(inside)
        if place:
            places.extend(place)
        elif inside and PROJECT.cover(inside):
            project.append(inside)
        elif inside not in REMARKS and not inside.startswith(FORMER):
            return f"({inside})"
        return ""

    outside = IN_BRACKETS.sub(settle, raw)
    return outside, _Notes(tuple(places), "".join(project))


def _place_alone(plain: str) -> list[str]:
    """Return the places a text is made of (``江苏省苏州市`` → 江苏, 苏州), or ``[]`` when it is anything else."""
    rest = plain
    places: list[str] = []
    while rest:
        place, after = _place_before(rest)
        if not place:
            return []
        places.append(place)
        rest = after
    return places


def _company_and_rest(plain: str) -> tuple[str, str, str]:
    """Return the company, its branch, and what a project's name adds after 公司."""
    start = plain.find(COMPANY, 1)
    end = start + len(COMPANY)
    if start < 0 or end == len(plain):
        bare, branch = _cut(BRANCH, plain)
        place = next((end for end in range(len(bare)) if bare[end:] in PLACES), len(bare)) if branch else len(bare)
        return (bare[:place], bare[place:] + branch, "") if branch and place else (plain, "", "")
    company, rest = plain[:end], plain[end:]
    return (company, rest, "") if BRANCH.end_of(rest) else (company, "", rest)


def _without_project(plain: str) -> tuple[str, str]:
    """Return a name without the words of a project at its end, and these words."""
    rest, words = _cut_all(PROJECT, plain)
    if not _tells_only_where(rest):  # nearly always: whoever it is stands before the project
        return rest, words
    rest, words = plain, ""
    while True:
        shorter, word = _cut(PROJECT, rest)
        if not word or _tells_only_where(shorter):
            return rest, words
        rest, words = shorter, word + words


def _without_places(plain: str) -> tuple[str, list[str]]:
    """Return a name without the places in front of it, and these places; a place that is all the name has stays."""
    rest = plain
    places: list[str] = []
    while True:
        place, after = _place_before(rest)
        if not place or is_generic(after):
            return rest, places
        places.append(place)
        rest = after


@lru_cache(maxsize=RECENT)
def _place_before(plain: str) -> tuple[str, str]:
    """Return the place a text begins with and what follows it; ``("", plain)`` when there is none."""
    place = PLACES.start_of(plain)
    if place:
        return place, plain[len(place) :].removeprefix(_rank(plain, len(place)))
    found = BY_ITS_RANK.match(plain) if RANKS_ENDS.intersection(plain[2:6]) else None
    return (found[1], plain[found.end() :]) if found else ("", plain)


def _rank(plain: str, start: int) -> str:
    """Return the word of rank that follows a known place: 省, 市, 区 …, or ``""``."""
    found = RANK.match(plain, start)
    return found[0] if found else ""


@lru_cache(maxsize=RECENT)
def _core(key: str) -> str:
    """Return a key without the words of trade at its end; at least two characters, never general words alone."""
    core = key
    while True:
        shorter, word = _cut(TRADE, core)
        if not word or _tells_only_where(shorter):
            return core
        core = shorter


def _without_english_form(text: str) -> str:
    while text[-1:].isascii():
        shorter = ENGLISH_LEGAL_END.sub("", text)
        if shorter == text or not plain_text(shorter):
            break
        text = shorter
    return text


def _cut(words: Words, text: str) -> tuple[str, str]:
    """Return a text without the word at its end, and the word; a text that is all word stays whole."""
    word = words.end_of(text)
    return (text[: -len(word)], word) if 0 < len(word) < len(text) else (text, "")


def _cut_all(words: Words, text: str) -> tuple[str, str]:
    """Return a text without all the words at its end, and these words."""
    rest, taken = text, ""
    while True:
        rest, word = _cut(words, rest)
        if not word:
            return rest, taken
        taken = word + taken
