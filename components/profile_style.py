"""The look of a profile, and of its paper: no menus and controls, black on white also from a dark screen."""

from __future__ import annotations

import streamlit as st

CSS = """
ul.standouts { list-style: none; margin: .1rem 0 .3rem; padding: 0; max-width: 68em; }
ul.standouts li { margin: 0 0 .35rem; line-height: 1.4; display: grid; grid-template-columns: 4.9rem 1fr; }
ul.standouts .said { font-size: 1.04rem; }
ul.standouts .verdict { font-weight: 600; line-height: 1.65; }
ul.standouts details.about { grid-column: 2; font-size: .84rem; }
ul.standouts details.about p { margin: .1rem 0 .3rem; max-width: 70em; }
.figure-row.people { grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); }
.figure-row.people .value { font-size: 1.4rem; }
section.stage { margin: 0 0 .9rem; }
section.stage details.about > summary { padding: .3rem 0; }
@media (max-width: 640px) {
  ul.standouts li { display: block; } ul.standouts .verdict { display: block; }
  .figure-row.people { grid-template-columns: 1fr 1fr; }
}
.st-key-locator-paper { position: absolute; visibility: hidden; height: 0; overflow: hidden; width: 20rem; }
.tall .scroll { max-height: 24rem; overflow: auto; }
@media print {
  [data-testid="stMain"]:has(.st-key-locator-paper) .st-key-locator-screen { display: none; }
  .st-key-locator-paper { position: static; visibility: visible; height: auto; width: auto; }
  @page { size: A4; margin: 14mm 12mm; }
  :root, html, body, [data-testid="stApp"], [data-testid="stApp"] * { color-scheme: light !important; }
  html, body, #root, [data-testid="stApp"], [data-testid="stAppViewContainer"], [data-testid="stMain"] {
    position: static !important; display: block !important; height: auto !important;
    overflow: visible !important; background: #fff !important; color: #000 !important; }
  [data-testid="stMain"] * { color: #000; }
  [data-testid="stMain"] :is(.quiet, .sub, .beside) { color: #333 !important; }
  .no-print, [data-testid="stHeader"], [data-testid="stToolbar"], [data-testid="stSidebar"],
  [data-testid="stDecoration"], [data-testid="stStatusWidget"], [data-testid="stForm"],
  [data-testid="stPopover"], [data-testid="stPageLink"], [data-testid="stDownloadButton"],
  [data-testid="stButton"], [data-testid="stButtonGroup"], [data-testid="stSelectbox"],
  [data-testid="stTextInput"],
  [data-testid="stElementToolbar"], [data-testid="stSkeleton"] {
    display: none !important; }
  [data-testid="stMainBlockContainer"] { padding: 0 !important; max-width: none !important; }
  [data-testid="stMainBlockContainer"] h1 { font-size: 17pt; }
  [data-testid="stMainBlockContainer"] h2 { font-size: 13pt; break-after: avoid; }
  [data-testid="stMainBlockContainer"] h3 { font-size: 11pt; break-after: avoid; }
  .lede, ul.plain, ul.standouts .said { font-size: 10.5pt; } table.figures { font-size: 9pt; }
  details:not([open]) { display: none; }
  [data-testid="stExpander"] details { display: block; border: 0; }
  [data-testid="stExpander"] details:not([open]), [data-testid="stExpander"] > details > summary {
    display: none !important; }
  .scroll, .tall .scroll { overflow: visible !important; max-height: none !important; }
  [data-testid="stExpander"] [data-testid="stHorizontalBlock"] { display: block; }
  [data-testid="stExpander"] [data-testid="stColumn"] { width: 100% !important; }
  section.stage { break-inside: avoid; }
  thead { display: table-header-group; break-after: avoid; }
  [data-testid="stMain"]:has(.st-key-locator-paper) .chart img { filter: brightness(.55); }
  tr, .big, ul.standouts li, ul.spines li, .chart, [data-testid="stImage"], .figure-row {
    break-inside: avoid; }
  [data-testid="stMain"] img, [data-testid="stMain"] svg { max-width: 100% !important; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""


def apply() -> None:
    """Add the rules of the profile, on screen and on paper."""
    st.html(f"<style>{CSS}</style>")
