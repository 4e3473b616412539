"""From plots to what is compared: area classes pooled, plots no rule covers left out, taxes given to their classes.

Decision 25, in words: plots of one area class are pooled. A plot that no rule covers is left out, with its tax; is the
tax of the rest then not known, the whole is only an upper bound for it. With one class the whole tax is its tax,
whatever split is given for its plots. With several, either every plot has its own tax or none has; a split for some is
incomplete. Where the split of all plots and the whole tax cannot both be true, see ``figures.reconciled``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from crm.domain.thresholds.case import Case
from crm.domain.thresholds.exact import NOTHING, UNBOUNDED, ZERO, Ends, minus, total
from crm.domain.thresholds.figures import Notes, figure_of, reconciled
from crm.domain.thresholds.rules import Rule, RuleSet
from crm.domain.thresholds.sites import Asked, Site, asked_of

FULL_BASIS = (None, "full")
"""A basis not given is judged as 全口径, and said so (decision 22)."""


@dataclass(slots=True, eq=False)
class Group:
    """The pooled plots of one area class: land in 亩, own tax in 万元 where a split is given."""

    rule: Rule
    sites: list[Site]
    land: Ends
    tax: Ends | None = None


@dataclass(slots=True, eq=False)
class Prepared:
    """What is judged.

    Attributes:
        groups: area classes with land that a rule covers.
        tax: of these groups together; None: not known.
        split: whether each of several groups has its own tax.
        bound_only: how much of the tax is that of plots left out is not known; ``tax`` is from nothing to all of it.
        no_land: known that no land is asked for.
    """

    sites: list[Site]
    groups: list[Group] = field(default_factory=list)
    tax: Ends | None = None
    split: bool = False
    bound_only: bool = False
    no_land: bool = False
    year: int | None = None
    notes: Notes = field(default_factory=Notes)


def prepare(
    case: Case, rules: RuleSet, on: date, rates: Mapping[str, Decimal], *, all_phases: bool = False
) -> Prepared:
    """Return what of a case is to be compared, and what is missing for it."""
    asked = asked_of(case, rates, all_phases=all_phases)
    ready = Prepared(asked.sites, year=asked.year, notes=asked.notes)
    if not any(site.asks_land for site in asked.sites):
        ready.no_land, ready.tax = True, _whole_tax(asked, case)
        return ready
    for site in asked.sites:
        _cover(site, case, rules, on, ready.notes)
        site.left_out = site.covered is False
    ready.groups = _pooled(asked, ready.notes)
    if not all(site.left_out for site in asked.sites):
        _give_tax(ready, asked, case)
    else:
        ready.tax = _whole_tax(asked, case)
    return ready


def _whole_tax(asked: Asked, case: Case) -> Ends | None:
    """Return the tax of a project that no line holds for, to be shown only."""
    if case.tax_basis not in FULL_BASIS:
        return None
    taxes = [site.tax for site in asked.sites if site.tax is not None]
    return total(taxes) if asked.tax is None and taxes and len(taxes) == len(asked.sites) else asked.tax


def _cover(site: Site, case: Case, rules: RuleSet, on: date, notes: Notes) -> None:
    """Find the rule of a plot, and whether it covers it; note what is missing to say so."""
    if not site.asks_land:  # nothing to ask about: it only brings its tax to others of its area class
        site.rule = rules.rule_for(site.area, on) if site.area else None
        site.covered = site.rule is not None and _fits(site, site.rule)
        return
    if site.land is None and not site.land_told:
        notes.lack(site.field("land"))
    site.area = site.area or _mapped(site, case, rules, on, notes)
    if site.area is None:
        notes.lack(site.field("area"))
        return
    site.rule = rules.rule_for(site.area, on)
    if site.rule is None:
        site.covered = False
        notes.tell("no_rule", area=site.area)
    elif site.rule.land_uses and site.land_use is None:
        notes.lack(site.field("land_use"))
    else:
        site.covered = _fits(site, site.rule)
        if not site.covered:
            notes.tell("use_not_covered", area=site.area, use=site.land_use, uses=tuple(sorted(site.rule.land_uses)))


def _fits(site: Site, rule: Rule) -> bool:
    return not rule.land_uses or site.land_use in rule.land_uses


def _mapped(site: Site, case: Case, rules: RuleSet, on: date, notes: Notes) -> str | None:
    """Return the area class of the project's address, for a project without plots of its own (decision 27)."""
    if not case.address or site.index is not None:
        return None
    area = rules.area_of(case.address, on)
    if area is None:
        notes.tell("address_unmapped", address=case.address)
    else:
        notes.tell("address_mapped", address=case.address, area=area)
    return area


