"""The labels of our own fields as headings: what the program writes over a column it also reads, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from crm.domain.fields.registry import RECORD_FIELDS, Field
from crm.domain.imports.texts import plain
from crm.i18n import LANGUAGES, _, use_language


def field_of_label(fields: Mapping[str, Field], text: str) -> str | None:
    """Return the field whose canonical name or label a plain heading is."""
    for kind, known in RECORD_FIELDS.items():
        if known is fields:
            return _labels(kind).get(text.lower())
    return text.lower() if text.lower() in fields else None


@lru_cache(maxsize=8)
def _labels(kind: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, field in RECORD_FIELDS[kind].items():
        found[name] = name
        for language in LANGUAGES:
            with use_language(language):
                found.setdefault(plain(_(field.label)).lower(), name)
    return found
