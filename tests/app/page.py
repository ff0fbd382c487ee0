"""What a page run by AppTest says in its headings."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from html import unescape

from streamlit.testing.v1 import AppTest


def headings(app: AppTest, level: int) -> list[str]:
    """The texts of the page's headings of a level, in the order of the page."""
    bodies = "\n".join(str(part.proto.body) for part in app.get("html"))
    return [unescape(text) for text in re.findall(rf"<h{level}>(.*?)</h{level}>", bodies, re.DOTALL)]


def long_tables(app: AppTest) -> list[list[dict[str, str]]]:
    """The long tables of the page in its order, each as its rows on show: cell by name of column."""
    found = []
    for part in app.get("html"):
        _, is_table, html = str(part.proto.body).partition('<div class="scroll long"')
        if is_table:
            table = ElementTree.fromstring(is_table + html)
            names, *rows = [[_text(cell) for cell in row] for row in table.iter("tr")]
            found.append([dict(zip(names, row, strict=True)) for row in rows])
    return found


def _text(cell: ElementTree.Element) -> str:
    return "".join(cell.itertext()).removesuffix(" ▲").removesuffix(" ▼")


def title(app: AppTest) -> str:
    """The heading of the first level; AssertionError unless there is exactly one."""
    found = headings(app, 1)
    assert len(found) == 1, found
    return found[0]
