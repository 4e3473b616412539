"""Words for what was found in a pasted text: how sure, and why this field."""

from __future__ import annotations

from crm.domain.capture.marks import UNASSIGNED, Certainty, Mark
from crm.domain.fields.registry import LEAD_FIELDS
from crm.domain.reasons import Reason
from crm.i18n import N_, _

CERTAINTIES = {
    Certainty.CERTAIN: N_("clear"),
    Certainty.LIKELY: N_("likely"),
    Certainty.POSSIBLE: N_("to be confirmed"),
}
REASONS = {
    "label": N_("it stands behind “{word}”"),
    "near_word": N_("“{word}” stands beside it"),
    "legal_form": N_("a registered name, with “{word}”"),
    "short_name": N_("a short name, by the word of its trade"),
    "title": N_("a surname with a title"),
    "sender": N_("the message begins with this name"),
    "beside_number": N_("it stands beside the telephone number"),
    "of_company": N_("it stands behind the company's name"),
    "telephone": N_("the form of a telephone number"),
    "check_digits": N_("18 characters whose check digits hold"),
    "called_project": N_("it is called a project"),
    "unit": N_("the unit {unit} measures land"),
    "says_none": N_("it says that no land is needed"),
    "industry_word": N_("a word for an industry"),
    "in_name": N_("a word in the company's name"),
    "area_word": N_("a word for an area; a person confirms whether the project is to come there"),
    "country_word": N_("a country or region"),
    "round_word": N_("a round of financing"),
    "source_word": N_("where it was heard of"),
    "said_so": N_("it says so"),
    "said_for_all": N_("said once for all projects of the message"),
    "year_of_message": N_("the year {year} was counted from the day of the message"),
    "counted_from": N_("counted from {day}, the day of the message"),
    "of_many": N_("“{word}”: the sum of many projects or of a whole trade"),
    "per_unit": N_("a figure for each unit (“{word}”)"),
    "not_the_leads": N_("“{word}” stands beside it: not a figure of the lead's"),
    "phase": N_("one phase's sum (“{word}”)"),
    "no_word": N_("no word beside it says what it is"),
    "of_name": N_("no project is named: the company's name stands in"),
}


def certainty_text(certainty: Certainty) -> str:
    """Return how sure it is, in a word."""
    return _(CERTAINTIES[certainty])


def reason_text(reason: Reason) -> str:
    """Return why a mark has its field."""
    return _(REASONS[reason.code]).format_map({name: str(value) for name, value in reason.parameters.items()})


def field_text(mark: Mark) -> str:
    """Return the name of a mark's field; of a figure that no word gives to one, that it is not assigned."""
    return _("Not assigned") if mark.field == UNASSIGNED else _(LEAD_FIELDS[mark.field].label)
