"""Counts and sums of leads in words, each with what it counts (decisions 13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm.domain.quantities import grouped
from crm.i18n import _, ngettext
from crm.queries.lead_list import LeadTotals

if TYPE_CHECKING:
    from crm.queries.board import LaneTotals


def totals_text(totals: LeadTotals) -> str:
    """Return the line under the list: what the filter holds, each sum with what it counts (decisions 13)."""
    parts = [ngettext("{count} lead", "{count} leads", totals.count).format(count=f"{totals.count:,}")]
    if totals.investment_known:
        parts.append(
            _("planned investment {sum} 10k yuan ({known} leads)").format(
                sum=f"{totals.investment:,.0f}", known=f"{totals.investment_known:,}"
            )
        )
    if totals.investment_foreign:
        parts.append(_("{number} in foreign currency not summed").format(number=f"{totals.investment_foreign:,}"))
    if totals.land_known:
        parts.append(
            _("land {sum} mu ({known} leads)").format(sum=f"{totals.land:,.2f}", known=f"{totals.land_known:,}")
        )
    if totals.tax_known:
        parts.append(
            _("tax {sum} 10k yuan a year ({known} leads)").format(
                sum=f"{totals.tax:,.0f}", known=f"{totals.tax_known:,}"
            )
        )
    return _("; ").join(parts)


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
