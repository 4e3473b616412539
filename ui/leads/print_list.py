"""What of the list of leads is printed: the chosen ones, else all; filter and order in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from crm.domain.fields.words import list_mark
from crm.i18n import _
from crm.queries.lead_list import LeadFilter
from ui.leads.asked import asked_of
from ui.leads.columns import LeadRow, shown
from ui.leads.filter_bar import CHIPS, facet_word
from ui.leads.list_pane import ListPane
from ui.tables.listed import Listed

if TYPE_CHECKING:
    from crm.database import Session

SEVERAL = 2


def listed(pane: ListPane, totals: str) -> Listed:
    """Return the list as it is filtered, sorted and seen; where several leads are chosen, these."""
    chosen = pane.selected_ids()
    ids: Sequence[int] = chosen if len(chosen) >= SEVERAL else pane.model.ids
    parts = [filter_words(pane.where)]
    if ids is chosen:
        parts.append(_("{count} chosen leads").format(count=len(chosen)))
    columns = [one for one in pane.model.columns if one.key not in pane.view.hidden_by_choice]
    order = next((one.title for one in pane.model.columns if one.key == pane.order.key), _("last change"))
    way = _("descending") if pane.order.descending else _("ascending")
    asked = _(" and ").join(part for part in parts if part)
    return Listed(ids, load_rows, columns, asked, _("{order}, {way}").format(order=order, way=way), totals)


def load_rows(session: Session, ids: Sequence[int]) -> list[LeadRow]:
    """Return the rows of some leads as the list shows them."""
    from crm.queries.leads import load_lead_rows  # noqa: PLC0415  (not before the first paint)

    today = date.today()  # noqa: DTZ011  (the day on the officer's desk)
    return [shown(row, today) for row in load_lead_rows(session, list(ids))]


def filter_words(where: LeadFilter) -> str:
    """Return a filter in words; "" for everything."""
    parts = []
    for facet, title in CHIPS:
        words = [facet_word(facet, code) for code in sorted(getattr(where, facet))]
        if words:
            parts.append(_("{name}: {values}").format(name=_(title), values=list_mark().join(words)))
    return _(" and ").join([*parts, *(asked.text for asked in asked_of(where))])
