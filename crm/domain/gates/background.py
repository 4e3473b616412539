"""The background check of an investor before signing (S57): five items, and the red flags that are still open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crm.domain.fields.kinds.choices import CHECK_ITEMS

FLAG = "flag"


def open_flags(checks: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the checks (``background-checks``) with a red flag that nobody has resolved."""
    return [check for check in checks if check.get("result") == FLAG and check.get("resolved_on") is None]


def unchecked(checks: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the items without a result: they stand on the review sheet as 待核."""
    done = {check["item"] for check in checks if check.get("result") is not None}
    return [item.code for item in CHECK_ITEMS if item.code not in done]
