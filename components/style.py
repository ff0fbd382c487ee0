"""The one place for CSS. It takes every colour from the theme in use, so light and dark both work.

Streamlit sets `color-scheme` on the page, which makes the CSS function `light-dark()` follow its theme.
"""

from __future__ import annotations

import streamlit as st

from components import access_style, long_table
from components.charts import still
from house_style.palette import THEMES

LIGHT, DARK = THEMES["light"], THEMES["dark"]
ROOT_COLOURS = f"""
:root {{ --better: light-dark({LIGHT.better}, {DARK.better});
        --worse: light-dark({LIGHT.worse}, {DARK.worse});
"""
CSS = """
        --line: color-mix(in srgb, currentColor 22%, transparent);
        --quiet: color-mix(in srgb, currentColor 82%, transparent);
        --tint: color-mix(in srgb, currentColor 5%, transparent); }
[data-testid="stMainBlockContainer"] { padding: 3.9rem 2.2rem 1.5rem; max-width: 1720px; margin: 0 auto; }
[data-testid="stMainBlockContainer"] h1 { font-size: 1.9rem; font-weight: 650; margin: 0; padding: 0 0 .3rem;
  line-height: 1.2; text-wrap: balance; }
[data-testid="stMainBlockContainer"] [data-testid="stVerticalBlock"] { gap: .7rem; }
[data-testid="stMainBlockContainer"] h2 { font-size: 1.4rem; font-weight: 650; margin: 0;
  padding: .8rem 0 .3rem; line-height: 1.25; }
[data-testid="stMainBlockContainer"] h3 { font-size: 1.15rem; font-weight: 650; margin: 0;
  padding: .35rem 0 .2rem; line-height: 1.3; }
.lede { font-size: 1.12rem; line-height: 1.45; max-width: 62em; margin: 0; }
.quiet { color: var(--quiet); font-size: .9rem; line-height: 1.4; margin: 0; }
.notice { border-left: 4px solid var(--worse); background: var(--tint); padding: .4rem .8rem; margin: 0;
          font-size: .92rem; line-height: 1.4; }
[data-testid="InputInstructions"] { display: none; }
.kicker { font-size: .9rem; font-weight: 600; letter-spacing: .01em; color: var(--quiet); margin: 0; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
ul.plain { margin: .1rem 0 .2rem; padding-left: 1.15rem; line-height: 1.5; max-width: 68em; }
ul.plain li { margin: .15rem 0; }
details.about { font-size: .9rem; line-height: 1.45; max-width: 78em; }
details.about summary { cursor: pointer; text-decoration: underline; padding: .1rem 0; }
details.about dl { display: grid; grid-template-columns: 9.5rem 1fr; gap: .15rem .8rem; margin: .4rem 0; }
details.about dt { font-weight: 600; } details.about dd { margin: 0; }
details.about ul { margin: .2rem 0; padding-left: 1.15rem; }
[data-testid="stMainBlockContainer"] h2.map-title { font-size: 1.04rem; line-height: 1.3;
  padding: 0 0 .2rem; margin: 0; min-height: 6.4em; }
[data-testid="stMainBlockContainer"] h2.map-title.alone { min-height: 0; }
h2.map-title .kicker { display: block; font-size: .84rem; }
.quiet.small { font-size: .82rem; line-height: 1.35; }
ul.map-key { list-style: none; display: flex; flex-wrap: wrap; gap: .1rem .7rem; margin: 0 0 .25rem;
             padding: 0; font-size: .8rem; line-height: 1.4; }
ul.map-key li { display: flex; gap: .3rem; align-items: center; margin: 0; }
ul.map-key .swatch { width: 1.1rem; height: .85rem; flex: none; border: 1px solid var(--line); }
div.about dl, details.about dl { padding: 0; }
div.about dl { display: grid; grid-template-columns: 10rem 1fr; gap: .3rem .8rem; margin: .2rem 0;
               max-width: 72em; line-height: 1.45; font-size: .95rem; }
div.about dt { font-weight: 600; } div.about dd { margin: 0; }
div.about ul { margin: 0; padding-left: 1.1rem; }
.scroll { overflow-x: auto; }
table.figures { border-collapse: collapse; width: 100%; font-size: .95rem; line-height: 1.3;
                font-variant-numeric: tabular-nums; }
table.figures caption { text-align: left; font-weight: 600; padding: 0 0 .3rem; caption-side: top; }
table.figures th, table.figures td { border: 0; border-bottom: 1px solid var(--line); padding: .34rem .6rem;
                                     text-align: left; vertical-align: top; }
table.figures thead th { font-weight: 600; border-bottom: 2px solid var(--line); background: var(--tint); }
table.figures tbody th { font-weight: 500; }
.wide-first table.figures { max-width: 72rem; } .wide-first table.figures th:first-child { width: 36%; }
table.figures td.number { white-space: nowrap; }
table.figures tr.open > * { border-bottom: 0; padding-bottom: 0; }
table.figures tr.below > td { padding-top: .1rem; }
table.figures tr.below p { font-size: .88rem; margin: .1rem 0 0; max-width: 62em; line-height: 1.4; }
tr.below summary, .area-card summary { font-size: .82rem; color: var(--quiet); }
tr.below dl, .area-card dl { font-size: .86rem; }
tr.below :is(dt, dd), .area-card :is(dt, dd) { font-size: inherit; }
.area-card details.about { margin: .35rem 0 0; }
.area-card details.about dl { grid-template-columns: 1fr; gap: 0; }
.area-card details.about dd { margin-bottom: .3rem; }
table.figures .sub { display: block; font-size: .82rem; color: var(--quiet); white-space: normal; }
.verdict { white-space: nowrap; font-size: .86rem; }
.verdict.better { color: var(--better); } .verdict.worse { color: var(--worse); }
.verdict .shape { display: inline-block; width: 1.05em; }
.chips { display: flex; flex-wrap: wrap; gap: .3rem .9rem; margin: 0; padding: 0; list-style: none;
         font-size: .86rem; }
footer.site { border-top: 1px solid var(--line); margin-top: 1.6rem; padding-top: .7rem; font-size: .84rem;
              line-height: 1.45; color: var(--quiet); }
footer.site a, [data-testid="stHtml"] p a { color: inherit; }
footer.site p { font-size: inherit; margin: 0 0 .25rem; max-width: 110em; }
.figure-row { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: .6rem; }
.big { border: 1px solid var(--line); border-radius: .4rem; padding: .55rem .8rem .6rem; }
.big .name { font-size: .9rem; margin: 0; line-height: 1.3; }
.big .value { font-size: 1.65rem; font-weight: 650; margin: .1rem 0 0; line-height: 1.2; }
.big .beside { font-size: .86rem; color: var(--quiet); margin: .15rem 0 0; line-height: 1.35; }
[data-testid="stMain"] [data-testid="stPageLink"] a { padding: 0 .2rem; background: none !important; }
[data-testid="stMain"] [data-testid="stPageLink"] a p { text-decoration: underline; font-weight: 400; }
[data-testid="stMain"] [data-testid="stPageLink"] a span { font-weight: 400; }
[data-testid="stMain"] [data-testid="stPageLink"] a * { white-space: normal; overflow: visible; }
[data-testid="stMain"] [data-testid="stPageLink"] a { height: auto; min-height: 1.75rem; padding-block: .2rem;
                                                      line-height: 1.35; }
@media (max-width: 640px) {
  table.figures { font-size: .84rem; } table.figures th, table.figures td { padding: .3rem .25rem; }
  .verdict { font-size: .78rem; white-space: normal; } .verdict .shape { width: .9em; }
  [data-testid="stMainBlockContainer"] h2.map-title { min-height: 0; }
  details.about dl, div.about dl { grid-template-columns: 1fr; }
  details.about dd, div.about dd { margin-bottom: .3rem; }
  [data-testid="stMainBlockContainer"] { padding: 4rem 1rem 1rem; }
  [data-testid="stMainBlockContainer"] h1 { font-size: 1.5rem; }
  .lede { font-size: 1.02rem; }
}
"""


def apply() -> None:
    """Add the style sheet to the page. Called once a run, by app.py."""
    st.html(f"<style>{ROOT_COLOURS}{CSS}{long_table.CSS}{still.CSS}{access_style.CSS}</style>")
