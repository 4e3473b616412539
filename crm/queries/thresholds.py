"""The threshold rules, settings, mappings and rates of a database: dated data, read as the domain's own values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from crm.database import Session
from crm.domain.quantities import Rate
from crm.domain.thresholds import SEED, Rule, RuleSet, rule_set_on
from crm.domain.thresholds.ground import Ground
from crm.domain.thresholds.rules import AreaMapping, RateRange, Setting
from crm.models import Rule as RuleRow
from crm.models import RuleSet as RuleSetRow
from crm.models import table_of
from crm.queries.dictionaries import words


def load_ground(session: Session, on: date) -> Ground:
    """Return the rules and the rates known on a day."""
    return Ground(on, load_rules(session, on), load_rates(session, on))


def load_rules(session: Session, on: date) -> RuleSet:
    """Return the rule set to judge by on a day: one in force before one on trial, the latest first.

    Where none holds on that day, the first there is: the verdict then says that it does not hold.
    """
    sets = load_rule_sets(session)
    return rule_set_on(sets, on) or (sets[0] if sets else SEED)


def load_rule_sets(session: Session) -> list[RuleSet]:
    """Return every rule set with its rules, and with the settings and mappings of the database.

    A setting or a range of rates that the database does not have is that of the rules shipped with the program.
    """
    sets, rules = table_of(RuleSetRow), table_of(RuleRow)
    beside = {
        "settings": (*SEED.settings, *_settings(session)),  # the last that started holds
        "rate_ranges": (*_rate_ranges(session), *SEED.rate_ranges),  # the first that fits holds
        "area_mappings": tuple(
            AreaMapping(word.term, word.meaning, word.source, word.valid_from, word.valid_to)
            for word in words(session, "area_mapping")
        ),
    }
    of_set: dict[int, list[Rule]] = {}
    for row in session.connection().execute(select(rules).order_by(rules.c.id)):
        of_set.setdefault(row.rule_set_id, []).append(_rule(row))
    found = session.connection().execute(select(sets).order_by(sets.c.id))
    return [_rule_set(row, tuple(of_set.get(row.id, ())), beside) for row in found]


def load_rates(session: Session, on: date) -> tuple[Rate, ...]:
    """Return for each currency the rate of the latest day that is not after ``on``.

    An entry of the dictionary ``rate`` is the CNY paid for one unit of the currency; ``valid_from`` is its day.
    """
    latest: dict[str, tuple[date, Rate]] = {}
    for word in words(session, "rate", on):
        day = word.valid_from or date.min
        known = latest.get(word.term)
        if known is None or known[0] <= day:
            iso = word.valid_from.isoformat() if word.valid_from else ""
            latest[word.term] = day, Rate(word.term, Decimal(word.meaning), iso, word.source)
    return tuple(rate for _since, rate in latest.values())


def _settings(session: Session) -> Iterator[Setting]:
    for word in words(session, "threshold_setting"):
        yield Setting(word.term, Decimal(word.meaning), word.source, word.valid_from, word.valid_to)


def _rate_ranges(session: Session) -> Iterator[RateRange]:
    for word in words(session, "rate_range"):
        low, high = json.loads(word.meaning)
        yield RateRange(word.term, Decimal(low), Decimal(high), word.valid_from, word.valid_to)


def _rule(row: Any) -> Rule:  # noqa: ANN401  (a row of the database)
    least = row.least_tax_yuan
    return Rule(
        row.code,
        row.area,
        None if least is None else _wan(least),
        _wan(row.least_tax_per_mu_yuan),
        frozenset((row.land_use,)) if row.land_use else frozenset(),
        row.quote,
        row.source,
        _day(row.valid_from),
        _day(row.valid_to),
    )


def _rule_set(row: Any, rules: tuple[Rule, ...], beside: Mapping[str, Any]) -> RuleSet:  # noqa: ANN401  (a row)
    return RuleSet(
        name=row.code,
        label=row.name,
        rules=rules,
        source=row.source,
        as_of_year=row.as_of_year,
        document_number=row.document_number or "",
        approved_by=row.approved_by or "",
        valid_from=_day(row.valid_from),
        valid_to=_day(row.valid_to),
        **beside,
    )


def _wan(yuan: int) -> Decimal:
    """Return whole 元 in 万元, exactly."""
    return Decimal(yuan).scaleb(-4)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
