"""Exchange rates: CNY for one unit of a currency, and whether that is believable (decisions 26)."""

from __future__ import annotations

from decimal import Decimal

from crm.domain.quantities.currencies import BY_CODE, BY_WORD
from crm.domain.quantities.dates import read_date
from crm.domain.quantities.patterns import Pattern
from crm.domain.quantities.plain import plain, quoted
from crm.domain.quantities.values import Rate
from crm.errors import ValueRefusedError
from crm.i18n import _

_RATE = Pattern(r"(?P<currency>[^=\d]+?)\s*[=:]\s*(?P<rate>\d{1,6}(?:\.\d{1,10})?)(?:\s*@\s*(?P<on>.+))?")
HUNDRED = 100


class RateAskedError(ValueRefusedError):
    """A rate outside the currency's plausible band: it is asked, never used in silence.

    Attributes:
        rate: as given.
        suggestion: the rate it probably is (the one given for 100 units, divided by 100), or None.
    """

    def __init__(self, message: str, rate: Rate, suggestion: Decimal | None) -> None:
        super().__init__(message)
        self.rate = rate
        self.suggestion = suggestion


def read_rate(text: str, *, on: str = "", source: str = "", confirmed: bool = False) -> Rate:
    """Return the rate of ``USD=7.10`` or ``美元=7.10@2026-11-22``: CNY for one unit.

    Args:
        text: currency (ISO code or word), ``=``, rate, and after ``@`` the day.
        on: the day when the text names none.
        source: who published it.
        confirmed: somebody has looked at a rate outside the band and means it.

    Raises:
        RateAskedError: outside the currency's plausible band.
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
    rate = Rate(code, Decimal(match["rate"]), day, source)
    if not confirmed and not is_plausible(rate):
        raise _asked(rate)
    return rate


def is_plausible(rate: Rate) -> bool:
    """Return whether the rate lies in the currency's band (:data:`currencies.BANDS_SOURCE`); without a band: no."""
    currency = BY_CODE[rate.currency]
    return currency.low is not None and currency.high is not None and currency.low <= rate.rate <= currency.high


def _asked(rate: Rate) -> RateAskedError:
    currency = BY_CODE[rate.currency]
    hundredth = Rate(rate.currency, rate.rate / HUNDRED)
    if currency.low is None:
        message = _("{currency} has no plausible range here; confirm that one unit is {rate} yuan.")
        return RateAskedError(message.format(currency=rate.currency, rate=rate.rate), rate, None)
    if is_plausible(hundredth):
        message = _(
            "{currency}={rate}: is that the price of 100? One unit must lie between {low} and {high} yuan; "
            "write {currency}={one}."
        )
        suggestion = hundredth.rate
    else:
        message = _("{currency}={rate} is not believable: one unit is between {low} and {high} yuan.")
        suggestion = None
    return RateAskedError(
        message.format(
            currency=rate.currency,
            rate=rate.rate,
            low=currency.low,
            high=currency.high,
            one=format(hundredth.rate, "f"),
        ),
        rate,
        suggestion,
    )
