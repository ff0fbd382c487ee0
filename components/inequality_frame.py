"""What every picture of the Inequalities page comes with: sentence, method, table, downloads, source."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from components import caveats, headings, inequality_download, long_table, tables
from components.charts import template
from components.inequality_state import View

if TYPE_CHECKING:
    from components.inequality_picture import Form

CSS = """
.inequality-cards ~ * { margin-top: .7rem; }
[data-testid="stMainBlockContainer"] .st-key-inequality-title h1 { font-size: 1.5rem; max-width: 60em; }
.st-key-inequality-controls > div { flex-grow: 1 !important; }
.st-key-inequality-controls > div > div { width: 100% !important; }
[data-testid="stMainBlockContainer"] h2 { font-size: 1.2rem; padding: .5rem 0 .35rem; max-width: 76em; }
.inequality-cards { grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); }
.inequality-cards .value { font-size: 1.35rem; }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] .st-key-inequality-title h1 { font-size: 1.2rem; }
  .st-key-inequality-controls > div { flex-basis: calc(50% - .5rem) !important; min-width: 0; order: 1; }
  .st-key-inequality-controls > div:nth-child(2) { flex-basis: 100% !important; order: 0; }
}
"""
IN_TABLE = "The same figures are in the table below it."
HTML_UP_TO = 14  # rows: a longer table scrolls and can be ordered


def style() -> None:
    """Add the page's few rules of CSS."""
    st.html(f"<style>{CSS}</style>")


def cell(value: object) -> str:
    """A cell of a small table as text; "–" where there is nothing."""
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return "–"
    if isinstance(value, float):
        text = f"{abs(value):,.3f}".rstrip("0").rstrip(".")
        return f"−{text}" if value < 0 and text != "0" else text
    return f"{value:,}" if isinstance(value, int) else str(value)


def below(
    view: View,
    what: str,
    frame: pd.DataFrame,
    *,
    title: str,
    method: str,
    words: str = "",
    chart: Callable[[], go.Figure] | None = None,
    picture: Callable[[Form], bytes] | None = None,
    download: pd.DataFrame | None = None,
    above: str = "",
    noun: str = "rows",
) -> None:
    """Draw what belongs under a picture: method, table, downloads, source and caveats. `frame` is the
    table as readers see it; a long one has controls, whose names say what its rows are: `noun`. `above` is
    the picture itself where it is HTML: what is one element costs the browser once.
    """
    small = len(frame) <= HTML_UP_TO
    rows = tables.opening_html(frame, title, words=cell, missing="–") if small else ""
    st.html(f'{above}<p class="quiet">{escape(method)}</p>{rows}')
    if not small:
        key = f"inequality-table-{what}"
        draw = partial(long_table.show, frame, title, key=f"{key}-rows", noun=noun)
        long_table.opening(tables.AS_TABLE, key, draw)
    taken = frame if download is None else download
    inequality_download.show(
        inequality_download.offers(
            view, what, lambda: taken, chart=chart, picture=picture, title=title, words=words
        ),
        what,
    )
    caveats.show(view.indicator, period=view.period)


def picture(figure: go.Figure, what: str, alt: str) -> None:
    """Draw a chart with its description."""
    template.show(figure, key=f"inequality-{what}", alt=f"{alt} {IN_TABLE}")


def heading(text: str) -> None:
    """Draw the takeaway of a part."""
    headings.header(text)
