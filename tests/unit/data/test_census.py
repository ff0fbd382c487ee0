"""Census ingest on small made-up tables: what is summed, what is dropped, what is refused."""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data.catalogue.model import read_catalogue
from data.ingest import census
from data.schemas import measurements as schema
from data.sources import SourceError, SourceFolder

TABLES = (
    census.AGE, census.ETHNICITY, census.DISABILITY, census.DEPRIVATION, census.OCCUPANCY, census.TENURE,
    census.UNPAID_CARE, census.LANGUAGE,
)  # fmt: skip
LSOAS = ["E01000001", "E01000002", "E01000003"]
MSOAS = ["E02000001", "E02000002"]


def made_up(table: census.Table) -> pd.DataFrame:
    """A table with known counts: part j of area i is 10 * (i + 1) + j; the last area is in Wales."""
    english = LSOAS if table.level == "lsoa" else MSOAS
    codes = [*english, "W01000001"]
    parts = {
        part: [10 * (i + 1) + j for i in range(len(codes))] for j, part in enumerate(table.parts)
    }  # fmt: skip
    frame = pd.DataFrame({table.code: codes, **parts})
    if table.total:
        frame[table.total] = frame[list(table.parts)].sum(axis=1)
    return frame


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., SourceFolder]:
    """A folder of made-up tables, some replaced by the test's own."""
    monkeypatch.setattr(census, "LSOAS", len(LSOAS))
    monkeypatch.setattr(census, "MSOAS", len(MSOAS))

    def make(**replaced: pd.DataFrame) -> SourceFolder:
        (tmp_path / "census2021").mkdir(exist_ok=True)
        for table in TABLES:
            replaced.get(table.source_id, made_up(table)).to_csv(tmp_path / table.file, index=False)
        manifest = pd.DataFrame({"path": [table.file for table in TABLES], "sha256": ""})
        manifest.to_csv(tmp_path / "manifest.csv", index=False)
        return SourceFolder(tmp_path, check=False)

    return make


def one(rows: pd.DataFrame, indicator_id: str, area_code: str, group: str = "all") -> pd.Series:
    found = rows[
        (rows["indicator_id"] == indicator_id) & (rows["area_code"] == area_code) & (rows["group"] == group)
    ]
    assert len(found) == 1
    return found.iloc[0]


def test_rows_fit_the_schema_and_wales_is_dropped(folder: Callable[..., SourceFolder]) -> None:
    rows = schema.validate(census.measurements(folder()))
    assert rows["area_code"].str.startswith("E").all()
    assert set(rows.loc[rows["source_level"] == "msoa", "indicator_id"]) == {
        "unpaid-care", "main-language-not-english", "cannot-speak-english-well",
    }  # fmt: skip
    assert len(rows) == 41 * len(LSOAS) + 3 * len(MSOAS)


def test_shares_take_the_right_categories(folder: Callable[..., SourceFolder]) -> None:
    rows = census.measurements(folder())
    # Part j of the first area is 10 + j: 18 age bands give 18 * 10 + 153 residents.
    assert one(rows, "population", "E01000001")["numerator"] == 333
    assert one(rows, "under-fives", "E01000001")[["numerator", "denominator"]].tolist() == [10, 333]
    assert one(rows, "aged-65-and-over", "E01000001")["numerator"] == sum(range(23, 28))
    # Asian 10, Black 11, Mixed 12, White 13, Other 14.
    assert one(rows, "ethnic-minority", "E01000001")[["numerator", "denominator"]].tolist() == [47, 60]
    assert one(rows, "ethnic-group", "E01000001", "white")["numerator"] == 13
    # One to four dimensions 10, 11, 12, 13; none 14.
    assert one(rows, "household-deprivation", "E01000001")[["numerator", "denominator"]].tolist() == [46, 60]
    assert one(rows, "household-deprivation", "E01000001", "four-dimensions")["numerator"] == 13
    # One or two bedrooms too few 10, 11.
    assert one(rows, "overcrowding", "E01000001")[["numerator", "denominator"]].tolist() == [21, 60]
    # Owned 10 + 11, shared 12, social 13 + 14, private 15 + 16, rent free 17.
    assert one(rows, "tenure", "E01000001", "owned")["numerator"] == 21
    assert one(rows, "social-rented", "E01000001")[["numerator", "denominator"]].tolist() == [27, 108]
    assert one(rows, "private-rented", "E01000001")["numerator"] == 31
    # No care 10, some care 11 to 15; English 10, well 11 + 12, not well 13 + 14.
    assert one(rows, "unpaid-care", "E02000001")[["numerator", "denominator"]].tolist() == [65, 75]
    assert one(rows, "main-language-not-english", "E02000001")["numerator"] == 50
    assert one(rows, "cannot-speak-english-well", "E02000001")[["numerator", "denominator"]].tolist() == [
        27,
        60,
    ]


