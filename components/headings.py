"""Headings as plain text.

`st.title` and its like read their text as Markdown: a name with `$`, `*` or `:` comes out changed, and the
browser takes 20 to 30 ms to make one line of it, on every change of a page.
"""

from __future__ import annotations

from html import escape

import streamlit as st


def title(text: str) -> None:
    """The page's one heading of the first level."""
    st.html(f"<h1>{escape(text)}</h1>")


def header(text: str) -> None:
    """A heading of the second level."""
    st.html(f"<h2>{escape(text)}</h2>")


def subheader(text: str) -> None:
    """A heading of the third level."""
    st.html(f"<h3>{escape(text)}</h3>")
