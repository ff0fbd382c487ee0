"""The registers of a Place one by one: which go together, how they changed, and the gap to others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from data.catalogue.model import Indicator
from data.pioneers import ENTRIES, Support, practice_list
from data.query import Bundle
from methods.association import FEWEST, rank_correlation
from methods.compare import Judgement, direction, judge
from methods.gap import gap
from methods.results import Estimate

PREFIX = "qof-"
# Not in the sum of entries either (see data/burden.py): a risk, a weight, a list of people on the others.
NOT_CONDITIONS = ("qof-ndh", "qof-ob", "qof-pc")
FEWEST_PATIENTS = 1000  # of a practice: in a tiny or specialist list chance and purpose decide the share
# Caveats that bear on a comparison over years; the others stand under every figure.
OVER_YEARS = (
    "qof-since-date", "qof-base-asthma", "qof-base-learning-disability", "qof-base-obesity",
    "qof-base-osteoporosis", "qof-pandemic", "qof-ndh-start", "qof-obesity-recorded", "qof-chd-gap",
    "qof-palliative",
)  # fmt: skip


def registers(bundle: Bundle, *, conditions_only: bool = False) -> list[Indicator]:
    """The registers with figures for Places, in catalogue order."""
    found = [item for item in bundle.indicators("place") if item.id.startswith(PREFIX) and item.id != ENTRIES]
    return [item for item in found if not (conditions_only and item.id in NOT_CONDITIONS)]


@dataclass(frozen=True)
class Clusters:
    """Rank correlations between registers across the practices of a Place.

    Attributes
    ----------
    practices
        How many practices; those under 1,000 patients are left out.
    pairs
        first, second (indicator ids), value, lower, upper (95% for the pair alone) and clear: whether the
        limits leave 0 out when as many pairs are looked at as there are. Strongest first.
    """

    practices: int
    pairs: pd.DataFrame

    @property
    def clear(self) -> int:
        """Pairs that go together beyond chance, all pairs allowed for."""
        return int(self.pairs["clear"].sum())


def clusters(bundle: Bundle, place_code: str) -> Clusters | None:
    """Which conditions go together across the practices that belong to a Place; None under ten practices.

    Exact figures of the latest year, crude. Not the modelled areas: those share the model that made them.
    """
    known = practice_list(bundle)
    mine = known[(known["place_code"] == place_code) & (known["list_size"] >= FEWEST_PATIENTS)]
    rows = bundle.practice_observations
    ids = [item.id for item in registers(bundle, conditions_only=True)]
    latest = rows["period"].astype("str").max()
    rows = rows[(rows["period"] == latest) & rows["area_code"].isin(mine.index) & (rows["group"] == "all")]
    wide = rows.assign(
        indicator_id=rows["indicator_id"].astype("str"), area_code=rows["area_code"].astype("str")
    )
    table = wide.pivot(index="area_code", columns="indicator_id", values="value")
    table = table[[name for name in ids if name in table]].dropna()
    if len(table) < FEWEST:
        return None
    varied = [name for name in table if table[name].nunique() > 1]
    every = list(combinations(varied, 2))
    strict = 1 - 0.05 / max(len(every), 1)  # Bonferroni: one false "clear" in twenty such tables
    found = []
    for first, second in every:
        one = rank_correlation(table[first], table[second])
        clear = rank_correlation(table[first], table[second], strict).excludes(0)
        found.append((first, second, one.value, one.lower, one.upper, clear))
    pairs = pd.DataFrame(found, columns=["first", "second", "value", "lower", "upper", "clear"])
    return Clusters(len(table), pairs.sort_values("value", ascending=False).reset_index(drop=True))


@dataclass(frozen=True)
class Change:
    """One register of an area from its first to its latest year.

    `points` is the difference in percentage points with limits, `than_england` the difference between that
    and England's; None where there is nothing to compare. `notes` are codes of caveats that bear on it.
    """

    indicator: Indicator
    series: pd.DataFrame
    first: str
    last: str
    before: Estimate
    now: Estimate
    points: Estimate
    than_england: Estimate | None
    notes: tuple[str, ...]

    @property
    def times(self) -> float:
        """The latest figure as a multiple of the first; infinite after 0."""
        return self.now.value / self.before.value if self.before.value else float("inf")

    @property
    def words(self) -> str:
        """ "up", "down" or "no clear change", by the limits of the difference."""
        return _moved(self.points, "up", "down", "no clear change")

    @property
    def beside_england(self) -> str:
        """The change beside England's, by the limits of their difference."""
        if self.than_england is None:
            return "not compared"
        return _moved(self.than_england, "above England’s", "below England’s", "like England’s")


