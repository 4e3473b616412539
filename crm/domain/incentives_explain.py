"""Words for the fair-competition gate of incentives."""

from __future__ import annotations

from collections.abc import Mapping

from crm.domain.fields.words import list_mark
from crm.domain.incentives import Gate, Light
from crm.i18n import N_, _

RED_LINES: Mapping[str, str] = {
    "tax_refund": N_("refund of taxes"),
    "by_tax_paid": N_("reward by the tax paid"),
    "local_share": N_("reward out of the local share"),
    "moving_here": N_("reward on condition of moving the registration here"),
    "zero_land_price": N_("land without price"),
    "land_price_back": N_("land price given back"),
    "fees_for_them": N_("fees paid for the firm"),
    "exclusive": N_("promise of exclusiveness"),
}
LIGHTS: Mapping[Light, str] = {
    Light.RED: N_("red: stopped"),
    Light.YELLOW: N_("yellow: to be reviewed"),
    Light.GREEN: N_("green: nothing found"),
}
MISSING: Mapping[str, str] = {"basis": N_("the legal basis"), "review": N_("the passed fair-competition review")}


def red_line_text(gate: Gate) -> str:
    """Return why a new promise is stopped, with the words that touch each red line, and what may be done."""
    said = list_mark().join(
        _("{line} (“{words}”)").format(line=_(RED_LINES[code]), words=words) for code, words in gate.touched.items()
    )
    message = _(
        "The wording touches a red line of fair-competition review: {lines}. A new promise is not entered so; one of"
        " the past is entered as an earlier promise (to be cleared)."
    )
    return message.format(lines=said)


def missing_text(gate: Gate) -> str:
    """Return what a promise needs before it is paid."""
    named = list_mark().join(_(MISSING[name]) for name in gate.missing)
    return _("Nothing can be entered as paid: {missing} is not there.").format(missing=named)
