"""一企一档 and the records that name a project: what was entered is on the page, persons masked, nothing made up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from crm.database import Database
from crm.domain.fields.reading import read_record
from crm.domain.fields.registry import RECORD_FIELDS
from crm.errors import NotFoundError
from crm.jobs.dossiers import Compose, Order, print_enterprise, print_lead
from crm.queries.dossiers import Paper, load_enterprise, load_facts, load_reading
from crm.queries.history import PRINTED, PRINTED_WHOLE, change_sets
from crm.queries.records import load_one
from crm.queries.releases import versions_of
from crm.services.leads import change_lead
from crm.services.records import create
from reports.dossier import SECTIONS as DOSSIER_SECTIONS
from reports.dossier import compose_dossier
from reports.enterprise_file import GROUPS, SECTIONS, compose_enterprise_file
from reports.linked_parts import ROWS, kind_blocks, kind_name
from tests.reports.made import DAY, DRIVE

ENTERPRISE = {
    "code": "QY-1",
    "name": "电驰动力（苏州）有限公司（虚构）",
    "industry": "智能制造",
    "registered_on": "2026-06",
    "leads": ["XT-2026-0012"],
}
RECORDS = (
    ("persons", {"name": "王建国", "enterprise": "QY-1", "phone": "13800001111", "position": "总经理"}),
    ("performance", {"enterprise": "QY-1", "year": "2026", "kind": "actual", "lead": "XT-2026-0012", "tax": "812万元"}),
    (
        "performance",
        {"enterprise": "QY-1", "year": "2026", "kind": "promised", "lead": "XT-2026-0012", "tax": "900万元"},
    ),
    ("evaluations", {"enterprise": "QY-1", "year": "2026", "grade": "B", "score": "81.5"}),
    (
        "incentives",
        {
            "name": "研发投入奖励",
            "enterprise": "QY-1",
            "lead": "XT-2026-0012",
            "basis": "苏府规字〔2024〕1号",
            "promised": "50万元",
            "paid": "20万元",
            "review": "passed",
            "reviewer": "区公平竞争审查组",
            "reviewed_on": "2026-10-08",
        },
    ),
    ("reviews", {"lead": "XT-2026-0012", "reviewer": "评审组", "held_on": "2026-11-20", "decision": "conditional"}),
    ("proofs", {"lead": "XT-2026-0012", "name": "投资协议", "stage": "signed", "file": "合同/2026-18.pdf"}),
    ("background-checks", {"lead": "XT-2026-0012", "item": "lawsuits", "result": "clear", "enterprise": "QY-1"}),
)


@pytest.fixture
def book(database: Database) -> Database:
    with database.write(by="李", why="登记") as session:
        create(session, "leads", read_record("leads", {key: value for key, value in DRIVE.items() if value}))
        create(session, "enterprises", read_record("enterprises", ENTERPRISE))
        for kind, values in RECORDS:
            create(session, kind, read_record(kind, values))
    return database


def text_of(path: Path) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(path).pages)


def order(name: str, *, contacts: bool = False) -> Order:
    composers: dict[str, Compose] = {"dossier": compose_dossier, "enterprise_file": compose_enterprise_file}
    compose = composers[name]
    return Order(name, compose, DAY, Paper("区投促局", contacts=contacts), "李", name=name)


def test_the_file_of_an_enterprise_has_what_names_it(book: Database, tmp_path: Path) -> None:
    printed = print_enterprise(book, order("enterprise_file"), "QY-1", tmp_path / "一企一档.pdf")
    text = text_of(printed.file)
    for words in ("电驰动力（苏州）有限公司（虚构）一企一档", "2026年6月", "新能源电驱动总成（虚构）", "6.8亿元"):
        assert words in text
    for words in ("812万元", "900万元", "81.5", "研发投入奖励", "苏府规字〔2024〕1号", "未见异常", "企业自报"):
        assert words in text
    assert "王*" in text
    assert "王建国" not in text
    assert "13800001111" not in text
    with book.read() as session:
        [row] = versions_of(session, "enterprise_file", "QY-1")
    assert row.number == printed.version == 1


def test_the_dossier_has_review_promises_incentives_and_proofs(book: Database, tmp_path: Path) -> None:
    print_lead(book, order("dossier"), "XT-2026-0012", tmp_path / "档案.pdf")
    text = text_of(tmp_path / "档案.pdf")
    for words in (
        "有条件通过",
        "投资协议",
        "合同/2026-18.pdf",
        "苏府规字〔2024〕1号",
        "812万元",
        "电驰动力（苏州）有限公司（虚构）（QY-1）",
    ):
        assert words in text
    assert f"暂无记录：{kind_name('approval-steps')}。" in text


def test_verdicts_then_and_now_are_those_of_each_change(book: Database) -> None:
    for tax in ("5800万元", "6600万元"):
        with book.write(by="刘", why=f"企业来函：{tax}") as session:
            lead = load_one(session, "leads", "XT-2026-0012")
            values = {"annual_tax": tax, "tax_by_year": {"2029": tax}}
            change_lead(session, lead.id, read_record("leads", values), reason=f"企业来函：{tax}")
    with book.write(by="刘", why="改责任人") as session:
        change_lead(
            session, load_one(session, "leads", "XT-2026-0012").id, read_record("leads", {"owner": "周某"}), reason="改"
        )
    with book.read() as session:
        facts = load_facts(session, load_one(session, "leads", "XT-2026-0012"), load_reading(session, DAY, Paper()))
    assert [one.conclusion.verdict.value for one in facts.verdicts] == ["not_met", "not_met", "met"]
    assert facts.verdicts[-1].conclusion.verdict is facts.judgement.verdict
    text = "".join(
        "".join(word.text for word in words)
        for block in compose_dossier(facts).document.blocks
        for words in block.lines()
    )
    assert "历次测算结论" in text
    assert "6,600万元" in text


def test_contacts_in_full_are_noted_as_such(book: Database, tmp_path: Path) -> None:
    with book.write(by="李", why="联系人") as session:
        create(
            session,
            "persons",
            read_record("persons", {"name": "赵敏", "leads": ["XT-2026-0012"], "phone": "13900002222"}),
        )
    print_lead(book, order("dossier"), "XT-2026-0012", tmp_path / "一.pdf")
    print_lead(book, order("dossier", contacts=True), "XT-2026-0012", tmp_path / "二.pdf")
    assert "赵敏" not in text_of(tmp_path / "一.pdf")
    assert "赵敏" in text_of(tmp_path / "二.pdf")
    with book.read() as session:
        kinds = [each.kind for each in change_sets(session, kinds=(PRINTED, PRINTED_WHOLE))]
    assert kinds == [PRINTED_WHOLE, PRINTED]


def test_an_enterprise_nobody_knows_is_told(book: Database, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        print_enterprise(book, order("enterprise_file"), "QY-9", tmp_path / "无.pdf")


def test_an_enterprise_with_a_name_only_is_printed(database: Database, tmp_path: Path) -> None:
    with database.write(by="李", why="登记") as session:
        create(session, "enterprises", read_record("enterprises", {"code": "QY-2", "name": "某企业"}))
    print_enterprise(database, order("enterprise_file"), "QY-2", tmp_path / "二.pdf")
    text = text_of(tmp_path / "二.pdf")
    assert "暂无关联项目" in text
    for kinds in SECTIONS.values():
        assert all(kind_name(word) in text for word in kinds)


def test_every_field_of_an_enterprise_has_its_place() -> None:
    placed = {name for names in GROUPS.values() for name in names} | {"notes", "leads"}
    assert placed == set(RECORD_FIELDS["enterprises"])


def test_a_kind_is_told_in_one_section_only() -> None:
    for sections in (SECTIONS, DOSSIER_SECTIONS):
        words = [word for group in sections.values() for word in group]
        assert len(words) == len(set(words))


def test_many_records_say_what_is_not_printed(book: Database) -> None:
    with book.read() as session:
        facts = load_enterprise(session, load_one(session, "enterprises", "QY-1"), DAY, Paper())
    one = next(each for each in facts.linked if each.kind == "performance")
    many = replace(one, records=one.records * ROWS)
    table, note = kind_blocks(many)
    assert len(list(table.lines())) > ROWS
    assert any(str(ROWS) in word.text for words in note.lines() for word in words)
