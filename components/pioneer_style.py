"""The few rules of CSS of the Pioneer Places page, and small pieces of HTML that its parts share."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

CSS = """
[data-testid="stMainBlockContainer"] .st-key-pioneer-title h1 { font-size: 1.5rem; max-width: 62em; }
dl.pioneer-answers { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr));
  gap: .5rem 1.6rem; margin: 0 !important; padding: 0; }
.pioneer-answers div { border-top: 3px solid var(--line); padding-top: .25rem; }
.pioneer-answers dt { font-weight: 650; }
.pioneer-answers dd { margin: 0 !important; line-height: 1.4; font-size: .95rem; }
.pioneer-said { max-width: 78em; }
.pioneer-where { display: grid; grid-template-columns: minmax(0, 66fr) minmax(0, 34fr); gap: 1.4rem;
  align-items: start; }
.pioneer-where img { width: 100%; max-height: 34rem; object-fit: contain; display: block; }
.pioneer-where figure { margin: 0; } .pioneer-where figcaption { font-size: .86rem; line-height: 1.4; }
.pioneer-list { max-height: 34rem; overflow: auto; margin-bottom: .4rem; }
.pioneer-list thead th { position: sticky; top: 0; z-index: 1;
  background: light-dark(#f3f4f6, #1c212b) !important; }
.pioneer-list th, .pioneer-list td { vertical-align: middle !important; }
.pioneer-list thead th:first-child { width: 17%; } .pioneer-list thead th:nth-child(2) { width: 29%; }
.pioneer-list thead th:nth-child(3) { width: 19%; }
.pioneer-bar { display: grid; grid-template-columns: 3.1rem minmax(0, 1fr); align-items: center; }
.pioneer-teams thead th:last-child { width: 42%; }
.pioneer-track { position: relative; display: block; height: 1.05rem; }
.pioneer-track i { position: absolute; left: 0; top: 0; bottom: 0; border: 1px solid
  color-mix(in srgb, currentColor 45%, transparent); }
.pioneer-track i.weak { opacity: .45; }
.pioneer-track b { position: absolute; top: 50%; height: 2px; margin-top: -1px; background: currentColor;
  box-shadow: 0 0 0 1.5px light-dark(#ffffffb0, #12161fb0); }
.pioneer-track u { position: absolute; top: -.28rem; bottom: -.28rem; border-left: 2px dashed currentColor;
  opacity: .65; }
.pioneer-value { font-weight: 600; }
.pioneer-plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 30rem)); gap: 1.4rem; }
.pioneer-plots figure { margin: 0; }
.pioneer-plot { position: relative; height: 13rem; border-left: 1px solid var(--quiet);
  border-bottom: 1px solid var(--quiet); margin: .3rem 0 .2rem; }
.pioneer-plot i { position: absolute; width: .62rem; height: .62rem; margin: 0 0 -.31rem -.31rem;
  border-radius: 50%; background: light-dark(#2b6ca6, #7db4e6); border: 1px solid light-dark(#fff, #12161f); }
.pioneer-plots .ends { display: flex; justify-content: space-between; font-size: .82rem;
  color: var(--quiet); }
.pioneer-dots { columns: 2; column-gap: 2.4rem; max-width: 78rem; margin: .2rem 0 0; }
.pioneer-dots .row { break-inside: avoid; display: grid; grid-template-columns: 11.5rem minmax(0, 1fr);
  column-gap: .8rem; align-items: center; padding: .16rem 0; border-bottom: 1px solid var(--line); }
.pioneer-dots .name { font-size: .9rem; line-height: 1.2; grid-row: span 2; }
.pioneer-dots .row > span + span { position: relative; height: .95rem; grid-column: 2;
  background: linear-gradient(currentColor, currentColor) center / 1px 100% no-repeat; }
.pioneer-dots b { position: absolute; top: 50%; height: 2px; margin-top: -1px; background: var(--quiet); }
.pioneer-dots i, .pioneer-key i { display: inline-block; width: .72rem; height: .72rem;
  border: 2px solid var(--mark); box-sizing: border-box; }
.pioneer-dots i { position: absolute; top: 50%; margin: -.36rem 0 0 -.36rem; }
.pioneer-dots i.disc, .pioneer-key i.disc { --mark: light-dark(#1f5fa6, #7fbcf2); border-radius: 50%; }
.pioneer-dots i.square, .pioneer-key i.square { --mark: light-dark(#a8480a, #f3a868); }
i.recorded { background: light-dark(#fff, #12161f); }
.pioneer-dots i.adjusted, .pioneer-key i.adjusted { background: var(--mark); }
ul.pioneer-key { list-style: none; display: flex; flex-wrap: wrap; gap: .1rem 1.2rem; margin: .3rem 0;
  padding: 0; font-size: .88rem; }
.pioneer-key li { display: flex; gap: .4rem; align-items: center; margin: 0; font-size: .88rem; }
img.spark { width: 7.5rem; height: 1.9rem; display: block; }
@media (max-width: 900px) { .pioneer-where { grid-template-columns: 1fr; } }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] .st-key-pioneer-title h1 { font-size: 1.2rem; }
  .pioneer-list { max-height: 30rem; } .pioneer-bar { grid-template-columns: 1fr; }
  .pioneer-list td.number { white-space: normal !important; }
  .pioneer-list td:last-child .sub { display: none; }
  .pioneer-list thead th:first-child { width: 25%; } .pioneer-list thead th:nth-child(2) { width: 24%; }
  .pioneer-list thead th:nth-child(3) { width: 26%; }
  .pioneer-teams table.figures { min-width: 36rem; }
  .pioneer-dots { columns: 1; }
  .pioneer-dots .row { grid-template-columns: 8.2rem minmax(0, 1fr); }
  dl.pioneer-answers { gap: .5rem; }
  img.spark { width: 4.5rem; } }
@media print { .pioneer-list { max-height: none; overflow: visible; } }
"""


def style() -> None:
    """Add the rules to the page."""
    st.html(f"<style>{CSS}</style>")


def region(
    caption: str, columns: Sequence[str], body: str, *, extra: str = "", hide_caption: bool = True
) -> str:
    """A table with caption and column headers in a box that scrolls and can be reached by keyboard."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    hidden = ' class="visually-hidden"' if hide_caption else ""
    return (
        f'<div class="scroll {extra}" role="region" tabindex="0" aria-label="{escape(caption, quote=True)}">'
        f'<table class="figures"><caption{hidden}>{escape(caption)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def details(summary: str, inner: str) -> str:
    """An opening part; its table keeps the size of the page's other tables."""
    return f'<details class="about pioneer-more"><summary>{escape(summary)}</summary>{inner}</details>'
