"""Values of a record as a terminal shows them: contacts masked unless asked for (decisions 36)."""

from __future__ import annotations

from collections.abc import Mapping

from crm.domain.fields.masking import masked
from crm.domain.fields.registry import Field
from crm.domain.fields.writing import value_to_text
from crm.domain.stages.explain import stage_name
from crm.i18n import _


def shown(field: Field, value: object, record: Mapping[str, object] | None = None, *, contacts: bool = False) -> str:
    """Return the value of a field for the terminal; an unknown one as 未填写.

    Args:
        field: of the record.
        value: its domain value.
        record: the record, for words that depend on it (the stages of a lead without land).
        contacts: show personal fields whole.
    """
    if value is None:
        return _("not filled in")
    if field.name == "stage":
        return stage_name(str(value), record)
    text = value_to_text(field, value)
    return text if contacts else masked(field, text)
