"""School readiness ingest on made-up files of the real shape."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from data.catalogue.model import catalogue
from data.ingest import school_readiness as readiness
from data.schemas import measurements as schema
from data.sources import SourceError, SourceFolder
from geo.config import config

Make = Callable[..., SourceFolder]
LIVERPOOL, ENGLAND = "E08000012", "E92000001"
ELIGIBLE, NOT_ELIGIBLE = "Eligible for free school meals", "Not eligible for free school meals"
PROFILE = [
    "time_period", "area_code", "breakdown", "sex", "children_count", "gld_children_count",
    "gld_children_percent",
]  # fmt: skip


def current() -> pd.DataFrame:
    years, breakdowns = (202122, 202223, 202324, 202425), ("Total", ELIGIBLE, NOT_ELIGIBLE, "Unknown")
    rows = [
        (year, code, breakdown, "Total", 80, 60, 75.0)
        for year, code, breakdown in itertools.product(years, config().place_codes, breakdowns)
    ]
    rows.append((202122, ENGLAND, "Total", "Total", 800, 600, 75.0))
    for year in years[1:]:
        rows += [(year, ENGLAND, breakdown, "Total", 800, 600, 75.0) for breakdown in breakdowns[:3]]
        rows += [(year, ENGLAND, "Total", sex, 400, 300, 75.0) for sex in ("Female", "Male")]
    return pd.DataFrame(rows, columns=PROFILE)


def by_sex() -> pd.DataFrame:
    rows = [
        (202425, code, "Total", sex, children, 45, 100 * 45 / children)
        for code in config().place_codes[:3]
        for sex, children in (("Total", 79), ("Female", 50), ("Male", 60))
    ]
    return pd.DataFrame(rows, columns=PROFILE)


def previous() -> pd.DataFrame:
    years = (201213, 201314, 201415, 201516, 201617, 201718, 201819)
    rows = []
    for year, code, sex in itertools.product(
        years, [*config().place_codes, ENGLAND], ("Total", "Girls", "Boys")
    ):
        level, country, authority = (
            ("National", ENGLAND, " ") if code == ENGLAND else ("Local Authority", ENGLAND, code)
        )
        rows.append((year, level, country, authority, sex, "30", "20", "66.7"))
    columns = [
        "time_period", "geographic_level", "country_code", "new_la_code", "gender", "number_of_children",
        "gld_number", "gld_percent",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def previous_fsm() -> pd.DataFrame:
    periods = ("2012/13", "2013/14", "2014/15", "2015/16", "2016/17", "2017/18")
    rows = [(code, period, 45.6) for code in [*config().place_codes, ENGLAND] for period in periods]
    return pd.DataFrame(rows, columns=["area_code", "period", "value"])


def goals() -> pd.DataFrame:
    rows = itertools.product(
        [*config().place_codes, ENGLAND, "E12000002"], readiness.GOAL_IDS, readiness.GOAL_PERIODS
    )
    frame = pd.DataFrame(list(rows), columns=["areacd", "indicator", "period"])
    return frame.assign(observation=70.5, unit="%")


@pytest.fixture
def folder(tmp_path: Path) -> Make:
    made = {
        readiness.CURRENT: current, readiness.BY_SEX: by_sex, readiness.PREVIOUS: previous,
        readiness.PREVIOUS_FSM: previous_fsm, readiness.GOALS: goals,
    }  # fmt: skip

    def make(replaced: dict[str, pd.DataFrame] | None = None) -> SourceFolder:
        for name, frame in made.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (replaced or {}).get(name, frame()).to_csv(tmp_path / name, index=False)
        pd.DataFrame({"path": list(made), "sha256": ""}).to_csv(tmp_path / "manifest.csv", index=False)
        return SourceFolder(tmp_path, check=False)

    return make


def pick(rows: pd.DataFrame, indicator_id: str, area: str, group: str, period: str) -> pd.DataFrame:
    return rows[
        (rows["indicator_id"] == indicator_id)
        & (rows["area_code"] == area)
        & (rows["group"] == group)
        & (rows["period"] == period)
    ]


def test_rows_fit_the_schema_and_the_catalogue(folder: Make) -> None:
    rows = schema.validate(readiness.measurements(folder()))
    known = catalogue()
    for indicator_id, part in rows.groupby("indicator_id"):
        entry = known[str(indicator_id)]
        assert entry.theme == "school-readiness"
        assert set(part["source_level"]) <= set(entry.levels)
    assert set(rows["source_id"]) <= set(known.sources)


def test_the_two_frameworks_are_two_series_with_two_years_between(folder: Make) -> None:
    rows = readiness.measurements(folder())
    now = set(rows.loc[rows["indicator_id"] == "gld", "period"])
    then = set(rows.loc[rows["indicator_id"] == "gld-previous-framework", "period"])
    assert min(now) == "2021/22"
    assert max(then) == "2018/19"
    assert not (now | then) & {"2019/20", "2020/21"}


def test_unknown_eligibility_counts_in_all_only(folder: Make) -> None:
    rows = readiness.measurements(folder())
    assert set(rows.loc[rows["indicator_id"] == "gld", "group"]) == {
        "all",
        "fsm",
        "not-fsm",
        "female",
        "male",
    }


def test_all_children_are_counted_where_the_school_stands(folder: Make) -> None:
    rows = readiness.measurements(folder())
    found = pick(rows, "gld", LIVERPOOL, "all", "2024/25")
    assert found["denominator"].tolist() == [80]  # not the authority's 79
    assert pick(rows, "gld", LIVERPOOL, "female", "2024/25")["denominator"].tolist() == [50]
    assert pick(rows, "gld", LIVERPOOL, "female", "2023/24").empty
    assert pick(rows, "gld", config().place_codes[-1], "female", "2024/25").empty


def test_earlier_free_school_meal_figures_have_no_counts(folder: Make) -> None:
    rows = readiness.measurements(folder())
    found = pick(rows, "gld-previous-framework", LIVERPOOL, "fsm", "2017/18").iloc[0]
    assert found["value"] == 45.6
    assert pd.isna(found["numerator"])
    assert pd.isna(found["denominator"])


def test_earlier_percentages_follow_the_counts_not_their_rounding(folder: Make) -> None:
    found = pick(readiness.measurements(folder()), "gld-previous-framework", ENGLAND, "male", "2018/19").iloc[
        0
    ]
    assert found["value"] == pytest.approx(100 * 20 / 30)


def test_regions_are_not_places(folder: Make) -> None:
    assert "E12000002" not in set(readiness.measurements(folder())["area_code"])


@pytest.mark.parametrize(
    ("file", "frame", "column"),
    [(readiness.CURRENT, current, "gld_children_count"), (readiness.PREVIOUS, previous, "gld_number")],
)
def test_a_count_that_is_not_the_printed_percentage_stops_the_build(
    folder: Make, file: str, frame: Callable[[], pd.DataFrame], column: str
) -> None:
    wrong = frame().astype({column: object})
    wrong.loc[4, column] = 21
    with pytest.raises(SourceError, match=r"row 6: 21"):
        readiness.measurements(folder({file: wrong}))


def test_a_missing_place_stops_the_build(folder: Make) -> None:
    with pytest.raises(SourceError, match="107 Place rows, expected exactly 108"):
        readiness.measurements(folder({readiness.CURRENT: current().iloc[1:]}))


def test_a_withheld_cell_names_its_row_and_column(folder: Make) -> None:
    wrong = previous()
    wrong.loc[0, "gld_number"] = "c"
    with pytest.raises(SourceError, match=r"row 2, column 'gld_number': found 'c'"):
        readiness.measurements(folder({readiness.PREVIOUS: wrong}))


@pytest.mark.parametrize(("code", "period"), [(202425, "2024/25"), (201213, "2012/13"), (199900, "1999/00")])
def test_academic_years(code: int, period: str) -> None:
    assert readiness.academic_year(code) == period


@pytest.mark.parametrize("code", [2024, 202426, 202424, 20242025])
def test_what_is_no_academic_year_is_refused(code: int) -> None:
    with pytest.raises(SourceError, match="academic year"):
        readiness.academic_year(code)
