"""The one look of every plotly chart, in both modes, and the helpers every chart shares."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
import streamlit as st

from house_style.palette import MODES, THEMES, Mode

FONT = "Source Sans, Segoe UI, Arial, sans-serif"
TEXT_SIZE = 14
# No toolbar over the picture: downloads stand in their own place, with the figures.
CONFIG: dict[str, Any] = {"displayModeBar": False, "scrollZoom": False, "responsive": True}


def current_mode() -> Mode:
    """The reader's theme; light where the browser has not said yet."""
    return "dark" if st.context.theme.type == "dark" else "light"


def template(mode: Mode) -> go.layout.Template:
    """The shared plotly template of one mode."""
    theme = THEMES[mode]
    axis = {
        "gridcolor": theme.grid,
        "linecolor": theme.grid,
        "zerolinecolor": theme.quiet,
        "tickfont": {"color": theme.text, "size": TEXT_SIZE - 1},
        "title": {"font": {"color": theme.quiet, "size": TEXT_SIZE - 1}},
        "automargin": True,
        "fixedrange": True,
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": TEXT_SIZE, "color": theme.text},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "colorway": [theme.accent, theme.worse, theme.quiet],
            "xaxis": axis,
            "yaxis": axis,
            "margin": {"l": 8, "r": 16, "t": 8, "b": 8},
            "showlegend": False,
            "dragmode": False,
            "hoverlabel": {
                "bgcolor": theme.paper,
                "bordercolor": theme.quiet,
                "font": {"color": theme.text, "family": FONT, "size": TEXT_SIZE},
                "align": "left",
            },
        }
    )


TEMPLATES = {mode: template(mode) for mode in MODES}


def base(mode: Mode, height: int) -> go.Figure:
    """An empty figure in the shared look."""
    return go.Figure(layout={"template": TEMPLATES[mode], "height": height})


def show(figure: go.Figure, *, key: str, alt: str) -> None:
    """Draw a chart with its description for those who cannot see it."""
    st.plotly_chart(figure, width="stretch", theme=None, config=CONFIG, key=key, alt=alt)
