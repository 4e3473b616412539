"""How units share a project that was passed on (流转): shares come to exactly one, a project is counted once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from crm.domain.quantities import Number, PartialDate
from crm.domain.quantities.calendar_days import first_day

PARTS = (("first_unit", "first_share"), ("landing_unit", "landing_share"), ("helping_unit", "helping_share"))
"""Who shares, and the fields with the share in percent."""

COUNTED = ("agreed", "taken")
"""States of a transfer from which on its shares count."""

WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Credit:
    """What a unit has part in.

    Attributes:
        unit: "" where a lead names no unit.
        projects: leads the unit has any part in; over all units more than there are.
        credit: the sum of its shares; over all units exactly the number of leads.
    """

    unit: str
    projects: int
    credit: Fraction


def shares_of(transfer: Mapping[str, object]) -> dict[str, Fraction] | None:
    """Return the share of each unit; None where one is not an exact figure, or they do not come to one."""
    shares: dict[str, Fraction] = {}
    for unit_field, share_field in PARTS:
        unit, share = transfer.get(unit_field), transfer.get(share_field)
        if unit is None and share is None:
            continue
        exact = share.exact if isinstance(share, Number) else None
        if not isinstance(unit, str) or exact is None or exact < 0 or unit in shares:
            return None
        shares[unit] = Fraction(exact) / 100
    return shares if sum(shares.values()) == WHOLE else None


def agreed_shares(transfers: Iterable[Mapping[str, object]]) -> dict[str, Fraction] | None:
    """Return the shares that hold by the transfers of one lead: those agreed last; None where there are none."""
    agreed = [each for each in transfers if each.get("state") in COUNTED]
    agreed.sort(key=lambda each: _day(each.get("agreed_on")))
    found = [shares for each in agreed if (shares := shares_of(each)) is not None]
    return found[-1] if found else None


def credits_of(
    leads: Iterable[tuple[str, str | None]], transfers: Mapping[str, Iterable[Mapping[str, object]]]
) -> list[Credit]:
    """Return what each unit has part in, the most credit first.

    Args:
        leads: code and unit in charge of each that counts, each once.
        transfers: by code of the lead.
    """
    projects: dict[str, int] = {}
    credit: dict[str, Fraction] = {}
    for code, unit in leads:
        for name, share in (agreed_shares(transfers.get(code, ())) or {unit or "": WHOLE}).items():
            projects[name] = projects.get(name, 0) + 1
            credit[name] = credit.get(name, Fraction(0)) + share
    return sorted((Credit(name, projects[name], credit[name]) for name in projects), key=_rank)


def in_part(
    leads: Iterable[tuple[str, str | None]], transfers: Mapping[str, Iterable[Mapping[str, object]]]
) -> Iterator[tuple[str, str, Fraction]]:
    """Yield for each lead that several units share: its code, the unit, its share."""
    for code, _unit in leads:
        for name, share in (agreed_shares(transfers.get(code, ())) or {}).items():
            yield code, name, share


def _day(agreed_on: object) -> str:
    return first_day(agreed_on).isoformat() if isinstance(agreed_on, PartialDate) else ""


def _rank(each: Credit) -> tuple[bool, Fraction, int, str]:
    return each.unit == "", -each.credit, -each.projects, each.unit
