"""How small areas differ inside each neighbourhood or ward: range, middle half, average."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from components.charts.template import base
from data.catalogue.model import Indicator
from house_style import figures
from house_style.narrative import placed
from house_style.palette import THEMES, Mode, mix
from methods.concentration import Spread

ROW = 26
FEWEST = 3  # small areas: with fewer there is no middle half
MOST = 20  # groups drawn; the table has them all


def prepare(spread: Spread | None) -> pd.DataFrame:
    """Groups with at least three small areas, widest range first: name, areas, mean, lowest, lower_quarter,
    median, upper_quarter, highest, label, range.
    """
    if spread is None:
        return pd.DataFrame(columns=["name", "label", "areas", "range"])
    frame = spread.table.rename_axis("name").reset_index()
    frame = frame[frame["areas"] >= FEWEST].copy()
    frame["label"] = frame["name"].astype(str).str.removesuffix(" area")
    frame["range"] = frame["highest"] - frame["lowest"]
    return frame.sort_values(["range", "name"], ascending=[False, True]).reset_index(drop=True)


def available(frame: pd.DataFrame) -> bool:
    """True when at least one group can be drawn."""
    return len(frame) >= 1


def draw(indicator: Indicator, frame: pd.DataFrame, *, mode: Mode = "light") -> go.Figure:
    """A thin line from lowest to highest, a thick one for the middle half, a dot at the average."""
    theme = THEMES[mode]
    shown = frame.head(MOST).iloc[::-1]
    figure = base(mode, ROW * len(shown) + 80)
    for low, high, width, colour, name in (
        ("lowest", "highest", 2, theme.quiet, "lowest to highest small area"),
        ("lower_quarter", "upper_quarter", 11, mix(theme.paper, theme.accent, 0.55), "middle half of people"),
    ):
        xs: list[float | None] = []
        ys: list[str | None] = []
        for row in shown.to_dict("records"):
            xs += [row[low], row[high], None]
            ys += [row["label"], row["label"], None]
        figure.add_scatter(
            x=xs, y=ys, mode="lines", line={"width": width, "color": colour}, name=name, hoverinfo="skip"
        )
    figure.add_scatter(
        x=shown["mean"],
        y=shown["label"],
        mode="markers",
        name="average",
        marker={"size": 9, "color": theme.text, "line": {"color": theme.paper, "width": 1.5}},
        customdata=[_hover(indicator, row) for row in shown.to_dict("records")],
        hovertemplate="%{customdata}<extra></extra>",
    )
    figure.update_yaxes(type="category", showgrid=False)
    low, high = shown["lowest"].min(), shown["highest"].max()
    pad = (high - low) * 0.03 or 1.0
    figure.update_xaxes(title=indicator.unit, range=[low - pad, high + pad], zeroline=False)
    figure.update_layout(
        showlegend=True, margin={"t": 30}, legend={"orientation": "h", "y": 1, "yanchor": "bottom"}
    )
    return figure


def _hover(indicator: Indicator, row: dict[str, float]) -> str:
    ends = [figures.figure(indicator, row[name]) for name in ("lowest", "highest", "mean")]
    return (
        f"<b>{row['name']}</b><br>from {ends[0]} to {ends[1]}<br>average {ends[2]}, "
        f"{row['areas']:.0f} small areas"
    )


def to_table(indicator: Indicator, frame: pd.DataFrame, noun: str) -> pd.DataFrame:
    """Groups down, widest range first."""
    decimals = indicator.decimals
    return pd.DataFrame(
        {
            noun: frame["name"],
            "Small areas": frame["areas"].astype("Int64"),
            "Without a figure": frame["missing"].astype("Int64"),
            "Lowest": frame["lowest"].round(decimals),
            "Lower quarter": frame["lower_quarter"].round(decimals),
            "Middle": frame["median"].round(decimals),
            "Upper quarter": frame["upper_quarter"].round(decimals),
            "Highest": frame["highest"].round(decimals),
            "Average": frame["mean"].round(decimals),
        }
    )


def takeaway(indicator: Indicator, frame: pd.DataFrame, within_share: float, nouns: str) -> str:
    """A description of what is published for small areas: the widest range, and how much lies within."""
    widest = frame.iloc[0]
    low, high = (figures.figure(indicator, widest[name]) for name in ("lowest", "highest"))
    text = f"Inside {placed(str(widest['name']))}, small areas range from {low} to {high}"
    if figures.missing(within_share):
        return f"{text}."
    return f"{text}. {100 * within_share:.0f}% of all differences between small areas lie within {nouns}."
