"""The style sheet of the comparison pictures, added to a page once by the page that draws them."""

from __future__ import annotations

import streamlit as st

from components.compare_areas import MOST, tones_css
from components.tables import SHAPES
from house_style.palette import TINTS

CSS = """
.badge, .spines .words span[class]::before { display: inline-block; min-width: 1.35rem; height: 1.35rem;
  line-height: 1.3rem; border-radius: .7rem; text-align: center; font-size: .8rem; font-weight: 650;
  font-variant-numeric: tabular-nums; flex: none; background: var(--tone); color: var(--ink); }
ul.area-key { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .35rem 1.6rem; }
ul.area-key li { display: flex; gap: .45rem; align-items: flex-start; margin: 0; line-height: 1.35; }
ul.area-key .kind { color: var(--quiet); font-size: .9rem; }
ul.area-key .note { display: block; color: var(--quiet); font-size: .86rem; }
.rug-box { overflow: auto; max-height: 44rem; border-bottom: 2px solid var(--line); max-width: max-content; }
table.rug { border-collapse: separate; border-spacing: 2px; font-size: .92rem; line-height: 1.25;
  font-variant-numeric: tabular-nums; margin: 0; }
table.rug th, table.rug td { border: 0; padding: .22rem .55rem; text-align: left; vertical-align: top; }
table.rug thead th { position: sticky; top: 0; z-index: 2; background: light-dark(#eef1f4, #1d2430);
  font-weight: 600; vertical-align: bottom; min-width: 7.4rem; max-width: 11rem; }
table.rug thead th:first-child { left: 0; z-index: 3; min-width: 15rem; max-width: 24rem; }
table.rug tbody th[scope=row] { position: sticky; left: 0; z-index: 1; background: light-dark(#fff, #12161f);
  font-weight: 500; min-width: 15rem; max-width: 24rem; }
table.rug tbody th[scope=rowgroup] { font-weight: 650; padding-top: .7rem;
  border-bottom: 1px solid var(--line); }
table.rug tbody th[scope=rowgroup] span { position: sticky; left: .55rem; }
table.rug .sub { display: block; font-size: .8rem; color: var(--quiet); font-weight: 400; }
table.rug td { font-size: .8rem; white-space: nowrap; }
table.rug td b { font-size: .92rem; font-weight: 600; }
table.rug td b::after { white-space: pre; font-weight: 400; font-size: .8rem; }
table.rug td.beside { color: var(--quiet); }
table.rug td.none { color: var(--quiet); font-size: .84rem; }
ul.spines { list-style: none; margin: 0; padding: 0; max-width: 100rem; }
ul.spines li { display: grid; grid-template-columns: minmax(11rem, 18rem) 5rem minmax(13rem, 1fr) 5rem 18rem;
  gap: 0 .7rem; align-items: center; border-bottom: 1px solid var(--line); padding: .3rem 0; margin: 0; }
.spines .name { font-weight: 500; line-height: 1.25; }
.spines .sub { display: block; font-size: .8rem; color: var(--quiet); font-weight: 400; line-height: 1.3; }
.spines .end { font-size: .82rem; line-height: 1.25; font-variant-numeric: tabular-nums; }
.spines .end.left { text-align: right; }
.spines .heads { font-size: .82rem; font-weight: 650; color: var(--quiet); }
.spines .heads .end { font-weight: 650; }
.spines .words { display: flex; flex-wrap: wrap; gap: .1rem .9rem; font-size: .84rem; line-height: 1.5; }
.spines .words span[class]::before { margin-right: .35em; }
.spines .words b { font-weight: 400; }
.spines .words b.better { color: var(--better); } .spines .words b.worse { color: var(--worse); }
/* over each other: the line of England, the middle half, all areas of the kind */
.track { position: relative; height: 2.1rem; background-repeat: no-repeat;
  background-image: linear-gradient(var(--edge) 0 0), linear-gradient(var(--half) 0 0),
    linear-gradient(var(--all) 0 0);
  background-position: var(--m, 200%) 0, var(--h, 0) 50%, 0 50%;
  background-size: 2px 100%, var(--w, 0) .6rem, 100% .6rem;
  --edge: light-dark(#17222b, #e8edf1); --half: light-dark(#a9b4be, #56636f);
  --all: light-dark(#dfe3e7, #2b333d); }
.track.two { height: 3.2rem; } .track.three { height: 4.3rem; }
.track i { position: absolute; display: block; }
.track .range { top: calc(50% - .3rem); height: .6rem; opacity: .55; background: var(--tone); }
.track .place { top: calc(50% - .42rem); width: .84rem; height: .84rem; margin-left: -.42rem;
  transform: rotate(45deg);
  border: 2px solid var(--tone, var(--edge)); background: light-dark(#fff, #12161f); }
.track .badge { position: absolute; margin-left: -.68rem; box-shadow: 0 0 0 1.5px light-dark(#fff, #12161f); }
ul.chart-key { list-style: none; display: flex; flex-wrap: wrap; gap: .15rem 1.2rem; margin: 0; padding: 0;
  font-size: .86rem; line-height: 1.4; }
ul.chart-key li { display: flex; gap: .4rem; align-items: center; margin: 0; }
ul.chart-key .track { display: inline-block; height: 1.1rem; width: 2.2rem; flex: none; }
ul.spines.ranks li { grid-template-columns: minmax(7rem, 13rem) minmax(9rem, 1fr) 7.5rem; }
ul.spines.ranks .heads .ends { display: flex; justify-content: space-between; }
table.rug a, ul.area-key a { color: inherit; text-decoration-thickness: 1px; text-underline-offset: .15em; }
[data-testid="stMultiSelect"] [data-tag], [data-testid="stMultiSelect"] [data-tag] * {
  color: light-dark(#fff, #101820) !important; }
.link-code { overflow-wrap: anywhere; }
@media (max-width: 1000px) {
  ul.spines li { grid-template-columns: minmax(9rem, 15rem) 4.6rem minmax(10rem, 1fr) 4.6rem; }
  .spines .words { grid-column: 1 / -1; } .spines .heads span:last-child { display: none; }
}
@media (max-width: 640px) {
  ul.spines li { grid-template-columns: 4.2rem 1fr 4.2rem; }
  .spines .name { grid-column: 1 / -1; } .spines .heads .name { display: none; }
  ul.spines.ranks li { grid-template-columns: 1fr 6.5rem; }
  ul.spines.ranks .heads span:last-child { display: block; }
  table.rug { font-size: .84rem; } table.rug th, table.rug td { padding: .2rem .35rem; }
  table.rug thead th { min-width: 5.6rem; }
  table.rug thead th:first-child, table.rug tbody th[scope=row] { min-width: 8.4rem; max-width: 9.4rem; }
}
"""


