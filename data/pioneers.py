"""Adults with long-term conditions in a pioneer Place: where the burden lies, who serves it, which team.

Built from `config.toml`: a Place with ``role = "pioneer"`` has everything here, no name or code stands in
this module. Figures of networks are exact, for registered patients; those of wards, MSOAs and
neighbourhoods are estimates for residents (see docs/methods.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from data.query import Bundle, BundleError
from data.spread import ranked
from geo.config import ROOT, Config, Place
from methods.association import FEWEST, rank_correlation
from methods.compare import against
from methods.results import Estimate, MethodError

ENTRIES = "qof-entries-per-100-adults"
DEPRIVATION = "imd-score"
OLDER = "aged-65-and-over"
DISABLED = "disabled"
LEVELS = ("ward", "msoa", "pcn")
BESIDE = {"deprivation": DEPRIVATION, "older": OLDER, "disabled": DISABLED}  # columns of Burden.table
NO_NETWORK = "no network"
ELSEWHERE = "practices of other Places"
SHIPPED = "data/processed"
VALUE_COLUMNS = [
    "indicator_id", "area_code", "area_level", "standardised", "standardised_lower", "standardised_upper",
    "reliability_reason",
]  # fmt: skip


@dataclass(frozen=True)
class Support:
    """What stands behind the estimates.

    Attributes
    ----------
    values
        One row a figure: VALUE_COLUMNS.
    practices
        One row a pair of area and practice: area_code, area_level, practice_code, share (0 to 1) of the
        area's residents who are registered there; shares under 0.005 are not listed.
    """

    values: pd.DataFrame
    practices: pd.DataFrame


@lru_cache(maxsize=1)
def support(version: str, root: Path = ROOT) -> Support:
    """The shipped tables behind the estimates, without LSOAs; `version` is the bundle's. BundleError."""
    found = []
    for name, columns in (("estimate_support", VALUE_COLUMNS), ("area_practices", None)):
        path = root / SHIPPED / f"{name}.parquet"
        try:
            found.append(pd.read_parquet(path, columns=columns, filters=[("area_level", "!=", "lsoa")]))
        except (OSError, ValueError) as error:
            raise BundleError(f"{path.name} cannot be read: {error}") from error
    return Support(*found)


def pioneers(settings: Config) -> list[Place]:
    """The pioneer Places in display order."""
    return settings.with_role("pioneer")


def chosen(settings: Config, wanted: str | None) -> tuple[Place | None, str]:
    """The pioneer Place that an address asks for by slug or code, and what to say of an unknown one.

    The first pioneer Place where nothing is asked for; None where `config.toml` names none.
    """
    every = pioneers(settings)
    if not every:
        return None, ""
    text = (wanted or "").strip()
    for place in every:
        if text.lower() in (place.slug, place.code.lower()):
            return place, ""
    if not text:
        return every[0], ""
    short = text if len(text) <= 40 else f"{text[:40]}…"
    return every[0], f"There is no pioneer Place called “{short}”. Showing {every[0].name} instead."


def practice_list(bundle: Bundle) -> pd.DataFrame:
    """All practices of the Places by code: practice_name, place_code, pcn_code, pcn_name, list_size, ..."""
    return bundle.practices(bundle.config.country_code).set_index("practice_code")


@dataclass(frozen=True)
class Burden:
    """Register entries per 100 adults over the areas of one level of a Place.

    Attributes
    ----------
    table
        One row an area, highest first: area_code, area_name, value, lower, upper, numerator (entries),
        denominator (adults), basis, reliability, reason, standing ("higher", "lower", "similar" or "not
        compared" against `average`), rank, rank_low, rank_high (NaN under three areas), deprivation,
        older and disabled (per cent; all NaN for networks), and who serves it (see `served`).
    average
        Of the Place, per 100 adults: of the residents of its areas (an estimate), or for networks that of
        all its practices (exact).
    missing
        Names of areas without a figure.
    """

    level: str
    table: pd.DataFrame
    average: float
    missing: tuple[str, ...]

    def named(self, standing: str) -> list[str]:
        """Names of the areas that stand so against the average, highest first."""
        return [str(name) for name in self.table.loc[self.table["standing"] == standing, "area_name"]]


def burden(bundle: Bundle, tables: Support, place_code: str, level: str) -> Burden | None:
    """Where the burden lies; None where the Place has no figures at this level."""
    rows = bundle.slice(ENTRIES, level, places=[place_code])
    known = rows[rows["value"].notna()]
    if known.empty:
        return None
    average = _average(bundle, place_code, known, level)
    table = known[
        ["area_code", "area_name", "value", "lower", "upper", "numerator", "denominator", "basis"]
    ].assign(reliability=known["reliability"].astype("str"), basis=known["basis"].astype("str"))
    table["standing"] = against(known["lower"], known["upper"], average)
    reasons = tables.values[
        (tables.values["indicator_id"] == ENTRIES) & (tables.values["area_level"] == level)
    ]
    table["reason"] = table["area_code"].map(reasons.set_index("area_code")["reliability_reason"])
    for name, indicator in BESIDE.items():
        beside = bundle.slice(indicator, level, places=[place_code]).set_index("area_code")["value"]
        table[name] = table["area_code"].map(beside).astype(float)
    table = _with_ranks(bundle, table, place_code, level)
    table = table.merge(served(bundle, tables, level), on="area_code", how="left")
    table = table.sort_values(["value", "area_name"], ascending=[False, True]).reset_index(drop=True)
    return Burden(
        level, table, average, tuple(str(name) for name in rows.loc[rows["value"].isna(), "area_name"])
    )


