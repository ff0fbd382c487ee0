"""The few rules of CSS that only the Map page needs."""

from __future__ import annotations

import streamlit as st

from components import legend, map_pair
from house_style.palette import THEMES

LAND = f"light-dark({THEMES['light'].land}, {THEMES['dark'].land})"  # below all layers of deck.gl
CSS = """
[data-testid="stMainBlockContainer"] .st-key-map-title h1 { font-size: 1.45rem; max-width: 62em;
padding-bottom: .35rem; } .st-key-map-controls > div { flex-grow: 1 !important; }
.st-key-map-controls > div > div { width: 100% !important; }
.st-key-map-frame { position: relative; }
.st-key-map-frame > [data-testid="stElementContainer"]:has(.no-webgl) { position: absolute; inset: 40% 0
auto; } @keyframes late { from { visibility: hidden; } }
.no-webgl { text-align: center; padding: 0 2rem; animation: late 6s steps(1); }
button[data-selected="true"] p { color: color-mix(in srgb, currentColor 60%, light-dark(#000, #fff)); }
.area-card ul { list-style: none; margin: .35rem 0 .2rem; padding: 0; font-size: .95rem; line-height: 1.5; }
.area-card li { margin: 0; padding: 0; }
.area-card .verdict { font-size: .95rem; }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] .st-key-map-title h1 { font-size: 1.2rem; }
  .st-key-map-controls > div { flex-basis: calc(50% - .5rem) !important; min-width: 0; order: 1; }
  .st-key-map-controls > div:nth-child(2) { flex-basis: 100% !important; order: 0; }
}
"""


def apply() -> None:
    """Add the rules to the page."""
    ground = f'[data-testid="stDeckGlJsonChart"] {{ background: {LAND}; }}'
    st.html(f"<style>{CSS}{ground}{legend.CSS}{map_pair.CSS}</style>")
