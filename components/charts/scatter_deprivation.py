"""Areas by how deprived they are and by one figure, the few named, the many to point at."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from components import figures
from components.charts.template import TEMPLATES
from components.palette import CATEGORICAL, THEMES, Mode
from data.catalogue.model import Indicator

NAMED_UP_TO = 16
LETTER = 6.6  # pixels a letter of a name takes
PLOT = ((820, 310), (290, 310))  # pixels of the plot, wide and narrow: keeps names apart
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
    indicator: Indicator, frame: pd.DataFrame, *, narrow: bool = False, mode: Mode = "light"
) -> go.Figure:
    """One dot an area, a colour for each Place when there are up to five, names where they fit."""
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
                    "opacity": 0.9 if big else 0.6,
                    "line": {"color": theme.paper, "width": 0.8},
                },
                "customdata": [_hover(indicator, row) for row in part.to_dict("records")],
                "hovertemplate": "%{customdata}<extra></extra>",
            }
        )
    named = len(frame) <= NAMED_UP_TO
    return go.Figure(
        data=traces,
        layout={
            "template": TEMPLATES[mode],
            "height": 400,
            "xaxis": {"title": {"text": AXIS}, "nticks": 8},
            "yaxis": {"title": {"text": indicator.unit}, "nticks": 7},
            "showlegend": bool(colours),
            "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom"},
            "margin": {"t": 28 if colours else 12, "r": 24},
            "annotations": _names(frame, theme.text, PLOT[1 if narrow else 0]) if named else [],
        },
    )


def _names(frame: pd.DataFrame, ink: str, plot: tuple[int, int]) -> list[dict[str, object]]:
    """Names right of their dots, or left, above or below where another would be covered."""
    x_span = (frame["score"].max() - frame["score"].min()) or 1.0
    y_span = (frame["value"].max() - frame["value"].min()) or 1.0
    at = [
        ((score - frame["score"].min()) / x_span * plot[0], (value - frame["value"].min()) / y_span * plot[1])
        for score, value in zip(frame["score"], frame["value"], strict=True)
    ]
    taken = [(x - 7, y - 7, x + 7, y + 7) for x, y in at]
    notes: list[dict[str, object]] = []
    names = [str(name).removesuffix(" area") for name in frame["area_name"]]
    for (x, y), name, row in zip(at, names, frame.itertuples(), strict=True):
        wide = len(name) * LETTER
        spots = {
            ("left", "middle"): (x + 9, y - 8, x + 9 + wide, y + 8),
            ("right", "middle"): (x - 9 - wide, y - 8, x - 9, y + 8),
            ("center", "bottom"): (x - wide / 2, y + 8, x + wide / 2, y + 24),
            ("center", "top"): (x - wide / 2, y - 24, x + wide / 2, y - 8),
            ("left", "bottom"): (x + 5, y + 5, x + 5 + wide, y + 21),
            ("left", "top"): (x + 5, y - 21, x + 5 + wide, y - 5),
            ("right", "bottom"): (x - 5 - wide, y + 5, x - 5, y + 21),
            ("right", "top"): (x - 5 - wide, y - 21, x - 5, y - 5),
        }
        for (xanchor, yanchor), box in spots.items():
            inside = box[0] > -40 and box[2] < plot[0] + 20
            if inside and not any(
                _touch(box, other) for other in taken if other != (x - 7, y - 7, x + 7, y + 7)
            ):
                taken.append(box)
                notes.append(
                    {
                        "x": row.score, "y": row.value, "text": name, "showarrow": False, "xanchor": xanchor,
                        "yanchor": yanchor, "xshift": {"left": 8, "right": -8}.get(xanchor, 0),
                        "yshift": {"bottom": 6, "top": -6}.get(yanchor, 0),
                        "font": {"size": 12, "color": ink},
                    }
                )  # fmt: skip
                break
    return notes


def _touch(one: tuple[float, ...], two: tuple[float, ...]) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


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
