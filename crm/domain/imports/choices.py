"""What a person says about a row that may be known already: make it anyway, leave it, or merge it field by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from crm.errors import ValueRefusedError
from crm.i18n import _

DUPLICATES = "duplicates"
"""The key of the question what to do with rows that may be known already."""

DUPLICATE_CHOICES = ("new", "fill", "skip")
"""Make it anyway, fill the blanks of the known one, leave it (contract, ``import``)."""

EVERY = "*"
"""Stands for every field of the row."""

_FORM = re.compile(r"(new|fill|skip)(?:@([^:]+))?(?::(.+))?")


@dataclass(frozen=True, slots=True)
class Choice:
    """What is done with a row that may be known already.

    Attributes:
        do: ``new``, ``fill`` or ``skip``.
        take: of a merge, the fields whose new value replaces the known one; all others only fill blanks.
        into: of a merge, the code of the record it goes into; "" for the likeliest one.
    """

    do: str
    take: frozenset[str] = frozenset()
    into: str = ""

    def takes(self, field: str) -> bool:
        """Return whether the row's value of a field replaces the known one."""
        return field in self.take or EVERY in self.take


def row_key(sheet: str, row: int) -> str:
    """Return the key of the question about one row: ``duplicates:台账/5``; ``duplicates:5`` without a sheet."""
    return f"{DUPLICATES}:{sheet}/{row}" if sheet else f"{DUPLICATES}:{row}"


def read_choice(text: str, *, where: str = DUPLICATES) -> Choice:
    """Return what an answer says: ``skip``, ``fill``, ``fill:land,annual_tax``, ``fill@XT-2026-0001:*``.

    Raises:
        ValueRefusedError: it says anything else.
    """
    found = _FORM.fullmatch(text.strip())
    merging = found is not None and found[1] == "fill"
    if found is None or ((found[2] or found[3]) and not merging):
        message = _("“{value}” is no answer to “{key}”. Possible are: {choices}.")
        choices = _(", ").join((*DUPLICATE_CHOICES, "fill:FIELD,FIELD", "fill@CODE:FIELD"))
        raise ValueRefusedError(message.format(value=text, key=where, choices=choices), where=where)
    take = frozenset(name.strip() for name in (found[3] or "").split(",") if name.strip())
    return Choice(found[1], take, (found[2] or "").strip())


def answer_of(choice: Choice) -> str:
    """Return a choice as an answer is written; ``read_choice`` reads it."""
    into = f"@{choice.into}" if choice.into else ""
    take = f":{','.join(sorted(choice.take))}" if choice.take else ""
    return f"{choice.do}{into}{take}"


def answers_of(document: object) -> dict[str, str]:
    """Return the answers of a JSON object: key → text; a choice may be ``{"do": "fill", "take": ["land"], "into": …}``.

    Raises:
        ValueRefusedError: it is no object, or an answer is of no such form.
    """
    if not isinstance(document, Mapping):
        raise ValueRefusedError(_("Answers are a JSON object: key → answer."))
    return {str(key): _answer(str(key), given) for key, given in document.items()}


def _answer(key: str, given: object) -> str:
    if isinstance(given, Mapping):
        take, into = given.get("take") or (), given.get("into") or ""
        if isinstance(take, list | tuple) and set(given) <= {"do", "take", "into"}:
            choice = Choice(str(given.get("do")), frozenset(map(str, take)), str(into))
            return answer_of(read_choice(answer_of(choice), where=key))
    if isinstance(given, str | int) and not isinstance(given, bool):
        return str(given)
    raise ValueRefusedError(_("The answer to “{key}” must be a text or {{do, take, into}}.").format(key=key), where=key)
