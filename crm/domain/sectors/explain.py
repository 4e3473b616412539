"""Suggestions in words and as JSON: what is proposed, and the words of the text that speak for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm.domain.fields.words import list_mark
from crm.domain.sectors.standard import SectorCode, sector_name
from crm.domain.sectors.suggest import Suggestion
from crm.i18n import N_, _

WORDS_TOLD = 6
REMARKS = {
    "edition_2011": N_(
        "{code} is of the edition of 2011 (“{name_2011}”); it was not converted. Please give the code of 2017."
    ),
    "edition_open": N_(
        "{code} means “{name_2017}” in the edition of 2017 and “{name_2011}” in that of 2011: please say which, "
        "with its name."
    ),
}


def suggestion_text(divisions: Sequence[Suggestion], fields: Sequence[Suggestion]) -> str:
    """Return both lists for a terminal; "no suggestion" is said, not left blank."""
    return "\n".join(
        [
            _("Divisions of GB/T 4754-2017"),
            *_lines(divisions),
            _("Fields of the district"),
            *_lines(fields),
            _("A proposal from words; a person decides."),
        ]
    )


def _lines(found: Sequence[Suggestion]) -> list[str]:
    if not found:
        return ["  " + _("no suggestion: the words tell no sector")]
    lines = []
    for rank, one in enumerate(found, 1):
        lines.append(f"  {rank}. {suggestion_title(one)}")
        lines.append("     " + reason(one))
        if one.classes:
            lines.append(
                "     " + _("classes to look at: {classes}").format(classes=list_mark().join(map(_class, one.classes)))
            )
    return lines


def suggestion_title(one: Suggestion) -> str:
    """Return what a suggestion is called: ``C39 计算机、通信和其他电子设备制造业``, or the field."""
    return f"{one.code} {one.name}" if one.key.isdigit() else one.key


def reason(one: Suggestion) -> str:
    """Return which words speak for a suggestion."""
    words = list_mark().join(_("“{word}”").format(word=evidence.word) for evidence in one.words[:WORDS_TOLD])
    return _("because of {words}").format(words=words)


def _class(code: str) -> str:
    return f"{code} {sector_name(code)}"


def suggestion_document(divisions: Sequence[Suggestion], fields: Sequence[Suggestion]) -> dict[str, Any]:
    """Return both lists for scripts; an empty list is "no suggestion"."""
    return {
        "edition": "GB/T 4754-2017",
        "divisions": [
            {
                "code": one.code,
                "name": one.name,
                "words": [evidence.word for evidence in one.words],
                "classes": [{"code": code, "name": sector_name(code)} for code in one.classes],
            }
            for one in divisions
        ],
        "fields": [{"field": one.key, "words": [evidence.word for evidence in one.words]} for one in fields],
    }


def code_text(code: SectorCode) -> str:
    """Return what a code means, and what is to be said about its edition."""
    if code.remark is not None:
        return _(REMARKS[code.remark.code]).format(code=code.digits, name_2017=code.name_2017, name_2011=code.name_2011)
    return f"{code.section}{code.digits} {code.name_2017}"


def code_document(code: SectorCode) -> dict[str, Any]:
    """Return a code for scripts."""
    return {
        "code": code.digits,
        "section": code.section,
        "edition": code.edition,
        "name_2017": code.name_2017,
        "name_2011": code.name_2011,
        "remark": None if code.remark is None else code.remark.code,
    }
