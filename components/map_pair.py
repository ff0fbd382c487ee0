"""Two figures on one map: thirds of each, nine colours, and what a test says of the two together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

import numpy as np
import pandas as pd
import streamlit as st

from components.legend import NO_FIGURES, Entry, Shading, count_words, short_noun
from components.map_colour import Paint
from components.map_state import MapState
from components.map_state import read as read_state
from components.selection import hold, quoted, remember
from data.catalogue.model import Indicator
from data.gradient import EXPECTED_FROM_INCOME
from data.query import Bundle
from house_style import figures
from house_style.figures import period_words
from house_style.palette import BIVARIATE, text_on
from methods.association import FEWEST, rank_correlation
from methods.classify import MISSING, Classes, classify
from methods.results import Estimate, MethodError

PAIR = "pair"
SPREAD = {0: (), 1: (1,), 2: (0, 2), 3: (0, 1, 2)}  # where one to three classes stand among three
COLOURS = tuple(colour for row in BIVARIATE for colour in row)
LINK = (
    "A link between areas is not one between persons. Neighbours resemble each other, so the test is "
    "somewhat too sure."
)
NOTE = f"Each figure is cut into thirds of the areas shown. {LINK}"
CSS = """
.pair { border-collapse: separate; border-spacing: 2px; font-size: .86rem; max-width: 27rem; width: 100%; }
.pair caption { text-align: left; font-weight: 600; line-height: 1.35; padding-bottom: .3rem;
  font-size: 1rem; }
.pair thead td { border: 0; }
.pair th { font-weight: 500; text-align: left; line-height: 1.2; padding: .1rem .3rem; border: 0;
  width: 25%; }
.pair th small { display: block; color: var(--quiet); }
.pair tbody td { text-align: center; height: 2.6rem; border: 1px solid color-mix(in srgb, currentColor 45%,
  transparent); font-variant-numeric: tabular-nums; }
