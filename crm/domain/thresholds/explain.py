"""A judgement in words, Chinese or English, by the templates of matching.md §6.

Requirements and gaps are rounded up, values down, to 0.01 万元; land is shown to the last digit (decision 28). While
the rules have no number, approver and start, every conclusion says 试算结论（待核口径） (decision 29).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from crm.domain.fields.codes import AREAS, LAND_USES, TAX_BASES, VERDICTS, Choice
from crm.domain.quantities.currencies import BY_CODE
from crm.domain.quantities.display import decimal_text, round_down, round_up
from crm.domain.reasons import Reason
from crm.domain.thresholds.judgement import Conclusion, Figure, Judgement, Verdict
from crm.domain.thresholds.messages import FIELD_LABELS, MESSAGES
from crm.domain.thresholds.reasoning import LINE_CODES, REMEDY_CODES
from crm.i18n import N_, _, pgettext

_IN_CONCLUSION = frozenset({"basis_assumed", "critical"})  # told where they belong, not again among the notes
_UPFRONT = frozenset({"no_land", "use_not_covered", "no_rule", "no_rules_then", "missing", "land_or_none", "needed"})
_WHAT_NEXT = frozenset(
    {"ends_differ", "commit", "commit_split", "split_possible", "no_split", "rest_unknown", "use_decides"}
)
_MONEY_PLACES = 2
_MOST_LAND_PLACES = 5  # 0.00001 亩 is the least that is stored (decision 5)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_FIELD = re.compile(r"(?P<list>plots|phases|lease|tax_by_year)\[(?P<place>\d+)\](?:\.(?P<field>\w+))?")


def verdict_text(verdict: Verdict) -> str:
    """Return the verdict in words: 达标, 不达标, 不适用, 待补充, 待核实, 需会商."""
    return next(_(choice.label) for choice in VERDICTS if choice.code == verdict)


def conclusion(judgement: Judgement | Conclusion) -> str:
    """Return the line that stands out: 试算结论（待核口径）：达标（临界）."""
    critical = judgement.critical and judgement.verdict in (Verdict.MET, Verdict.NOT_MET)
    form = {
        (True, True): N_("Trial conclusion (rules to be confirmed): {verdict} (critical)"),
        (True, False): N_("Trial conclusion (rules to be confirmed): {verdict}"),
        (False, True): N_("Conclusion: {verdict} (critical)"),
        (False, False): N_("Conclusion: {verdict}"),
    }[judgement.rule_set_status == "trial", critical]
    return _(form).format(verdict=verdict_text(judgement.verdict))


def reason_text(reason: Reason) -> str:
    """Return the sentence of a reason, without its closing mark."""
    code, given = reason.code, dict(reason.parameters)
    if code == "ends_differ":
        code = _ends_code(given)
    if code == "if_all_phases" and given["per_mu"] is None:
        code = "if_all_phases_bare"
    if "area" not in given and "{area}" in MESSAGES[code]:
        given["area"] = ""
    return _(MESSAGES[code]).format(**{name: text for key in given for name, text in _shown(code, key, given[key])})


def explain(judgement: Judgement) -> str:
    """Return the whole explanation as one paragraph: what was asked, each line, the conclusion, remedies, notes."""
    reasons = judgement.reasons
    lines = [reason_text(reason) for reason in reasons if reason.code in LINE_CODES]
    numbered = [f"{_number(place)}{line}" for place, line in enumerate(lines)]
    notes = [one for one in reasons if one.code not in LINE_CODES | REMEDY_CODES | _IN_CONCLUSION]
    sentences = [
        headline(judgement),
        pgettext("lines", "; ").join(numbered),
        *(reason_text(one) for one in notes if one.code in _UPFRONT),
        _conclusion_with_margin(judgement),
        remedies(judgement),
        *(reason_text(one) for one in notes if one.code in _WHAT_NEXT),
        *(reason_text(one) for one in notes if one.code not in _UPFRONT | _WHAT_NEXT),
        _("based on {rules}").format(rules=judgement.rule_set_label),
    ]
    whole = "".join(_("{sentence}. ").format(sentence=one[:1].upper() + one[1:]) for one in sentences if one)
    return _("[Land-tax threshold] {text}").format(text=whole.strip())


def headline(judgement: Judgement) -> str:
    """Return what was judged: 高铁新城｜供地25亩｜达产年(2030)税收5200.00万元（全口径）."""
    areas = dict.fromkeys(plot.area for plot in judgement.plots if plot.area) or filter(None, (judgement.area,))
    parts = [pgettext("list", ", ").join(area_text(area) for area in areas) or _("area not given")]
    land = land_text(judgement.land)
    if judgement.land is not None and judgement.land.exact == 0:
        parts.append(_("no land"))
    elif judgement.land is None and "phases" in judgement.missing:
        parts.append(_("no phase committed yet"))
    else:
        parts.append(_("land {land} mu").format(land=land) if land else _("land not given"))
    if judgement.tax is not None:
        year = judgement.tax_year
        form = (
            _("tax at full production ({year}) {money} (10k yuan)")
            if year
            else _("tax at full production {money} (10k yuan)")
        )
        parts.append(form.format(year=year, money=_figure(judgement.tax, _down)) + _basis(judgement))
    return pgettext("headline", " | ").join(parts)


def remedies(judgement: Judgement) -> str:
    """Return what would make the project pass, as one sentence; "" where nothing is to be mended."""
    texts = [reason_text(reason) for reason in judgement.reasons if reason.code in REMEDY_CODES]
    return _("possible remedies: {remedies}").format(remedies=pgettext("remedies", ", ").join(texts)) if texts else ""


def area_text(area: str) -> str:
    """Return the name of an area class."""
    return _choice(AREAS, area)


def land_use_text(use: str) -> str:
    """Return the name of a land use."""
    return _choice(LAND_USES, use)


def figure_down(figure: Figure | None, places: int = 2) -> str:
    """Return a value, or a range of it, rounded down; with the two places of money they are always shown."""
    if places == _MONEY_PLACES:
        return _figure(figure, _down)
    return _figure(figure, lambda value: decimal_text(round_down(value, places)))


def land_text(figure: Figure | None) -> str:
    """Return land in 亩 with every digit that is stored; finer ones are rounded up, or a miss would look like a hit."""
    return _figure(figure, _mu)


def figure_up(figure: Figure | None) -> str:
    """Return a requirement or a gap in 万元, rounded up."""
    return _figure(figure, _up)


def field_text(code: str) -> str:
    """Return what a code of ``missing`` is called: 达产年税收, 美元汇率, 第2块地的税收."""
    if code.startswith("rate:"):
        return _("rate of {currency}").format(currency=_currency(code.removeprefix("rate:")))
    match = _FIELD.fullmatch(code)
    if match is None:
        return _(FIELD_LABELS[code])
    if match["list"] == "tax_by_year":
        return _("tax of {year}").format(year=match["place"])
    forms = {
        "plots": N_("{field} of plot {place}"),
        "phases": N_("{field} of phase {place}"),
        "lease": N_("{field} of lease {place}"),
    }
    return _(forms[match["list"]]).format(field=_(FIELD_LABELS[match["field"]]), place=int(match["place"]) + 1)


def _conclusion_with_margin(judgement: Judgement) -> str:
    """Return the conclusion; one that is only just reached says how much there is to spare."""
    text = conclusion(judgement)
    spare = next((one.parameters["spare"] for one in judgement.reasons if one.code == "critical"), None)
    if judgement.verdict is Verdict.MET and spare is not None:
        return _("{conclusion}, {spare} (10k yuan) to spare: leave a margin in the supervision agreement").format(
            conclusion=text, spare=_figure(spare, _down)
        )
    return text


def _basis(judgement: Judgement) -> str:
    if "basis_assumed" in judgement.flags:
        return _(" ({note})").format(note=_(MESSAGES["basis_assumed"]))
    return _(" ({note})").format(note=_choice(TAX_BASES, "full")) if judgement.tax_basis == "full" else ""


def _number(place: int) -> str:
    return _CIRCLED[place] if place < len(_CIRCLED) else f"({place + 1})"


def _ends_code(given: dict[str, object]) -> str:
    if given["contradiction"]:
        return "statements_differ"
    if given["tax"] is None or given["land"] is None:
        return "ends_differ_land" if given["tax"] is None else "ends_differ_tax"
    return "ends_differ"


def _shown(code: str, key: str, value: object) -> Iterable[tuple[str, str]]:
    """Return the placeholders that a parameter fills, with their texts."""
    yield key, _parameter(key, value)
    if key in {"actual", "tax", "per_mu", "tax_per_mu"}:
        yield "money", _figure(value, _down)
        each = _(", {money} (10k yuan) per mu").format(money=_figure(value, _down))
        yield "money_per_mu", each if value is not None else ""
    if key == "least":
        yield "line", _figure(value, _up if code.startswith("tax_by_land") else decimal_text)
    if key == "area" and code.startswith("tax_per_mu"):
        yield "area", _("{area}: ").format(area=_parameter(key, value)) if value else ""
    if key in {"worst_mu", "best_mu"}:
        money = _figure(value, _down)
        yield key, _(" ({money} (10k yuan) per mu)").format(money=money) if money else ""
    if key == "rate":
        yield "rate_up", format(round_up(value, 4), "f") if isinstance(value, Decimal) else ""


def _parameter(key: str, value: object) -> str:
    write = _WRITERS.get(key)
    return write(value) if write is not None else str(value)


def _figure(value: object, write: Callable[[Decimal], str]) -> str:
    """Return a figure, a range of it (4500.00–5500.00) or an open one (5000.00以上); unknown is ""."""
    if isinstance(value, Decimal):
        return write(value)
    if not isinstance(value, Figure):
        return ""
    if value.low is not None and value.high is not None:
        return write(value.low) if value.low == value.high else f"{write(value.low)}–{write(value.high)}"
    if value.low is not None:
        return _("{number} or more").format(number=write(value.low))
    return _("at most {number}").format(number=write(value.high)) if value.high is not None else ""


def _down(value: Decimal) -> str:
    return format(round_down(value, _MONEY_PLACES), "f")


def _up(value: Decimal) -> str:
    return format(round_up(value, _MONEY_PLACES), "f")


def _mu(value: Decimal) -> str:
    return decimal_text(round_up(value, _MOST_LAND_PLACES))


def _mu_down(value: Decimal) -> str:
    return decimal_text(round_down(value, _MOST_LAND_PLACES))


def _choice(choices: Iterable[Choice], code: str) -> str:
    return next((_(choice.label) for choice in choices if choice.code == code), code)


def _currency(code: str) -> str:
    return _(BY_CODE[code].name) if code in BY_CODE else code


def _commitments(value: object) -> str:
    if not isinstance(value, Mapping):
        return ""
    one = _("{area} not below {money}")
    return pgettext("list", ", ").join(
        one.format(area=area_text(area), money=_figure(need, _up)) for area, need in value.items()
    )


def _fields(value: object) -> str:
    codes = value if isinstance(value, tuple) else (value,)
    return pgettext("list", ", ").join(field_text(str(code)) for code in codes)


def _verdict(value: object) -> str:
    return verdict_text(value) if isinstance(value, Verdict) else ""


_WRITERS: Mapping[str, Callable[[object], str]] = {
    "area": lambda value: area_text(str(value)) if value else "",
    "band": lambda value: f"{decimal_text(value * 100)}%" if isinstance(value, Decimal) else "",
    "basis": lambda value: _choice(TAX_BASES, str(value)),
    "commitments": _commitments,
    "currency": lambda value: _currency(str(value)),
    "each": lambda value: decimal_text(value) if isinstance(value, Decimal) else "",
    "field": _fields,
    "fields": _fields,
    "gap": lambda value: _figure(value, _up),
    "high": lambda value: decimal_text(value) if isinstance(value, Decimal) else "",
    "land": lambda value: _figure(value, _mu),
    "left_out": lambda value: _figure(value, _down),
    "low": lambda value: decimal_text(value) if isinstance(value, Decimal) else "",
    "max_land": lambda value: _figure(value, _mu_down),
    "phases": lambda value: _figure(value, decimal_text),
    "rate": lambda value: format(value, "f") if isinstance(value, Decimal) else "",
    "required": lambda value: _figure(value, _up),
    "specific": lambda value: _figure(value, decimal_text),
    "stated": lambda value: _figure(value, decimal_text),
    "use": lambda value: land_use_text(str(value)),
    "uses": lambda value: (
        pgettext("list", ", ").join(land_use_text(str(one)) for one in value) if isinstance(value, tuple) else ""
    ),
    "best": _verdict,
    "verdict": _verdict,
    "worst": _verdict,
    "whole": lambda value: _figure(value, _down),
}
