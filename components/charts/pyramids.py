"""The ages of several areas over each other: shares of residents by age band, one stepped line an area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from components.charts import population_pyramid
from components.charts.template import base
from components.compare_areas import Area
from components.palette import THEMES, Mode

APART = 17  # pixels between two names at the ends of lines
HEIGHT = 430
PLOT = 330  # of the height, between the axes


def prepare(rows: Mapping[str, pd.DataFrame], names: Mapping[str, str]) -> pd.DataFrame:
    """Shares by age of each area: code, name, group, label, order, people, percent.

    `rows` are observations of ``population-by-age`` by area code (group, value). An area with a band
    missing has no shares and is left out.
    """
    frames = []
    for code, found in rows.items():
        frame = population_pyramid.prepare(found)
        if population_pyramid.available(frame):
            frame = frame.drop(columns="benchmark_percent")
            frames.append(frame.assign(code=code, name=names[code], order=range(len(frame))))
    columns = ["code", "name", "group", "label", "order", "people", "percent"]
    return pd.concat(frames, ignore_index=True)[columns] if frames else pd.DataFrame(columns=columns)


def available(frame: pd.DataFrame) -> bool:
    """Whether any area's ages are known."""
    return bool(len(frame))


def draw(
    frame: pd.DataFrame, areas: Sequence[Area], *, mode: Mode = "light", reference: str = ""
) -> go.Figure:
    """Stepped lines by age band, youngest at the left, named at their right end.

    `reference` is the code of an area that is not among the compared ones (England): drawn quiet and dashed.
    """
    theme = THEMES[mode]
    figure = base(mode, HEIGHT)
    by_code = {area.code: area for area in areas}
    ends: list[tuple[float, str, str]] = []
    last = int(frame["order"].max())
    for code, rows in frame.groupby("code", sort=False):
        area = by_code.get(str(code))
        quiet = area is None or code == reference
        colour = theme.quiet if quiet or area is None else area.colour(mode)
        name = str(rows["name"].iloc[0])
        figure.add_scatter(
            x=[-0.5, *rows["order"], last + 0.5],
            y=[rows["percent"].iloc[0], *rows["percent"], rows["percent"].iloc[-1]],
            mode="lines",
            line={
                "color": colour,
                "width": 2 if quiet else 2.6,
                "shape": "hvh",
                "dash": "dot" if quiet else "solid",
            },
            customdata=[rows["label"].iloc[0], *rows["label"], rows["label"].iloc[-1]],
            hovertemplate=f"<b>{name}</b><br>aged %{{customdata}}: %{{y:.1f}}% of residents<extra></extra>",
        )
        label = name if area is None else f"{area.number} {name}"
        ends.append((float(rows["percent"].iloc[-1]), label, colour))
    most = float(frame["percent"].max()) * 1.08
    _labels(figure, ends, most, last, theme.text)
    labels = frame.drop_duplicates("order").sort_values("order")
    figure.update_xaxes(
        tickvals=labels["order"],
        ticktext=labels["label"],
        showgrid=False,
        title="Age",
        range=[-0.5, last + 0.5],
    )
    figure.update_yaxes(range=[0, most], ticksuffix="%", title="share of residents", nticks=6)
    figure.update_layout(margin={"r": 170, "t": 12}, hovermode="closest")
    return figure


def _labels(figure: go.Figure, ends: list[tuple[float, str, str]], most: float, last: int, ink: str) -> None:
    previous: float | None = None
    for value, label, colour in sorted(ends, reverse=True):
        pixels = (most - value) / most * PLOT
        at = pixels if previous is None else max(pixels, previous + APART)
        previous = at
        short = label if len(label) <= 22 else f"{label[:21]}…"
        figure.add_annotation(
            x=last + 0.5, y=value, yshift=pixels - at, xanchor="left", xshift=6, showarrow=False,
            text=f'<span style="color:{colour}">■</span> {short}', font={"size": 13, "color": ink},
        )  # fmt: skip


def to_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Ages down, areas across: per cent of residents, one decimal."""
    wide = frame.pivot_table(index=["order", "label"], columns="name", values="percent", sort=False)
    names = list(dict.fromkeys(frame["name"]))
    wide = wide.reset_index().sort_values("order").drop(columns="order").rename(columns={"label": "Age"})
    wide.columns.name = None
    return wide[["Age", *names]].round(1).rename(columns={name: f"{name} (%)" for name in names})


def takeaway(frame: pd.DataFrame) -> str:
    """What the picture shows, without a comparison: the shares by age are not tested one by one."""
    if not available(frame):
        return ""
    count = frame["code"].nunique()
    return f"Shares of residents by five-year age group, {count} {'area' if count == 1 else 'areas'}."
