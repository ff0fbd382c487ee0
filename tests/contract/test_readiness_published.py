"""Estimates of school readiness against what is published: exact totals, and honest errors."""

from pathlib import Path

import pandas as pd
import pytest

from data.ingest import indices_of_deprivation, school_readiness
from data.ingest.council_counts import CountsError
from data.readiness import LEVELS, ReadinessResult, readiness
from data.readiness_docs import docs_section
from data.schemas import observations as schema
from data.sources import SourceFolder
from tests.geographies import shipped_geography

pytestmark = [pytest.mark.sources, pytest.mark.slow]

# Children assessed and at a good level of development in 2024/25, as the Department for Education printed.
PRINTED = {"E08000012": (5083, 3268), "E08000014": (2709, 1766), "E08000013": (1889, 1226)}
YEARS = ["2021/22", "2022/23", "2023/24", "2024/25"]


@pytest.fixture(scope="module")
def folder(sources: Path) -> SourceFolder:
    return SourceFolder(sources)


@pytest.fixture(scope="module")
def deprivation(folder: SourceFolder) -> pd.DataFrame:
    return indices_of_deprivation.measurements(folder)


@pytest.fixture(scope="module")
def found(folder: SourceFolder, deprivation: pd.DataFrame) -> ReadinessResult:
    return readiness(folder, shipped_geography(), deprivation)


@pytest.fixture(scope="module")
def rows(found: ReadinessResult) -> pd.DataFrame:
    areas = shipped_geography().areas.set_index("area_code")
    return schema.validate(found.rows).assign(place_code=lambda x: x["area_code"].map(areas["place_code"]))


def test_every_area_with_children_has_an_estimate_for_each_year(rows: pd.DataFrame) -> None:
    levels = shipped_geography().areas["area_level"].value_counts()
    assert sorted(rows["period"].unique()) == YEARS
    for level in LEVELS:
        of_level = rows[rows["area_level"] == level]
        assert (of_level.groupby("period")["area_code"].nunique() == levels[level]).all()
    assert (rows["basis"] == "modelled").all()
    assert set(rows["reliability"]) == {"C", "D"}
    assert set(rows["group"]) == {"all"}


@pytest.mark.parametrize("place", PRINTED)
@pytest.mark.parametrize("level", ["lsoa", "msoa", "ward"])
def test_the_areas_of_a_place_make_up_the_printed_counts(rows: pd.DataFrame, place: str, level: str) -> None:
    own = rows[(rows["place_code"] == place) & (rows["area_level"] == level) & (rows["period"] == "2024/25")]
    sums = own[["denominator", "numerator"]].sum().round(2)
    assert tuple(sums) == PRINTED[place]


def test_each_place_and_year_is_met_exactly(rows: pd.DataFrame, folder: SourceFolder) -> None:
    published = school_readiness.measurements(folder)
    published = published[(published["indicator_id"] == "gld") & (published["group"] == "all")]
    published = published[published["source_level"] == "place"].set_index(["area_code", "period"])
    for level in ("lsoa", "msoa", "ward"):
        own = rows[rows["area_level"] == level].groupby(["place_code", "period"])
        sums = own[["denominator", "numerator"]].sum().round(2)
        assert sums.equals(
            published.loc[sums.index, ["denominator", "numerator"]].rename_axis(sums.index.names)
        )


def test_limits_allow_for_chance_at_the_least(rows: pd.DataFrame) -> None:
    width = rows["upper"] - rows["lower"]
    by_level = width.groupby(rows["area_level"]).median()
    assert by_level["neighbourhood"] < by_level["ward"] < by_level["lsoa"]
    assert by_level["lsoa"] > 35, "17 children cannot tell more"


def test_the_method_beats_giving_everybody_the_same_rate(found: ReadinessResult) -> None:
    table = found.evidence.table
    assert (table["rmse"] < 0.85 * table["flat_rmse"]).all()
    assert (table["mae"] < table["flat_mae"]).all()
    assert table["areas"].tolist() == [27, 886]


def test_what_is_measured_stays_near_what_the_text_says(found: ReadinessResult) -> None:
    figures, spread = found.evidence.figures, found.evidence.spread
    assert figures["literacy_line_r2"] > 0.94
    assert figures["within_limits"] == pytest.approx(0.95, abs=0.02)
    assert figures["district_sd"] == pytest.approx(0.14, abs=0.01)
    assert figures["school_slope"] == pytest.approx(0.8, abs=0.05)
    assert (spread.rate_msoa, spread.rate_lsoa) == pytest.approx((0.11, 0.166), abs=0.01)
    assert "R²" in docs_section(found.evidence)


def test_the_inputs_give_the_estimate_back(found: ReadinessResult) -> None:
    keys = ["area_code", "period"]
    both = found.inputs.set_index(keys).join(found.rows.set_index(keys)[["value", "denominator"]])
    share = both["fsm_share"] / 100
    again = share * both["place_rate_fsm"] + (1 - share) * both["place_rate_not_fsm"]
    assert (again - both["value"]).abs().max() < 1e-3
    assert (both["children"] - both["denominator"]).abs().max() < 0.011


def test_counts_of_a_council_take_the_place_of_estimates(
    folder: SourceFolder, deprivation: pd.DataFrame, rows: pd.DataFrame, tmp_path: Path
) -> None:
    """St Helens gives its wards; the smallest is suppressed, and another goes with it."""
    wards = rows[(rows["place_code"] == "E08000013") & (rows["area_level"] == "ward")]
    wards = wards[wards["period"] == "2024/25"].sort_values("denominator").reset_index(drop=True)
    lines = [
        f"{row.area_code},2024/25,{int(row.denominator)},{int(row.numerator)}" for row in wards.itertuples()
    ]
    lines[0] = f"{wards['area_code'][0]},2024/25,c,c"
    path = tmp_path / "counts.csv"
    path.write_text("area_code,period,children,achieved\n" + "\n".join(lines), encoding="utf-8")
    made = readiness(folder, shipped_geography(path), deprivation)
    schema.validate(made.rows)
    actual = made.rows[made.rows["source_id"] == "council-school-readiness"]
    assert set(actual["basis"]) == {"published"}
    assert (actual["status"] == "suppressed").sum() >= 2
    beside = made.rows[made.rows["group"] == "expected"]
    assert sorted(beside["area_code"]) == sorted(actual["area_code"])
    assert any("withheld" in note for note in made.notes)
    estimates = made.rows[made.rows["basis"] == "modelled"].set_index(["area_code", "period"])["value"]
    before = rows.set_index(["area_code", "period"])["value"]
    assert estimates.sort_index().equals(before.sort_index())


def test_a_ward_above_the_published_total_is_refused(
    folder: SourceFolder, deprivation: pd.DataFrame, tmp_path: Path
) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("area_code,period,children,achieved\nE05015301,2024/25,5200,3000\n", encoding="utf-8")
    with pytest.raises(CountsError, match="more than the 5,083 published"):
        readiness(folder, shipped_geography(path), deprivation)
