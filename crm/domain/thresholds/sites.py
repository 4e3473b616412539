"""The land and the tax a case speaks of, made ready to be judged: phases, plots and yearly figures brought together.

What holds for combinations (decisions 25, 26, 38):

- *Nothing but the short form*: one plot of ``area``, ``land``, ``land_use``; its tax is the project's.
- *Plots*: they decide; a plot without area or use of its own takes the project's. ``land`` beside plots is a second
  statement of their sum.
- *Phases without plots*: the committed ones, summed, are the land and the tax of the one plot. With all committed,
  ``land`` and ``annual_tax`` are second statements of the same. With some only intended they may be the sum of the
  committed or of all phases; anything else is told as a contradiction, and the phases decide.
- *Phases with plots*: all committed: the plots decide, the phases' sums are a second statement. Some only intended:
  phases do not say where they lie, so all plots must be of one area class (and use); otherwise ``phases`` is missing.
- *No phase committed*: ``phases`` is missing; ``if_all_phases`` still tells what would hold.
- *Yearly figures*: the year of full production decides; ``annual_tax`` beside it is a second statement. Without that
  year ``annual_tax`` decides, for it is the tax at full production; without either there is no verdict.
- *Two statements that cannot both be true*: see ``figures.reconciled``. Sums in different currencies are not held
  against each other: the rate is no statement of the firm.
- *Ranges and currencies* may stand in every one of these places: every sum is kept by its two ends, after conversion.
- *A plot of 0 亩* is pooled with others of its area class; alone in it, it is left out with its tax.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from crm.domain.fields.values import Phase, Plot
from crm.domain.quantities import Land, Money
from crm.domain.thresholds.case import Case
from crm.domain.thresholds.exact import Ends, total
from crm.domain.thresholds.figures import HOME, Notes, ends_of, figure_of, reconciled, yuan_of
from crm.domain.thresholds.rules import Rule


@dataclass(slots=True, eq=False)
class Site:
    """One plot, ready: land in 亩, its own tax in 万元, the rule of its area class and whether that covers it."""

    index: int | None  # place in ``plots``; None: the short form
    area: str | None
    land_use: str | None
    land: Ends | None
    tax: Ends | None = None
    tax_given: bool = False  # also when it only waits for a rate
    rule: Rule | None = None
    covered: bool | None = None  # None: not known yet
    open_below: bool = False  # 不超过25亩: some land, however little
    land_told: bool = False  # what is missing of its land is told elsewhere
    left_out: bool = False  # no rule covers it, or its area class has no land

    @property
    def asks_land(self) -> bool:
        """Whether land is asked for; also when nobody has said how much."""
        return self.land is None or not self.land.is_zero

    def field(self, name: str) -> str:
        """Return the code of one of its fields, as ``missing`` gives it."""
        if self.index is None:
            return name
        return f"plots[{self.index}].{name}"


@dataclass(slots=True, eq=False)
class Asked:
    """The plots of a case and the tax stated for all of them together.

    Attributes:
        tax_notes: what was noticed about that tax; it counts only if the tax is needed.
        land: a second statement of the sum of all plots.
        year: the year of full production.
        currency: of the stated tax when all its parts are of one; None: mixed or none.
    """

    sites: list[Site]
    tax: Ends | None
    tax_notes: Notes
    year: int | None = None
    land: Ends | None = None
    currency: str | None = None
    notes: Notes = field(default_factory=Notes)


def asked_of(case: Case, rates: Mapping[str, Decimal], *, all_phases: bool = False) -> Asked:
    """Return what a case asks, with only the committed phases or, ``all_phases``, with all of them."""
    if case.phases:
        return _with_phases(case, rates, all_phases=all_phases)
    notes = Notes()
    tax, tax_notes, currency = stated_tax(case, rates)
    sites, land = _sites(case, rates, notes)
    return Asked(sites, tax, tax_notes, case.full_year, land, currency, notes)


def _sites(case: Case, rates: Mapping[str, Decimal], notes: Notes) -> tuple[list[Site], Ends | None]:
    if not case.plots:
        land = ends_of(case.land, "land", notes)
        if case.land is not None and case.land.phase1 is not None:
            notes.tell("phase1_mentioned", land=case.land.phase1)
        return [Site(None, case.area, case.land_use, land, open_below=_open_below(case.land))], None
    sites = [_site(place, plot, case, rates, notes) for place, plot in enumerate(case.plots)]
    return sites, ends_of(case.land, "land", notes)


def _site(place: int, plot: Plot, case: Case, rates: Mapping[str, Decimal], notes: Notes) -> Site:
    code = f"plots[{place}]"
    tax = yuan_of(plot.tax, f"{code}.tax", rates, notes)
    return Site(
        place,
        plot.area or case.area,
        plot.land_use or case.land_use,
        ends_of(plot.land, f"{code}.land", notes),
        tax,
        tax_given=tax is not None or _waits_for_rate(plot.tax, rates),
        open_below=_open_below(plot.land),
    )


def _open_below(land: Land | None) -> bool:
    return land is not None and land.low is None


def stated_tax(case: Case, rates: Mapping[str, Decimal]) -> tuple[Ends | None, Notes, str | None]:
    """Return the tax at full production as the project states it, what was noticed, and its currency (decision 26)."""
    annual_notes = Notes()
    annual = yuan_of(case.annual_tax, "annual_tax", rates, annual_notes)
    annual_currency = case.annual_tax.currency if case.annual_tax is not None else None
    if not case.tax_by_year:
        if annual is None and not annual_notes.missing:
            annual_notes.lack("annual_tax")
        return annual, annual_notes, annual_currency
    notes = Notes()
    given = dict(case.tax_by_year).get(case.full_year) if case.full_year is not None else None
    figure = yuan_of(given, f"tax_by_year[{case.full_year}]", rates, notes)
    if given is not None and figure is not None:
        notes.tell("full_year_decides", year=case.full_year)
        same = annual if given.currency == annual_currency else None
        return reconciled(figure, same, "tax_contradiction", notes), notes, given.currency
    if annual is not None:
        return annual, annual_notes, annual_currency
    if not notes.missing:
        notes.lack("full_year" if case.full_year is None else f"tax_by_year[{case.full_year}]")
    return None, notes, None


def _with_phases(case: Case, rates: Mapping[str, Decimal], *, all_phases: bool) -> Asked:
    counted = [(place, one) for place, one in enumerate(case.phases) if one.committed or all_phases]
    whole = len(counted) == len(case.phases)
    notes = Notes()
    if not whole:
        notes.flag("phase_uncommitted")
    if not counted:
        notes.lack("phases")
    land = _land_of(counted, case.land if whole else None, notes)
    tax, tax_notes, currency = _tax_of(counted, case, rates, whole=whole)
    site = Site(None, case.area, case.land_use, land, land_told=True)
    asked = Asked([site], tax, tax_notes, case.full_year, None, currency, notes)
    if not whole:
        _compare(case, rates, asked)
    if case.plots:
        _lay_out(asked, case, rates, whole=whole)
    return asked


def _lay_out(asked: Asked, case: Case, rates: Mapping[str, Decimal], *, whole: bool) -> None:
    """Bring plots and phases together: phases do not say where they lie."""
    quiet = Notes()
    sites, _stated = _sites(case, rates, asked.notes if whole else quiet)
    classes = {(site.area, site.land_use) for site in sites}
    if whole:
        asked.land = asked.sites[0].land
        asked.sites = sites
    elif len(classes) == 1:
        asked.sites[0].area, asked.sites[0].land_use = classes.pop()
    else:
        asked.sites = sites
        asked.notes.lack("phases")
        asked.notes.tell("phases_without_plots")


def _land_of(counted: Sequence[tuple[int, Phase]], stated: Land | None, notes: Notes) -> Ends | None:
    """Return the land of the phases that count, held against what the project states (None: not comparable)."""
    other = ends_of(stated, "land", notes)
    if other is not None and all(phase.land is None for _place, phase in counted):
        return other
    parts = []
    for place, phase in counted:
        part = ends_of(phase.land, f"phases[{place}].land", notes)
        if part is None:
            notes.lack(f"phases[{place}].land")
        else:
            parts.append(part)
    if not counted or len(parts) < len(counted):
        return None
    return reconciled(total(parts), other, "land_contradiction", notes)


def _tax_of(
    counted: Sequence[tuple[int, Phase]], case: Case, rates: Mapping[str, Decimal], *, whole: bool
) -> tuple[Ends | None, Notes, str | None]:
    """Return the tax of the phases that count, its notes and currency; where none states any, the project's."""
    if whole and all(phase.tax is None for _place, phase in counted):
        return stated_tax(case, rates)
    notes = Notes()
    parts = []
    for place, phase in counted:
        part = yuan_of(phase.tax, f"phases[{place}].tax", rates, notes)
        if part is not None:
            parts.append(part)
        elif not _waits_for_rate(phase.tax, rates):
            notes.lack(f"phases[{place}].tax")
    currencies = {phase.tax.currency for _place, phase in counted if phase.tax is not None}
    currency = currencies.pop() if len(currencies) == 1 else None
    if not counted or len(parts) < len(counted):
        return None, notes, currency
    stated, _notes, stated_currency = stated_tax(case, rates)
    same = stated if whole and currency is not None and currency == stated_currency else None
    return reconciled(total(parts), same, "tax_contradiction", notes), notes, currency


