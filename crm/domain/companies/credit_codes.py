"""The unified social credit code (统一社会信用代码, GB 32100-2015) and the organisation code inside it (GB 11714).

A code that does not hold is never mended silently: the reader says what is wrong and, where look-alike characters
explain it, what was probably meant.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from crm.domain.reasons import Reason

LENGTH = 18
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""No I, O, S, V, Z: GB 32100-2015."""

LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "Z": "2", "S": "5"})
"""Letters no code has, and the digits they are taken for; V resembles none."""

SEPARATORS = str.maketrans("", "", " \t\r\n-_.·'’")

ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A credit code as it was read.

    Attributes:
        code: half width, upper case, without separators: the form to keep and to compare.
        fault: what is wrong, or None when every check holds. Codes and parameters: ``code_length`` (length),
            ``code_character`` (characters), ``code_region`` (found), ``code_organisation`` and ``code_check``
            (expected, found).
        hint: the valid code it becomes when look-alike letters are taken for digits, or None.
    """

    code: str
    fault: Reason | None = None
    hint: str | None = None


def normalise_credit_code(text: str) -> str:
    """Return a code half width, upper case and without separators; nothing is checked."""
    return unicodedata.normalize("NFKC", text).translate(SEPARATORS).upper()


@lru_cache(maxsize=65_536)
def read_credit_code(text: str) -> CreditCode:
    """Return the code of a text, with what is wrong with it.

    ``９１３２０５０７ma9xc00178`` is ``91320507MA9XC00178``, a good one; ``…254`` should end with 3.
    """
    code = normalise_credit_code(text)
    fault = _fault(code)
    if fault is None:
        return CreditCode(code)
    meant = code.translate(LOOK_ALIKES)
    return CreditCode(code, fault, meant if meant != code and _fault(meant) is None else None)


def _fault(code: str) -> Reason | None:
    if len(code) != LENGTH:
        return Reason("code_length", {"length": len(code)})
    strange = "".join(dict.fromkeys(letter for letter in code if letter not in ALPHABET))
    if strange:
        return Reason("code_character", {"characters": strange})
    if not code[2:8].isdigit():
        return Reason("code_region", {"found": code[2:8]})
    expected = _organisation_check(code[8:16])
    if code[16] != expected:
        return Reason("code_organisation", {"expected": expected, "found": code[16]})
    expected = _check_character(code[:17])
    return None if code[17] == expected else Reason("code_check", {"expected": expected, "found": code[17]})


def _check_character(body: str) -> str:
    """Return the last character of a code: GB 32100, modulo 31."""
    from stdnum.cn import uscc  # noqa: PLC0415  (30 ms: only when a code is checked)

    return str(uscc.calc_check_digit(body))


def _organisation_check(body: str) -> str:
    """Return the ninth character of an organisation code: GB 11714, 10 is X and 11 is 0."""
    total = sum(int(letter, 36) * weight for letter, weight in zip(body, ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]
