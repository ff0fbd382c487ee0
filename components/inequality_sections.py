"""The upper half of the Inequalities page: the gradient and its results, or why there is none."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from html import escape

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from components import (
    caveats,
    inequality_download,
    inequality_frame,
    inequality_state,
    inequality_words,
    store,
    tables,
)
from components import inequality_meanings as meanings
from components.charts import gap_trend, gradient_bars, scatter_deprivation, still
from components.charts.template import current_mode
from components.inequality_download import results_offer, results_table
from components.inequality_parts import draw_time
from components.inequality_state import View
from components.legend import short_noun
from components.map_controls import group_words
from components.selection import remember
from data import gradient
from data.findings import Findings
from data.query import Bundle
from geo.config import config
from house_style import figures
from house_style.figures import period_words
from house_style.palette import Mode

COMPANIONS = {
    "school-readiness": ("children-income-deprived", "child-poverty-ahc", "children-education-score"),
    "long-term-conditions": ("disabled", "comparative-illness-ratio", "acute-morbidity-ratio"),
    "health-outcomes": ("disabled", "years-of-life-lost", "comparative-illness-ratio"),
    "deprivation": ("children-income-deprived", "older-people-income-deprived", "fuel-poverty"),
    "people": ("under-fives", "aged-65-and-over", "ethnic-minority"),
    "housing-and-place": ("overcrowding", "social-rented", "private-rented"),
}
PUBLISHED_SLOPE = "inequality-in-life-expectancy"
WITH_PUBLISHED_SLOPE = ("life-expectancy", "healthy-life-expectancy", PUBLISHED_SLOPE)


def gradient_of(view: View, bundle: Bundle, found: Findings, title: str) -> None:
    """Draw the gradient on the left, its results on the right."""
    left, right = st.columns([58, 42], gap="large")
    with left:
        if view.unit_level == "lsoa":
            bars(view, bundle, found, title)
        else:
            larger(view, found, title)
    with right:
        results(view, found)


@lru_cache(maxsize=128)
def _bar_frame(view: View) -> pd.DataFrame:
    units, found = inequality_state.results(view)
    groups = gradient.groups(view.indicator, units, view.by)
    return gradient_bars.prepare(groups, found.slope.ends if found.slope else None)


@lru_cache(maxsize=128)
def _bar_chart(view: View, mode: Mode) -> go.Figure:
    bundle, found = store.bundle(), inequality_state.results(view)[1]
    england = bundle.value(view.indicator.id, config().country_code, view.period, view.group)
    mark = ("England", float(england.value)) if england is not None and england.value is not None else None
    ends = found.slope.ends if found.slope else None
    return gradient_bars.draw(view.indicator, _bar_frame(view), slope_ends=ends, benchmark=mark, mode=mode)


@lru_cache(maxsize=128)
def _bar_picture(view: View, mode: Mode, alt: str) -> str:
    return still.draw(_bar_chart(view, mode), alt=alt, mode=mode)


def bars(view: View, bundle: Bundle, found: Findings, title: str) -> None:
    """Draw the bars by national tenth or fifth with the line of the slope."""
    key = replace(view, part="", level="", notes=())
    frame = _bar_frame(key)
    if not gradient_bars.available(frame):
        st.html('<p class="notice" role="status">Fewer than two groups of areas have a figure here.</p>')
        return
    words = gradient_bars.takeaway(view.indicator, frame)
    alt = f"Bar chart by national deprivation {view.by}. {words} {inequality_frame.IN_TABLE}"
    picture = (
        f'<p class="kicker">{escape(view.indicator.title)}, '
        f"{escape(period_words(view.indicator, view.period))}, by {view.by} of England’s deprivation</p>"
        f"{_bar_picture(key, current_mode(), alt)}"
    )
    kind = "means" if view.indicator.aggregation != "rate" else "counts"
    if kind == "counts" and not gradient.has_counts(view.indicator):
        kind = "sums"
    method = (
        f"Deprivation by the Indices of Deprivation 2025. {meanings.BARS_METHOD[kind]} The orange line "
        f"is the slope through all {found.units:,} small areas; it is straight because each bar is as "
        "wide as its share of people."
    )
    if found.set_aside:
        noun = "small area has" if found.set_aside == 1 else "small areas have"
        method += f" {found.set_aside:,} {noun} no published figure and are left out."
    inequality_frame.below(
        view, f"gradient-{view.by}", gradient_bars.to_table(view.indicator, frame), title=title,
        method=method, words=f"By national deprivation {view.by}.", download=frame, above=picture,
        chart=lambda: _bar_chart(key, "light"),
    )  # fmt: skip


def larger(view: View, found: Findings, title: str) -> None:
    """Draw the units as dots where they are larger than the small areas that have a national rank."""
    level = str(view.unit_level)
    how = "is estimated here by" if view.estimated else "is published for"
    nouns = short_noun(level, 1) if view.estimated else short_noun(level)
    st.html(
        f'<p class="notice">“{escape(view.indicator.short_title)}” {how} {nouns}. They have no national '
        "tenth of deprivation: no bars. The line is fitted to them in order of their average score.</p>"
    )
    frame, _ = inequality_state.scatter(view, level)
    if not scatter_deprivation.available(frame):
        st.html('<p class="notice" role="status">There are fewer than three areas with a figure here.</p>')
        return
    words = f"Scatter of {len(frame)} {short_noun(level)} by deprivation and figure."
    mode = current_mode()
    chart = scatter_deprivation.draw(view.indicator, frame, every_width=True, mode=mode)
    picture = still.draw(chart, alt=f"{words} {inequality_frame.IN_TABLE}", mode=mode)
    inequality_frame.below(
        view, f"gradient-{level}", scatter_deprivation.to_table(view.indicator, frame), title=title,
        method=f"The slope is fitted to {found.units:,} {short_noun(level)}.", download=frame,
        words=f"By deprivation of {short_noun(level)}.", noun=f"{short_noun(level)} in the gradient",
        above=picture,
        chart=lambda: scatter_deprivation.draw(view.indicator, frame),
    )  # fmt: skip


def results(view: View, found: Findings) -> None:
    """Draw the results as cards, the warnings, and what the words mean."""
    made = "".join(
        f'<div class="big"><p class="name">{escape(card.name)}</p><p class="value">{escape(card.value)}</p>'
        f'<p class="beside">{escape(card.beside)}</p></div>'
        for card in inequality_words.cards(view, found)
    )
    warning = inequality_words.built_in(view)
    beware = f'<p class="notice">{escape(warning)}</p>' if warning else ""
    terms = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in meanings.DEFINITIONS)
    methods = "".join(
        f"<li>{escape(name.capitalize())}: {escape(method)}.</li>"
        for name, method in results_table(view, found)[["result", "method"]].itertuples(
            index=False, name=None
        )
    )
    st.html(  # one element: each costs the browser 5 to 10 ms
        f'<div class="figure-row inequality-cards">{made}</div>{beware}'
        f'<p class="quiet">{escape(inequality_words.ECOLOGICAL)}</p>'
        '<details class="about"><summary>What these results mean, and how they are worked out</summary>'
        f"<dl>{terms}</dl><ul>{methods}</ul></details>"
    )
    inequality_download.show([results_offer(view, found)], "results")


def pair_title(view: View, bundle: Bundle) -> str:
    """The page's title where two groups stand in for a gradient; "" elsewhere."""
    instead = view.reason in ("places-only", "expected-only")
    pair = inequality_state.group_pair(view, bundle) if instead else None
    if pair is None:
        return ""
    frame = gap_trend.prepare(inequality_state.pair_over_time(view, pair))
    return inequality_words.pair_title(view, frame, (group_words(pair[0]), group_words(pair[1])))


