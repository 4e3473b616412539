"""Where the figures of a document come from: the row of the file, or whoever corrected them since."""

from __future__ import annotations

from pathlib import Path

from crm.database import Database, writing_of
from crm.domain.dossier import LeadFacts
from crm.domain.fields.reading import read_record
from crm.jobs import finish
from crm.jobs.imports import Request, import_file
from crm.queries.dossiers import Paper, load_facts, load_reading
from crm.queries.records import load_one
from crm.services.history import revert
from crm.services.records import update
from tests.reports.made import DAY

LEDGER = """项目名称,无人知晓的列,投资方,用地（亩）,研发载体面积（㎡）,厂房面积（㎡）,达产年税收（万元）
甲项目,无关,某公司,30,1200,,5200
"""


def _facts(database: Database) -> LeadFacts:
    with database.read() as session:
        lead = load_one(session, "leads", "XT-2026-0001")
        return load_facts(session, lead, load_reading(session, DAY, Paper()))


def test_a_figure_corrected_by_hand_is_from_whoever_did_it_until_it_is_taken_back(
    database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "台账.csv"
    file.write_text(LEDGER, "utf-8-sig")
    finish(import_file(database, Request("leads", file, "王")))
    facts = _facts(database)
    for name, cell in (("land", "30"), ("annual_tax", "5200"), ("space", "研发 1200")):
        origin = facts.origin_of(name)
        assert origin is not None, name
        assert (origin.row, origin.cells[name]) == (2, cell)
    with database.write(by="刘", why="企业来函更正") as session:
        lead = load_one(session, "leads", "XT-2026-0001")
        update(session, "leads", lead.id, read_record("leads", {"annual_tax": "5400万元"}))
        session.flush()
        number = writing_of(session).number(session)
    facts = _facts(database)
    giver = facts.giver_of("annual_tax")
    assert giver is not None
    assert (facts.origin_of("annual_tax"), giver.by) == (None, "刘")
    assert facts.origin_of("land") is not None
    with database.write(by="王", why="撤销") as session:
        revert(session, number)
    assert _facts(database).origin_of("annual_tax") is not None
