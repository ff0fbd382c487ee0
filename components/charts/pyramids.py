"""The ages of several areas over each other: shares of residents by age band, one stepped line an area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from components.charts import population_pyramid
from components.charts.end_labels import End, end_labels
from components.charts.template import TEMPLATES
from components.compare_areas import Area
from house_style.palette import THEMES, Mode

HEIGHT = 430
PLOT = 330  # of the height, between the axes
COLUMNS = ["code", "name", "group", "label", "order", "people", "percent"]


def shares(rows: pd.DataFrame) -> pd.DataFrame:
    """One area's shares by age: group, label, order, people, percent; empty where a band is missing.

    `rows` are observations of ``population-by-age`` (group, value).
    """
    frame = population_pyramid.prepare(rows)
    if not population_pyramid.available(frame):
        return pd.DataFrame(columns=COLUMNS[2:])
    return frame.assign(order=range(len(frame)))[COLUMNS[2:]]


def prepare(found: Mapping[str, pd.DataFrame], names: Mapping[str, str]) -> pd.DataFrame:
    """Shares by age of all areas: code, name, and the columns of `shares`; `found` has those by area code."""
    frames = [rows.assign(code=code, name=names[code]) for code, rows in found.items() if len(rows)]
    return pd.concat(frames, ignore_index=True)[COLUMNS] if frames else pd.DataFrame(columns=COLUMNS)


def available(frame: pd.DataFrame) -> bool:
    """Whether any area's ages are known."""
    return bool(len(frame))


def draw(
    frame: pd.DataFrame, areas: Sequence[Area], *, mode: Mode = "light", reference: str = ""
) -> go.Figure:
    """Stepped lines by age band, youngest at the left, with the areas' numbers at their right end.

    `reference` is the code of an area that is not among the compared ones (England): drawn quiet and dotted.
    """
    theme = THEMES[mode]
    by_code = {area.code: area for area in areas}
    most = float(frame["percent"].max()) * 1.08
    last = int(frame["order"].max())
    traces, ends = [], []
    for code, rows in frame.groupby("code", sort=False):
        area = None if code == reference else by_code.get(str(code))
        colour = area.colour(mode) if area else theme.quiet
        name, values, labels = str(rows["name"].iloc[0]), list(rows["percent"]), list(rows["label"])
        traces.append(
            {
                "type": "scatter",
                # a step reaches half way to its neighbours: the outer ones are given their outer halves
                "x": [-0.5, *rows["order"], last + 0.5],
                "y": [values[0], *values, values[-1]],
                "customdata": [labels[0], *labels, labels[-1]],
                "mode": "lines",
                "line": {
                    "color": colour, "shape": "hvh", "width": 2.6 if area else 2,
                    "dash": "solid" if area else "dot",
                },
                "hovertemplate": f"<b>{name}</b><br>aged %{{customdata}}: %{{y:.1f}}%<extra></extra>",
            }
        )  # fmt: skip
        pixels = (most - values[-1]) / most * PLOT
        ends.append(End(pixels, values[-1], str(area.number) if area else name, colour, last + 0.5))
    bands = frame.drop_duplicates("order").sort_values("order")
    shown = bands[(bands["order"] % 3 == 0) | (bands["order"] == last)]  # all would not fit on a phone
    layout = {
        "template": TEMPLATES[mode],
        "height": HEIGHT,
        "annotations": end_labels(ends, theme.text),
        "xaxis": {
            "tickvals": list(shown["order"]), "ticktext": [start_of(label) for label in shown["label"]],
            "showgrid": False,
            "title": "Age, in groups of five years", "tickangle": 0, "range": [-0.5, last + 0.5],
        },
        "yaxis": {"range": [0, most], "ticksuffix": "%", "title": "share of residents", "nticks": 6},
        "margin": {"r": 80 if reference else 44, "t": 12},
        "hovermode": "closest",
    }  # fmt: skip
    return go.Figure(data=traces, layout=layout)


def start_of(label: str) -> str:
    """A band's first year, for a narrow axis: "5" of "5 to 9", "85+" of "85 and over"."""
    return label.split()[0] + ("+" if label.endswith("over") else "")


def to_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Ages down, areas across: per cent of residents, one decimal."""
    columns: dict[str, list[object]] = {"Age": list(frame.drop_duplicates("order")["label"])}
    for name, rows in frame.groupby("name", sort=False):
        columns[f"{name} (%)"] = list(rows["percent"].round(1))
    return pd.DataFrame(columns)


def takeaway(frame: pd.DataFrame) -> str:
    """What the picture shows, without a comparison: the shares by age are not tested one by one."""
    if not available(frame):
        return ""
    count = frame["code"].nunique()
    return f"Shares of residents by five-year age group, {count} {'area' if count == 1 else 'areas'}."
