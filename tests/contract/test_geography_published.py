"""The shipped geography against the publishers' own numbers."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from data.sources import SourceFolder
from geo.config import ROOT, config

AREAS = gpd.read_parquet(ROOT / "geo/processed/areas.parquet")
WEIGHTS = pd.read_parquet(ROOT / "geo/processed/weights.parquet")


def level(name: str) -> gpd.GeoDataFrame:
    return AREAS[AREAS["area_level"] == name]


def test_every_level_has_its_published_number_of_areas():
    counts = AREAS.groupby(["area_level", "place_code"]).size()
    for place, ward, lsoa, msoa in (
        ("E08000012", 64, 302, 61),
        ("E08000014", 22, 191, 38),
        ("E08000013", 18, 121, 24),
    ):
        assert (counts["ward", place], counts["lsoa", place], counts["msoa", place]) == (ward, lsoa, msoa)
    assert len(level("place")) == 9
    assert len(level("neighbourhood")) == 13
    assert level("lsoa")["area_code"].is_unique


def test_shares_sum_to_one_and_every_ward_has_residents():
    sums = WEIGHTS.groupby(["from_code", "to_level"])["share"].sum()
    assert sums.to_numpy() == pytest.approx(1)
    assert set(WEIGHTS.loc[WEIGHTS["to_level"] == "ward", "from_code"]) == set(level("lsoa")["area_code"])
    wards = level("ward").set_index("area_code")
    assert (wards["population"] > 0).all()
    waterfront = wards[wards["area_name"] == "Waterfront North"]
    assert waterfront["population"].tolist() == [1014]
    people = WEIGHTS[WEIGHTS["to_level"] == "ward"].groupby("to_code")["population"].sum()
    assert people.reindex(wards.index).eq(wards["population"]).all()


def test_wards_cut_across_small_areas_as_measured():
    liverpool = set(level("lsoa").loc[level("lsoa")["place_code"] == "E08000012", "area_code"])
    own = WEIGHTS[(WEIGHTS["to_level"] == "ward") & WEIGHTS["from_code"].isin(liverpool)]
    most = own.groupby("from_code")["share"].agg(["size", "max"])
    assert 110 <= (most["size"] > 1).sum() <= 125
    assert 25 <= (most["max"] < 0.6).sum() <= 40


def test_parents_exist_and_wholes_have_the_people_of_their_parts():
    codes = set(AREAS["area_code"])
    assert set(AREAS["parent_code"].dropna()) <= codes
    people = AREAS.set_index("area_code")["population"]
    for name in ("lsoa", "ward", "neighbourhood", "msoa", "place"):
        parts = level(name).groupby("parent_code")["population"].sum()
        assert parts.eq(people.reindex(parts.index)).all(), name


@pytest.mark.parametrize("name", ["lsoa", "msoa", "ward", "neighbourhood", "place"])
def test_simplified_areas_are_valid_and_share_their_edges(name):
    shapes = level(name).geometry.to_numpy()
    assert shapely.is_valid(shapes).all()
    # corners rounded to a metre may leave a gap of that size where three areas meet, no more
    gaps = shapely.coverage_invalid_edges(shapes, gap_width=0.0)
    assert shapely.length(gaps).sum() < 0.01 * shapely.length(shapes).sum()


def test_the_whole_outline_runs_along_its_wards():
    for place in config().place_codes:
        wards = shapely.union_all(level("ward").loc[level("ward")["place_code"] == place].geometry.to_numpy())
        outline = level("place").set_index("area_code").geometry[place]
        assert wards.symmetric_difference(outline).area < 1e-6 * outline.area


def test_postcodes_know_their_areas():
    table = pd.read_parquet(ROOT / "geo/processed/postcodes.parquet")
    assert table["postcode"].is_monotonic_increasing
    assert table["postcode"].is_unique
    assert set(table["ward_code"]) <= set(level("ward")["area_code"])
    assert set(table["lsoa_code"]) == set(level("lsoa")["area_code"])
    in_city = table[table["place_code"] == "E08000012"]
    assert in_city["neighbourhood_code"].notna().all()
    assert table.loc[table["place_code"] != "E08000012", "neighbourhood_code"].isna().all()


def test_each_place_has_its_census_population(sources):
    census = SourceFolder(sources).csv("census2021/ts007a_age5_ew_lsoa21.csv.gz", ["lsoa21_code", "Total"])
    totals = census.set_index("lsoa21_code")["Total"]
    lsoa = level("lsoa")
    for place, part in lsoa.groupby("place_code"):
        published = totals.reindex(part["area_code"]).sum()
        # two census tables differ by their disclosure control: a few dozen people in a Place
        assert abs(part["population"].sum() - published) <= 60, place
    gap = (lsoa.set_index("area_code")["population"] - totals.reindex(lsoa["area_code"])).abs()
    assert (gap <= 12).mean() > 0.99
    assert gap.max() < 60


def test_official_boundaries_contain_the_postcodes_ons_puts_there(sources):
    """Our point in polygon agrees with the ONS's own LSOA for almost every postcode."""
    table = pd.read_parquet(ROOT / "geo/processed/postcodes.parquet").set_index("postcode")["lsoa_code"]
    theirs = SourceFolder(sources).csv(
        "postcodes/postcodes_cheshire_merseyside_may2025.csv.gz", ["pcds", "LSOA21CD"]
    )
    theirs["postcode"] = theirs["pcds"].str.replace(" ", "")
    both = theirs.drop_duplicates("postcode").set_index("postcode")["LSOA21CD"].reindex(table.index)
    assert (both == table).mean() > 0.98
