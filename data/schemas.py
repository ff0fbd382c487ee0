"""The columns and rules of every table that goes in or out of the pipeline (pandera)."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pandera.pandas as pa

BASES = ("published", "aggregated", "apportioned", "modelled")
RELIABILITIES = ("A", "B", "C", "D")
STATUSES = ("reported", "suppressed", "missing")
SOURCE_LEVELS = ("lsoa", "lsoa11", "msoa", "msoa11", "ward", "place", "region", "england", "practice")
NUMBERS = ("value", "lower", "upper", "numerator", "denominator")


def _number() -> pa.Column:
    return pa.Column(float, nullable=True, coerce=True)


def _text(**rules: Any) -> pa.Column:
    return pa.Column(str, nullable=False, coerce=True, **rules)


def _withheld_is_empty(frame: pd.DataFrame) -> pd.Series:
    """Suppressed and missing rows carry no number at all: a rate without its count can be undone."""
    withheld = frame["status"] != "reported"
    empty = frame[list(NUMBERS[:4])].isna().all(axis=1)
    return ~withheld | empty


measurements = pa.DataFrameSchema(
    {
        "indicator_id": _text(),
        "area_code": _text(),
        "source_level": _text(checks=pa.Check.isin(SOURCE_LEVELS)),
        "period": _text(),
        "group": _text(),
        "value": _number(),
        "lower": _number(),
        "upper": _number(),
        "numerator": _number(),
        "denominator": _number(),
        "status": _text(checks=pa.Check.isin(STATUSES)),
        "source_id": _text(),
    },
    checks=[
        pa.Check(_withheld_is_empty, name="withheld rows carry no numbers"),
        pa.Check(
            lambda frame: (frame["denominator"].isna()) | (frame["denominator"] >= 0),
            name="denominators are not negative",
        ),
    ],
    strict=True,
    ordered=True,
    unique=["indicator_id", "area_code", "source_level", "period", "group"],
)

observations = pa.DataFrameSchema(
    {
        "indicator_id": _text(),
        "area_code": _text(),
        "area_level": _text(
            checks=pa.Check.isin(
                ("lsoa", "msoa", "ward", "neighbourhood", "place", "pcn", "region", "england", "practice")
            )
        ),
        "period": _text(),
        "group": _text(),
        "value": _number(),
        "lower": _number(),
        "upper": _number(),
        "numerator": _number(),
        "denominator": _number(),
        "basis": _text(checks=pa.Check.isin(BASES)),
        "reliability": _text(checks=pa.Check.isin(RELIABILITIES)),
        "status": _text(checks=pa.Check.isin(STATUSES)),
        "source_id": _text(),
    },
    checks=[
        pa.Check(_withheld_is_empty, name="withheld rows carry no numbers"),
        pa.Check(
            lambda frame: (frame["status"] != "reported") | frame["value"].notna(),
            name="reported rows have a value",
        ),
        pa.Check(
            lambda frame: (
                frame["lower"].isna()
                | ((frame["lower"] <= frame["value"] + 1e-9) & (frame["value"] <= frame["upper"] + 1e-9))
            ),
            name="limits enclose the value",
        ),
    ],
    strict=True,
    ordered=True,
    unique=["indicator_id", "area_code", "period", "group"],
)

CLOSENESS = ("close", "fair", "far")
similar_areas = pa.DataFrameSchema(
    {
        "area_code": _text(),
        "rank": pa.Column(int, checks=pa.Check.ge(1)),
        "similar_code": _text(),
        "similar_name": _text(),
        "district_name": _text(),
        "distance": pa.Column(float, checks=pa.Check.gt(0)),
        "closeness": _text(checks=pa.Check.isin(CLOSENESS)),
    },
    checks=[
        pa.Check(lambda frame: frame["area_code"] != frame["similar_code"], name="no area is its own like"),
        pa.Check(
            # the frame is sorted by area and rank
            lambda frame: frame.groupby("area_code")["distance"].is_monotonic_increasing.all(),
            name="the nearest stands first",
        ),
    ],
    strict=True,
    ordered=True,
    unique=["area_code", "similar_code"],
)

similar_figures = pa.DataFrameSchema(
    {
        "area_code": _text(),
        "indicator_id": _text(),
        "period": _text(),
        "value": pa.Column(float),
        "lower": _number(),
        "upper": _number(),
        "denominator": _number(),
    },
    checks=[
        pa.Check(
            lambda frame: (
                frame["lower"].isna()
                | ((frame["lower"] <= frame["value"]) & (frame["value"] <= frame["upper"]))
            ),
            name="limits enclose the value",
        )
    ],
    strict=True,
    ordered=True,
    unique=["area_code", "indicator_id"],
)

place_names = pa.DataFrameSchema(
    {
        "name": _text(),
        "kind": _text(
            checks=pa.Check.isin(("town", "locality", "street", "park", "dock", "school", "practice"))
        ),
        "of": _text(),
        "ward_code": _text(),
        "neighbourhood_code": pa.Column(str, nullable=True),
        "msoa_code": _text(),
        "lsoa_code": _text(),
        "place_code": _text(),
        "source_id": _text(),
    },
    strict=True,
    ordered=True,
    unique=["name", "kind", "ward_code"],
)

STREET_KINDS = ("street", "station", "city", "town", "village", "hamlet", "suburb", "settlement")

streets = pa.DataFrameSchema(
    {
        "name": _text(),
        "kind": _text(checks=pa.Check.isin(STREET_KINDS)),
        "part": pa.Column(bool),
        "within": _text(),
        "district": _text(),
        "ward_code": _text(),
        "also": _text(),
        "reach": pa.Column(int, checks=pa.Check.ge(0)),
    },
    strict=True,
    ordered=True,
    unique=["name", "kind", "ward_code"],
)
