"""Who may invest, from who has invested: investors ranked by their own deals, each with the counts that speak for it.

Nothing is learned that cannot be told (issue 7): an investor counts by its recent deals, and more where a larger share
of them than of all deals was in the same field, round, place or size; one that has already invested in the company, or
beside those who have, counts more. A suggestion to make contact; the investor decides (decisions 32).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import cache

from crm.domain.matching.need import stage_name
from crm.domain.quantities.values import Money, PartialDate

HALF_LIFE = 12
"""Months after which a deal counts half."""
PRIOR = 8
"""Deals like the average that every investor is credited with: one lucky deal is no habit."""
INVESTED_BEFORE = Decimal(200)
PARTNER = Decimal(3)
MOST_PARTNERS = 2
"""How often a partner's factor is applied, at most."""
SHOWN = 20
TRAITS = ("field", "round", "place", "size")
_AGES: Mapping[str, str] = {
    **dict.fromkeys(("种子", "天使"), "seed"),
    **dict.fromkeys(("Pre-A", "A"), "A"),
    **dict.fromkeys(("Pre-B", "B"), "B"),
    **dict.fromkeys(("C", "D", "E", "F"), "late"),
}
"""Rounds of one age of a company; those who like one like its neighbour."""

_EXACT = Context(prec=18)
_LATIN_TAIL = re.compile(r"[a-z][a-z0-9 .&-]*$")
_BRACKETS = re.compile(r"\(.*?\)")
_MAGNITUDES = (("亿", 9), ("千万", 8), ("百万", 7), ("十万", 6))
_DEARER = frozenset({"USD", "EUR", "GBP"})
"""Currencies one digit dearer than the yuan."""


@dataclass(frozen=True, slots=True)
class Deal:
    """One round of financing; "" and None are unknown."""

    on: PartialDate
    company: str
    investors: tuple[str, ...]
    field: str = ""
    round: str = ""
    place: str = ""
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class InvestorFit:
    """One investor proposed.

    Attributes:
        name: as it was written last.
        deals: how many of its deals are known.
        last: its latest deal.
        alike: trait of ``TRAITS`` -> how many of its deals share it; only where there is one.
        invested_before: it has invested in the company already.
        partners: investors of the company beside whom it has invested.
        score: for ranking only.
    """

    name: str
    deals: int
    last: PartialDate
    alike: Mapping[str, int]
    invested_before: bool
    partners: tuple[str, ...]
    score: Decimal


@dataclass(slots=True)
class _Record:
    """What is known of one investor: its name, and of each deal the months since and the traits."""

    name: str
    deals: list[tuple[PartialDate, Mapping[str, str]]]


@dataclass(frozen=True, slots=True)
class _Question:
    """The day of asking, the traits of the round, who has invested in the company, and how often who beside them."""

    on: PartialDate
    traits: Mapping[str, str]
    before: set[str]
    beside: Mapping[str, int]


