"""What came of campaigns and stations (S43, S46): sign-ups, leads, talents, how far they got. For the house only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crm.domain.stages.pipeline import PLACES

SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class Conversion:
    """One line of the table.

    Attributes:
        code: of the campaign or station.
        sign_ups: None for a station, which has none.
        converted: sign-ups that became a lead or a talent.
        signed: leads that reached 签约 or a later stage.
    """

    code: str
    name: str
    sign_ups: int | None
    converted: int
    leads: int
    talents: int
    signed: int


def conversions(
    campaigns: Iterable[Mapping[str, Any]],
    sign_ups: Sequence[Mapping[str, Any]],
    leads: Sequence[Mapping[str, Any]],
    talents: Sequence[Mapping[str, Any]],
) -> list[Conversion]:
    """Return what came of each campaign; a lead names its campaign by code or name."""
    return [
        _line(each, "campaign", [one for one in sign_ups if one.get("campaign") == each["code"]], leads, talents)
        for each in campaigns
    ]


def by_station(
    stations: Iterable[Mapping[str, Any]], leads: Sequence[Mapping[str, Any]], talents: Sequence[Mapping[str, Any]]
) -> list[Conversion]:
    """Return what came of each station, in the order given: no ranking of stations leaves the house (decisions 48)."""
    return [_line(each, "station", None, leads, talents) for each in stations]


def _line(
    source: Mapping[str, Any],
    field: str,
    sign_ups: Sequence[Mapping[str, Any]] | None,
    leads: Sequence[Mapping[str, Any]],
    talents: Sequence[Mapping[str, Any]],
) -> Conversion:
    names = {source["code"], source.get("name")} - {None}
    own = [lead for lead in leads if lead.get(field) in names]
    signed = sum(PLACES[str(lead.get("stage") or "lead")] >= PLACES[SIGNED] for lead in own)
    converted = sum(bool(one.get("lead") or one.get("talent")) for one in sign_ups or ())
    found = sum(talent.get(field) in names for talent in talents)
    told = None if sign_ups is None else len(sign_ups)
    return Conversion(str(source["code"]), str(source.get("name") or ""), told, converted, len(own), found, signed)
