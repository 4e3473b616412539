"""Entries of a dictionary, dated and with their source: a new one from a day on, the end of one; nothing is rewritten.

What held on a day is asked for years later, so a value is never changed in its place: a new entry follows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlmodel import col, select

from crm.database import Session
from crm.domain.fields.codes import AREAS, STAGES, Choice
from crm.domain.fields.registry import Field, Kind
from crm.domain.fields.words import read_choice
from crm.domain.matching.weights import WHOLE, Weights
from crm.domain.quantities import SHARE, Rate, narrow, read_number
from crm.domain.quantities.currencies import BY_CODE
from crm.domain.quantities.rates import read_rate
from crm.domain.thresholds.figures import Notes, usable_rates
from crm.errors import NotFoundError, ValueRefusedError
from crm.i18n import N_, _
from crm.models import Entry
from crm.queries.dictionaries import weights_text, weights_versions
from crm.queries.thresholds import load_rules
from crm.services.deadlines import set_limit
from crm.services.text_gate import clean_text

PARTS = (
    Field("term", Kind.TEXT, N_("Word")),
    Field("meaning", Kind.NOTE, N_("Meaning")),
    Field("source", Kind.TEXT, N_("Source")),
)
"""What an entry is made of, as the text gate takes it."""


def add_entry(
    session: Session, dictionary: str, term: str, meaning: str, *, source: str, valid_from: date | None = None
) -> int:
    """Add an entry to a dictionary; return its id.

    Args:
        session: of ``Database.write``.
        dictionary: as in ``crm.models.dictionaries.Entry``.
        term: what is looked up.
        meaning: what it stands for.
        source: where it is from; must be said (architecture: dated data with its source).
        valid_from: the first day; None for from ever.

    Raises:
        ValueRefusedError: a word is empty or cannot be stored.
    """
    words = [clean_text(field, word) for field, word in zip(PARTS, (term, meaning, source), strict=True)]
    for field, word in zip(PARTS, words, strict=True):
        if not word:
            raise ValueRefusedError(_("Fill in “{name}”.").format(name=_(field.label)), where=field.name)
    entry = Entry(
        dictionary=dictionary,
        term=words[0],
        meaning=words[1],
        source=words[2],
        valid_from=None if valid_from is None else valid_from.isoformat(),
    )
    session.add(entry)
    session.flush()
    return int(entry.id)


def end_entry(session: Session, entry_id: int, last: date) -> None:
    """Let an entry hold until a day, the last one.

    Raises:
        NotFoundError: there is no such entry.
        ValueRefusedError: it begins after that day.
    """
    entry = session.exec(select(Entry).where(col(Entry.id) == entry_id)).first()
    if entry is None:
        raise NotFoundError(_("This entry is not there any more."), where=str(entry_id))
    if entry.valid_from is not None and entry.valid_from > last.isoformat():
        raise ValueRefusedError(_("An entry cannot end before its first day."), where="valid_to")
    entry.valid_to = last.isoformat()
    session.flush()


def add_rate(session: Session, rate: Rate, on: date) -> int:
    """Add a rate of exchange; return its id.

    Args:
        session: of ``Database.write``.
        rate: CNY for one unit of its currency, with its source.
        on: the day it is of.

    Raises:
        ValueRefusedError: no source, a day that already has a rate of this currency, or a rate outside what is
            believed of the currency (the price of 100 yen given as that of one).
    """
    rules, notes = load_rules(session, on), Notes()
    if not usable_rates((Rate(rate.currency, rate.rate, on.isoformat()),), {rate.currency}, rules, on, notes):
        name = _(BY_CODE[rate.currency].name)
        message = _("{rate} yuan for one unit of {currency} is not to be believed; is it the price of 100?")
        raise ValueRefusedError(message.format(rate=format(rate.rate, "f"), currency=name), where="rate")
    same = select(Entry).where(
        col(Entry.dictionary) == "rate", col(Entry.term) == rate.currency, col(Entry.valid_from) == on.isoformat()
    )
    if session.exec(same).first() is not None:
        raise ValueRefusedError(_("There is a rate of this currency for {day} already.").format(day=on), where="on")
    return add_entry(session, "rate", rate.currency, format(rate.rate, "f"), source=rate.source, valid_from=on)


def add_weights(session: Session, weights: Weights) -> int:
    """Add a version of the weights; return its id. Matches keep the version they were made with.

    Raises:
        ValueRefusedError: the version is known, its source is not said, or the parts do not add up to 100 points.
    """
    if weights.version in {each.version for each in weights_versions(session)}:
        raise ValueRefusedError(_("There is a version {name} already.").format(name=weights.version), where="version")
    for parts in (weights.community, weights.fund):
        total = sum((points["full"] for points in parts.values()), Decimal(0))
        if total != WHOLE:
            message = _("The parts add up to {total} points; they must be 100.")
            raise ValueRefusedError(message.format(total=total), where="weights")
    return add_entry(
        session,
        "weights",
        weights.version,
        weights_text(weights),
        source=weights.source,
        valid_from=weights.since,
    )


def add_word(session: Session, dictionary: str, term: str, meaning: str, *, source: str, valid_from: date) -> int:
    """Add a word as a person types it, by what its dictionary holds; return its id.

    Args:
        session: of ``Database.write``.
        dictionary: of ``crm.queries.settings.SHOWN``.
        term: the word; of a rate the currency, of a probability or limit its stage or key.
        meaning: what it stands for.
        source: where it is from.
        valid_from: the first day.

    Raises:
        ValueRefusedError: something is not said or cannot be what the dictionary holds.
    """
    if dictionary == "rate":
        return add_rate(session, read_rate(f"{term}={meaning}", source=source), valid_from)
    if dictionary == "deadline":
        return int(set_limit(session, term.strip(), _whole(meaning), source=source, since=valid_from).id)
    if dictionary == "stage_probability":
        term, meaning = _code(STAGES, term), format(_share(meaning), "f")
    elif dictionary == "threshold_setting":
        meaning = format(_share(meaning), "f")
    elif dictionary == "area_mapping":
        meaning = _code(AREAS, meaning)
    return add_entry(session, dictionary, term, meaning, source=source, valid_from=valid_from)


def _code(choices: Sequence[Choice], word: str) -> str:
    """Return the code of a word of a list of choices.

    Raises:
        ValueRefusedError: it is none of them; the message lists them.
    """
    code = read_choice(Field("term", Kind.CHOICE, N_("Word"), tuple(choices)), word)
    if code is None:
        raise ValueRefusedError(_("Fill in “{name}”.").format(name=_("Word")), where="term")
    return code


def _share(text: str) -> Decimal:
    """Return a share of one: 0.2 or 20%."""
    value = read_number(text, unit=SHARE)
    share = None if value is None else value.exact
    if share is None or not 0 <= share <= 1:
        raise ValueRefusedError(_("“{text}” is no share between 0 and 1.").format(text=text), where="meaning")
    return share


def _whole(text: str) -> int:
    if not narrow(text).strip().isdecimal():
        raise ValueRefusedError(_("“{text}” is no whole number of days.").format(text=text), where="meaning")
    return int(narrow(text).strip())
