"""Recent trends of an area's figures, in the words of the five-point test."""

from __future__ import annotations

from functools import lru_cache
from html import escape

import streamlit as st

from components import compare_series, profile_open, profile_sections, tables
from components.charts.trends_together import outcome_words
from components.key_figures import figures_of
from data.comparison import Line, keys
from data.query import Bundle
from data.recent_trend import TrendFound
from data.tested import EARLIER
from house_style.area_facts import name_of
from house_style.figures import figure, period_words
from house_style.level_names import listed
from house_style.narrative import placed

PLAIN = {
    "increasing and getting worse": "Going up, which is worse",
    "increasing and getting better": "Going up, which is better",
    "decreasing and getting worse": "Going down, which is worse",
    "decreasing and getting better": "Going down, which is better",
    "increasing": "Going up, where neither end is good or bad",
    "decreasing": "Going down, where neither end is good or bad",
}
FEWEST = 2  # periods: with one there is nothing to test
METHOD = (
    "A trend is claimed where the latest five years in a row pass a test at 99.8%, and keep their direction "
    "whichever of them is left out. Rolling periods are taken without overlap."
)


@lru_cache(maxsize=256)
def tested(bundle: Bundle, code: str) -> list[tuple[Line, TrendFound]]:
    """Every figure of the area with at least two periods, and what the test finds; changes first."""
    found = []
    series_of = figures_of(bundle, code)
    for indicator_id, group in keys(bundle):
        known = [
            period
            for period, item in series_of.get((indicator_id, group), {}).items()
            if item.value is not None
        ]
        if len(known) >= FEWEST:
            line = Line(bundle.catalogue[indicator_id], group, max(known), ())
            found.append((line, compare_series.over_time(bundle, code, line)[1]))
    return sorted(found, key=lambda item: not item[1].claims)


def untested(found: list[tuple[Line, TrendFound]]) -> list[str]:
    """Why the other figures have no test: one sentence a reason."""
    by_words: dict[str, list[str]] = {}
    for line, test in found:
        if not _done(test):
            by_words.setdefault(outcome_words(test), []).append(line.title)
    return [f"{words}: {listed(titles)}." for words, titles in by_words.items()]


def _done(test: TrendFound) -> bool:
    return test.trend is not None and test.words != "not enough years"


def sentences(bundle: Bundle, code: str, found: list[tuple[Line, TrendFound]]) -> list[str]:
    """What the tests found, one sentence an outcome; or that nothing was tested, or no trend found."""
    done = [(line, test) for line, test in found if _done(test) and line.indicator.id not in EARLIER]
    if not done:
        return [f"No figure of {placed(name_of(bundle, code))} has the years that a test for a trend needs."]
    by_words: dict[str, list[str]] = {}
    for line, test in done:
        if test.claims:
            by_words.setdefault(PLAIN.get(test.words, test.words), []).append(line.title)
    said = [f"{words}: {listed(titles)}." for words, titles in by_words.items()]
    count = "One figure has" if len(done) == 1 else f"{len(done)} figures have"
    start = f"{count} the years that a test for a trend needs."
    return [start, *said] if said else [f"{start} The test finds no trend."]


def show(bundle: Bundle, code: str, opened: frozenset[str]) -> None:
    """Draw the part: plain words, then the tests, and deprivation over the editions."""
    found = tested(bundle, code)
    profile_open.opening("What has changed", sentences(bundle, code, found))
    with profile_open.fold("change", "Show the tests, and deprivation over the years", opened) as is_open:
        if is_open:
            _details(bundle, code, found)


def _details(bundle: Bundle, code: str, found: list[tuple[Line, TrendFound]]) -> None:
    name = name_of(bundle, code)
    done = [(line, test) for line, test in found if _done(test)]
    if done:
        series = figures_of(bundle, code)
        rows = []
        for line, test in done:
            latest = series[(line.indicator.id, line.group)][line.period]
            years = test.trend.periods if test.trend else ()
            span = f"{period_words(line.indicator, years[0])} to {period_words(line.indicator, years[-1])}"
            head = (line.title, period_words(line.indicator, line.period))
            rows.append((head, [figure(line.indicator, latest.value), outcome_words(test), span]))
        columns = ["Figure", "Latest", "Recent trend", "Tested from"]
        tables.show_figures(f"Recent trends of {name}", columns, rows, hide_caption=True, roomy=True)
    reasons = "".join(f"<li>{escape(text)}</li>" for text in untested(found))
    more = f"<p>Not tested</p><ul>{reasons}</ul>" if reasons else ""
    st.html(
        f'<details class="about"><summary>How trends are tested, and what could not be</summary>'
        f"<p>{escape(METHOD)}</p>{more}</details>"
    )
    profile_sections.deprivation_trend(bundle, code)
