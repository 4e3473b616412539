"""Plots, phases, leases, platforms, space, tax by year: from JSON and from compact text (高铁新城:25亩:工业:5000)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from crm.domain.fields import codes
from crm.domain.fields.field import Field
from crm.domain.fields.leads import LEAD_FIELDS
from crm.domain.fields.resources import PLOT_FIELDS
from crm.domain.fields.spans import read_land_value, read_money_value, read_number_value, read_space_value
from crm.domain.fields.values import Lease, Phase, Platform, Plot
from crm.domain.fields.words import code_of, split_list
from crm.domain.quantities import SPACE_KINDS, Money, Space, is_empty, quoted, read_year, space_kind
from crm.domain.quantities.patterns import Pattern
from crm.domain.quantities.plain import plain
from crm.errors import ValueRefusedError
from crm.i18n import _

MOST_ENTRY = 200
"""No kind of space with its area is longer."""

_COLON = Pattern(r"\s*[:：]\s*")
_EQUALS = Pattern(r"\s*[=＝:：]\s*")
_ROWS = Pattern(r"\s*[|;；\n]\s*")
_ENTRIES = Pattern(r"\s*[|;；、\n]\s*|[，,](?!\d{3}(?!\d))")
_KIND_THEN_AREA = Pattern(r"(?P<kind>[^\d\s=:：约近]+?)(?:\s+|(?=约|近|\d))(?P<area>\D{0,4}\d.*)")
_KIND_TAIL = Pattern(r"(?:用房|面积|空间|载体|场地|楼|室|区|车间)+$")
_NAME_AND_FIELD = Pattern(r"(?P<name>[^（(:：]+)[（(:：](?P<field>[^）)]*)[）)]?")
_COMMITTED = {
    **dict.fromkeys(("committed", "true", "是", "已承诺", "承诺", "已签约", "签约", "已定", "确定"), True),
    **dict.fromkeys(("intended", "false", "否", "意向", "拟", "规划", "未承诺", "远期", ""), False),
}
_LAND, _TAX = LEAD_FIELDS["land"], LEAD_FIELDS["annual_tax"]


def read_plots(_field: Field, given: object) -> tuple[Plot, ...] | None:
    """Return the plots of a list, or of a text with ``|`` or ； between them."""
    return tuple(read_plot(one) for one in _rows(given)) or None


def read_phases(_field: Field, given: object) -> tuple[Phase, ...] | None:
    """Return the phases of a list or text."""
    return tuple(read_phase(one) for one in _rows(given)) or None


def read_leases(_field: Field, given: object) -> tuple[Lease, ...] | None:
    """Return the leases of a list or text."""
    return tuple(read_lease(one) for one in _rows(given)) or None


def read_platforms(_field: Field, given: object) -> tuple[Platform, ...] | None:
    """Return the platforms of a list or text."""
    return tuple(read_platform(one) for one in split_list(given)) or None


def read_plot(given: object) -> Plot:
    """Return a plot from ``AREA:LAND[:USE[:TAX]]`` or ``{"area", "land", "land_use", "tax"}``.

    Raises:
        ValueRefusedError: a part cannot be read, or there are more.
    """
    area, land, use, tax = _parts(given, ("area", "land", "land_use", "tax"))
    return Plot(
        None if _nothing(area) else code_of(codes.AREAS, str(area)),
        read_land_value(_LAND, land),
        None if _nothing(use) else code_of(codes.LAND_USES, str(use)),
        read_money_value(_TAX, tax),
    )


def read_phase(given: object) -> Phase:
    """Return a phase from ``LAND:TAX[:committed|intended]`` or ``{"land", "tax", "committed"}``.

    A phase nobody called committed is intended: only committed ones count (decisions 26).

    Raises:
        ValueRefusedError: a part cannot be read, or there are more.
    """
    land, tax, committed = _parts(given, ("land", "tax", "committed"))
    word = "" if committed is None else str(committed).strip().casefold()
    if word not in _COMMITTED:
        raise ValueRefusedError(_("“{text}” is neither committed nor intended.").format(text=quoted(committed)))
    return Phase(read_land_value(_LAND, land), read_money_value(_TAX, tax), _COMMITTED[word])


def read_lease(given: object) -> Lease:
    """Return a lease from ``[KIND:]SPACE[@RATIO]`` (10000㎡@2.0, 厂房2500㎡) or ``{"kind", "space", "plot_ratio"}``.

    Raises:
        ValueRefusedError: a part cannot be read.
    """
    if isinstance(given, str):
        area, _at, ratio = given.replace("＠", "@").partition("@")
        kind, *rest = _COLON.split(area.strip(), maxsplit=1)
        named = space_kind(kind) or (kind if rest else "")
        return Lease(named, read_space_value(rest[0] if rest else area), _ratio(ratio or None))
    document = _document(given, ("kind", "space", "plot_ratio"))
    return Lease(
        str(document.get("kind") or ""), read_space_value(document.get("space")), _ratio(document.get("plot_ratio"))
    )


def read_platform(given: object) -> Platform:
    """Return a platform from ``NAME:FIELD``, 名称（领域）, a bare name, or ``{"name", "field"}``."""
    if isinstance(given, str):
        match = _NAME_AND_FIELD.fullmatch(given.strip())
        return Platform(match["name"].strip(), match["field"].strip() or None) if match else Platform(given.strip())
    document = _document(given, ("name", "field"))
    name, served = document.get("name"), document.get("field")
    if not isinstance(name, str) or not name.strip():
        raise ValueRefusedError(_("A platform needs a name."))
    return Platform(name.strip(), served.strip() or None if isinstance(served, str) else None)


def read_spaces(_field: Field, given: object) -> Mapping[str, Space] | None:
    """Return the space of each kind in m², from ``{"研发": "1200㎡"}`` or 研发=1200㎡|办公300㎡.

    Raises:
        ValueRefusedError: a kind without an area, or one given twice.
    """
    found: dict[str, Space] = {}
    for name, area in _entries(given):
        kind, space = canonical_kind(name), read_space_value(area)
        if kind in found:
            raise ValueRefusedError(_("“{kind}” is given twice.").format(kind=kind))
        if space is not None:
            found[kind] = space
    return found or None


def read_tax_years(field: Field, given: object) -> Mapping[int, Money] | None:
    """Return the tax of each year, from ``{"2028": "800"}`` or 2028=800|2029=2000万元.

    Raises:
        ValueRefusedError: no year, or one given twice.
    """
    found: dict[int, Money] = {}
    for name, tax in _entries(given):
        year, money = read_year(name), read_money_value(field, tax)
        if year is None or year in found:
            raise ValueRefusedError(_("“{text}” is not a year of its own.").format(text=quoted(name)))
        if money is not None:
            found[year] = money
    return dict(sorted(found.items())) or None


def canonical_kind(name: str) -> str:
    """Return a kind of space in its own word: 研发用房 → 研发; a word that is none of the known ones stays."""
    kind = plain(name).replace(" ", "")
    if kind in SPACE_KINDS:
        return kind
    short = _KIND_TAIL.sub("", kind)
    for known in SPACE_KINDS:
        if short.casefold() == known.casefold():
            return known
    return {"标准厂房": "厂房", "生产": "厂房", "无尘": "洁净", "净化": "洁净", "GMP": "GMP中试"}.get(short, kind)


def _entries(given: object) -> list[tuple[str, object]]:
    """Return the entries of a JSON object, or of a text: name=value|name=value, or both in one (研发1200㎡)."""
    if given is None or (isinstance(given, str) and is_empty(given)):
        return []
    if isinstance(given, Mapping):
        return [(str(name), value) for name, value in given.items()]
    if not isinstance(given, str):
        raise ValueRefusedError(_("“{text}” is not a list of entries such as a=1|b=2.").format(text=quoted(given)))
    entries: list[tuple[str, object]] = []
    for part in filter(None, (part.strip() for part in _ENTRIES.split(given))):
        name, *value = _EQUALS.split(part, maxsplit=1)
        match = _KIND_THEN_AREA.fullmatch(part[:MOST_ENTRY])
        if value:
            entries.append((name.strip(), value[0]))
        elif match is not None:
            entries.append((match["kind"], match["area"]))
        else:
            raise ValueRefusedError(_("“{text}” is not a list of entries such as a=1|b=2.").format(text=quoted(part)))
    return entries


def _rows(given: object) -> list[object]:
    if given is None or (isinstance(given, str) and is_empty(given)):
        return []
    if isinstance(given, str):
        return [part for part in _ROWS.split(given.strip()) if part]
    return list(given) if isinstance(given, list | tuple) else [given]


def _parts(given: object, names: tuple[str, ...]) -> list[object]:
    """Return the parts of a compact text or JSON object in the order of their names; a missing one is None."""
    if isinstance(given, str):
        parts: list[object] = [part.strip() or None for part in _COLON.split(given.strip())]
        if len(parts) > len(names):
            raise ValueRefusedError(
                _("“{text}” has too many parts; write {form}.").format(text=quoted(given), form=":".join(names))
            )
        return parts + [None] * (len(names) - len(parts))
    document = _document(given, names)
    return [document.get(name) for name in names]


def _document(given: object, names: tuple[str, ...]) -> Mapping[str, object]:
    if not isinstance(given, Mapping):
        raise ValueRefusedError(
            _("“{text}” is not an entry with {keys}.").format(text=quoted(given), keys=", ".join(names))
        )
    if unknown := set(given) - set(names):
        raise ValueRefusedError(
            _("An entry has no key “{key}”; there are {keys}.").format(key=min(unknown), keys=", ".join(names))
        )
    return given


def _ratio(given: object) -> Decimal | None:
    number = None if given is None else read_number_value(PLOT_FIELDS["plot_ratio"], given)
    return number.exact if number else None


def _nothing(given: object) -> bool:
    return given is None or (isinstance(given, str) and is_empty(given))
