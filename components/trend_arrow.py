"""An arrow beside a figure, only where the five-point test finds a trend in it."""

from __future__ import annotations

from dataclasses import replace

from components import compare_series
from components.key_figures import Line, figures_of, value_cell
from components.tables import Cell
from data.comparison import Line as Compared
from data.query import Bundle
from methods.trend import POINTS


def trend_words(bundle: Bundle, code: str, item: Line) -> str:
    """An arrow and words where the test finds a trend: "↗ going up, getting worse"; "" otherwise."""
    series = figures_of(bundle, code).get((item.indicator.id, item.group), {})
    if item.indicator.interval == "none" or len(series) < POINTS:
        return ""
    found = compare_series.over_time(bundle, code, Compared(item.indicator, item.group, item.period, ()))[1]
    if found.trend is None or not found.claims:
        return ""
    rising = found.trend.outcome == "increasing"
    _, _, judged = found.words.partition(" and ")
    return f"{'↗ going up' if rising else '↘ going down'}{f', {judged}' if judged else ''}"


def cell(bundle: Bundle, code: str, item: Line) -> Cell:
    """The area's own figure with its limits, and its trend where there is one."""
    own, trend = value_cell(item), trend_words(bundle, code, item)
    if not trend:
        return own
    return replace(own, note=f"{own.note}; {trend}" if own.note else trend)
