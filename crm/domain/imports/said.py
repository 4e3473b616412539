"""What the user says of headings (``--map FILE.json``): heading → field, field with unit, or null to leave it."""

from __future__ import annotations

from collections.abc import Mapping

from crm.domain.fields.registry import Field, Kind
from crm.domain.imports.headers import Said
from crm.domain.imports.texts import plain
from crm.domain.imports.units import suits, unit_of
from crm.errors import ValueRefusedError
from crm.i18n import _


def read_said(document: object, fields: Mapping[str, Field]) -> dict[str, Said]:
    """Return what a mapping says, by plain heading.

    Raises:
        ValueRefusedError: it is no object, names a field or unit that does not exist, or a unit the field cannot have.
    """
    if not isinstance(document, Mapping):
        raise ValueRefusedError(_("A mapping is a JSON object: heading → field."))
    return {plain(str(heading)): _said(str(heading), given, fields) for heading, given in document.items()}


def _said(heading: str, given: object, fields: Mapping[str, Field]) -> Said:
    if given is None:
        return Said(None)
    target, word = (given.get("field"), given.get("unit")) if isinstance(given, Mapping) else (given, None)
    if target is None:
        return Said(None)
    name, _dot, part = str(target).partition(".")
    if name not in fields:
        message = _("Heading “{heading}”: there is no field “{field}”. Possible are: {fields}.")
        raise ValueRefusedError(
            message.format(heading=heading, field=target, fields=_(", ").join(fields)), where=heading
        )
    if fields[name].kind in (Kind.SPACES, Kind.TAX_YEARS) and not part:
        message = _("Heading “{heading}”: say which entry of {field} it is, as {field}.厂房 or {field}.2027.")
        raise ValueRefusedError(message.format(heading=heading, field=name), where=heading)
    if word is None:
        return Said(name, part)
    unit = unit_of(str(word))
    if unit is None or not suits(unit, fields[name]):
        message = _("Heading “{heading}”: {field} cannot be in “{unit}”.")
        raise ValueRefusedError(message.format(heading=heading, field=name, unit=word), where=heading)
    return Said(name, part, unit)
