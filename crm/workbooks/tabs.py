"""Names that the tabs of a workbook may have."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31


def tab_name(name: str, taken: set[str]) -> str:
    """Return a name a tab may have and no other has; ``taken`` grows by it."""
    bare = _FORBIDDEN.sub("_", name).strip("'")[:_LONGEST_NAME] or "Sheet"
    found, number = bare, 2
    while found.casefold() in taken:
        found = f"{bare[: _LONGEST_NAME - 3]}_{number}"
        number += 1
    taken.add(found.casefold())
    return found
