"""What text may enter: the same on both databases, with the field named when it may not (reliability.md §4.1)."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from typing import Any

from crm.domain.fields.registry import Field, Kind
from crm.errors import ValueRefusedError
from crm.i18n import _

MOST_BYTES = 65_536
"""Bytes of UTF-8 a text may have."""

INVISIBLE = dict.fromkeys(
    (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF, 0x00AD), None
)
"""Characters nobody sees that turn, join or split text: taken out. What was in the file stays in its provenance."""

SPACES = str.maketrans("\t\n\r\v\f\x85\u2028\u2029", " " * 8)
LINES = str.maketrans({"\r": "\n", "\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})
LAST_C0, DELETE, LAST_C1 = 0x1F, 0x7F, 0x9F
SURROGATES = range(0xD800, 0xE000)


def clean_document(field: Field, document: Any) -> Any:  # noqa: ANN401  (a JSON document)
    """Return a JSON document with every text in it as it may be stored.

    Raises:
        ValueRefusedError: as ``clean_text``.
    """
    if isinstance(document, str):
        return clean_text(field, document)
    if isinstance(document, list):
        return [clean_document(field, each) for each in document]
    if isinstance(document, dict):
        return {clean_document(field, key): clean_document(field, each) for key, each in document.items()}
    return document


def are_clean(texts: Collection[str]) -> bool:
    """Return True when ``clean_text`` would leave each of these texts as it is and none is blank: asked of all at once.

    False may also mean that it would: two blanks side by side inside a text are not told from blanks at an end.
    """
    most = MOST_BYTES // 4
    joined = f" {' '.join(texts)} "
    plain = joined.isprintable() and "  " not in joined and unicodedata.is_normalized("NFC", joined)
    return plain and (len(joined) <= most or all(len(text) <= most for text in texts))


def clean_text(field: Field, text: str) -> str:
    """Return one text as it may be stored.

    Raises:
        ValueRefusedError: a control character, a lone surrogate, or a text too long.
    """
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        clean = text.strip()  # nothing invisible, no control character, one line: nearly every text
    else:
        _refuse_control(field, text)
        clean = unicodedata.normalize("NFC", text).translate(INVISIBLE)
        clean = clean.replace("\r\n", "\n").translate(LINES if field.kind is Kind.NOTE else SPACES).strip()
    if len(clean) > MOST_BYTES // 4 and len(clean.encode()) > MOST_BYTES:
        raise ValueRefusedError(
            _("{field} is longer than {most} bytes. Shorten it.").format(field=_(field.label), most=MOST_BYTES),
            where=field.name,
        )
    return clean


def _refuse_control(field: Field, text: str) -> None:
    for character in text:
        if ord(character) in SURROGATES or _is_control(character):
            raise ValueRefusedError(
                _("{field} contains a character that cannot be stored (U+{code}). Take it out.").format(
                    field=_(field.label), code=f"{ord(character):04X}"
                ),
                where=field.name,
            )


def _is_control(character: str) -> bool:
    code = ord(character)
    return (code <= LAST_C0 and character not in "\t\n\r\v\f") or (DELETE <= code <= LAST_C1 and character != "\x85")
