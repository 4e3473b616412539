"""Options that several commands take: the day, rates of currencies, for whom contacts go out. A refusal names them."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from crm.errors import FileRefusedError, ValueRefusedError
from crm.i18n import _

if TYPE_CHECKING:
    from crm.domain.quantities import Rate

T = TypeVar("T")


def add_rates(parser: argparse.ArgumentParser) -> None:
    """Describe ``--rate``."""
    rate = _("yuan for one unit of a currency, and the day of the rate")
    parser.add_argument("--rate", action="append", default=[], metavar="CUR=R[@DATE]", help=rate)


def add_kind(parser: argparse.ArgumentParser) -> None:
    """Describe ``--kind``: which kind of record is meant, leads when nothing is said."""
    from crm.domain.fields.registry import RECORD_FIELDS

    kinds = tuple(RECORD_FIELDS)
    parser.add_argument("--kind", choices=kinds, default=kinds[0], metavar="KIND", help=", ".join(kinds))


def add_release(parser: argparse.ArgumentParser) -> None:
    """Describe ``--purpose`` and ``--recipient`` (decisions 36)."""
    purpose = _("give contacts in full, for this purpose; without purpose and recipient they are masked")
    parser.add_argument("--purpose", metavar="TEXT", default="", help=purpose)
    parser.add_argument("--recipient", metavar="NAME", default="", help=_("who receives the file"))


def check_release(arguments: argparse.Namespace) -> None:
    """Make sure that purpose and recipient come together.

    Raises:
        ValueRefusedError: one stands without the other.
    """
    if bool(arguments.purpose) is not bool(arguments.recipient):
        raise ValueRefusedError(_("Contacts are given in full only with both --purpose and --recipient."))


def day_given(given: str | None) -> date:
    """Return the day of ``--on``; today when it is not given.

    Raises:
        ValueRefusedError: it is no day.
    """
    if given is None:
        return datetime.now(tz=UTC).astimezone().date()
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        message = _("“{text}” is not a day; write it as 2026-11-22.").format(text=given)
        raise refused("--on", message) from None


def rates_given(given: Iterable[str]) -> list[Rate]:
    """Return the rates of ``--rate``.

    Raises:
        ValueRefusedError: one cannot be read.
    """
    from crm.domain.quantities import read_rate

    # Whether a rate is believable is for the judge to say: its answer then names what is missing.
    return [read_option("--rate", text, read_rate) for text in given]


def answer_given(text: str) -> tuple[str, str]:
    """Return key and value of ``--answer``.

    Raises:
        ValueRefusedError: it is not of the form KEY=VALUE.
    """
    key, equals, value = text.rpartition("=")
    if not equals or not key.strip():
        raise ValueRefusedError(_("“{text}” is not of the form KEY=VALUE.").format(text=text), where=text)
    return key.strip(), value.strip()


def read_option(option: str, given: str, read: Callable[[str], T]) -> T:
    """Return what ``read`` makes of the text given for an option.

    Raises:
        ValueRefusedError: it cannot be read; the message names the option.
    """
    try:
        return read(given)
    except ValueRefusedError as error:
        raise refused(option, error.message) from error


def refused(option: str, message: str) -> ValueRefusedError:
    """Return the refusal of an option's value."""
    return ValueRefusedError(_("{option}: {message}").format(option=option, message=message), where=option)


def json_file(path: Path) -> Mapping[str, object]:
    """Return the JSON document of a file.

    Raises:
        FileRefusedError: it cannot be read, or is no JSON.
    """
    try:
        document: Mapping[str, object] = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        from crm.files import unreadable

        raise unreadable(error, path) from error
    except ValueError as error:
        message = _("{file} is no JSON document: {why}.")
        raise FileRefusedError(message.format(file=path.name, why=error), where=path.name) from error
    return document
