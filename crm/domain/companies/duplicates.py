"""When two records speak of the same company or project (practice.md §2; case C28). A machine proposes, never merges.

``compare`` is the rule for one pair and the truth. ``DuplicateIndex`` only chooses the pairs worth comparing: those
that share a credit code, a name, a phone, the beginning of a short name, or a contact or address and an end of the
name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import islice, product
from typing import NamedTuple, TypeAlias

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from crm.domain.companies.names import CompanyName
from crm.domain.companies.parties import SHORTEST_EDITED, Block, Party, read_party
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

LOOKED_THROUGH = 64
"""Names of one opening that are looked through by their third letter; more are kept by all their letters."""

OPENING = 2
"""Characters at the beginning that a name and its short form share."""

LEAST_CORE = 3
"""Characters from which a brand alone tells a company: 华信机械 and 华信贸易 are two."""

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
    if _begin_alike(a, b):
        yield from (
            _same_name(a, b) or _other_name(a, b) or _same_investor(a, b) or _short_name(a, b) or _similar_name(a, b)
        )
    else:  # nearly every pair that a contact or an address brings together
        yield from _similar_name(a, b)
    if a.group and a.group == b.group:
        yield Likelihood.POSSIBLE, Reason("same_group", {"group": a.group})


def _begin_alike(a: Party, b: Party) -> bool:
    """Return whether names of two records begin with the same two characters, or both are general: else none agree."""
    openings = [name.key[:2] for name in b.identities]
    if any(name.key[:2] in openings for name in a.identities):
        return True
    return a.name is not None and b.name is not None and a.name.generic and b.name.generic


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


def _other_name(a: Party, b: Party) -> list[_Finding]:
    """A former name or alias of one is a name of the other."""
    for one, other in (*product(a.others, b.identities), *product(a.identities, b.others)):
        if _agree(one, other):
            return [(Likelihood.LIKELY, Reason("former_name", {"name": one.said, "other_name": other.said}))]
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
    for one, other in product(a.identities, b.identities):
        if _one_edit(one.key, other.key):
            shared = _shared(a, b)
            names = {"name": one.said, "other_name": other.said}
            return [(Likelihood.POSSIBLE, Reason(f"similar_name_{shared}", names))] if shared else []
    return []


def _one_edit(one: str, other: str) -> bool:
    if not -2 < len(one) - len(other) < 2 or (one[0] != other[0] and one[-1] != other[-1]):  # noqa: PLR2004  (one)
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
    """The names that begin with the same two characters: where the short and the long forms of a name are found.

    The third letter of what shortens a name is one of the name's letters behind the opening (``_shortens``).
    """

    __slots__ = ("_holding", "_letters", "_names", "_short", "_short_by_third")

    def __init__(self) -> None:
        self._names: dict[str, _Namesakes] = {}
        self._short: dict[str, _Namesakes] = {}
        self._holding: dict[str, list[_Namesakes]] = {}
        self._short_by_third: dict[str, list[_Namesakes]] = {}
        self._letters: _Letters | None = None

    def add(self, name: CompanyName, place: int) -> None:
        """Take in a name of the record at a place."""
        key = name.key
        namesakes = self._names.get(key)
        if namesakes is None:
            namesakes = self._names[key] = _Namesakes(name, [])
            for letter in set(key[OPENING:]):
                self._holding.setdefault(letter, []).append(namesakes)
            if self._letters is not None:
                self._letters.add(namesakes)
        if not name.full and key not in self._short:
            self._short[key] = namesakes
            self._short_by_third.setdefault(key[OPENING : OPENING + 1], []).append(namesakes)
            if self._letters is not None:
                self._letters.add_short(namesakes)
        if len(namesakes.places) < MOST_SHARED:
            namesakes.places.append(place)

    def forms_of(self, name: CompanyName) -> Iterator[int]:
        """Give the places of what a name may shorten and of what may shorten it; what shortens too many is left out."""
        if len(self._names) > MOST_IN_OPENING:
            return
        if self._letters is None and len(self._names) > LOOKED_THROUGH:
            self._letters = _Letters(self._names.values(), self._short.values())
        if not name.full and len(found := self._longer(name)) <= MOST_LONG_FORMS:
            for longer in found:
                yield from longer.places
        for short in self._shorter(name):
            if len(self._longer(short.name)) <= MOST_LONG_FORMS:
                yield from short.places

    def _longer(self, short: CompanyName) -> Sequence[_Namesakes]:
        """Return what a short name may stand for; of more than ``MOST_LONG_FORMS`` at least one more than those."""
        if self._letters is not None:
            return self._letters.longer(short)
        third = short.key[OPENING : OPENING + 1]
        near = self._holding.get(third, ()) if third else self._names.values()
        last, core = short.key[-1], short.core  # most others lack both: looked at before the call
        likely = (other for other in near if last in other.name.key or other.name.key.startswith(core))
        return list(islice((other for other in likely if _shortens(short, other.name)), MOST_LONG_FORMS + 1))

    def _shorter(self, name: CompanyName) -> Iterable[_Namesakes]:
        if self._letters is not None:
            return (short for short in self._letters.shorter(name) if _shortens(short.name, name))
        thirds, letters = self._short_by_third, set(name.key[OPENING:])
        near = (short for letter in ("", *letters) if letter in thirds for short in thirds[letter])
        return (short for short in near if _shortens(short.name, name))


class _Letters:
    """Many names of one opening by their letters: what shortens a name has its third and its last letter, or its core.

    That is what ``_shortens`` asks for at least; it is asked only about those.
    """

    def __init__(self, names: Iterable[_Namesakes], short: Iterable[_Namesakes]) -> None:
        self._all: list[_Namesakes] = []
        self._holding: defaultdict[str, list[_Namesakes]] = defaultdict(list)
        self._short: defaultdict[tuple[str, str], list[_Namesakes]] = defaultdict(list)
        self._short_by_core: defaultdict[str, list[_Namesakes]] = defaultdict(list)
        self._long_forms: dict[str, list[_Namesakes]] = {}
        self._growing: defaultdict[str, dict[str, CompanyName]] = defaultdict(dict)
        for each in names:
            self.add(each)
        for each in short:
            self.add_short(each)

    def add(self, namesakes: _Namesakes) -> None:
        """Take in a name, and add it to what the short forms that were asked about stand for."""
        name = namesakes.name
        self._all.append(namesakes)
        for letter in set(name.key):
            self._holding[letter].append(namesakes)
        for letter in ("", *set(name.key)):
            for key, short in list(self._growing.get(letter, {}).items()):
                if _shortens(short, name):
                    self._note(key, letter, namesakes)

    def add_short(self, namesakes: _Namesakes) -> None:
        """Take in a name that is no registered one."""
        key = namesakes.name.key
        self._short[_ends(key)].append(namesakes)
        core = namesakes.name.core
        if len(core) >= LEAST_CORE:
            self._short_by_core[core].append(namesakes)

    def shorter(self, name: CompanyName) -> Iterator[_Namesakes]:
        """Give the short names that may shorten a name; some twice."""
        letters = set(name.key)
        for ends in (("", ""), *product(letters, letters)):
            yield from self._short.get(ends, ())
        yield from self._short_by_core.get(name.core, ())

    def longer(self, short: CompanyName) -> Sequence[_Namesakes]:
        """Return the first names that a short one may stand for, one more than ``MOST_LONG_FORMS`` at most."""
        found = self._long_forms.get(short.key)
        if found is None:
            third, last = _ends(short.key)
            core = short.core if len(short.core) >= LEAST_CORE else None
            near = self._holding.get(third, ()) if third else self._all
            likely = (one for one in near if last in one.name.key or (core and core in one.name.key))
            matching = (one for one in likely if _shortens(short, one.name))
            found = self._long_forms[short.key] = list(islice(matching, MOST_LONG_FORMS + 1))
            if len(found) <= MOST_LONG_FORMS:
                self._growing[third][short.key] = short
        return found

    def _note(self, key: str, third: str, namesakes: _Namesakes) -> None:
        found = self._long_forms[key]
        found.append(namesakes)
        if len(found) > MOST_LONG_FORMS:  # it stands for nobody from now on
            del self._growing[third][key]


def _ends(key: str) -> tuple[str, str]:
    """Return the third and the last letter of a key; both "" where it has only two."""
    return (key[2], key[-1]) if len(key) > OPENING else ("", "")
