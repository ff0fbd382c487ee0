"""Health outcomes against known figures, against the same measure elsewhere and against reason."""

from pathlib import Path

import pandas as pd
import pytest

from data.catalogue.model import catalogue
from data.ingest import fingertips, ons_els
from data.schemas import measurements as schema
from data.sources import SourceFolder
from geo.config import config

pytestmark = pytest.mark.sources

LIVERPOOL, ENGLAND = "E08000012", "E92000001"
# As they stand in the publishers' copies, (indicator, group, period): (England, Liverpool).
KNOWN = {
    ("life-expectancy", "male", "2023 - 25"): (None, 76.7),
    ("life-expectancy", "female", "2023 - 25"): (None, 80.6),
    ("life-expectancy", "male", "2015 - 17"): (79.5, None),
    ("life-expectancy", "female", "2015 - 17"): (83.1, None),
    ("healthy-life-expectancy", "male", "2022 - 24"): (None, 55.8),
    ("inequality-in-life-expectancy", "male", "2015 - 17"): (9.6, None),
    ("inequality-in-life-expectancy", "male", "2022 - 24"): (None, 10.7),
    ("preventable-mortality-under-75", "all", "2024"): (None, 230.8),
    ("smoking-adults", "all", "2011"): (19.8, None),
    ("smoking-adults", "all", "2024"): (None, 11.9),
    ("obesity-reception", "all", "2024/25"): (None, 13.9),
    ("obesity-year-6", "all", "2024/25"): (None, 27.8),
    ("dental-decay-5", "all", "2023/24"): (None, 33.3),
    ("health-checks", "all", "2024/25"): (None, 19.5),
    ("key-stage-2-expected", "all", "2018/19"): (65.0, None),
    ("key-stage-2-expected", "all", "2024/25"): (None, 57.0),
}
SERIES_IDS = {series.indicator_id for series in [*fingertips.SERIES, *ons_els.SERIES]}
PERCENTAGES = sorted(name for name in SERIES_IDS if catalogue()[name].statistic == "percentage")
# Blanks in the copies, all of Places: small surveys and the school years that the pandemic cut short.
BLANKS = {"active-children": 41, "dental-decay-5": 6, "obesity-reception": 11, "obesity-year-6": 11}


@pytest.fixture(scope="module")
def folder(sources: Path) -> SourceFolder:
    return SourceFolder(sources)


@pytest.fixture(scope="module")
def rows(folder: SourceFolder) -> pd.DataFrame:
    both = [fingertips.measurements(folder), ons_els.measurements(folder)]
    return schema.validate(pd.concat(both, ignore_index=True))


def value(rows: pd.DataFrame, indicator_id: str, area: str, group: str, period: str) -> float:
    found = rows[
        (rows["indicator_id"] == indicator_id) & (rows["area_code"] == area) & (rows["group"] == group)
        & (rows["period"] == period)
    ]  # fmt: skip
    return float(found["value"].item())


@pytest.mark.parametrize("key", sorted(KNOWN), ids=lambda key: "-".join(key))
def test_known_figures(rows: pd.DataFrame, key: tuple[str, str, str]) -> None:
    indicator_id, group, period = key
    for area, expected in zip((ENGLAND, LIVERPOOL), KNOWN[key], strict=True):
        if expected is not None:
            assert value(rows, indicator_id, area, group, period) == expected


def test_every_indicator_covers_places_and_england(rows: pd.DataFrame) -> None:
    assert set(rows["indicator_id"]) == SERIES_IDS
    for indicator_id, found in rows.groupby("indicator_id"):
        assert set(found["area_code"]) == {*config().place_codes, ENGLAND}, indicator_id
        assert (found["source_level"] == "england").sum() == found.loc[found["area_code"] == ENGLAND].shape[0]


def test_blanks_are_missing_and_no_more_than_before(rows: pd.DataFrame) -> None:
    missing = rows[rows["status"] == "missing"]
    assert missing["indicator_id"].value_counts().to_dict() == BLANKS
    assert (missing["source_level"] == "place").all()
    assert set(missing.loc[missing["indicator_id"].str.startswith("obesity"), "period"]) == {
        "2019/20",
        "2020/21",
    }


def test_nothing_is_nought(rows: pd.DataFrame) -> None:
    assert (rows["value"].dropna() > 0).all()


