"""What the tests of one gradient found: slope, gap, excess cases, concentration, change of the gap.

Everything a page says of an inequality rests on these results; what could not be worked out says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from data.catalogue.model import Indicator
from data.gradient import NUMBERS, RATIO_SCALE, SCALES, has_counts, in_fifth, kind, known, summed
from data.query import Bundle
from methods.concentration import Concentration, concentration
from methods.gap import Gap, burden, figure, gap
from methods.inequality import FEWEST_GROUPS, Slope, slope_index
from methods.results import Estimate, MethodError

FEWEST_IN_FIFTH = 3  # small areas: with fewer, a fifth stands for a few streets
Steepness = Literal["more", "less", "none", "untested"]


@dataclass(frozen=True)
class Findings:
    """Results for one set of units; an entry that is None has its reason beside it.

    `slope` is over all units, its limits from their scatter around the line. `gap` compares the most with the
    least deprived national fifth, from counts. `excess` is in cases, `reference` says whose least deprived
    fifth it takes: "here", or "region" where there is none here.
    """

    units: int
    set_aside: int
    slope: Slope | None
    no_slope: str
    most: Estimate | None
    least: Estimate | None
    gap: Gap | None
    no_gap: str
    excess: Estimate | None
    reference: Literal["here", "region", ""]
    no_excess: str
    concentration: Concentration | None

    @property
    def steepness(self) -> Steepness:
        """Whether the more deprived have "more" or "less" of it, by the limits of the slope index."""
        return "untested" if self.slope is None else direction(self.slope.sii)

    @property
    def apart(self) -> Steepness:
        """The same for the most against the least deprived fifth, by the limits of the gap."""
        return "untested" if self.gap is None else direction(self.gap.absolute)


def direction(found: Estimate) -> Steepness:
    """Whether a difference is above 0, below 0, or cannot be told from 0, by its limits."""
    if not found.excludes(0.0):
        return "none"
    return "more" if found.value > 0 else "less"


def slope_of(indicator: Indicator, frame: pd.DataFrame) -> tuple[Slope | None, str]:
    """The slope over units, or None with the reason."""
    rows = known(frame)
    if len(rows) < FEWEST_GROUPS:
        return None, f"fewer than {FEWEST_GROUPS} areas have a figure"
    try:
        slope = slope_index(rows["value"], rows["people"], rows["deprivation"])
        have = {"lower", "upper"} <= set(rows) and bool(rows[["lower", "upper"]].notna().all(axis=None))
        if indicator.interval == "published" and have:
            # estimates are smoother than the truth, so that their scatter alone says too little
            limits = {"lower": rows["lower"], "upper": rows["upper"]}
            carried = slope_index(rows["value"], rows["people"], rows["deprivation"], **limits)
            wide = carried.sii.upper - carried.sii.lower > slope.sii.upper - slope.sii.lower
            return (carried if wide else slope), ""
        return slope, ""
    except MethodError as error:
        return None, str(error)


def relative_means_something(indicator: Indicator) -> bool:
    """True where 0 means none of it, so that "twice as much" can be said."""
    return indicator.statistic in RATIO_SCALE and not indicator.id.endswith("-score")


def _gap(
    indicator: Indicator, frame: pd.DataFrame
) -> tuple[Estimate | None, Estimate | None, Gap | None, str]:
    if frame["tenth"].isna().all():
        return None, None, None, "it is not published for the small areas that have a national rank"
    ends = [in_fifth(frame[NUMBERS], fifth) for fifth in (1, 5)]
    most, least = (summed(indicator, part) for part in ends)
    for part, name in zip(ends, ("most", "least"), strict=True):
        if len(known(part)) < FEWEST_IN_FIFTH:
            count = len(known(part)) or "no"
            noun = "small area" if count == 1 else "small areas"
            return most, least, None, f"{count} {noun} here are in England’s {name} deprived fifth"
    if not has_counts(indicator) or most is None or least is None:
        return most, least, None, "no confidence limits apply to the figures of groups"
    return most, least, gap(most, least), ""


def _excess(
    indicator: Indicator, frame: pd.DataFrame, region: pd.DataFrame
) -> tuple[Estimate | None, Literal["here", "region", ""], str]:
    if not has_counts(indicator):
        return None, "", "it needs counts with confidence limits"
    if frame["tenth"].isna().all():
        return None, "", "it is not published for the small areas that have a national rank"
    rows = known(frame[NUMBERS])
    own = in_fifth(rows, 5)
    here = len(own) >= FEWEST_IN_FIFTH
    least = own if here else known(in_fifth(region[NUMBERS], 5))
    rest = rows[np.ceil(rows["tenth"] / 2) != 5]
    if rest.empty or len(least) < FEWEST_IN_FIFTH:
        return None, "", "there is nothing to compare with"
    found = burden(
        [rest["numerator"].sum(), least["numerator"].sum()],
        [rest["people"].sum(), least["people"].sum()],
        kind(indicator),
        scale=SCALES.get(indicator.statistic, 1.0),
    )
    return found.excess_cases, "here" if here else "region", ""


def _concentration(indicator: Indicator, frame: pd.DataFrame) -> Concentration | None:
    rows = known(frame[NUMBERS])
    if not has_counts(indicator) or len(rows) < FEWEST_GROUPS or rows["numerator"].isna().any():
        return None
    try:
        return concentration(
            rows["numerator"], rows["people"], rows["deprivation"], proportion=kind(indicator) == "proportion"
        )
    except MethodError:  # no case at all, or one single deprivation: there is no curve to draw
        return None


def find(indicator: Indicator, frame: pd.DataFrame, region: pd.DataFrame) -> Findings:
    """All results for the units of the areas chosen; `region` are the units of all Places together."""
    count = len(known(frame[NUMBERS]))
    slope, no_slope = slope_of(indicator, frame)
    most, least, between, no_gap = _gap(indicator, frame)
    excess, reference, no_excess = _excess(indicator, frame, region)
    return Findings(
        count, len(frame) - count, slope, no_slope, most, least, between, no_gap,
        excess, reference, no_excess, _concentration(indicator, frame),
    )  # fmt: skip


def over_time(indicator: Indicator, frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The gap of several periods: period, most, least (ends of the slope), gap, lower, upper, units.

    A period whose slope cannot be worked out keeps its row, with missing numbers.
    """
    table = []
    for period, frame in frames.items():
        slope, _ = slope_of(indicator, frame)
        row: dict[str, object] = {"period": period, "units": len(known(frame))}
        if slope is None:
            row |= dict.fromkeys(("most", "least", "gap", "lower", "upper"), np.nan)
        else:
            least, most = slope.ends
            sii = slope.sii
            row |= {"most": most, "least": least, "gap": sii.value, "lower": sii.lower, "upper": sii.upper}
        table.append(row)
    columns = ["period", "most", "least", "gap", "lower", "upper", "units"]
    return pd.DataFrame(table, columns=columns)


