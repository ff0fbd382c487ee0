"""What the page Briefing needs beyond the shared style sheet."""

from __future__ import annotations

import streamlit as st

CSS = """
[data-testid="stMultiSelect"] [data-tag], [data-testid="stMultiSelect"] [data-tag] * {
  color: light-dark(#fff, #101820) !important; }
[data-testid="stIFrame"] { border: 1px solid var(--line); border-radius: .4rem; }
@media (max-width: 640px) { [data-testid="stIFrame"] { height: 62vw; } }
"""


def apply() -> None:
    """Add the rules to the page."""
    st.html(f"<style>{CSS}</style>")
