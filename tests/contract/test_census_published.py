"""The census tables against what the Office for National Statistics printed, and against each other."""

import gzip
import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from data.ingest import census
from data.schemas import measurements as schema
from data.sources import SourceFolder

# Usual residents to the nearest 100, as in the first results of Census 2021 (June 2022).
FIRST_RESULTS = {
    "E08000012": 486_100, "E08000014": 279_300, "E08000013": 183_200, "E08000011": 154_500,
    "E08000015": 320_200, "E06000006": 128_500, "E06000007": 210_900, "E06000049": 398_800,
    "E06000050": 357_100,
}  # fmt: skip
# Percentages of England as printed in the topic summaries (crude shares).
ENGLAND = {
    ("ethnic-group", "white"): 81.0, ("ethnic-group", "asian"): 9.6, ("ethnic-group", "black"): 4.2,
    ("ethnic-group", "mixed"): 3.0, ("ethnic-group", "other"): 2.2, ("aged-65-and-over", "all"): 18.4,
    ("overcrowding", "all"): 4.4, ("tenure", "owned"): 61.3, ("tenure", "shared-ownership"): 1.0,
    ("social-rented", "all"): 17.1, ("private-rented", "all"): 20.5, ("disabled", "all"): 17.3,
    ("main-language-not-english", "all"): 9.2,
}  # fmt: skip
LSOAS = {"E08000012": 302, "E08000014": 191, "E08000013": 121}
# ONS changes cells to prevent disclosure, each table apart: an LSOA's total then differs by a few between
# tables (2 on average; 15 people and 10 households at most, as found), sums hardly at all.
LSOA_NOISE = 15
SUM_NOISE = 0.0001

pytestmark = pytest.mark.sources


@pytest.fixture(scope="module")
def folder(sources: Path) -> SourceFolder:
    return SourceFolder(sources)


@pytest.fixture(scope="module")
def rows(folder: SourceFolder) -> pd.DataFrame:
    return schema.validate(census.measurements(folder))


@pytest.fixture(scope="module")
def place_of_lsoa(folder: SourceFolder) -> pd.Series:
    table = folder.parquet("deprivation/iod2025_england_lsoa21.parquet", ["lsoa21_code", "lad24_code"])
    return table.set_index("lsoa21_code")["lad24_code"]


@pytest.fixture(scope="module")
def residents(rows: pd.DataFrame) -> pd.Series:
    return rows[rows["indicator_id"] == "population"].set_index("area_code")["numerator"]


def test_every_lsoa_of_england_is_there(residents: pd.Series, place_of_lsoa: pd.Series) -> None:
    assert set(residents.index) == set(place_of_lsoa.index)
    counted = place_of_lsoa.value_counts()
    assert {place: int(counted[place]) for place in LSOAS} == LSOAS


def test_places_have_their_first_results(residents: pd.Series, place_of_lsoa: pd.Series) -> None:
    totals = residents.groupby(place_of_lsoa).sum()
    for place, printed in FIRST_RESULTS.items():
        assert totals[place] == pytest.approx(printed, rel=0.001), place


def test_england_has_its_first_result(residents: pd.Series) -> None:
    assert residents.sum() == pytest.approx(56_489_800, rel=SUM_NOISE)


@pytest.mark.parametrize(("series", "printed"), ENGLAND.items(), ids=lambda item: str(item))
def test_england_has_the_printed_shares(rows: pd.DataFrame, series: tuple[str, str], printed: float) -> None:
    part = rows[(rows["indicator_id"] == series[0]) & (rows["group"] == series[1])]
    assert 100 * part["numerator"].sum() / part["denominator"].sum() == pytest.approx(printed, abs=0.05)


def test_no_share_is_over_one(rows: pd.DataFrame) -> None:
    shares = rows[rows["denominator"].notna()]
    assert (shares["denominator"] > 0).all()
    assert (shares["numerator"] <= shares["denominator"]).all()
    assert (rows["status"] == "reported").all()


def test_tables_of_people_agree_within_the_noise(rows: pd.DataFrame, residents: pd.Series) -> None:
    for indicator_id in ("ethnic-minority", "disabled"):
        other = rows[rows["indicator_id"] == indicator_id].set_index("area_code")["denominator"]
        assert (other - residents).abs().max() <= LSOA_NOISE
        assert (other - residents).abs().mean() < 3
        assert other.sum() == pytest.approx(residents.sum(), rel=SUM_NOISE)


def test_tables_of_households_agree_within_the_noise(rows: pd.DataFrame) -> None:
    households = {
        indicator_id: rows[rows["indicator_id"] == indicator_id].set_index("area_code")["denominator"]
        for indicator_id in ("social-rented", "overcrowding")
    }
    households["any"] = rows[
        (rows["indicator_id"] == "household-deprivation") & (rows["group"] == "all")
    ].set_index("area_code")["denominator"]
    for one in households.values():
        assert (one - households["any"]).abs().max() <= LSOA_NOISE
        assert one.sum() == pytest.approx(households["any"].sum(), rel=SUM_NOISE)


