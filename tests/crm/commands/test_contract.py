"""The JSON of every command against the contract (cli.md): the keys named there, numbers that decide as exact text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from io import StringIO
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from crm.commands.line import DONE, MENDABLE, run
from crm.jobs import finish
from crm.jobs.demonstration import LEDGERS, fill_demonstration, samples

Shape: TypeAlias = Any
"""A check, a mapping of names to shapes, a list with the one shape of its entries, or ``(shape,)``: it, or null."""

EXACT = re.compile(r"-?\d+(\.\d+)?")


def exact(value: object) -> bool:
    return isinstance(value, str) and EXACT.fullmatch(value) is not None


def figure(value: object) -> bool:
    """Whether it is an exact number, unknown, or a range of the two with null for an open end."""
    if isinstance(value, dict):
        return set(value) == {"low", "high"} and all(end is None or exact(end) for end in value.values())
    return value is None or exact(value)


def text(value: object) -> bool:
    return isinstance(value, str)


def whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def yes(value: object) -> bool:
    return isinstance(value, bool)


def anything(_value: object) -> bool:
    return True


def each(shape: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, dict) and all(shape(one) for one in value.values())


CHECK = {
    **dict.fromkeys(("verdict", "verdict_text", "rule_set", "rule_set_status", "explanation"), text),
    **dict.fromkeys(("land_mu", "tax_wan", "tax_per_mu_wan", "required_tax_wan", "required_by_land_wan"), figure),
    **dict.fromkeys(("gap_tax_wan", "max_land_mu", "margin"), figure),
    "critical": yes, "refer": (text,), "area": (text,), "feasible_split": (yes,), "min_commitments": (each(figure),),
    "tests": [{"measure": text, "least": figure, "actual": figure, "met": (yes,)}],
    "plots": [{"area": (text,), "land_mu": figure, "land_use": (text,), "tax_wan": figure, "tax_per_mu_wan": figure,
               "least_per_mu_wan": (exact,), "met": (yes,), "gap_tax_wan": figure, "max_land_mu": figure,
               "covered": (yes,)}],
    "by_year": [{"year": whole, "tax_wan": figure, "tax_per_mu_wan": figure}],
    "rates": [{"currency": text, "rate": (exact,), "on": (text,), "break_even": figure, "at_minus_3_percent": (text,)}],
    "if_all_phases": ({"verdict": text, "tax_per_mu_wan": figure},),
    "reference": ({"equivalent_land_m2": figure, "equivalent_land_mu": figure, "tax_per_mu_wan": figure},),
    "missing": [text], "flags": [text], "reasons": [text],
}  # fmt: skip
CRITERIA = [{"name": text, "result": text, "reason": text}]
PROPOSED = {"code": text, "score": exact, "parts": each(exact), "criteria": CRITERIA}
REFUSED = [{"code": text, "reasons": [text]}]
MATCH = {
    "lead": text, "weights_version": text, "threshold": CHECK, "missing": [text], "explanation": text,
    "communities": {"recommended": [PROPOSED | {"name": text, "would_change": [text]}], "refused": REFUSED,
                    "not_ready": [text]},
    "funds": {"recommended": [PROPOSED | {"action": text, "ticket_wan": (exact,), "gap_wan": (exact,)}],
              "refused": REFUSED},
}  # fmt: skip
ALLOCATE = {
    "objective_wan": exact, "status": text, "chosen": [{"lead": text, "land": each(exact), "fund_wan": exact}],
    "used": {"land_mu": each(exact), "fund_wan": exact},
    "greedy": {"by_value_wan": exact, "by_value_per_mu_wan": exact},
    "shadow": [{"resource": text, "add": exact, "gain_wan": (exact,)}], "left_out": [{"lead": text, "reason": text}],
}  # fmt: skip
IMPORT = {
    "batch": (whole,), "dry_run": yes, "file": text, "sha256": text,
    "sheets": [{"name": text, "header_rows": [whole], "unmapped": [text],
                "columns": [{"column": text, "header": text, "field": text, "unit": (text,), "how": text}]}],
    "counts": dict.fromkeys(("data", "new", "changed", "same", "doubtful", "faulty", "skipped"), whole),
    "rows": [{"sheet": text, "row": whole, "action": text, "lead": (text,), "fields": each(anything),
              "raw": each(text), "notes": [text]}],
    "questions": [{"key": text, "text": text, "choices": [text]}],
}  # fmt: skip
CHANGED = {"lead": text, "change_set": (whole,), "changed": [{"field": text, "before": anything, "after": anything}]}
HISTORY = {"changes": [{"change_set": whole, "at": text, "by": text, "why": text, "field": (text,), "before": anything,
                        "after": anything}]}  # fmt: skip
SETS = {"change_sets": [{"id": whole, "kind": text, "file": (text,), "rows": whole, "by": text, "at": text,
                         "undone": yes}]}  # fmt: skip
ERROR = {"error": {"kind": text, "message": text, "where": (text,)}}


def faults(value: object, shape: Shape, place: str) -> list[str]:
    """Return where a document is not as the contract says."""
    if isinstance(shape, tuple):
        return [] if value is None else faults(value, shape[0], place)
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{place}: no list"]
        return [fault for number, one in enumerate(value) for fault in faults(one, shape[0], f"{place}[{number}]")]
    if isinstance(shape, Mapping):
        if not isinstance(value, dict):
            return [f"{place}: no object"]
        missing = [f"{place}.{name}: missing" for name in shape if name not in value]
        return missing + [
            fault
            for name, inner in shape.items()
            if name in value
            for fault in faults(value[name], inner, f"{place}.{name}")
        ]
    return [] if shape(value) else [f"{place}: {value!r}"]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the database of a demonstration: it has a lead of every verdict."""
    place = tmp_path_factory.mktemp("contract") / "演示.db"
    finish(fill_demonstration(place))
    return place


