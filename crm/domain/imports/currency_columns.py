"""Columns that only say in which currency the sums beside them are: 总投资 | 币种 — 1.2 | 美元."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from crm.domain.fields.registry import Field, Kind
from crm.domain.imports.grid import CellValue
from crm.domain.imports.headers import Column
from crm.domain.imports.notes import Note
from crm.domain.imports.texts import cell_text, plain
from crm.domain.quantities import Money
from crm.domain.quantities.currencies import CURRENCIES

HEADING = re.compile(r"(?:.*/)?(?:投资|出资|注册资本|金额|资金)?(?:币种|币别|货币|货币种类|货币名称|货币单位)")
"""What stands over a column of currencies."""

Said: TypeAlias = Callable[[int], Iterable[CellValue]]
"""Gives the cells of a column by its number."""

_CODES: Mapping[str, str] = {
    plain(word).casefold(): currency.code for currency in CURRENCIES for word in currency.words
} | {"元": "CNY", "本币": "CNY"}
_STEP = re.compile(r"^(?:百万|千万|百|千|万|亿)(?=.)")
_NAMED = tuple(sorted((word for word in _CODES if word != "元"), key=len, reverse=True))


def with_currencies(columns: Sequence[Column], fields: Mapping[str, Field]) -> tuple[Column, ...]:
    """Return the columns; one that only names currencies is known as that of the sums beside it."""
    return tuple(
        replace(column, reason="currency_of", rival=told[-1].index)
        if column.field is None and (told := sums_of(column, columns, fields))
        else column
        for column in columns
    )


def sums_of(column: Column, columns: Sequence[Column], fields: Mapping[str, Field]) -> tuple[Column, ...]:
    """Return the sums that a column of currencies is about: those right before it, else the one right behind it."""
    if column.reason not in ("unknown", "currency_of") or not HEADING.fullmatch(plain(column.header)):
        return ()
    at = next(number for number, each in enumerate(columns) if each.index == column.index)
    before: list[Column] = []
    for other in reversed(columns[:at]):
        if not _is_sum(other, fields):
            break
        before.insert(0, other)
    return tuple(before) or tuple(other for other in columns[at + 1 : at + 2] if _is_sum(other, fields))


def in_currency(money: Money, said: str) -> tuple[Money | None, Note | None]:
    """Return a sum in the currency that stands beside it, and what is to be told.

    A sum that names its currency itself keeps it; one whose currency the program does not know is left empty.
    """
    word = _STEP.sub("", plain(said).casefold())
    if not word or any(named in plain(money.text).casefold() for named in _NAMED):
        return money, None
    code = _CODES.get(word)
    if code is None:
        return None, Note("unknown_currency", {"raw": said.strip()}, doubtful=True)
    if code == money.currency:
        return money, None
    return replace(money, currency=code), Note("currency_beside", {"raw": said.strip()})


def in_one_currency(column: Column, columns: Sequence[Column], fields: Mapping[str, Field], said: Said) -> bool:
    """Return whether no column of currencies puts some of a column's sums into a foreign one: they add up to nothing.

    Args:
        column: of sums.
        columns: of the table.
        fields: of the kind of record.
        said: gives the cells of a column.
    """
    beside = [each for each in columns if column in sums_of(each, columns, fields)]
    words = {plain(cell_text(cell)).casefold() for each in beside for cell in said(each.index) if cell is not None}
    return all(_CODES.get(_STEP.sub("", word)) == "CNY" for word in words - {""})


def _is_sum(column: Column, fields: Mapping[str, Field]) -> bool:
    return column.field is not None and fields[column.field].kind is Kind.MONEY
