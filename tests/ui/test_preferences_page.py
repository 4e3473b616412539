"""The page of rules and settings: versions read, a new one by the form, words added and ended, weights kept."""

from __future__ import annotations

import pytest

from crm.domain.matching.weights import WEIGHTS, reweighted
from crm.queries.deadlines import load_limits
from crm.queries.dictionaries import weights_versions
from ui.application import Xiangtu
from ui.leads.page import LeadsPage
from ui.pictures import settle, wait_for
from ui.preferences.page import LIMITS, WORDS, PreferencesPage


@pytest.fixture
def preferences(page: LeadsPage, xiangtu: Xiangtu) -> PreferencesPage:
    """Return the page with the rules of the database."""
    del page
    assert xiangtu.window is not None
    shown = xiangtu.window.go("preferences")
    assert isinstance(shown, PreferencesPage)
    wait_for(lambda: bool(shown.rules.sets) and bool(shown.weights.versions))
    return shown


def test_a_new_version_of_the_rules_needs_every_sentence(preferences: PreferencesPage) -> None:
    preferences.rules.new.click()
    dialog = preferences.rules.dialog
    assert dialog is not None
    for name, text in (("code", "2027-01"), ("name", "2027年口径（虚构）"), ("source", "测试文件（虚构）")):
        dialog.facts[name].setText(text)
    dialog.keep.click()
    wait_for(lambda: "规定原文" in dialog._told.text())
    for _project, _per_mu, quote in dialog.lines.values():
        quote.setText("原文（虚构）")
    dialog.keep.click()
    wait_for(lambda: len(preferences.rules.sets) == 2)
    assert preferences.rules.sets[-1].name == "2027-01"
    settle(50)


def test_a_rate_is_added_shown_and_ended(preferences: PreferencesPage) -> None:
    preferences.tabs.setCurrentIndex(WORDS)
    words = preferences.words
    words.lines["term"].setText("USD")
    words.lines["meaning"].setText("709.50")
    words.lines["source"].setText("中国外汇交易中心")
    words.add.click()
    wait_for(lambda: "100" in words._told.text())
    words.lines["meaning"].setText("7.0950")
    words.add.click()
    wait_for(lambda: len(words.rows) == 1)
    assert words.model.text(0, 0) == "USD 美元"
    words.end.click()
    wait_for(lambda: words.rows[0].valid_to == words._today)
    words.lines["term"].setText("EUR")
    words.lines["meaning"].setText("8")
    words.lines["valid_from"].setText("明年")
    words.add.click()
    wait_for(lambda: bool(words._told.text()))
    assert len(words.rows) == 1
    settle(50)


def test_weights_that_were_tried_are_kept_with_their_source(preferences: PreferencesPage, xiangtu: Xiangtu) -> None:
    assert preferences.weights.card.isHidden()
    preferences.keep_weights(reweighted(WEIGHTS[-1], {"industry": 30, "space": 25}, {}, "试算"))
    preferences.weights.keep.click()
    wait_for(lambda: "请填写" in preferences.weights._told.text())
    preferences.weights.lines["source"].setText("党组会（虚构）")
    preferences.weights.keep.click()
    wait_for(lambda: len(preferences.weights.versions) == 2)
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.read() as session:
        assert weights_versions(session)[-1].community["industry"]["full"] == 30
    settle(50)


def test_limits_of_time_are_set_with_their_source_and_taken_back(
    preferences: PreferencesPage, xiangtu: Xiangtu
) -> None:
    preferences.tabs.setCurrentIndex(LIMITS)
    pane = preferences.limits
    wait_for(lambda: pane.lines["clock.respond"].text() == "1")
    assert not pane.keep.isEnabled()
    for key, days in (("clock.feedback", "5"), ("stay.review", "45"), ("quiet.review", "0")):
        pane.lines[key].setText(days)
    pane._mark()
    pane.keep.click()
    assert "1至3650天" in pane._told.text()
    pane.lines["quiet.review"].setText("20")
    pane._mark()
    pane.keep.click()
    wait_for(lambda: bool(pane._told.text()))  # who decided it is asked for
    pane.source.setText("局办公会纪要（虚构）")
    pane.keep.click()
    assert xiangtu.desk is not None
    assert xiangtu.window is not None
    database, undo = xiangtu.desk.workspace.database, xiangtu.window.undo_action

    def held() -> tuple[int, int]:
        with database.read() as session:
            limits = load_limits(session, pane._today)
        return limits.clocks["feedback"], limits.stay["review"]

    wait_for(lambda: held() == (5, 45))
    wait_for(lambda: pane._whose["stay.review"].text() == "本单位设定")
    assert undo.text() == "撤销：时限：修改3项"
    undo.trigger()
    wait_for(lambda: held() == (7, 30))
    wait_for(lambda: pane.lines["stay.review"].text() == "30")
