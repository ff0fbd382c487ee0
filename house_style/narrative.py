"""Sentences made from figures. A sentence claims a difference only where the confidence limits allow it.

Everything here returns plain text; nothing is drawn. Where a figure is missing the sentence is None, and the
page leaves it out or says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from data.catalogue.model import Indicator
from data.gradient import EXPECTED_FROM_INCOME
from data.query import Bundle
from house_style.figures import figure, share_words
from house_style.level_names import many
from methods.compare import Judgement, direction, judge

ABOUT_HALF = (49.0, 51.0)  # per cent: outside, "about half" would hide which side it is


@dataclass(frozen=True)
class Ends:
    """The areas with the highest and the lowest figure of a slice, and whether they can be told apart."""

    high_name: str
    high: float
    low_name: str
    low: float
    apart: bool
    count: int


def of(indicator: Indicator) -> str:
    """The indicator as the subject of a sentence, without a capital unless it needs one."""
    text = indicator.short_title
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def number_or_none(value: Any) -> float | None:
    """A float, or None for anything missing."""
    return None if value is None or pd.isna(value) else float(value)


def ends(frame: pd.DataFrame) -> Ends | None:
    """The highest and the lowest area of a slice ; None under two areas."""
    known = frame[frame["value"].notna()].sort_values(["value", "area_name"])
    if len(known) < 2:
        return None
    low, high = known.iloc[0], known.iloc[-1]
    limits = (number_or_none(high["lower"]), number_or_none(low["upper"]))
    apart = None not in limits and limits[0] > limits[1]  # type: ignore[operator]
    return Ends(
        str(high["area_name"]),
        float(high["value"]),
        str(low["area_name"]),
        float(low["value"]),
        apart,
        len(known),
    )


def about(percent: float) -> str:
    """A share in round words before a plural: "about 6 in 10", "more than half of", "nearly all", "no"."""
    words = share_words(percent)
    if words in ("5 in 10", "half"):
        more = "more than" if percent > ABOUT_HALF[1] else "nearly" if percent < ABOUT_HALF[0] else "about"
        return f"{more} half of"
    if words == "none":
        return "no"
    return words if words == "all" or words.startswith(("nearly", "fewer")) else f"about {words}"


def placed(name: str) -> str:
    """An area's name after "in": working neighbourhoods are called "... area" and take an article."""
    return f"the {name}" if name.endswith(" area") else name


def city_sentence(bundle: Bundle, place_code: str, place_name: str) -> str:
    """One true sentence on a city's inequalities: deprivation as a whole, and its two ends."""
    indicator_id = "imd-most-deprived-fifth"
    whole = bundle.value(indicator_id, place_code)
    if whole is None or whole.value is None or pd.isna(whole.value):
        return f"How life and health differ between the neighbourhoods of {place_name}"
    sentence = f"{caps(about(whole.value))} people in {place_name} live in England’s most deprived fifth"
    found = ends(bundle.slice(indicator_id, "neighbourhood", places=[place_code]))
    if found is None:
        return sentence
    low, high = placed(found.low_name), placed(found.high_name)
    return f"{sentence}: {round(found.high)}% in {high}, but {round(found.low)}% in {low}"


def caps(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def deprivation_takeaway(frame: pd.DataFrame) -> str:
    """Of how many areas more than half the residents live in the most deprived fifth of England."""
    known = frame["value"].dropna()
    count = int((known > 50).sum())
    noun = many(str(frame["area_level"].iloc[0])) if len(frame) else "areas"
    if known.empty:
        return "Deprivation: no figures are available"
    if count == 0:
        return f"In none of the {len(known)} {noun} do most people live in England’s most deprived fifth"
    which = f"all {len(known)}" if count == len(known) else f"{count} of {len(known)}"
    return f"In {which} {noun} most people live in England’s most deprived fifth"


def short_figure(indicator: Indicator, value: float) -> str:
    """A figure for a heading: whole per cent where that still says something, else as everywhere."""
    if indicator.statistic == "percentage" and value >= 1:
        return f"{round(value)}%"
    return figure(indicator, value)


def ends_takeaway(indicator: Indicator, frame: pd.DataFrame, subject: str) -> str:
    """How far the areas of a slice lie apart: "Disabled people: 28% in B, 15% in A"."""
    found = ends(frame)
    if found is None:
        return f"{subject}: no figures are available"
    low, high = short_figure(indicator, found.low), short_figure(indicator, found.high)
    text = f"{subject}: {high} in {placed(found.high_name)}, {low} in {placed(found.low_name)}"
    has_limits = bool(frame["lower"].notna().any())
    return text if found.apart or not has_limits else f"{text}, within the margin of error"


def verdict(bundle: Bundle, indicator: Indicator, area: Any, benchmark: Any) -> Judgement:
    """The judgement on an area's figure against a benchmark; "not compared" where either is missing."""
    if area is None or benchmark is None:
        return "not compared"
    if area.period != benchmark.period:
        return "not compared"
    if area.basis == "modelled" and indicator.id in EXPECTED_FROM_INCOME:
        return "not compared"  # neither better nor worse than anything: it is what income leads to expect
    found = direction(number_or_none(area.lower), number_or_none(area.upper), number_or_none(benchmark.value))
    return judge(found, indicator.polarity)


def compared(judgement: Judgement, name: str, value: str) -> str:
    """A benchmark in brackets-free words: "worse than England (17.3%)"."""
    if judgement == "not compared":
        return f"{name}: {value}"
    return f"{judgement} {'to' if judgement == 'similar' else 'than'} {name} ({value})"
