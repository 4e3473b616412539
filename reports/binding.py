"""The pages made one file: faces, bookmarks, the structure of the document, and what the file says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from reports.content import Document
from reports.embedding import embed
from reports.pdf_file import PdfFile, text_string
from reports.pen import FAINT, Bookmark, Pen
from reports.styles import PAPER

_METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Keywords>{keywords}</pdf:Keywords><xmp:CreatorTool>{creator}</xmp:CreatorTool>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
"""XMP (ISO 16684-1): the properties once more, for programs that file documents."""


def bind(pen: Pen, document: Document, creator: str) -> bytes:
    """Return the file.

    Args:
        pen: that drew the pages.
        document: whose title, author, kind, digest and language the file tells.
        creator: of the program and its fonts.
    """
    file = PdfFile()
    root, tree = file.reserve(), file.reserve()
    pages = [file.reserve() for _page in pen.pages]
    _pages(file, pen, tree, pages)
    language = text_string(document.language.replace("_", "-"))
    told = f"/Lang {language}/ViewerPreferences<</DisplayDocTitle true>>/MarkInfo<</Marked true>>"
    told += f"/StructTreeRoot {pen.tags.write(file, pages)} 0 R"
    told += f"/Metadata {_metadata(file, document, creator)} 0 R"
    if pen.bookmarks:
        told += f"/PageMode/UseOutlines/Outlines {_outlines(file, pen.bookmarks, pages)} 0 R"
    file.put(root, f"<</Type/Catalog/Pages {tree} 0 R{told}>>")
    properties = (
        ("Title", document.title),
        ("Author", document.author),
        ("Subject", document.kind),
        ("Keywords", document.digest),
        ("Creator", creator),
    )
    return file.finish(root, file.add(f"<<{''.join(f'/{name} {text_string(text)}' for name, text in properties)}>>"))


def _pages(file: PdfFile, pen: Pen, tree: int, pages: Sequence[int]) -> None:
    faces = "".join(f"/{name} {embed(file, face.glyphs, codes)} 0 R" for name, face, codes in pen.faces())
    resources = file.add(f"<</Font<<{faces}>>/ExtGState<</Faint<</ca {FAINT}/CA {FAINT}>>>>>>")
    box = f"/MediaBox[0 0 {PAPER[0]:.2f} {PAPER[1]:.2f}]"
    for place, (number, code) in enumerate(zip(pages, pen.pages, strict=True)):
        content = file.stream("", code)
        file.put(
            number,
            f"<</Type/Page/Parent {tree} 0 R{box}/Resources {resources} 0 R/Contents {content} 0 R"
            f"/StructParents {place}/Tabs/S>>",
        )
    kids = " ".join(f"{number} 0 R" for number in pages)
    file.put(tree, f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>")


def _metadata(file: PdfFile, document: Document, creator: str) -> int:
    words = {
        "title": document.title,
        "author": document.author,
        "subject": document.kind,
        "keywords": document.digest,
        "creator": creator,
        "language": document.language.replace("_", "-"),
    }
    told = _METADATA.format(**{name: escape(text) for name, text in words.items()})
    return file.stream("/Type/Metadata/Subtype/XML", told.encode("utf-8", "replace"), compressed=False)


def _outlines(file: PdfFile, bookmarks: Sequence[Bookmark], pages: Sequence[int]) -> int:
    """Write the reader's list of headings; return the number of its root."""
    root = file.reserve()
    numbers = [file.reserve() for _bookmark in bookmarks]
    above, below = _families(bookmarks)
    for place, (title, _level, page, top) in enumerate(bookmarks):
        parent = above[place]
        kin = below[parent]
        at = kin.index(place)
        told = f"/Title {text_string(title)}/Parent {root if parent < 0 else numbers[parent]} 0 R"
        told += f"/Dest[{pages[page]} 0 R/XYZ null {top:.2f} null]"
        told += f"/Prev {numbers[kin[at - 1]]} 0 R" if at else ""
        told += f"/Next {numbers[kin[at + 1]]} 0 R" if at + 1 < len(kin) else ""
        if kids := below.get(place):
            told += f"/First {numbers[kids[0]]} 0 R/Last {numbers[kids[-1]]} 0 R/Count {len(kids)}"
        file.put(numbers[place], f"<<{told}>>")
    tops = below[-1]
    count = len(bookmarks)
    file.put(root, f"<</Type/Outlines/First {numbers[tops[0]]} 0 R/Last {numbers[tops[-1]]} 0 R/Count {count}>>")
    return root


def _families(bookmarks: Sequence[Bookmark]) -> tuple[list[int], dict[int, list[int]]]:
    """Return the place of the bookmark above each, and below each those it holds; −1 stands for the list itself."""
    above: list[int] = []
    below: dict[int, list[int]] = {-1: []}
    path: list[int] = []
    for place, bookmark in enumerate(bookmarks):
        path = path[: bookmark.level]
        above.append(path[-1] if path else -1)
        below.setdefault(above[place], []).append(place)
        path.append(place)
    return above, below
