"""The states of the window, each put up by a small function; the name of a scene is the name of its picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication

from crm.domain.fields.reading import read_value
from crm.domain.fields.registry import LEAD_FIELDS
from crm.errors import DatabaseError
from crm.i18n import _
from crm.jobs.demonstration import LEDGERS
from ui.capture.dialog import CaptureDialog
from ui.documents.preview import DocumentPreview
from ui.gallery.import_scenes import import_applied, import_file, import_page
from ui.gallery.studio import Studio
from ui.imports.page import QUESTIONS, ROWS
from ui.leads.bulk_dialog import BulkDialog
from ui.leads.conditions_dialog import ConditionsDialog
from ui.leads.stage_dialog import StageDialog
from ui.pictures import settle, wait_for
from ui.preferences.dialog import PreferencesDialog
from ui.preferences.keys_dialog import KeysDialog
from ui.widgets.conflict_dialog import ConflictDialog
from ui.widgets.dialogs import open_dialog
from ui.widgets.palette import Palette

NOT_MET, NO_LAND, INCOMPLETE, CONSULT = "电驱动总成", "自动驾驶算法", "智能检测装备", "跨区协同"
OVERVIEW, FACTS, THRESHOLD, MATCH, FOLLOW_UPS, HISTORY = range(6)

PASTED = (
    "今天上海路演认识两家（虚构）：\n1、苏州星瀚传感科技有限公司，李总 13900000001，想在高铁新城拿地25亩，"
    "总投资约5亿元，达产后年税收5000万，估值20亿，明年6月前要用\n2、泽朗半导体（上海）有限公司，B轮，计划投资2-3亿，需要厂房8000平米，"
    "联系人王海波 138 0000 0002"
)

Scene = Callable[[Studio], Any]


# -- the list and one lead


def _list(studio: Studio) -> None:
    studio.peek_at(None, OVERVIEW)


def _peek(studio: Studio, tab: int, name: str | None = None) -> None:
    studio.peek_at(name, tab)


def _match_open(studio: Studio) -> None:
    studio.peek_at(NO_LAND, MATCH)
    panel = studio.leads.peek.match
    for key in ("communities", "funds"):
        panel._open |= {f"{key}:{one['code']}" for one in panel._document[key]["recommended"][:1]}
        panel._open.add(f"{key}:refused")  # as a click on its links
    panel._fill()
    settle(50)


def _follow_up_wrong(studio: Studio) -> None:
    studio.peek_at(None, FOLLOW_UPS)
    card = studio.leads.peek.follow_up
    card.entry.setPlainText("与企业确认用地规模、投产年份和达产年税收（虚构）")
    card.due.setText("明年")
    card.keep.click()


def _chosen(studio: Studio) -> None:
    studio.leads.list.view.choose_rows([1, 2, 4], 2)
    studio.window.toast.tell(_("Changed."), _("Undo"), lambda: None)


def _filtered(studio: Studio) -> None:
    before = studio.leads.list.model.rowCount()
    for facet, code in (("stages", "negotiation"), ("verdicts", "met"), ("verdicts", "not_met")):
        menu = studio.leads.list.bar.show_menu(facet, [(code, 9)])
        menu.actions()[0].trigger()
        menu.close()
    wait_for(lambda: 0 < studio.leads.list.model.rowCount() < before)
    studio.settled()
    settle(200)


ASKED = "(annual_tax >= 3000万元 or land is empty) and (stage in (线索, 研判, 在谈) and planned_investment >= 1亿元)"


def _conditions(studio: Studio) -> None:
    pane = studio.leads.list
    pane.take_filter(replace(pane.where, conditions=ASKED))
    studio.settled()
    settle(200)


def _conditions_dialog(studio: Studio) -> None:
    _conditions(studio)
    studio.leads.list.open_conditions()
    dialog = studio.leads.findChildren(ConditionsDialog)[-1]
    wait_for(lambda: any(each.isdigit() for each in dialog.count.text()))
    settle(100)


def _menu_of_a_chip(studio: Studio) -> None:
    studio.leads.list.bar.show_menu(
        "stages", [("lead", 3), ("assessment", 4), ("negotiation", 12), ("review", 2), ("signed", 9), ("", 2)]
    )


def _menu_of_a_row(studio: Studio) -> None:
    view = studio.leads.list.view
    studio.leads._menu(view.viewport().mapToGlobal(view.viewport().rect().center()))  # a right click


def _nothing_fits(studio: Studio) -> None:
    menu = studio.leads.list.bar.show_menu("stages", [("full_production", 0)])
    menu.actions()[0].trigger()
    menu.close()
    wait_for(lambda: studio.leads.list.model.rowCount() == 0)


def _failed(studio: Studio) -> None:
    pane = studio.leads.list
    message = _("This database may only be read; changes are not possible.")
    pane._fail(pane._asked, DatabaseError(message))  # as an answer that went wrong


def _loading(studio: Studio) -> None:
    pane = studio.leads.list
    pane._states.setCurrentWidget(pane._loading)  # as after 200 ms without an answer


def _board(studio: Studio) -> None:
    studio.leads.shapes.show_shape("board")
    wait_for(lambda: studio.leads.shapes.board is not None and studio.leads.shapes.board.is_settled())
    settle(200)


def _read_only(studio: Studio) -> None:
    studio.window.set_banner(_("This database may only be read; changes are not possible."))


def _agenda(studio: Studio, day: date | None = None) -> None:
    page: Any = studio.window.go("agenda")
    wait_for(page.is_settled)
    if day is not None:
        page.show_week(day)
        wait_for(page.is_settled)
    settle(200)


def _plan(studio: Studio) -> None:
    _agenda(studio)
    page: Any = studio.window.go("agenda")
    page.acts.new(date(2026, 2, 14)).keep.click()


def _paste(studio: Studio, text: str) -> None:
    QApplication.clipboard().setText(text)
    studio.window.paste_asked.emit()
    wait_for(lambda: bool(studio.window.findChildren(CaptureDialog)))
    dialog = studio.window.findChildren(CaptureDialog)[-1]
    wait_for(dialog.is_settled)
    settle(400)


# -- dialogs


def _form(studio: Studio, name: str | None = None, field: str = "") -> Any:  # noqa: ANN401  (the form)
    editing = studio.leads.editing
    if name is None:
        editing.new()
    else:
        studio.peek_at(name, OVERVIEW)
        editing.edit(studio.leads.list.current_id(), field)
    wait_for(lambda: editing.form is not None)
    settle(80)
    return editing.form


def _form_known(studio: Studio) -> None:
    form = _form(studio)
    form.lines["name"].put("新能源电驱动总成（虚构）")
    form.lines["investor"].put("电驰动力科技有限公司（虚构）")
    form.lines["planned_investment"].put("1.2亿")
    settle(900)


def _form_sectors(studio: Studio) -> None:
    form = _form(studio)
    form.lines["name"].put("车规级激光雷达芯片产线（虚构）")
    form.lines["notes"].put("从事激光雷达芯片、传感器的研发与生产，为自动驾驶整车厂配套")
    form.sectors.ask.click()
    settle(300)


def _form_wrong(studio: Studio) -> None:
    form = _form(studio)
    form.lines["name"].put("量子测量装备（虚构）")
    form.lines["credit_code"].put("91320507MA9XC00254")
    form.lines["planned_investment"].put("很多")
    form.lines["annual_tax"].put("4500-5500")
    form.keep.click()
    settle(300)
    form._scroll.verticalScrollBar().setValue(0)  # a picture of its head


def _stage_dialog(studio: Studio) -> None:
    studio.peek_at(NOT_MET, OVERVIEW)
    dialog = StageDialog(studio.leads.peek.facts_shown.values, studio.tokens, studio.leads)
    open_dialog(dialog)
    dialog.stage.setCurrentIndex(dialog.stage.findData("land_supplied"))
    settle(60)


def _bulk(studio: Studio, field: str) -> None:
    ids = [int(each) for each in studio.leads.list.model.ids[:6]]
    dialog = BulkDialog(studio.desk, ids, field, studio.leads)
    dialog.owner.setText("陈某")
    dialog.stage.setCurrentIndex(dialog.stage.findData("signed"))
    open_dialog(dialog)
    wait_for(dialog.take.isEnabled if field == "owner" else lambda: bool(dialog.details.text()))


def _conflict(studio: Studio) -> None:
    studio.peek_at(NOT_MET, OVERVIEW)
    before = dict(studio.leads.peek.facts_shown.values)
    theirs = before | {"owner": "陈某", "annual_tax": read_value(LEAD_FIELDS["annual_tax"], "5600万元")}
    mine = {
        "owner": "周某",
        "annual_tax": read_value(LEAD_FIELDS["annual_tax"], "6000-6200万元"),
        "notes": "企业来函确认达产年税收（虚构）",
    }
    theirs["notes"] = "电话沟通：一期先供20亩，二期视税收兑现情况再供（虚构）"
    open_dialog(ConflictDialog(before, theirs, mine, studio.tokens, studio.window))


def _preferences(studio: Studio) -> None:
    open_dialog(PreferencesDialog(studio.xiangtu.look, "D:\\招商\\相土.db", studio.window))


def _keys(studio: Studio) -> None:
    open_dialog(KeysDialog(studio.tokens, studio.window))


def _calculator(studio: Studio, **texts: str) -> None:
    page: Any = studio.window.go("calculator")
    wait_for(lambda: len(page.cards) > 1)
    for name, text in texts.items():
        page.figures.lines[name].put(text)
    settle(150)


def _records(studio: Studio, kind: str, part: int = 0, place: int = 0) -> Any:  # noqa: ANN401  (the page)
    page: Any = studio.window.go("resources")
    page.show_kind(kind)
    wait_for(lambda: page._rows and page._rows[0].record.kind == kind)
    page.table.selectRow(place)
    settle(100)
    page.detail.tabs.setCurrentIndex(part)
    if part == 1:
        wait_for(lambda: page.detail.fits._fits is not None)
    settle(150)
    return page


def _records_form(studio: Studio) -> None:
    page = _records(studio, "funds")
    page._edit("ticket_low")
    wait_for(lambda: page.editing.form is not None)
    page.editing.form.lines["ticket_low"].put("1千万")
    page.editing.form.lines["ticket_high"].put("很多")


def _records_none(studio: Studio) -> None:
    page = _records(studio, "plots")
    page.filter.setText("不存在")
    wait_for(lambda: not page._rows)
    settle(100)


def _history(studio: Studio, part: int = 0, text: str = "") -> None:
    page: Any = studio.window.go("history")
    page.show_part(part)
    shown = page.batches if part else page.sets
    shown.filter.setText(text)
    wait_for(lambda: shown.model.rowCount() > 0 or bool(text) or bool(part))  # nothing need have been imported
    settle(400)


def _releases(studio: Studio) -> None:
    studio.window.go("releases")
    settle(400)  # nothing need have left the house


def _matching(studio: Studio, way: int = 0, moved: int | None = None) -> None:
    page: Any = studio.window.go("matching")
    page.tabs.setCurrentIndex(way)
    wait_for(lambda: bool(page._choices) and page._choices[0].kind != ("leads" if way else "communities"))
    names = [one.name for one in page._choices]
    page.list.setCurrentRow(next((place for place, name in enumerate(names) if NO_LAND in name), 0))
    if moved is not None:
        page.weights.sliders["community", "industry"].setValue(moved)
    settle(700)


def _rules(studio: Studio, part: int = 0) -> Any:  # noqa: ANN401  (the page)
    page: Any = studio.window.go("preferences")
    page.tabs.setCurrentIndex(part)
    settle(400)
    return page


def _rules_form(studio: Studio) -> None:
    page = _rules(studio)
    page.rules.new.click()
    settle(100)


def _statistics(studio: Studio) -> None:
    studio.window.go("statistics")
    settle(1200)


def _overview(studio: Studio, word: str) -> None:
    page: Any = studio.window.go("overviews")
    page.show_table(word)
    wait_for(page.is_settled)
    settle(200)


def _today(studio: Studio, *, mine: bool = False) -> None:
    page: Any = studio.window.go("today")
    if mine:
        page.mine.click()
    wait_for(page.is_settled)
    settle(200)


def _dashboard(studio: Studio, *, down: bool = False) -> None:
    page: Any = studio.window.go("dashboard")
    wait_for(page.is_settled)
    settle(400)
    bar = page._scroll.verticalScrollBar()
    bar.setValue(bar.maximum() if down else 0)
    settle(200)


def _palette(studio: Studio, text: str) -> None:
    studio.xiangtu._search()  # as by Ctrl+K
    found = next(each for each in QApplication.topLevelWidgets() if isinstance(each, Palette) and each.isVisible())
    found.line.setText(text)
    wait_for(lambda: not found._waiting)
    settle(60)


def _preview(studio: Studio) -> None:
    studio.peek_at(NOT_MET, OVERVIEW)
    studio.leads.document_asked.emit("brief", [studio.leads.list.current_id()])  # as by Ctrl+P

    def shown() -> DocumentPreview | None:
        found = (each for each in QApplication.topLevelWidgets() if isinstance(each, DocumentPreview))
        return next((each for each in found if each.isVisible()), None)

    wait_for(lambda: (one := shown()) is not None and one.document.status() == QPdfDocument.Status.Ready)
    settle(1500)  # the pages are drawn by a thread of QtPdf that tells nobody when it has done


def _edited(studio: Studio) -> None:
    """Show the form beside a brief, with a sentence the data do not bear out."""
    _preview(studio)
    preview = next(each for each in QApplication.topLevelWidgets() if isinstance(each, DocumentPreview))
    preview.edit.click()
    panel: Any = preview.panel
    panel.list.setCurrentRow(next(at for at, part in enumerate(panel._parts) if part.can_rewrite and part.level))
    panel.text.setPlainText(panel.text.toPlainText() + "9999万元。")
    wait_for(panel.doubts.isVisible)
    settle(1500)


# -- without a lead


def _first_run(studio: Studio) -> None:
    studio.window.resize(*studio.wear.frame.logical)
    studio.xiangtu._first_run(Path("D:/招商/相土.db"))  # as at the first start


def _new_database(studio: Studio) -> None:
    _first_run(studio)
    studio.xiangtu._begin(Path("D:/招商/相土.db"), lambda: None)  # as by its button


ON_DEMONSTRATION: dict[str, Scene] = {
    "list": _list,
    "peek-not-met": partial(_peek, tab=OVERVIEW, name=NOT_MET),
    "peek-no-land": partial(_peek, tab=OVERVIEW, name=NO_LAND),
    "peek-incomplete": partial(_peek, tab=OVERVIEW, name=INCOMPLETE),
    "peek-consult": partial(_peek, tab=THRESHOLD, name=CONSULT),
    "peek-facts": partial(_peek, tab=FACTS, name=NOT_MET),
    "peek-threshold": partial(_peek, tab=THRESHOLD, name=NOT_MET),
    "peek-match": partial(_peek, tab=MATCH, name=NO_LAND),
    "peek-match-open": _match_open,
    "peek-follow-ups": partial(_peek, tab=FOLLOW_UPS),
    "peek-follow-up-wrong": _follow_up_wrong,
    "peek-history": partial(_peek, tab=HISTORY, name=NOT_MET),
    "chosen": _chosen,
    "filtered": _filtered,
    "menu-chip": _menu_of_a_chip,
    "conditions": _conditions,
    "dialog-conditions": _conditions_dialog,
    "menu-row": _menu_of_a_row,
    "empty-filter": _nothing_fits,
    "error": _failed,
    "loading": _loading,
    "board": _board,
    "form-new": _form,
    "form-edit": partial(_form, name=NOT_MET),
    "form-known": _form_known,
    "form-wrong": _form_wrong,
    "agenda": _agenda,
    "agenda-open-year": partial(_agenda, day=date(2090, 10, 3)),
    "plan": _plan,
    "paste": partial(_paste, text=PASTED),
    "paste-none": partial(_paste, text="没什么新进展，下月再联系"),
    "form-sectors": _form_sectors,
    "stage-dialog": _stage_dialog,
    "bulk-owner": partial(_bulk, field="owner"),
    "bulk-refused": partial(_bulk, field="stage"),
    "conflict": _conflict,
    "preferences": _preferences,
    "keys": _keys,
    "today": _today,
    "today-mine": partial(_today, mine=True),
    "dashboard": _dashboard,
    "dashboard-field": partial(_dashboard, down=True),
    "statistics": _statistics,
    "overview": partial(_overview, word="registers"),
    "overview-land": partial(_overview, word="land"),
    "communities": partial(_records, kind="communities"),
    "communities-fits": partial(_records, kind="communities", part=1),
    "communities-slot": partial(_records, kind="communities", place=12),
    "funds-fits": partial(_records, kind="funds", part=1),
    "plots": partial(_records, kind="plots", part=2),
    "records-form": _records_form,
    "records-none": _records_none,
    "history": _history,
    "history-none": partial(_history, text="没有这样的事"),
    "import-batches": partial(_history, part=1),
    "releases": _releases,
    "matching": _matching,
    "matching-weights": partial(_matching, moved=10),
    "matching-resource": partial(_matching, way=1),
    "rules": _rules,
    "rules-form": _rules_form,
    "weights": partial(_rules, part=1),
    "dictionaries": partial(_rules, part=2),
    "calculator-empty": _calculator,
    "calculator": partial(
        _calculator, land="32亩", annual_tax="5600", planned_investment="6.8亿", land_use="industrial"
    ),
    "calculator-wrong": partial(_calculator, land="三百", annual_tax="200万美元"),
    "palette": partial(_palette, text="gd"),
    "palette-none": partial(_palette, text="不存在的项目"),
    "preview": _preview,
    "document-edited": _edited,
    "import-page": import_page,
    "import-known": partial(import_file, name=LEDGERS[0]),
    "import-known-rows": partial(import_file, name=LEDGERS[0], step=ROWS),
    "read-only": _read_only,
}
ON_RESOURCES: dict[str, Scene] = {
    "empty-first-run": lambda _studio: settle(300),
    "today-empty": _today,
    "import-columns": partial(import_file, name=LEDGERS[1]),
    "import-questions": partial(import_file, name=LEDGERS[1], step=QUESTIONS),
    "import-doubtful": partial(import_file, name=LEDGERS[0], step=ROWS),
    "import-applied": import_applied,
}
ON_EXTREMES: dict[str, Scene] = {
    "extremes": _list,
    "extremes-facts": partial(_peek, tab=FACTS, name="超长"),
    "extremes-rare": partial(_peek, tab=FACTS, name="𠮷"),
    "extremes-huge": partial(_peek, tab=THRESHOLD, name="巨额"),
    "extremes-board": _board,
    "extremes-today": _today,
    "extremes-matching": _matching,
    "extremes-dashboard": partial(_dashboard, down=True),
}
ON_NOTHING: dict[str, Scene] = {"first-run": _first_run, "new-database": _new_database}
SCENES = (*ON_DEMONSTRATION, *ON_RESOURCES, *ON_EXTREMES, *ON_NOTHING)