def _average(bundle: Bundle, place_code: str, known: pd.DataFrame, level: str) -> float:
    own = bundle.value(ENTRIES, place_code)
    if level == "pcn" and own is not None and own.value is not None:
        return own.value
    return float(known["numerator"].sum() / known["denominator"].sum() * 100)


def _with_ranks(bundle: Bundle, table: pd.DataFrame, place_code: str, level: str) -> pd.DataFrame:
    """The table with rank, rank_low and rank_high (1 is the highest)."""
    period = bundle.periods(ENTRIES, level)[-1]
    found = ranked(bundle, ENTRIES, "all", period, level, place_code)
    if found is None:
        return table.assign(rank=np.nan, rank_low=np.nan, rank_high=np.nan)
    names = ("rank", "rank_low", "rank_high")
    columns = (found.ranks.value, found.ranks.lower, found.ranks.upper)
    beside = pd.DataFrame({"area_code": found.codes, **dict(zip(names, columns, strict=True))})
    return table.merge(beside, on="area_code", how="left")


def serving(bundle: Bundle, tables: Support, area_code: str) -> pd.DataFrame:
    """The practices of an area's residents, largest share first.

    Columns practice_code, practice_name, pcn_code, pcn_name, share (0 to 1 of residents), residents. An
    estimate: nobody publishes it for this region.
    """
    mine = tables.practices[tables.practices["area_code"] == area_code]
    mine = _named(bundle, mine)
    population = bundle.areas.loc[area_code, "population"]
    mine["residents"] = mine["share"] * float(population)
    columns = ["practice_code", "practice_name", "pcn_code", "pcn_name", "share", "residents"]
    return mine.sort_values(["share", "practice_code"], ascending=[False, True])[columns].reset_index(
        drop=True
    )


def _named(bundle: Bundle, rows: pd.DataFrame) -> pd.DataFrame:
    """Pairs of area and practice with the names of practice and network."""
    known = practice_list(bundle)
    found = rows.copy()
    for name in ("practice_name", "pcn_code", "pcn_name"):
        found[name] = found["practice_code"].map(known[name])
    inside = found["practice_code"].isin(known.index)
    found["practice_name"] = found["practice_name"].where(inside, "Practice " + found["practice_code"])
    found["pcn_name"] = found["pcn_name"].where(found["pcn_name"].notna(), NO_NETWORK)
    found["pcn_name"] = found["pcn_name"].where(inside, ELSEWHERE)
    return found


def served(bundle: Bundle, tables: Support, level: str) -> pd.DataFrame:
    """Who serves each area of a level, one row an area.

    area_code, practices (number with at least 0.5% of residents), top_practice, top_practice_share,
    networks, top_network, top_network_share (0 to 1). For networks: practices and the largest by patients.
    """
    if level == "pcn":
        return _members(bundle)
    rows = _named(bundle, tables.practices[tables.practices["area_level"] == level])
    rows = rows.sort_values(["area_code", "share", "practice_code"], ascending=[True, False, True])
    first = rows.drop_duplicates("area_code").set_index("area_code")
    nets = rows.groupby(["area_code", "pcn_name"], as_index=False)["share"].sum()
    nets = nets[~nets["pcn_name"].isin([NO_NETWORK, ELSEWHERE])]
    nets = nets.sort_values(["area_code", "share"], ascending=[True, False])
    top = nets.drop_duplicates("area_code").set_index("area_code")
    found = pd.DataFrame({"practices": rows.groupby("area_code").size()})
    found["top_practice"], found["top_practice_share"] = first["practice_name"], first["share"]
    found["networks"] = nets.groupby("area_code").size()
    found["top_network"], found["top_network_share"] = top["pcn_name"], top["share"]
    return found.rename_axis("area_code").reset_index()


def _members(bundle: Bundle) -> pd.DataFrame:
    rows = practice_list(bundle)
    rows = rows[rows["pcn_code"].notna() & rows["list_size"].notna()].sort_values(
        "list_size", ascending=False
    )
    grouped = rows.groupby("pcn_code")
    first = rows.drop_duplicates("pcn_code").set_index("pcn_code")
    found = pd.DataFrame({"practices": grouped.size()})
    found["top_practice"] = first["practice_name"]
    found["top_practice_share"] = first["list_size"] / grouped["list_size"].sum()
    return found.rename_axis("area_code").reset_index()


def behind(found: Burden) -> Mapping[str, Estimate]:
    """Rank correlations across the areas of a level: of the burden with "deprivation", "older" and
    "disabled" (Census, which the estimates never saw), and of the first two ("each-other"). Left out where
    there are fewer than ten areas with both figures.
    """
    pairs = {
        "deprivation": ("value", "deprivation"),
        "older": ("value", "older"),
        "disabled": ("value", "disabled"),
        "each-other": ("deprivation", "older"),
    }
    out = {}
    for name, (first, second) in pairs.items():
        both = found.table[[first, second]].dropna()
        if len(both) < FEWEST:
            continue
        try:
            out[name] = rank_correlation(both[first], both[second])
        except MethodError:  # the same everywhere: nothing can rise or fall with it
            continue
    return out
