"""Exact figures of Places, the region and England, crude and standardised for age side by side."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.geography import Geography
from data.ingest.practice_registers import YEAR, PracticeRegisters
from data.ingest.qof import indicator_id
from data.prevalence_estimate import Estimate
from data.prevalence_inputs import exposure, in_base
from data.prevalence_rows import PERCENT, SUPPORT_COLUMNS
from methods.intervals import poisson_limits
from methods.small_area.prevalence import Numbers

EXACT_LEVELS = ("place", "region", "pcn")
EXACT = "Counted by the practices: exact, for their patients"


def _expected(national: PracticeRegisters, codes: list[str], found: Estimate) -> tuple[float, float, float]:
    """Register, list, and entries expected at England's rates by age, of a set of practices."""
    base = in_base(found.register)
    counts = national.counts.loc[codes, found.register]
    have = counts.notna()
    counts, listed = counts[have], national.listed.loc[codes, found.register][have]
    ages = national.ages.loc[counts.index].to_numpy(dtype="float64", copy=True)
    unknown = np.isnan(ages).any(axis=1)
    # a practice that closed since has no list by age any more: it is given the ages of the others
    ages[unknown] = ages[~unknown].sum(axis=0)
    patients: Numbers = exposure(ages, listed.to_numpy(), base)
    return float(counts.sum()), float(listed.sum()), float((patients @ found.england_rates).sum())


def exact_standardised(national: PracticeRegisters, where: Geography, found: Estimate) -> pd.DataFrame:
    """One row a Place, network and the region: register, listed, crude, standardised, its limits (%).

    Indirect: register over the entries expected at England's rates by age, times England's share. Limits are
    Byar's of the register alone. Empty where age explains too little of the register.
    """
    table = where.shares["practice"]
    table = table[table["from_code"].isin(national.counts.index) & table["to_level"].isin(EXACT_LEVELS)]
    rows = []
    for (level, code), part in table.groupby(["to_level", "to_code"], sort=True):
        counts, listed, expected = _expected(national, sorted(part["from_code"]), found)
        lower, upper = (float(limit) for limit in poisson_limits(counts))
        scale = found.england / expected * PERCENT
        rows.append(
            (indicator_id(found.register), code, level, YEAR, counts, listed, counts / listed * PERCENT,
             found.england * PERCENT, counts * scale, lower * scale, upper * scale)
        )  # fmt: skip
    return pd.DataFrame(
        rows,
        columns=[
            "indicator_id", "area_code", "area_level", "period", "entries", "listed", "crude", "england",
            "standardised", "standardised_lower", "standardised_upper",
        ],
    )  # fmt: skip


def exact_support(table: pd.DataFrame, standardised: bool) -> pd.DataFrame:
    """Support rows of exact figures: nothing is estimated, so only the standardised figures are filled in."""
    rows = table.assign(
        coverage=1.0, effective_practices=np.nan, largest_practice="", largest_share=np.nan,
        reliability_reason=EXACT,
    )  # fmt: skip
    numbers = ["standardised", "standardised_lower", "standardised_upper"]
    rows[numbers] = rows[numbers].round(4) if standardised else np.nan
    return rows[SUPPORT_COLUMNS]