def none(view: View, bundle: Bundle) -> None:
    """Say why there is no gradient, draw what there is, and offer indicators that have one."""
    st.html(f'<p class="notice" role="status">{escape(inequality_words.no_gradient(view))}</p>')
    here = {item.id: item for item in bundle.indicators()}
    offers = [name for name in COMPANIONS[view.indicator.theme] if name in here and name != view.indicator.id]
    with st.container(horizontal=True, gap="small", key="inequality-ways-on"):
        for name in offers[:3]:
            st.button(
                f"{here[name].short_title}: has a gradient",
                key=f"inequality-way-{name}",
                on_click=remember,
                kwargs={"indicator": name, "period": None, "group": None, "level": None},
            )
    pair = inequality_state.group_pair(view, bundle)
    if pair is not None:
        between_groups(view, pair)
    if view.indicator.id in WITH_PUBLISHED_SLOPE and PUBLISHED_SLOPE in here:
        published_slope(view, bundle)
    elif pair is None:
        caveats.show(view.indicator, period=view.period)


def between_groups(view: View, pair: tuple[str, str]) -> None:
    """Draw the gap between two groups of the indicator over time."""
    frame = gap_trend.prepare(inequality_state.pair_over_time(view, pair))
    names = (group_words(pair[0]), group_words(pair[1]))
    st.html(
        f'<p class="kicker">What can be shown for {escape(view.where)}: {escape(names[0].lower())} against '
        f"{escape(names[1].lower())}</p>"
    )
    draw_time(
        view, frame, names, "The gap is the difference of two percentages; limits by Newcombe’s method."
    )


def published_slope(view: View, bundle: Bundle) -> None:
    """The slope index that the publisher prints for whole Places."""
    indicator = bundle.catalogue[PUBLISHED_SLOPE]
    groups = bundle.groups(PUBLISHED_SLOPE)
    rows: list[tuple[str | tuple[str, str], list[tables.Cell | str]]] = []
    for place in config().places:
        cells: list[tables.Cell | str] = []
        for group in groups:
            value = bundle.value(PUBLISHED_SLOPE, place.code, None, group)
            known = value is not None and value.value is not None
            note = period_words(indicator, value.period) if value is not None and known else ""
            text = figures.figure(indicator, value.value) if value is not None else "not available"
            cells.append(tables.Cell(text, note=note))
        rows.append((place.name, cells))
    inequality_frame.heading("What the publisher prints: the gap in life expectancy inside each Place")
    st.html(f'<p class="quiet">{escape(indicator.plain_english)}</p>')
    tables.show_figures(
        indicator.title,
        ["Place", *(group_words(group) for group in groups)],
        rows,
        hide_caption=True,
        roomy=True,
    )
    caveats.show(indicator)
