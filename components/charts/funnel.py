"""Funnel plot: areas by size and figure, between the limits that chance alone would keep them in."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.charts.names_beside import Label, Plot, Spot, around, notes
from components.charts.template import base
from components.legend import count_words
from data.aggregate import SCALE
from data.catalogue.model import Indicator
from house_style import figures
from house_style.palette import THEMES, VERDICTS, Mode, Theme
from methods.compare import judge_levels
from methods.funnel import Funnel, place, proportion_funnel, rate_funnel

FEWEST = 5  # areas: with fewer there is no funnel to see
NAMED, TRIED = 14, 40  # areas named, and areas that room is sought for
STEPS = 120  # points of each limit
HEIGHT, PLOT = 440, 362  # pixels: of the chart, and of it between the axes
ROOM = 0.03  # of the span of the figures: beyond the outer marks and limits on every side
SYMBOLS = {
    "worse": "diamond", "better": "square", "higher": "triangle-up", "lower": "triangle-down",
    "similar": "circle",
}  # fmt: skip
AT = {"99.8%": "outside the 99.8% limits", "95%": "between the 95% and the 99.8% limits"}


def limits(indicator: Indicator, sizes: np.ndarray, benchmark: float) -> Funnel:
    """The funnel of an indicator around a benchmark: as its own limits are made, turned round."""
    if indicator.interval == "wilson":
        return proportion_funnel(sizes, benchmark, whole=SCALE[indicator.statistic])
    return rate_funnel(sizes, benchmark, per=SCALE[indicator.statistic])


def prepare(indicator: Indicator, rows: pd.DataFrame, benchmark: float | None) -> pd.DataFrame:
    """Areas with numerator and denominator: area_code, area_name, place_name, value, numerator, denominator,
    and ``result`` of the test ("worse (99.8%)", "similar", "lower (95%)").

    Empty where the figure is not such a rate, is an estimate, has no benchmark, or is not numerator over
    denominator.
    """
    columns = ["area_code", "area_name", "place_name", "area_level", "value", "numerator", "denominator"]
    counted = rows["value"].notna() & rows["numerator"].notna() & (rows["denominator"] > 0)
    counted &= rows["basis"] != "modelled"  # estimates do not scatter as counts do
    frame = rows.loc[counted, columns].reset_index(drop=True)
    fits = indicator.interval in ("wilson", "byar", "exact-poisson") and indicator.statistic in SCALE
    if not fits or benchmark is None or benchmark <= 0 or frame.empty:
        return frame.iloc[:0].assign(result=pd.Series(dtype=str))
    per = SCALE[indicator.statistic]
    if not np.allclose(frame["value"], frame["numerator"] / frame["denominator"] * per, rtol=1e-3, atol=1e-3):
        return frame.iloc[:0].assign(result=pd.Series(dtype=str))
    sizes = frame["denominator"].to_numpy(float)
    funnel = limits(indicator, sizes, benchmark)
    found = place(frame["numerator"], sizes, funnel, per=per)
    return frame.assign(result=[_judged(word, indicator) for word in found.tolist()])


def _judged(word: str, indicator: Indicator) -> str:
    directions = {"within": "similar", "high": "higher", "low": "lower"}
    side, space, level = word.partition(" (")
    return judge_levels(directions[side] + space + level, indicator.polarity)  # type: ignore[arg-type]


def available(frame: pd.DataFrame) -> bool:
    """True with at least five areas that have numerator and denominator."""
    return len(frame) >= FEWEST


def draw(
    indicator: Indicator,
    frame: pd.DataFrame,
    benchmark: float,
    than: str,
    *,
    chosen: str | None = None,
    every_width: bool = False,
    mode: Mode = "light",
) -> go.Figure:
    """One mark an area, its shape and colour the result of the test; two pairs of limits; names outside them:
    those of a wide screen, or with `every_width`, for the chart in HTML, those of every screen.
    """
    theme = THEMES[mode]
    figure = base(mode, HEIGHT)
    least, most = float(frame["denominator"].min()), float(frame["denominator"].max())
    sizes = np.geomspace(least * 0.85, most * 1.04, STEPS)
    funnel = limits(indicator, sizes, benchmark)
    for lower, upper, dash in (
        (funnel.lower998, funnel.upper998, "solid"), (funnel.lower95, funnel.upper95, "dot"),
    ):  # fmt: skip
        for edge in (lower, upper):
            line = {"color": theme.quiet, "width": 1.4, "dash": dash}
            figure.add_scatter(x=sizes, y=edge, mode="lines", line=line, hoverinfo="skip")
    figure.add_hline(y=benchmark, line={"color": theme.text, "width": 1.5})
    results = [result.split(" (")[0] for result in frame["result"]]
    mine = (frame["area_code"] == chosen).tolist()
    figure.add_scatter(
        x=frame["denominator"],
        y=frame["value"],
        mode="markers",
        marker={
            "color": [VERDICTS[word] for word in results],
            "symbol": [SYMBOLS[word] for word in results],
            "size": [16 if own else 9 if len(frame) < 200 else 6 for own in mine],
            "opacity": 1,
            "line": {"color": theme.text, "width": [2.5 if own else 1 for own in mine]},
        },
        customdata=[_hover(indicator, row) for row in frame.to_dict("records")],
        hovertemplate="%{customdata}<extra></extra>",
    )
    plot = Plot(
        _range(sizes), _range(np.concatenate([funnel.lower998, funnel.upper998, frame["value"]])), PLOT
    )
    words = [
        *_notes(funnel, f"{than} {figures.figure(indicator, benchmark)}", theme),
        *_names(frame, benchmark, chosen, theme.text),
    ]
    at = frame["denominator"], frame["value"]
    figure.update_layout(
        annotations=notes(words, at, plot, most=NAMED + 2, every_width=every_width),
        margin={"t": 16, "r": 24},
        xaxis={
            "title": f"Size: {indicator.denominator_text or 'number counted among'}", "nticks": 8,
            "tickformat": ",", "range": plot.across,
        },
        yaxis={"title": indicator.unit, "nticks": 7, "range": plot.up},
    )  # fmt: skip
    return figure


def _range(values: np.ndarray) -> tuple[float, float]:
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    room = ROOM * ((high - low) or 1.0)
    return (max(low - room, 0.0) if low >= 0 else low - room), high + room


def _notes(funnel: Funnel, centre: str, theme: Theme) -> list[Label]:
    """What the lines are: the benchmark's at its left end, the outer limits' at their right."""
    first, last = float(funnel.denominator[0]), float(funnel.denominator[-1])
    high, low = float(funnel.upper998[-1]), float(funnel.lower998[-1])
    ends = ((high, "bottom"), (low, "top"))
    limits = tuple(Spot(last, end, "right", side, off=False) for end, side in ends)
    level = tuple(
        Spot(x, funnel.benchmark, end, side, off=False)
        for x, end in ((first, "left"), (last, "right"))
        for side in ("bottom", "top")
    )
    return [
        Label(centre, level, theme.text, must=True),
        Label("99.8% limits", limits, theme.quiet, must=True),
    ]


def _names(frame: pd.DataFrame, benchmark: float, chosen: str | None, ink: str) -> list[Label]:
    """Names of the chosen area and of those outside the 99.8% limits, furthest first."""
    outside = frame[frame["result"].str.endswith("(99.8%)") | (frame["area_code"] == chosen)]
    spread = np.sqrt(outside["denominator"]) * (outside["value"] - benchmark).abs()
    order = spread.where(outside["area_code"] != chosen, np.inf).sort_values(ascending=False).index
    rows = outside.loc[order[:TRIED]]
    return [
        around(str(row.area_name), row.denominator, row.value, ink, must=row.area_code == chosen)
        for row in rows.itertuples()
    ]


def _hover(indicator: Indicator, row: dict[str, object]) -> str:
    value = figures.figure(indicator, float(str(row["value"])))
    counted = figures.number(float(str(row["numerator"])))
    of = figures.number(float(str(row["denominator"])))
    return f"<b>{row['area_name']}</b>, {row['place_name']}<br>{value} ({counted} of {of})<br>{row['result']}"


def to_table(indicator: Indicator, frame: pd.DataFrame, than: str) -> pd.DataFrame:
    """Areas, highest figure first: name, Place, size, count, figure and the result of the test."""
    shown = frame.sort_values("value", ascending=False)
    return pd.DataFrame(
        {
            "Area": shown["area_name"],
            "Place": shown["place_name"],
            figures.headed(indicator): shown["value"].round(indicator.decimals),
            "Count": shown["numerator"].round(0),
            "Out of": shown["denominator"].round(0),
            f"Against {than}": shown["result"],
            "Code": shown["area_code"],
        }
    )


def takeaway(indicator: Indicator, frame: pd.DataFrame, benchmark: float, than: str) -> str:
    """One sentence from the results of the test: how many areas lie outside, which way, at which level."""
    counts = frame["result"].value_counts()
    parts = []
    for level, where in AT.items():
        sides = [
            f"{counts[f'{word} ({level})']:,} {word}"
            for word in ("worse", "higher", "better", "lower")
            if f"{word} ({level})" in counts
        ]
        if sides:
            parts.append(f"{' and '.join(sides)} {where}")
    parts.append(f"{int(counts.get('similar', 0)):,} inside, where chance could explain the difference")
    level_of = str(frame["area_level"].iloc[0])
    value = figures.figure(indicator, benchmark)
    return (
        f"{indicator.short_title}, against {than} ({value}): of {count_words(len(frame), level_of)}, "
        f"{'; '.join(parts)}."
    )
