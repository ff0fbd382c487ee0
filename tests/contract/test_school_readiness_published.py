"""School readiness and schools against the publishers' own figures and against each other."""

import re
from pathlib import Path

import pandas as pd
import pytest

from data.catalogue.model import catalogue
from data.ingest import school_readiness as readiness
from data.ingest.schools import schools
from data.schemas import measurements as schema
from data.sources import SourceFolder
from geo.config import ROOT, config

pytestmark = pytest.mark.sources

# Good level of development in England, as the Department for Education printed it (one decimal).
ENGLAND = {"2021/22": 65.2, "2022/23": 67.2, "2023/24": 67.7, "2024/25": 68.3}
ENGLAND_BEFORE = {
    "2012/13": 51.7, "2013/14": 60.4, "2014/15": 66.3, "2015/16": 69.3, "2016/17": 70.7, "2017/18": 71.5,
    "2018/19": 71.8,
}  # fmt: skip
PLACE_GROUPS = {"all", "fsm", "not-fsm"}


@pytest.fixture(scope="module")
def folder(sources: Path) -> SourceFolder:
    return SourceFolder(sources)


@pytest.fixture(scope="module")
def rows(folder: SourceFolder) -> pd.DataFrame:
    return schema.validate(readiness.measurements(folder))


@pytest.mark.parametrize(
    ("indicator_id", "printed"), [("gld", ENGLAND), ("gld-previous-framework", ENGLAND_BEFORE)]
)
def test_england_as_printed(rows: pd.DataFrame, indicator_id: str, printed: dict[str, float]) -> None:
    found = rows[
        (rows["indicator_id"] == indicator_id)
        & (rows["source_level"] == "england")
        & (rows["group"] == "all")
    ]
    assert found.set_index("period")["value"].round(1).to_dict() == printed


def test_percentages_follow_from_counts(rows: pd.DataFrame) -> None:
    counted = rows[rows["numerator"].notna()]
    assert len(counted) == 108 + 16 + 6 + 210
    # the current file cuts its six decimals off instead of rounding them
    assert (100 * counted["numerator"] / counted["denominator"] - counted["value"]).abs().max() < 2e-6


def test_every_place_has_every_year(rows: pd.DataFrame) -> None:
    for indicator_id, groups, years in (
        ("gld", PLACE_GROUPS, ENGLAND),
        ("gld-previous-framework", {"all", "female", "male"}, ENGLAND_BEFORE),
    ):
        found = rows[(rows["indicator_id"] == indicator_id) & (rows["source_level"] == "place")]
        have = found.groupby(["area_code", "group"])["period"].agg(set)
        for place in config().place_codes:
            for group in groups:
                assert have[(place, group)] == set(years), (indicator_id, place, group)


def test_eligible_and_not_eligible_are_nearly_everybody(rows: pd.DataFrame) -> None:
    """The rest is unknown eligibility: 0.3% to 2.5% of the children of a Place and year, never below 0."""
    found = rows[(rows["indicator_id"] == "gld") & (rows["source_level"] == "place")]
    children = found.pivot_table(index=["area_code", "period"], columns="group", values="denominator")
    unknown = 1 - (children["fsm"] + children["not-fsm"]) / children["all"]
    assert unknown.between(0.003, 0.025).all()
    poor = found.pivot_table(index=["area_code", "period"], columns="group", values="value")
    assert (poor["fsm"] < poor["all"]).all()
    assert (poor["all"] < poor["not-fsm"]).all()


def test_girls_and_boys_add_up(rows: pd.DataFrame) -> None:
    counts = rows.pivot_table(
        index=["indicator_id", "source_level", "area_code", "period"],
        columns="group",
        values=["numerator", "denominator"],
    )
    for column in ("numerator", "denominator"):
        both = counts[column].dropna(subset=["female", "male"])
        apart = (both["female"] + both["male"] - both["all"]).abs()
        exact = ~((both.index.get_level_values(0) == "gld") & (both.index.get_level_values(1) == "place"))
        assert (apart[exact] == 0).all()
        # girls and boys of three Places come from the authority's file: under 1% apart
        assert (apart[~exact] / both["all"][~exact]).between(0, 0.01).all()
        assert (~exact).sum() == 3


def test_authority_and_district_totals_differ_as_described(folder: SourceFolder, rows: pd.DataFrame) -> None:
    file = folder.csv(readiness.BY_SEX, ["area_code", "sex", "children_count"])
    authority = file[(file["area_code"] == "E08000012") & (file["sex"] == "Total")]["children_count"].item()
    district = rows[
        (rows["indicator_id"] == "gld")
        & (rows["area_code"] == "E08000012")
        & (rows["period"] == "2024/25")
        & (rows["group"] == "all")
    ]["denominator"].item()  # fmt: skip
    assert (authority, district) == (5062, 5083)
    assert "5,062 and 5,083" in catalogue().caveats["gld-sex-from-authority-file"].detail


def test_areas_of_learning_are_near_the_good_level(rows: pd.DataFrame) -> None:
    """A good level needs all three, so it can never be the higher figure (0.06: rounding)."""
    wide = rows[rows["group"] == "all"].pivot_table(
        index=["area_code", "period"], columns="indicator_id", values="value"
    )
    now = wide.dropna(subset=["gld"])
    assert len(now) == 40
    for goal in readiness.GOAL_IDS.values():
        assert (now["gld"] <= now[goal] + 0.06).all(), goal
        assert (now[goal] - now["gld"]).max() < 20


def test_plain_english_is_true_for_england(rows: pd.DataFrame) -> None:
    latest = {"gld-previous-framework": "2018/19"}
    for indicator_id in rows["indicator_id"].unique():
        said = re.search(r"about (\d+) in 10", catalogue()[indicator_id].plain_english, re.IGNORECASE)
        assert said, indicator_id
        found = rows[
            (rows["indicator_id"] == indicator_id)
            & (rows["source_level"] == "england")
            & (rows["group"] == "all")
            & (rows["period"] == latest.get(indicator_id, "2024/25"))
        ]  # fmt: skip
        assert int(said[1]) == round(found["value"].item() / 10), indicator_id


def test_schools_here(folder: SourceFolder) -> None:
    frame = schools(folder)
    assert frame["urn"].is_unique
    assert frame["phase"].value_counts().to_dict() == {
        "primary": 751, "secondary": 145, "special": 108, "nursery": 17, "all-through": 4,
    }  # fmt: skip
    primaries = frame[frame["phase"] == "primary"]
    assert primaries["percent_fsm"].notna().mean() > 0.9
    assert frame["percent_fsm"].dropna().between(0, 100).all()
    assert (frame["pupils"].dropna() > 0).all()


def test_the_shipped_region_is_the_sum_of_nine_places(rows: pd.DataFrame) -> None:
    """And there is none where only three Places have figures (girls and boys, 2024/25)."""
    shipped = pd.read_parquet(ROOT / "data/processed/observations.parquet")
    region = shipped[(shipped["indicator_id"] == "gld") & (shipped["area_level"] == "region")]
    places = rows[(rows["indicator_id"] == "gld") & (rows["source_level"] == "place")]
    summed = places.groupby(["period", "group"])[["numerator", "denominator"]].sum()
    found = region.set_index(["period", "group"])
    for group in PLACE_GROUPS:
        for period in ENGLAND:
            row = found.loc[(period, group)]
            assert row["numerator"] == summed.loc[(period, group), "numerator"]
            assert row["value"] == pytest.approx(100 * row["numerator"] / row["denominator"], abs=1e-5)
    assert set(region.loc[region["group"].isin(["female", "male"]), "status"]) <= {"missing"}
