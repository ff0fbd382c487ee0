"""The gap between two ends over time: both ends of every period, joined, with the size of the gap."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from components.charts.template import base
from components.charts.trend_lines import start_year
from data.catalogue.model import Indicator
from house_style import figures
from house_style.palette import THEMES, Mode


def prepare(table: pd.DataFrame) -> pd.DataFrame:
    """Periods with both ends (period, most, least, gap, lower, upper) in order of time, with ``year``."""
    frame = table[table["most"].notna() & table["least"].notna()].copy()
    frame["year"] = [start_year(period) for period in frame["period"]]
    return frame.sort_values("year").reset_index(drop=True)


def available(frame: pd.DataFrame) -> bool:
    """True with at least two periods."""
    return len(frame) >= 2


def draw(
    indicator: Indicator, frame: pd.DataFrame, *, names: tuple[str, str], mode: Mode = "light"
) -> go.Figure:
    """A line from one end to the other for each period; `names` of its two ends, most first."""
    theme = THEMES[mode]
    figure = base(mode, 330)
    joined_x: list[float | None] = []
    joined_y: list[float | None] = []
    for row in frame.itertuples():
        joined_x += [row.year, row.year, None]
        joined_y += [row.most, row.least, None]
    figure.add_scatter(
        x=joined_x, y=joined_y, mode="lines", line={"color": theme.quiet, "width": 2}, hoverinfo="skip"
    )
    for column, name, colour, symbol in (
        ("most", names[0], theme.worse, "circle"),
        ("least", names[1], theme.accent, "diamond"),
    ):
        figure.add_scatter(
            x=frame["year"],
            y=frame[column],
            mode="markers",
            name=name,
            marker={"color": colour, "size": 12, "symbol": symbol},
            customdata=[_hover(indicator, row, name, column) for row in frame.to_dict("records")],
            hovertemplate="%{customdata}<extra></extra>",
        )
    for row in frame.itertuples():
        figure.add_annotation(
            x=row.year, y=(row.most + row.least) / 2, text=size_words(indicator, row.gap), showarrow=False,
            xanchor="left", xshift=6, font={"size": 12, "color": theme.text},
        )  # fmt: skip
    figure.update_xaxes(
        tickvals=frame["year"],
        ticktext=frame["period"].str.replace(" - ", " to "),
        showgrid=False,
        range=[frame["year"].min() - 0.4, frame["year"].max() + 0.7],
    )
    figure.update_yaxes(title=indicator.unit, nticks=6)
    figure.update_layout(
        showlegend=True, margin={"t": 30}, legend={"orientation": "h", "y": 1.02, "yanchor": "bottom"}
    )
    figure.data[0].showlegend = False
    return figure


def size_words(indicator: Indicator, gap: float) -> str:
    """The size of a gap: "12.1 points" for percentages, else with the unit."""
    number = figures.number(abs(gap), indicator.decimals)
    return f"{number} points" if indicator.statistic == "percentage" else number


def _hover(indicator: Indicator, row: dict[str, object], name: str, column: str) -> str:
    return f"<b>{row['period']}</b><br>{name}: {figures.figure(indicator, float(str(row[column])))}"


def to_table(indicator: Indicator, frame: pd.DataFrame, names: tuple[str, str]) -> pd.DataFrame:
    """Periods down: both ends, the gap and its limits, and from how many areas."""
    table = pd.DataFrame(
        {
            "Period": frame["period"],
            names[0]: frame["most"].round(indicator.decimals),
            names[1]: frame["least"].round(indicator.decimals),
            "Gap": frame["gap"].round(indicator.decimals),
            "Lower limit of the gap": frame["lower"].round(indicator.decimals),
            "Upper limit of the gap": frame["upper"].round(indicator.decimals),
            "Areas": frame["units"].astype("Int64"),
        }
    )
    return table.dropna(axis="columns", how="all")


def takeaway(indicator: Indicator, frame: pd.DataFrame, verdict: str, *, not_a_series: bool = False) -> str:
    """One sentence from the test of the first against the last gap.

    `verdict` is "wider", "narrower", "none" or "untested"; `not_a_series` says that periods must not be
    compared at all.
    """
    if not available(frame):
        return ""
    first, last = frame.iloc[0], frame.iloc[-1]
    sizes = (
        f"{size_words(indicator, first['gap'])} in {first['period']}, "
        f"{size_words(indicator, last['gap'])} in {last['period']}"
    )
    if not_a_series:
        return f"The gap in each year: {sizes}. The years are no trend."
    endings = {
        "wider": f"The gap has grown: {sizes}.",
        "narrower": f"The gap has shrunk: {sizes}.",
        "none": f"No change in the gap can be told from chance: {sizes}.",
        "untested": f"The gap was {sizes}; without limits nobody can say whether it changed.",
    }
    return endings[verdict]
