"""What the user says of headings: what each means (``--map FILE.json``), and in which rows they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from crm.domain.fields.registry import Field, Kind
from crm.domain.imports.headers import Said
from crm.domain.imports.tables import HEADING_ROWS
from crm.domain.imports.texts import plain
from crm.domain.imports.units import suits, unit_of
from crm.errors import ValueRefusedError
from crm.i18n import _

HeadingRows: TypeAlias = Mapping[str, Sequence[int]]
"""Sheet → the adjoining rows of its heading, from 0; under ``""`` those of every sheet that is not named."""

_ROWS = re.compile(r"(?:(?P<sheet>.*)[=＝])?\s*(?P<first>[1-9]\d{0,6})\s*(?:[-–—~～至到]\s*(?P<last>[1-9]\d{0,6})\s*)?")


def read_heading_rows(texts: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Return the heading rows that are said: ``3``, ``3-4``, or of one sheet ``台账=3-4``; counted as people do.

    Raises:
        ValueRefusedError: a text that says no rows, or more than a heading has.
    """
    return dict(map(_heading_rows, texts))


def rows_named(headings: HeadingRows | None, sheet: str) -> Sequence[int]:
    """Return the heading rows a person named for a sheet; none where they are to be found."""
    return (headings or {}).get(sheet) or (headings or {}).get("", ())


def _heading_rows(text: str) -> tuple[str, tuple[int, ...]]:
    found = _ROWS.fullmatch(text.strip())
    first = int(found["first"]) if found else 0
    last = int(found["last"] or first) if found else 0
    if found is None or not first <= last < first + HEADING_ROWS:
        message = _("Heading rows “{text}”: say one row or up to {most} adjoining ones, as 3, 3-4 or Sheet=3-4.")
        raise ValueRefusedError(message.format(text=text, most=HEADING_ROWS), where=text)
    return (found["sheet"] or "").strip(), tuple(range(first - 1, last))


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
