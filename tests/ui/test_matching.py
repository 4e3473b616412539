"""The page of matching: both directions, other weights tried and nothing stored."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from crm.queries.dictionaries import weights_versions
from ui.application import Xiangtu
from ui.leads.page import LeadsPage
from ui.matching.page import BY_RESOURCE, MatchingPage
from ui.pictures import settle, wait_for


@pytest.fixture
def matching(page: LeadsPage, xiangtu: Xiangtu) -> MatchingPage:
    """Return the page with the leads at the left."""
    del page
    assert xiangtu.window is not None
    shown = xiangtu.window.go("matching")
    assert isinstance(shown, MatchingPage)
    wait_for(lambda: bool(shown._choices) and bool(shown.weights.sliders))
    return shown


def texts(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel))


def choose(page: MatchingPage, name: str) -> None:
    names = [one.name for one in page._choices]
    page.list.setCurrentRow(next(place for place, each in enumerate(names) if name in each))


def test_a_lead_has_its_resources_with_the_weights_in_force(matching: MatchingPage) -> None:
    choose(matching, "自动驾驶")
    wait_for(lambda: matching.name.text().startswith("自动驾驶") and "权重版本 2026-11" in texts(matching.panel))
    assert matching.weights.wanted() is None
    assert not matching.weights.keep.isEnabled()


def test_other_weights_are_tried_and_nothing_is_stored(matching: MatchingPage, xiangtu: Xiangtu) -> None:
    choose(matching, "自动驾驶")
    wait_for(lambda: "权重版本 2026-11" in texts(matching.panel))
    matching.weights.sliders["community", "industry"].setValue(10)
    moved = [slider.value() for (side, _part), slider in matching.weights.sliders.items() if side == "community"]
    assert (sum(moved), moved[0]) == (100, 10)
    wait_for(lambda: "权重版本 试算" in texts(matching.panel))
    assert "排序" in matching.told.text()
    kept: list[object] = []
    matching.weights.keep_asked.connect(kept.append)
    matching.weights.keep.click()
    assert len(kept) == 1
    assert xiangtu.desk is not None
    with xiangtu.desk.workspace.database.read() as session:
        assert [one.version for one in weights_versions(session)] == ["2026-11"]
    matching.weights.back.click()
    wait_for(lambda: "权重版本 2026-11" in texts(matching.panel))
    settle(50)


def test_a_resource_has_its_leads_and_slots_are_not_offered(matching: MatchingPage, page: LeadsPage) -> None:
    matching.tabs.setCurrentIndex(BY_RESOURCE)
    wait_for(lambda: bool(matching._choices) and matching._choices[0].kind == "communities")
    assert not any(one.name.startswith(("RC-", "F-0")) for one in matching._choices)
    wait_for(lambda: matching.fits._fits is not None)
    matching.filter.setText("没有这样的")
    wait_for(lambda: not matching._choices)
    assert "没有符合" in texts(matching.states)
    matching.filter.clear()
    wait_for(lambda: bool(matching._choices) and matching.fits._fits is not None)
    assert page is not None
    settle(50)