class DealBook:
    """The known deals, ready to be asked."""

    def __init__(self, deals: Iterable[Deal]) -> None:
        self._count = 0
        self._all: dict[str, Counter[str]] = {trait: Counter() for trait in TRAITS}
        self._investors: dict[str, _Record] = {}
        self._of_company: defaultdict[str, set[str]] = defaultdict(set)
        self._beside: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for deal in sorted(deals, key=lambda deal: _months(deal.on)):
            self._add(deal)

    def _add(self, deal: Deal) -> None:
        traits = _traits(deal)
        self._count += 1
        for trait, value in traits.items():
            self._all[trait][value] += 1
        keys = {investor_key(name): name for name in deal.investors if investor_key(name)}
        for key, name in keys.items():
            record = self._investors.setdefault(key, _Record(name, []))
            record.name = name
            record.deals.append((deal.on, traits))
            self._of_company[_plain(deal.company)].add(key)
            self._beside[key].update(other for other in keys if other != key)

    def suggest(self, wanted: Deal, limit: int = SHOWN) -> tuple[InvestorFit, ...]:
        """Return the investors for a company that seeks money, the likeliest first.

        Args:
            wanted: the day of asking, the company and what is known of the round; its investors are not looked at.
            limit: how many at most.
        """
        before = self._of_company.get(_plain(wanted.company), set()) if wanted.company.strip() else set()
        beside: Counter[str] = Counter()
        for key in before:
            beside.update(self._beside[key])
        question = _Question(wanted.on, _traits(wanted), before, beside)
        found = (self._fit(key, record, question) for key, record in self._investors.items())
        fits = [fit for fit in found if fit is not None]
        return tuple(sorted(fits, key=lambda fit: (-fit.score, fit.name))[:limit])

    def _fit(self, key: str, record: _Record, question: _Question) -> InvestorFit | None:
        now = _months(question.on)
        known = [(_weight(now - _months(day)), its) for day, its in record.deals if _months(day) <= now]
        if not known:
            return None
        total = sum((weight for weight, _its in known), Decimal(0))
        score, alike = total, {}
        for trait, value in question.traits.items():
            shared = [weight for weight, its in known if its.get(trait) == value]
            if shared:
                alike[trait] = len(shared)
            usual = _EXACT.divide(Decimal(self._all[trait][value] + 1), Decimal(self._count + 1))
            share = _EXACT.divide(sum(shared, PRIOR * usual), total + PRIOR)
            score = _EXACT.multiply(score, _EXACT.divide(share, usual))
        if key in question.before:
            score *= INVESTED_BEFORE
        else:
            score *= PARTNER ** min(question.beside.get(key, 0), MOST_PARTNERS)
        partners = tuple(
            sorted(self._investors[one].name for one in question.before if one != key and key in self._beside[one])
        )
        return InvestorFit(record.name, len(known), record.deals[-1][0], alike, key in question.before, partners, score)


def investor_key(name: str) -> str:
    """Return a name without brackets and a Latin tail: 高榕资本Banyan Fund and 高榕资本(中国) are one."""
    plain = _BRACKETS.sub("", _plain(name))
    return _LATIN_TAIL.sub("", plain).strip() or plain


def size_class(amount: Money) -> str:
    """Return the order of magnitude of a sum, also of a vague one: 数百万人民币 and 300万元 are "7" (digits in yuan).

    A dollar, euro or pound counts as a digit more; "" where not even the magnitude is told.
    """
    wan = amount.low if amount.low is not None else amount.high
    if wan is not None:
        digits = (wan * 10_000).adjusted() + 1
    else:
        digits = next((size for word, size in _MAGNITUDES if word in amount.text), 0)
    return str(digits + (amount.currency in _DEARER)) if digits else ""


def _traits(deal: Deal) -> dict[str, str]:
    given = {
        "field": _plain(deal.field),
        "round": _age(deal.round),
        "place": _plain(deal.place),
        "size": size_class(deal.amount) if deal.amount is not None else "",
    }
    return {trait: value for trait, value in given.items() if value}


def _age(financing_round: str) -> str:
    stage = stage_name(financing_round) if financing_round else ""
    return _AGES.get(stage, stage)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _months(day: PartialDate) -> int:
    return day.year * 12 + (day.month or 1) - 1


@cache
def _weight(months: int) -> Decimal:
    return _EXACT.power(Decimal("0.5"), _EXACT.divide(Decimal(months), Decimal(HALF_LIFE)))


def read_investors(text: str) -> Iterator[str]:
    """Yield the investors named in one cell: 红杉资本中国|明嘉资本, 中金公司,建投华科; "-" and 未透露 name nobody."""
    for part in re.split(r"[|,，、;；\n]+", text):
        name = part.strip()
        if name and name not in {"-", "/", "未透露", "未披露", "投资方未知"}:
            yield name
