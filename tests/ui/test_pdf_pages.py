from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from crm.errors import FileRefusedError
from reports.content import Body, Document, line
from reports.page import compose
from ui.pdf_pages import picture_pages


def test_every_page_becomes_a_picture_with_ink(tmp_path: Path, qtbot: QtBot) -> None:  # noqa: ARG001  (starts Qt)
    blocks = [Body(line("项目拟落户高铁新城")) for _line in range(30)]
    pdf = tmp_path / "简报[1].pdf"
    pdf.write_bytes(compose(Document("项目简报", "简报", "", "zh_CN", blocks)).pdf())
    (tmp_path / "简报[1]-9.png").write_bytes(b"of an earlier version")
    (tmp_path / "简报1-2.png").write_bytes(b"of another file")
    pictures = picture_pages(pdf, tmp_path, dots=50)
    assert [path.name for path in pictures] == ["简报[1]-1.png", "简报[1]-2.png"]
    assert sorted(path.name for path in tmp_path.glob("*.png")) == ["简报1-2.png", "简报[1]-1.png", "简报[1]-2.png"]
    image = QImage(str(pictures[0]))
    assert (image.width(), image.height()) == (413, 585)
    assert image.pixelColor(2, 2).lightness() == 255
    greys = {image.pixelColor(x, y).lightness() for x in range(80, 330) for y in range(105, 125)}
    assert min(greys) < 128


def test_what_is_no_pdf_is_told(tmp_path: Path, qtbot: QtBot) -> None:  # noqa: ARG001  (starts Qt)
    wrong = tmp_path / "a.pdf"
    wrong.write_text("<html>")
    with pytest.raises(FileRefusedError, match=r"a\.pdf"):
        picture_pages(wrong, tmp_path)
