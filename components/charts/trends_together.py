"""One figure over time for several areas, in the areas' own colours, named at the ends of their lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components import figures
from components.charts import trend_lines
from components.charts.template import base
from components.compare_areas import Area
from components.level_names import listed
from components.palette import THEMES, Mode, rgb
from data.catalogue.model import Indicator
from data.recent_trend import TrendFound

HEIGHT = 400
PLOT = 300  # of the height, between the axes
APART = 17
BANDS = 3  # lines with their limits drawn; with more, the bands hide the lines
to_table = trend_lines.to_table


def prepare(series: Mapping[str, pd.DataFrame], *, editions: bool = False) -> pd.DataFrame:
    """Series by area name as one frame, as `trend_lines.prepare`; empty series are left out.

    `editions` is True for figures that come out years apart, where nothing is missing between two points.
    """
    frame = trend_lines.prepare({name: rows for name, rows in series.items() if len(rows)})
    return frame.assign(part=0) if editions else frame


def available(frame: pd.DataFrame) -> bool:
    """Whether at least one area has two figures."""
    return trend_lines.available(frame)


def draw(
    indicator: Indicator, frame: pd.DataFrame, areas: Sequence[Area], *, mode: Mode = "light"
) -> go.Figure:
    """Lines in the areas' colours; limits as bands while there are few; no line across missing years."""
    theme = THEMES[mode]
    figure = base(mode, HEIGHT)
    by_name = {area.name: area for area in areas}
    few = frame["name"].nunique() <= BANDS
    ends: list[tuple[float, str, str, int]] = []
    for name, rows in frame.groupby("name", sort=False):
        area = by_name.get(str(name))
        colour = area.colour(mode) if area else theme.quiet
        known = rows[rows["value"].notna()]
        for _, part in known.groupby("part"):
            if few and area and part["lower"].notna().all() and len(part) > 1:
                _band(figure, part, colour)
            figure.add_scatter(
                x=part["year"], y=part["value"], mode="lines+markers", marker={"size": 6, "color": colour},
                line={"color": colour, "width": 2.4, "dash": "solid" if area else "dot"},
                customdata=[_hover(indicator, str(name), row) for row in part.itertuples(index=False)],
                hovertemplate="%{customdata}<extra></extra>",
            )  # fmt: skip
        if len(known):
            label = f"{area.number} {name}" if area else str(name)
            ends.append((float(known["value"].iloc[-1]), label, colour, int(known["year"].iloc[-1])))
    _labels(figure, ends, frame, theme.text)
    years = frame.drop_duplicates("year").sort_values("year")
    shown = years.iloc[::-1].iloc[:: max(1, int(np.ceil(len(years) / 7)))]
    figure.update_xaxes(
        tickvals=shown["year"], ticktext=shown["period"].str.replace(" - ", " to "), showgrid=False
    )
    figure.update_yaxes(title=indicator.unit, nticks=6)
    figure.update_layout(margin={"r": 170, "t": 12}, hovermode="closest")
    return figure


def _hover(indicator: Indicator, name: str, row: object) -> str:
    when = figures.period_words(indicator, str(row.period))  # type: ignore[attr-defined]
    value = figures.figure(indicator, row.value)  # type: ignore[attr-defined]
    between = figures.limits(indicator, row.lower, row.upper)  # type: ignore[attr-defined]
    return f"<b>{name}</b><br>{when}: {value}" + (f"<br>{between}" if between else "")


def _band(figure: go.Figure, part: pd.DataFrame, colour: str) -> None:
    red, green, blue = rgb(colour)
    figure.add_scatter(
        x=[*part["year"], *part["year"][::-1]], y=[*part["upper"], *part["lower"][::-1]], fill="toself",
        fillcolor=f"rgba({red},{green},{blue},0.15)", line={"width": 0}, hoverinfo="skip", mode="lines",
    )  # fmt: skip


def _labels(
    figure: go.Figure, ends: list[tuple[float, str, str, int]], frame: pd.DataFrame, ink: str
) -> None:
    if not ends:
        return
    high, low = float(frame["value"].max()), float(frame["value"].min())
    last = max(end[3] for end in ends)
    previous: float | None = None
    for value, label, colour, year in sorted(ends, reverse=True):
        pixels = (high - value) / ((high - low) or 1.0) * PLOT
        at = pixels if previous is None else max(pixels, previous + APART)
        previous = at
        short = label if len(label) <= 22 else f"{label[:21]}…"
        figure.add_annotation(
            x=last, y=value, yshift=pixels - at, xanchor="left", xshift=9, showarrow=False,
            text=f'<span style="color:{colour}">■</span> {short}' + ("" if year == last else f" ({year})"),
            font={"size": 13, "color": ink},
        )  # fmt: skip


def tests_table(tests: Mapping[str, TrendFound]) -> pd.DataFrame:
    """Area, outcome, the periods tested and why there was no test."""
    return pd.DataFrame(
        {
            "Area": list(tests),
            "Recent trend": [found.words for found in tests.values()],
            "Years tested": [
                ", ".join(found.trend.periods) if found.trend else "" for found in tests.values()
            ],
            "Note": [found.why for found in tests.values()],
        }
    )


def outcome_words(found: TrendFound) -> str:
    """What a test found, as the beginning of a sentence."""
    if found.trend is None:
        return f"Not tested, because {found.why}"
    if found.words == "not enough years":
        count = len(found.trend.periods)
        have = f"there {'is' if count == 1 else 'are'} {count} in a row, 5 are needed"
        return f"Not enough years to test for a trend ({have})"
    words = f"{found.words[:1].upper()}{found.words[1:]}"
    return f"{words} ({found.why})" if found.why else words


def takeaways(tests: Mapping[str, TrendFound]) -> list[str]:
    """What the tests found, one sentence an outcome: "Increasing and getting worse: Liverpool."."""
    by_words: dict[str, list[str]] = {}
    for name, found in tests.items():
        by_words.setdefault(outcome_words(found), []).append(name)
    return [f"{words}: {listed(names)}." for words, names in by_words.items()]


def takeaway(tests: Mapping[str, TrendFound]) -> str:
    """All outcomes in one text."""
    return " ".join(takeaways(tests))
