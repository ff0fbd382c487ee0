"""Register by register: the gap between Places, as recorded and adjusted for age, and change over years."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from components import pioneer_dots, store
from components.caveats import capital
from components.charts.template import current_mode
from components.pioneer_state import View, beside
from components.pioneer_style import details, region
from components.pioneer_words import change_words, gap_words
from components.tables import Cell, figures_html
from data.catalogue.model import Indicator
from data.pioneer_registers import Change, Gap
from data.query import Bundle
from house_style.figures import figure, number, signed
from house_style.level_names import listed
from house_style.palette import THEMES, Mode
from methods.compare import Judgement
from methods.results import Estimate

AGE = (
    "Part of every crude difference is age: older places have more of most conditions. Adjusted for age "
    "means: the figure if each age had its own rate and the ages were England’s, worked out from England’s "
    "rates by age. Where age explains too little of a register’s differences there is no adjusted figure. "
    "Higher is not simply worse: it can mean more illness or better recording."
)
NOT_ADJUSTED = "not adjusted"


def _cell(item: Indicator, found: Estimate | None, verdict: Judgement, none: str) -> Cell:
    if found is None:
        return Cell(none)
    limits = f"{number(found.lower, item.decimals)} to {number(found.upper, item.decimals)}"
    return Cell(figure(item, found.value), verdict, "England", limits)


def gaps_html(found: Sequence[Gap], places: Sequence[tuple[str, str]]) -> str:
    """Every register in the Places, as recorded and adjusted, each against England."""
    columns = ["Register"]
    for _, name in places:
        columns += [f"{name}, as recorded", f"{name}, adjusted for age"]
    rows: list[tuple[str | tuple[str, str], list[Cell | str]]] = []
    for item in found:
        cells: list[Cell | str] = []
        for code, _ in places:
            one = item.places[code]
            cells.append(_cell(item.indicator, one.crude, one.crude_verdict, "no figure"))
            cells.append(_cell(item.indicator, one.standard, one.standard_verdict, NOT_ADJUSTED))
        rows.append((item.indicator.short_title, [*cells, Cell(figure(item.indicator, item.england))]))
    caption = f"Registers of {listed([name for _, name in places])} beside England"
    return figures_html(caption, [*columns, "England"], rows, hide_caption=True)


def gaps(bundle: Bundle, view: View, found: Sequence[Gap]) -> None:
    """Draw the gap between Places."""
    others = beside(bundle, view.place)
    head = f"<h2>The gap to {escape(listed([*(other.name for other in others), 'England']))}</h2>"
    if not found:
        st.html(
            f'{head}<p class="quiet pioneer-said">There are no registers for {escape(view.place.name)}.</p>'
        )
        return
    places = [(place.code, place.name) for place in (view.place, *others)]
    sentences = [gap_words(list(found), place) for place in (view.place, *others)]
    items = "".join(f"<li>{escape(text)}</li>" for text in sentences)
    table = details(f"All {len(found)} registers, {found[0].period}", gaps_html(found, places))
    st.html(
        f'{head}<ul class="plain">{items}</ul>{pioneer_dots.html(found, places)}'
        f'<p class="quiet pioneer-said">{escape(AGE)}</p>{table}'
    )


def spark(series: pd.DataFrame, mode: Mode) -> str:
    """A small line of a series as the source of an image, broken where years are missing."""
    known = series[series["value"].notna()]
    years = [int(str(period)[:4]) for period in known["period"]]
    values = [float(value) for value in known["value"]]
    low, span = min(values), (max(values) - min(values)) or 1.0
    first, wide = years[0], max(years[-1] - years[0], 1)
    points = [
        (4 + 112 * (year - first) / wide, 26 - 22 * (value - low) / span)
        for year, value in zip(years, values, strict=True)
    ]
    d = ""
    for at, (x, y) in enumerate(points):
        joined = at and years[at] - years[at - 1] == 1
        d += f"{'L' if joined else 'M'}{x:.1f} {y:.1f}"
    ink = THEMES[mode].accent
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.9"/>' for x, y in points)
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 30">'
        f'<path d="{d}" fill="none" stroke="{ink}" stroke-width="1.8"/><g fill="{ink}">{dots}</g></svg>'
    )
    return f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}"


def _change_row(one: Change, mode: Mode, shorts: dict[str, str]) -> str:
    item, places = one.indicator, one.indicator.decimals
    moved = f"{signed(one.points.lower, places)} to {signed(one.points.upper, places)}"
    notes = " ".join(shorts[code] for code in one.notes)
    ends = f"{figure(item, one.before.value)} in {one.first} and {figure(item, one.now.value)} in {one.last}"
    alt = escape(f"Line of {item.short_title} year by year between {ends}", quote=True)
    return (
        f'<tr><th scope="row">{escape(item.short_title)}<span class="sub">{escape(notes)}</span></th>'
        f'<td class="number">{figure(item, one.before.value)}<span class="sub">{one.first}</span></td>'
        f'<td><img class="spark" alt="{alt}" src="{spark(one.series, mode)}"></td>'
        f'<td class="number">{figure(item, one.now.value)}<span class="sub">{one.last}</span></td>'
        f'<td class="number">{signed(one.points.value, places)}<span class="sub">{moved}; '
        f"{one.words}</span></td>"
        f"<td>{escape(capital(one.beside_england))}</td></tr>"
    )


def changes(view: View, found: Sequence[Change], missing: Sequence[str]) -> None:
    """Draw the change of every register since its first year."""
    if not found:
        st.html(
            '<h2>Change in registers</h2><p class="quiet pioneer-said">There are not two years of figures '
            "for "
            f"{escape(view.place.name)}.</p>"
        )
        return
    since = min(one.first for one in found)
    shorts = {code: item.short for code, item in store.the_catalogue().caveats.items()}
    columns = [
        "Register",
        "First year",
        "All years",
        "Latest year",
        "Change, percentage points",
        "Beside England’s change",
    ]
    body = "".join(_change_row(one, current_mode(), shorts) for one in found)
    table = region(f"Change in registers of {view.place.name}", columns, body)
    gap = f"{listed(list(missing))} are not available, and lines break there. " if missing else ""
    ccg = shorts.get("qof-ccg-years", "")
    said = (
        f"{gap}{ccg} A register grows with diagnosis, longer lives and an older population as well as with "
        "illness; some changed what or whom they count, as the table says. Limits allow for chance only."
    )
    st.html(
        f"<h2>Change in registers since {since}</h2>"
        f'<p class="lede">{escape(change_words(list(found), view.place, since))}</p><p class="quiet '
        f'pioneer-said">{escape(said)}</p>'
        f"{details(f'All {len(found)} registers, largest growth first', table)}"
    )
