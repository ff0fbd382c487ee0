"""Areas alike, worked out again from the publishers' files: by council, without output areas or weights."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from geo.config import ROOT

CENSUS = "census2021"
CLOSE = 0.005  # of a distance
NEARLY = 0.0007  # shares are shipped to a thousandth
AGE, ETHNIC, TENURE = "ts007a_age5_ew_lsoa21", "ts021_ethnic5_ew_lsoa21", "household_tenure21_lsoa21_wide"
CROWDED, DISABLED = "household_overcrowding21_lsoa21_wide", "disability21_lsoa21_ew_wide"
DEPRIVED = "household_deprivation21_lsoa21_wide"
ALL = {AGE: "Total", ETHNIC: "Total: All usual residents", DISABLED: "total_residents"}
# key: file, first letters of the columns that count, weight of seven, whether the square root is taken
SPECIFIED = {
    "aged-0-14": (AGE, ("Aged 4 years", "Aged 5 to", "Aged 10"), 1 / 4, False),
    "aged-15-24": (AGE, ("Aged 15", "Aged 20"), 1 / 4, True),
    "aged-25-44": (AGE, ("Aged 25", "Aged 30", "Aged 35", "Aged 40"), 1 / 4, False),
    "aged-65": (AGE, ("Aged 65", "Aged 70", "Aged 75", "Aged 80", "Aged 85"), 1 / 4, False),
    "asian": (ETHNIC, ("Asian",), 1 / 4, True),
    "black": (ETHNIC, ("Black",), 1 / 4, True),
    "mixed": (ETHNIC, ("Mixed",), 1 / 4, True),
    "other": (ETHNIC, ("Other",), 1 / 4, True),
    "social-rented": (TENURE, ("Social rented",), 1 / 2, True),
    "private-rented": (TENURE, ("Private rented",), 1 / 2, True),
    "overcrowded": (CROWDED, ("-1", "-2"), 1, True),
    "deprived-household": (DEPRIVED, ("Household is deprived",), 1, False),
    "disabled": (DISABLED, ("Disabled",), 1, False),
}


@pytest.fixture(scope="module")
def shipped() -> dict[str, pd.DataFrame]:
    names = ("similar_areas", "similar_figures", "similar_measures")
    return {name: pd.read_parquet(ROOT / f"data/processed/{name}.parquet") for name in names}


@pytest.fixture(scope="module")
def tables(sources: Path) -> dict[str, pd.DataFrame]:
    """The census files by LSOA of England."""
    names = {file for file, *_ in SPECIFIED.values()}
    found = {name: pd.read_csv(sources / CENSUS / f"{name}.csv.gz") for name in names}
    return {name: table[table["lsoa21_code"].str.startswith("E")] for name, table in found.items()}


@pytest.fixture(scope="module")
def shares(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Every share of every council, by the census files' own column of councils."""
    found = {}
    for key, (file, begin, _, _) in SPECIFIED.items():
        table = tables[file]
        whole = ALL.get(file, "total_households")
        part = [column for column in table if column.startswith(begin)]
        sums = table.groupby("lad25_code")[[*part, whole]].sum()
        found[key] = sums[part].sum(axis=1) / sums[whole]
    return pd.DataFrame(found)


@pytest.fixture(scope="module")
def density(sources: Path, tables: dict[str, pd.DataFrame]) -> pd.Series:
    """Geometric mean over residents of the density of their LSOA, with land measured on the National Grid."""
    shapes = gpd.read_parquet(sources / "england/lsoa21_england.parquet").to_crs("EPSG:27700")
    km2 = pd.Series(shapes.geometry.area.to_numpy() / 1e6, index=shapes["LSOA21CD"])
    people = tables[AGE].set_index("lsoa21_code")
    logs = people["Total"] * np.log(people["Total"] / km2.reindex(people.index))
    by_council = people["lad25_code"].to_numpy()
    return np.exp(logs.groupby(by_council).sum() / people["Total"].groupby(by_council).sum())


def test_the_measures_of_councils_are_those_of_the_census_files(shipped, shares, density):
    ours = shipped["similar_measures"].query("area_level == 'place'").set_index("area_code")
    assert {"E08000012", "E08000014", "E08000013"} <= set(ours.index)
    for key in SPECIFIED:
        assert (ours[key] - shares[key].reindex(ours.index)).abs().max() < NEARLY, key
    assert (ours["density"] / density.reindex(ours.index) - 1).abs().max() < 0.02


def test_an_msoa_is_the_sum_of_the_small_areas_named_after_it(shipped, sources, tables):
    ours = shipped["similar_measures"].query("area_level == 'msoa'").set_index("area_code")
    names = pd.read_csv(sources / "lookups/msoa21_names.csv").set_index("msoa21nm")["msoa21cd"]
    table = tables[AGE]
    msoa = table["lsoa21_name"].str[:-1].map(names)
    sums = table.groupby(msoa)[["Aged 20 to 24 years", "Aged 15 to 19 years", "Total"]].sum()
    share = (sums["Aged 20 to 24 years"] + sums["Aged 15 to 19 years"]) / sums["Total"]
    assert len(ours) > 1_000
    assert (ours["aged-15-24"] - share.reindex(ours.index)).abs().max() < NEARLY


def test_the_likes_of_every_place_come_out_again(shipped, shares, density):
    table = shares.assign(density=density)
    table = table[table.index.str.startswith(("E06", "E08", "E09"))]
    for key, (*_, root) in SPECIFIED.items():
        table[key] = np.sqrt(table[key]) if root else table[key]
    table["density"] = np.log(table["density"])
    weights = pd.Series({key: weight for key, (_, _, weight, _) in SPECIFIED.items()} | {"density": 1})
    z = (table - table.mean()) / table.std(ddof=0) * np.sqrt(weights / weights.sum())
    listed = shipped["similar_areas"]
    for place, rows in listed[listed["area_code"].str.startswith(("E06", "E08"))].groupby("area_code"):
        apart = np.sqrt(((z - z.loc[place]) ** 2).sum(axis=1)).drop(place).sort_values()
        again = apart[rows["similar_code"]]
        assert rows["distance"].tolist() == pytest.approx(again.tolist(), abs=CLOSE), place
        # the census adds up within its own noise: of two that are equally near either may stand first
        assert apart.drop(rows["similar_code"]).min() > again.max() - CLOSE, place


def test_figures_of_councils_elsewhere_are_the_published_ones(shipped, sources):
    """Income deprivation is published by council too: an independent check of what was added up."""
    printed = pd.read_csv(sources / "deprivation/iod2025_la_summaries.csv").set_index("ltla24_code")
    for indicator, column in (
        ("income-deprived", "income_average_score"),
        ("employment-deprived", "employment_average_score"),
    ):
        figures = shipped["similar_figures"].query("indicator_id == @indicator").set_index("area_code")
        councils = [area for area in figures.index if area in printed.index]
        assert len(councils) >= 15
        rate = printed.loc[councils, column].astype(float)
        assert (figures.loc[councils, "value"] / 100 - rate).abs().max() < 0.002, indicator
