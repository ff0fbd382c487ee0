"""What a page run by AppTest says in its headings."""

from __future__ import annotations

import re
from html import unescape

from streamlit.testing.v1 import AppTest


def headings(app: AppTest, level: int) -> list[str]:
    """The texts of the page's headings of a level, in the order of the page."""
    bodies = "\n".join(str(part.proto.body) for part in app.get("html"))
    return [unescape(text) for text in re.findall(rf"<h{level}>(.*?)</h{level}>", bodies, re.DOTALL)]


def title(app: AppTest) -> str:
    """The heading of the first level; AssertionError unless there is exactly one."""
    found = headings(app, 1)
    assert len(found) == 1, found
    return found[0]
