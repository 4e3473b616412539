"""Words for the pipeline: the stages' names, and why a step is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from crm.domain.fields.codes import STAGES as STAGE_CHOICES
from crm.domain.fields.codes import STATUSES, Choice
from crm.domain.fields.kinds.choices import CHECK_ITEMS
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.reasons import Reason
from crm.domain.stages.pipeline import PLACES, STAGES, has_no_land
from crm.i18n import N_, _, current_language, pgettext

REFUSALS = {
    "step_needs": N_("{stage} needs: {fields}."),
    "step_skips": N_("Going straight to {stage} passes over {skipped}: say why."),
    "step_back": N_("Going back from {old} to {stage}: say why."),
    "step_of_resting": N_("The lead is “{status}”: set its status to active before it moves on."),
    "status_needs_reason": N_("“{status}” needs a reason."),
    "not_here": N_("A lead at “{stage}” has not settled here yet, so it cannot move out."),
    "dates_crossed": N_("The day of {stage} stands before that of {old}: correct it, or say why."),
    "proof_missing": N_("{stage} needs a proof ({proof}): enter it, or say why it is missing."),
    "access_forbidden": N_("The access list forbids this: {item} ({source}). The lead stops at {stage}."),
    "red_flag": N_("{item}: an open red flag ({finding}). It must be resolved or excepted before {stage}."),
    "not_planned": N_("The plans do not allow this ({why}). {stage} is blocked unless an exception is granted."),
    "no_stage": N_("A lead cannot be without a stage."),
}


SAID = frozenset({"finding", "source", "why"})
"""Parameters that are people's own words."""


def stage_name(code: str, record: Mapping[str, object] | None = None) -> str:
    """Return the word for a stage; of a lead without land, its own word (供地 → 载体交付)."""
    if record is not None and has_no_land(record) and STAGES[PLACES[code]].without_land:
        return _(STAGES[PLACES[code]].without_land)
    return _label(STAGE_CHOICES, code)


def status_name(code: str) -> str:
    """Return the word for a status."""
    return _label(STATUSES, code)


def explain_refusals(reasons: Iterable[Reason], record: Mapping[str, object], *, with_names: bool = True) -> str:
    """Return why a lead may not take a step, in sentences that name the fields and what to do.

    Args:
        reasons: of the refusal.
        record: the lead.
        with_names: give beside the label of a field its name, which a command takes; a form shows labels alone.
    """
    gap = "" if current_language() == "zh_CN" else " "
    return gap.join(_(REFUSALS[reason.code]).format_map(_shown(reason, record, with_names)) for reason in reasons)


def _shown(reason: Reason, record: Mapping[str, object], with_names: bool) -> dict[str, str]:  # noqa: FBT001
    return {name: _word(name, value, record, with_names) for name, value in reason.parameters.items()}


def _word(name: str, value: object, record: Mapping[str, object], with_names: bool) -> str:  # noqa: FBT001
    mark = pgettext("between the entries of a list", ", ")
    if name == "fields" and isinstance(value, tuple):
        show = _field if with_names else _title
        return mark.join(_(" or ").join(show(each) for each in group) for group in value)
    if name == "skipped" and isinstance(value, tuple):
        return mark.join(stage_name(str(code), record) for code in value)
    if name == "proof":
        return _(str(value))
    if name == "item":
        return _label(CHECK_ITEMS, str(value))
    if name in SAID:
        return str(value)
    return status_name(str(value)) if name == "status" else stage_name(str(value), record)


def _title(name: str) -> str:
    return _(LEAD_FIELDS[name].label)


def _field(name: str) -> str:
    return _("{label} ({name})").format(label=_(LEAD_FIELDS[name].label), name=name)


def _label(choices: tuple[Choice, ...], code: str) -> str:
    return next((_(choice.label) for choice in choices if choice.code == code), code)
