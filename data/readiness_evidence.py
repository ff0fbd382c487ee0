"""How well family income foretells school readiness: measured where both are published, all over England.

Nobody publishes a good level of development (GLD) below local authorities. So the method is tried on local
authorities, and how far small areas differ for other reasons is taken over from a figure that is known for
both (the children's education score of the Indices of Deprivation).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from data.ingest import census, school_readiness
from data.ingest.indices_of_deprivation_files import IOD_2025
from data.sources import SourceFolder, require_rows
from methods.small_area.readiness import EDGE, PlaceCounts, scaled_shares
from methods.small_area.readiness_error import Spread, limits

SCHOOLS = "schools/gias_cm_202505.csv"
# Districts of England with literacy for a year: 296 in 2025, a few too small to be printed.
DISTRICTS = 280


@dataclass(frozen=True)
class Evidence:
    """What was measured: `spread` feeds the limits, `table` (one row a trial) and `figures` are for reading.

    `table`: trial, areas, mae, rmse, r2 (of the method, percentage points), flat_mae, flat_rmse, flat_r2 (of
    giving every area England's rate).
    """

    spread: Spread
    table: pd.DataFrame
    figures: dict[str, float]


def small_areas(sources: SourceFolder, deprived: pd.DataFrame) -> pd.DataFrame:
    """One row an LSOA of England: place_code, msoa (name), young (aged 0 to 4, Census 2021), children, poor.

    `deprived`: area_code, numerator (children aged 0 to 15 in income-deprived families; blank, under 10,
    stands as 5) and denominator (children aged 0 to 15), as `income_deprived_children`.
    """
    table = sources.parquet(
        IOD_2025, ["lsoa21_code", "lsoa21_name", "lad24_code", "children_and_young_people_score"]
    ).set_index("lsoa21_code")
    ages = census.read_table(sources, census.AGE).set_index("area_code")
    found = deprived.set_index("area_code").reindex(table.index)
    return pd.DataFrame(
        {
            "place_code": table["lad24_code"],
            "msoa": table["lad24_code"] + table["lsoa21_name"].str[:-1],
            "young": ages[census.AGE_BANDS["age-00-04"]].reindex(table.index),
            "poor": found["numerator"],
            "children": found["denominator"],
            "education": table["children_and_young_people_score"],
        }
    ).sort_index()


def place_counts(rows: pd.DataFrame) -> dict[tuple[str, str], PlaceCounts]:
    """Published counts by area and period, of those that have all three groups (all, fsm, not-fsm)."""
    found = rows[(rows["indicator_id"] == "gld") & rows["group"].isin(["all", "fsm", "not-fsm"])]
    wide = found.pivot(index=["area_code", "period"], columns="group", values=["denominator", "numerator"])
    wide = wide.dropna()
    groups = ("all", "fsm", "not-fsm")
    columns = [(what, group) for group in groups for what in ("denominator", "numerator")]
    return {
        (str(area), str(period)): PlaceCounts(*map(float, values))
        for (area, period), values in zip(wide.index, wide[columns].to_numpy(), strict=True)
    }


def evidence(
    sources: SourceFolder, lsoas: pd.DataFrame, counts: dict[tuple[str, str], PlaceCounts], england: str
) -> Evidence:
    """Measure the method and the spread it leaves.

    Parameters
    ----------
    lsoas
        As `small_areas`.
    counts
        As `place_counts`, England among them.
    england
        Its code.
    """
    places = {key: one for key, one in counts.items() if key[0] != england}
    trials, figures = [_own_shares(places, counts, england)], dict[str, float]()
    districts, residual = _districts(sources, lsoas, counts, england, figures)
    trials.append(districts)
    by_area = _education_spread(lsoas)
    figures |= {"district_sd": residual, "lsoa_ratio": by_area[0], "msoa_ratio": by_area[1]}
    figures["school_slope"], share_sd = _school_meals(sources, lsoas, {area for area, _ in places})
    figures["school_share_sd"] = share_sd
    figures["pupils_apart"] = _pupils(lsoas, places)
    figures["years_line_r2"] = _earlier_framework(sources, lsoas)
    spread = Spread(
        rate_msoa=residual * by_area[1] ** 0.5,
        rate_lsoa=residual * by_area[0] ** 0.5,
        share_msoa=share_sd,
        share_lsoa=share_sd,
    )
    return Evidence(spread, pd.DataFrame(trials), figures)


def _trial(name: str, actual: np.ndarray, method: np.ndarray, flat: np.ndarray) -> dict[str, object]:
    error, alternative = 100 * (actual - method), 100 * (actual - flat)
    spread = 100 * (actual - actual.mean())
    return {
        "trial": name,
        "areas": len(actual),
        "mae": float(np.abs(error).mean()),
        "rmse": float(np.sqrt((error**2).mean())),
        "r2": float(1 - (error**2).sum() / (spread**2).sum()),
        "flat_mae": float(np.abs(alternative).mean()),
        "flat_rmse": float(np.sqrt((alternative**2).mean())),
        "flat_r2": float(1 - (alternative**2).sum() / (spread**2).sum()),
    }


def _own_shares(
    places: dict[tuple[str, str], PlaceCounts], counts: dict[tuple[str, str], PlaceCounts], england: str
) -> dict[str, object]:
    """The Places' published GLD from their own FSM share and England's two rates."""
    both = [(one, counts[england, key[1]]) for key, one in places.items() if (england, key[1]) in counts]
    actual = np.array([one.achieved / one.children for one, _ in both])
    method = np.array(
        [one.fsm_share * nation.ends[0] + (1 - one.fsm_share) * nation.ends[1] for one, nation in both]
    )
    flat = np.array([nation.achieved / nation.children for _, nation in both])
    return _trial("Places, from their own FSM share", actual, method, flat)


def _districts(
    sources: SourceFolder,
    lsoas: pd.DataFrame,
    counts: dict[tuple[str, str], PlaceCounts],
    england: str,
    figures: dict[str, float],
) -> tuple[dict[str, object], float]:
    """England's districts from income deprivation; their GLD is read off the published literacy.

    Literacy is part of a GLD and nearly decides it: the line is fitted where both are published (the Places
    and England). Returns the trial and the standard deviation of the logit that neither income, chance nor
    this line explains.
    """
    literacy = _literacy(sources)
    known = pd.Series({key: one.achieved / one.children for key, one in counts.items()})
    both = pd.concat({"gld": known, "literacy": literacy}, axis=1, join="inner")
    x, y = special.logit(both["literacy"].to_numpy()), special.logit(both["gld"].to_numpy())
    slope, start = np.polyfit(x, y, 1)
    off = y - slope * x - start
    figures["literacy_line_r2"] = float(1 - off.var() / y.var())
    poor = lsoas.groupby("place_code")[["poor", "children", "young"]].sum()
    share = poor["poor"] / poor["children"]
    actual, method, flat, left, people = [], [], [], [], []
    for area, period in sorted(counts):
        if area != england:
            continue
        nation = counts[area, period]
        of_year = literacy.xs(period, level="period").reindex(share.index).dropna()
        require_rows(
            of_year.to_frame(), file=school_readiness.GOALS, what=f"districts with literacy in {period}",
            why="296 districts, a few too small to be printed", at_least=DISTRICTS,
        )  # fmt: skip
        found = special.expit(start + slope * special.logit(of_year.to_numpy()))
        young = poor["young"].reindex(of_year.index).to_numpy()
        scaled = scaled_shares(share.reindex(of_year.index).to_numpy(), young, nation.fsm_share)
        expected = scaled * nation.ends[0] + (1 - scaled) * nation.ends[1]
        chance = 5 / (young * found * (1 - found))  # a fifth of those aged 0 to 4 start school in a year
        variance = np.var(special.logit(found) - special.logit(expected), ddof=1)
        left.append(variance - chance.mean() - off.var(ddof=2))
        actual.append(found)
        method.append(expected)
        flat.append(np.full(len(found), nation.achieved / nation.children))
        people.append(young / 5)
    sd = float(np.sqrt(np.mean(left)))
    rates, told = np.concatenate(actual), np.concatenate(method)
    lower, upper = limits(told, np.concatenate(people), told * (1 - told) * sd)
    figures["within_limits"] = float(((lower <= rates) & (rates <= upper)).mean())
    trial = _trial(
        "Districts of England, from children in income-deprived families",
        rates, told, np.concatenate(flat),
    )  # fmt: skip
    return trial, sd


def _literacy(sources: SourceFolder) -> pd.Series:
    """Share of children at the expected level in literacy, by area_code and period."""
    file = school_readiness.GOALS
    frame = sources.csv(file, ["areacd", "indicator", "period", "observation"])
    frame = sources.numbers(frame, file, ["observation"])
    frame = frame[(frame["indicator"] == "Literacy") & frame["observation"].notna()]
    period = frame["period"].map(school_readiness.GOAL_PERIODS)
    index = pd.MultiIndex.from_arrays([frame["areacd"], period], names=["area_code", "period"])
    return pd.Series(frame["observation"].to_numpy() / 100, index=index)


def _education_spread(lsoas: pd.DataFrame) -> tuple[float, float]:
    """Variance of the education score that income leaves, LSOAs in an MSOA and MSOAs, over districts'."""
    x = _logit_share(lsoas["poor"] / lsoas["children"])
    design = np.column_stack([np.ones(len(x)), x, x**2])
    fit, *_ = np.linalg.lstsq(design, lsoas["education"].to_numpy(), rcond=None)
    left = lsoas["education"] - design @ fit
    within = left - left.groupby(lsoas["place_code"]).transform("mean")
    by_msoa = within.groupby(lsoas["msoa"])
    groups = by_msoa.ngroups
    lsoa = float(((within - by_msoa.transform("mean")) ** 2).sum() / (len(left) - groups))
    msoa = float(by_msoa.mean().var() - lsoa * groups / len(left))
    district = float(left.groupby(lsoas["place_code"]).mean().var())
    return lsoa / district, msoa / district


def _logit_share(share: pd.Series) -> np.ndarray:
    return np.asarray(special.logit(np.clip(share.to_numpy(dtype=float), EDGE, 1 - EDGE)))


def _school_meals(sources: SourceFolder, lsoas: pd.DataFrame, places: set[str]) -> tuple[float, float]:
    """Free school meals at the primary schools of an MSOA beside income deprivation of the children there.

    Returns the slope of the logits within Places, and the standard deviation that a slope of 1 leaves: too
    large as a measure of mismatch, since children also go to school elsewhere.
    """
    columns = ["education_phase", "percentage_fsm", "number_of_pupils", "lsoa_code"]
    frame = sources.csv(SCHOOLS, columns)
    frame = sources.numbers(frame, SCHOOLS, ["percentage_fsm", "number_of_pupils"])
    frame = frame[(frame["education_phase"] == "Primary") & frame["lsoa_code"].isin(lsoas.index)]
    frame = frame[(frame["percentage_fsm"] > 0) & (frame["number_of_pupils"] > 0)]
    msoa = lsoas["msoa"].reindex(frame["lsoa_code"]).to_numpy()
    meals = (frame["percentage_fsm"] * frame["number_of_pupils"] / 100).groupby(msoa).sum()
    pupils = frame["number_of_pupils"].groupby(msoa).sum()
    by_msoa = lsoas.groupby("msoa").agg(
        poor=("poor", "sum"), children=("children", "sum"), place_code=("place_code", "first")
    )
    by_msoa = by_msoa.loc[pupils.index]
    local = by_msoa["place_code"].isin(places)
    y = pd.Series(special.logit((meals + 0.5) / (pupils + 1)), index=pupils.index)[local]
    x = pd.Series(_logit_share(by_msoa["poor"] / by_msoa["children"]), index=pupils.index)[local]
    place = by_msoa.loc[local, "place_code"]
    x, y = x - x.groupby(place).transform("mean"), y - y.groupby(place).transform("mean")
    return float((x * y).sum() / (x**2).sum()), float((y - x).std())


def _pupils(lsoas: pd.DataFrame, places: dict[tuple[str, str], PlaceCounts]) -> float:
    """Mean difference of a fifth of those aged 0 to 4 from the pupils of a Place, as a share of these."""
    young = lsoas.groupby("place_code")["young"].sum() / 5
    return float(np.mean([abs(young[area] / one.children - 1) for (area, _), one in places.items()]))


def _earlier_framework(sources: SourceFolder, lsoas: pd.DataFrame) -> float:
    """R2 of a straight line through GLD 2018/19 of local authorities on income deprivation of 2025."""
    name = school_readiness.PREVIOUS
    numbers = ["number_of_children", "gld_number"]
    frame = sources.csv(name, ["time_period", "new_la_code", "gender", *numbers], dtype=str)
    frame = frame[(frame["time_period"] == "201819") & (frame["gender"] == "Total")]
    poor = lsoas.groupby("place_code")[["poor", "children"]].sum()
    frame = sources.numbers(frame[frame["new_la_code"].isin(poor.index)], name, numbers)
    share = (poor["poor"] / poor["children"]).reindex(frame["new_la_code"]).to_numpy()
    rate = (frame["gld_number"] / frame["number_of_children"]).to_numpy()
    return float(np.corrcoef(share, rate)[0, 1] ** 2)
