"""Sub-regional fuel poverty (Department for Energy Security and Net Zero): households by LSOA, 2019 to 2022.

The measure is Low Income Low Energy Efficiency (LILEE) throughout; the older definition is not among these
files. 2019 and 2020 come on LSOA 2011, 2021 and 2022 on LSOA 2021.
"""

from __future__ import annotations

import pandas as pd

from data.ingest.rows import measurement_rows, stack
from data.sources import SourceError, SourceFolder, require_rows

INDICATOR = "fuel-poverty"
SOURCE = "desnz-fuel-poverty"
METRIC = "LILEE"
# Year: (source level, number of LSOAs of England in that geography).
YEARS = {2019: ("lsoa11", 32_844), 2020: ("lsoa11", 32_844), 2021: ("lsoa", 33_755), 2022: ("lsoa", 33_755)}
COLUMNS = ("lsoa_code", "households", "fuel_poor_households", "pct_fuel_poor", "year", "metric")
# The percentages of 2022 are printed to three decimals, those of the other years in full.
PERCENT_TOLERANCE = 0.001


def read_year(sources: SourceFolder, year: int) -> pd.DataFrame:
    """One year as `lsoa_code, households, fuel_poor_households` (float64), every LSOA of England.

    Refuses another year or metric in the file, a missing area, more fuel-poor households than households,
    and counts which do not give the percentage printed beside them.
    """
    name = f"fuel_poverty/fuel_poverty_lsoa_{year}.csv.gz"
    frame = sources.csv(name, COLUMNS)
    frame = sources.numbers(frame, name, ["households", "fuel_poor_households", "pct_fuel_poor", "year"])
    level, areas = YEARS[year]
    require_rows(
        frame, file=name, what=f"LSOAs ({level})", exactly=areas,
        why=f"England has {areas:,} LSOAs in that geography and the department models every one",
    )  # fmt: skip
    _refuse(frame, name, ~frame["lsoa_code"].str.startswith("E", na=False), "an English LSOA code")
    _refuse(frame, name, frame["lsoa_code"].duplicated(), "each LSOA once")
    _refuse(frame, name, frame["year"] != year, f"the year {year}")
    _refuse(frame, name, frame["metric"] != METRIC, f"the metric {METRIC}")
    poor, households = frame["fuel_poor_households"], frame["households"]
    _refuse(
        frame, name, ~((households > 0) & (poor >= 0) & (poor <= households)), "0 <= fuel poor <= households"
    )
    drift = (100 * poor / households - frame["pct_fuel_poor"]).abs()
    _refuse(frame, name, ~(drift <= PERCENT_TOLERANCE), "counts that give the printed percentage")
    return frame[["lsoa_code", "households", "fuel_poor_households"]].astype(
        {"households": "float64", "fuel_poor_households": "float64"}
    )


def _refuse(frame: pd.DataFrame, name: str, bad: pd.Series, expected: str) -> None:
    if bad.any():
        row = int(bad.to_numpy().argmax())
        raise SourceError(f"{name}, row {row + 2} ({frame['lsoa_code'].iloc[row]}): expected {expected}")


def measurements(sources: SourceFolder) -> pd.DataFrame:
    """Fuel-poor households out of all households: 2 x 32,844 LSOA 2011 rows and 2 x 33,755 LSOA 2021 rows."""
    frames = []
    for year, (level, _) in YEARS.items():
        frame = read_year(sources, year)
        frames.append(
            measurement_rows(
                indicator_id=INDICATOR,
                source_id=SOURCE,
                source_level=level,
                period=str(year),
                area_code=frame["lsoa_code"],
                numerator=frame["fuel_poor_households"],
                denominator=frame["households"],
            )
        )
    return stack(frames)
