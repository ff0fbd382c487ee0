"""The concentration curve: what share of cases the most deprived people have, from the most deprived on."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.charts.template import base
from data.catalogue.model import Indicator
from house_style.palette import THEMES, Mode, rgb
from methods.concentration import Concentration

POINTS = 101  # of the curve drawn: more cannot be seen
FIFTHS = (20, 40, 60, 80, 100)


def prepare(found: Concentration | None) -> pd.DataFrame:
    """The curve at every hundredth of people: ``people``, ``cases`` in per cent; no rows without a result."""
    if found is None:
        return pd.DataFrame(columns=["people", "cases"])
    at = np.linspace(0, 1, POINTS)
    return pd.DataFrame({"people": 100 * at, "cases": 100 * np.interp(at, found.people, found.cases)})


def available(frame: pd.DataFrame) -> bool:
    """True when there is a curve."""
    return len(frame) > 1


def draw(frame: pd.DataFrame, *, mode: Mode = "light") -> go.Figure:
    """The curve over the line of equal shares."""
    theme = THEMES[mode]
    figure = base(mode, 380)
    r, g, b = rgb(theme.accent)
    figure.add_scatter(
        x=[0, 100], y=[0, 100], mode="lines", hoverinfo="skip",
        line={"color": theme.quiet, "width": 1.5, "dash": "dash"},
    )  # fmt: skip
    figure.add_scatter(
        x=frame["people"],
        y=frame["cases"],
        mode="lines",
        line={"color": theme.accent, "width": 3},
        fill="tonexty",
        fillcolor=f"rgba({r},{g},{b},0.14)",
        hovertemplate="The most deprived %{x:.0f}% of people have %{y:.0f}% of cases<extra></extra>",
    )
    figure.add_annotation(
        x=62, y=62, text="equal shares", showarrow=False, xanchor="left", yanchor="top",
        font={"size": 12, "color": theme.quiet},
    )  # fmt: skip
    figure.update_xaxes(title="Share of people, the most deprived first (%)", range=[0, 101], dtick=20)
    figure.update_yaxes(title="Share of cases (%)", range=[0, 101], dtick=20)
    return figure


def to_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Shares of cases of the most deprived 20%, 40%, ... of people."""
    rows = frame[frame["people"].round().isin(FIFTHS)]
    return pd.DataFrame(
        {
            "Most deprived share of people (%)": rows["people"].round().astype(int),
            "Share of cases (%)": rows["cases"].round(1),
        }
    )


def takeaway(indicator: Indicator, frame: pd.DataFrame, found: Concentration) -> str:
    """One sentence; a leaning is claimed only where the limits of the index exclude 0."""
    share = float(np.interp(20, frame["people"], frame["cases"]))
    first = (
        f"The most deprived 20% of those counted have {share:.0f}% of the cases of “{indicator.short_title}”"
    )
    if not found.index.excludes(0.0):
        return f"{first}: no leaning towards either end can be told from chance."
    side = "most" if found.index.value < 0 else "least"
    return f"{first}. Cases gather among the {side} deprived."
