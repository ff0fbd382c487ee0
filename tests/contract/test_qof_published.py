"""QOF and practices against the published Place totals, the older lists and Fingertips."""

import re
from pathlib import Path

import pandas as pd
import pytest

from data.catalogue.model import catalogue
from data.ingest import practices, qof
from data.schemas import measurements as schema
from data.sources import SourceFolder
from geo.config import ROOT

pytestmark = pytest.mark.sources

# Percentages of England as first built for 2024/25: they move with a wrong list or a lost practice.
ENGLAND_2024_25 = {"HYP": 15.2, "DM": 7.9, "DEP": 14.3, "OB": 13.9, "AST": 6.6, "COPD": 1.9, "CHD": 3.0}
PRACTICES_2024_25 = {
    "E08000012": 83, "E08000014": 39, "E08000013": 28, "E08000011": 23, "E08000015": 43, "E06000006": 14,
    "E06000007": 26,
}  # fmt: skip
CHESHIRE = ("E06000049", "E06000050")


@pytest.fixture(scope="module")
def folder(sources: Path) -> SourceFolder:
    return SourceFolder(sources)


@pytest.fixture(scope="module")
def rows(folder: SourceFolder) -> pd.DataFrame:
    return schema.validate(qof.measurements(folder))


@pytest.fixture(scope="module")
def links(folder: SourceFolder) -> pd.DataFrame:
    return practices.place_of_practice(folder)


@pytest.fixture(scope="module")
def trend(folder: SourceFolder) -> pd.DataFrame:
    return qof.read_trend(folder)


@pytest.fixture(scope="module")
def gps(folder: SourceFolder) -> pd.DataFrame:
    return practices.practices(folder)


def place_sums(rows: pd.DataFrame, links: pd.DataFrame, period: str) -> pd.DataFrame:
    """Register and list by Place (both Cheshire Places as one, as in the series) and register."""
    found = rows[(rows["source_level"] == "practice") & (rows["period"] == period)]
    place = found["area_code"].map(links.set_index("practice_code")["place_code"])
    assert place.notna().all()
    areas = {code: area for area, code in qof.PLACE_OF_AREA.items()} | dict.fromkeys(
        CHESHIRE, qof.COMBINED_CHESHIRE
    )
    return (
        found.assign(area=place.map(areas))
        .groupby(["area", "indicator_id"])[["numerator", "denominator"]]
        .sum()
    )


@pytest.mark.parametrize("period", list(qof.PRACTICE_FILES))
def test_practices_add_up_to_every_place_total(
    rows: pd.DataFrame, links: pd.DataFrame, trend: pd.DataFrame, period: str
) -> None:
    """All 21 registers, register and list, seven Places and Cheshire, in each of the three years: exactly.

    This is also what places the six closed practices of `practices.CLOSED`: with one of them in another
    Place, two totals would be wrong.
    """
    expected = trend[
        (trend["period"] == period) & ~trend["area"].isin(["England", "Cheshire and Merseyside"])
    ]
    expected = expected.assign(indicator_id=expected["register"].map(qof.indicator_id))
    expected = expected.set_index(["area", "indicator_id"])[["patients", "listed"]]
    made = place_sums(rows, links, period).reindex(expected.index)
    assert len(expected) == 8 * 21
    assert (made["numerator"] == expected["patients"]).all()
    assert (made["denominator"] == expected["listed"]).all()


@pytest.mark.parametrize("period", list(qof.PRACTICE_FILES))
def test_england_is_the_sum_of_its_practices(rows: pd.DataFrame, trend: pd.DataFrame, period: str) -> None:
    made = rows[(rows["source_level"] == "england") & (rows["period"] == period)].set_index("indicator_id")
    expected = trend[(trend["period"] == period) & (trend["area"] == "England")]
    expected = expected.set_index(expected["register"].map(qof.indicator_id))
    assert len(made) == 21
    assert (made["numerator"] == expected["patients"].reindex(made.index)).all()
    assert (made["denominator"] == expected["listed"].reindex(made.index)).all()


def test_england_prevalence_has_not_drifted(rows: pd.DataFrame) -> None:
    england = rows[(rows["source_level"] == "england") & (rows["period"] == "2024/25")].set_index(
        "indicator_id"
    )
    for register, expected in ENGLAND_2024_25.items():
        row = england.loc[qof.indicator_id(register)]
        assert round(100 * row["numerator"] / row["denominator"], 1) == expected, register


