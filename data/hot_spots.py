"""Where high and low figures gather: Gi* of small areas on the map, with a false discovery rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from data.query import Bundle
from methods.contiguity import Neighbours, queen
from methods.results import MethodError
from methods.spatial import GlobalMoran, LocalResult, getis_ord, global_moran

METRES = 27700  # the British National Grid, for the distance to the nearest area of an island
PERMUTATIONS = 1999  # enough to reach 1 in 1,000 in each test; the page must not keep people waiting
HOT, COLD = "hot spot", "cold spot"


@dataclass(frozen=True)
class HotSpots:
    """Result for every area: ``table`` has area_code, area_name, place_name, place_code, value, label,
    p_adjusted. `local` and `whole` are None, with the reason in `why`, where no test can be made.
    """

    level: str
    table: pd.DataFrame
    local: LocalResult | None
    whole: GlobalMoran | None
    why: str = ""

    def count(self, label: str) -> int:
        """Number of areas with a label."""
        return int((self.table["label"] == label).sum())


def neighbours(bundle: Bundle, level: str, places: Sequence[str]) -> tuple[tuple[str, ...], Neighbours]:
    """Codes of the areas of a level in the Places, and which of them are neighbours (by position)."""
    shapes = bundle.geometry(level, places).to_crs(METRES)
    return tuple(shapes["area_code"]), queen(shapes.geometry.to_numpy())


def hot_spots(rows: pd.DataFrame, level: str, codes: Sequence[str], near: Neighbours) -> HotSpots:
    """Hot and cold spots of the units of a gradient (`data.gradient.units`); `codes` and `near` as above."""
    columns = ["area_name", "place_name", "place_code", "value"]
    table = rows.set_index("area_code")[columns].reindex(list(codes)).rename_axis("area_code").reset_index()
    table["label"], table["p_adjusted"] = "", float("nan")
    values = table["value"].to_numpy(dtype=float)
    try:
        local = getis_ord(values, near, permutations=PERMUTATIONS)
        whole = global_moran(values, near, permutations=PERMUTATIONS)
    except MethodError as error:
        return HotSpots(level, table, None, None, str(error))
    table["label"], table["p_adjusted"] = local.label, local.p_adjusted
    return HotSpots(level, table, local, whole)
