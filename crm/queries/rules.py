"""The rules and dictionaries in force, as the domain takes them. What the bureau has not entered is the seed's."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from crm.database import Session
from crm.domain.matching.candidates import STAGE_PROBABILITIES
from crm.domain.matching.taxonomy import TAXONOMY, Taxonomy
from crm.domain.matching.weights import WEIGHTS, Band, Weights
from crm.domain.thresholds.rules import SEED, AreaMapping, RateRange, Rule, RuleSet, Setting
from crm.models import Entry, table_of
from crm.models import Rule as RuleRow
from crm.models import RuleSet as RuleSetRow

YUAN_PER_WAN = 10_000


@dataclass(frozen=True, slots=True)
class Word:
    """One entry of a dictionary, with the days it holds."""

    term: str
    meaning: str
    source: str
    valid_from: date | None
    valid_to: date | None

    def holds(self, on: date) -> bool:
        """Return whether it holds on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


def rule_sets(session: Session) -> list[RuleSet]:
    """Return the rule sets with their settings, rate ranges and confirmed mappings of addresses."""
    sets, rules = table_of(RuleSetRow), table_of(RuleRow)
    settings = tuple(_settings(session)) or SEED.settings
    ranges = tuple(_rate_ranges(session)) or SEED.rate_ranges
    mappings = tuple(_area_mappings(session))
    connection = session.connection()
    found: list[RuleSet] = []
    for row in connection.execute(select(sets).order_by(sets.c.id)).all():
        own = connection.execute(select(rules).where(rules.c.rule_set_id == row.id).order_by(rules.c.id)).all()
        found.append(
            RuleSet(
                name=row.code,
                label=row.name,
                rules=tuple(_rule(each) for each in own),
                source=row.source,
                as_of_year=row.as_of_year,
                document_number=row.document_number or "",
                approved_by=row.approved_by or "",
                valid_from=_day(row.valid_from),
                valid_to=_day(row.valid_to),
                settings=settings,
                rate_ranges=ranges,
                area_mappings=mappings,
            )
        )
    return found


def taxonomy(session: Session, on: date) -> Taxonomy:
    """Return the aliases and families of industries that hold on a day."""
    aliases = {word.term: word.meaning for word in words(session, "industry_alias", on)}
    families: dict[str, set[str]] = {}
    for word in words(session, "industry_family", on):
        families.setdefault(word.term, set()).add(word.meaning)
    return replace(
        TAXONOMY,
        aliases=aliases or TAXONOMY.aliases,
        families=tuple(frozenset(family) for family in families.values()) or TAXONOMY.families,
    )


def stage_probabilities(session: Session, on: date) -> Mapping[str, Decimal]:
    """Return the probability (0–1) that a lead of a stage succeeds, as the bureau set it."""
    entered = {word.term: Decimal(word.meaning) for word in words(session, "stage_probability", on)}
    return entered or STAGE_PROBABILITIES


def weights_versions(session: Session) -> tuple[Weights, ...]:
    """Return every version of the weights, oldest first: those of the program, then those entered."""
    entered = [_weights(word) for word in words(session, "weights")]
    return (*WEIGHTS, *sorted(entered, key=lambda each: each.since))


def words(session: Session, dictionary: str, on: date | None = None) -> list[Word]:
    """Return the entries of a dictionary in the order they were entered; only those that hold on a day when given."""
    table = table_of(Entry)
    query = select(table).where(table.c.dictionary == dictionary).order_by(table.c.id)
    found = [
        Word(row.term, row.meaning, row.source, _day(row.valid_from), _day(row.valid_to))
        for row in session.connection().execute(query)
    ]
    return found if on is None else [word for word in found if word.holds(on)]


def weights_text(weights: Weights) -> str:
    """Return the JSON text of a version of the weights, as an entry of the dictionary ``weights`` holds it."""
    return json.dumps(
        {
            "community": _parts_text(weights.community),
            "fund": _parts_text(weights.fund),
            "easy_share": str(weights.easy_share),
            "late_months": weights.late_months,
            "full_platforms": weights.full_platforms,
            "full_landings": weights.full_landings,
            "bands": [[band.code, str(band.least)] for band in weights.bands],
        }
    )


def _rule(row: Any) -> Rule:  # noqa: ANN401  (a row of the table ``rule``)
    return Rule(
        code=row.code,
        area=row.area,
        least_tax=None if row.least_tax_yuan is None else Decimal(row.least_tax_yuan) / YUAN_PER_WAN,
        least_per_mu=Decimal(row.least_tax_per_mu_yuan) / YUAN_PER_WAN,
        land_uses=frozenset(json.loads(row.land_uses or "[]")),
        quote=row.quote,
        source=row.source,
        valid_from=_day(row.valid_from),
        valid_to=_day(row.valid_to),
    )


def _settings(session: Session) -> Iterable[Setting]:
    for word in words(session, "threshold_setting"):
        yield Setting(word.term, Decimal(word.meaning), word.source, word.valid_from, word.valid_to)


def _rate_ranges(session: Session) -> Iterable[RateRange]:
    for word in words(session, "rate_range"):
        low, high = json.loads(word.meaning)
        yield RateRange(word.term, Decimal(low), Decimal(high), word.valid_from, word.valid_to)


def _area_mappings(session: Session) -> Iterable[AreaMapping]:
    for word in words(session, "area_mapping"):
        yield AreaMapping(word.term, word.meaning, word.source, word.valid_from, word.valid_to)


def _weights(word: Word) -> Weights:
    document = json.loads(word.meaning)
    return Weights(
        version=word.term,
        since=word.valid_from or date.min,
        source=word.source,
        community=_parts(document["community"]),
        fund=_parts(document["fund"]),
        easy_share=Decimal(document["easy_share"]),
        late_months=document["late_months"],
        full_platforms=document["full_platforms"],
        full_landings=document["full_landings"],
        bands=tuple(Band(code, Decimal(least)) for code, least in document["bands"]),
    )


def _parts(document: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, Decimal]]:
    return {part: {level: Decimal(points) for level, points in levels.items()} for part, levels in document.items()}


def _parts_text(parts: Mapping[str, Mapping[str, Decimal]]) -> dict[str, dict[str, str]]:
    return {part: {level: str(points) for level, points in levels.items()} for part, levels in parts.items()}


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
