"""What a verdict rests on beside the lead: the day, the rules and the rates known; read once, used for any number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from crm.domain.quantities import Rate
from crm.domain.thresholds.case import Case, case_from_values
from crm.domain.thresholds.figures import Notes, usable_rates
from crm.domain.thresholds.judgement import Conclusion, Judgement
from crm.domain.thresholds.judging import conclude, judge
from crm.domain.thresholds.rules import SEED, RuleSet


@dataclass(frozen=True, slots=True)
class Ground:
    """The day of the check and what is known on it.

    Attributes:
        rules: those to judge by on the day.
        rates: those known on the day, from the database.
    """

    on: date
    rules: RuleSet = SEED
    rates: tuple[Rate, ...] = ()

    def case(self, values: Mapping[str, object], rates: Iterable[Rate] = ()) -> Case:
        """Return the case of a record; rates given for this one check stand before those known."""
        return case_from_values(values, self._rates(rates))

    def believed_rates(self, rates: Iterable[Rate] = ()) -> dict[str, Decimal]:
        """Return the CNY for one unit of each currency whose rate is believed; given and known ones as in ``case``.

        What is not believed (46 yuan for 100 yen given as the price of one) is left out: the sum is then not known.
        """
        every = self._rates(rates)
        used = usable_rates(every, {rate.currency for rate in every}, self.rules, self.on, Notes())
        return {currency: rate.rate for currency, rate in used.items()}

    def _rates(self, rates: Iterable[Rate]) -> tuple[Rate, ...]:
        own = tuple(rates)
        given = {rate.currency for rate in own}
        return (*own, *(rate for rate in self.rates if rate.currency not in given))


def judge_values(values: Mapping[str, object], ground: Ground) -> Judgement:
    """Return the verdict on a record's values."""
    return judge(ground.case(values), ground.rules, ground.on)


def conclude_values(values: Mapping[str, object], ground: Ground) -> Conclusion:
    """Return what the verdict on a record's values comes to, without what it rests on."""
    return conclude(ground.case(values), ground.rules, ground.on)
