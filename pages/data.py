"""Data and methods: every indicator, the tables to download, how the figures are made, sources."""

from __future__ import annotations

import streamlit as st

from components import catalogue_view, headings, navigation, selection, store, table_downloads

navigation.require_router()


def show() -> None:
    """Draw the page."""
    headings.title("Every figure here says where it comes from, and every table can be downloaded")
    fault = store.bundle_fault()
    if fault:
        selection.show_notes([fault])
        return
    bundle = store.bundle()
    catalogue = store.the_catalogue()
    used = bundle.indicators()
    st.html(
        f'<p class="lede">{len(used)} indicators from {len({item.source for item in used})} official '
        "publications, "
        "for areas from a few streets to the whole of England. Search the list, or choose one to read "
        "what it "
        "means and what to beware of.</p>"
    )
    headings.header("Indicators")
    catalogue_view.show(bundle, catalogue)
    headings.header("Tables to download")
    table_downloads.show(bundle)
    headings.header("How the figures are made")
    catalogue_view.show_methods()
    headings.header("Neighbourhood lists")
    catalogue_view.show_neighbourhoods(bundle)
    headings.header("Sources and attributions")
    catalogue_view.show_sources(bundle, catalogue)


show()
