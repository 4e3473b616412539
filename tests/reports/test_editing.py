"""What an officer changes before a document goes out: it is printed, told, and held against the data."""

from __future__ import annotations

import io

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from crm.i18n import use_language
from reports.brief import compose_brief
from reports.content import Body, Centred, Document, Heading, Table
from reports.dossier import compose_dossier
from reports.editing import Doubt, Edits, PartKind, doubt_text, doubts, edited, left_out, parts_of
from reports.keeping import compose_kept, kept
from tests.reports.made import SPREAD, drive, facts

BRIEF = compose_brief(drive()).source


def text_of(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def conclusion() -> int:
    return next(number for number, block in enumerate(BRIEF.blocks) if isinstance(block, Body))


def heading(word: str, document: Document = BRIEF) -> int:
    return next(
        number for number, block in enumerate(document.blocks) if isinstance(block, Heading) and word in block.text
    )


def test_nothing_changed_is_the_same_document() -> None:
    assert edited(BRIEF, Edits()) is BRIEF
    same = Edits({part.number: part.text for part in parts_of(BRIEF) if part.can_rewrite})
    assert edited(BRIEF, same) is BRIEF
    assert not edited(BRIEF, Edits()).edited


def test_a_rewritten_paragraph_is_printed_in_pdf_and_word_and_told() -> None:
    composed = compose_brief(drive()).rewritten(Edits({conclusion(): "拟由区政府会商后再定。"}))
    assert composed.edited
    for text in (
        text_of(composed.pdf()),
        "".join(each.text for each in docx.Document(io.BytesIO(composed.word())).paragraphs),
    ):
        assert "拟由区政府会商后再定。" in text
        assert "本件文字经人工修改：改写1段，略去0处。" in text
        assert "可选整改" not in text
    assert composed.digest == BRIEF.digest  # of the facts: they did not change


def test_what_is_left_out_takes_what_stands_below_and_headings_are_numbered_anew() -> None:
    gone = heading("供地门槛核验")
    made = edited(BRIEF, Edits(out=frozenset((gone,))))
    heads = [block.text for block in made.blocks if isinstance(block, Heading)]
    assert heads == ["一、项目概况", "二、载体与基金匹配", "三、推进情况与下一步"]
    assert not any("试算结论" in text for _where, text in made.texts())
    told = next(text for _where, text in made.texts() if "人工修改" in text)
    assert told == f"本件文字经人工修改：改写0段，略去{len(left_out(BRIEF, Edits(out=frozenset((gone,)))))}处。"


def test_a_part_below_a_heading_of_the_second_level_goes_alone() -> None:
    dossier = compose_dossier(drive()).source
    gone = left_out(dossier, Edits(out=frozenset((heading("线索来源", dossier),))))
    after = heading("产业与性质", dossier)
    assert gone == frozenset(range(heading("线索来源", dossier), after))


def test_day_mark_of_invention_and_last_line_stay_whatever_is_asked() -> None:
    every = Edits(dict.fromkeys(range(len(BRIEF.blocks)), "改"), frozenset(range(len(BRIEF.blocks))))
    made = edited(BRIEF, every)
    assert made.blocks[-1] == BRIEF.blocks[-1]
    assert [block for block in made.blocks if isinstance(block, Centred)] == [
        block for block in BRIEF.blocks if isinstance(block, Centred)
    ]
    assert {part.kind for part in parts_of(BRIEF)} <= set(PartKind)
    assert not any(isinstance(BRIEF.blocks[part.number], Centred) for part in parts_of(BRIEF))


def test_tables_are_not_rewritten() -> None:
    tables = {number: "9999" for number, block in enumerate(BRIEF.blocks) if isinstance(block, Table)}
    assert edited(BRIEF, Edits(tables)) is BRIEF


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("试算结论（待核口径）：不达标。可选整改：税收提高到6000.00万元。", []),
        ("试算结论（待核口径）：不达标。可选整改：税收提高到6500万元。", [("figure", "6500万")]),
        ("试算结论（待核口径）：达标。", [("verdict", "达标")]),
        ("不达标，用地27亩以内可行。", [("trial", "试算结论（待核口径）")]),
        ("试算结论（待核口径）：不达标，2026年12月6日会商。", [("figure", "2026年12月6日")]),
        ("试算结论（待核口径）：不达标，2026年12月5日会商。", []),
    ],
)
def test_words_that_contradict_the_data_are_told(text: str, found: list[tuple[str, str]]) -> None:
    number = conclusion()
    told = doubts(BRIEF, Edits({number: text}))
    assert told == [Doubt(number, *each) for each in found]
    assert all(doubt_text(each) for each in told)


def test_what_is_left_out_is_not_held_against_the_data() -> None:
    gone = frozenset((heading("供地门槛核验"),))
    assert doubts(BRIEF, Edits({conclusion(): "达标9999万元"}, gone)) == []


def test_the_edit_is_kept_with_the_release() -> None:
    composed = compose_brief(drive()).rewritten(Edits({conclusion(): "另行会商。"}, frozenset((heading("载体"),))))
    again = compose_kept(kept(composed))
    assert again.edited
    assert again.pdf() == composed.pdf()
    assert again.word() == composed.word()


def test_the_words_of_a_doubt_are_english_too() -> None:
    with use_language("en"):
        composed = compose_brief(drive())
        number = next(place for place, block in enumerate(composed.source.blocks) if isinstance(block, Body))
        [doubt] = [each for each in doubts(composed.source, Edits({number: "Now 77 mu."})) if each.code == "figure"]
        assert doubt_text(doubt) == "“77” stands nowhere in the data of this document."


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_edit_prints_and_is_kept(data: st.DataObject) -> None:
    composed = compose_brief(facts(SPREAD))
    numbers = st.integers(0, len(composed.source.blocks) - 1)
    texts = data.draw(
        st.dictionaries(numbers, st.text(alphabet="税亩达标不0123.,万亿元年月日（）\n <>&", max_size=60), max_size=4)
    )
    edits = Edits(texts, frozenset(data.draw(st.sets(numbers, max_size=6))))
    made = composed.rewritten(edits)
    doubts(composed.source, edits)
    assert made.count >= 1
    assert compose_kept(kept(made)).pdf() == made.pdf()
