"""A table of rounds of financing, as sites and offices keep them, read into deals."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from crm.domain.imports.grid import Sheet
from crm.domain.matching.investors import Deal, read_investors
from crm.domain.quantities.dates import read_date
from crm.domain.quantities.money import read_money
from crm.domain.quantities.values import Money
from crm.errors import ValueRefusedError, WorkbookError
from crm.i18n import _

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "on": ("date", "日期", "融资时间", "投资时间", "时间", "披露日期", "投资日期"),
    "company": ("company", "公司名称", "企业名称", "公司", "企业", "融资企业", "被投企业", "项目名称"),
    "investors": ("investors", "investor", "投资方", "投资机构", "投资人", "投资者"),
    "field": ("field", "行业", "领域", "所属行业", "赛道"),
    "round": ("round", "轮次", "融资轮次"),
    "place": ("place", "地点", "地区", "所在地", "城市", "省份"),
    "amount": ("amount", "融资金额", "金额", "投资金额"),
}
NEEDED = ("on", "company", "investors")
DEEPEST_HEADING = 20


def read_deals(sheets: Iterable[Sheet], file: str) -> tuple[list[Deal], int]:
    """Return the deals of the first sheet that has them, and how many rows say no day or no investor.

    Raises:
        WorkbookError: no row of headings names date, company and investors.
    """
    for sheet in sheets:
        for number, row in enumerate(sheet.rows[:DEEPEST_HEADING]):
            columns = _columns(row)
            if all(name in columns for name in NEEDED):
                rows = [line for line in sheet.rows[number + 1 :] if any(cell not in {None, ""} for cell in line)]
                deals = list(_deals(rows, columns))
                return deals, len(rows) - len(deals)
    message = _("{file}: no row of headings names the date, the company and the investors of deals")
    raise WorkbookError(message.format(file=file), where=file)


def _columns(row: Sequence[object]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        word = _plain(cell)
        for name, words in HEADINGS.items():
            if word in words:
                found.setdefault(name, place)
    return found


def _deals(rows: Iterable[Sequence[object]], columns: Mapping[str, int]) -> Iterator[Deal]:
    for row in rows:
        cells = {name: row[place] for name, place in columns.items()}
        text = {name: "" if cell is None else str(cell).strip() for name, cell in cells.items()}
        investors = tuple(read_investors(text["investors"]))
        try:
            day = read_date(text["on"])
        except ValueRefusedError:
            day = None
        if day is None or not investors:
            continue
        amount = text.get("amount", "")
        place = text.get("place", "").split("-")[0]
        yield Deal(day, text["company"], investors, text.get("field", ""), text.get("round", ""), place, _money(amount))


def _money(text: str) -> Money | None:
    try:
        return read_money(text) if text else None
    except ValueRefusedError:
        return None


def _plain(cell: object) -> str:
    return "".join(unicodedata.normalize("NFKC", str(cell or "")).split()).casefold()
