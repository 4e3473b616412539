"""Answers about rows that may be known already, as they are written and read."""

from __future__ import annotations

import pytest

from crm.domain.imports.choices import Choice, answer_of, answers_of, read_choice, row_key
from crm.errors import ValueRefusedError


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("new", Choice("new")),
        ("skip", Choice("skip")),
        ("fill", Choice("fill")),
        ("fill:land,annual_tax", Choice("fill", frozenset({"land", "annual_tax"}))),
        ("fill@XT-2026-0001", Choice("fill", into="XT-2026-0001")),
        ("fill@A-1:*", Choice("fill", frozenset("*"), "A-1")),
    ],
)
def test_a_choice_is_read_as_it_is_written(text: str, choice: Choice) -> None:
    assert read_choice(text) == choice
    assert read_choice(answer_of(choice)) == choice


@pytest.mark.parametrize("text", ["", "maybe", "new:land", "skip@A-1", "fill:"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueRefusedError):
        read_choice(text)


def test_an_answers_file_holds_texts_and_choices() -> None:
    document = {"month:台账/F": 10, "duplicates": "skip", "duplicates:台账/5": {"do": "fill", "take": ["land"]}}
    assert answers_of(document) == {"month:台账/F": "10", "duplicates": "skip", "duplicates:台账/5": "fill:land"}
    assert (row_key("台账", 5), row_key("", 5)) == ("duplicates:台账/5", "duplicates:5")


@pytest.mark.parametrize("document", [[], {"a": None}, {"a": {"do": "fill", "with": 1}}, {"a": {"do": "eat"}}])
def test_an_answers_file_of_another_form_is_refused(document: object) -> None:
    with pytest.raises(ValueRefusedError):
        answers_of(document)
