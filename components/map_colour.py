"""What the colours of the Map mean: classes of the figure, its national tenth, or a comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from components import legend
from components.charts import ranked_bars
from components.legend import Entry, Shading, count_words, short_noun
from components.map_state import MapState
from components.selection import hold, quoted, remember
from components.tables import SHAPES, verdict_words
from data.catalogue.model import Indicator
from data.gradient import EXPECTED_FROM_INCOME
from data.query import Bundle
from geo.config import config
from house_style.figures import period_words
from house_style.level_names import listed
from house_style.palette import TENTHS, VERDICTS
from methods.classify import MISSING, Classes, classify
from methods.compare import Judgement, against, judge

CLASSES, REGION, TENTH, ENGLAND, PLACE = "classes", "region", "tenth", "england", "place"
COLOURS = (CLASSES, REGION, TENTH, ENGLAND, PLACE)
TENTH_CUTS = tuple(float(cut) for cut in range(2, 11))
ORDER: tuple[Judgement, ...] = ("worse", "higher", "similar", "lower", "better")


@dataclass(frozen=True)
class Verdicts(Shading):
    """A shading by comparison. `judged` is one judgement an area, in the order of the rows; `than` the
    benchmark as a reader says it.
    """

    judged: tuple[Judgement, ...] = ()
    than: str = ""

    def words(self) -> str:
        """How the comparison is made."""
        return (
            f"An area differs from {self.than} when its 95% limits leave that figure out. "
            "Of areas no different, about 1 in 20 do so by chance."
        )

    def title(self) -> str:
        """What the legend of a picture is headed."""
        return f"{self.indicator.short_title}, compared with {self.than}"

    def entries(self) -> list[Entry]:
        """A line for each judgement that occurs, worst or highest first, then what is not compared."""
        lines = [
            Entry(_capital(verdict_words(word, self.than)), count, VERDICTS[word], shape=SHAPES[word])
            for word in ORDER
            if (count := self.judged.count(word))
        ]
        if self.classes.missing:
            lines.append(Entry("Not compared: no figure or no limits", self.classes.missing, None))
        return lines


@dataclass(frozen=True)
class Paint:
    """How one view is coloured.

    `column` is the property with the numbers that `shading` cuts, where it is not the figure's own;
    `sentence` the takeaway where the colours have one of their own; `heading` stands over the legend.
    `judged` are judgements by area code. `coded` is true where the colour of an area is not a matter of its
    figure alone; `hover` are further lines of the hover, words and column; `levels` are results by area code
    of a comparison at two levels ("worse (99.8%)").
    """

    colour: str
    shading: Shading
    heading: str
    sentence: str = ""
    column: str | None = None
    judged: Mapping[str, Judgement] | None = None
    than: str = ""
    coded: bool = False
    hover: tuple[tuple[str, str], ...] = ()
    levels: Mapping[str, str] | None = None

    def shape(self, code: str) -> str:
        """What stands for the result of an area's comparison, twice where it is clear; "" without one."""
        if self.judged is None:
            return ""
        clear = self.levels is not None and self.levels[code].endswith("(99.8%)")
        return SHAPES[self.judged[code]] * (2 if clear else 1)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def tenth_of(indicator: Indicator, bundle: Bundle) -> Indicator | None:
    """The indicator with the true national tenths of this one, None where nobody publishes any."""
    stem = indicator.id
    for ending in ("-score", "-rank", "-decile", "-national-position"):
        stem = stem.removesuffix(ending)
    found = bundle.catalogue.indicators.get(f"{stem}-decile")
    ranked = indicator.statistic in ("score", "rank", "decile")
    return found if found is not None and found.statistic == "decile" and ranked else None


def _tenths(state: MapState, bundle: Bundle) -> pd.DataFrame | None:
    """The areas' national tenths of the same period (a slice), in the order of the areas shown, or None."""
    found = tenth_of(state.indicator, bundle)
    if found is None or state.selection.group != "all":
        return None
    period = state.selection.period
    if period not in bundle.periods(found.id, state.level):
        return None
    return bundle.slice(found.id, state.level, period, places=state.place_codes)


def marks(colour: str, state: MapState, bundle: Bundle) -> np.ndarray:
    """The benchmark of every area: England's figure, or that of its own Place; NaN where there is none."""
    chosen = state.selection

    def value(code: str) -> float:
        found = bundle.value(state.indicator.id, code, chosen.period, chosen.group)
        return np.nan if found is None or found.value is None else found.value

    if colour == ENGLAND:
        return np.full(len(state.rows), value(config().country_code))
    by_place = {code: value(code) for code in state.place_codes}
    return state.rows["place_code"].map(by_place).to_numpy(dtype=float, na_value=np.nan)


def judgements(colour: str, state: MapState, bundle: Bundle) -> tuple[Judgement, ...]:
    """The judgement on each area, by its 95% limits, in the order of the rows."""
    rows = state.shown
    if state.indicator.id in EXPECTED_FROM_INCOME:  # neither better nor worse than anything
        rows = rows.assign(**rows[["lower", "upper"]].mask(rows["basis"] == "modelled"))
    found = against(rows["lower"], rows["upper"], marks(colour, state, bundle))
    return tuple(judge(word, state.indicator.polarity) for word in found.tolist())


def than_words(colour: str, state: MapState) -> str:
    """The benchmark in a sentence: "England", "Liverpool", "its own Place"."""
    if colour == ENGLAND:
        return "England"
    codes = state.place_codes
    return config().place(codes[0]).name if len(codes) == 1 else "its own Place"


