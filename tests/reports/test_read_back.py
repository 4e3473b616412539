"""What is read back from a PDF is what was put in: whole in the soak, a share of it in the suite."""

from __future__ import annotations

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from reports.content import Align, Block, Body, Cell, Document, Heading, Note, Table, Title, line
from reports.dossier import compose_dossier
from reports.fonts import bundled_fonts
from reports.page import compose
from reports.text import clean, stand_in
from tests.reports.made import DRIVE, facts

RARE = "昇璟喆䶮𬭎𠮷㛃囍鿋龘犇镕〇㐂①Ⅳ㎡㏊℃±−≥×·—…“”‘’《》〈〉（）【】"
ANY = st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Mc", "Me"))
_PIECES = st.one_of(
    st.sampled_from(RARE),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5),
    ANY,
    st.sampled_from(" \n0123.,%"),
)
TEXTS = st.lists(
    _PIECES,
    min_size=1,
    max_size=120,
).map("".join)


def squeezed(text: str) -> str:
    return "".join(text.split())


def printed(text: str) -> str:
    """Return a text as it must be read back: a character no font has as its code point."""
    cleaned = clean(text)
    lacking = set(bundled_fonts().lacks(cleaned))
    return squeezed("".join(stand_in(character) if character in lacking else character for character in cleaned))


def read_back(pdf: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def comes_back(text: str) -> None:
    """Put a text into every kind of block, and look for it in what a reader of the file sees."""
    words = line("始", text, "终")
    table = Table(((Cell(words), Cell(words)),), (1, 2), (Align.LEFT, Align.RIGHT))
    blocks: list[Block] = [Title("标题"), Heading("一、段"), Body(words), Note(words), table]
    pdf = compose(Document("文", "文", "", "zh_CN", blocks), stand_ins=True).pdf()
    assert read_back(pdf).count(f"始{printed(text)}终") >= 4


def comes_back_in_a_dossier(text: str) -> None:
    pdf = compose_dossier(facts({**DRIVE, "notes": f"始{text}终"}), stand_ins=True).pdf()
    assert f"始{printed(text)}终" in read_back(pdf)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_any_text_comes_back(text: str) -> None:
    comes_back(text)


STRANGE = [RARE, "昇璟喆䶮𬭎𠮷", "\U00020000\U0002a700", "<b>&amp;</b>", "a" * 300, "　全角　空格　"]


@pytest.mark.parametrize("text", STRANGE)
def test_rare_and_strange_texts_come_back_in_a_dossier(text: str) -> None:
    comes_back_in_a_dossier(text)


@pytest.mark.soak
@settings(max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_a_thousand_texts_come_back(text: str) -> None:
    comes_back(text)


@pytest.mark.soak
@settings(max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_a_thousand_texts_come_back_in_a_dossier(text: str) -> None:
    comes_back_in_a_dossier(text)
