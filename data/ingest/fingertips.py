"""Public health outcomes by local authority: copies of OHID's Fingertips series, without limits."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from data.columns import MEASUREMENT_COLUMNS
from data.sources import SourceError, SourceFolder, require_rows
from geo.config import Config

SOURCE = "ohid-fingertips"
ALL = {"": "all"}
SEXES = {"Male": "male", "Female": "female"}
YEAR = r"\d{4}"
YEAR_PAIR = r"\d{4}/\d{2}"
THREE_YEARS = r"\d{4} - \d{2}"


@dataclass(frozen=True)
class Series:
    """One indicator of one file.

    `name` is the indicator as the file prints it, `unit` what its unit column must say, `groups` maps a value
    of `group_column` to a group of ours (rows with another value, such as deprivation quintiles, are not
    taken), `periods` is the number of periods in the file and `pattern` their form.
    """

    indicator_id: str
    file: str
    name: str
    unit: str
    periods: int
    pattern: str
    group_column: str = "inequality"
    groups: dict[str, str] = field(default_factory=lambda: ALL)


SERIES = [
    Series(
        "life-expectancy",
        "life_expectancy",
        "Life expectancy at birth",
        "Years",
        9,
        THREE_YEARS,
        groups=SEXES,
    ),
    Series(
        "inequality-in-life-expectancy",
        "inequality_life_expectancy",
        "Inequality in life expectancy at birth",
        "Years",
        8,
        THREE_YEARS,
        groups=SEXES,
    ),
    Series(
        "preventable-mortality-under-75",
        "mortality_rate",
        "Under 75 mortality rate from causes considered preventable (per 100,000 population)",
        "Male/Female/Persons",
        11,
        YEAR,
        group_column="unit",
        groups={"Persons": "all", **SEXES},
    ),
    Series(
        "smoking-adults",
        "adults_smoking",
        "Smoking Prevalence in adults (aged 18 and over) - current smokers (APS)",
        "Persons",
        14,
        YEAR,
    ),
    Series(
        "obesity-reception",
        "obese_reception",
        "Reception prevalence of obesity (including severe obesity)",
        "Persons",
        11,
        YEAR_PAIR,
    ),
    Series(
        "obesity-year-6",
        "obese_year6",
        "Year 6 prevalence of obesity (including severe obesity)",
        "Persons",
        11,
        YEAR_PAIR,
    ),
    Series(
        "dental-decay-5",
        "children_dental_decay",
        "Percentage of 5 year olds with experience of visually obvious dental decay",
        "5 years children",
        5,
        YEAR_PAIR,
    ),
    Series(
        "active-adults", "active_adults", "Percentage of physically active adults", "Persons", 10, YEAR_PAIR
    ),
    Series(
        "inactive-adults",
        "inactive_adults",
        "Percentage of physically inactive adults",
        "Persons",
        10,
        YEAR_PAIR,
    ),
    Series(
        "active-children",
        "active_children",
        "Percentage of physically active children and young people",
        "Persons",
        8,
        YEAR_PAIR,
    ),
    Series(
        "overweight-adults",
        "overweight_adult",
        "Overweight (including obesity) prevalence in adults, "
        "(using adjusted self-reported height and weight)",
        "Persons",
        10,
        YEAR_PAIR,
    ),
    Series(
        "health-checks", "nhs_health_checks", "People receiving an NHS Health Check", "Persons", 4, YEAR_PAIR
    ),
]

# The health check figure counts from April 2021 on: only the ends of financial years are taken, each named
# by its year.
YEAR_END = r"^2021/22 Q1 - (\d{4}/\d{2}) Q4$"


def _file(series: Series) -> str:
    return f"la_indicators/fingertips_{series.file}.csv.gz"


def _areas(settings: Config) -> dict[str, str]:
    return {**dict.fromkeys(settings.place_codes, "place"), settings.country_code: "england"}


def _periods(frame: pd.DataFrame, series: Series) -> pd.DataFrame:
    """The frame with `period` in our form; refuses a period of another form."""
    frame = frame.assign(period=frame["period"].astype(str))
    if series.indicator_id == "health-checks":
        year = frame["period"].str.extract(YEAR_END)[0]
        frame = frame.assign(period=year)[year.notna()]
    other = frame.loc[~frame["period"].str.fullmatch(series.pattern), "period"]
    if len(other):
        raise SourceError(f"{_file(series)}, row {other.index[0] + 2}: unexpected period {other.iloc[0]!r}")
    return frame


def read_series(sources: SourceFolder, series: Series) -> pd.DataFrame:
    """Measurements of one series: the nine Places and England, all its periods and groups.

    A blank value becomes status "missing": the copy does not say whether it was withheld or never measured.
    """
    name = _file(series)
    columns = ["area_code", "period", "indicator", "unit", "value", "inequality"]
    frame = sources.csv(name, columns)
    frame = sources.numbers(frame, name, ["value"])
    settings = sources.settings
    areas = _areas(settings)
    frame = frame[frame["area_code"].isin(list(areas)) & (frame["indicator"] == series.name)]
    units = sorted(set(frame["unit"]) - set(series.unit.split("/")))
    if units:
        raise SourceError(f"{name}: unit {units[0]!r} for {series.name!r}, expected {series.unit!r}")
    label = frame[series.group_column]
    # A blank in this column is a word of the file: it marks the row for everybody.
    group = label.astype(object).where(label.notna(), "").map(series.groups)
    frame = _periods(frame.assign(group=group).dropna(subset="group"), series)
    promised = [*settings.region_places, settings.country_code]
    require_rows(
        frame[frame["area_code"].isin(promised)],
        file=name,
        exactly=len(promised) * len(series.groups) * series.periods,
        what=f"rows of {series.name!r}",
        why=f"{len(promised)} areas, {len(series.groups)} groups, {series.periods} periods",
    )
    rows = pd.DataFrame(
        {
            "indicator_id": series.indicator_id,
            "area_code": frame["area_code"],
            "source_level": frame["area_code"].map(areas),
            "period": frame["period"],
            "group": frame["group"],
            "value": frame["value"],
            "lower": float("nan"),
            "upper": float("nan"),
            "numerator": float("nan"),
            "denominator": float("nan"),
            "status": frame["value"].isna().map({True: "missing", False: "reported"}),
            "source_id": SOURCE,
        }
    )
    return rows[MEASUREMENT_COLUMNS]


def measurements(sources: SourceFolder) -> pd.DataFrame:
    """All Fingertips series as measurements rows (`data.schemas.measurements`), values as printed."""
    return pd.concat([read_series(sources, series) for series in SERIES], ignore_index=True)
