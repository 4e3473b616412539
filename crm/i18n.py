"""Words for people: gettext with English in the source, one catalogue, zh_CN the default.

Domain reasons are (code, parameters) pairs; they become words at the edge, by the functions here.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path

from crm.resources import resource_folder

DEFAULT_LANGUAGE = "zh_CN"
LANGUAGES = ("zh_CN", "en")
DOMAIN = "xiangtu"

_language: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)


def _(message: str) -> str:
    """Return the message in the language in use."""
    return _catalogue(_language.get()).gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the form of the message that goes with the number."""
    return _catalogue(_language.get()).ngettext(singular, plural, number)


def pgettext(context: str, message: str) -> str:
    """Return the message as it is said in a context, where one English word has two meanings."""
    return _catalogue(_language.get()).pgettext(context, message)


def N_(message: str) -> str:  # noqa: N802  (the name Babel looks for)
    """Mark a message for the catalogue without translating it yet."""
    return message


def current_language() -> str:
    """Return the language in use: ``zh_CN`` or ``en``."""
    return _language.get()


def set_language(language: str) -> None:
    """Use a language from now on.

    Raises:
        ValueError: the program has no such language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no language {language!r}; there are {', '.join(LANGUAGES)}")
    _language.set(language)


@contextmanager
def use_language(language: str) -> Iterator[None]:
    """Use a language inside a ``with`` block."""
    before = _language.get()
    set_language(language)
    try:
        yield
    finally:
        _language.set(before)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    folder = resource_folder() / "locale" / language / "LC_MESSAGES"
    source, compiled = folder / f"{DOMAIN}.po", folder / f"{DOMAIN}.mo"
    if compiled.exists() and (not source.exists() or compiled.stat().st_mtime >= source.stat().st_mtime):
        with compiled.open("rb") as file:
            return gettext.GNUTranslations(file)
    return gettext.GNUTranslations(_compiled(source))


def _compiled(source: Path) -> BytesIO:
    """Return the catalogue compiled in memory: a fresh checkout has only its source."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415  (only in a checkout that has not been set up)
    from babel.messages.pofile import read_po  # noqa: PLC0415

    target = BytesIO()
    with source.open("rb") as file:
        write_mo(target, read_po(file))
    target.seek(0)
    return target