def test_values_and_limits_are_left_to_the_build(folder: Callable[..., SourceFolder]) -> None:
    rows = census.measurements(folder())
    assert rows[["value", "lower", "upper"]].isna().all(axis=None)
    counted = rows["indicator_id"].isin(["population", "population-by-age"])
    assert rows.loc[counted, "denominator"].isna().all()
    assert rows.loc[~counted, "denominator"].notna().all()


def test_age_bands_run_on_without_gap_or_overlap() -> None:
    starts = [int(band.split("-")[1]) for band in census.AGE_BANDS]
    assert starts == list(range(0, 90, 5))
    assert [band for band in census.AGE_BANDS if int(band.split("-")[1]) >= 65] == list(census.OVER_65)


def test_groups_of_a_table_cover_it_once() -> None:
    tenures = [part for parts in census.TENURES.values() for part in parts]
    assert len(tenures) == len(set(tenures)) == 8
    assert set(census.OCCUPANCY.parts) == {*census.OVERCROWDED, *census.NOT_OVERCROWDED}
    assert set(census.DEPRIVATION.parts) == {*census.DIMENSIONS.values(), census.NOT_DEPRIVED}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.source_id)
@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("missing area", "expected exactly"),
        ("area twice", "twice"),
        ("blank", "expected a count"),
        ("negative", "expected a count"),
        ("text", "expected a number"),
        ("renamed column", "no column"),
    ],
)
def test_a_bad_table_is_refused(
    folder: Callable[..., SourceFolder], table: census.Table, fault: str, message: str
) -> None:
    frame = made_up(table).astype(dict.fromkeys(table.parts, object))
    part = table.parts[0]
    if fault == "missing area":
        frame = frame.drop(index=1)
    elif fault == "area twice":
        frame[table.code] = frame[table.code].replace(frame[table.code].iloc[1], frame[table.code].iloc[0])
    elif fault == "renamed column":
        frame = frame.rename(columns={part: "renamed"})
    else:
        cells: dict[str, Any] = {"blank": np.nan, "negative": -1, "text": "c"}
        frame.loc[1, part] = cells[fault]
    with pytest.raises(SourceError, match=message) as refusal:
        census.read_table(folder(**{table.source_id: frame}), table)
    assert table.file in str(refusal.value)


@pytest.mark.parametrize("table", [t for t in TABLES if t.total], ids=lambda table: table.source_id)
def test_parts_that_do_not_add_up_are_refused(
    folder: Callable[..., SourceFolder], table: census.Table
) -> None:
    frame = made_up(table)
    frame[str(table.total)] += [0, 1] + [0] * (len(frame) - 2)
    with pytest.raises(SourceError, match="do not add up") as refusal:
        census.read_table(folder(**{table.source_id: frame}), table)
    assert str(frame.loc[1, table.code]) in str(refusal.value)


def test_a_fault_in_wales_does_not_matter(folder: Callable[..., SourceFolder]) -> None:
    frame = made_up(census.AGE)
    frame.loc[frame.index[-1], "Total"] += 5
    assert len(census.read_table(folder(**{"census-2021-age": frame}), census.AGE)) == len(LSOAS)


def test_the_catalogue_agrees_with_the_rows(folder: Callable[..., SourceFolder]) -> None:
    catalogue = read_catalogue()
    rows = census.measurements(folder())
    for (indicator_id, level), part in rows.groupby(["indicator_id", "source_level"]):
        indicator = catalogue[str(indicator_id)]
        assert set(part["source_id"]) == {indicator.source}
        assert level == indicator.levels[0]
        assert indicator.period_format == "census"
        assert indicator.aggregation == ("count" if part["denominator"].isna().all() else "rate")
    files = {table.source_id: table.file for table in TABLES}
    assert all(catalogue.sources[key].files == (file,) for key, file in files.items())


def test_tables_cannot_be_changed_by_accident() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        census.AGE.file = "other"  # type: ignore[misc]