def test_groups_add_up_to_the_whole(rows: pd.DataFrame, residents: pd.Series) -> None:
    ages = rows[rows["indicator_id"] == "population-by-age"].groupby("area_code")["numerator"].sum()
    assert (ages == residents[ages.index]).all()
    for indicator_id in ("tenure", "ethnic-group"):
        part = rows[rows["indicator_id"] == indicator_id].groupby("area_code")
        assert (part["numerator"].sum() == part["denominator"].first()).all()
    deprived = rows[rows["indicator_id"] == "household-deprivation"]
    some = deprived[deprived["group"] != "all"].groupby("area_code")["numerator"].sum()
    anyhow = deprived[deprived["group"] == "all"].set_index("area_code")["numerator"]
    assert (some == anyhow[some.index]).all()


def test_msoa_tables_count_the_ages_they_say(folder: SourceFolder, rows: pd.DataFrame) -> None:
    """Unpaid care is asked of those aged 5 and over, language of those aged 3 and over."""
    age = folder.csv(census.AGE.file)
    age = age[age["lsoa21_code"].str.startswith("E")]
    msoa = age["lsoa21_name"].str[:-1]
    everyone = age["Total"].groupby(msoa).sum()
    from_five = everyone - age["Aged 4 years and under"].groupby(msoa).sum()
    care = folder.csv(census.UNPAID_CARE.file, ["msoa21cd", "msoa21nm"])
    code = dict(zip(care["msoa21nm"], care["msoa21cd"], strict=True))
    everyone, from_five = everyone.rename(index=code), from_five.rename(index=code)
    carers = rows[rows["indicator_id"] == "unpaid-care"].set_index("area_code")["denominator"]
    assert (carers - from_five[carers.index]).abs().max() <= 3 * LSOA_NOISE
    speakers = rows[rows["indicator_id"] == "main-language-not-english"].set_index("area_code")["denominator"]
    assert (speakers > from_five[speakers.index]).all()
    assert (speakers < everyone[speakers.index]).all()


def test_language_gives_the_proportion_printed_beside_it(folder: SourceFolder, rows: pd.DataFrame) -> None:
    printed = folder.csv(census.LANGUAGE.file).set_index("msoa21_code")[
        "Proportion who cannot speak English (well)"
    ]
    part = rows[rows["indicator_id"] == "cannot-speak-english-well"].set_index("area_code")
    assert (part["numerator"] / part["denominator"] - printed[part.index]).abs().max() < 1e-9


def test_output_areas_add_up_to_england(folder: SourceFolder, residents: pd.Series) -> None:
    areas = folder.csv("england/oa21-population_census2021.csv.gz", ["areacd", "pop"])
    english = areas.loc[areas["areacd"].str.startswith("E"), "pop"].sum()
    assert english == pytest.approx(residents.sum(), rel=SUM_NOISE)


@pytest.fixture(scope="module")
def output_areas(folder: SourceFolder) -> gpd.GeoDataFrame:
    """All output area centroids with their residents."""
    people = folder.csv("england/oa21-population_census2021.csv.gz").set_index("areacd")["pop"]
    path = folder.path("england/oa21_population_weighted_centroids.json.gz")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        points = [json.loads(line) for line in lines]
    codes = [point["properties"]["areacd"] for point in points]
    places = [point["geometry"]["coordinates"] for point in points]
    geometry = gpd.points_from_xy([x for x, _ in places], [y for _, y in places])
    return gpd.GeoDataFrame({"people": people.reindex(codes).to_numpy()}, geometry=geometry, crs="EPSG:4326")


@pytest.mark.parametrize("place", LSOAS)
def test_output_areas_add_up_to_places_and_lsoas(
    folder: SourceFolder, output_areas: gpd.GeoDataFrame, residents: pd.Series, place: str
) -> None:
    """Output areas come from another table: each point in its LSOA, and their residents its residents."""
    lsoas = gpd.read_file(folder.path(f"boundaries/lsoa21/{place}.geojson"))[["LSOA21CD", "geometry"]]
    inside = output_areas.sjoin(lsoas, predicate="within")
    summed = inside.groupby("LSOA21CD")["people"].sum()
    expected = residents[lsoas["LSOA21CD"]]
    assert summed.sum() == pytest.approx(expected.sum(), rel=0.001)
    close = (summed.reindex(expected.index) - expected).abs() <= LSOA_NOISE
    # A centroid may fall just across a generalised boundary, and then two LSOAs are out (6% of Sefton's).
    assert close.mean() >= 0.93