"""


@dataclass(frozen=True)
class Thirds:
    """One figure in thirds: `of` is 0 (least need) to 2 (greatest need) or -1 by area; `ranges` in words."""

    of: np.ndarray
    ranges: Mapping[int, str]


@dataclass(frozen=True)
class Pair(Shading):
    """A shading of two figures: class ``3 * third of the first + third of the second``."""

    second: Indicator | None = None
    thirds: tuple[Thirds, ...] = ()

    def words(self) -> str:
        """How the colours are made."""
        return NOTE

    def title(self) -> str:
        """What the legend of a picture is headed."""
        return "Thirds of the two figures, in the order of the heading"

    def entries(self) -> list[Entry]:
        """Nine lines in words, greatest need of both first, then areas without one of the figures."""
        second = self.second or self.indicator
        lines = [
            Entry(
                f"{ends(self.indicator)[at // 3]}, {ends(second)[at % 3].lower()}",
                int((self.classes.of == at).sum()),
                COLOURS[at],
            )
            for at in range(8, -1, -1)
        ]
        lines = [line for line in lines if line.count]
        if self.classes.missing:
            lines.append(Entry(NO_FIGURES, self.classes.missing, None))
        return lines


def ends(indicator: Indicator) -> tuple[str, str, str]:
    """What the thirds of a figure are called, least need first."""
    if indicator.polarity == "high-is-better":
        return "Highest third", "Middle third", "Lowest third"
    return "Lowest third", "Middle third", "Highest third"


def thirds(indicator: Indicator, values: pd.Series) -> Thirds:
    """A figure cut into thirds of its areas (fewer where many are level); 2 is greater need."""
    numbers = values.to_numpy(dtype=float, na_value=np.nan)
    found = classify(numbers, "quantile", most=3, decimals=indicator.decimals)
    spots = SPREAD[found.size]
    if indicator.polarity == "high-is-better":
        spots = tuple(2 - spot for spot in spots)
    of = np.array([spots[i] if i >= 0 else MISSING for i in found.of], dtype=np.int64)
    pairs = zip(spots, found.ranges, strict=True)
    return Thirds(of, {at: figures.range_words(indicator, *span) for at, span in pairs if span is not None})


def read(params: Mapping[str, str], state: MapState, bundle: Bundle) -> tuple[MapState | None, list[str]]:
    """The second figure that an address asks for, for the areas of the first, with a note where it cannot
    be had. Its period is that of the first where it has that, else its latest.
    """
    asked = params.get("second", "").strip()
    if not asked:
        return None, []
    alone = f"Showing “{state.indicator.short_title}” alone."
    if asked not in {item.id for item in bundle.indicators()}:
        return None, [f"There is no indicator called {quoted(asked)}. {alone}"]
    if not state.known:
        return None, []
    if asked == state.indicator.id:
        return None, [f"The second figure is the same as the first. {alone}"]
    wanted = {"indicator": asked, "level": state.level}
    wanted |= {key: params[key] for key in ("places", "area", "weak") if key in params}
    groups = bundle.groups(asked)
    group = "all" if "all" in groups else groups[0]
    if state.selection.period in bundle.periods(asked, state.level, group):
        wanted["period"] = state.selection.period
    second = read_state(wanted, bundle)
    same = second.rows["area_code"].tolist() == state.rows["area_code"].tolist()
    if not second.known or not same:
        title = bundle.catalogue[asked].short_title
        return None, [f"“{title}” has no figures for these {short_noun(state.level)}. {alone}"]
    notes = []
    if params.get("colour") or params.get("limits"):
        notes = ["Two figures at once have colours of their own: “Colour by” is not used."]
    return second, notes


def both_known(first: MapState, second: MapState) -> np.ndarray:
    """Which areas have both figures."""
    return (first.shown["value"].notna() & second.shown["value"].notna()).to_numpy()


def expected(state: MapState) -> bool:
    """True where the figure is what family income leads to expect: a link with income would be its own."""
    return state.indicator.id in EXPECTED_FROM_INCOME and bool((state.rows["basis"] == "modelled").any())


def correlation(first: MapState, second: MapState) -> Estimate | None:
    """The rank correlation over the areas that have both figures; None where it cannot be tested."""
    both = both_known(first, second)
    if both.sum() < FEWEST or expected(first) or expected(second):
        return None
    try:
        return rank_correlation(first.shown.loc[both, "value"], second.shown.loc[both, "value"])
    except MethodError:  # a figure that is the same in all areas has no order to follow
        return None


def sentence(first: MapState, second: MapState) -> str:
    """The takeaway, from the test alone."""
    one, two = first.indicator.short_title, second.indicator.short_title
    found, of = correlation(first, second), count_words(int(both_known(first, second).sum()), first.level)
    for part in (first, second):
        if expected(part):
            return (
                f"{one} and {two}: no link is tested, because “{part.indicator.short_title}” is here what "
                f"family income leads one to expect ({of})."
            )
    if found is None:
        return f"{one} and {two}: too few or too similar figures to test whether they go together ({of})."
    tail = (
        f"rank correlation {figures.number(found.value, 2)}, 95% limits {figures.number(found.lower, 2)} to "
        f"{figures.number(found.upper, 2)}, {of}"
    )
    if not found.excludes(0):
        return f"{one} and {two}: no clear link between the two ({tail})."
    goes = "higher" if found.value > 0 else "lower"
    return f"Where “{one}” is higher, “{two}” is {goes}, as a rule ({tail})."


def paint(first: MapState, second: MapState, bundle: Bundle) -> Paint:
    """The colours of two figures at once."""
    cut = thirds(first.indicator, first.shown["value"]), thirds(second.indicator, second.shown["value"])
    known = (cut[0].of >= 0) & (cut[1].of >= 0)
    of = np.where(known, 3 * cut[0].of + cut[1].of, MISSING)
    counts = tuple(int((of == at).sum()) for at in range(9))
    classes = Classes("quantile", (), of, counts, (None,) * 9, int((~known).sum()))
    heading = " and ".join(
        f"{part.indicator.title}, {period_words(part.indicator, part.selection.period)}"
        for part in (first, second)
    )
    column = None
    if second.selection.group == "all":
        key = f"{second.indicator.id}|{second.selection.period}"
        column = bundle.layers["columns"].get(second.level, {}).get(key)
    hover = ((figures.headed(second.indicator), column),) if column else ()
    shading = Pair(first.indicator, classes, COLOURS, second=second.indicator, thirds=cut)
    return Paint(PAIR, shading, heading, sentence(first, second), coded=True, hover=hover)


def legend_html(pair: Pair, level: str, note: str = "") -> str:
    """The square of nine colours as a table: words on both sides, the number of areas in every cell."""
    second = pair.second or pair.indicator
    rows_of, columns_of = pair.thirds

    def head(indicator: Indicator, third: Thirds, at: int, scope: str) -> str:
        span = f"<small>{escape(third.ranges[at])}</small>" if at in third.ranges else ""
        return f'<th scope="{scope}">{ends(indicator)[at]}{span}</th>'

    top = "".join(head(second, columns_of, at, "col") for at in range(3))
    body = ""
    for row in (2, 1, 0):
        cells = ""
        for column in range(3):
            colour = BIVARIATE[row][column]
            ink, count = text_on(colour), pair.classes.counts[3 * row + column]
            cells += f'<td style="background:{colour};color:{ink}">{count:,}</td>'
        body += f"<tr>{head(pair.indicator, rows_of, row, 'row')}{cells}</tr>"
    missing = f" {NO_FIGURES} of one or both: {count_words(pair.classes.missing, level)}."
    return (
        f'<table class="pair"><caption>Down: {escape(pair.indicator.short_title)}. '
        f"Across: {escape(second.short_title)}. Number of {escape(short_noun(level))} in each colour."
        "</caption>"
        f"<thead><tr><td></td>{top}</tr></thead><tbody>{body}</tbody></table>"
        f'<p class="quiet">{escape(f"{note} {NOTE}".strip())}{missing if pair.classes.missing else ""}</p>'
    )


def to_table(first: MapState, second: MapState, pair: Pair) -> pd.DataFrame:
    """All areas with both figures and the third that each falls in."""
    columns = {"Area": first.rows["area_name"], "Place": first.rows["place_name"]}
    for part, third in zip((first, second), pair.thirds, strict=True):
        names = ends(part.indicator)
        columns[figures.headed(part.indicator)] = part.rows["value"].round(part.indicator.decimals)
        words = [names[at] if at >= 0 else None for at in third.of]
        columns[f"Third: {part.indicator.short_title}"] = pd.Series(words, index=part.rows.index)
    return pd.DataFrame(columns | {"Code": first.rows["area_code"]})


def other(chosen: str | None, first: str) -> str | None:
    """The second figure that was chosen; none where it is the first one once more."""
    return None if chosen == first else chosen


def choose(state: MapState, second: MapState | None, bundle: Bundle) -> None:
    """Draw the choice of a second figure."""
    # the same list whatever the first figure is: a list that changes is sent again with every choice
    names = {item.id: item.short_title for item in bundle.indicators(state.level)}
    hold("map-second", second.indicator.id if second is not None else None)
    st.selectbox(
        "Second figure on the same map",
        list(names),
        format_func=names.__getitem__,
        key="map-second",
        index=None,
        placeholder="None",
        on_change=lambda: remember(
            second=other(st.session_state["map-second"], state.indicator.id), colour=None, limits=None
        ),
    )
