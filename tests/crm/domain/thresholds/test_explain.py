"""The words of a judgement: complete in both languages, rounded so that no miss looks like a hit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import crm.domain.thresholds as room
from crm.domain.thresholds import SEED, Case, Verdict, judge
from crm.domain.thresholds.explain import conclusion, explain, field_text, reason_text, verdict_text
from crm.domain.thresholds.messages import FIELD_LABELS, MESSAGES
from crm.domain.thresholds.reasoning import LINE_CODES
from crm.i18n import _, use_language
from tests.crm.domain.thresholds.building import DAY, mu, plot, verdict_of, wan


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    with use_language("zh_CN"):
        yield


def test_every_message_has_its_chinese_with_the_same_places() -> None:
    for message in (*MESSAGES.values(), *FIELD_LABELS.values()):
        chinese = _(message)
        assert re.search(r"[\u4e00-\u9fff]", chinese), message
        assert set(re.findall(r"{(\w+)}", chinese)) <= set(re.findall(r"{(\w+)}", message)), message


def test_every_reason_given_has_a_message() -> None:
    folder = Path(room.__file__).parent
    source = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.py"))
    given = set(re.findall(r'(?:Reason|notes\.tell|\.tell)\(\s*"(\w+)"', source)) | set(LINE_CODES)
    assert given - set(MESSAGES) == set()
    made = set(MESSAGES) - given
    assert made == {  # those chosen by what is given
        *("ends_differ_tax", "ends_differ_land", "statements_differ", "if_all_phases_bare"),
        *("commit", "commit_split"),
        *("rate_used", "rate_used_undated", "lease_without_ratio", "lease_ratio_odd"),
        *("rate_odd", "rate_per_hundred", "rate_upside_down", "tax_contradiction", "land_contradiction"),
    }


@pytest.mark.parametrize(
    ("verdict", "words"),
    list(zip(Verdict, ("达标", "不达标", "不适用", "待补充", "待核实", "需会商"), strict=True)),
)
def test_the_six_verdicts(verdict: Verdict, words: str) -> None:
    assert verdict_text(verdict) == words


def test_a_miss_never_looks_like_a_hit() -> None:
    text = explain(verdict_of(Case(area="高铁新城", land=mu("25.00000001"), annual_tax=wan("5000.000001"))))
    assert "供地25.00001亩" in text
    assert "亩均税收199.99万元，低于200万元" in text
    assert "税收提高到5000.01万元（还差0.01万元/年）" in text
    short = explain(verdict_of(Case(area="高铁新城", land=mu(20), annual_tax=wan("4999.999999"))))
    assert "年税收4999.99万元，低于5000万元" in short
    assert "还差0.01万元/年" in short


def test_the_most_land_is_rounded_down() -> None:
    text = explain(verdict_of(Case(area="开发区", land=mu(100), annual_tax=wan("5000.0007"))))
    assert "用地压缩至62.5亩以内" in text


def test_rules_in_force_are_no_trial() -> None:
    rules = replace(SEED, document_number="虚构〔2026〕1号", approved_by="虚构", valid_from=date(2026, 1, 1))
    case = Case(area="高铁新城", land=mu(25), annual_tax=wan(5000))
    assert conclusion(judge(case, rules, DAY)) == "结论：达标（临界）"
    assert conclusion(verdict_of(case)) == "试算结论（待核口径）：达标（临界）"
    for lacking in ({"document_number": ""}, {"approved_by": ""}, {"valid_from": None}):
        assert conclusion(judge(case, replace(rules, **lacking), DAY)).startswith("试算结论")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("annual_tax", "达产年税收"),
        ("rate:JPY", "日元汇率"),
        ("plots[1].tax", "第2块地的税收"),
        ("phases[0].land", "第1期的用地"),
        ("tax_by_year[2030]", "2030年税收"),
    ],
)
def test_what_is_missing_is_called_by_name(code: str, text: str) -> None:
    assert field_text(code) == text


def test_english_is_complete() -> None:
    plots = (plot("高铁新城", mu(10), wan(1000)), plot("开发区", mu(30), wan(9000)))
    with use_language("en"):
        texts = [reason_text(reason) for reason in verdict_of(Case(plots=plots)).reasons]
    assert not re.search(r"[\u4e00-\u9fff]", "".join(texts))
    assert "High-speed Rail New Town: tax per mu 100.00, below 200 (10k yuan)" in texts
