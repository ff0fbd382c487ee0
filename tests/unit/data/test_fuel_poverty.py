"""Fuel poverty ingest on small made-up files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.catalogue.model import read_catalogue
from data.ingest import fuel_poverty
from data.schemas import measurements as schema
from data.sources import SourceError, SourceFolder

Make = Callable[..., SourceFolder]


def made_up(year: int) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "lsoa_code": ["E01000001", "E01000002"],
            "households": [800, 600],
            "fuel_poor_households": [100, 90],
            "year": year,
            "metric": "LILEE",
        }
    )
    return frame.assign(pct_fuel_poor=100 * frame["fuel_poor_households"] / frame["households"])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Four years of made-up files, one of them as the test wants it."""
    years = {year: (level, 2) for year, (level, _) in fuel_poverty.YEARS.items()}
    monkeypatch.setattr(fuel_poverty, "YEARS", years)

    def make(year: int = 0, frame: pd.DataFrame | None = None) -> SourceFolder:
        (tmp_path / "fuel_poverty").mkdir(exist_ok=True)
        names = {each: f"fuel_poverty/fuel_poverty_lsoa_{each}.csv.gz" for each in years}
        for each, name in names.items():
            chosen = frame if frame is not None and each == year else made_up(each)
            chosen.to_csv(tmp_path / name, index=False)
        pd.DataFrame({"path": list(names.values()), "sha256": ""}).to_csv(
            tmp_path / "manifest.csv", index=False
        )
        return SourceFolder(tmp_path, check=False)

    return make


def test_four_years_on_two_geographies(folder: Make) -> None:
    rows = schema.validate(fuel_poverty.measurements(folder()))
    assert rows.groupby("period")["source_level"].first().to_dict() == {
        "2019": "lsoa11", "2020": "lsoa11", "2021": "lsoa", "2022": "lsoa",
    }  # fmt: skip
    first = rows.iloc[0]
    assert first[["numerator", "denominator"]].tolist() == [100, 800]
    assert rows["value"].isna().all()
    assert set(rows["source_id"]) == {read_catalogue()["fuel-poverty"].source}
    assert set(rows["indicator_id"]) == {"fuel-poverty"}


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("year", 2020, "the year 2022"),
        ("metric", "LIHC", "the metric LILEE"),
        ("fuel_poor_households", 700, "0 <= fuel poor <= households"),
        ("households", 0, "0 <= fuel poor <= households"),
        ("households", 610, "printed percentage"),
        ("households", None, "0 <= fuel poor <= households"),
        ("fuel_poor_households", None, "0 <= fuel poor <= households"),
        ("pct_fuel_poor", None, "printed percentage"),
        ("lsoa_code", "E01000001", "each LSOA once"),
        ("lsoa_code", "W01000001", "an English LSOA code"),
        ("fuel_poor_households", "..", "expected a number"),
    ],
)
def test_a_bad_cell_is_refused_with_its_row(folder: Make, column: str, cell: Any, message: str) -> None:
    frame = made_up(2022).astype(object)
    frame.loc[1, column] = cell
    with pytest.raises(SourceError, match=message) as refusal:
        fuel_poverty.read_year(folder(2022, frame), 2022)
    assert "row 3" in str(refusal.value)
    assert "fuel_poverty_lsoa_2022" in str(refusal.value)


def test_a_missing_area_is_refused(folder: Make) -> None:
    with pytest.raises(SourceError, match="expected exactly 2"):
        fuel_poverty.read_year(folder(2021, made_up(2021).head(1)), 2021)


def test_percentages_rounded_to_three_decimals_are_accepted(folder: Make) -> None:
    rounded = made_up(2022).round({"pct_fuel_poor": 3})
    rounded.loc[0, ["households", "fuel_poor_households"]] = [811, 85]
    rounded.loc[0, "pct_fuel_poor"] = 10.481
    assert len(fuel_poverty.read_year(folder(2022, rounded), 2022)) == 2
