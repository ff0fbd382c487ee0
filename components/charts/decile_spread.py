"""How an area's residents are spread over England's ten equal groups of deprivation."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from components.charts.template import base
from house_style import figures
from house_style.palette import SEQUENTIAL, THEMES, Mode, text_on

TENTHS = range(1, 11)
EVEN = 10.0  # per cent of England's small areas in each tenth, by definition
SHOWN_FROM = 4.0  # per cent: below it a number does not fit over a bar of a phone


def prepare(rows: pd.DataFrame) -> pd.DataFrame:
    """Shares by tenth from observations with groups ``decile-01`` (most deprived) to ``decile-10``.

    Returns ten rows: decile, label, percent. A tenth without a row stays missing, never zero.
    """
    found = rows[rows["group"].astype(str).str.fullmatch(r"decile-\d\d")].copy()
    found["decile"] = found["group"].astype(str).str[-2:].astype(int)
    percent = found.drop_duplicates("decile").set_index("decile")["value"].reindex(TENTHS)
    labels = ["Most deprived", *(str(tenth) for tenth in range(2, 10)), "Least deprived"]
    return pd.DataFrame({"decile": list(TENTHS), "label": labels, "percent": percent.to_numpy()})


def available(frame: pd.DataFrame) -> bool:
    """True when any tenth has a figure."""
    return bool(frame["percent"].notna().any())


def colour(decile: int) -> str:
    """The map's colour for a tenth: dark is most deprived."""
    return SEQUENTIAL[4 - (decile - 1) // 2]


def draw(frame: pd.DataFrame, *, area_name: str, mode: Mode = "light") -> go.Figure:
    """Ten bars from most to least deprived, with the even share of England as a line."""
    theme = THEMES[mode]
    figure = base(mode, 250)
    text = [
        f"{value:.0f}%" if not figures.missing(value) and value >= SHOWN_FROM else ""
        for value in frame["percent"]
    ]
    figure.add_bar(
        x=frame["decile"],
        y=frame["percent"],
        marker={"color": [colour(d) for d in frame["decile"]], "line": {"color": theme.quiet, "width": 0.6}},
        text=text,
        textposition="auto",
        textfont={"size": 13},
        insidetextfont={"color": [text_on(colour(d)) for d in frame["decile"]]},
        outsidetextfont={"color": theme.text},
        cliponaxis=False,
        hovertemplate=f"Tenth %{{x}}: %{{y:.1f}}% of residents<extra>{area_name}</extra>",
    )
    figure.add_hline(y=EVEN, line={"color": theme.text, "width": 1.2, "dash": "dash"})
    figure.add_annotation(
        x=10.5, y=1, yref="paper", text="Dashed line: England, 10% in each", showarrow=False, xanchor="right",
        yanchor="bottom", font={"size": 12},
    )  # fmt: skip
    figure.update_xaxes(
        tickvals=[1, *range(2, 10), 10],
        ticktext=["Most<br>deprived", *map(str, range(2, 10)), "Least<br>deprived"],
        showgrid=False,
        tickangle=0,
    )
    figure.update_yaxes(ticksuffix="%", rangemode="tozero", nticks=5)
    figure.update_layout(bargap=0.15, margin={"t": 30})
    return figure


def to_table(frame: pd.DataFrame) -> pd.DataFrame:
    """The ten shares as readers see them."""
    words = [
        "1 (most deprived)" if d == 1 else "10 (least deprived)" if d == 10 else str(d)
        for d in frame["decile"]
    ]
    return pd.DataFrame({"Tenth of England": words, "Share of residents (%)": frame["percent"].round(1)})


def takeaway(frame: pd.DataFrame, *, area_name: str) -> str:
    """One true sentence on the most deprived tenth and fifth; "" without figures."""
    share = frame.set_index("decile")["percent"]
    if pd.isna(share[1]) or pd.isna(share[2]):
        return ""
    fifth = float(min(share[1] + share[2], 100.0))
    return (
        f"{fifth:.0f}% of residents of {area_name} live in the most deprived fifth of England's small areas, "
        f"{share[1]:.0f}% in the most deprived tenth."
    )
