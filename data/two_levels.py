"""The 99.8% limits of figures, made as the build made their 95% limits, where it can be shown that it did."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.aggregate import scale_of
from data.catalogue.model import Indicator
from methods.intervals import poisson_limits, wilson

WIDE = 0.998
SAME = 1e-3  # in the indicator's unit: how near recomputed 95% limits must come to those that are shipped
Numbers = npt.NDArray[np.float64]


def _limits(indicator: Indicator, rows: pd.DataFrame, confidence: float) -> tuple[Numbers, Numbers]:
    counts, base = rows["numerator"].to_numpy(dtype=float), rows["denominator"].to_numpy(dtype=float)
    if indicator.interval == "wilson":
        _, lower, upper = wilson(counts, base, confidence)
    else:
        lower, upper = (limit / base for limit in poisson_limits(counts, confidence))
    value, scale = rows["value"].to_numpy(dtype=float), scale_of(indicator)
    # as in the build: a printed value may be rounded past a very tight limit
    return np.minimum(lower * scale, value), np.maximum(upper * scale, value)


def wide_limits(indicator: Indicator, rows: pd.DataFrame) -> tuple[Numbers, Numbers] | None:
    """Lower and upper 99.8% limits, one a row and NaN where there are no 95% limits; None where there are
    none.

    There are some only if *every* pair of 95% limits comes out again from numerator and denominator: limits
    that a publisher printed, and those of estimates, hold more than chance and cannot be widened so.

    Parameters
    ----------
    indicator
        Its ``interval`` names the method.
    rows
        A slice of the bundle: value, lower, upper, numerator, denominator.
    """
    have = (rows["lower"].notna() & rows["upper"].notna()).to_numpy()
    known = rows[have]
    counted = known["numerator"].notna() & (known["denominator"] > 0)
    if indicator.interval not in ("wilson", "byar", "exact-poisson") or known.empty or not counted.all():
        return None
    if indicator.interval == "wilson" and (known["numerator"] > known["denominator"]).any():
        return None
    again = _limits(indicator, known, 0.95)
    for found, shipped in zip(again, ("lower", "upper"), strict=True):
        if not np.allclose(found, known[shipped].to_numpy(dtype=float), rtol=0, atol=SAME):
            return None
    lower, upper = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    lower[have], upper[have] = _limits(indicator, known, WIDE)
    return lower, upper
