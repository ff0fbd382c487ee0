"""A council's counts in place of the estimates, at every level they reach, giving no withheld one away.

The estimates never use the counts: nothing withheld can be read off them.
"""

from __future__ import annotations

from collections.abc import Set

import numpy as np
import pandas as pd

from data.aggregate import MOSTLY_INSIDE, WHOLE
from data.columns import OBSERVATION_COLUMNS
from data.geography import Geography
from data.ingest.council_counts import CountsError
from methods.audit import TOLERANCE
from methods.intervals import wilson
from methods.results import MethodError
from methods.small_area.cells import Cells, UnprotectedError, also_withhold, known_range
from methods.suppression import primary, rounded

SOURCE = "council-school-readiness"
KEYS = ["area_code", "period"]
# Which counts are summed to which larger areas; where both would do, the wards, which nest.
SUMS = (("ward", "neighbourhood"), ("lsoa", "msoa"), ("lsoa", "ward"), ("lsoa", "neighbourhood"))


def with_counts(
    rows: pd.DataFrame, counts: pd.DataFrame, where: Geography, totals: pd.DataFrame, name: str
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Observations with the counts as group ``all`` and the estimates they replace as group ``expected``.

    Parameters
    ----------
    rows
        Estimates, one for each area and period, group ``all``.
    counts
        Checked counts (`data.ingest.council_counts`).
    totals
        place_code, period, children, achieved as published.
    name
        Of the council's file.

    Returns
    -------
    rows, notes
        A suppressed count is a row with status ``suppressed``; so is one of fewer children than the
        threshold of ``[suppression]``, who did or did not reach the level, and a count that would give
        another away. Areas of which a part is suppressed keep their estimate.

    Raises
    ------
    CountsError
        When withheld counts cannot be protected, or counts of different levels contradict each other.
    """
    counts, notes = _protected(counts, where, totals, name)
    parts = [counts.assign(basis="published", reliability="A")]
    for origin, target in SUMS:
        parts.append(_summed(pd.concat(parts, ignore_index=True), where, origin, target))
    actual = pd.concat(parts, ignore_index=True)
    actual = actual[(actual["status"] == "suppressed") | (actual["children"] > 0)]
    replaced = pd.MultiIndex.from_frame(rows[KEYS]).isin(pd.MultiIndex.from_frame(actual[KEYS]))
    kept = rows.assign(group=np.where(replaced, "expected", rows["group"]))
    return pd.concat([kept, _observed(actual, where.config.suppression.round_to)], ignore_index=True), notes


def _protected(
    counts: pd.DataFrame, where: Geography, totals: pd.DataFrame, name: str
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Suppress small counts, and further ones until no small or suppressed count can be worked out."""
    pieces = _pieces(where)
    published = totals.set_index(["place_code", "period"])
    threshold = where.config.suppression.threshold
    counts, notes = _without_small(counts, threshold, name)
    for (place, period), given in counts.groupby(["place_code", "period"], sort=True):
        total = published.loc[(place, period)]
        own = pieces[str(place)]
        cells = {code: held for code, held in pieces.items() if held <= own}
        kinds = set(given["area_level"])
        if "lsoa" in kinds and len(kinds) > 1:  # their borders cut each other: the slivers are areas too
            cells |= {f"{lsoa} in {ward}": frozenset({(lsoa, ward)}) for lsoa, ward in own}
        elif "lsoa" not in kinds:  # a part of an area with a count can have any part of that count
            cells = {code: held for code, held in cells.items() if code not in {lsoa for lsoa, _ in own}}
        label = f"{name}: {where.config.place(str(place)).name} in {period}"
        extra = _extra(cells, given, str(place), total, label, threshold)
        also = given.index[given["area_code"].isin(extra)]
        counts.loc[also, "status"] = "suppressed"
        counts.loc[also, ["children", "achieved"]] = np.nan
        if extra:
            notes.append(
                f"{label}: {len(extra)} further areas are withheld so that the suppressed ones cannot "
                "be worked out"
            )
    return counts, tuple(notes)


def _without_small(counts: pd.DataFrame, threshold: int, name: str) -> tuple[pd.DataFrame, list[str]]:
    """The counts without those of fewer children than the threshold who did, or did not, reach the level."""
    counts = counts.copy()
    told = counts.index[(counts["status"] == "reported") & (counts["children"] > 0)]
    small = told[primary(counts.loc[told, "achieved"], counts.loc[told, "children"], threshold=threshold)]
    counts.loc[small, "status"] = "suppressed"
    counts.loc[small, ["children", "achieved"]] = np.nan
    if not len(small):
        return counts, []
    return counts, [
        f"{name}: {len(small)} counts are withheld, of fewer than {threshold} children who did, or did not, "
        "reach the level ([suppression] threshold in config.toml)"
    ]


def _extra(
    cells: Cells, given: pd.DataFrame, place: str, total: pd.Series, label: str, threshold: int
) -> frozenset[str]:
    hidden = set(given.loc[given["status"] == "suppressed", "area_code"])
    known = given[given["status"] == "reported"].set_index("area_code")
    reached = {str(code): float(count) for code, count in known["achieved"].items()}
    behind = {str(code): float(count) for code, count in (known["children"] - known["achieved"]).items()}
    rest = float(total["children"] - total["achieved"])
    whole = [{**reached, place: float(total["achieved"])}, {**behind, place: rest}]
    try:
        return _closed(cells, whole, hidden, {place}, threshold)
    except UnprotectedError as error:
        raise _refused(label, error) from error
    except MethodError:
        # the counts need not make up the published total: then nobody can subtract from it either
        return _without_place(cells, [reached, behind], hidden, label, threshold)


def _without_place(
    cells: Cells, measures: list[dict[str, float]], hidden: set[str], label: str, threshold: int
) -> frozenset[str]:
    try:
        inside = {code: held for code, held in cells.items() if code in measures[0] or code in hidden}
        return _closed(inside, measures, hidden, frozenset(), threshold)
    except MethodError as error:
        raise _refused(label, error) from error


def _closed(
    cells: Cells, measures: list[dict[str, float]], hidden: Set[str], fixed: Set[str], threshold: int
) -> frozenset[str]:
    """Which counts to withhold so that neither a hidden count nor a small one that nobody gave is found."""
    asked = set(hidden)
    while True:
        extra = also_withhold(cells, measures, asked, fixed, threshold)
        more = _given_away(cells, measures, asked | extra, threshold)
        if not more:
            return extra
        asked |= more


def _given_away(cells: Cells, measures: list[dict[str, float]], hidden: Set[str], threshold: int) -> set[str]:
    """Areas without a count of their own of which the others show that it is small, and not 0."""
    found: set[str] = set()
    asked = sorted(set(cells) - set(measures[0]) - set(hidden))
    if not asked:
        return found
    for measure in measures:
        published = {name: count for name, count in measure.items() if name not in hidden}
        low, high = known_range(cells, published, asked)
        for name, least, most in zip(asked, low, high, strict=True):
            if most - least < threshold - TOLERANCE and least < threshold and most > TOLERANCE:
                found.add(name)
    return found


def _refused(label: str, error: MethodError) -> CountsError:
    return CountsError(
        f"{label}: the suppressed counts cannot be protected ({error}). Give counts of one level only "
        "(wards, for example), or leave this year out"
    )


def _pieces(where: Geography) -> dict[str, frozenset[tuple[str, str]]]:
    """Of every LSOA, ward, neighbourhood and Place: the pieces (LSOA, ward) it is made of."""
    table = where.shares["lsoa"]
    table = table[table["to_level"] == "ward"]
    pairs = pd.DataFrame({"lsoa": table["from_code"], "ward": table["to_code"]})
    pairs["place"] = pairs["ward"].map(where.areas.set_index("area_code")["place_code"])
    groups = where.shares["ward"]
    groups = groups[groups["to_level"] == "neighbourhood"]
    pairs["neighbourhood"] = pairs["ward"].map(dict(zip(groups["from_code"], groups["to_code"], strict=True)))
    found: dict[str, set[tuple[str, str]]] = {}
    for row in pairs.itertuples(index=False):
        for code in (row.lsoa, row.ward, row.place, row.neighbourhood):
            if isinstance(code, str):
                found.setdefault(code, set()).add((row.lsoa, row.ward))
    return {code: frozenset(pieces) for code, pieces in found.items()}


def _summed(done: pd.DataFrame, where: Geography, origin: str, target: str) -> pd.DataFrame:
    """Counts of larger areas, of which every part is known and that have none of their own yet.

    A sum that would hold a suppressed count is not made: the area keeps its estimate.
    """
    table = where.shares[origin]
    table = table[(table["to_level"] == target) & (table["share"] > 0)]
    size = table.groupby("to_code").size()
    weight = table["weight"].groupby(table["to_code"]).sum()
    inside = table["weight"].where(table["share"] > WHOLE, 0.0).groupby(table["to_code"]).sum() / weight
    own = done[
        (done["area_level"] == origin) & (done["status"] == "reported") & (done["basis"] == "published")
    ]
    joined = own.merge(table, left_on="area_code", right_on="from_code")
    for column in ("children", "achieved"):
        joined[column] = joined[column] * joined["share"]
    by_area = joined.groupby(["to_code", "place_code", "period"], sort=True)
    found = by_area.agg(
        children=("children", "sum"), achieved=("achieved", "sum"), given=("from_code", "size")
    ).reset_index()
    found = found[found["given"] == found["to_code"].map(size)].rename(columns={"to_code": "area_code"})
    has_own = done[done["status"] != "missing"]
    taken = pd.MultiIndex.from_frame(found[KEYS]).isin(pd.MultiIndex.from_frame(has_own[KEYS]))
    found = found[~taken]
    part_inside = found["area_code"].map(inside)
    exact = part_inside > WHOLE
    return found.assign(
        area_level=target,
        status="reported",
        basis=np.where(exact, "aggregated", "apportioned"),
        reliability=np.select([exact, part_inside >= MOSTLY_INSIDE], ["A", "B"], "C"),
    ).drop(columns="given")


def _rounded(actual: pd.DataFrame, base: int) -> pd.DataFrame:
    """Counts rounded, so that shares made from them tell no more; those of nobody left are suppressed."""
    actual = actual.copy()
    told = actual["status"] == "reported"
    for column in ("children", "achieved"):
        actual.loc[told, column] = rounded(actual.loc[told, column], base)
    gone = told & (actual["children"] == 0)
    actual.loc[gone, "status"] = "suppressed"
    actual.loc[gone, ["children", "achieved"]] = np.nan
    return actual


def _observed(actual: pd.DataFrame, base: int) -> pd.DataFrame:
    """Observations of what was counted, rounded to a multiple of `base`, with Wilson limits."""
    actual = _rounded(actual, base) if base > 1 else actual
    frame = actual.assign(indicator_id="gld", group="all", source_id=SOURCE).reset_index(drop=True)
    frame["numerator"], frame["denominator"] = frame["achieved"].round(2), frame["children"].round(2)
    frame[["value", "lower", "upper"]] = np.nan
    told = (frame["status"] == "reported").to_numpy()
    if told.any():
        rate, lower, upper = wilson(
            frame.loc[told, "achieved"].to_numpy(dtype=float),
            frame.loc[told, "children"].to_numpy(dtype=float),
        )
        for column, numbers in (("value", rate), ("lower", lower), ("upper", upper)):
            frame.loc[told, column] = np.round(100 * numbers, 4)
    return frame[OBSERVATION_COLUMNS]
