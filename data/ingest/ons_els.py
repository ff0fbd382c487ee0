"""Local authority indicators from the ONS Explore Local Statistics data, with limits where it has them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from data.columns import MEASUREMENT_COLUMNS
from data.sources import SourceError, SourceFolder, require_rows


@dataclass(frozen=True)
class Series:
    """One indicator name of one file: where it goes and how many rows it must have.

    `kind` is how its periods read (calendar, crossing, three-year); `rows` the rows of Places and England
    together; `limits` whether each row must carry 95% limits.
    """

    indicator_id: str
    file: str
    name: str
    source_id: str
    kind: str
    rows: int
    limits: bool
    group: str = "all"


SERIES = [
    Series(
        "healthy-life-expectancy",
        "healthy-life-expectancy",
        "Female healthy life expectancy",
        "ons-els-healthy-life-expectancy",
        "three-year",
        120,
        True,
        "female",
    ),
    Series(
        "healthy-life-expectancy",
        "healthy-life-expectancy",
        "Male healthy life expectancy",
        "ons-els-healthy-life-expectancy",
        "three-year",
        120,
        True,
        "male",
    ),
    Series(
        "cancer-early-diagnosis",
        "cancer-diagnosis-at-stage-1-and-2",
        "Cancer diagnosis at stage 1 and 2",
        "ons-els-cancer-stage",
        "calendar",
        100,
        True,
    ),
    Series(
        "preventable-cardiovascular-mortality",
        "preventable-cardiovascular-mortality-england",
        "Preventable cardiovascular mortality (England)",
        "ons-els-cardiovascular",
        "three-year",
        220,
        True,
    ),
    Series(
        "obesity-adults",
        "adult-obesity-prevalence",
        "Adult obesity prevalence",
        "ons-els-adult-obesity",
        "crossing",
        100,
        True,
    ),
    # Cheshire East and Cheshire West and Chester began in 2009: no figures for 2006/07 and 2007/08.
    Series(
        "persistent-absence",
        "persistent-absences-for-all-pupils",
        "Persistent absences for all pupils",
        "ons-els-persistent-absence",
        "crossing",
        176,
        False,
    ),
    Series(
        "key-stage-2-expected",
        "pupils-at-expected-standards-by-end-of-primary-school",
        "Pupils meeting the expected standard in reading, writing and maths",
        "ons-els-key-stage-2",
        "crossing",
        50,
        False,
    ),
]


def period(text: str, kind: str) -> str:
    """`2013-01-01/P1Y` -> `2013` (calendar); `2015-11-16/P1Y` -> `2015/16` (crossing); `2022-01-01/P3Y` ->
    `2022 - 24` (three-year). Raises SourceError when the text does not fit the kind."""
    found = re.fullmatch(r"(\d{4})-(\d{2})-\d{2}/P(\d)Y", text)
    if found:
        year, month, length = int(found[1]), int(found[2]), int(found[3])
        if kind == "calendar" and (month, length) == (1, 1):
            return str(year)
        if kind == "crossing" and month > 1 and length == 1:
            return f"{year}/{(year + 1) % 100:02d}"
        if kind == "three-year" and (month, length) == (1, 3):
            return f"{year} - {(year + 2) % 100:02d}"
    raise SourceError(f"{text!r} is not a {kind} period")


def read_series(sources: SourceFolder, series: Series) -> pd.DataFrame:
    """Measurements of one series, the nine Places and England; SourceError when it is not as expected."""
    name = f"la_indicators/ons_els_{series.file}.csv.gz"
    numbers = ["observation", "lci_95", "uci_95"]
    frame = sources.csv(name, ["areacd", "indicator", "period", *numbers])
    frame = sources.numbers(frame, name, numbers)
    settings = sources.settings
    areas = {**dict.fromkeys(settings.place_codes, "place"), settings.country_code: "england"}
    frame = frame[frame["areacd"].isin(list(areas)) & (frame["indicator"] == series.name)]
    outside = frame["areacd"].isin([place.code for place in settings.outside])
    require_rows(
        frame[~outside],
        file=name,
        exactly=series.rows,
        what=f"rows of {series.name!r}",
        why="nine Places and England, all periods of the file as obtained",
    )
    needed = numbers if series.limits else numbers[:1]
    # of a Place outside the region what the file has is taken, and what it has not is missing
    frame = frame[~outside | frame[needed].notna().all(axis=1)]
    if frame[needed].isna().any(axis=None):
        raise SourceError(f"{name}: a blank among {', '.join(needed)} of the Places and England")
    if series.limits and not frame["observation"].between(frame["lci_95"], frame["uci_95"]).all():
        raise SourceError(f"{name}: a value lies outside its own limits")
    rows = pd.DataFrame(
        {
            "indicator_id": series.indicator_id,
            "area_code": frame["areacd"],
            "source_level": frame["areacd"].map(areas),
            "period": frame["period"].map(lambda text: period(text, series.kind)),
            "group": series.group,
            "value": frame["observation"],
            "lower": frame["lci_95"],
            "upper": frame["uci_95"],
            "numerator": float("nan"),
            "denominator": float("nan"),
            "status": "reported",
            "source_id": series.source_id,
        }
    )
    return rows[MEASUREMENT_COLUMNS]


def measurements(sources: SourceFolder) -> pd.DataFrame:
    """All series as measurements rows (`data.schemas.measurements`), values and limits as published."""
    return pd.concat([read_series(sources, series) for series in SERIES], ignore_index=True)
