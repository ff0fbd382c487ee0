"""A comparison to take away: the workbook, the CSV and the address that reopens it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from components import compare_workbook, navigation, store
from components.compare_areas import Area
from components.compare_state import CompareState
from components.compare_words import mark_words
from data.comparison import Line
from data.query import Bundle


def address(state: CompareState) -> str:
    """The address that reopens the comparison, its areas always named."""
    settings = {
        "areas": ",".join(state.codes),
        "view": state.view,
        "with": "" if state.against == "england" else state.against,
        "among": state.among.key if state.among and state.view in ("spines", "figure") else "",
        "sort": "" if state.sort == "theme" else state.sort,
        "indicator": state.figure if state.view == "figure" else "",
        **state.filters,
    }
    return navigation.address("compare", **settings).replace("%2C", ",").replace("%3A", ":")


def show(bundle: Bundle, state: CompareState, areas: Sequence[Area], lines: Sequence[Line]) -> None:
    """Draw the two download buttons and the address."""
    if not lines:
        return
    catalogue, mark, link = store.the_catalogue(), mark_words(state.against), address(state)
    name = "compare-" + "-".join(state.codes)
    left, right = st.columns(2)
    left.download_button(
        "Download these figures (Excel)",
        lambda: compare_workbook.as_excel(
            lines, areas, catalogue, against=mark, link=link, version=bundle.version
        ),
        file_name=f"{name}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        key="compare-excel",
        on_click="ignore",
        width="stretch",
    )
    right.download_button(
        "Download these figures (CSV)",
        lambda: compare_workbook.as_csv(
            compare_workbook.figures(lines, areas, catalogue, mark).assign(data_version=bundle.version)
        ),
        file_name=f"{name}.csv",
        mime="text/csv",
        key="compare-csv",
        on_click="ignore",
        width="stretch",
    )
    count = "1 figure" if len(lines) == 1 else f"{len(lines)} figures"
    st.html(
        f'<p class="quiet small">{count} with limits, definitions, sources and method. This page reopens '
        f'from its address, which ends in <code class="link-code">{escape(link)}</code>.</p>'
    )