@pytest.mark.parametrize("indicator_id", PERCENTAGES)
def test_percentages_are_percentages(rows: pd.DataFrame, indicator_id: str) -> None:
    found = rows.loc[rows["indicator_id"] == indicator_id, "value"].dropna()
    assert found.between(0.5, 90).all()  # in per cent, not as proportions, and nobody is at the ceiling


def test_healthy_life_expectancy_is_the_same_in_both_copies(folder: SourceFolder, rows: pd.DataFrame) -> None:
    """ONS is taken because it has limits and starts earlier; where both have a figure it is the same."""
    name = "la_indicators/fingertips_healthy_life_expectancy.csv.gz"
    other = folder.csv(name, ["area_code", "period", "value", "inequality"])
    other = other.assign(group=other["inequality"].map(fingertips.SEXES))
    ours = rows[rows["indicator_id"] == "healthy-life-expectancy"]
    both = ours.merge(other, on=["area_code", "period", "group"], suffixes=("", "_other"))
    assert len(both) == 10 * 2 * 8
    assert (both["value"] == both["value_other"]).all()
    assert ours["period"].min() == "2011 - 13"
    assert ours["period"].max() == other["period"].max()


def test_published_limits_enclose_the_value(rows: pd.DataFrame) -> None:
    limited = rows[rows["indicator_id"].map(lambda name: catalogue()[name].interval == "published")]
    assert limited["indicator_id"].nunique() == 4
    assert limited[["lower", "upper"]].notna().all(axis=None)
    assert (limited["lower"] <= limited["value"]).all()
    assert (limited["value"] <= limited["upper"]).all()
    others = rows[~rows["indicator_id"].isin(limited["indicator_id"])]
    assert others[["lower", "upper"]].isna().all(axis=None)


def test_life_is_longer_than_healthy_life_and_women_live_longer(rows: pd.DataFrame) -> None:
    keys = ["area_code", "period", "group"]
    wide = rows[rows["indicator_id"].isin(["life-expectancy", "healthy-life-expectancy"])].pivot_table(
        index=keys, columns="indicator_id", values="value"
    )
    both = wide.dropna()
    assert len(both) == 10 * 2 * 8
    assert (both["life-expectancy"] > both["healthy-life-expectancy"] + 5).all()
    by_sex = wide["life-expectancy"].dropna().unstack("group")
    assert (by_sex["female"] > by_sex["male"]).all()


def test_persons_lie_between_women_and_men(rows: pd.DataFrame) -> None:
    found = rows[rows["indicator_id"] == "preventable-mortality-under-75"]
    wide = found.pivot_table(index=["area_code", "period"], columns="group", values="value")
    assert ((wide["female"] < wide["all"]) & (wide["all"] < wide["male"])).all()


def test_related_measures_agree(rows: pd.DataFrame) -> None:
    """Obesity is part of overweight; active and inactive adults leave room for those in between."""
    wide = rows[rows["group"] == "all"].pivot_table(
        index=["area_code", "period"], columns="indicator_id", values="value"
    )
    weight = wide[["obesity-adults", "overweight-adults"]].dropna()
    assert len(weight) == 100
    assert (weight["obesity-adults"] < weight["overweight-adults"]).all()
    activity = (wide["active-adults"] + wide["inactive-adults"]).dropna()
    assert len(activity) == 100
    assert activity.between(80, 97).all()
    children = wide[["obesity-reception", "obesity-year-6"]].dropna()
    assert (children["obesity-reception"] < children["obesity-year-6"]).all()


def test_health_checks_only_ever_rise(rows: pd.DataFrame) -> None:
    found = rows[rows["indicator_id"] == "health-checks"].sort_values("period")
    steps = found.groupby("area_code")["value"].diff().dropna()
    assert (steps > 0).all()


def test_smoking_is_the_measure_with_the_longer_series(folder: SourceFolder, rows: pd.DataFrame) -> None:
    """The ONS five-year average (with limits) has only two periods; for England both agree to 1.5 points."""
    other = folder.csv("la_indicators/ons_els_cigarette-smokers.csv.gz", ["areacd", "period", "observation"])
    england = other[other["areacd"] == ENGLAND].set_index("period")["observation"]
    assert set(england.index) == {"2019-01-01/P5Y", "2020-01-01/P5Y"}
    years = [value(rows, "smoking-adults", ENGLAND, "all", str(year)) for year in range(2020, 2025)]
    assert sum(years) / 5 == pytest.approx(england["2020-01-01/P5Y"], abs=1.5)
