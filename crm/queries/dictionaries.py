"""The dictionaries of a database, as the domain takes them; what the bureau has not entered is the program's own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from crm.database import Session
from crm.domain.matching.candidates import STAGE_PROBABILITIES
from crm.domain.matching.taxonomy import TAXONOMY, NegativeList, Taxonomy
from crm.domain.matching.weights import WEIGHTS, Band, Weights
from crm.models import Entry, table_of


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


def taxonomy(session: Session, on: date) -> Taxonomy:
    """Return the aliases and families of industries, and the negative list, that hold on a day."""
    aliases = {word.term: word.meaning for word in words(session, "industry_alias", on)}
    families: dict[str, set[str]] = {}
    for word in words(session, "industry_family", on):
        families.setdefault(word.term, set()).add(word.meaning)
    forbidden = words(session, "negative_list", on)
    return replace(
        TAXONOMY,
        aliases=aliases or TAXONOMY.aliases,
        negative_list=NegativeList(tuple(word.term for word in forbidden), forbidden[0].source) if forbidden else None,
        families=tuple(frozenset(family) for family in families.values()) or TAXONOMY.families,
    )


def stage_probabilities(session: Session, on: date) -> Mapping[str, Decimal]:
    """Return the probability (0–1) that a lead of a stage succeeds, as the bureau set it."""
    entered = {word.term: Decimal(word.meaning) for word in words(session, "stage_probability", on)}
    return {**STAGE_PROBABILITIES, **entered}


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
