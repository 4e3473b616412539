"""The one way a string gets onto a page: cleaned, capped, and cut into runs of faces that have its characters.

Nothing here reads markup: a page is drawn from plain runs, so ``<a href=…>`` in a name prints as those very characters
(reliability.md §4.10).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from crm.errors import GlyphMissingError
from crm.i18n import _
from reports.fonts import Face, FontSet, Role, missing_glyphs

PARAGRAPH_CAP = 4_000
"""Characters one field prints at most where its page has no limit of its own; what is left out is said on the page."""

MISSING_SHOWN = 5
"""Places an error about missing characters lists at most."""

_SPACES = re.compile(r"[ \t\x0b\f\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f]+")
_NOT_PRINTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb\U000e0000-\U000e0fff\ud800-\udfff]"
)
_PLAIN = re.compile("[!-~\u4e00-\u9fff、。〈-】！-～]*")
"""Most texts: nothing in them is to be cleaned."""
_COMBINED = re.compile("[^\u0300-\u036f][\u0300-\u036f]+")


def clean(text: str) -> str:
    """Return the text as it can be printed: one kind of space and newline, no control or direction characters.

    A letter with combining accents becomes one character where there is one; ideographs stay as entered (a general
    normalisation would turn the 神 of a name into another form).
    """
    if _PLAIN.fullmatch(text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    text = _NOT_PRINTED.sub("", text)
    text = _COMBINED.sub(lambda match: unicodedata.normalize("NFC", match[0]), text)
    return "\n".join(_SPACES.sub(" ", line).strip(" ") for line in text.split("\n")).strip("\n")


def cap(text: str, most: int, rest: str = "") -> str:
    """Return at most ``most`` characters of a text, ending in …… and ``rest`` when something was left out."""
    return text if len(text) <= most else text[:most].rstrip() + "……" + rest


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that follow each other in one face."""

    face: Face
    text: str


def stand_in(character: str) -> str:
    """Return what is printed for a character that no face has: its code point, 〔U+20000〕."""
    return f"〔U+{ord(character):04X}〕"


def runs(text: str, role: Role, fonts: FontSet) -> list[Run]:
    """Return the runs of a cleaned text: the role's face, and where it lacks a character the next that has it.

    A character that no face has becomes its stand-in, never nothing: ``require_glyphs`` told of it before.
    """
    first = fonts.first(role)
    if first.has_all(set(text)):
        return [Run(first, text)] if text else []
    found: list[Run] = []
    for character in text:
        face = fonts.find(role, character)
        printed = character if face else stand_in(character)
        face = face or first
        if found and found[-1].face is face:
            found[-1] = Run(face, found[-1].text + printed)
        else:
            found.append(Run(face, printed))
    return found


def require_glyphs(texts: list[tuple[str, str]], fonts: FontSet) -> None:
    """Make sure that every character can be printed.

    Args:
        texts: pairs of place (name of the field) and cleaned text.
        fonts: the document's fonts.

    Raises:
        GlyphMissingError: naming the characters, their code points and fields.
    """
    missing = missing_glyphs(texts, fonts)
    if missing:
        raise missing_error(missing)


def missing_error(missing: list[tuple[str, str]]) -> GlyphMissingError:
    """Return the error about characters no face has; pairs of place and character."""
    shown = "、".join(
        _("“{character}” (U+{code}) in {field}").format(character=character, code=f"{ord(character):04X}", field=where)
        if where
        else f"“{character}” (U+{ord(character):04X})"
        for where, character in missing[:MISSING_SHOWN]
    )
    more = len(missing) - MISSING_SHOWN
    tail = _(" and {count} more").format(count=more) if more > 0 else ""
    message = _("No font has {characters}; nothing was printed. Write the character in another form.")
    return GlyphMissingError(message.format(characters=shown + tail), where=missing[0][0] or None)
