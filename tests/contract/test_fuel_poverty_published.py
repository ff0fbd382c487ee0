"""Fuel poverty against the department's headline for England, and against the census."""

from pathlib import Path

import pandas as pd
import pytest

from data.ingest import census, fuel_poverty
from data.schemas import measurements as schema
from data.sources import SourceFolder

# Share and millions of households of England in the annual reports (LILEE). 2022 as revised in 2024: the
# first estimate, 13.4% (3.26 million), is not what the small-area file adds up to.
HEADLINE = {"2019": (13.4, 3.18), "2020": (13.2, 3.16), "2021": (13.1, 3.16), "2022": (13.1, 3.18)}

pytestmark = pytest.mark.sources


@pytest.fixture(scope="module")
def folder(sources: Path) -> SourceFolder:
    return SourceFolder(sources)


@pytest.fixture(scope="module")
def rows(folder: SourceFolder) -> pd.DataFrame:
    return schema.validate(fuel_poverty.measurements(folder))


@pytest.mark.parametrize("period", HEADLINE)
def test_small_areas_add_up_to_the_headline(rows: pd.DataFrame, period: str) -> None:
    year = rows[rows["period"] == period]
    percent, millions = HEADLINE[period]
    assert 100 * year["numerator"].sum() / year["denominator"].sum() == pytest.approx(percent, abs=0.05)
    assert year["numerator"].sum() / 1e6 == pytest.approx(millions, abs=0.006)


def test_rows_of_both_geographies(rows: pd.DataFrame) -> None:
    assert fuel_poverty.YEARS[2020] == ("lsoa11", 32_844)
    assert fuel_poverty.YEARS[2021] == ("lsoa", 33_755)
    sizes = rows.groupby(["source_level", "period"]).size().to_dict()
    assert sizes == {(level, str(year)): areas for year, (level, areas) in fuel_poverty.YEARS.items()}


def test_codes_are_those_of_the_stated_geography(folder: SourceFolder, rows: pd.DataFrame) -> None:
    lookup = folder.csv("lookups/lookup_lsoa11_lsoa21_ltla22.csv.gz")
    for level, column in (("lsoa11", "lsoa11_code"), ("lsoa", "lsoa21_code")):
        known = lookup[column][lookup[column].str.startswith("E")]
        assert set(rows.loc[rows["source_level"] == level, "area_code"]) == set(known)


def test_households_are_near_those_of_the_census(folder: SourceFolder, rows: pd.DataFrame) -> None:
    """The department's estimate for 2022 is 0% to 14% above the census in every LSOA, 4% on average."""
    counted = census.read_table(folder, census.TENURE).set_index("area_code")["total"]
    year = rows[rows["period"] == "2022"].set_index("area_code")["denominator"]
    ratio = year / counted[year.index]
    assert ratio.between(1.0, 1.15).all()
    assert ratio.mean() == pytest.approx(1.04, abs=0.01)
