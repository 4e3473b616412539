"""What an officer should know of a lead beside its gates: a 提示, never a stop (decisions 49).

A firm on the list of cleared ones (S19), an item of the access list that restricts or wants a consultation (S63), a
carrier that is a state-owned asset (S68), manufacturing and services in one lead (S28) and the future industry its
words speak for (S12), both proposals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from crm.domain.future_industries import propose
from crm.domain.gates.access import FORBIDDEN, hits
from crm.domain.matching.taxonomy import TAXONOMY, Taxonomy
from crm.domain.reasons import Reason

_MANUFACTURING = range(13, 44)
_SERVICES = range(51, 98)
_DIVISION = re.compile(r"(?<!\d)[A-T]?(\d{2})\d{0,2}(?!\d)")


def hints(
    lead: Mapping[str, Any],
    on: date,
    *,
    clearings: Iterable[Mapping[str, Any]] = (),
    access: Iterable[Mapping[str, Any]] = (),
    carriers: Iterable[Mapping[str, Any]] = (),
    taxonomy: Taxonomy = TAXONOMY,
) -> list[Reason]:
    """Return the hints on a lead.

    Codes: ``cleared_firm`` (code, name), ``access_restricted`` and ``access_consult`` (item), ``state_asset``
    (carrier), ``two_industries``, ``future_industry`` (industry, because).
    """
    found = [
        Reason("cleared_firm", {"code": each["code"], "name": each["name"]})
        for each in clearings
        if each.get("credit_code") and each["credit_code"] == lead.get("credit_code")
    ]
    found += [
        Reason(f"access_{hit.level}", {"item": hit.item["name"]})
        for hit in hits(access, lead, on)
        if hit.level != FORBIDDEN
    ]
    site = lead.get("site")
    found += [
        Reason("state_asset", {"carrier": each.get("name") or each["code"]})
        for each in carriers
        if each.get("state_asset") and site and site in (each["code"], each.get("name"))
    ]
    found += [Reason("two_industries")] if has_two_industries(lead.get("gbt4754")) else []
    proposal = propose(lead, taxonomy)
    return found if proposal is None else [*found, Reason("future_industry", proposal._asdict())]


def has_two_industries(classes: object) -> bool:
    """Return whether classes of GB/T 4754 (``C3972、I6510``) name manufacturing and services: 两业融合."""
    divisions = {int(found) for found in _DIVISION.findall(str(classes or ""))}
    return bool(divisions & set(_MANUFACTURING)) and bool(divisions & set(_SERVICES))
