"""A list of any length: rows by page, the first page before all ids are known."""

from __future__ import annotations

from ui.tables.paged_model import PAGE, Column, PagedTableModel


def _model() -> tuple[PagedTableModel, list[tuple[int, list[int]]]]:
    model = PagedTableModel([Column("name", "name", str)])
    needed: list[tuple[int, list[int]]] = []
    model.page_needed.connect(lambda page, ids: needed.append((page, list(ids))))
    return model, needed


def test_a_first_page_grows_and_its_rows_stay_until_the_whole_page_is_there() -> None:
    model, needed = _model()
    model.set_ids([5, 4, 3])
    model.set_page(0, [5, 4, 3], ["five", "four", "three"])
    every = list(range(PAGE + 2, 0, -1))
    model.set_ids(every[:3])
    model.set_page(0, every[:3], ["a", "b", "c"])
    model.extend_ids(every)
    assert model.rowCount() == PAGE + 2
    assert [model.row(place) for place in range(3)] == ["a", "b", "c"]
    assert model.row(3) is None  # on its way
    assert needed == [(0, every[:PAGE])]
    model.set_page(0, every[:3], ["late", "late", "late"])  # of the short page: overtaken
    assert model.row(0) == "a"
    model.set_page(0, every[:PAGE], [str(each) for each in every[:PAGE]])
    assert model.row(PAGE - 1) == str(every[PAGE - 1])
    assert model.row(PAGE) is None
    assert needed[1:] == [(1, every[PAGE:])]


def test_an_answer_for_other_rows_is_dropped() -> None:
    model, _needed = _model()
    model.set_ids([1, 2])
    model.set_page(0, [7, 8], ["seven", "eight"])
    assert model.row(0) is None
