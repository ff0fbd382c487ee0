"""A comparison at two levels on the Map: differences at 95%, and clear ones at 99.8%."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from components import map_colour
from components.legend import Entry, count_words
from components.map_colour import ENGLAND, PLACE, Paint, Verdicts
from components.map_state import MapState
from components.selection import hold, quoted, remember
from components.tables import SHAPES, verdict_words
from data.query import Bundle
from data.two_levels import wide_limits
from house_style.level_names import listed
from house_style.palette import VERDICT_LEVELS
from methods.classify import MISSING, Classes
from methods.compare import Judgement, against_two_levels, judge_levels

WIDE = "99.8"
CLEAR = " (99.8%)"
LABEL = "Mark clear differences (99.8% limits)"
HELP = "About 1 in 20 areas leaves the 95% limits by chance alone, about 1 in 500 the 99.8% limits."
ORDER = (
    "worse (99.8%)", "worse (95%)", "higher (99.8%)", "higher (95%)", "similar",
    "lower (95%)", "lower (99.8%)", "better (95%)", "better (99.8%)",
)  # fmt: skip


def word_of(result: str) -> Judgement:
    """The judgement without its level: "worse" of "worse (99.8%)"."""
    return result.partition(" (")[0]  # type: ignore[return-value]


def words(result: str, than: str) -> str:
    """A result as a reader says it: "clearly worse than England (99.8% limits)"."""
    plain = verdict_words(word_of(result), than)
    if result.endswith(CLEAR):
        return f"clearly {plain} (99.8% limits)"
    return f"{plain} (95% limits only)" if "(" in result else plain


@dataclass(frozen=True)
class Levels(Verdicts):
    """A shading by comparison at two levels; `results` is one result an area, in the order of the rows."""

    results: tuple[str, ...] = ()

    def words(self) -> str:
        """How the comparison is made."""
        return (
            f"An area differs from {self.than} when its 95% limits leave that figure out, and clearly so "
            "when its 99.8% limits do. Of areas no different, about 1 in 20 do the first by chance, 1 in 500 "
            "the second."
        )

    def entries(self) -> list[Entry]:
        """A line for each result that occurs, then what is not compared."""
        lines = []
        for result in ORDER:
            if count := self.results.count(result):
                text = words(result, self.than)
                shape = SHAPES[word_of(result)] * (2 if result.endswith(CLEAR) else 1)
                colour = VERDICT_LEVELS[result]
                lines.append(Entry(text[:1].upper() + text[1:], count, colour, shape=shape))
        if self.classes.missing:
            lines.append(Entry("Not compared: no figure or no limits", self.classes.missing, None))
        return lines


def available(colour: str, state: MapState) -> bool:
    """True where the map is a comparison and 99.8% limits can be worked out for all its areas."""
    return colour in (ENGLAND, PLACE) and wide_limits(state.indicator, state.shown) is not None


def read(asked: str | None, colour: str, state: MapState) -> tuple[bool, list[str]]:
    """Whether the address asks for both levels, with a note where they cannot be had."""
    if asked in (None, "", "95"):
        return False, []
    if asked != WIDE:
        return False, [
            f"There are no limits called {quoted(str(asked))}: 95 or 99.8. Comparing by 95% limits."
        ]
    if colour not in (ENGLAND, PLACE):
        return False, ["99.8% limits are a second level of a comparison. This map compares with nothing."]
    if not available(colour, state):
        title = state.indicator.short_title
        why = "they need counts, and these figures are estimates or have none"
        return False, [
            f"99.8% limits of “{title}” cannot be worked out here: {why}. Comparing by 95% limits."
        ]
    return True, []


def paint(colour: str, state: MapState, bundle: Bundle) -> Paint:
    """The colours of a comparison at two levels. ValueError where `available` is False."""
    wide = wide_limits(state.indicator, state.shown)
    if wide is None:
        raise ValueError(f"{state.indicator.id} has no 99.8% limits here")
    plain = map_colour.paint(colour, state, bundle)
    marks = map_colour.marks(colour, state, bundle)
    found = against_two_levels(state.shown["lower"], state.shown["upper"], *wide, marks)
    results = tuple(judge_levels(word, state.indicator.polarity) for word in found.tolist())
    present = [word for word in ORDER if word in results]
    at = np.array([present.index(word) if word in present else MISSING for word in results], dtype=np.int64)
    counts = tuple(results.count(word) for word in present)
    classes = Classes("quantile", (), at, counts, (None,) * len(present), len(results) - sum(counts))
    colours = tuple(VERDICT_LEVELS[word] for word in present)
    judged = tuple(word_of(result) for result in results)
    shading = Levels(state.indicator, classes, colours, judged=judged, than=plain.than, results=results)
    by_area = dict(zip((str(code) for code in state.rows["area_code"]), results, strict=True))
    return replace(plain, shading=shading, sentence=sentence(state, results, plain.than), levels=by_area)


def sentence(state: MapState, results: tuple[str, ...], than: str) -> str:
    """The takeaway: how many areas were found to differ, which way, and how many of them clearly."""
    parts = []
    for word in map_colour.ORDER:
        count = sum(word_of(result) == word for result in results)
        clear = results.count(word + CLEAR)
        if count:
            tail = f" ({clear:,} of them clearly)" if clear else " (none clearly)"
            tail = " (all clearly)" if clear == count else tail
            tail = "" if word == "similar" else tail
            parts.append(f"{count:,} {verdict_words(word, than)}{tail}")
    skipped = results.count("not compared")
    aside = f" ({skipped:,} not compared)" if skipped else ""
    of = count_words(len(results) - skipped, state.level)
    return f"{state.indicator.short_title}: of {of}{aside}, {listed(parts)}."


def choose(colour: str, state: MapState, on: bool) -> None:
    """Draw the choice of the second level, where there can be one."""
    if not available(colour, state):
        return
    hold("map-limits", on)

    def changed() -> None:
        remember(limits=WIDE if st.session_state["map-limits"] else None)

    st.toggle(LABEL, key="map-limits", on_change=changed, help=HELP)
