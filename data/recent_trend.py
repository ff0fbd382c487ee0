"""The five-point trend test on an area's series, with the test that its figures allow."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.catalogue.model import Indicator
from methods.results import MethodError
from methods.trend import Trend, trend_of_proportions, trend_of_values

ROUNDING = 0.5  # of the last digit: a printed percentage may differ so much from its printed counts


@dataclass(frozen=True)
class TrendFound:
    """The outcome of the test in words; `trend` is None where no test could be made, and `why` says why."""

    words: str
    why: str
    trend: Trend | None = None

    @property
    def claims(self) -> bool:
        """Whether the test found a change."""
        return self.trend is not None and self.trend.outcome in ("increasing", "decreasing")


NOT_TESTED = "not tested"


def recent_trend(indicator: Indicator, series: pd.DataFrame) -> TrendFound:
    """Test one area's series (columns period, value, lower, upper, numerator, denominator).

    Shares with their counts are tested as proportions, anything else by its limits. Years without a figure
    are left out, which ends the run that is tested.
    """
    known = series[series["value"].notna()]
    if known.empty:
        return TrendFound(NOT_TESTED, "there are no figures")
    if indicator.statistic in ("rank", "decile", "count"):
        return TrendFound(NOT_TESTED, "positions and counts are not tested")
    sure = known[known["lower"].notna() & known["upper"].notna() & (known["upper"] > known["lower"])]
    if sure.empty:
        return TrendFound(NOT_TESTED, "the figures have no margin of error")
    periods = [str(period) for period in sure["period"]]
    try:
        found = _tested(indicator, sure, periods)
    except MethodError as error:
        return TrendFound(NOT_TESTED, str(error))
    return TrendFound(found.words(indicator.polarity), found.why, found)


def _tested(indicator: Indicator, rows: pd.DataFrame, periods: list[str]) -> Trend:
    if indicator.statistic == "percentage" and _counts_fit(indicator, rows):
        return trend_of_proportions(
            periods, rows["numerator"].to_numpy(float), rows["denominator"].to_numpy(float)
        )
    low, high = (rows[name].to_numpy(float) for name in ("lower", "upper"))
    value = rows["value"].to_numpy(float).clip(low, high)  # printed values and limits are rounded apart
    return trend_of_values(periods, value, low, high)


def _counts_fit(indicator: Indicator, rows: pd.DataFrame) -> bool:
    """Whether all counts are there and give the figures printed."""
    if rows[["numerator", "denominator"]].isna().any(axis=None) or (rows["denominator"] <= 0).any():
        return False
    made = rows["numerator"] / rows["denominator"] * 100
    return bool(((made - rows["value"]).abs() <= ROUNDING * 10.0**-indicator.decimals + 1e-9).all())
