"""The geography of the shipped tables, for tests that need the share tables without building them."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pandas as pd

from data.geography import COLUMNS, Geography
from geo.config import ROOT, config


def _nested(frame: pd.DataFrame, targets: pd.Series, level: str) -> pd.DataFrame:
    table = pd.DataFrame({"from_code": frame["area_code"], "to_code": targets, "to_level": level})
    return table.assign(weight=frame["population"].astype(float), share=1.0).dropna(subset="to_code")


def shipped_geography(counts: Path | None = None) -> Geography:
    """LSOA and ward shares as in the last build; `counts`: a council's file of school readiness."""
    areas = pd.read_parquet(ROOT / "geo/processed/areas.parquet").drop(columns="geometry")
    weights = pd.read_parquet(ROOT / "geo/processed/weights.parquet")
    weights = weights.rename(columns={"population": "weight"})[COLUMNS]
    lsoa, ward = (areas[areas["area_level"] == level] for level in ("lsoa", "ward"))
    lists = json.loads((ROOT / "geo/processed/neighbourhoods.json").read_text(encoding="utf-8"))
    of_ward = {row["ward_code"]: row["neighbourhood_code"] for one in lists.values() for row in one["wards"]}
    shares = {
        "lsoa": pd.concat([weights, _nested(lsoa, lsoa["parent_code"], "msoa")], ignore_index=True),
        "ward": _nested(ward, ward["area_code"].map(of_ward), "neighbourhood"),
    }
    settings = dataclasses.replace(config(), school_readiness_counts=counts)
    return Geography(settings, areas, shares)
