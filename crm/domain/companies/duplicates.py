"""When two records speak of the same company or project (practice.md §2; case C28). A machine proposes, never merges.

``compare`` is the rule for one pair and the truth. ``DuplicateIndex`` only chooses the pairs worth comparing: those
that share a credit code, a name, a phone, the beginning of a short name, or a contact or address and an end of the
name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import product
from typing import NamedTuple, TypeAlias

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from crm.domain.companies.names import CompanyName
from crm.domain.companies.parties import Block, Party, read_party
from crm.domain.reasons import Reason

MOST_SHARED = 20
"""Records that may share a phone, contact or address before it says nothing (an agent's, a bureau's own); of a company
with more records, the earliest so many are compared."""

MOST_LONG_FORMS = 5
"""Companies a short name may stand for before it stands for nobody."""

MOST_IN_OPENING = 1_000
"""Names that may begin with the same two characters before a short form of one says nothing: 第1号, 第2号 … of a list.

Each of them would be compared with all others, which for tens of thousands takes minutes; equal names are still found.
"""

LEAST_CORE = 3
"""Characters from which a brand alone tells a company: 华信机械 and 华信贸易 are two."""

SHORTEST_EDITED = 3
"""Characters from which one edit is a slip rather than another name."""

LIKE_PROJECT = 60
"""Likeness in percent from which two projects of one investor may be the same one."""


class Likelihood(StrEnum):
    """How sure it is that two records are about the same, the surest first."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


_RANK = {likelihood: rank for rank, likelihood in enumerate(Likelihood)}


class Match(NamedTuple):
    """A record that may be the same as the one asked about."""

    key: Hashable
    likelihood: Likelihood
    reasons: tuple[Reason, ...]


class Pair(NamedTuple):
    """Two records that may be the same; ``a`` came first."""

    a: Hashable
    b: Hashable
    likelihood: Likelihood
    reasons: tuple[Reason, ...]


def find_duplicates(records: Iterable[tuple[Hashable, Mapping[str, object]]]) -> list[Pair]:
    """Return the pairs among the records that may be the same, the surest first, then in the order of the records."""
    return DuplicateIndex(read_party(key, record) for key, record in records).pairs()


def likely_known(record: Mapping[str, object], index: DuplicateIndex) -> list[Match]:
    """Return the records of an index that a new record may be, the surest first."""
    return index.find(read_party(None, record))


# The rule for one pair.

_Finding: TypeAlias = tuple[Likelihood, Reason]


def compare(a: Party, b: Party) -> Match | None:
    """Return how likely two records are the same and why, or None; ``key`` is that of ``b``.

    Two good credit codes that differ name two legal persons: what else agrees is then at most possible (one group).
    """
    findings = list(_findings(a, b))
    if a.code_holds and b.code_holds and a.credit_code != b.credit_code:
        findings = [(Likelihood.POSSIBLE, reason) for likelihood, reason in findings if likelihood is Likelihood.LIKELY]
        if findings:
            findings.append((Likelihood.POSSIBLE, Reason("credit_codes_differ")))
    if not findings:
        return None
    return Match(b.key, min((found for found, _ in findings), key=_RANK.__getitem__), tuple(why for _, why in findings))


def _findings(a: Party, b: Party) -> Iterator[_Finding]:
    if a.credit_code and a.credit_code == b.credit_code:
        sure = Likelihood.CERTAIN if a.code_holds else Likelihood.LIKELY
        yield sure, Reason("same_credit_code", {"code": a.credit_code})
    for phone in a.phones:
        if phone in b.phones:
            yield Likelihood.LIKELY, Reason("same_phone", {"phone": phone})
    yield from _same_name(a, b) or _same_investor(a, b) or _short_name(a, b) or _similar_name(a, b)


