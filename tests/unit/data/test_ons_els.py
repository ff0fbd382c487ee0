"""ONS Explore Local Statistics ingest on made-up files of the real shape."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from data.catalogue.model import catalogue
from data.ingest.ons_els import SERIES, Series, period, read_series
from data.schemas import measurements as schema
from data.sources import SourceError, SourceFolder
from geo.config import config

Make = Callable[[pd.DataFrame], SourceFolder]
STAGE = next(series for series in SERIES if series.indicator_id == "cancer-early-diagnosis")
ONE_YEAR = replace(STAGE, rows=10)
AREAS = [*config().place_codes, "E92000001"]


def made_up() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "areacd": [*AREAS, "E12000002"],
            "indicator": STAGE.name,
            "period": "2022-01-01/P1Y",
            "observation": 55.0,
            "lci_95": 53.0,
            "uci_95": 57.0,
        }
    )


@pytest.fixture
def folder(tmp_path: Path) -> Make:
    def make(frame: pd.DataFrame) -> SourceFolder:
        name = f"la_indicators/ons_els_{STAGE.file}.csv.gz"
        (tmp_path / name).parent.mkdir(exist_ok=True)
        frame.to_csv(tmp_path / name, index=False)
        pd.DataFrame({"path": [name], "sha256": ""}).to_csv(tmp_path / "manifest.csv", index=False)
        return SourceFolder(tmp_path, check=False)

    return make


def test_values_and_limits_pass_as_published(folder: Make) -> None:
    rows = schema.validate(read_series(folder(made_up()), ONE_YEAR))
    assert set(rows["area_code"]) == set(AREAS)
    assert set(rows["period"]) == {"2022"}
    assert rows[["value", "lower", "upper"]].drop_duplicates().to_numpy().tolist() == [[55.0, 53.0, 57.0]]


def test_a_value_outside_its_limits_is_refused(folder: Make) -> None:
    frame = made_up()
    frame.loc[0, "lci_95"] = 56.0
    with pytest.raises(SourceError, match="outside its own limits"):
        read_series(folder(frame), ONE_YEAR)


def test_a_missing_limit_is_refused_where_the_series_has_limits(folder: Make) -> None:
    frame = made_up()
    frame.loc[0, "uci_95"] = None
    with pytest.raises(SourceError, match="a blank among"):
        read_series(folder(frame), ONE_YEAR)


def test_a_missing_place_is_refused(folder: Make) -> None:
    with pytest.raises(SourceError, match=r"9 rows .* expected exactly 10"):
        read_series(folder(made_up().iloc[1:]), ONE_YEAR)


@pytest.mark.parametrize("series", SERIES, ids=lambda series: f"{series.indicator_id}-{series.group}")
def test_the_catalogue_says_whether_there_are_limits(series: Series) -> None:
    known = catalogue()
    entry = known[series.indicator_id]
    assert entry.interval == ("published" if series.limits else "none")
    assert entry.source == series.source_id
    assert entry.levels == ("place", "england")


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("2013-01-01/P1Y", "calendar", "2013"),
        ("2015-11-16/P1Y", "crossing", "2015/16"),
        ("2018-09-01/P1Y", "crossing", "2018/19"),
        ("1999-08-01/P1Y", "crossing", "1999/00"),
        ("2022-01-01/P3Y", "three-year", "2022 - 24"),
    ],
)
def test_periods(text: str, kind: str, expected: str) -> None:
    assert period(text, kind) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2022-01-01/P3Y", "calendar"),
        ("2022-01-01/P1Y", "crossing"),
        ("2022-09-01/P1Y", "calendar"),
        ("2022", "calendar"),
    ],
)
def test_a_period_of_another_kind_is_refused(text: str, kind: str) -> None:
    with pytest.raises(SourceError, match="is not a"):
        period(text, kind)
