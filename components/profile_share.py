"""Share or print a profile: its full address to copy, what that keeps, and everything open for paper."""

from __future__ import annotations

from urllib.parse import urljoin

import streamlit as st

from components import navigation, profile_open
from components.selection import remember
from data.query import Bundle

KEPT = (
    "The link keeps the area, the order of the figures and the parts that are open. It shows the figures of "
    "the dashboard it belongs to, so a later version may show newer ones."
)
PRINT = (
    "To print, or to save as a PDF, use your browser’s Print (Ctrl and P). Paper gets what is open, in black "
    "on white, without buttons and menus."
)
KEYS = ("area", "by", profile_open.PARAM, "among")


def address(base: str | None, params: dict[str, str]) -> str:
    """The full address of this view; relative where the browser has not said where it is."""
    link = navigation.address("profile", **{key: params.get(key) for key in KEYS})
    return urljoin(base, link) if base else link


def show(bundle: Bundle, code: str) -> None:
    """Draw the button, and what opens under it."""
    params = {key: str(st.query_params.get(key, "")) for key in KEYS} | {"area": code}
    with st.popover("Share or print"):
        st.html("<p>Copy the address of this page:</p>")
        st.code(address(st.context.url, params), language=None, wrap_lines=True)
        st.html(f'<p class="quiet">{KEPT}</p><p class="quiet">{PRINT}</p>')
        everything = params[profile_open.PARAM] == profile_open.EVERYTHING
        st.button(
            "Close all parts" if everything else "Open all parts",
            key="profile-open-all",
            on_click=lambda: remember(
                **{profile_open.PARAM: None if everything else profile_open.EVERYTHING}
            ),
        )
