"""A pioneer Place far from the region, added by its code: its figures against the publishers'."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from data.build import build
from data.ingest import geography as ons
from data.ingest.practices import place_of_practice
from data.query import Bundle, load_bundle
from data.sources import SourceFolder
from geo.config import ROOT, ConfigError, Place, config
from tests.rebuilt import checkout, with_place

LEEDS, LIVERPOOL, ENGLAND = "E08000035", "E08000012", "E92000001"
NUMBERS = ["value", "lower", "upper", "numerator", "denominator"]
slow = pytest.mark.slow


@pytest.fixture(scope="module")
def new(swapped: Path) -> Bundle:
    """The tables of the build with Leeds."""
    return load_bundle(swapped)


@pytest.fixture(scope="module")
def old() -> Bundle:
    """The shipped tables."""
    return load_bundle(ROOT)


@slow
def test_its_areas_are_those_of_the_2021_census_and_of_2025(new: Bundle) -> None:
    own = new.areas[new.areas["place_code"] == LEEDS]
    assert own["area_level"].value_counts().drop("pcn").to_dict() == {
        "lsoa": 488, "msoa": 107, "ward": 33, "place": 1,
    }  # fmt: skip
    assert new.areas.loc[LEEDS, ["area_name", "parent_code", "population"]].tolist() == [
        "Leeds",
        ENGLAND,
        811959,
    ]
    for level in ("lsoa", "msoa", "ward"):
        assert own.loc[own["area_level"] == level, "population"].sum() == 811959
        shapes = new.geometry(level, [LEEDS])
        assert shapes.geometry.is_valid.all()
        assert shapes["area_name"].is_unique or level == "lsoa"
    named = own.loc[own["area_level"] == "msoa", "area_name"]
    assert not named.str.match(r"Leeds \d{3}$").any(), "MSOAs have names for people"


@slow
def test_deprivation_and_population_are_the_published_ones(new: Bundle, sources: Path) -> None:
    table = pd.read_csv(sources / "deprivation/iod2025_la_summaries.csv").set_index("ltla24_code").loc[LEEDS]
    assert new.value("imd-score", LEEDS).value == pytest.approx(table["imd_average_score"], abs=0.001)
    assert new.value("imd-place-rank", LEEDS).value == table["imd_rank_of_average_score"]
    tenths = new.slice("imd-decile", "lsoa", places=[LEEDS])["value"]
    share = table["imd_proportion_of_lso_as_in_most_deprived_10_percent_nationally"]
    assert len(tenths) == 488
    assert (tenths == 1).mean() == pytest.approx(share, abs=0.00006)
    # the 2021 census counted 811,953 people; LSOA tables are perturbed one by one
    assert new.value("population", LEEDS).value == pytest.approx(811_953, abs=60)
    wards = new.slice("population", "ward", places=[LEEDS])
    assert wards["value"].sum() == pytest.approx(new.value("population", LEEDS).value, abs=1)
    assert (wards["status"] == "reported").all()


@slow
def test_registers_are_those_of_its_nhs_area(new: Bundle, sources: Path) -> None:
    """Two practices have closed since, which the NHS area of July 2026 lacks."""
    practices = pd.read_csv(sources / "gp_practices/gp-reg-pat-prac-map_202607.zip", dtype=str)
    own = set(practices.loc[practices["SUB_ICB_LOCATION_CODE"] == "15F", "PRACTICE_CODE"])
    rows = pd.read_csv(sources / "long_term_conditions/qof_prevalence_practice_202425.csv.gz")
    rows = (
        rows[rows["PRACTICE_CODE"].isin(own)].groupby("GROUP_CODE")[["REGISTER", "PRACTICE_LIST_SIZE"]].sum()
    )
    for code, register, listed in rows.itertuples():
        found = new.value(f"qof-{code.lower()}", LEEDS, "2024/25")
        assert found.numerator == pytest.approx(register, rel=0.03), code
        assert found.value == pytest.approx(100 * register / listed, rel=0.03), code


@slow
def test_its_estimates_add_up_to_about_what_its_practices_counted(new: Bundle) -> None:
    for indicator in ("qof-dm", "qof-hyp", "qof-entries-per-100-adults"):
        exact = new.value(indicator, LEEDS, "2024/25").value
        for level, areas in (("lsoa", 488), ("msoa", 107), ("ward", 33)):
            rows = new.slice(indicator, level, "2024/25", places=[LEEDS])
            assert len(rows) == areas
            assert (rows["basis"] == "modelled").all()
            assert rows["value"].between(rows["lower"], rows["upper"]).all()
            mean = 100 * rows["numerator"].sum() / rows["denominator"].sum()
            assert mean == pytest.approx(exact, rel=0.06), (indicator, level)


@slow
def test_nothing_of_the_region_or_of_england_has_changed(new: Bundle, old: Bundle) -> None:
    """Neighbourhoods are those of another list in this build: they are left out of the comparison."""
    keys = ["indicator_id", "area_level", "area_code", "period", "group"]

    def rows(bundle: Bundle) -> pd.DataFrame:
        frame = bundle.observations
        code = frame["area_code"].astype(str)
        keep = (frame["area_level"].astype(str) != "neighbourhood") & code.isin(old.areas.index)
        frame = frame[keep].copy()
        for name in frame.columns.difference(NUMBERS):
            frame[name] = frame[name].astype(str)
        return frame.sort_values(keys).reset_index(drop=True)

    pd.testing.assert_frame_equal(rows(new), rows(old))
    for level in ("lsoa", "msoa", "ward", "place"):
        assert new.layers["breaks"][level] == old.layers["breaks"][level]
        assert new.geometry(level).equals(old.geometry(level))
        assert LEEDS not in set(new.slice("imd-score", level)["place_code"])
    assert new.comparators(LEEDS) == [ENGLAND]
    assert new.config.region_code in new.comparators(LIVERPOOL)


@slow
def test_no_position_of_a_practice_is_shipped(new: Bundle, swapped: Path) -> None:
    table = pd.read_parquet(swapped / "data/processed/practices.parquet")
    own = table[table["place_code"] == LEEDS]
    assert len(own) == len(new.practices(LEEDS)) == 84
    where = ["lon", "lat", "lsoa_code", "msoa_code", "ward_code", "neighbourhood_code"]
    assert own[where].isna().all(axis=None)
    assert own[["practice_name", "postcode", "list_size"]].notna().all(axis=None)
    assert not set(new.practices(new.config.region_code)["practice_code"]) & set(own["practice_code"])


@slow
def test_what_no_file_has_is_missing(new: Bundle, swapped: Path) -> None:
    for level in ("place", "ward", "msoa", "lsoa"):
        rows = new.slice("gld", level, "2024/25", places=[LEEDS])
        assert len(rows)
        assert (rows["status"] == "missing").all()
        assert rows[NUMBERS].isna().all(axis=None)
    assert new.value("gld-previous-framework", LEEDS, "2018/19").value == pytest.approx(66.418, abs=0.001)
    assert min(new.periods("qof-dm", "place")) == "2013/14"
    assert list(new.series("qof-dm", LEEDS)["period"].astype(str)) == ["2021/22", "2022/23", "2024/25"]
    layers, shipped = (
        json.loads((root / "geo/processed/layers.json").read_text(encoding="utf-8"))["layers"]
        for root in (swapped, ROOT)
    )
    assert {"ward-E08000035", "msoa-E08000035", "lsoa-E08000035"} <= set(layers)
    assert "hex-E08000035" not in layers
    for key in ("sea", "motorways", "labels"):
        own, shipped = (
            layers[key],
            json.loads((ROOT / "geo/processed/layers.json").read_text())["layers"][key],
        )
        assert own == shipped, "the background is the region's"


WRONG = [
    ("E08000999", "no such district"),
    ("S12000036", "it is not in England"),
    ("W06000015", "it is not in England"),
    ("E05011384", "it is the code of a ward"),
    ("E02002330", "it is the code of an MSOA"),
    ("E10000017", "it is the code of a county"),
    ("E08000019", "since it was changed the code is E08000039"),
]


@pytest.mark.parametrize(("code", "words"), WRONG)
def test_a_code_that_is_no_district_of_england_is_refused(sources: Path, code: str, words: str) -> None:
    with pytest.raises(ConfigError, match=f"Somewhere has the code '{code}': {words}"):
        ons.lsoas_of(SourceFolder(sources, check=False), Place(code, "Somewhere", "x", "pioneer", None))


@slow
def test_a_wrong_code_stops_the_build_and_writes_nothing(sources: Path, tmp_path: Path) -> None:
    root = checkout(tmp_path / "wrong")
    with_place(root, "E05011384", "Ardsley", "ardsley")
    before = sorted(path.name for path in root.rglob("*"))
    with pytest.raises(ConfigError, match="it is the code of a ward"):
        build(sources, root, root / "config.toml")
    assert sorted(path.name for path in root.rglob("*")) == before


@pytest.mark.parametrize(
    ("code", "wards", "lsoas"), [("E06000053", 5, 1), ("E08000039", 28, 343), ("E06000066", 55, 339)]
)
def test_odd_districts_have_their_boundaries_too(sources: Path, code: str, wards: int, lsoas: int) -> None:
    """The smallest district, one with a new code, one that is large."""
    place = Place(code, "Odd", "odd", "pioneer", None)
    settings = dataclasses.replace(config(), places=(*config().places, place))
    folder = SourceFolder(sources, check=False, settings=settings)
    found = {level: ons.boundaries(folder, settings, level, [place]) for level in ("lsoa", "msoa", "ward")}
    assert len(found["ward"]) == wards
    assert len(found["lsoa"]) == lsoas
    assert found["msoa"].geometry.is_valid.all()
    assert gpd.GeoSeries(found["msoa"].union_all()).area.sum() == pytest.approx(
        found["lsoa"].geometry.area.sum(), rel=1e-6
    )


def test_practices_stand_in_one_place_each(sources: Path) -> None:
    place = Place(LEEDS, "Leeds", "leeds", "pioneer", None)
    settings = dataclasses.replace(config(), places=(*config().places, place))
    both = place_of_practice(SourceFolder(sources, check=False, settings=settings))
    region = place_of_practice(SourceFolder(sources, check=False))
    assert both["practice_code"].is_unique
    assert both.iloc[: len(region)].reset_index(drop=True).equals(region)
    extra = both.iloc[len(region) :]
    assert set(extra["place_code"]) == {LEEDS}
    assert np.isin(["B86002", "B86003"], extra["practice_code"]).all()