def test_plain_english_names_the_figure_for_england(rows: pd.DataFrame) -> None:
    """ "About 8 in 100" must stay true when the figures are renewed."""
    england = rows[(rows["source_level"] == "england") & (rows["period"] == "2024/25")]
    for row in england.itertuples():
        said = re.search(r"about (\d+) in ([\d,]+) ", catalogue()[row.indicator_id].plain_english)
        assert said, row.indicator_id
        of = int(said[2].replace(",", ""))
        assert int(said[1]) == round(of * row.numerator / row.denominator), row.indicator_id


def test_practices_here(rows: pd.DataFrame, links: pd.DataFrame) -> None:
    latest = rows[(rows["source_level"] == "practice") & (rows["period"] == "2024/25")]
    codes = latest["area_code"].drop_duplicates()
    assert len(codes) == 334
    places = codes.map(links.set_index("practice_code")["place_code"]).value_counts()
    for place, number in PRACTICES_2024_25.items():
        assert places[place] == number
    assert places[list(CHESHIRE)].sum() == 78
    assert links["practice_code"].is_unique


def test_lists_of_registers_are_of_the_right_age(rows: pd.DataFrame) -> None:
    """The narrower the age group, the shorter the list; people aged 50 and over are about a third."""
    england = rows[(rows["source_level"] == "england") & (rows["period"] == "2024/25")].set_index(
        "indicator_id"
    )
    listed = england["denominator"]
    by_base = {
        base: {listed[qof.indicator_id(r)] for r, b in qof.AGE_BASE.items() if b == base}
        for base in set(qof.AGE_BASE.values())
    }
    assert all(len(found) == 1 for found in by_base.values())
    sizes = {base: found.pop() for base, found in by_base.items()}
    order = ["TOTAL", "06OV", "16OV", "17OV", "18OV", "50OV"]
    assert [sizes[base] for base in order] == sorted(sizes.values(), reverse=True)
    assert sizes["TOTAL"] == 63_766_671
    assert sizes["50OV"] / sizes["TOTAL"] == pytest.approx(0.37, abs=0.01)


def test_age_base_is_the_same_in_all_years_given(rows: pd.DataFrame) -> None:
    """A change of the age group would show as a jump of a register's list against the list of all ages.

    People grow older slowly: between two years of the series the share moves by less than 0.6 points.
    """
    england = rows[rows["source_level"] == "england"]
    listed = england.pivot(index="period", columns="indicator_id", values="denominator")
    share = listed.div(listed["qof-af"], axis=0)
    jumps = share.apply(lambda series: series.dropna().diff().abs().max())
    assert (jumps < 0.006).all(), jumps[jumps >= 0.006].to_dict()


def test_the_years_left_out_do_have_another_age_base(trend: pd.DataFrame) -> None:
    england = trend[trend["area"] == "England"]
    listed = england.pivot(index="period", columns="register", values="listed")
    share = listed.div(listed["AF"], axis=0)
    for register, years in qof.OTHER_AGE_BASE.items():
        for year in years:
            assert abs(share.loc[year, register] - share.loc["2024/25", register]) > 0.01, (register, year)


def test_region_is_the_sum_of_its_places_in_the_ccg_years(trend: pd.DataFrame) -> None:
    numbers = ["patients", "listed", "practices"]
    parts = trend[~trend["area"].isin(["England", "Cheshire and Merseyside"])]
    summed = parts.groupby(["period", "register"])[numbers].sum()
    region = trend[trend["area"] == "Cheshire and Merseyside"].set_index(["period", "register"])[numbers]
    assert (summed - region).abs().max().max() < 1e-6


def test_only_one_practice_has_more_on_a_register_than_on_its_list(rows: pd.DataFrame) -> None:
    """The David Lewis centre: residents with a learning disability, counted on another day than the list."""
    over = rows[(rows["source_level"] == "practice") & (rows["numerator"] > rows["denominator"])]
    assert set(zip(over["area_code"], over["indicator_id"], strict=True)) == {("Y05750", "qof-ld")}


