"""The table of observations in memory, arranged so that a question costs what its answer holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from data.catalogue.model import LEVELS
from data.columns import OBSERVATION_COLUMNS

NUMBERS = ("value", "lower", "upper", "numerator", "denominator")
TEXT = tuple(name for name in OBSERVATION_COLUMNS if name not in NUMBERS)
FACTS = ("basis", "reliability", "status", "source_id")
KEYS = ("indicator_id", "area_level", "period", "group")


@dataclass(frozen=True)
class Observation:
    """One figure, with everything that belongs to it. Withheld figures have None for all numbers."""

    indicator_id: str
    area_code: str
    area_level: str
    period: str
    group: str
    value: float | None
    lower: float | None
    upper: float | None
    numerator: float | None
    denominator: float | None
    basis: str
    reliability: str
    status: str
    source_id: str


def text_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Text instead of categories: safe to join, sort and compare."""
    return rows.astype(
        {name: "str" for name in rows.columns if isinstance(rows[name].dtype, pd.CategoricalDtype)}
    )


class Figures:
    """Observations sorted by indicator, level, area, period and group, their text as sorted categories.

    pandas is asked for whole tables only: picking rows by comparing columns of categories cost most of the
    time of a page. Here rows are found by the categories' numbers, in parts of the table that are known
    beforehand. Category numbers sort as the text does.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame
        self._codes = {name: frame[name].cat.codes.to_numpy() for name in TEXT}
        self._names = {name: [str(item) for item in frame[name].cat.categories] for name in TEXT}
        self._number = {name: {text: at for at, text in enumerate(self._names[name])} for name in TEXT}
        self._values = {name: frame[name].to_numpy() for name in NUMBERS}
        self._parts = self._find_parts()
        self._areas = self._find_areas()
        self._all = self._combinations(np.ones(len(frame), dtype=bool))
        self._reported = self._combinations(self._codes["status"] == self._number["status"]["reported"])

    def _find_parts(self) -> dict[tuple[str, str], tuple[int, int]]:
        """First row, and row after the last, of every indicator at every level."""
        indicator, level = self._codes["indicator_id"], self._codes["area_level"]
        edges = np.flatnonzero((np.diff(indicator) != 0) | (np.diff(level) != 0)) + 1
        starts = np.r_[0, edges] if len(indicator) else edges
        stops = np.r_[edges, len(indicator)]
        names, levels = self._names["indicator_id"], self._names["area_level"]
        return {
            (names[indicator[a]], levels[level[a]]): (int(a), int(b))
            for a, b in zip(starts, stops, strict=False)
        }

    def _find_areas(self) -> dict[str, np.ndarray]:
        """Row numbers of every area, ascending."""
        codes = self._codes["area_code"]
        order = np.argsort(codes, kind="stable")
        cuts = np.searchsorted(codes[order], np.arange(len(self._names["area_code"]) + 1))
        return {code: order[cuts[at] : cuts[at + 1]] for at, code in enumerate(self._names["area_code"])}

    def _combinations(self, keep: np.ndarray) -> dict[str, list[tuple[str, str, str]]]:
        """Level, period and group that occur, for every indicator."""
        shape = [max(len(self._names[name]), 1) for name in KEYS]
        flat = np.ravel_multi_index([self._codes[name][keep].astype(np.int64) for name in KEYS], shape)
        found: dict[str, list[tuple[str, str, str]]] = {}
        for row in np.column_stack(np.unravel_index(np.unique(flat), shape)).tolist():
            first, *rest = [self._names[name][at] for name, at in zip(KEYS, row, strict=True)]
            found.setdefault(first, []).append((rest[0], rest[1], rest[2]))
        return found

    def known(self, indicator_id: str) -> bool:
        """True where there is a row."""
        return indicator_id in self._all

    def levels(self, indicator_id: str) -> list[str]:
        """Levels with a reported figure, smallest areas first."""
        have = {level for level, _, _ in self._reported.get(indicator_id, [])}
        return [level for level in LEVELS if level in have]

    def periods(self, indicator_id: str, level: str | None, group: str) -> list[str]:
        """Periods with a row, oldest first."""
        rows = self._all.get(indicator_id, [])
        return sorted({when for at, when, who in rows if who == group and level in (None, at)})

    def is_estimate(self, indicator_id: str, level: str) -> bool:
        """True where the figures of a level come from a model of ours (basis ``modelled``)."""
        start, stop = self._parts.get((indicator_id, level), (0, 0))
        return bool((self._codes["basis"][start:stop] == self._number["basis"].get("modelled", -1)).any())

    def groups(self, indicator_id: str, level: str | None) -> list[str]:
        """Subgroups with a row; ``all`` first where it is there."""
        found = sorted({who for at, _, who in self._all.get(indicator_id, []) if level in (None, at)})
        return sorted(found, key=lambda group: group != "all")

    def of(self, indicator_id: str) -> pd.DataFrame:
        """All rows of an indicator, as they lie in the table."""
        spans = [span for (name, _), span in self._parts.items() if name == indicator_id]
        first = min((start for start, _ in spans), default=0)
        return self.frame.iloc[first : max((stop for _, stop in spans), default=0)]

    def area(self, area_code: str) -> pd.DataFrame:
        """All rows of an area."""
        return self.frame.iloc[self._areas.get(area_code, np.array([], dtype=int))]

    def _of_area(self, indicator_id: str, area_code: str, group: str) -> np.ndarray:
        """Row numbers of an indicator in an area, oldest first."""
        rows = self._areas.get(area_code)
        indicator, who = self._number["indicator_id"].get(indicator_id), self._number["group"].get(group)
        if rows is None or indicator is None or who is None:
            return np.array([], dtype=int)
        codes = self._codes["indicator_id"][rows]
        rows = rows[np.searchsorted(codes, indicator) : np.searchsorted(codes, indicator, side="right")]
        rows = rows[self._codes["group"][rows] == who]
        return rows[np.argsort(self._codes["period"][rows], kind="stable")]

    def value(self, indicator_id: str, area_code: str, period: str | None, group: str) -> Observation | None:
        """One figure (the latest where no period is named); None when there is no row."""
        rows = self._of_area(indicator_id, area_code, group)
        if period:
            rows = rows[self._codes["period"][rows] == self._number["period"].get(period, -1)]
        return self._observation(int(rows[-1])) if len(rows) else None

    def series(self, indicator_id: str, area_code: str, group: str) -> pd.DataFrame:
        """All periods of an indicator in an area, oldest first."""
        return text_of(self.frame.iloc[self._of_area(indicator_id, area_code, group)]).reset_index(drop=True)

    def _observation(self, row: int) -> Observation:
        cells: dict[str, Any] = {name: self._names[name][self._codes[name][row]] for name in TEXT}
        for name in NUMBERS:
            number = float(self._values[name][row])
            cells[name] = None if np.isnan(number) else number
        return Observation(**cells)

    def slice(
        self, indicator_id: str, level: str, period: str, group: str, areas: pd.DataFrame
    ) -> pd.DataFrame:
        """One row for every one of `areas`, in their order; status ``missing`` where the table has none.

        `areas` has ``area_code`` and the columns to add (``area_name``, ``place_code``, ``place_name``).
        """
        start, stop = self._parts.get((indicator_id, level), (0, 0))
        rows = np.arange(start, stop)
        for name, wanted in (("period", period), ("group", group)):
            rows = rows[self._codes[name][rows] == self._number[name].get(wanted, -1)]
        number: Mapping[str, int] = self._number["area_code"]
        where = np.full(len(number) + 1, -1, dtype=np.int64)  # the last stands for areas without any figure
        where[self._codes["area_code"][rows]] = rows
        at = where[[number.get(code, -1) for code in areas["area_code"]]]
        cells: dict[str, Any] = {
            "indicator_id": indicator_id,
            "area_code": areas["area_code"].array,
            "area_level": level,
            "period": period,
            "group": group,
        }
        for name in OBSERVATION_COLUMNS[5:]:
            if name in NUMBERS:
                cells[name] = np.where(at >= 0, self._values[name][at], np.nan)
            else:
                cells[name] = self.frame[name].array.take(at, allow_fill=True)
        known = np.asarray(cells["status"], dtype=object)
        cells["status"] = np.where(at >= 0, known, "missing")
        for name in ("area_name", "place_code", "place_name"):
            cells[name] = areas[name].array
        return pd.DataFrame(cells)