def tints() -> str:
    """The ground of a cell by its comparison."""
    light, dark = TINTS["light"], TINTS["dark"]
    return "\n".join(
        f"table.rug td.{word.replace(' ', '-')} {{ background: light-dark({light[word]}, {dark[word]}); }}"
        for word in light
    )


def shapes() -> str:
    """The shape between a cell's figure and its word; read out by nobody where browsers allow that."""
    rules = []
    for word, shape in SHAPES.items():
        content = f'"\\A{shape} "'
        name = word.replace(" ", "-")
        rules.append(f'table.rug td.{name} b::after {{ content: {content}; content: {content} / ""; }}')
    return "\n".join(rules)


def numbers() -> str:
    """Number and shape beside a figure on a spine, drawn without elements of their own: dozens of rows."""
    rules = [
        f'.spines .words .c{number}::before {{ content: "{number}"; content: "{number}" / ""; }}'
        for number in range(1, MOST + 1)
    ]
    for word, shape in SHAPES.items():
        name = word.replace(" ", "-")
        rules.append(f'.spines .words .{name}::before {{ content: "{shape} "; content: "{shape} " / ""; }}')
    return "\n".join(rules)


def apply() -> None:
    """Add the style sheet to the page."""
    st.html(f"<style>{CSS}{tones_css()}{tints()}{shapes()}{numbers()}</style>")
