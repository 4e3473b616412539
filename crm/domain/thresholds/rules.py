"""The threshold rules as dated data with their sources. A rule set is a row of the database; the seed's stands here.

Source: fact H03 of the founding document (about 2018–2019) and its ``threshold_rules``; the interpretation is D1–D12
there and decisions 22–29.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from crm.domain.quantities.currencies import CURRENCIES


def _in_force(valid_from: date | None, valid_to: date | None, on: date) -> bool:
    return (valid_from is None or valid_from <= on) and (valid_to is None or on <= valid_to)


@dataclass(frozen=True, slots=True)
class Rule:
    """The least tax that land supplied in one area class must bring (不低于: exactly on the line passes).

    Attributes:
        code: names the rule for ever.
        area: code of the area class.
        least_tax: of the whole project, 万元 a year; None: the area has no such line.
        least_per_mu: of each 亩 supplied, 万元 a year; more than zero.
        land_uses: codes of the uses it covers; empty: every use.
        quote: the sentence it comes from, to the letter.
        source: where the sentence stands.
        valid_from: first day; None: not known, the rule set's own reach holds.
        valid_to: last day; None: open.
    """

    code: str
    area: str
    least_tax: Decimal | None
    least_per_mu: Decimal
    land_uses: frozenset[str] = frozenset()
    quote: str = ""
    source: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def __post_init__(self) -> None:
        lines = [line for line in (self.least_tax, self.least_per_mu) if line is not None]
        if not all(line.is_finite() and line > 0 for line in lines):
            raise ValueError(f"rule {self.code}: a line must be more than zero")


class Setting(NamedTuple):
    """A dated figure of the judging itself, a share between 0 and 1.

    Attributes:
        name: ``critical_band`` (decision 23) or ``rate_band`` (interpretation D11).
    """

    name: str
    value: Decimal
    source: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


class RateRange(NamedTuple):
    """Between which CNY for one unit of a currency a rate is believed without asking (decision 26).

    It is wide on purpose: it is there to catch a rate per 100 units or one turned upside down, not a bad quotation.
    """

    currency: str
    low: Decimal
    high: Decimal
    valid_from: date | None = None
    valid_to: date | None = None


class AreaMapping(NamedTuple):
    """A confirmed statement that addresses containing a text lie in an area class (decision 27)."""

    text: str
    area: str
    source: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules that hold together, with the settings and mappings used beside them.

    Attributes:
        name: stored with every verdict (interpretation D10).
        label: how a page names it.
        as_of_year: year of the source; where no start is known, the set is used from the first day of that year.
        document_number: of the act that set the rules; "" while there is none.
        approved_by: who confirmed the rules; "" while nobody has.
    """

    name: str
    label: str
    rules: tuple[Rule, ...]
    source: str = ""
    as_of_year: int | None = None
    document_number: str = ""
    approved_by: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    settings: tuple[Setting, ...] = ()
    rate_ranges: tuple[RateRange, ...] = ()
    area_mappings: tuple[AreaMapping, ...] = ()

    @property
    def status(self) -> str:
        """``in_force`` once the set has a document number, an approver and a start; until then ``trial`` (29)."""
        return "in_force" if self.document_number and self.approved_by and self.valid_from else "trial"

    @property
    def is_trial(self) -> bool:
        """Whether every verdict must say 试算结论（待核口径）."""
        return self.status == "trial"

    def covers(self, on: date) -> bool:
        """Return whether the set can be applied on a day."""
        if self.valid_from is None and self.as_of_year is not None and on.year < self.as_of_year:
            return False
        return _in_force(self.valid_from, self.valid_to, on)

    def rule_for(self, area: str, on: date) -> Rule | None:
        """Return the rule of an area class on a day, the one that started last; None: the area has none."""
        best: Rule | None = None
        for rule in self.rules:
            if (
                rule.area == area
                and _in_force(rule.valid_from, rule.valid_to, on)
                and (best is None or (rule.valid_from or date.min) >= (best.valid_from or date.min))
            ):
                best = rule
        return best

    def setting(self, name: str, on: date) -> Decimal:
        """Return a dated setting; the last that started holds, of two that started together the later entry.

        Raises:
            KeyError: the set has none of this name on that day: a fault of the data, not of a user.
        """
        found = [one for one in self.settings if one.name == name and _in_force(one.valid_from, one.valid_to, on)]
        if not found:
            raise KeyError(name)
        return max(reversed(found), key=lambda one: one.valid_from or date.min).value

    def rate_range(self, currency: str, on: date) -> RateRange | None:
        """Return the believable range of a currency's rate; None: none is known, every rate is asked."""
        for one in self.rate_ranges:
            if one.currency == currency and _in_force(one.valid_from, one.valid_to, on):
                return one
        return None

    def area_of(self, address: str, on: date) -> str | None:
        """Return the area class of an address by the confirmed mapping alone; the longest text found decides.

        None: nothing is mapped, or two mappings of the same length disagree (decision 27: then it is asked).
        """
        found = [one for one in self.area_mappings if one.text and one.text in address]
        found = [one for one in found if _in_force(one.valid_from, one.valid_to, on)]
        longest = max((len(one.text) for one in found), default=0)
        areas = {one.area for one in found if len(one.text) == longest}
        return areas.pop() if len(areas) == 1 else None


def rule_set_on(sets: Iterable[RuleSet], on: date) -> RuleSet | None:
    """Return the rule set to judge by on a day: one in force before one on trial, then the one that started last."""
    fitting = [one for one in sets if one.covers(on)]
    return max(fitting, key=lambda one: (not one.is_trial, one.valid_from or date.min, one.name), default=None)


_SEED_SOURCE = "相城区双招双引文稿（约2018–2019年），H03"
_TRIAL_SOURCE = "试算约定，待核"

SEED = RuleSet(
    name="2019-seed",
    label="文稿口径(约2019)",
    source=_SEED_SOURCE,
    as_of_year=2019,
    rules=(
        Rule(
            "TH-HSR",
            "高铁新城",
            Decimal(5000),
            Decimal(200),
            quote="高铁新城单个项目年税收不低于5000万元，亩均税收不低于200万元",
            source=_SEED_SOURCE,
        ),
        Rule(
            "TH-HT",
            "高新区",
            Decimal(3000),
            Decimal(100),
            quote="高新区单个项目年税收不低于3000万元，亩均税收不低于100万元",
            source=_SEED_SOURCE,
        ),
        Rule(
            "TH-DZ",
            "开发区",
            Decimal(2000),
            Decimal(80),
            quote="开发区单个项目年税收不低于2000万元，亩均税收不低于80万元",
            source=_SEED_SOURCE,
        ),
        Rule(
            "TH-OT",
            "其他区域",
            None,
            Decimal(50),
            land_uses=frozenset({"industrial"}),
            quote="其他区域工业供地标准亩均税收不低于50万元",
            source=_SEED_SOURCE,
        ),
    ),
    settings=(
        Setting("critical_band", Decimal("0.02"), _TRIAL_SOURCE),
        Setting("rate_band", Decimal("0.03"), _TRIAL_SOURCE),
    ),
    rate_ranges=tuple(
        RateRange(one.code, one.low, one.high)
        for one in CURRENCIES
        if one.code != "CNY" and one.low is not None and one.high is not None
    ),
)
"""The rules as the founding document states them. It gives no document number, no approver, no start: on trial."""
