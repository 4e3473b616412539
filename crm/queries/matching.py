"""What matches and allocations rest on, read from the database once and used for any number of leads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import or_, select

from crm.database import Session
from crm.domain.matching.candidates import Candidate, LeftOut, is_live
from crm.domain.matching.ground import MatchGround, candidate_lead
from crm.domain.matching.match import Targets, targets_from_values
from crm.domain.matching.weights import weights_on
from crm.domain.quantities import Rate
from crm.models import Lead, table_of
from crm.queries.dictionaries import stage_probabilities, taxonomy, weights_versions
from crm.queries.records import find, load
from crm.queries.thresholds import load_ground


def load_match_ground(session: Session, on: date, rates: Iterable[Rate] = ()) -> MatchGround:
    """Return all communities and funds made ready, with words, weights, rules and rates of a day.

    Args:
        session: of a reading transaction.
        on: the day.
        rates: given for this one call; sums of funds in a foreign currency are read by them first.
    """
    ground = _ground(session, on)
    targets = targets_from_values(
        [record.values for record in load(session, "communities")],
        [record.values for record in load(session, "funds")],
        ground.taxonomy,
        ground.ground.believed_rates(rates),
    )
    return replace(ground, targets=targets)


def load_candidates(
    session: Session, on: date, refs: Iterable[str] | None = None, rates: Iterable[Rate] = ()
) -> list[Candidate | LeftOut]:
    """Return leads as candidates for land and money, or why they cannot be.

    Args:
        session: of a reading transaction.
        on: the day, for the rules and rates.
        refs: ids, codes or exact names of leads; None for all live ones.
        rates: given for this one call; they stand before those known.

    Raises:
        NotFoundError: one is not there.
        AmbiguousError: a name stands for several.
    """
    ground = _ground(session, on)
    if refs is None:
        leads = [record for record in load(session, "leads") if is_live(record.values, ground.probabilities)]
    else:
        leads = load(session, "leads", list(dict.fromkeys(find(session, "leads", ref) for ref in refs)))
    given = tuple(rates)
    return [candidate_lead(record.values, ground, given) for record in leads]


def active_lead_ids(session: Session) -> list[int]:
    """Return the ids of the leads whose status is active or not known, the newest change first."""
    leads = table_of(Lead)
    query = select(leads.c.id).where(or_(leads.c.status == "active", leads.c.status.is_(None)))
    return list(session.connection().execute(query.order_by(leads.c.updated_at.desc(), leads.c.id)).scalars())


def _ground(session: Session, on: date) -> MatchGround:
    """Return the words, weights, rules and rates of a day, as the bureau entered them, without targets."""
    return MatchGround(
        load_ground(session, on),
        Targets(),
        taxonomy(session, on),
        weights_on(on, weights_versions(session)),
        stage_probabilities(session, on),
    )
