"""Fingertips ingest on made-up files of the real shape."""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.catalogue.model import catalogue
from data.ingest import fingertips
from data.ingest.fingertips import SERIES, Series, read_series
from data.schemas import measurements as schema
from data.sources import SourceError, SourceFolder
from geo.config import config

Make = Callable[[Series, pd.DataFrame], SourceFolder]
BY_ID = {series.indicator_id: series for series in SERIES}
AREAS = [*config().place_codes, "E92000001", "E08000003"]


def periods(series: Series) -> list[str]:
    if series.indicator_id == "health-checks":
        years = ["2021/22", "2022/23", "2023/24", "2024/25"]
        return [f"2021/22 Q1 - {year} Q{quarter}" for year in years for quarter in (1, 4)]
    forms: dict[str, Callable[[int], str]] = {
        fingertips.YEAR: str,
        fingertips.YEAR_PAIR: lambda year: f"{year}/{(year + 1) % 100:02d}",
        fingertips.THREE_YEARS: lambda year: f"{year} - {(year + 2) % 100:02d}",
    }
    return [forms[series.pattern](2010 + number) for number in range(series.periods)]


def made_up(series: Series) -> pd.DataFrame:
    labels = list(series.groups)
    rows = []
    for area, period, label in itertools.product(AREAS, periods(series), labels):
        by_unit = series.group_column == "unit"
        unit = label if by_unit else series.unit
        rows.append((area, period, series.name, unit, 12.5, None if by_unit else (label or None)))
    columns = ["area_code", "period", "indicator", "unit", "value", "inequality"]
    return pd.DataFrame(rows, columns=columns)


@pytest.fixture
def folder(tmp_path: Path) -> Make:
    def make(series: Series, frame: pd.DataFrame) -> SourceFolder:
        name = f"la_indicators/fingertips_{series.file}.csv.gz"
        (tmp_path / name).parent.mkdir(exist_ok=True)
        frame.to_csv(tmp_path / name, index=False)
        pd.DataFrame({"path": [name], "sha256": ""}).to_csv(tmp_path / "manifest.csv", index=False)
        return SourceFolder(tmp_path, check=False)

    return make


def extra(series: Series, **cells: Any) -> pd.DataFrame:
    """The made-up file with one more row, its first with some cells changed."""
    frame = made_up(series)
    row = frame.iloc[[0]].assign(**cells)
    return pd.concat([frame, row], ignore_index=True)


@pytest.mark.parametrize("series", SERIES, ids=lambda series: series.indicator_id)
def test_each_series_gives_places_and_england_in_its_groups(folder: Make, series: Series) -> None:
    rows = schema.validate(read_series(folder(series, made_up(series)), series))
    assert set(rows["area_code"]) == set(AREAS[:10])
    assert set(rows["group"]) == set(series.groups.values())
    assert rows["period"].nunique() == series.periods
    assert rows[["lower", "upper"]].isna().all(axis=None)
    entry = catalogue()[series.indicator_id]
    assert (entry.aggregation, entry.interval, entry.levels) == ("none", "none", ("place", "england"))
    assert "no-limits-copy" in entry.caveats


def test_deprivation_quintiles_and_joined_years_are_not_the_figure_for_everybody(folder: Make) -> None:
    series = BY_ID["obesity-reception"]
    quintile = extra(series, inequality="Most deprived quintile", value=99.0)
    joined = quintile.iloc[[0]].assign(indicator=series.name + ", 3 years data combined", value=98.0)
    rows = read_series(folder(series, pd.concat([quintile, joined])), series)
    assert rows["value"].tolist() == [12.5] * 110


def test_blank_values_are_missing_never_nought(folder: Make) -> None:
    series = BY_ID["active-children"]
    frame = made_up(series)
    frame.loc[3, "value"] = None
    rows = schema.validate(read_series(folder(series, frame), series))
    assert (rows["status"] == "missing").sum() == 1
    assert rows.loc[rows["status"] == "missing", "value"].isna().all()
    assert (rows["value"] != 0).all()


def test_health_checks_are_taken_at_year_ends(folder: Make) -> None:
    series = BY_ID["health-checks"]
    rows = read_series(folder(series, made_up(series)), series)
    assert sorted(rows["period"].unique()) == ["2021/22", "2022/23", "2023/24", "2024/25"]


def test_a_period_of_another_form_names_its_row(folder: Make) -> None:
    series = BY_ID["smoking-adults"]
    with pytest.raises(SourceError, match=r"row 156: unexpected period '2019 - 21'"):
        read_series(folder(series, extra(series, period="2019 - 21")), series)


def test_another_unit_is_refused(folder: Make) -> None:
    series = BY_ID["dental-decay-5"]
    with pytest.raises(SourceError, match="unit 'Persons'"):
        read_series(folder(series, extra(series, unit="Persons")), series)


def test_a_place_that_is_missing_or_twice_is_refused(folder: Make) -> None:
    series = BY_ID["inactive-adults"]
    frame = made_up(series)
    with pytest.raises(SourceError, match=r"99 rows .* expected exactly 100"):
        read_series(folder(series, frame.iloc[1:]), series)
    with pytest.raises(SourceError, match=r"101 rows .* expected exactly 100"):
        read_series(folder(series, extra(series)), series)
