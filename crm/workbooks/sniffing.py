"""What a file is, by its first bytes and not by its name (stage 0, reliability.md §4.9)."""

from __future__ import annotations

import re

from crm.workbooks.limits import Refusal

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00", b"\x09\x08\x10\x00")
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
)
_MARKUP_START = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<")
_HTML = re.compile(rb"(?i)<(?:html|table|!doctype\s+html|body|head|meta|style|div)\b")
_XML_WORKBOOK = re.compile(rb'progid="Excel\.Sheet"|urn:schemas-microsoft-com:office:spreadsheet')
_SECTOR, _FILEPASS = 512, 0x2F
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def sniff(content: bytes) -> str:
    """Return ``zip``, ``ole``, ``html`` or ``text``.

    Raises:
        Refusal: the file is something else, or nothing at all.
    """
    if not content.strip(b"\0\t\r\n \xef\xbb\xbf"):
        raise Refusal("blank")
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if content.startswith(_OLE):
        _refuse_other_documents(content)
        return "ole"
    if content.startswith(_OLD_EXCEL):
        raise Refusal("old_excel")
    head = content[:8192]
    _refuse_other_texts(head)
    return "html" if _MARKUP_START.match(head) and _HTML.search(head) else "text"


def _refuse_other_texts(head: bytes) -> None:
    """Refuse what is neither zip nor OLE and yet no csv."""
    for start, code in _OTHERS:
        if head.startswith(start) and (code != "picture" or b"\0" in head):
            raise Refusal(code)
    if _XML_WORKBOOK.search(head):
        raise Refusal("xml_workbook")
    if head.lstrip()[:13].lower() == b"mime-version:":
        raise Refusal("html")
    if b"\0" in head and not head.startswith(_UTF16_MARKS):
        raise Refusal("not_a_workbook")


def _refuse_other_documents(content: bytes) -> None:
    """Look at the names of the streams of an OLE file; they are UTF-16 in its directory."""

    def has(name: str) -> bool:
        return re.search(re.escape(name.encode("utf-16-le")), content, re.IGNORECASE) is not None

    if has("EncryptedPackage"):
        raise Refusal("encrypted")
    if not has("Workbook") and not has("Book"):
        raise Refusal("word" if has("WordDocument") else "not_a_workbook")
    if _is_locked(content):
        raise Refusal("encrypted")


def _is_locked(content: bytes) -> bool:
    """Return whether an .xls is encrypted: FILEPASS stands among the first records (MS-XLS 2.4.117)."""
    for match in re.finditer(rb"\x09\x08\x10\x00\x00\x06\x05\x00", content):
        place = match.start()
        if place % _SECTOR == 0:
            break
    else:
        return False
    for _record in range(8):
        kind, length = int.from_bytes(content[place : place + 2], "little"), content[place + 2 : place + 4]
        if kind == _FILEPASS:
            return True
        place += 4 + int.from_bytes(length, "little")
    return False


def zip_kind(names: list[str]) -> str:
    """Return ``xlsx``, ``xlsb`` or ``ods``, by the parts of a package.

    Raises:
        Refusal: it is another kind of package.
    """
    lowered = {name.lower() for name in names}
    if "xl/workbook.bin" in lowered:
        return "xlsb"
    if "content.xml" in lowered:
        return "ods"
    if any(name.startswith("word/") for name in lowered):
        raise Refusal("word")
    if any(name.startswith("ppt/") for name in lowered):
        raise Refusal("not_a_workbook")
    if any(name.startswith("index/") and name.endswith(".iwa") for name in lowered):
        raise Refusal("numbers")
    if "xl/workbook.xml" not in lowered and "[content_types].xml" not in lowered:
        raise Refusal("archive")
    return "xlsx"
