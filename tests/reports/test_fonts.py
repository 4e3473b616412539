from __future__ import annotations

import io
import struct
from pathlib import Path
from threading import Thread

from pypdf import PdfReader

from crm.resources import resource_folder
from reports.content import Body, Document, line
from reports.fonts import BUNDLED, Role, bundled_fonts, installed_fonts
from reports.glyphs import readable_cmap
from reports.page import compose


def test_every_bundled_face_is_there_with_its_licence() -> None:
    folder = resource_folder() / "fonts"
    names = {name for chain in BUNDLED.values() for name in chain}
    assert names == {path.stem for path in folder.glob("*.ttf")}
    assert all("SIL OPEN FONT LICENSE" in path.read_text("utf-8") for path in folder.glob("OFL-*.txt"))
    assert sum(path.stat().st_size for path in folder.glob("*.ttf")) < 32_000_000


def test_two_threads_load_a_face_once() -> None:
    found: list[object] = []
    threads = [Thread(target=lambda: found.append(bundled_fonts().first(Role.HEAD))) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(map(id, found))) == 1


def test_an_installed_face_comes_first_only_when_asked(tmp_path: Path) -> None:
    source = resource_folder() / "fonts" / "NotoSansJP-Names.ttf"
    (tmp_path / "simfang.ttf").write_bytes(source.read_bytes())
    (tmp_path / "FZXBSJW.TTF").write_bytes(b"not a font")
    (tmp_path / "simhei.ttf").write_bytes(_restricted(source.read_bytes()))
    found = installed_fonts((tmp_path,))
    assert found.name == "installed:simfang"
    assert found.first(Role.BODY).name == "simfang"
    assert found.first(Role.TITLE).name == "NotoSerifSC-Bold"
    assert found.first(Role.HEAD).name == "NotoSansSC-SemiBold"
    pdf = compose(Document("简报", "简报", "", "zh_CN", [Body(line("𠮷国"))]), found).pdf()
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.metadata is not None
    assert reader.metadata.creator == "相土 Xiangtu (installed:simfang)"
    assert "𠮷国" in reader.pages[0].extract_text()
    assert bundled_fonts().first(Role.BODY).name == "NotoSerifSC-Regular"


def _restricted(font: bytes) -> bytes:
    """Return the face with its maker's mark that it may not be embedded (OS/2 fsType 2)."""
    changed = bytearray(font)
    for number in range(struct.unpack(">H", font[4:6])[0]):
        tag, _sum, offset, _length = struct.unpack(">4sLLL", font[12 + 16 * number : 28 + 16 * number])
        if tag == b"OS/2":
            changed[offset + 8 : offset + 10] = b"\x00\x02"
    return bytes(changed)


def test_the_map_back_to_characters_is_readable() -> None:
    text = readable_cmap("X", [0, *range(0x4E00, 0x4E00 + 150), 0x2CB4E])
    assert "100 beginbfchar" in text
    assert "51 beginbfchar" in text
    assert "<0097> <D872DF4E>" in text
    assert "<0000>" not in text.replace("<0000> <FFFF>", "")