def _moved(found: Estimate, above: str, below: str, else_: str) -> str:
    return (above if found.lower > 0 else below) if found.excludes(0) else else_


def _estimate(row: pd.Series) -> Estimate:
    return Estimate(float(row["value"]), float(row["lower"]), float(row["upper"]), 0.95, "Wilson")


def _ends(series: pd.DataFrame, first: str = "", last: str = "") -> tuple[pd.Series, pd.Series] | None:
    """The first and the latest year with limits, or the years named; None where there are not two."""
    known = series[series["value"].notna() & series["lower"].notna()]
    if first:
        known = known[known["period"].isin([first, last])]
    return (known.iloc[0], known.iloc[-1]) if len(known) > 1 else None


def changes(bundle: Bundle, area_code: str) -> list[Change]:
    """Change in every register of an area, largest relative rise first."""
    found = []
    for item in registers(bundle):
        series = bundle.series(item.id, area_code)
        ends = _ends(series)
        if ends is None:
            continue
        before, now = _estimate(ends[0]), _estimate(ends[1])
        points = gap(now, before).absolute
        first, last = str(ends[0]["period"]), str(ends[1]["period"])
        england = _ends(bundle.series(item.id, bundle.config.country_code), first, last)
        beside = None
        if england is not None:
            beside = gap(points, gap(_estimate(england[1]), _estimate(england[0])).absolute).absolute
        notes = tuple(code for code in item.caveats if code in OVER_YEARS)
        found.append(Change(item, series, first, last, before, now, points, beside, notes))
    return sorted(found, key=lambda one: one.times, reverse=True)


def missing_years(found: Sequence[Change]) -> list[str]:
    """Financial years between the first and the latest for which none of the registers has a figure."""
    have = {str(period) for one in found for period in one.series["period"]}
    starts = sorted(int(period[:4]) for period in have)
    if not starts:
        return []
    every = [f"{year}/{(year + 1) % 100:02d}" for year in range(starts[0], starts[-1] + 1)]
    return [period for period in every if period not in have]


@dataclass(frozen=True)
class Standing:
    """One register in one Place: the crude figure and the one standardised for age, each against England."""

    crude: Estimate | None
    crude_verdict: Judgement
    standard: Estimate | None
    standard_verdict: Judgement


@dataclass(frozen=True)
class Gap:
    """One register: England's figure and how each Place stands, by Place code."""

    indicator: Indicator
    period: str
    england: float
    places: dict[str, Standing]


def gaps(bundle: Bundle, tables: Support, place_codes: Sequence[str]) -> list[Gap]:
    """Every register in the Places and in England, latest year, in catalogue order.

    Standardised figures are compared with England's crude one: England is the standard, so both are one.
    """
    rows = tables.values[tables.values["area_code"].isin(list(place_codes))]
    standard = rows.set_index(["indicator_id", "area_code"])
    found = []
    for item in registers(bundle):
        england = bundle.value(item.id, bundle.config.country_code)
        if england is None or england.value is None:
            continue
        places = {}
        for code in place_codes:
            own = bundle.value(item.id, code, england.period)
            crude = None
            if own is not None and own.value is not None and own.lower is not None and own.upper is not None:
                crude = Estimate(own.value, own.lower, own.upper, 0.95, "Wilson")
            other = _standardised(standard, item.id, code)
            places[code] = Standing(
                crude, _verdict(crude, england.value, item), other, _verdict(other, england.value, item)
            )
        found.append(Gap(item, england.period, england.value, places))
    return found


def _verdict(found: Estimate | None, mark: float, item: Indicator) -> Judgement:
    if found is None:
        return "not compared"
    return judge(direction(found.lower, found.upper, mark), item.polarity)


def _standardised(rows: pd.DataFrame, indicator_id: str, area_code: str) -> Estimate | None:
    if (indicator_id, area_code) not in rows.index:
        return None
    row = rows.loc[(indicator_id, area_code)]
    value, lower, upper = (float(row[f"standardised{end}"]) for end in ("", "_lower", "_upper"))
    if pd.isna(value):
        return None
    return Estimate(value, lower, upper, 0.95, "indirect standardisation by age, England the standard")
