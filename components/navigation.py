"""The list of pages, and the guard that keeps cold deep links working.

Streamlit runs a file of `pages/` without `app.py` when it is the first thing anyone asks of a fresh server.
`require_router` notices that, hands the page list over and starts the run again through `app.py`.
The stem of a page's file is its address. The default page has no address of its own: never link it by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from geo.config import ROOT

ROUTED = "_routed_by_app"
TITLE = "Neighbourhood health inequalities"  # of the tab; every page but the first puts its name before


@dataclass(frozen=True)
class Entry:
    """One page: file stem (and address), the words in the navigation, and the default flag.

    A page that is not `listed` stands outside the bar at the top: the footer of every page leads to it.
    """

    stem: str
    title: str
    default: bool = False
    listed: bool = True

    @property
    def file(self) -> str:
        """Path of the page's script, relative to app.py."""
        return f"pages/{self.stem}.py"


ENTRIES = (
    Entry("overview", "Overview", default=True),
    Entry("map", "Map"),
    Entry("profile", "Area profile"),
    Entry("compare", "Compare"),
    Entry("inequalities", "Inequalities"),
    Entry("pioneers", "Pioneer Places"),
    Entry("briefing", "Briefing"),
    Entry("data", "Data and methods"),
    Entry("accessibility", "Accessibility statement", listed=False),
)


def entries() -> list[Entry]:
    """The pages that exist in this checkout, in navigation order, those outside the bar last."""
    return [entry for entry in ENTRIES if (ROOT / entry.file).is_file()]


def _build() -> StreamlitPage:
    pages = [
        st.Page(ROOT / entry.file, title=entry.title, default=entry.default)
        if entry.default
        else st.Page(
            ROOT / entry.file,
            title=entry.title,
            url_path=entry.stem,
            visibility="visible" if entry.listed else "hidden",
        )
        for entry in entries()
    ]
    return st.navigation(pages, position="top")


def run_page() -> None:
    """Build the navigation and run the page that the address asks for. Called by app.py only."""
    page = _build()
    if page.title != ENTRIES[0].title:
        st.set_page_config(page_title=f"{page.title} - {TITLE}")
    st.session_state[ROUTED] = True
    page.run()


def require_router() -> None:
    """Start again through app.py when this page was run without it. The first line of every page."""
    if st.session_state.pop(ROUTED, False):
        return
    _build()
    st.rerun()


def script(stem: str) -> Path:
    """The script of a page, for `st.switch_page`."""
    return ROOT / next(entry.file for entry in ENTRIES if entry.stem == stem)


def address(stem: str, **params: str | None) -> str:
    """A relative link that reopens a view: "profile?area=E05015277". The default page is "./"."""
    default = next(entry.stem for entry in ENTRIES if entry.default)
    query = urlencode({key: value for key, value in params.items() if value})
    base = "./" if stem == default else stem
    return f"{base}?{query}" if query else base


def link(
    stem: str, label: str, params: Mapping[str, str] | None = None, *, help_text: str | None = None
) -> None:
    """A link to another page that keeps the session, with its selection in the address."""
    entry = next(entry for entry in ENTRIES if entry.stem == stem)
    if (ROOT / entry.file).is_file():
        st.page_link(ROOT / entry.file, label=label, query_params=dict(params or {}), help=help_text)
