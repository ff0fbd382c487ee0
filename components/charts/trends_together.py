"""One figure over time for several areas, in their own colours, with their numbers at the line ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.charts import trend_lines
from components.charts.end_labels import End, end_labels
from components.charts.template import TEMPLATES
from components.compare_areas import Area
from data.catalogue.model import Indicator
from data.recent_trend import TrendFound
from house_style import figures
from house_style.level_names import listed
from house_style.palette import THEMES, Mode, rgb
from methods.trend import POINTS

HEIGHT = 400
TICKS = 4  # that many periods fit below a chart on a phone
PLOT = 300  # of the height, between the axes
BANDS = 3  # lines with their limits drawn; with more, the bands hide the lines
to_table = trend_lines.to_table


def prepare(series: Mapping[str, pd.DataFrame], *, editions: bool = False) -> pd.DataFrame:
    """Series by area name as one frame, as `trend_lines.prepare`; empty series are left out.

    `editions` is True for figures that come out years apart, where nothing is missing between two points.
    """
    frame = trend_lines.prepare({name: rows for name, rows in series.items() if len(rows)})
    return frame.assign(part=0) if editions else frame


def available(frame: pd.DataFrame) -> bool:
    """Whether at least one area has two figures."""
    return trend_lines.available(frame)


def draw(
    indicator: Indicator, frame: pd.DataFrame, areas: Sequence[Area], *, mode: Mode = "light"
) -> go.Figure:
    """Lines in the areas' colours; limits as bands while there are few; no line across missing years."""
    theme = THEMES[mode]
    by_name = {area.name: area for area in areas}
    few = frame["name"].nunique() <= BANDS
    high, low = float(frame["value"].max()), float(frame["value"].min())
    traces: list[dict[str, Any]] = []
    ends = []
    for name, rows in frame[frame["value"].notna()].groupby("name", sort=False):
        area = by_name.get(str(name))
        colour = area.colour(mode) if area else theme.quiet
        for _, part in rows.groupby("part"):
            if few and area and part["lower"].notna().all() and len(part) > 1:
                traces.append(_band(part, colour))
            traces.append(_line(indicator, str(name), part, colour))
        value, year = float(rows["value"].iloc[-1]), int(rows["year"].iloc[-1])
        label = str(area.number) if area else str(name)
        ends.append(End((high - value) / ((high - low) or 1.0) * PLOT, value, label, colour, year))
    years = frame.drop_duplicates("year").sort_values("year")
    shown = years.iloc[::-1].iloc[:: max(1, -(-len(years) // TICKS))]
    layout = {
        "template": TEMPLATES[mode],
        "height": HEIGHT,
        "annotations": end_labels(ends, theme.text),
        "xaxis": {
            "tickvals": list(shown["year"]),
            "ticktext": [text.replace(" - ", " to ") for text in shown["period"]],
            "showgrid": False,
            "tickangle": 0,
        },
        "yaxis": {"title": indicator.unit, "nticks": 6},
        "margin": {"r": 44, "t": 12},
        "hovermode": "closest",
    }  # fmt: skip
    return go.Figure(data=traces, layout=layout)


def _line(indicator: Indicator, name: str, part: pd.DataFrame, colour: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": list(part["year"]),
        "y": list(part["value"]),
        "mode": "lines+markers",
        "marker": {"size": 6, "color": colour},
        "line": {"color": colour, "width": 2.4},
        "customdata": [_hover(indicator, name, row) for row in part.itertuples(index=False)],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _hover(indicator: Indicator, name: str, row: object) -> str:
    when = figures.period_words(indicator, str(row.period))  # type: ignore[attr-defined]
    value = figures.figure(indicator, row.value)  # type: ignore[attr-defined]
    between = figures.limits(indicator, row.lower, row.upper)  # type: ignore[attr-defined]
    return f"<b>{name}</b><br>{when}: {value}" + (f"<br>{between}" if between else "")


def _band(part: pd.DataFrame, colour: str) -> dict[str, Any]:
    red, green, blue = rgb(colour)
    return {
        "type": "scatter",
        "x": [*part["year"], *part["year"][::-1]],
        "y": [*part["upper"], *part["lower"][::-1]],
        "fill": "toself",
        "fillcolor": f"rgba({red},{green},{blue},0.15)",
        "line": {"width": 0},
        "hoverinfo": "skip",
        "mode": "lines",
    }


def outcome_words(found: TrendFound) -> str:
    """What a test found, as the beginning of a sentence."""
    if found.trend is None:
        return f"Not tested, because {found.why}"
    if found.words == "not enough years":
        count = len(found.trend.periods)
        have = f"{count} {'period' if count == 1 else 'periods'} in a row without overlap"
        return f"Not enough years to test for a trend ({have}, {POINTS} are needed)"
    words = f"{found.words[:1].upper()}{found.words[1:]}"
    return f"{words} ({found.why})" if found.why else words


def takeaways(tests: Mapping[str, TrendFound]) -> list[str]:
    """What the tests found, one sentence an outcome: "Increasing and getting worse: Liverpool."."""
    by_words: dict[str, list[str]] = {}
    for name, found in tests.items():
        by_words.setdefault(outcome_words(found), []).append(name)
    return [f"{words}: {listed(names)}." for words, names in by_words.items()]


def takeaway(tests: Mapping[str, TrendFound]) -> str:
    """All outcomes in one text."""
    return " ".join(takeaways(tests))
