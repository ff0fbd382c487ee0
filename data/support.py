"""What stands behind the estimates: practices and their shares, coverage, school readiness's inputs.

The three tables are opened when first asked for, once for each version of the bundle.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from data.bundle import REMEDY, BundleError
from geo.config import ROOT

SUPPORT = "data/processed/estimate_support.parquet"
PRACTICES = "data/processed/area_practices.parquet"
READINESS = "data/processed/readiness_inputs.parquet"
SUPPORT_TEXT = ("indicator_id", "area_code", "area_level", "period", "largest_practice", "reliability_reason")
READINESS_NUMBERS = (
    "children", "income_deprived", "fsm_share", "place_rate_fsm", "place_rate_not_fsm",
    "sd_share", "sd_rates", "sd_differences", "sd_chance",
)  # fmt: skip


@dataclass(frozen=True)
class Support:
    """What stands behind one figure of a register. Shares are of 1; None where the build gives none.

    `coverage` is the share of residents whose practices reported, `largest_practice` a code ("" for figures
    counted exactly). `standardised` and its limits have the unit of the figure: per cent.
    """

    indicator_id: str
    area_code: str
    area_level: str
    period: str
    coverage: float | None
    effective_practices: float | None
    largest_practice: str
    largest_share: float | None
    standardised: float | None
    standardised_lower: float | None
    standardised_upper: float | None
    reliability_reason: str


@dataclass(frozen=True)
class PracticeShare:
    """A practice and the share (of 1) of an area's residents who are registered there."""

    practice_code: str
    share: float


@dataclass(frozen=True)
class ReadinessInputs:
    """What an expected rate of school readiness is made from: children a year, the rest in per cent.

    `sd_...` are standard deviations of the expected rate in percentage points: of the area's share with free
    school meals, of the Place's two rates, of differences that income does not explain, and of chance.
    """

    area_code: str
    area_level: str
    period: str
    children: float
    income_deprived: float
    fsm_share: float
    place_rate_fsm: float
    place_rate_not_fsm: float
    sd_share: float
    sd_rates: float
    sd_differences: float
    sd_chance: float


class _ByArea:
    """A table sorted by area, text as categories: the rows of one area lie together."""

    def __init__(self, path: Path, text: tuple[str, ...]) -> None:
        try:
            table = pq.read_table(path, read_dictionary=list(text))
        except (OSError, ValueError) as error:
            raise BundleError(f"{path.name} cannot be read: {error}. {REMEDY}") from error
        frame = table.unify_dictionaries().combine_chunks().to_pandas()
        codes = frame["area_code"].cat.codes.to_numpy()
        order = np.argsort(codes, kind="stable")
        areas = frame["area_code"].cat.categories
        cuts = np.searchsorted(codes[order], np.arange(len(areas) + 1))
        self._spans = {str(code): (int(cuts[at]), int(cuts[at + 1])) for at, code in enumerate(areas)}
        self._names = {name: [str(item) for item in frame[name].cat.categories] for name in text}
        self._cells = {
            str(name): (frame[name].cat.codes if name in self._names else frame[name]).to_numpy()[order]
            for name in frame.columns
        }

    def rows(self, area_code: str) -> list[dict[str, Any]]:
        """The rows of an area, missing cells as None."""
        start, stop = self._spans.get(area_code, (0, 0))
        columns = {name: self._column(name, start, stop) for name in self._cells}
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]

    def _column(self, name: str, start: int, stop: int) -> list[Any]:
        cells = self._cells[name][start:stop].tolist()
        if name in self._names:
            return [self._names[name][at] if at >= 0 else None for at in cells]
        return [None if cell != cell else cell for cell in cells]


class Supports:
    """Questions to the tables of support below `root`."""

    def __init__(self, root: Path = ROOT) -> None:
        self._support = _ByArea(root / SUPPORT, SUPPORT_TEXT)
        self._practices = _ByArea(root / PRACTICES, ("area_code", "area_level", "practice_code"))
        self._readiness = _ByArea(root / READINESS, ("area_code", "area_level", "period"))
        pa.default_memory_pool().release_unused()

    def area(self, area_code: str) -> Mapping[tuple[str, str], Support]:
        """Everything behind the registers of an area, by indicator and period. Empty where nothing is."""
        rows = self._support.rows(area_code)
        return {(row["indicator_id"], row["period"]): Support(**row) for row in rows}

    def of(self, indicator_id: str, area_code: str, period: str) -> Support | None:
        """What stands behind one figure; None for figures that are no registers or of other years."""
        return self.area(area_code).get((indicator_id, period))

    def practices(self, area_code: str) -> list[PracticeShare]:
        """Practices of an area's residents, largest share first; under 1 in 200 residents none is listed."""
        rows = self._practices.rows(area_code)
        found = [PracticeShare(row["practice_code"], row["share"]) for row in rows]
        return sorted(found, key=lambda item: (-item.share, item.practice_code))

    def readiness(self, area_code: str, period: str) -> ReadinessInputs | None:
        """What an area's expected school readiness is made from; None where there is no estimate."""
        for row in self._readiness.rows(area_code):
            if row["period"] == period:
                return None if row["children"] is None else ReadinessInputs(**row)
        return None


@lru_cache(maxsize=1)
def supports(version: str) -> Supports:
    """The tables of support for a version of the bundle. BundleError when one cannot be read."""
    return Supports()