def test_depression_agrees_with_fingertips(
    folder: SourceFolder, rows: pd.DataFrame, links: pd.DataFrame, trend: pd.DataFrame
) -> None:
    """Fingertips goes by the authority where a practice stands, we by NHS sub-area: within 0.3 points."""
    other = folder.csv("la_indicators/fingertips_adults_depression.csv.gz", ["area_code", "period", "value"])
    compared = 0
    for period in qof.PRACTICE_FILES:
        sums = place_sums(rows, links, period)
        for area, code in qof.PLACE_OF_AREA.items():
            ours = sums.loc[(area, "qof-dep")]
            theirs = other[(other["area_code"] == code) & (other["period"] == period)]["value"]
            assert 100 * ours["numerator"] / ours["denominator"] == pytest.approx(theirs.item(), abs=0.3), (
                area
            )
            compared += 1
    assert compared == 21


def test_practices_have_names_positions_and_lists(gps: pd.DataFrame, links: pd.DataFrame) -> None:
    assert len(gps) >= 334  # those with QOF figures for 2024/25
    assert gps["practice_code"].is_unique
    assert not gps["practice_name"].str.isupper().any()
    assert not gps["practice_name"].str.contains(r"\b(?:Ctr|Med|Hc|Rd)\b").any()
    assert gps[["postcode", "place_code", "lon", "lat"]].notna().all(axis=None)
    assert gps["list_size"].notna().sum() == 334
    assert gps["pcn_code"].isna().sum() <= 6  # six practices of south Sefton were in no network in July 2026
    assert set(gps["practice_code"]) <= set(links["practice_code"])
    assert gps["pcn_code"].nunique() == 49


def test_lists_of_july_2026_are_near_those_of_the_last_qof(gps: pd.DataFrame, rows: pd.DataFrame) -> None:
    af = rows[(rows["indicator_id"] == "qof-af") & (rows["period"] == "2024/25")].set_index("area_code")
    both = gps.set_index("practice_code").join(af["denominator"], how="inner").dropna(subset="list_size")
    assert both["list_size"].sum() == pytest.approx(both["denominator"].sum(), rel=0.03)


def test_positions_agree_with_an_independent_geocoding(folder: SourceFolder, gps: pd.DataFrame) -> None:
    other = folder.parquet(
        "gp_practices/practice_coordinates_england_2023.parquet", ["practice_code", "lat", "lon"]
    )
    both = gps.merge(other, on="practice_code", suffixes=("", "_other"))
    assert len(both) > 300
    north = (both["lat"] - both["lat_other"]) * 111_200
    east = (both["lon"] - both["lon_other"]) * 111_200 * 0.6  # cos(53.4 degrees)
    metres = (north**2 + east**2) ** 0.5
    assert metres.median() < 150
    assert (metres < 1_000).mean() > 0.95


def test_the_older_network_list_agrees_on_places(folder: SourceFolder, links: pd.DataFrame) -> None:
    older = folder.csv(practices.MAPPING_2022, ["practice_code", "ccg_code"])
    place = older["practice_code"].map(links.set_index("practice_code")["place_code"])
    assert (place == older["ccg_code"].map(practices.PLACE_OF_SUB_ICB)).all()
    assert not set(practices.CLOSED) & set(older["practice_code"])


def test_the_shipped_places_are_the_published_totals(trend: pd.DataFrame) -> None:
    """The tables the dashboard ships with: every Place, register and year of the series that is given."""
    shipped = pd.read_parquet(ROOT / "data/processed/observations.parquet")
    shipped = shipped[shipped["indicator_id"].str.startswith("qof-")]
    codes = {**qof.PLACE_OF_AREA, "England": "E92000001", "Cheshire and Merseyside": "E54000008"}
    expected = trend[trend["area"].isin(list(codes))]
    expected = expected.assign(
        area_code=expected["area"].map(codes), indicator_id=expected["register"].map(qof.indicator_id)
    )
    keys = ["indicator_id", "area_code", "period"]
    both = shipped.merge(expected, on=keys)
    left_out = sum(len(years) for years in qof.OTHER_AGE_BASE.values()) * len(codes)
    assert len(both) == len(expected) - left_out
    assert (both["numerator"] - both["patients"]).abs().max() < 1e-3
    assert (both["denominator"] - both["listed"]).abs().max() < 1e-3
    assert (both["value"] - 100 * both["patients"] / both["listed"]).abs().max() < 1e-5
