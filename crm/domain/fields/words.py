"""Reading texts and choices: codes and words are both accepted everywhere; lists as ``a|b`` or a、b."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from crm.domain.fields.codes import Choice
from crm.domain.fields.registry import Field
from crm.domain.quantities import decimal_text, exact, is_empty, quoted
from crm.domain.quantities.patterns import Pattern
from crm.domain.quantities.plain import plain
from crm.errors import ValueRefusedError
from crm.i18n import LANGUAGES, _, pgettext, use_language

_LONGEST_EMPTY = 12
_WRAPPED = Pattern(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \r]*\n\s*(?=[\u3000-\u9fff\uff00-\uffef])")
"""A line break between two Chinese characters: the cell was too narrow, there is no word boundary."""

_CONTROL = Pattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\ufeff]")
_LIST_BAR = Pattern(r"\s*\|\s*")
_LIST_MARKS = Pattern(r"\s*[、；;，,\n]\s*")
_YES = frozenset(["true", "yes", "y", "1", "是", "有", "√", "✓", "☑", "对", "已确认", "确认", "保密"])
_NO = frozenset(["false", "no", "n", "0", "否", "×", "✗", "☐", "不", "未确认", "不保密", "非保密"])

_SAYS_NOTHING = Pattern(r"(?:项目|阶段|类|类别)+$")

_lookups: dict[int, tuple[tuple[Choice, ...], dict[str, str]]] = {}


def read_text(field: Field, given: object) -> str | None:
    """Return one line of text; whole numbers from Excel (3976.0) become ``3976``; a known word becomes its code."""
    text = _text(given)
    if text is None:
        return None
    if "\n" in text or "\r" in text:
        text = _WRAPPED.sub("", text)
        text = " ".join(text.split())
    return lookup(field.choices).get(_key(text), text) if field.choices else text


def read_note(_field: Field, given: object) -> str | None:
    """Return text of many lines, lines kept."""
    text = _text(given)
    return text.replace("\r\n", "\n").replace("\r", "\n") if text is not None and "\r" in text else text


def read_choice(field: Field, given: object) -> str | None:
    """Return the code that a code or word stands for.

    Raises:
        ValueRefusedError: it is neither; the message lists the choices (decisions 27 wants that of areas).
    """
    if isinstance(given, str) and (code := lookup(field.choices).get(_key(given))):
        return code  # before the empty words: 待补录 is a status
    text = _text(given)
    return None if text is None else code_of(field.choices, text)


def read_texts(field: Field, given: object) -> tuple[str, ...] | None:
    """Return the entries of a list or of a text (``a|b``; a、b；c), each once, in order; None for an empty one."""
    found = [read_text(field, one) for one in split_list(given)]
    return tuple(dict.fromkeys(one for one in found if one is not None)) or None


def read_choices(field: Field, given: object) -> tuple[str, ...] | None:
    """Return the codes of a list of codes and words."""
    found = [read_choice(field, one) for one in split_list(given)]
    return tuple(dict.fromkeys(one for one in found if one is not None)) or None


def read_flag(_field: Field, given: object) -> bool | None:
    """Return yes or no: true, 是, 1, √; false, 否, 0."""
    if isinstance(given, bool):
        return given
    text = _text(given)
    if text is None:
        return None
    key = _key(text)
    if key in _YES or key in _NO:
        return key in _YES
    raise ValueRefusedError(_("“{text}” is neither yes nor no.").format(text=quoted(text)))


def split_list(given: object) -> Iterable[object]:
    """Return the entries of a JSON list, or of a text with ``|`` (else 、；， and line breaks) between them."""
    if isinstance(given, str):
        if is_empty(given):
            return ()
        return (_LIST_BAR if "|" in given else _LIST_MARKS).split(given.strip())
    if isinstance(given, list | tuple):
        return given
    return () if given is None else (given,)


def code_of(choices: tuple[Choice, ...], text: str) -> str:
    """Return the code of a word.

    Raises:
        ValueRefusedError: no choice is called so.
    """
    words, key = lookup(choices), _key(text)
    code = words.get(key) or words.get(_SAYS_NOTHING.sub("", key))
    if code is None:
        listed = list_mark().join(_(choice.label) for choice in choices)
        raise ValueRefusedError(_("“{text}” is not one of: {choices}.").format(text=quoted(text), choices=listed))
    return code


def lookup(choices: tuple[Choice, ...]) -> Mapping[str, str]:
    """Return the codes by every word for them: code, other spellings, label in each language."""
    known = _lookups.get(id(choices))
    if known is not None and known[0] is choices:
        return known[1]
    words: dict[str, str] = {}
    for choice in choices:
        labels = []
        for language in LANGUAGES:
            with use_language(language):
                labels.append(_(choice.label))
        for word in (choice.code, *labels, *choice.words):
            words.setdefault(_key(word), choice.code)
    _lookups[id(choices)] = (choices, words)
    return words


def list_mark() -> str:
    """Return what stands between the entries of a list."""
    return pgettext("between the entries of a list", ", ")


def label_of(choices: tuple[Choice, ...], code: str) -> str:
    """Return the word for a code in the language in use; a text without a choice as it is."""
    return next((_(choice.label) for choice in choices if choice.code == code), code)


def _key(text: str) -> str:
    return plain(text).replace(" ", "").casefold()


def _text(given: object) -> str | None:
    """Return a given value as text without blanks round it, or None where it says nothing."""
    if given is None:
        return None
    if isinstance(given, str):
        text = given.strip()
        if not text.isprintable():
            text = _CONTROL.sub("", text).strip()
        return None if not text or (len(text) <= _LONGEST_EMPTY and is_empty(text)) else text
    if isinstance(given, int | float | Decimal) and not isinstance(given, bool):
        return decimal_text(exact(given))
    raise ValueRefusedError(_("“{text}” is not a text.").format(text=quoted(given)))
