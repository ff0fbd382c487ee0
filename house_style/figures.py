"""Figures, ranks and comparisons in words for the pages; how a figure is written is in data.figure_words."""

from __future__ import annotations

from typing import Literal

from data.catalogue.model import Indicator
from data.figure_words import MINUS, NO_FIGURE, SUFFIX, figure, limits, missing, number, period_words

__all__ = [
    "BASIS_WORDS", "MINUS", "NO_FIGURE", "RELIABILITY_WORDS", "STATUS_WORDS", "comparison_words",
    "direction_words", "figure", "limits", "missing", "number", "ordinal", "period_words", "range_words",
    "rank_words", "share_words", "signed",
]  # fmt: skip

# Shares that people picture: (share, words). Tenths between three and nine, the common fractions beside them.
_FRACTIONS = [(n / 10, f"{n} in 10") for n in range(3, 10)]
_FRACTIONS += [(1 / n, f"1 in {n}") for n in (3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 50, 100)]
_FRACTIONS += [(2 / 3, "2 in 3"), (3 / 4, "3 in 4")]
STATUS_WORDS = {
    "suppressed": "withheld by the publisher to protect people's privacy",
    "missing": NO_FIGURE,
}
BASIS_WORDS = {
    "published": "as printed by the publisher for this area",
    "aggregated": "added up exactly from smaller areas or GP practices",
    "apportioned": "shared out by population from small areas that cross the boundary",
    "modelled": "an estimate from a statistical model, not a count",
}
RELIABILITY_WORDS = {
    "A": "Strong: published or exact",
    "B": "Good: at least 8 in 10 residents live in small areas wholly inside",
    "C": "Fair: rests on small areas that cross the boundary, or on a well-supported estimate",
    "D": "Weak: an estimate with little behind it; do not rank by it",
}
Polarity = Literal["high-is-worse", "high-is-better", "neutral"]


def signed(value: float | None, decimals: int = 0) -> str:
    """A change, with its sign: "+1.2", "−0.4", "0.0"."""
    text = number(value, decimals)
    if value is None or missing(value) or value <= 0 or not any(digit in "123456789" for digit in text):
        return text
    return f"+{text}"


def range_words(indicator: Indicator, low: float, high: float) -> str:
    """A class of a legend: "10.0% to 14.9%"; one figure when both ends are the same; tenths named by their
    ends.
    """
    if indicator.statistic == "decile":
        ends = " (most deprived)" if low <= 1 else " (least deprived)" if high >= 10 else ""
        return (f"Tenth {low:.0f}" if low == high else f"Tenths {low:.0f} to {high:.0f}") + ends
    if number(low, indicator.decimals) == number(high, indicator.decimals):
        return figure(indicator, low)
    unit = SUFFIX.get(indicator.statistic, "")
    first = number(low, indicator.decimals) + (unit if unit == "%" else "")
    return f"{first} to {figure(indicator, high)}"


def share_words(percent: float | None) -> str:
    """A percentage as people say it: 70.2 becomes "7 in 10", 33.1 "1 in 3", 0.4 "fewer than 1 in 100".

    ValueError outside 0 to 100. The words are the nearest of a short list of fractions, so they round: show
    the figure beside them.
    """
    if percent is None or missing(percent):
        return NO_FIGURE
    if not 0 <= percent <= 100:
        raise ValueError(f"a share is between 0 and 100, not {percent}")
    share = percent / 100
    if share == 0:
        return "none"
    if share == 1:
        return "all"
    if share < 0.0075:
        return "fewer than 1 in 100"
    if share > 0.95:
        return "nearly all"
    return min(_FRACTIONS, key=lambda pair: abs(pair[0] - share))[1]


def ordinal(position: int) -> str:
    """1 becomes "1st", 12 "12th", 23 "23rd"."""
    if 10 <= position % 100 <= 20:
        return f"{position:,}th"
    return f"{position:,}" + {1: "st", 2: "nd", 3: "rd"}.get(position % 10, "th")


def rank_words(position: int, of: int, noun: str, *, lowest: bool = False) -> str:
    """ "highest of 64 wards", "3rd highest of 64 wards", "2nd lowest of 13 neighbourhoods"."""
    end = "lowest" if lowest else "highest"
    place = "" if position == 1 else f"{ordinal(position)} "
    return f"{place}{end} of {of:,} {noun}"


def headed(indicator: Indicator) -> str:
    """What a legend, or a column of numbers, is headed: "Fuel poverty (%)"."""
    return f"{indicator.short_title} ({indicator.unit})"


def direction_words(indicator: Indicator) -> str:
    """Which end of the map's colours is worse, in one sentence."""
    return {
        "high-is-worse": "Darker means a higher figure, which is worse.",
        "high-is-better": "Darker means a lower figure, which is worse.",
        "neutral": "Darker means a higher figure. Neither end is better or worse.",
    }[indicator.polarity]


def comparison_words(verdict: str, benchmark: str) -> str:
    """ "worse than England", "similar to Liverpool", "not compared with England: no limits"."""
    if verdict == "not compared":
        return f"not compared with {benchmark}: the figure has no confidence limits"
    return f"{verdict} {'to' if verdict == 'similar' else 'than'} {benchmark}"
