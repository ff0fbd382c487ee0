"""Rows of the *measurements* table, built from arrays so that every ingest module makes them alike."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.columns import MEASUREMENT_COLUMNS
from data.schemas import NUMBERS


def measurement_rows(
    *,
    indicator_id: str,
    source_id: str,
    source_level: str,
    period: str,
    area_code: pd.Series,
    numerator: pd.Series | None = None,
    denominator: pd.Series | None = None,
    value: pd.Series | None = None,
    status: pd.Series | str = "reported",
    group: str = "all",
) -> pd.DataFrame:
    """One row per area for one indicator, period and group, in the column order of the schema.

    Numbers become float64 and are emptied (numerator, value, limits) wherever `status` is not
    ``reported``: a withheld figure carries no number, never a zero.
    """
    given = {"value": value, "numerator": numerator, "denominator": denominator}
    frame = pd.DataFrame({"area_code": area_code.to_numpy(dtype=object)}).astype({"area_code": "str"})
    frame["indicator_id"] = indicator_id
    frame["source_level"] = source_level
    frame["period"] = period
    frame["group"] = group
    frame["status"] = status if isinstance(status, str) else status.to_numpy(dtype=object)
    frame["source_id"] = source_id
    for column in NUMBERS:
        numbers = given.get(column)
        frame[column] = np.nan if numbers is None else numbers.to_numpy(dtype="float64")
    withheld = frame["status"] != "reported"
    if withheld.any():
        frame.loc[withheld, list(NUMBERS)] = np.nan
    return frame[MEASUREMENT_COLUMNS]


def stack(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """All rows in one frame with a fresh index and plain text columns."""
    stacked = pd.concat(frames, ignore_index=True)
    text = [column for column in MEASUREMENT_COLUMNS if column not in NUMBERS]
    return stacked.astype(dict.fromkeys(text, "str"))
