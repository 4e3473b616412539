"""Counts and sums of leads in words, each with what it counts (decisions 13)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from crm.domain.quantities import grouped, round_down
from crm.i18n import _, ngettext
from crm.queries.lead_list import LeadTotals

if TYPE_CHECKING:
    from crm.queries.board import LaneTotals


def totals_text(totals: LeadTotals) -> str:
    """Return the line under the list: what the filter holds, each sum with what it counts (decisions 13)."""
    parts = [ngettext("{count} lead", "{count} leads", totals.count).format(count=f"{totals.count:,}")]
    if totals.investment_known:
        text = _("planned investment {sum} 10k yuan, on average {average} ({known} leads)")
        parts.append(_summed(text, totals.investment, totals.investment_known, 0))
    if totals.investment_foreign:
        parts.append(_("{number} in foreign currency not summed").format(number=f"{totals.investment_foreign:,}"))
    if totals.land_known:
        text = _("land {sum} mu, on average {average} ({known} leads)")
        parts.append(_summed(text, totals.land, totals.land_known, 2))
    if totals.tax_known:
        text = _("tax {sum} 10k yuan a year, on average {average} ({known} leads)")
        parts.append(_summed(text, totals.tax, totals.tax_known, 0))
    return _("; ").join(parts)


def _summed(text: str, whole: Decimal, known: int, places: int) -> str:
    """Return a sum and its average over the leads that have the figure; both are cut, never rounded up."""
    shown, average = round_down(whole, places), round_down(Fraction(whole) / known, max(places, 1))
    return text.format(sum=f"{shown:,}", average=f"{average:,}", known=f"{known:,}")


def investment_text(sums: LaneTotals) -> str:
    """Return the planned investment of a lane with what it counts; foreign amounts are not converted."""
    if not sums.investment_known:
        return _("investment not known") if sums.count and not sums.investment_foreign else _foreign(sums)
    text = _("investment {sum} (10k yuan), {known} leads").format(
        sum=grouped(int(sums.investment)), known=f"{sums.investment_known:,}"
    )
    return text if not sums.investment_foreign else f"{text} {_foreign(sums)}"


def _foreign(sums: LaneTotals) -> str:
    count = f"{sums.investment_foreign:,}"
    return _("(+{number} in foreign currency)").format(number=count) if sums.investment_foreign else ""


def land_text(sums: LaneTotals) -> str:
    """Return the land of a lane with what it counts, cut at two decimals."""
    if not sums.land_known:
        return _("land not known") if sums.count else ""
    whole = int(sums.land * 100)
    shown = f"{whole // 100:,}.{whole % 100:02d}".rstrip("0").rstrip(".")
    return _("land {sum} mu, {known} leads").format(sum=shown, known=f"{sums.land_known:,}")
