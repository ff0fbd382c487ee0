"""What an accessible PDF must have, looked for in the file itself: PDF/UA-1 as far as a machine can tell."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

SHOWS = (b"Tj", b"TJ", b"'", b'"', b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"Do", b"sh")
HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")


def elements(node: Any) -> Iterator[Any]:
    """Every element of the structure tree, in reading order."""
    found = node.get_object()
    if not hasattr(found, "get"):
        return
    if "/S" in found:
        yield found
    inside = found.get("/K")
    inside = inside.get_object() if inside is not None else []
    for child in inside if isinstance(inside, list) else [inside]:
        yield from elements(child)


def tags(reader: PdfReader) -> list[Any]:
    """The elements of a document's structure; empty where it has none."""
    root = reader.trailer["/Root"].get("/StructTreeRoot")
    return list(elements(root)) if root is not None else []


def kind(element: Any) -> str:
    return str(element["/S"]).removeprefix("/")


def fonts(reader: PdfReader) -> dict[str, bool]:
    """Names of the fonts of a document, and whether each is embedded."""
    found: dict[str, bool] = {}
    for item in reader.xref_objStm, *reader.xref.values():
        for number in item:
            font = reader.get_object(number)
            if isinstance(font, dict) and font.get("/Type") == "/FontDescriptor":
                embedded = any(key in font for key in ("/FontFile", "/FontFile2", "/FontFile3"))
                found[str(font["/FontName"])] = embedded
    return found


def untagged(reader: PdfReader) -> list[int]:
    """Pages that draw something which is neither tagged nor marked as decoration."""
    found = []
    for number, page in enumerate(reader.pages, start=1):
        marked = 0
        contents = page.get_contents()
        stream = ContentStream(contents, reader) if contents is not None else None
        for operands, operator in stream.operations if stream is not None else []:
            if operator in (b"BDC", b"BMC"):
                tagged = operator == b"BDC" and "/MCID" in (
                    operands[1] if isinstance(operands[1], dict) else {}
                )
                marked += 1 if tagged or str(operands[0]) == "/Artifact" or marked else 100_000
            elif operator == b"EMC":
                marked = max(marked - 1, 0)
            elif operator in SHOWS and not 0 < marked < 100_000:
                found.append(number)
                break
    return found


def faults(data: bytes, *, pages: int | None = None, largest: int = 1_000_000) -> list[str]:
    """Everything wrong with the file; empty for one that passes."""
    reader = PdfReader(io.BytesIO(data))
    root: Any = reader.trailer["/Root"]
    xmp = reader.xmp_metadata.stream.get_data().decode() if reader.xmp_metadata else ""
    every = tags(reader)
    kinds = [kind(item) for item in every]
    found = []
    if not root.get("/MarkInfo", {}).get("/Marked"):
        found.append("not marked as tagged")
    if not every:
        found.append("no structure")
    if "<pdfuaid:part>1</pdfuaid:part>" not in xmp:
        found.append("no PDF/UA-1 identifier")
    if not (reader.metadata and reader.metadata.title) or "<dc:title>" not in xmp:
        found.append("no title")
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        found.append("the window does not show the title")
    if root.get("/Lang") != "en-GB":
        found.append(f"language {root.get('/Lang')}")
    figures = [item for item in every if kind(item) == "Figure"]
    if not figures:
        found.append("no figure")
    found += [
        f"figure {at} says nothing"
        for at, item in enumerate(figures, 1)
        if len(str(item.get("/Alt", ""))) < 20
    ]
    levels = [int(name[1]) for name in kinds if name in HEADINGS]
    if levels[:1] != [1] or any(after > before + 1 for before, after in pairwise(levels)):
        found.append(f"headings out of order: {levels[:20]}")
    if kinds.count("Table") and kinds.count("TH") < 2 * kinds.count("Table"):
        found.append("a table without header cells")
    known = fonts(reader)
    if not known:
        found.append("no font")
    found += [f"{name} is not embedded" for name, embedded in known.items() if not embedded]
    found += [f"page {number} draws what is not tagged" for number in untagged(reader)]
    if pages is not None and len(reader.pages) != pages:
        found.append(f"{len(reader.pages)} pages, not {pages}")
    if len(data) >= largest:
        found.append(f"{len(data):,} bytes")
    return found


def text(data: bytes) -> list[str]:
    """The text of each page, white space as single spaces."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages]
