"""Areas in order of a figure, each with its 95% limits, against Place and England."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.charts.template import base
from components.legend import short_noun
from data.catalogue.model import Indicator
from house_style import figures
from house_style.palette import THEMES, Mode

MOST_BARS = 40
ENDS = 15  # of each end, when there are more areas than bars
ROW, DEEP_ROW = 22, 40  # pixels a bar, with a name of one line and of two
ONE_LINE = 28  # letters: a longer name beside a bar leaves no room for it on a phone


def prepare(rows: pd.DataFrame, chosen: str | None = None, most: int = MOST_BARS) -> pd.DataFrame:
    """Areas with a figure, highest first, cut to both ends when there are too many.

    `rows` is a slice of the bundle (area_code, area_name, place_name, value, lower, upper, reliability).
    Returns those columns with ``position`` (1 is highest; ties share the better place), ``of``, ``label``
    and ``chosen``.
    """
    known = rows[rows["value"].notna()].copy()
    known["position"] = known["value"].rank(method="min", ascending=False).astype(int)
    known["of"] = len(known)
    known["chosen"] = known["area_code"] == chosen
    known = known.sort_values(["value", "area_name"], ascending=[False, True]).reset_index(drop=True)
    if len(known) > most:
        ends = (known.index < ENDS) | (known.index >= len(known) - ENDS)
        known = known[ends | known["chosen"]].reset_index(drop=True)
    known["label"] = known["area_name"]
    if known["place_name"].nunique() > 1:
        inside = known["area_name"] != known["place_name"]
        known.loc[inside, "label"] = known["area_name"] + ", " + known["place_name"].astype(str)
    return known


def available(frame: pd.DataFrame) -> bool:
    """True when there are at least two areas to put in order."""
    return len(frame) >= 2


def draw(
    indicator: Indicator,
    frame: pd.DataFrame,
    *,
    benchmarks: Mapping[str, float | None],
    colours: Sequence[str] | None = None,
    mode: Mode = "light",
) -> go.Figure:
    """Horizontal bars with limits; a line for each benchmark. `colours` by row, or one colour for all."""
    theme = THEMES[mode]
    shown = frame.iloc[::-1]
    fill = list(colours)[::-1] if colours is not None else [theme.accent] * len(shown)
    deep = bool((shown["label"].str.len() > ONE_LINE).any())
    figure = base(mode, (DEEP_ROW if deep else ROW) * len(shown) + 64)
    limits = {
        "type": "data",
        "symmetric": False,
        "array": shown["upper"] - shown["value"],
        "arrayminus": shown["value"] - shown["lower"],
        "color": theme.quiet,
        "thickness": 1.2,
        "width": 0,
        "visible": bool(shown["lower"].notna().any()),
    }
    line = {
        "color": [theme.chosen if mine else theme.quiet for mine in shown["chosen"]],
        "width": [2.5 if mine else 0.6 for mine in shown["chosen"]],
    }
    common = {
        "x": shown["value"],
        "y": shown["area_code"],
        "error_x": limits,
        "customdata": [_hover(indicator, row) for row in _records(shown)],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    # years of life differ by a few in eighty: a bar from zero would hide it, a dot need not start there
    if indicator.statistic == "years":
        figure.add_scatter(mode="markers", marker={"color": fill, "line": line, "size": 13}, **common)
    else:
        figure.add_bar(orientation="h", marker={"color": fill, "line": line}, **common)
        figure.update_xaxes(rangemode="tozero")
    labels = [_lines(row) if deep else row["label"] for row in _records(shown)]
    names = [f"<b>{name}</b>" if mine else name for name, mine in zip(labels, shown["chosen"], strict=True)]
    figure.update_yaxes(tickvals=shown["area_code"], ticktext=names, showgrid=False, type="category")
    figure.update_xaxes(title=indicator.unit, side="bottom")
    for i, (name, value) in enumerate(benchmarks.items()):
        if value is None or figures.missing(value):
            continue
        figure.add_vline(x=value, line={"color": theme.text, "width": 1.5, "dash": "dash" if i else "dot"})
        figure.add_annotation(
            x=value,
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=16 * (i % 2),
            showarrow=False,
            text=f"{name} {figures.figure(indicator, value)}",
            font={"size": 12, "color": theme.text},
        )
    figure.update_layout(margin={"t": 40}, bargap=0.22)
    return figure


def _lines(row: Mapping[str, Any]) -> str:
    """A name with its Place below it, or broken once where it is long itself."""
    name, label = str(row["area_name"]), str(row["label"])
    rest = label.removeprefix(name).removeprefix(", ")
    if rest:
        return f"{name}<br>{rest}"
    return "<br>".join(wrap(label, max(ONE_LINE, len(label) // 2 + 6)))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def _hover(indicator: Indicator, row: Mapping[str, Any]) -> str:
    value = figures.figure(indicator, row["value"])
    words = figures.limits(indicator, row["lower"], row["upper"])
    between = f"<br>95% limits {words}" if words else ""
    return f"<b>{row['label']}</b><br>{value}{between}"


def to_table(indicator: Indicator, rows: pd.DataFrame) -> pd.DataFrame:
    """All areas of a slice as readers see them: rank, area, Place, figure, limits, kind of figure."""
    frame = prepare(rows, most=len(rows) + 1)
    empty = rows[rows["value"].isna()]
    table = pd.DataFrame(
        {
            "Rank": frame["position"].astype("Int64"),
            "Area": frame["area_name"],
            "Place": frame["place_name"],
            figures.headed(indicator): frame["value"].round(indicator.decimals),
            "Lower limit": frame["lower"].round(indicator.decimals),
            "Upper limit": frame["upper"].round(indicator.decimals),
            "Basis": frame["basis"],
            "Reliability": frame["reliability"],
            "Code": frame["area_code"],
        }
    )
    blanks = pd.DataFrame(
        {
            "Area": empty["area_name"],
            "Place": empty["place_name"],
            "Basis": empty["status"].map(figures.STATUS_WORDS),
            "Code": empty["area_code"],
        }
    )
    if blanks.empty:
        return table
    return pd.concat([table, blanks.astype(object)], ignore_index=True)[list(table.columns)]


def takeaway(
    indicator: Indicator, rows: pd.DataFrame, *, benchmarks: Mapping[str, float | None] | None = None
) -> str:
    """One true sentence: the lowest and the highest area, and the benchmarks beside them; or ""."""
    known = rows[rows["value"].notna()]
    if known.empty:
        return ""
    if indicator.statistic == "decile":
        return _tenths(indicator, known)
    beside = [
        f"{name} {figures.figure(indicator, value)}"
        for name, value in (benchmarks or {}).items()
        if not figures.missing(value)
    ]
    tail = f" ({'; '.join(beside)})" if beside else ""
    if len(known) == 1:
        only = known.iloc[0]
        value = figures.figure(indicator, only["value"])
        return f"{indicator.short_title}: {value} in {only['area_name']}{tail}."
    low, high = _end(indicator, known, highest=False), _end(indicator, known, highest=True)
    if low == high:
        return f"{indicator.short_title} is {low.split(' in ')[0]} in all {len(known)} {_noun(known)}{tail}."
    return f"{indicator.short_title}: from {low} to {high}{tail}."


def _noun(rows: pd.DataFrame) -> str:
    return short_noun(str(rows["area_level"].iloc[0]))


def _tenths(indicator: Indicator, known: pd.DataFrame) -> str:
    most, least = int((known["value"] == 1).sum()), int((known["value"] == 10).sum())
    return (
        f"{indicator.short_title}: {most:,} of {len(known):,} {_noun(known)} are in the most deprived "
        f"tenth of England, {least:,} in the least deprived."
    )


def _end(indicator: Indicator, known: pd.DataFrame, *, highest: bool) -> str:
    rounded = known["value"].round(indicator.decimals)
    at = rounded.max() if highest else rounded.min()
    tied = known[rounded == at]
    if len(tied) == 1:
        return f"{figures.figure(indicator, at)} in {tied.iloc[0]['area_name']}"
    return f"{figures.figure(indicator, at)} in {len(tied)} {_noun(known)}"
