"""Estimates by small area as rows of the tables: sums over areas, limits, support, who attends where."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from data.columns import OBSERVATION_COLUMNS
from data.ingest.practice_registers import YEAR
from data.ingest.qof import PRACTICE_SOURCE, indicator_id
from data.prevalence_estimate import Estimate
from data.prevalence_inputs import Inputs, Target, in_base
from methods.small_area.bootstrap import limits
from methods.small_area.prevalence import Numbers
from methods.small_area.support import Behind, behind, grade, practice_table

PERCENT = 100.0
# Practices with a smaller share of an area's residents are not listed one by one.
LEAST_SHARE = 0.005
SUPPORT_COLUMNS = [
    "indicator_id", "area_code", "area_level", "period", "coverage", "effective_practices",
    "largest_practice", "largest_share", "standardised", "standardised_lower", "standardised_upper",
    "reliability_reason",
]  # fmt: skip


@dataclass(frozen=True)
class Sums:
    """An estimate summed to one level: entries and people of each area, and the entries of each replicate."""

    entries: Numbers
    people: Numbers
    drawn: Numbers


def summed(share: sparse.csr_matrix, counts: Numbers, people: Numbers, drawn: Numbers) -> Sums:
    """Sum small areas; one without an estimate is missing, never 0: its people take the others' rate."""
    known = np.isfinite(counts)
    mask = sparse.diags(known.astype(float))
    total = share @ people
    have = share @ mask @ people
    up = np.divide(total, have, out=np.full_like(total, np.nan), where=have > 0)
    entries = (share @ np.where(known, counts, 0.0)) * up
    return Sums(entries, total, (share @ np.where(known[:, None], drawn, 0.0)) * up[:, None])


class Support:
    """Practice shares of every level, and the support of a register from them (kept for equal registers)."""

    def __init__(self, data: Inputs) -> None:
        self.data = data
        people = data.residents.sum(axis=1)
        self.tables = {
            target.level: practice_table(data.links, people, target.share) for target in data.targets
        }
        self._kept: dict[tuple[str, bytes], Behind] = {}

    def of(self, level: str, reported: npt.NDArray[np.bool_]) -> Behind:
        """Support at one level when `reported` practices gave the register."""
        key = (level, reported.tobytes())
        if key not in self._kept:
            self._kept[key] = behind(self.tables[level], reported)
        return self._kept[key]

    def area_practices(self) -> pd.DataFrame:
        """area_code, area_level, practice_code, share (of residents, largest first)."""
        parts = []
        for target in self.data.targets:
            table = self.tables[target.level].tocoo()
            keep = table.data >= LEAST_SHARE
            part = pd.DataFrame(
                {
                    "area_code": np.asarray(target.codes, dtype=object)[table.row[keep]],
                    "area_level": target.level,
                    "practice_code": np.asarray(self.data.practices, dtype=object)[table.col[keep]],
                    "share": table.data[keep].round(4),
                }
            )
            parts.append(
                part.sort_values(["area_code", "share", "practice_code"], ascending=[True, False, True])
            )
        return pd.concat(parts, ignore_index=True)


def observation_rows(**columns: object) -> pd.DataFrame:
    """Rows of one indicator and level; where there is no value the row is missing and carries no number."""
    frame = pd.DataFrame(columns).assign(period=YEAR, group="all", source_id=PRACTICE_SOURCE)
    frame["status"] = np.where(frame["value"].notna(), "reported", "missing")
    for column in ("value", "lower", "upper"):
        frame[column] = frame[column].astype(float).round(4)
    for column in ("numerator", "denominator"):
        frame[column] = frame[column].astype(float).round(2)
    numbers = ["value", "lower", "upper", "numerator", "denominator"]
    frame.loc[frame["status"] == "missing", numbers] = np.nan
    return frame[OBSERVATION_COLUMNS]


def register_rows(
    data: Inputs, found: Estimate, target: Target, support: Support
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Observation and support rows of one register at one level."""
    sums = summed(target.share, found.counts, found.people, found.drawn)
    share = sums.entries / sums.people
    lower, upper = limits(share, sums.drawn / sums.people[:, None], sums.people)
    standing = support.of(target.level, np.isfinite(found.rate))
    letter, reason = grade(standing, share, lower, upper)
    indicator = indicator_id(found.register)
    rows = observation_rows(
        indicator_id=indicator, area_code=target.codes, area_level=target.level, value=share * PERCENT,
        lower=lower * PERCENT, upper=upper * PERCENT, numerator=sums.entries, denominator=sums.people,
        basis="modelled", reliability=letter,
    )  # fmt: skip
    likely = target.share @ (data.residents @ (in_base(found.register) * found.england_rates))
    ratio = sums.entries / likely * found.england if found.standardised else np.full(len(share), np.nan)
    extra = support_rows(data, standing, indicator, target, reason)
    for column, limit in (("", share), ("_lower", lower), ("_upper", upper)):
        extra[f"standardised{column}"] = (ratio * limit / share * PERCENT).round(4)
    return rows, extra[SUPPORT_COLUMNS]


def support_rows(
    data: Inputs, standing: Behind, indicator: str, target: Target, reason: npt.NDArray[np.object_]
) -> pd.DataFrame:
    """The columns of support that come from the registrations; standardised figures are left empty."""
    return pd.DataFrame(
        {
            "indicator_id": indicator,
            "area_code": target.codes,
            "area_level": target.level,
            "period": YEAR,
            "coverage": standing.coverage.round(4),
            "effective_practices": standing.effective.round(2),
            "largest_practice": np.asarray(data.practices, dtype=object)[standing.largest],
            "largest_share": standing.largest_share.round(4),
            "standardised": np.nan,
            "standardised_lower": np.nan,
            "standardised_upper": np.nan,
            "reliability_reason": reason,
        }
    )
