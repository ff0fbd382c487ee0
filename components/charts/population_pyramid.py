"""The ages of an area's residents, beside the ages of a benchmark.

The published counts are by age band and not by sex, so the two sides are the area and its benchmark.
"""

from __future__ import annotations

import re
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from components.charts.template import base
from house_style import figures
from house_style.palette import THEMES, Mode

BAND = re.compile(r"age-(\d\d)-(\d\d|plus)")
LETTERS = 16  # in a line of a name over its side: what half a chart of 254 pixels holds


def band_label(group: str) -> str:
    """``age-00-04`` as "0 to 4", ``age-85-plus`` as "85 and over". ValueError for anything else."""
    found = BAND.fullmatch(group)
    if found is None:
        raise ValueError(f"not an age band: {group!r}")
    start, end = found.groups()
    return f"{int(start)} and over" if end == "plus" else f"{int(start)} to {int(end)}"


def _shares(rows: pd.DataFrame) -> pd.DataFrame:
    bands = rows[rows["group"].astype(str).str.fullmatch(BAND.pattern)].sort_values("group")
    counts = bands.drop_duplicates("group").set_index("group")["value"]
    total = counts.sum(min_count=len(counts)) if len(counts) else float("nan")
    return pd.DataFrame({"people": counts, "percent": counts / total * 100})


def prepare(rows: pd.DataFrame, benchmark: pd.DataFrame | None = None) -> pd.DataFrame:
    """Age bands, youngest first: group, label, people, percent, benchmark_percent.

    `rows` and `benchmark` are observations of ``population-by-age`` of one area each (group, value). A share
    needs every band: with one missing, all shares are missing.
    """
    frame = _shares(rows)
    frame["benchmark_percent"] = float("nan") if benchmark is None else _shares(benchmark)["percent"]
    frame = frame.reset_index()
    frame["label"] = [band_label(group) for group in frame["group"]]
    return frame[["group", "label", "people", "percent", "benchmark_percent"]]


def available(frame: pd.DataFrame) -> bool:
    """True when shares by age are known."""
    return bool(len(frame) and frame["percent"].notna().all())


def draw(
    frame: pd.DataFrame, *, area_name: str, benchmark_name: str = "England", mode: Mode = "light"
) -> go.Figure:
    """Bars to the left for the area, to the right for the benchmark, on one scale."""
    theme = THEMES[mode]
    figure = base(mode, 22 * len(frame) + 70)
    most, deep = float(frame[["percent", "benchmark_percent"]].max().max()) * 1.12, 1
    for name, column, side, fill in (
        (area_name, "percent", -1, theme.accent),
        (benchmark_name, "benchmark_percent", 1, theme.quiet),
    ):
        if frame[column].isna().all():
            continue
        figure.add_bar(
            x=frame[column] * side,
            y=frame["label"],
            orientation="h",
            marker={"color": fill},
            customdata=frame[column],
            hovertemplate=f"%{{y}}: %{{customdata:.1f}}% of residents<extra>{name}</extra>",
        )
        lines = wrap(name, LETTERS)
        deep, held = max(deep, len(lines)), "right" if side < 0 else "left"
        figure.add_annotation(
            x=0, xanchor=held, xshift=8 * side, y=1, yref="paper", yanchor="bottom", showarrow=False,
            text=f"<b>{'<br>'.join(lines)}</b>", align=held, font={"color": fill},
        )  # fmt: skip
    step = 5 if most > 7 else 2
    ticks = [t for t in range(-100, 101, step) if abs(t) <= most]
    figure.update_xaxes(range=[-most, most], tickvals=ticks, ticktext=[f"{abs(t)}%" for t in ticks])
    figure.update_yaxes(showgrid=False, type="category")
    figure.update_layout(barmode="overlay", bargap=0.12, margin={"t": 12 + 18 * deep})
    return figure


def to_table(frame: pd.DataFrame, *, area_name: str, benchmark_name: str = "England") -> pd.DataFrame:
    """Age bands as readers see them."""
    return pd.DataFrame(
        {
            "Age": frame["label"],
            f"Residents of {area_name}": frame["people"].round(0).astype("Int64"),
            f"{area_name} (%)": frame["percent"].round(1),
            f"{benchmark_name} (%)": frame["benchmark_percent"].round(1),
        }
    )


def takeaway(frame: pd.DataFrame, *, area_name: str, benchmark_name: str = "England") -> str:
    """One true sentence: the broad age group that differs most from the benchmark; "" where it cannot be
    said.
    """
    if not available(frame) or frame["benchmark_percent"].isna().any():
        return ""
    start = frame["group"].str[4:6].astype(int)
    groups = {
        "children under 15": start < 15,
        "people aged 15 to 29": (start >= 15) & (start < 30),
        "people aged 30 to 64": (start >= 30) & (start < 65),
        "people aged 65 and over": start >= 65,
    }
    sums = {
        name: (float(frame.loc[rows, "percent"].sum()), float(frame.loc[rows, "benchmark_percent"].sum()))
        for name, rows in groups.items()
    }
    name, (here, there) = max(sums.items(), key=lambda item: abs(item[1][0] - item[1][1]))
    if figures.number(here) == figures.number(there):
        return f"The ages of {area_name} are much like those of {benchmark_name}."
    word = "more" if here > there else "fewer"
    return f"{area_name} has {word} {name} than {benchmark_name}: {here:.0f}% against {there:.0f}%."