def _pooled(asked: Asked, notes: Notes) -> list[Group]:
    """Pool the covered plots by area class; a class without land is left out: no line holds there."""
    pools: dict[str, Group] = {}
    for site in asked.sites:
        if site.covered and site.rule is not None and site.land is not None:
            pools.setdefault(site.rule.area, Group(site.rule, [], NOTHING)).sites.append(site)
    groups = []
    for group in pools.values():
        group.land = total(site.land or NOTHING for site in group.sites)
        if not group.land.is_zero:
            groups.append(group)
            continue
        for site in group.sites:
            site.left_out = True
            notes.tell("plot_without_land", place=(site.index or 0) + 1)
    if asked.land is not None and all(site.land is not None and site.covered is not None for site in asked.sites):
        _compare_land(groups, asked, asked.land, notes)
    return groups


def _compare_land(groups: Sequence[Group], asked: Asked, stated: Ends, notes: Notes) -> None:
    """Hold the plots' land against the project's: one area class is judged at both, several must agree."""
    summed = total(site.land or NOTHING for site in asked.sites)
    either = reconciled(summed, stated, "land_contradiction", notes)
    if either == summed:
        return
    if len(groups) == 1 and not any(site.left_out for site in asked.sites):
        groups[0].land = either
    else:
        notes.lack("land")


def _give_tax(ready: Prepared, asked: Asked, case: Case) -> None:
    """Set the tax of the groups, together and, where a split is given, each."""
    notes = ready.notes
    if any(site.left_out and site.asks_land for site in asked.sites):
        notes.flag("plot_not_covered")
    sites = [site for site in asked.sites if not site.left_out and site.asks_land]
    given = [site for site in sites if site.tax_given]
    if given and len(given) == len(sites):
        _take_split(ready, asked, sites, case)
    elif given and (len(ready.groups) > 1 or asked.tax is None):
        notes.tell("split_for_some")
        for site in sites:
            if not site.tax_given:
                notes.lack(site.field("tax"))
    else:
        notes.absorb(asked.tax_notes)
        ready.tax, ready.bound_only = _rest(asked, notes)
    if case.tax_basis not in FULL_BASIS:
        _refuse_basis(ready, asked, case)


def _take_split(ready: Prepared, asked: Asked, sites: Sequence[Site], case: Case) -> None:
    """Take each plot's own tax; the whole is their sum, held against what is stated for the whole."""
    if any(site.tax is None for site in sites):
        return  # a rate is missing, and said to be
    for group in ready.groups:
        group.tax = total(site.tax or NOTHING for site in group.sites)
    ready.tax = total(site.tax or NOTHING for site in asked.sites if not site.left_out)
    ready.split = len(ready.groups) > 1
    currencies = {plot.tax.currency for plot in case.plots if plot.tax is not None}
    stated, bound_only = _rest(asked, Notes())
    if stated is not None and not bound_only and currencies == {asked.currency}:
        ready.tax = reconciled(ready.tax, stated, "tax_contradiction", ready.notes)


def _rest(asked: Asked, notes: Notes) -> tuple[Ends | None, bool]:
    """Return the stated tax without that of the plots left out, and whether only an upper bound of it is known.

    It is where a plot left out has no tax of its own: the rest's is then anything from nothing to the whole.
    """
    whole = asked.tax
    outside = [site for site in asked.sites if site.left_out and (site.asks_land or site.tax_given)]
    if whole is None or not outside:
        return whole, False
    known = [site.tax for site in outside if site.tax is not None]
    away = total(known)
    if whole.high < away.low:
        notes.flag("contradiction")
        notes.tell("left_out_exceeds", whole=figure_of(whole), left_out=figure_of(away))
        notes.lack("annual_tax")
        return None, False
    high = minus(whole.high, away.low) if whole.high.is_finite() else UNBOUNDED
    if len(known) < len(outside):
        return Ends(ZERO, high), True
    return Ends(minus(whole.low, away.high) if away.high < whole.low else ZERO, high), False


def _refuse_basis(ready: Prepared, asked: Asked, case: Case) -> None:
    """Take a tax on another basis for unknown: there is nothing to compare (decision 22)."""
    stated = ready.tax or asked.tax
    if stated is None:
        return
    ready.notes.lack("tax_basis")
    ready.notes.tell("basis_other", basis=case.tax_basis, tax=figure_of(stated))
    ready.tax, ready.split = None, False
    for group in ready.groups:
        group.tax = None
    for site in ready.sites:
        site.tax = None
