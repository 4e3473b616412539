"""One way to change a stage: form, drag, bulk, import, merge, undo and command line answer alike, case by case.

Every case is tried on every way: the step is taken on all of them, or refused on all of them for the same reason.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget

from crm.commands.line import DONE, MENDABLE, run
from crm.database import Database, writing_of
from crm.domain.companies.merging import Take
from crm.domain.fields.codes import STAGES
from crm.errors import StepNotAllowedError
from crm.jobs import finish
from crm.jobs.imports import Request, import_file
from crm.queries.merging import merge_preview
from crm.queries.records import Record, load, load_one
from crm.services.history import revert
from crm.services.leads import change_lead
from crm.services.merging import merge
from crm.services.records import create, update
from crm.workspace import Workspace, open_workspace
from ui.desk import Desk, Opening
from ui.jobs import JobRunner
from ui.leads.editing import LeadEditing
from ui.leads.stage_dialog import StageDialog
from ui.pictures import wait_for
from ui.theme.tokens import Density, Theme, tokens

PLACES = {choice.code: place for place, choice in enumerate(STAGES)}


@dataclass(frozen=True, slots=True)
class Case:
    """A step of a lead.

    Attributes:
        before: the lead's fields as they are.
        step: the new stage and what is said with it.
        told: words of the refusal; "" when the step is taken.
        records: kind of record that stands in the way → its fields; of the lead.
        spoiled: what an undo meets: fields that were changed since the lead was at the later stage.
    """

    name: str
    before: Mapping[str, Any]
    step: Mapping[str, Any]
    told: str = ""
    records: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    spoiled: Mapping[str, Any] = field(default_factory=dict)


SIGNED = {"stage": "signed", "signed_on": "2026-11-01"}
CASES = (
    Case("nature", {"stage": "assessment", "nature": "research"}, {"stage": "negotiation"}),
    Case("no-nature", {"stage": "assessment"}, {"stage": "negotiation"}, "项目性质", spoiled={"nature": None}),
    Case("signed", {"stage": "review", "nature": "research"}, SIGNED),
    Case("no-day", {"stage": "review", "nature": "research"}, {"stage": "signed"}, "签约", spoiled={"signed_on": None}),
    Case(
        "resting",
        {"stage": "review", "nature": "research", "status": "paused", "status_reason": "资金未到位"},
        SIGNED,
        "搁置",
        spoiled={"status": "paused", "status_reason": "资金未到位"},
    ),
    Case(
        "red-flag",
        {"stage": "review", "nature": "research"},
        SIGNED,
        "涉诉三件",
        {"background-checks": {"item": "涉诉", "result": "红旗", "finding": "涉诉三件"}},
    ),
    Case(
        "forbidden",
        {"stage": "assessment", "nature": "pilot", "gbt4754": "2614"},
        {"stage": "negotiation"},
        "新建化学合成类项目",
    ),
    Case(
        "not-planned",
        {"stage": "registered", "land": "25亩", "nature": "pilot"},
        {"stage": "land_supplied", "land_supplied_on": "2026-11-02"},
        "控规为绿地",
        {"planning-checks": {"result": "不符合", "reason": "控规为绿地"}},
    ),
    Case("requirement", {"stage": "negotiation", "nature": "service"}, {"stage": "review"}, "能耗"),
)
RULES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("access-list", {"name": "新建化学合成类项目（虚构条目）", "level": "禁止", "gbt4754": "C26"}),
    (
        "requirements",
        {"stage": "评审", "needs": "energy", "basis": "（虚构）第五条", "condition": "nature = service"},
    ),
)


class Office:
    """A database with a lead of every case for every way, and what the window changes leads with."""

    def __init__(self, workspace: Workspace, runner: JobRunner, settings: QSettings) -> None:
        self.database: Database = workspace.database
        self.path = str(workspace.database.path)
        self.errors: list[BaseException] = []
        opening = Opening()
        opening.opened(workspace)
        self.tokens = tokens(Theme.LIGHT)
        desk = Desk(opening, runner, self.tokens, settings, Density.COMFORTABLE, self._tell, self.errors.append)
        self.page = QWidget()
        self.editing = LeadEditing(desk, self.page)
        self.told: list[str] = []

    def _tell(self, text: str, *_act: object) -> None:
        self.told.append(text)

    def lead(self, case: Case, way: str) -> Record:
        with self.database.read() as session:
            return load_one(session, "leads", f"{way}-{case.name}")

    def settle(self) -> str:
        """Wait until the window has told what came of a change; return why it was refused."""
        wait_for(lambda: bool(self.told or self.errors))
        refused = "".join(str(each) for each in self.errors)
        self.told.clear()
        self.errors.clear()
        return refused


def _form(office: Office, case: Case, _folder: Path) -> str:
    """The dialog says at once what the pipeline refuses; what records refuse is told when it is taken."""
    record = office.lead(case, "form")
    dialog = StageDialog(record.values, office.tokens, office.page, to=case.step["stage"])
    for name, line in dialog._lines.items():
        line.put(case.step.get(name, ""))
    refused = dialog._refusal.text()
    assert dialog.take.isEnabled() is not bool(refused)
    if not refused:
        dialog.chosen.connect(
            lambda changes, reason: office.editing.change_one(record.id, changes, reason, record.version)
        )
        dialog.take.click()
        refused = office.settle()
    dialog.deleteLater()
    return refused


def _drag(office: Office, case: Case, _folder: Path) -> str:
    record = office.lead(case, "drag")
    office.editing.change_one(record.id, case.step, "", record.version)
    return office.settle()


def _bulk(office: Office, case: Case, _folder: Path) -> str:
    office.editing.change_many([office.lead(case, "bulk").id], case.step, "")
    return office.settle()


def _import(office: Office, case: Case, folder: Path) -> str:
    path = folder / f"{case.name}.json"
    record = office.lead(case, "import")
    row = {"code": record.code, "name": record.values["name"], **case.step}
    path.write_text(json.dumps([row], ensure_ascii=False), encoding="utf-8")
    (told,) = finish(import_file(office.database, Request("leads", path, "周敏")))["rows"]
    return "".join(map(str, told["notes"])) if told["action"] == "doubtful" else ""


def _merge(office: Office, case: Case, _folder: Path) -> str:
    """The same project was registered twice, and the other record is at the later stage."""
    record, other = office.lead(case, "merge"), office.lead(case, "other")
    try:
        with office.database.write(by="周敏", why="合并") as session:
            preview = merge_preview(session, "leads", record.id, other.id)
            merge(session, preview, "同一项目", {"stage": Take.GONE})
    except StepNotAllowedError as error:
        return error.message
    return ""


def _undo(office: Office, case: Case, _folder: Path) -> str:
    """The lead has been at the later stage and was moved back; since then the step is no longer allowed."""
    record = office.lead(case, "undo")
    with office.database.write(by="周敏", why="退回") as session:
        change_lead(session, record.id, {"stage": case.before["stage"]}, reason="误操作")
        number = writing_of(session).number(session)
    with office.database.write(by="周敏", why="情况有变") as session:
        update(session, "leads", record.id, case.spoiled)
        _put_in_the_way(session, case, record.code)
    with office.database.write(by="周敏", why="撤销") as session:
        done = revert(session, number)
    return "".join(each.reason for each in done.kept)


def _command(office: Office, case: Case, _folder: Path) -> str:
    err = StringIO()
    said = [f"{name}={value}" for name, value in case.step.items() if name != "stage"]
    words = ["--database", office.path, "--by", "周敏", "stage", f"command-{case.name}", case.step["stage"], *said]
    code = run(words, out=StringIO(), err=err)
    assert code == (MENDABLE if case.told else DONE), err.getvalue()
    return err.getvalue() if case.told else ""


WAYS: Mapping[str, Callable[[Office, Case, Path], str]] = {
    "form": _form,
    "drag": _drag,
    "bulk": _bulk,
    "import": _import,
    "merge": _merge,
    "undo": _undo,
    "command": _command,
}


@pytest.fixture(scope="module")
def office(qapp: QApplication, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Return the office, its leads and the rules of the bureau entered."""
    del qapp
    folder = tmp_path_factory.mktemp("one_way")
    path = folder / "one.db"
    path.write_bytes(sqlite_template.read_bytes())
    workspace = open_workspace(str(path), "周敏", settings_folder=folder)
    with workspace.database.write(by="周敏", why="登记") as session:
        for kind, values in RULES:
            create(session, kind, values)
        for case in CASES:
            for way in (*WAYS, "other"):
                _register(session, case, way)
    runner = JobRunner()
    made = Office(workspace, runner, QSettings(str(folder / "one.ini"), QSettings.Format.IniFormat))
    yield made
    made.page.deleteLater()
    runner.close()
    workspace.database.close()


