"""What a filter of leads asks beside the words of its chips, in words, each with the filter that is left without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crm.errors import UserError
from crm.i18n import _
from crm.queries.lead_list import LeadFilter

LONGEST = 24
"""Characters of a chip; all of them stand in its tooltip."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is asked.

    Attributes:
        opens: it can be changed; else it can only be taken off.
        without: the filter that is left when it is taken off.
    """

    key: str
    text: str
    opens: bool
    without: LeadFilter


def asked_of(where: LeadFilter) -> Sequence[Asked]:
    """Return what is asked beside the words of the chips: chosen leads, land, a day, groups of conditions."""
    found = []
    if where.ids is not None:
        text = _("{count} chosen leads").format(count=len(where.ids))
        found.append(Asked("ids", text, opens=False, without=replace(where, ids=None)))
    if where.with_land is not None:
        text = _("Needs land") if where.with_land else _("Needs no land")
        found.append(Asked("with_land", text, opens=False, without=replace(where, with_land=None)))
    if where.due_until is not None:
        month, day = where.due_until // 100 % 100, where.due_until % 100
        text = _("next step by {month:02d}-{day:02d}").format(month=month, day=day)
        found.append(Asked("due_until", text, opens=False, without=replace(where, due_until=None)))
    return [*found, *_groups(where)] if where.conditions else found


def _groups(where: LeadFilter) -> Sequence[Asked]:
    """Return a chip for each group of conditions; one for all where one group is enough, or they lie deeper."""
    from crm.domain.condition_groups import Groups, groups_of, text_of  # noqa: PLC0415  (not before the first paint)
    from crm.domain.conditions import parse_condition  # noqa: PLC0415
    from crm.domain.conditions_explain import explain_group, explain_groups  # noqa: PLC0415

    without = replace(where, conditions="")
    try:
        groups = groups_of(parse_condition("leads", where.conditions))
    except UserError as error:
        return [Asked("conditions", error.message, opens=True, without=without)]
    if groups is None or groups.any_of:
        text = where.conditions if groups is None else explain_groups("leads", groups)
        return [Asked("conditions", text, opens=True, without=without)]
    parts = []
    for place, group in enumerate(groups.groups):
        rest = Groups(tuple(one for one in groups.groups if one is not group))
        left = replace(where, conditions=text_of(rest))
        parts.append(Asked(f"conditions {place}", explain_group("leads", group), opens=True, without=left))
    return parts


def cut(text: str) -> str:
    """Return a text as a chip shows it."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