@pytest.fixture(scope="module")
def leads(database: Path) -> list[str]:
    """Return the codes of its leads."""
    found = told(database, "search", "虚构", "--limit", "100")
    return [lead["code"] for lead in found["leads"]]


def told(database: Path, *words: str, code: int = DONE) -> dict[str, Any]:
    out, err = StringIO(), StringIO()
    assert run(["--json", "--database", str(database), *words], None, out, err) == code, err.getvalue()
    document: dict[str, Any] = json.loads(out.getvalue())
    return document


@pytest.mark.parametrize(("command", "shape"), [("check", CHECK), ("match", MATCH), ("history", HISTORY)])
def test_of_every_lead(database: Path, leads: list[str], command: str, shape: Shape) -> None:
    assert len(leads) > 30
    for lead in leads:
        assert (
            faults(told(database, command, lead, *(["--rate", "USD=7.1"] if command != "history" else [])), shape, lead)
            == []
        )


def test_show(database: Path, leads: list[str]) -> None:
    shape = {"lead": {"code": text}, "threshold": CHECK, "history_count": whole}
    for lead in leads:
        assert faults(told(database, "show", lead), shape, lead) == []


FIGURES = (
    ("--plot", "高铁新城:10亩", "--plot", "开发区:30亩", "--tax", "5200"),
    ("--area", "高铁新城", "--land", "25", "--tax", "720万美元", "--rate", "USD=7.1@2026-11-22"),
    ("--area", "高铁新城", "--phase", "20亩:4200:committed", "--phase", "20亩:4200:intended"),
    ("--area", "高铁新城", "--land", "25", "--tax-year", "2028=800", "--tax-year", "2030=5200", "--full-year", "2030"),
    ("--area", "高铁新城", "--land", "不低于25亩", "--tax", "4500-5500"),
    ("--land", "0", "--floor", "10000㎡@2.0"),
    (),
)


@pytest.mark.parametrize("figures", FIGURES)
def test_check_of_figures(database: Path, figures: tuple[str, ...]) -> None:
    assert faults(told(database, "check", *figures), CHECK, "check") == []


OTHERS: tuple[tuple[tuple[str, ...], Shape], ...] = (
    (("allocate", "--land", "高铁新城=70", "--funds", "14000"), ALLOCATE),
    (("allocate",), ALLOCATE),
    (("search", "芯"), {"total": whole, "leads": [{"code": text, "name": text}]}),
    (("duplicates",), {"pairs": [{"a": text, "b": text, "likelihood": text, "reasons": [text]}]}),
    (("imports",), SETS),
    (("doctor",), {"ok": yes, "checks": [{"name": text, "ok": yes, "detail": text}]}),
)


@pytest.mark.parametrize(("words", "shape"), OTHERS)
def test_of_the_whole(database: Path, words: tuple[str, ...], shape: Shape) -> None:
    assert faults(told(database, *words), shape, words[0]) == []


def test_a_change_and_its_undo(database: Path, leads: list[str]) -> None:
    changed = told(database, "set", leads[0], "annual_tax=6000万元", "space.研发=1200㎡", "environment=中试|P2")
    assert faults(changed, CHANGED, "set") == []
    undone = told(database, "undo", str(changed["change_set"]))
    shape = {"reversed": whole, "kept": [{"lead": text, "field": (text,), "reason": text}], "failed": [anything]}
    assert faults(undone, shape, "undo") == []
    assert faults(told(database, "stage", leads[1], "搁置", "--reason", "等待"), CHANGED, "stage") == []


@pytest.mark.parametrize("name", LEDGERS)
def test_an_import(database: Path, name: str) -> None:
    document = told(database, "import", "leads", str(samples() / name), "--dry-run")
    assert faults(document, IMPORT, name) == []
    assert sum(row["action"] == "skipped" for row in document["rows"]) == document["counts"]["skipped"]


@pytest.mark.parametrize("ending", ["xlsx", "csv", "json"])
def test_an_export(database: Path, tmp_path: Path, ending: str) -> None:
    answer = told(database, "export", "leads", str(tmp_path / f"a.{ending}"))
    assert faults(answer, {"file": text, "rows": whole}, "export") == []


@pytest.mark.parametrize(
    "words", [("check", "没有"), ("set", "没有", "land=1亩"), ("import", "leads", "没有.xlsx"), ("undo", "99999")]
)
def test_a_refusal(database: Path, words: tuple[str, ...]) -> None:
    assert faults(told(database, *words, code=MENDABLE), ERROR, words[0]) == []
