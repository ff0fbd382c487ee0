"""Areas by how deprived they are and by one figure, the few named, the many to point at."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from components.charts import names_beside
from components.charts.template import TEMPLATES
from data.catalogue.model import Indicator
from house_style import figures
from house_style.palette import CATEGORICAL, THEMES, Mode

NAMED_UP_TO = 16
HEIGHT, PLOT = 400, 320  # pixels: of the chart, and of it between the axes
ROOM = 0.06  # of the span of the figures: beyond the outer dots on every side
AXIS = "IMD 2025 score (further right: more deprived)"


def prepare(rows: pd.DataFrame, scores: pd.DataFrame, chosen: str | None = None) -> pd.DataFrame:
    """Slices of the figure and of the IMD score joined: area_code, area_name, place_name, score, value,
    lower, upper, denominator, chosen. Areas without either are left out.
    """
    score = scores.set_index("area_code")["value"]
    frame = rows.assign(score=rows["area_code"].map(score))
    frame = frame[frame["value"].notna() & frame["score"].notna()].copy()
    frame["chosen"] = frame["area_code"] == chosen
    columns = [
        "area_code",
        "area_name",
        "place_name",
        "score",
        "value",
        "lower",
        "upper",
        "denominator",
        "chosen",
    ]
    return frame[columns].sort_values("score", ascending=False).reset_index(drop=True)


def available(frame: pd.DataFrame) -> bool:
    """True with at least three areas."""
    return len(frame) >= 3


def draw(
    indicator: Indicator, frame: pd.DataFrame, *, every_width: bool = False, mode: Mode = "light"
) -> go.Figure:
    """One dot an area, a colour for each Place when there are up to five, names where they fit: on a wide
    screen, or with `every_width` for the chart in HTML, which has those of every screen.
    """
    theme = THEMES[mode]
    places = list(dict.fromkeys(frame["place_name"]))
    colours = dict(zip(places, CATEGORICAL, strict=False)) if 1 < len(places) <= len(CATEGORICAL) else {}
    big = len(frame) <= 80
    traces = []
    for place in places if colours else [""]:
        part = frame[frame["place_name"] == place] if place else frame
        traces.append(
            {
                "type": "scatter",
                "x": part["score"].tolist(),
                "y": part["value"].tolist(),
                "mode": "markers",
                "name": place,
                "marker": {
                    "color": colours.get(place, theme.accent),
                    "size": [14 if mine else 10 if big else 6 for mine in part["chosen"]],
                    "line": {"color": theme.paper, "width": 0.8},
                },
                "customdata": [_hover(indicator, row) for row in part.to_dict("records")],
                "hovertemplate": "%{customdata}<extra></extra>",
            }
        )
    plot = names_beside.Plot(_range(frame["score"]), _range(frame["value"]), PLOT)
    names = [
        names_beside.around(str(row.area_name).removesuffix(" area"), row.score, row.value, theme.text)
        for row in (frame.itertuples() if len(frame) <= NAMED_UP_TO else ())
    ]
    at = frame["score"], frame["value"]
    return go.Figure(
        data=traces,
        layout={
            "template": TEMPLATES[mode],
            "height": HEIGHT,
            "xaxis": {"title": {"text": AXIS}, "nticks": 8, "range": plot.across},
            "yaxis": {"title": {"text": indicator.unit}, "nticks": 8, "range": plot.up},
            "showlegend": bool(colours),
            "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom"},
            "margin": {"t": 28 if colours else 12, "r": 24},
            "annotations": names_beside.notes(names, at, plot, every_width=every_width),
        },
    )


def _range(values: pd.Series) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    room = ROOM * ((high - low) or 1.0)
    return low - room, high + room


def _hover(indicator: Indicator, row: dict[str, object]) -> str:
    lower, upper = row["lower"], row["upper"]
    words = figures.limits(indicator, float(str(lower)), float(str(upper)))
    between = f"<br>95% limits {words}" if words else ""
    value = figures.figure(indicator, float(str(row["value"])))
    return (
        f"<b>{row['area_name']}</b>, {row['place_name']}<br>{value}{between}"
        f"<br>IMD score {figures.number(float(str(row['score'])), 1)}"
    )


def to_table(indicator: Indicator, frame: pd.DataFrame) -> pd.DataFrame:
    """Areas, most deprived first: name, Place, IMD score, figure and limits."""
    table = pd.DataFrame(
        {
            "Area": frame["area_name"],
            "Place": frame["place_name"],
            "IMD score": frame["score"].round(1),
            indicator.short_title: frame["value"].round(indicator.decimals),
            "Lower limit": frame["lower"].round(indicator.decimals),
            "Upper limit": frame["upper"].round(indicator.decimals),
            "Code": frame["area_code"],
        }
    )
    return table.dropna(axis="columns", how="all")


def takeaway(indicator: Indicator, nouns: str, steepness: str) -> str:
    """One sentence from the test of the slope over these areas ("more", "less", "none", "untested")."""
    endings = {
        "more": f"higher in the more deprived {nouns}, as a rule",
        "less": f"lower in the more deprived {nouns}, as a rule",
        "none": f"no clear rise or fall with the deprivation of {nouns}",
        "untested": f"too few {nouns} to test whether it follows deprivation",
    }
    return f"{indicator.short_title}: {endings[steepness]}."
