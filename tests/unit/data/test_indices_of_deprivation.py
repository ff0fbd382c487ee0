"""The ingest of the Indices of Deprivation on a small made-up country, and what it refuses."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.ingest import indices_of_deprivation as iod
from data.ingest import indices_of_deprivation_files as files
from data.ingest import indices_of_deprivation_indicators as file_8
from data.schemas import measurements as schema
from data.sources import SourceError, SourceFolder
from geo.config import config

NUMBER = 20  # LSOAs of the made-up country: ten in Liverpool, ten elsewhere
HERE = "E08000012"
ELSEWHERE = "E06000001"
CODES = [f"E010000{i:02d}" for i in range(NUMBER)]


def _positions(frame: pd.DataFrame, column: str) -> None:
    frame[f"{column}_score"] = np.linspace(50, 1, NUMBER)
    frame[f"{column}_rank"] = np.arange(1.0, NUMBER + 1)
    frame[f"{column}_decile"] = np.ceil(frame[f"{column}_rank"] * 10 / NUMBER)


def _tables() -> dict[str, pd.DataFrame]:
    edition = pd.DataFrame({"lsoa21_code": CODES, "lad24_code": [HERE] * 10 + [ELSEWHERE] * 10})
    for column in [*(column for column, _ in iod.SCORES.values()), *iod.RANKS_ONLY.values()]:
        _positions(edition, column)
    populations = pd.DataFrame({"LSOA code (2021)": CODES})
    for name, size in zip(files.POPULATIONS, (1000, 200, 300, 600), strict=True):
        populations[name] = size
    under = pd.DataFrame({"lsoa21_code": CODES})
    for column, _ in file_8.COUNTS.values():
        under[column] = 100.0
    under.loc[0, file_8.COUNTS["children-income-deprived"][0]] = np.nan
    under.loc[1, file_8.COUNTS["children-income-deprived"][0]] = 205.0
    for column, _ in file_8.AVERAGES.values():
        under[column] = np.linspace(1, 2, NUMBER)
    for column in file_8.LOCAL_AUTHORITY_FIGURES.values():
        under[column] = [1.5] * 10 + [3.0] * 10
    earlier = pd.DataFrame({"lsoa11_code": CODES, "pop_total_mid2015": 900})
    _positions(earlier, "IMD")
    lookup = pd.DataFrame(
        {"lsoa11_code": CODES, "lsoa21_code": CODES, "change_code": ["S"] + ["U"] * (NUMBER - 1)}
    )
    places = config().place_codes
    ranks_2019 = pd.DataFrame(
        {"Local Authority District code (2019)": places, "IMD - Rank of average score": 3}
    )
    ranks_2025 = pd.DataFrame({"ltla24_code": places, "imd_rank_of_average_score": 9})
    return {
        files.IOD_2025: edition,
        files.FILE_6: populations,
        files.FILE_8: under,
        files.IOD_2019: earlier,
        files.IMD_2015: earlier.drop(columns="pop_total_mid2015"),
        files.LSOA_LOOKUP: lookup,
        files.SUMMARY_2019: _padded(ranks_2019, 317),
        files.SUMMARY_2025: _padded(ranks_2025, 296),
    }


def _padded(frame: pd.DataFrame, number: int) -> pd.DataFrame:
    code, rank = frame.columns
    more = pd.DataFrame({code: [f"X{i:08d}" for i in range(number - len(frame))], rank: 100})
    return pd.concat([frame, more], ignore_index=True)


def _written(tables: dict[str, pd.DataFrame], folder: Path) -> SourceFolder:
    for name, table in tables.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith(".parquet"):
            table.to_parquet(path)
        elif name.endswith(".xlsx"):
            table.to_excel(path, sheet_name="ID 2025 Population Denominators", index=False)
        else:
            table.to_csv(path, index=False)
    pd.DataFrame({"path": list(tables), "sha256": ""}).to_csv(folder / "manifest.csv", index=False)
    return SourceFolder(folder, check=False)


@pytest.fixture(scope="module", autouse=True)
def small_country() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module in (files, iod):
            patch.setattr(module, "LSOAS_2021", NUMBER)
            patch.setattr(module, "LSOAS_2011", NUMBER)
        patch.setattr(files, "LSOAS_IN_PLACE", {HERE: (10, "Liverpool")})
        patch.setattr(files, "UNCHANGED_LSOAS", 10)
        yield


@pytest.fixture(scope="module")
def rows(small_country: None, tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    return iod.measurements(_written(_tables(), tmp_path_factory.mktemp("sources")))


def _of(rows: pd.DataFrame, indicator: str, **wanted: str) -> pd.DataFrame:
    found = rows[rows["indicator_id"] == indicator]
    for column, value in wanted.items():
        found = found[found[column] == value]
    return found.set_index("area_code")


def test_rows_are_valid_measurements(rows: pd.DataFrame) -> None:
    schema.validate(rows)
    assert (rows["status"] == "reported").sum() == len(rows) - 1


def test_a_withheld_count_is_suppressed_not_zero_and_keeps_its_denominator(rows: pd.DataFrame) -> None:
    row = _of(rows, "children-income-deprived").loc[CODES[0]]
    assert row["status"] == "suppressed"
    assert pd.isna(row["numerator"])
    assert pd.isna(row["value"])
    assert row["denominator"] == 200


def test_a_count_above_the_population_is_everybody(rows: pd.DataFrame) -> None:
    found = _of(rows, "children-income-deprived")
    assert found.loc[CODES[1], "numerator"] == 200
    assert found.loc[CODES[2], "numerator"] == 100


def test_capping_leaves_blanks_blank() -> None:
    result = file_8.capped(pd.Series([np.nan, 5.0, 50.0]), pd.Series([10.0, 10.0, 10.0]))
    assert pd.isna(result[0])
    assert result[1:].tolist() == [5.0, 10.0]


def test_an_area_outside_the_tenth_counts_a_true_zero(rows: pd.DataFrame) -> None:
    tenth = _of(rows, "imd-most-deprived-tenth", period="2025")
    assert tenth["numerator"].tolist() == [1000.0] * 2 + [0.0] * 18
    assert (tenth["denominator"] == 1000).all()
    fifth = _of(rows, "imd-most-deprived-fifth", period="2025")
    assert fifth["numerator"].sum() == 4000


@pytest.mark.parametrize("period", ["2015", "2019"])
def test_earlier_editions_stand_on_lsoa_2011_with_mid_2015_residents(rows: pd.DataFrame, period: str) -> None:
    found = _of(rows, "imd-most-deprived-fifth", period=period)
    assert set(found["source_level"]) == {"lsoa11"}
    assert set(found["source_id"]) == {f"iod-{period}"}
    assert found["denominator"].tolist() == [900.0] * NUMBER
    assert found["numerator"].sum() == 3600


def test_every_resident_is_in_exactly_one_tenth(rows: pd.DataFrame) -> None:
    spread = rows[rows["indicator_id"] == "residents-by-imd-decile"]
    assert spread["group"].nunique() == 10
    assert (spread.groupby("area_code")["numerator"].sum() == 1000).all()
    assert (spread[spread["numerator"] > 0].groupby("area_code").size() == 1).all()


def test_ranks_and_tenths_are_given_for_the_configured_places_only(rows: pd.DataFrame) -> None:
    for indicator in ("imd-rank", "imd-decile", "idaci-rank", "children-education-decile"):
        assert _of(rows, indicator).index.tolist() == CODES[:10]
    assert len(_of(rows, "imd-score")) == NUMBER


def test_position_over_time_leaves_out_redrawn_areas(rows: pd.DataFrame) -> None:
    latest = _of(rows, "imd-national-position", period="2025")
    assert latest.loc[CODES[0], "value"] == pytest.approx(100 / NUMBER)
    earlier = _of(rows, "imd-national-position", period="2015")
    assert CODES[0] not in earlier.index
    assert len(earlier) == 9


def test_employment_and_children_have_weights_of_their_own(rows: pd.DataFrame) -> None:
    weights = {name: _of(rows, f"{name}-score")["denominator"].iloc[0] for name in iod.SCORES}
    assert weights.pop("employment-domain") == 600
    assert weights.pop("children-education") == 200
    assert set(weights.values()) == {1000}


def test_place_ranks_are_published_figures(rows: pd.DataFrame) -> None:
    found = _of(rows, "imd-place-rank", period="2019")
    assert found.index.tolist() == config().place_codes
    assert (found["value"] == 3).all()
    assert found["denominator"].isna().all()


def _refused(tables: dict[str, pd.DataFrame], folder: Path, match: str) -> None:
    with pytest.raises(SourceError, match=match):
        iod.measurements(_written(tables, folder))


def test_refuses_a_truncated_file(tmp_path: Path) -> None:
    tables = _tables()
    tables[files.IOD_2025] = tables[files.IOD_2025].iloc[:-1]
    _refused(tables, tmp_path, r"iod2025_england.*19 rows, expected exactly 20")


def test_refuses_an_area_that_is_there_twice(tmp_path: Path) -> None:
    tables = _tables()
    tables[files.IOD_2025].loc[19, "lsoa21_code"] = CODES[0]
    _refused(tables, tmp_path, "19 different LSOAs")


def test_refuses_a_place_with_too_few_areas(tmp_path: Path) -> None:
    tables = _tables()
    tables[files.IOD_2025].loc[0, "lad24_code"] = ELSEWHERE
    _refused(tables, tmp_path, "9 LSOAs in Liverpool, expected exactly 10")


def test_refuses_a_tenth_that_does_not_follow_from_the_rank(tmp_path: Path) -> None:
    tables = _tables()
    # the other way round, as some publications number them
    tables[files.IOD_2025]["Crime_decile"] = 11 - tables[files.IOD_2025]["Crime_decile"]
    _refused(tables, tmp_path, r"column 'Crime_decile': tenth 10.0 does not follow")


def test_refuses_ranks_out_of_range(tmp_path: Path) -> None:
    tables = _tables()
    tables[files.IOD_2019].loc[0, "IMD_rank"] = 0
    _refused(tables, tmp_path, r"iod2019.*'IMD_rank': expected ranks from 1 to 20")


def test_refuses_a_missing_column(tmp_path: Path) -> None:
    tables = _tables()
    tables[files.FILE_8] = tables[files.FILE_8].drop(columns="patient_to_gp_ratio")
    _refused(tables, tmp_path, "no column 'patient_to_gp_ratio'")


def test_refuses_populations_of_other_areas(tmp_path: Path) -> None:
    tables = _tables()
    tables[files.FILE_6].loc[0, "LSOA code (2021)"] = "E01999999"
    _refused(tables, tmp_path, "File_6.*not those of")


def test_refuses_text_where_a_count_should_be(tmp_path: Path) -> None:
    tables = _tables()
    column = file_8.COUNTS["income-deprived"][0]
    tables[files.FILE_8][column] = tables[files.FILE_8][column].astype(str)
    tables[files.FILE_8].loc[3, column] = "n/a"
    _refused(tables, tmp_path, rf"column '{column}': found 'n/a'")


def test_refuses_counts_that_the_publisher_would_have_withheld(tmp_path: Path) -> None:
    tables = _tables()
    tables[files.FILE_8].loc[3, file_8.COUNTS["income-deprived"][0]] = 4
    _refused(tables, tmp_path, "a count below 10")


def test_refuses_a_column_of_blanks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_8, "MOST_BLANKS", 2)
    tables = _tables()
    tables[files.FILE_8].loc[:5, file_8.COUNTS["employment-deprived"][0]] = np.nan
    _refused(tables, tmp_path, "6 blanks, expected 2 at most")


def test_refuses_homelessness_that_differs_within_a_local_authority(tmp_path: Path) -> None:
    tables = _tables()
    tables[files.FILE_8].loc[3, "core_homelessness_rate_percent_of_households"] = 9
    _refused(tables, tmp_path, "homelessness differs within a local authority")


def test_refuses_a_summary_without_one_of_the_places(tmp_path: Path) -> None:
    tables = _tables()
    tables[files.SUMMARY_2025].loc[0, "ltla24_code"] = "E07999999"
    _refused(tables, tmp_path, "8 Places, expected exactly 9")