def _same_name(a: Party, b: Party) -> list[_Finding]:
    """Same name, or the name of one is the investor of the other; in two places they may be strangers."""
    for one, other, code in (
        (a.name, b.name, "same_name"),
        (a.name, b.investor, "name_is_investor"),
        (a.investor, b.name, "name_is_investor"),
    ):
        if one is None or other is None or not _agree(one, other):
            continue
        reason = Reason(code, {"name": one.key})
        if not _apart(one, other):
            return [(Likelihood.LIKELY, reason)]
        places = Reason("places_differ", {"place": one.places[-1], "other_place": other.places[-1]})
        return [(Likelihood.POSSIBLE, reason), (Likelihood.POSSIBLE, places)]
    return []


def _agree(one: CompanyName | None, other: CompanyName | None) -> bool:
    return one is not None and other is not None and one.key == other.key and not (one.generic or other.generic)


def _apart(one: CompanyName, other: CompanyName) -> bool:
    """Return whether two names say different places."""
    return bool(one.places and other.places) and set(one.places).isdisjoint(other.places)


def _same_investor(a: Party, b: Party) -> list[_Finding]:
    """One investor and projects of one name, or of like names; or one general name (生产基地) and no two investors."""
    if a.name is None or b.name is None:
        return []
    if a.investor is not None and _agree(a.investor, b.investor):
        telling = not (a.name.generic or b.name.generic)
        if telling and ratio(a.name.text, b.name.text) < LIKE_PROJECT:
            return []
        likelihood = Likelihood.LIKELY if a.name.text == b.name.text else Likelihood.POSSIBLE
        return [(likelihood, Reason("same_investor", {"investor": a.investor.said}))]
    if a.name.generic and a.name.text == b.name.text and (a.investor is None or b.investor is None):
        return [(Likelihood.POSSIBLE, Reason("same_general_name", {"name": a.name.said}))]
    return []


def _short_name(a: Party, b: Party) -> list[_Finding]:
    for one, other in product(a.identities, b.identities):
        if one.key[:2] != other.key[:2]:  # nearly every pair
            continue
        for short, long in ((one, other), (other, one)):
            if is_short_form(short, long):
                return [(Likelihood.POSSIBLE, Reason("short_name", {"short": short.said, "long": long.said}))]
    return []


def is_short_form(short: CompanyName, long: CompanyName) -> bool:
    """Return whether a short name may stand for a longer one: 严牌股份 for 浙江严牌过滤技术股份有限公司.

    Its characters stand in the longer key in the same order, the first two side by side at the beginning; or only the
    words of trade differ (某某机器人, 某某智能科技). Two names of different places are no forms of each other.
    """
    return not short.full and _shortens(short, long) and not _apart(short, long)


def _shortens(short: CompanyName, long: CompanyName) -> bool:
    if short.key[:2] != long.key[:2] or short.key == long.key:
        return False
    place = 1
    for letter in short.key[2:]:
        place = long.key.find(letter, place + 1)
        if place < 0:
            core = short.core
            return len(core) >= LEAST_CORE and long.key.startswith(core) and core == long.core
    return True


def _similar_name(a: Party, b: Party) -> list[_Finding]:
    """One slip of the pen in a name, and a contact, address or investor that agrees."""
    shared = _shared(a, b)
    if shared:
        for one, other in product(a.identities, b.identities):
            if _one_edit(one.key, other.key):
                names = {"name": one.said, "other_name": other.said}
                return [(Likelihood.POSSIBLE, Reason(f"similar_name_{shared}", names))]
    return []


def _one_edit(one: str, other: str) -> bool:
    if one[0] != other[0] and one[-1] != other[-1]:  # one edit leaves the first or the last letter as it was
        return False
    return min(len(one), len(other)) >= SHORTEST_EDITED and OSA.distance(one, other, score_cutoff=1) == 1


def _shared(a: Party, b: Party) -> str:
    """Return which second field agrees, or ``""``."""
    if a.contact and a.contact == b.contact:
        return "contact"
    if a.address and a.address == b.address:
        return "address"
    return "investor" if _agree(a.investor, b.investor) else ""


# The pairs worth comparing.


