"""The page of rules and settings: versions read, a new one by the form, words added and ended, weights kept."""

from __future__ import annotations

import pytest

from crm.domain.matching.weights import WEIGHTS, reweighted
from crm.queries.dictionaries import weights_versions
from ui.application import Xiangtu
from ui.leads.page import LeadsPage
from ui.pictures import settle, wait_for
from ui.preferences.page import WORDS, PreferencesPage


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
