"""A figure by national deprivation tenth or fifth, with 95% limits, and the line of the slope index."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.charts.template import TEMPLATES
from data.catalogue.model import Indicator
from house_style import figures
from house_style.palette import SEQUENTIAL, THEMES, Mode

HEIGHT = 330
HEADROOM = 1.08  # of the highest limit, so that no bar touches the frame
NARROWEST = 2.6  # per cent of the width: below it a number has no room
AXIS = "Tenth of England: 1 most deprived, 10 least"


def prepare(groups: pd.DataFrame, slope_ends: tuple[float, float] | None = None) -> pd.DataFrame:
    """Groups (of `data.gradient.groups`) with where they stand: ``middle`` and ``share`` in per cent of
    people, from 0, the most deprived, to 100; and ``line``, the slope's figure in the middle of the group.

    `slope_ends` are the ends of the slope at the least and the most deprived person. On this axis the slope
    is a straight line, as it was fitted. A group without areas has no width, no figure and no
    place on the line.
    """
    frame = groups.copy()
    width = frame["share"].where(frame["share"].notna(), other=np.nan)
    reached = width.cumsum().ffill()
    frame["middle"] = reached - width / 2
    if slope_ends is None:
        frame["line"] = np.nan
    else:
        least, most = slope_ends
        frame["line"] = most + (least - most) * frame["middle"] / 100
    return frame


def available(frame: pd.DataFrame) -> bool:
    """True when at least two groups have a figure."""
    return bool(frame["value"].notna().sum() >= 2)


def colour(group: int, size: int) -> str:
    """The map's colour for a group: dark is most deprived."""
    return SEQUENTIAL[4 - (group - 1) * 5 // size]


def draw(
    indicator: Indicator,
    frame: pd.DataFrame,
    *,
    slope_ends: tuple[float, float] | None = None,
    benchmark: tuple[str, float] | None = None,
    mode: Mode = "light",
) -> go.Figure:
    """Bars from most to least deprived; `benchmark` is a name and a value, drawn as a dashed line."""
    theme, size = THEMES[mode], len(frame)
    shown = frame[frame["value"].notna()]
    traces: list[dict[str, Any]] = [_bars(indicator, shown, size, mode)]
    if slope_ends is not None:
        line = {
            "type": "scatter",
            "x": [0, 100],
            "y": list(slope_ends[::-1]),
            "mode": "lines",
            "hoverinfo": "skip",
        }
        traces.append({**line, "line": {"color": theme.paper, "width": 6}})
        traces.append({**line, "line": {"color": theme.worse, "width": 3}})
    layout = _axes(indicator, shown, size, list(slope_ends or ()))
    if benchmark is not None:
        layout |= _benchmark(indicator, benchmark, mode)
    # in one piece: every later change would make plotly check the whole again
    return go.Figure(
        data=traces,
        layout={
            "template": TEMPLATES[mode], "height": HEIGHT, "bargap": 0, "margin": {"t": 12, "r": 66},
            **layout,
        },
    )  # fmt: skip


def _bars(indicator: Indicator, shown: pd.DataFrame, size: int, mode: Mode) -> dict[str, Any]:
    theme = THEMES[mode]
    return {
        "type": "bar",
        "x": shown["middle"].tolist(),
        "y": shown["value"].tolist(),
        "width": shown["share"].tolist(),
        "marker": {
            "color": [colour(group, size) for group in shown["group"]],
            "line": {"color": theme.paper, "width": 1.5},
        },
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": (shown["upper"] - shown["value"]).tolist(),
            "arrayminus": (shown["value"] - shown["lower"]).tolist(),
            "color": theme.text,
            "thickness": 1.4,
            "width": 3,
            "visible": bool(shown["lower"].notna().any()),
        },
        "customdata": [_hover(indicator, row, size) for row in shown.to_dict("records")],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _benchmark(indicator: Indicator, benchmark: tuple[str, float], mode: Mode) -> dict[str, Any]:
    name, value = benchmark
    ink = THEMES[mode].text
    line = {
        "type": "line", "xref": "x domain", "x0": 0, "x1": 1, "y0": value, "y1": value,
        "line": {"color": ink, "width": 1.2, "dash": "dash"},
    }  # fmt: skip
    note = {
        "x": 100.5, "y": value, "text": f"{name}<br>{figures.figure(indicator, value)}", "showarrow": False,
        "xanchor": "left", "yanchor": "middle", "align": "left", "font": {"size": 12, "color": ink},
    }  # fmt: skip
    return {"shapes": [line], "annotations": [note]}


def _axes(indicator: Indicator, shown: pd.DataFrame, size: int, ends: list[float]) -> dict[str, Any]:
    roomy = shown[shown["share"] >= NARROWEST]
    highest = max([*shown[["value", "upper"]].max().dropna(), *ends])
    lowest = min([*shown[["value", "lower"]].min().dropna(), *ends, 0.0])
    return {
        "xaxis": {
            "tickvals": roomy["middle"].tolist(),
            "ticktext": [str(group) for group in roomy["group"]],
            "title": {"text": AXIS if size == 10 else AXIS.replace("Tenth", "Fifth").replace("10", "5")},
            "showgrid": False,
            "tickangle": 0,
            "range": [-0.5, 100.5],
            "zeroline": False,
        },
        "yaxis": {
            "title": {"text": indicator.unit},
            "nticks": 6,
            "range": [lowest * HEADROOM, highest * HEADROOM if highest > 0 else 0],
        },
    }


def _hover(indicator: Indicator, row: dict[str, float], size: int) -> str:
    words = figures.limits(indicator, row["lower"], row["upper"])
    between = f"<br>95% limits {words}" if words else ""
    return (
        f"<b>{group_words(int(row['group']), size)}</b><br>{figures.figure(indicator, row['value'])}{between}"
        f"<br>{row['areas']:,.0f} small areas, {row['share']:.0f}% of people counted"
    )


def group_words(group: int, size: int) -> str:
    """ "Most deprived tenth", "Tenth 4", "Least deprived fifth"."""
    noun = "tenth" if size == 10 else "fifth"
    ends = {1: f"Most deprived {noun}", size: f"Least deprived {noun}"}
    return ends.get(group, f"{noun.capitalize()} {group}")


def to_table(indicator: Indicator, frame: pd.DataFrame) -> pd.DataFrame:
    """Groups down: figure, limits, line, small areas, those set aside, people and cases."""
    size = len(frame)
    table = pd.DataFrame(
        {
            "England’s deprivation " + ("tenth" if size == 10 else "fifth"): [
                group_words(int(group), size) for group in frame["group"]
            ],
            indicator.short_title: frame["value"].round(indicator.decimals),
            "Lower limit": frame["lower"].round(indicator.decimals),
            "Upper limit": frame["upper"].round(indicator.decimals),
            "On the line": frame["line"].round(indicator.decimals),
            "Small areas": frame["areas"].astype("Int64"),
            "Without a figure": frame["set_aside"].astype("Int64"),
            "Share of people (%)": frame["share"].round(1),
            "Counted": frame["numerator"].round().astype("Int64"),
            "Out of": frame["people"].round().astype("Int64"),
        }
    )
    return table.dropna(axis="columns", how="all")


def takeaway(indicator: Indicator, frame: pd.DataFrame) -> str:
    """A description of the bars without any claim: the figures of the first and the last group with one."""
    if not available(frame):
        return ""
    rows = frame[frame["value"].notna()]
    size = len(frame)
    words = [
        f"{figures.figure(indicator, row['value'])} in the {group_words(int(row['group']), size).lower()}"
        for row in (rows.iloc[0], rows.iloc[-1])
    ]
    return f"{indicator.short_title}: {words[0]}, {words[1]}."
