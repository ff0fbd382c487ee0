"""The switch that takes weak estimates (reliability D) off a map. The address remembers it."""

from __future__ import annotations

import streamlit as st

from components.selection import hold, remember


def hidden() -> bool:
    """Whether the address asks to hide weak estimates."""
    return st.query_params.get("weak") == "hide"


def switch(key: str) -> None:
    """Draw the switch."""
    hold(key, hidden())
    st.toggle(
        "Hide weak estimates",
        key=key,
        on_change=lambda: remember(weak="hide" if st.session_state[key] else None),
    )
