"""What a lead needs, read once from its record and made comparable."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from crm.domain.matching.compare import in_cny, known, last_day
from crm.domain.matching.countries import country_codes, foreign
from crm.domain.matching.taxonomy import TAXONOMY, Taxonomy, split_words
from crm.domain.quantities.values import Land, Money, PartialDate, Span

LIMITS = ("ceiling_height", "floor_load", "power")
"""Figures of a building that must reach what a lead asks (HC3)."""

_ROUND_TAILS = re.compile(r"(轮|輪|融资|阶段|期|round)+$")


@dataclass(frozen=True, slots=True)
class Need:
    """A lead as matching sees it. None is: nobody said.

    Attributes:
        words: its fields of industry, as entered -> after aliases; ``fields`` the latter, ``relatives`` with families.
        space: kind -> m² needed; a kind asked with 0 is left out. Leased space counts when no space is stated.
        limits: ``LIMITS`` -> the figure asked; only those stated.
        environment: abilities asked, made comparable -> as entered.
        needed_by, needed_last: when, and its last day.
        countries: of the investor, ISO codes where known; ``foreign`` those outside 境内.
        stage: of financing, made comparable ("A轮" -> "A").
        financing: 万元, None when unknown or in a currency without a rate; then ``financing_currency`` names it.
        landings: how many kinds of landing are stated.
        land: 亩 asked; None when it does not say, or takes several plots. ``land_use`` what for.
        code: of the lead.
        takes_land: whether it asks for land; ``areas`` where, empty when it does not say.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    fields: frozenset[str] = frozenset()
    relatives: frozenset[str] = frozenset()
    gbt4754: str | None = None
    forbidden: bool | None = None
    nature: str | None = None
    space: Mapping[str, Span] | None = None
    limits: Mapping[str, Span] | None = None
    environment: Mapping[str, str] | None = None
    needed_by: PartialDate | None = None
    needed_last: date | None = None
    countries: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    stage: str | None = None
    financing: Span | None = None
    financing_currency: str | None = None
    financing_use: str | None = None
    landings: int | None = None
    rd_staff: Span | None = None
    takes_land: bool | None = None
    areas: frozenset[str] = frozenset()
    land: Span | None = None
    land_use: str | None = None
    code: str | None = None


def need_from_values(
    values: Mapping[str, Any], taxonomy: Taxonomy = TAXONOMY, rates: Mapping[str, Decimal] | None = None
) -> Need:
    """Return what a lead needs.

    Args:
        values: a lead's record: field name -> domain value, missing or None = unknown (fields registry).
        taxonomy: aliases and families in force.
        rates: CNY for one unit of a currency; a need in another currency stays unknown.
    """
    words = {word: taxonomy.field(word) for word in industries_of(values)}
    fields = frozenset(words.values())
    countries = country_codes(values.get("country") or "")
    needed_by = values.get("needed_by")
    limits = {name: span for name in LIMITS if (span := known(values.get(name))) is not None}
    money: Money | None = values.get("financing_need")
    financing = in_cny(money, rates or {})
    landing = values.get("landing")
    takes_land, areas = _land(values)
    return Need(
        words=words,
        fields=fields,
        relatives=taxonomy.relatives(fields),
        gbt4754=values.get("gbt4754"),
        forbidden=_forbidden(values.get("gbt4754"), taxonomy),
        nature=values.get("nature"),
        space=_space(values),
        limits=limits or None,
        environment={plain_word(word): word for word in values.get("environment") or ()} or None,
        needed_by=needed_by,
        needed_last=None if needed_by is None else last_day(needed_by),
        countries=countries,
        foreign=foreign(countries),
        stage=stage_name(values["financing_stage"]) if values.get("financing_stage") else None,
        financing=financing,
        financing_currency=money.currency if known(money) is not None and money is not None and not financing else None,
        financing_use=values.get("financing_use"),
        landings=None if landing is None else len(set(landing)),
        rd_staff=known(values.get("rd_staff")),
        takes_land=takes_land,
        areas=areas,
        land=None if values.get("plots") else known(values.get("land")),
        land_use=values.get("land_use"),
        code=values.get("code"),
    )


def plain_word(word: str) -> str:
    """Return a word made comparable: no blanks, no full-width forms, no capitals."""
    return "".join(unicodedata.normalize("NFKC", word).split()).casefold()


def stage_name(word: str) -> str:
    """Return a round of financing made comparable: A轮, a, A+轮 -> A; 天使轮 -> 天使; pre-a轮 -> Pre-A."""
    plain = _ROUND_TAILS.sub("", plain_word(word)).rstrip("+")
    if plain.startswith("pre"):
        rest = plain.removeprefix("pre").lstrip("-_ ").upper()
        return f"Pre-{rest}" if rest else "Pre-A"
    return plain.upper() if plain.isascii() else plain


def industries_of(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the words of a lead's industries, main one first, each once."""
    words: Iterable[str] = (values.get("industry") or "", *(values.get("industries") or ()))
    return tuple(dict.fromkeys(part for word in words for part in split_words(word)))


def _forbidden(gbt4754: str | None, taxonomy: Taxonomy) -> bool | None:
    if taxonomy.negative_list is None or not gbt4754:
        return None
    return taxonomy.negative_list.forbids(gbt4754)


def _space(values: Mapping[str, Any]) -> dict[str, Span] | None:
    """Return the kinds of space with a figure or a wish; None when nothing at all is said about space."""
    stated: Mapping[str, Span | None] | None = values.get("space")
    if not stated:
        stated = _leased(values.get("lease") or ())
    if not stated:
        return None
    return {kind: span or Span(None, None) for kind, span in stated.items() if span is None or span.exact != 0}


def _leased(leases: Iterable[Any]) -> dict[str, Span | None]:
    """Return leased space by kind; two leases of one kind are added when both are exact, else not known."""
    kinds: dict[str, Span | None] = {}
    for lease in leases:
        before = kinds.get(lease.kind)
        if lease.kind not in kinds:
            kinds[lease.kind] = lease.space
        elif before is None or lease.space is None or before.exact is None or lease.space.exact is None:
            kinds[lease.kind] = None
        else:
            both = before.exact + lease.space.exact
            kinds[lease.kind] = Span(both, both)
    return kinds


def _land(values: Mapping[str, Any]) -> tuple[bool | None, frozenset[str]]:
    """Return whether the lead asks for land, and in which threshold areas."""
    plots = values.get("plots") or ()
    if plots:
        return True, frozenset(plot.area for plot in plots if plot.area is not None)
    land: Land | None = values.get("land")
    if land is None:
        return None, frozenset()
    area = values.get("area")
    return land.exact != 0, frozenset((area,) if area else ())