def _waits_for_rate(money: Money | None, rates: Mapping[str, Decimal]) -> bool:
    known = money is not None and (money.low, money.high) != (None, None)
    return known and money is not None and money.currency != HOME and money.currency not in rates


def _compare(case: Case, rates: Mapping[str, Decimal], asked: Asked) -> None:
    """Tell when what the project states is neither the sum of its committed phases nor that of all."""
    quiet = Notes()
    everything = list(enumerate(case.phases))
    land, all_land = ends_of(case.land, "land", quiet), _land_of(everything, None, quiet)
    if _strange(land, asked.sites[0].land, all_land):
        asked.notes.flag("contradiction")
        asked.notes.tell("phases_land_differ", stated=figure_of(land), phases=figure_of(all_land))
    tax, _notes, currency = stated_tax(case, rates)
    all_tax, _notes, all_currency = _tax_of(everything, case, rates, whole=False)
    if currency == all_currency == asked.currency and _strange(tax, asked.tax, all_tax):
        asked.notes.flag("contradiction")
        asked.notes.tell("phases_tax_differ", stated=figure_of(tax), phases=figure_of(all_tax))


def _strange(stated: Ends | None, *sums: Ends | None) -> bool:
    """Return whether a statement agrees with none of the sums; with an unknown one nothing can be said."""
    if stated is None or any(one is None for one in sums):
        return False
    return all(one is not None and (stated.high < one.low or one.high < stated.low) for one in sums)
