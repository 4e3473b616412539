"""Working out where leads stand: verdict and best match, kept in ``standing`` to filter and sort by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from sqlalchemy import or_, select

from crm.database import Database, Session
from crm.database.upsert import remove, upsert
from crm.domain.matching.ground import MatchGround, judge_lead, match_lead
from crm.domain.matching.match import Match, Side
from crm.domain.matching.weights import WEIGHTS
from crm.domain.quantities import YUAN_PER_WAN
from crm.domain.thresholds import Judgement
from crm.jobs import Job, Progress
from crm.models import Entry, Lead, Rule, RuleSet, Standing, table_of
from crm.queries.matching import ground_mark, load_match_ground
from crm.queries.records import Record, load

CHUNK = 200
ONE_DAY = timedelta(days=1)


def refresh_standings(database: Database, on: date | None = None) -> Job[int]:
    """Work out every standing that is not up to date, a chunk a transaction; return how many.

    Standings of leads that are gone (an import taken back) are forgotten: else a filter would count them.

    Args:
        database: to work in.
        on: the day; default today. A new day alone changes nothing: only one on which something begins or ends.
    """
    day = on or date.today()  # noqa: DTZ011  (the day on the officer's desk)
    with database.read() as session:
        ground = load_match_ground(session, day)
        basis = standing_basis(session, day, ground)
        stale, gone = _stale(session, basis), _gone(session)
    if gone:
        with database.write(by="", why="standings", kind="derived") as session:
            remove(session.connection(), Standing, "lead_id", gone)
    for start in range(0, len(stale), CHUNK):
        with database.read() as session:
            rows = [_standing(record, ground, basis) for record in load(session, "leads", stale[start : start + CHUNK])]
        with database.write(by="", why="standings", kind="derived") as session:
            upsert(session.connection(), Standing, rows, key=["lead_id"])
        yield Progress(min(start + CHUNK, len(stale)), len(stale))
    return len(stale)


def _stale(session: Session, basis: str) -> Sequence[int]:
    leads, kept = table_of(Lead), table_of(Standing)
    query = (
        select(leads.c.id)
        .outerjoin(kept, kept.c.lead_id == leads.c.id)
        .where(or_(kept.c.lead_id.is_(None), kept.c.lead_version != leads.c.version, kept.c.basis != basis))
        .order_by(leads.c.updated_at.desc())
    )
    return list(session.connection().execute(query).scalars())


def _gone(session: Session) -> Sequence[int]:
    leads, kept = table_of(Lead), table_of(Standing)
    query = select(kept.c.lead_id).outerjoin(leads, leads.c.id == kept.c.lead_id).where(leads.c.id.is_(None))
    return list(session.connection().execute(query).scalars())


FORM = 2
"""Grows when the same lead and rules would give another standing: kept ones are then worked out anew."""


def standing_basis(session: Session, on: date, ground: MatchGround) -> str:
    """Return a short name of all that a standing rests on beside the lead.

    Of the day it keeps the last one that turned something: two days with the same rules, rates, weights and
    investment periods share their standings.
    """
    turned = max((day for day in _turns(session, ground) if day <= on), default=date.min)
    rules = ground.ground.rules
    shipped = repr((rules.settings, rules.rate_ranges))  # of the program where the bureau has entered none
    parts: list[Any] = [FORM, turned.isoformat(), ground.weights.version if ground.weights else "", shipped]
    parts += [[str(value) for value in mark] for mark in ground_mark(session)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def _turns(session: Session, ground: MatchGround) -> Iterator[date]:
    """Return every day from which dated data are read otherwise than the day before; a last day still counts."""
    for model in (RuleSet, Rule, Entry):
        table = table_of(model)
        for begins, ends in session.connection().execute(select(table.c.valid_from, table.c.valid_to).distinct()):
            if begins:
                yield date.fromisoformat(begins)
            if ends:
                yield date.fromisoformat(ends) + ONE_DAY
    years = table_of(RuleSet).c.as_of_year
    for year in session.connection().execute(select(years).where(years.is_not(None))).scalars():
        yield date(year, 1, 1)
    yield from (one.since for one in WEIGHTS)
    yield from (one.invest_until_last + ONE_DAY for one in ground.targets.funds if one.invest_until_last is not None)


def _standing(record: Record, ground: MatchGround, basis: str) -> dict[str, Any]:
    judgement = judge_lead(record.values, ground)
    best = _best(match_lead(record.values, ground, judgement))
    return {
        "lead_id": record.id,
        "lead_version": record.version,
        "basis": basis,
        "verdict": judgement.verdict.value,
        "critical": int(judgement.critical),
        "tax_per_mu": _yuan_per_mu(judgement),
        "match": None if best is None else best[0],
        "match_code": None if best is None else best[1],
        "missing": json.dumps(list(judgement.missing)) if judgement.missing else None,
    }


def _yuan_per_mu(judgement: Judgement) -> int | None:
    """Return the tax of each 亩; None for plots in several areas: an average would be read against one area's line."""
    figure = judgement.tax_per_mu
    several = len({plot.area for plot in judgement.plots if plot.area}) > 1
    if figure is None or figure.low is None or several:
        return None
    return int((Decimal(figure.low) * YUAN_PER_WAN).to_integral_value(rounding=ROUND_FLOOR))


def _best(match: Match) -> tuple[int, str] | None:
    """Return the hundredths of the best score and its target: of the communities, else of the funds."""
    sides: tuple[Side | None, ...] = (match.communities, match.funds)
    for side in sides:
        if side is not None and side.ranked:
            best = side.ranked[0]
            return int(best.score * 100), best.code
    return None