class DuplicateIndex:
    """Records by what duplicates share. Adding costs microseconds; nothing is ever compared with everything."""

    def __init__(self, parties: Iterable[Party] = ()) -> None:
        self._parties: list[Party] = []
        self._blocks: dict[Block, int | list[int]] = {}  # nearly every block is of one record: its place alone
        self._openings: defaultdict[str, _Opening] = defaultdict(_Opening)
        for party in parties:
            self.add(party)

    def __len__(self) -> int:
        return len(self._parties)

    def add(self, party: Party) -> None:
        """Take in a record."""
        place, blocks = len(self._parties), self._blocks
        self._parties.append(party)
        for block in (*party.telling, *party.weak):
            known = blocks.setdefault(block, place)
            if isinstance(known, list):
                known.append(place)
            elif known != place:
                blocks[block] = [known, place]
        for name in party.identities:
            self._openings[name.key[:2]].add(name, place)

    def find(self, party: Party) -> list[Match]:
        """Return the records that a new one may be, the surest first, then the earliest."""
        places = self._candidates(party, len(self._parties))
        found = [match for place in places if (match := compare(party, self._parties[place]))]
        found.sort(key=lambda match: _RANK[match.likelihood])
        return found

    def pairs(self) -> list[Pair]:
        """Return the pairs inside the index that may be the same, the surest first, then in their order."""
        found = []
        for place, party in enumerate(self._parties):
            for earlier in self._candidates(party, place):
                match = compare(self._parties[earlier], party)
                if match:
                    found.append(Pair(self._parties[earlier].key, party.key, match.likelihood, match.reasons))
        return sorted(found, key=lambda pair: _RANK[pair.likelihood])

    def _candidates(self, party: Party, before: int) -> list[int]:
        """Return the places before ``before`` of the records worth comparing with one."""
        places: set[int] = set()
        for block in filter(self._blocks.__contains__, party.telling):
            places.update(self._sharing(block)[:MOST_SHARED])
        for block in filter(self._blocks.__contains__, party.weak):
            sharing = self._sharing(block)
            if len(sharing) <= MOST_SHARED:
                places.update(sharing)
        for name in party.identities:
            opening = self._openings.get(name.key[:2])
            if opening:
                places.update(opening.forms_of(name))
        return sorted(place for place in places if place < before) if places else []

    def _sharing(self, block: Block) -> list[int]:
        """Return the places of the records that have a block, in their order."""
        known = self._blocks[block]
        return [known] if isinstance(known, int) else known


class _Namesakes(NamedTuple):
    """One of the names of one key, and the places of the earliest records that have it."""

    name: CompanyName
    places: list[int]


class _Opening:
    """The names that begin with the same two characters: where the short and the long forms of a name are found."""

    def __init__(self) -> None:
        self._names: dict[str, _Namesakes] = {}
        self._short: dict[str, _Namesakes] = {}
        self._long_forms: dict[str, list[_Namesakes]] = {}

    def add(self, name: CompanyName, place: int) -> None:
        """Take in a name of the record at a place."""
        self._long_forms.clear()
        namesakes = self._names.get(name.key)
        if namesakes is None:
            namesakes = self._names[name.key] = _Namesakes(name, [])
        if not name.full:
            self._short[name.key] = namesakes
        if len(namesakes.places) < MOST_SHARED:
            namesakes.places.append(place)

    def forms_of(self, name: CompanyName) -> Iterator[int]:
        """Give the places of what a name may shorten and of what may shorten it; what shortens too many is left out."""
        if len(self._names) > MOST_IN_OPENING:
            return
        if not name.full and not self._is_anybodys(name):
            for longer in self._longer(name):
                yield from longer.places
        for key, short in self._short.items():
            # Looked at before the call, which is a hundred times rarer: both name and core share the third character.
            if key[2:3] in name.key and _shortens(short.name, name) and not self._is_anybodys(short.name):
                yield from short.places

    def _is_anybodys(self, short: CompanyName) -> bool:
        return len(self._longer(short)) > MOST_LONG_FORMS

    def _longer(self, short: CompanyName) -> list[_Namesakes]:
        if short.key not in self._long_forms:
            third = short.key[2:3]
            self._long_forms[short.key] = [
                other for key, other in self._names.items() if third in key and _shortens(short, other.name)
            ]
        return self._long_forms[short.key]
