"""Telephone numbers and credit codes of a record, in the form they are kept and compared in."""

from __future__ import annotations

import re

from crm.domain.companies.credit_codes import read_credit_code
from crm.domain.fields.field import Field
from crm.domain.fields.masking import BETWEEN_PHONES
from crm.domain.quantities import decimal_text, exact, is_empty, quoted
from crm.domain.quantities.patterns import IGNORECASE, Pattern
from crm.domain.quantities.plain import plain
from crm.errors import ValueRefusedError
from crm.i18n import _

MOST_CHARACTERS = 200
"""No list of telephone numbers is longer."""

WITHHELD = frozenset(["见名片", "详见名片", "见附件", "已脱敏", "略", "保密", "同上表", "无联系方式", "不便透露"])
"""What stands in a column for telephone numbers where the number is kept elsewhere."""

_BETWEEN = Pattern(r"[/、,;；\n|]|\s{2,}|(?<=\d{11}) +(?=1\d{2})|或")
_MOBILE = Pattern(r"(?:\+?86|0086)?(1[3-9]\d{9})")
_OTHER = Pattern(r"(?:\+\d{1,3}[ -]?)?(?:\(?0\d{2,3}\)?[ -]?)?\d{7,12}(?:(?:转|ext\.?|-|#)\d{1,6})?", IGNORECASE)
_SHORT = Pattern(r"\+?\d[\d() -]{5,18}\d")
_NAMED = Pattern(r"(?:电话|手机|联系方式|联系电话|座机|tel|mobile)[:：.]?", IGNORECASE)


def read_credit_code_value(_field: Field, given: object) -> str | None:
    """Return the code in half width and upper case, when every check of GB 32100-2015 holds.

    Raises:
        ValueRefusedError: it does not hold; the message says what was expected, and what was probably meant. Nothing is
            put right in silence.
    """
    if given is None or (isinstance(given, str) and is_empty(given)):
        return None
    if isinstance(given, int | float) and not isinstance(given, bool):
        given = decimal_text(exact(given))
    if not isinstance(given, str):
        raise ValueRefusedError(_("“{text}” is not a text.").format(text=quoted(given)))
    read = read_credit_code(given)
    if read.fault is None:
        return read.code
    from crm.domain.companies.explain import explain_credit_code  # noqa: PLC0415  (only for a code that does not hold)

    raise ValueRefusedError(_("{code}: {problem}").format(code=read.code, problem=explain_credit_code(read)))


def read_phone(_field: Field, given: object) -> str | None:
    """Return telephone numbers without blanks and country code, several with 、 between: 138 0000 1111 → 13800001111.

    Raises:
        ValueRefusedError: a part of it is no telephone number.
    """
    if given is None:
        return None
    text = decimal_text(exact(given)) if isinstance(given, int | float) and not isinstance(given, bool) else given
    if not isinstance(text, str):
        raise ValueRefusedError(_("“{text}” is not a text.").format(text=quoted(given)))
    if len(text) > MOST_CHARACTERS:
        raise ValueRefusedError(_("“{text}” is not a telephone number.").format(text=quoted(text)))
    if text.isascii() and (mobile := _MOBILE.fullmatch(text)):  # nearly every number
        return mobile[1]
    core = _NAMED.sub("", plain(text)).strip()
    if is_empty(core) or core in WITHHELD or "*" in core:
        return None
    numbers = [_phone(part.strip(), text) for part in _BETWEEN.split(core) if part.strip()]
    return BETWEEN_PHONES.join(dict.fromkeys(numbers)) or None


def _phone(part: str, text: str) -> str:
    part = part.removesuffix(".0")
    if mobile := _MOBILE.fullmatch(re.sub(r"[ -]", "", part)):
        return mobile[1]
    squeezed = part.replace(" ", "")
    if _OTHER.fullmatch(squeezed) or _SHORT.fullmatch(squeezed):
        return squeezed
    raise ValueRefusedError(_("“{text}” is not a telephone number.").format(text=quoted(text)))