def _stored_breaks(state: MapState, bundle: Bundle) -> list[float] | None:
    """The build's breaks over all areas of the level; None where all are shown, or there are none."""
    every = int((bundle.areas["area_level"] == state.level).sum())
    if state.selection.group != "all" or len(state.rows) == every:
        return None
    stored = bundle.layers["breaks"].get(state.level, {})
    found: list[float] | None = stored.get(f"{state.indicator.id}|{state.selection.period}")
    return found


def offered(state: MapState, bundle: Bundle) -> dict[str, str]:
    """The colourings that this view can have, with their names."""
    found = {CLASSES: "Classes of the figure"}
    if not state.known:
        return found
    if _stored_breaks(state, bundle) is not None:
        found[REGION] = f"Classes of all {short_noun(state.level)} in {config().region_name}"
    if _tenths(state, bundle) is not None:
        found[TENTH] = "National tenth"
    benchmarks = (ENGLAND,) if state.level == "place" else (ENGLAND, PLACE)
    for colour in benchmarks:
        if any(word != "not compared" for word in judgements(colour, state, bundle)):
            found[colour] = f"Compared with {than_words(colour, state)}".replace("its own", "their own")
    return found


def read(asked: str | None, choices: Mapping[str, str], state: MapState) -> tuple[str, list[str]]:
    """The colouring that an address asks for, with a note where it cannot be had."""
    if not asked or asked in choices:
        return asked or CLASSES, []
    if asked not in COLOURS:
        return CLASSES, [f"There is no colouring called {quoted(asked)}. Showing classes of the figure."]
    title, nouns = state.indicator.short_title, short_noun(state.level)
    if not state.known:
        return CLASSES, []
    if asked == REGION:
        why = f"All {nouns} with a figure are shown, or there are no classes of all of them."
    elif asked == TENTH:
        why = f"There are no national tenths of “{title}” for {nouns}."
    else:
        why = (
            f"“{title}” for {nouns} cannot be compared with {than_words(asked, state)}: "
            "there are no limits, or no figure to compare with."
        )
    return CLASSES, [f"{why} Showing classes of the figure."]


def paint(colour: str, state: MapState, bundle: Bundle) -> Paint:
    """The colours of a view."""
    when = period_words(state.indicator, state.selection.period)
    heading = f"{state.indicator.title}, {when}"
    if colour == TENTH:
        return _by_tenth(state, bundle, when)
    if colour in (ENGLAND, PLACE):
        return _by_verdict(colour, state, bundle, heading)
    shading = legend.shade(
        state.indicator, state.rows["value"], reliability=state.rows["reliability"],
        hide_weak=state.hide_weak, cuts=_stored_breaks(state, bundle) if colour == REGION else None,
    )  # fmt: skip
    return Paint(colour, shading, heading)


def _by_tenth(state: MapState, bundle: Bundle, when: str) -> Paint:
    found, rows = tenth_of(state.indicator, bundle), _tenths(state, bundle)
    if found is None or rows is None:
        raise ValueError(f"{state.indicator.id} has no national tenths here")
    classes = classify(rows["value"].to_numpy(float, na_value=np.nan), "national-decile", cuts=TENTH_CUTS)
    column = bundle.layers["columns"].get(state.level, {}).get(f"{found.id}|{state.selection.period}")
    shading = Shading(found, classes, TENTHS[::-1])
    return Paint(TENTH, shading, f"{found.title}, {when}", ranked_bars.takeaway(found, rows), column)


def _by_verdict(colour: str, state: MapState, bundle: Bundle, heading: str) -> Paint:
    judged = judgements(colour, state, bundle)
    present = [word for word in ORDER if word in judged]
    at = np.array([present.index(word) if word in present else MISSING for word in judged], dtype=np.int64)
    counts = tuple(judged.count(word) for word in present)
    classes = Classes("quantile", (), at, counts, (None,) * len(present), len(judged) - sum(counts))
    than = than_words(colour, state)
    colours = tuple(VERDICTS[word] for word in present)
    shading = Verdicts(state.indicator, classes, colours, judged=judged, than=than)
    by_area = dict(zip((str(code) for code in state.rows["area_code"]), judged, strict=True))
    sentence = verdict_sentence(state, judged, than)
    return Paint(colour, shading, heading, sentence, judged=by_area, than=than, coded=True)


def verdict_sentence(state: MapState, judged: Sequence[Judgement], than: str) -> str:
    """The takeaway of a comparison: how many areas were found to differ, and which way."""
    parts = [f"{judged.count(word):,} {verdict_words(word, than)}" for word in ORDER if judged.count(word)]
    compared = len(judged) - judged.count("not compared")
    skipped = f" ({judged.count('not compared'):,} not compared)" if compared < len(judged) else ""
    of = count_words(compared, state.level)
    return f"{state.indicator.short_title}: of {of}{skipped}, {listed(parts)}."


def choose(state: MapState, choices: Mapping[str, str], colour: str) -> None:
    """Draw the choice of colouring, where there is one."""
    if len(choices) < 2:
        return
    hold("map-colour", colour, choices[colour])

    def changed() -> None:
        wanted = st.session_state["map-colour"]
        compares = wanted in (ENGLAND, PLACE)
        limits = st.query_params.get("limits") if compares else None
        remember(colour=None if wanted == CLASSES else wanted, limits=limits)

    st.selectbox(
        "Colour by", list(choices), format_func=choices.__getitem__, key="map-colour", on_change=changed
    )