def between_groups(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """The gap between two groups of one area by period, in the columns of `over_time` (``most`` the first).

    Limits only where both figures have them.
    """
    both = first.merge(second, on="period", suffixes=("_1", "_2"))
    both = both[both["value_1"].notna() & both["value_2"].notna()]
    table = []
    for row in both.to_dict("records"):
        ends = [
            Estimate(row[f"value_{i}"], row[f"lower_{i}"], row[f"upper_{i}"], 0.95, "as published or Wilson")
            for i in (1, 2)
        ]
        whole = all(np.isfinite([end.lower, end.upper]).all() for end in ends)
        found = gap(*ends).absolute if whole else None
        table.append(
            {
                "period": row["period"],
                "most": ends[0].value,
                "least": ends[1].value,
                "gap": ends[0].value - ends[1].value,
                "lower": found.lower if found else np.nan,
                "upper": found.upper if found else np.nan,
                "units": np.nan,
            }
        )
    columns = ["period", "most", "least", "gap", "lower", "upper", "units"]
    return pd.DataFrame(table, columns=columns)


def change(table: pd.DataFrame) -> tuple[Literal["wider", "narrower", "none", "untested"], Estimate | None]:
    """Whether the size of the gap differs between the first and the last period with a figure.

    The two gaps are taken as independent, which overstates the error where they share people.
    """
    rows = table[table["lower"].notna() & table["upper"].notna()]
    if len(rows) < 2:
        return "untested", None
    ends = []
    for row in (rows.iloc[-1], rows.iloc[0]):
        low, high = (row["lower"], row["upper"]) if row["gap"] >= 0 else (-row["upper"], -row["lower"])
        ends.append(Estimate(abs(row["gap"]), low, high, 0.95, "size of the gap"))
    found = gap(*ends).absolute
    if not found.excludes(0.0):
        return "none", found
    return ("wider" if found.value > 0 else "narrower"), found


def series_of(bundle: Bundle, indicator: Indicator, places: Sequence[str], group: str) -> pd.DataFrame:
    """A group's figures by period for Places together: period, value, lower, upper.

    One Place as published; several from their counts, and no rows where there are no counts.
    """
    columns = ["period", "value", "lower", "upper"]
    if len(places) == 1:
        return bundle.series(indicator.id, places[0], group)[columns]
    table = []
    for period in bundle.periods(indicator.id, "place", group):
        rows = bundle.slice(indicator.id, "place", period, group, places)
        if rows["numerator"].isna().any() or not has_counts(indicator):
            continue
        scale = SCALES.get(indicator.statistic, 1.0)
        found = figure(float(rows["numerator"].sum()), float(rows["denominator"].sum()), kind(indicator))
        table.append((period, found.value * scale, found.lower * scale, found.upper * scale))
    return pd.DataFrame(table, columns=columns)
