"""How a figure, its limits and its period are written: the one place that decides it.

GOV.UK style: thousands commas, "%" and no space, a true minus sign, "to" and not a dash in ranges.
"""

from __future__ import annotations

import calendar
import math
import re

from data.catalogue.model import Indicator

MINUS = "−"
NO_FIGURE = "no figure"
SUFFIX = {
    "percentage": "%",
    "rate-per-1000": " per 1,000",
    "rate-per-100000": " per 100,000",
    "years": " years",
}
SMALL = 8.5  # per cent: below, tenths and whole numbers in a hundred say nothing


def missing(value: float | None) -> bool:
    """True for None, NaN and pandas' missing value."""
    return value is None or not isinstance(value, (int, float)) or math.isnan(value)


def number(value: float | None, decimals: int = 0) -> str:
    """``1234.5`` as "1,234.5"; a true minus sign; "no figure" when missing."""
    if value is None or missing(value):
        return NO_FIGURE
    text = f"{abs(value):,.{decimals}f}"
    negative = value < 0 and any(digit in "123456789" for digit in text)
    return (MINUS if negative else "") + text


def figure(indicator: Indicator, value: float | None) -> str:
    """A value with the unit a reader needs: "12.3%", "76.1 years", "1,014"."""
    if value is None or missing(value):
        return NO_FIGURE
    if indicator.statistic == "decile":
        return f"tenth {number(value, indicator.decimals)}"
    return number(value, indicator.decimals) + SUFFIX.get(indicator.statistic, "")


def limits(indicator: Indicator, lower: float | None, upper: float | None) -> str:
    """95% limits in words: "between 10.1% and 12.3%"; empty when there are none."""
    if missing(lower) or missing(upper):
        return ""
    return f"between {figure(indicator, lower)} and {figure(indicator, upper)}"


def period_words(indicator: Indicator, period: str) -> str:
    """A period in words: "2022 to 2024", "December 2022", "academic year 2024/25", "Census 2021"."""
    month = re.fullmatch(r"(\d{4})-(\d{2})", period)
    if month and indicator.period_format == "month":
        return f"{calendar.month_name[int(month[2])]} {month[1]}"
    three_years = re.fullmatch(r"(\d{2})(\d{2})\s*-\s*(\d{2})", period)
    if three_years:
        century, start, end = three_years.groups()
        return f"{century}{start} to {century}{end}"
    prefix = {"financial-year": "financial year ", "academic-year": "academic year ", "census": "Census "}
    return prefix.get(indicator.period_format, "") + period


def in_hundred(percent: float) -> str:
    """ "37 in 100"; "fewer than 1 in 100" where rounding would say none."""
    if 0 < percent < 0.5:
        return "fewer than 1 in 100"
    if 99.5 <= percent < 100:
        return "over 99 in 100"
    return f"{round(percent)} in 100"


def pair(first: float, second: float) -> tuple[str, str]:
    """Two percentages out of the same number: in 100, or in 1,000 where that would make them look alike.

    (70.2, 36.6) becomes ("70 in 100", "37 in 100"), (4.0, 4.4) becomes ("40 in 1,000", "44 in 1,000").
    """
    small = min(first, second) < SMALL
    if round(first) == round(second) or (small and abs(first - second) < 1):
        return f"{round(first * 10):,} in 1,000", f"{round(second * 10):,} in 1,000"
    return in_hundred(first), in_hundred(second)
