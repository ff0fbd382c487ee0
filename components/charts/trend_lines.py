"""A figure over time, one line an area, limits for the first; a gap where years were not measured."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.charts.end_labels import APART
from components.charts.template import base
from data.catalogue.model import Indicator
from house_style import figures
from house_style.palette import THEMES, Mode, rgb

PLOT = 0.65  # of the height: what the lines and their limits span


def start_year(period: str) -> int:
    """The first year a period names: 2022 for "2022/23" and "2022 - 24". ValueError without one."""
    found = re.match(r"\d{4}", period)
    if found is None:
        raise ValueError(f"a period starts with a year, not {period!r}")
    return int(found.group())


def prepare(series: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Series by name (each with period, value, lower, upper) as one frame: name, period, year, the numbers,
    part.

    ``part`` counts from 0 and steps wherever the years jump by more than the usual step, or a figure is
    missing: a line is drawn within a part, never across.
    """
    frames = []
    for name, rows in series.items():
        frame = rows[["period", "value", "lower", "upper"]].copy()
        frame.insert(0, "name", name)
        frame["year"] = [start_year(period) for period in frame["period"]]
        frame = frame.sort_values("year")
        step = frame["year"].diff()
        usual = step.min() if step.notna().any() else 1
        frame["part"] = ((step > usual) | frame["value"].isna()).cumsum()
        frames.append(frame)
    if not frames:
        return pd.DataFrame(columns=["name", "period", "value", "lower", "upper", "year", "part"])
    return pd.concat(frames, ignore_index=True)


def available(frame: pd.DataFrame) -> bool:
    """True when at least one line has two figures."""
    known = frame[frame["value"].notna()]
    return bool(len(known) and known.groupby("name")["period"].nunique().max() >= 2)


def draw(indicator: Indicator, frame: pd.DataFrame, *, mode: Mode = "light", height: int = 300) -> go.Figure:
    """Lines labelled at their end; the first in the accent colour with its limits, the others quiet."""
    theme = THEMES[mode]
    figure = base(mode, height)
    styles = [(theme.accent, 3.0, "solid"), (theme.text, 1.8, "solid"), (theme.quiet, 1.8, "dash")]
    styles += [(theme.worse, 1.8, "dot")]
    ends: list[tuple[float, str, str, int]] = []
    for i, (name, rows) in enumerate(frame.groupby("name", sort=False)):
        colour, width, dash = styles[min(i, len(styles) - 1)]
        for _, part in rows[rows["value"].notna()].groupby("part"):
            if i == 0 and part["lower"].notna().all() and len(part) > 1:
                _band(figure, part, colour)
            figure.add_scatter(
                x=part["year"],
                y=part["value"],
                mode="lines+markers",
                line={"color": colour, "width": width, "dash": dash},
                marker={"size": 6 if i == 0 else 4},
                customdata=[
                    f"<b>{name}</b><br>{figures.period_words(indicator, p)}: {figures.figure(indicator, v)}"
                    for p, v in zip(part["period"], part["value"], strict=True)
                ],
                hovertemplate="%{customdata}<extra></extra>",
            )
        known = rows[rows["value"].notna()]
        if len(known):
            last = known.iloc[-1]
            ends.append((float(last["value"]), str(name), colour, int(last["year"])))
    drawn = frame[["value", "lower", "upper"]]
    reach = float(drawn.max(axis=None) - drawn.min(axis=None))
    _labels(figure, ends, PLOT * height / (reach or 1.0))
    years = frame.drop_duplicates("year").sort_values("year")
    every = max(1, int(np.ceil(len(years) / 7)))
    shown = years.iloc[::-1].iloc[::every]
    figure.update_xaxes(
        tickvals=shown["year"], ticktext=shown["period"].str.replace(" - ", " to "), showgrid=False
    )
    figure.update_yaxes(title=indicator.unit, nticks=6)
    figure.update_layout(margin={"r": 130, "t": 12}, hovermode="closest")
    return figure


def _band(figure: go.Figure, part: pd.DataFrame, colour: str) -> None:
    r, g, b = rgb(colour)
    figure.add_scatter(
        x=[*part["year"], *part["year"][::-1]],
        y=[*part["upper"], *part["lower"][::-1]],
        fill="toself",
        fillcolor=f"rgba({r},{g},{b},0.16)",
        line={"width": 0},
        hoverinfo="skip",
        mode="lines",
    )


def _labels(figure: go.Figure, ends: list[tuple[float, str, str, int]], scale: float) -> None:
    """Names at the ends of lines, moved apart so that they never overlap; `scale` is pixels a unit."""
    ends = sorted(ends, reverse=True)
    previous: float | None = None
    for value, name, colour, year in ends:
        pixels = (ends[0][0] - value) * scale
        at = pixels if previous is None else max(pixels, previous + APART)
        previous = at
        figure.add_annotation(
            x=year,
            y=value,
            text=name,
            showarrow=False,
            xanchor="left",
            xshift=8,
            yshift=pixels - at,
            font={"color": colour, "size": 13},
        )


def to_table(indicator: Indicator, frame: pd.DataFrame) -> pd.DataFrame:
    """Periods down, areas across."""
    wide = frame.pivot(index=["year", "period"], columns="name", values="value")
    names = list(dict.fromkeys(frame["name"]))
    wide = wide.sort_index().reset_index().drop(columns="year").rename(columns={"period": "Period"})
    wide.columns.name = None
    return wide[["Period", *names]].round(indicator.decimals)


def takeaway(indicator: Indicator, frame: pd.DataFrame) -> str:
    """One true sentence on the first line: from the first to the last figure of its latest unbroken part."""
    if not available(frame):
        return ""
    name = frame["name"].iloc[0]
    known = frame[(frame["name"] == name) & frame["value"].notna()]
    if known.empty:
        return ""
    part = known[known["part"] == known["part"].iloc[-1]]
    first, last = part.iloc[0], part.iloc[-1]
    if len(part) < 2:
        return ""
    change = (
        figures.number(last["value"], indicator.decimals),
        figures.number(first["value"], indicator.decimals),
    )
    if change[0] == change[1]:
        now = figures.figure(indicator, last["value"])
        return f"{name}: {now} in {last['period']}, as in {first['period']}."
    word = "up" if last["value"] > first["value"] else "down"
    return (
        f"{name}: {figures.figure(indicator, last['value'])} in {last['period']}, {word} from "
        f"{figures.figure(indicator, first['value'])} in {first['period']}."
    )
