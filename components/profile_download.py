"""A profile's figures to take away: the tables of the page, and everything known about the area."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pandas as pd
import streamlit as st

from components import navigation, profile_pack, store
from components.key_figures import Line, tidy
from components.table_downloads import readable
from data.query import Bundle


def figures_csv(bundle: Bundle, code: str, found: list[Line]) -> bytes:
    """The figures of the page beside their benchmarks, with sources and the version of the data."""
    table = tidy(found, code, bundle).drop_duplicates(["indicator_id", "group"])
    sources = store.the_catalogue().sources
    table["source"] = table["source_id"].map({key: f"{s.publisher}, {s.title}" for key, s in sources.items()})
    table["attribution"] = table["source_id"].map({key: s.attribution for key, s in sources.items()})
    return _csv(table.assign(data_version=bundle.version))


def everything_csv(bundle: Bundle, code: str) -> bytes:
    """Every figure of the area in the shipped tables, for all periods and groups."""
    return _csv(readable(bundle.profile(code), bundle))


def _csv(table: pd.DataFrame) -> bytes:
    return table.to_csv(index=False).encode("utf-8-sig")


def show(bundle: Bundle, code: str, found: Callable[[], list[Line]]) -> None:
    """Draw the two-page profile, the tables as CSV, and the address that reopens the page.

    `found` gives the figures of the page when a file of them is asked for.
    """
    profile_pack.show(bundle, code)
    left, right = st.columns(2)
    left.download_button(
        "Download the figures of this page (CSV)",
        lambda: figures_csv(bundle, code, found()),
        file_name=f"profile-{code}.csv",
        mime="text/csv",
        on_click="ignore",
        width="stretch",
    )
    right.download_button(
        "Download every figure of this area (CSV)",
        lambda: everything_csv(bundle, code),
        file_name=f"all-figures-{code}.csv",
        mime="text/csv",
        on_click="ignore",
        width="stretch",
    )
    link = navigation.address("profile", area=code)
    st.html(
        '<p class="quiet small">This page reopens from its address, which ends in '
        f"<code>{escape(link)}</code>.</p>"
    )