def _register(session: Any, case: Case, way: str) -> None:  # noqa: ANN401
    values = {"code": f"{way}-{case.name}", "name": f"{case.name}项目{way}（虚构）", **case.before}
    if way == "undo":  # it was there already, and lawfully
        values |= {"nature": "research", "signed_on": "2026-11-01", **case.before, **case.step, "status": "active"}
        values.pop("status_reason", None)
    if way == "other":
        values = {"code": values["code"], "name": values["name"], **case.step}
    made = create(session, "leads", values)
    if way not in ("undo", "other"):
        _put_in_the_way(session, case, made.code)


def _put_in_the_way(session: Any, case: Case, code: str) -> None:  # noqa: ANN401
    for kind, values in case.records.items():
        create(session, kind, {"lead": code, **values})


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_step_is_taken_on_every_way_or_on_none(office: Office, case: Case, tmp_path: Path) -> None:
    answers = {way: take(office, case, tmp_path) for way, take in WAYS.items()}
    with office.database.read() as session:
        codes = {way: f"{way}-{case.name}" for way in WAYS}
        stages = {each.code: each.values["stage"] for each in load(session, "leads")}
    wanted = case.before["stage"] if case.told else case.step["stage"]
    assert {way: stages[code] for way, code in codes.items()} == dict.fromkeys(WAYS, wanted)
    assert {way: case.told in answer and bool(answer) is bool(case.told) for way, answer in answers.items()} == (
        dict.fromkeys(WAYS, True)
    )
