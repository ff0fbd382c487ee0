"""What the page Briefing needs beyond the shared style sheet."""

from __future__ import annotations

import streamlit as st

CSS = """
[data-testid="stMultiSelect"] [data-tag], [data-testid="stMultiSelect"] [data-tag] * {
  color: light-dark(#fff, #101820) !important; }
[data-testid="stIFrame"] { border: 1px solid var(--line); border-radius: .4rem; }
/* a window too narrow for slides beside their list has them above it; on a phone they are read as a page */
@media (max-width: 1260px) {
  [data-testid="stHorizontalBlock"]:has(> [data-testid="stColumn"] [data-testid="stIFrame"]) {
    flex-direction: column; }
  [data-testid="stHorizontalBlock"]:has(> [data-testid="stColumn"] [data-testid="stIFrame"])
    > [data-testid="stColumn"] { width: 100%; flex: none; } }
"""


def apply() -> None:
    """Add the rules to the page."""
    st.html(f"<style>{CSS}</style>")
