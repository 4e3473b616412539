"""Exchange rates as people write them: CNY for one unit of a currency.

Whether one is believable is for the rules of a day to say (``crm.domain.thresholds.figures.usable_rates``).
"""

from __future__ import annotations

from decimal import Decimal

from crm.domain.quantities.currencies import BY_WORD
from crm.domain.quantities.dates import read_date
from crm.domain.quantities.patterns import Pattern
from crm.domain.quantities.plain import plain, quoted
from crm.domain.quantities.values import Rate
from crm.errors import ValueRefusedError
from crm.i18n import _

_RATE = Pattern(r"(?P<currency>[^=\d]+?)\s*[=:]\s*(?P<rate>\d{1,6}(?:\.\d{1,10})?)(?:\s*@\s*(?P<on>.+))?")


def read_rate(text: str, *, on: str = "", source: str = "") -> Rate:
    """Return the rate of ``USD=7.10`` or ``美元=7.10@2026-11-22``: CNY for one unit.

    Args:
        text: currency (ISO code or word), ``=``, rate, and after ``@`` the day.
        on: the day when the text names none.
        source: who published it.

    Raises:
        ValueRefusedError: no rate, or no currency known here.
    """
    match = _RATE.fullmatch(plain(text))
    if match is None:
        raise ValueRefusedError(
            _("“{text}” is not a rate; write USD=7.10 (yuan for one unit).").format(text=quoted(text))
        )
    word = match["currency"].strip()
    code = BY_WORD.get(word.casefold())
    if code is None or code == "CNY":
        raise ValueRefusedError(_("“{currency}” is no foreign currency this program knows.").format(currency=word))
    day = str(read_date(match["on"]) or "") if match["on"] else on
    return Rate(code, Decimal(match["rate"]), day, source)
