"""An area beside its neighbours, and beside the areas of England that are most like it: rows with judgements.

Each row is another area. Its figure is judged against the area's own by the 95% limits of their
difference, for
both figures have limits and neither is a benchmark.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from data.catalogue.model import Indicator
from data.gradient import EXPECTED_FROM_INCOME
from data.query import Bundle
from methods.compare import Direction, Judgement, judge
from methods.contiguity import sharing_edge
from methods.gap import gap
from methods.results import Estimate

LEVELS = ("msoa", "ward", "neighbourhood", "place")
FIGURES = (
    "imd-most-deprived-fifth",
    "children-income-deprived",
    "employment-deprived",
    "older-people-income-deprived",
    "comparative-illness-ratio",
)
# Published for the nine Places alone, so for neighbours only.
AMONG_PLACES = ("gld", "disabled")
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Figure:
    """A figure with its limits; None where there is none."""

    value: float | None
    lower: float | None
    upper: float | None
    period: str = ""


@dataclass(frozen=True)
class Beside:
    """One figure of another area; `verdict` says how that area is compared with the one the page is about."""

    figure: Figure
    verdict: Judgement


@dataclass(frozen=True)
class Row:
    """Another area: `code` is "" where it has no profile here; `cells` in the order of the columns.

    `distance` and `closeness` ("close", "fair", "far") are those of areas alike, None and "" of neighbours.
    """

    code: str
    name: str
    where: str
    cells: tuple[Beside, ...]
    distance: float | None = None
    closeness: str = ""


@dataclass(frozen=True)
class Table:
    """The area's own figures and the rows beside it, all of one period a column."""

    code: str
    indicators: tuple[Indicator, ...]
    own: tuple[Figure, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Count:
    """How the other areas were judged on one figure."""

    indicator: Indicator
    better: int
    similar: int
    worse: int

    @property
    def tested(self) -> int:
        """Areas with a comparison."""
        return self.better + self.similar + self.worse


def neighbours(bundle: Bundle, code: str) -> list[str]:
    """Codes of the areas of the same level that share a stretch of border, in whatever Place, by name."""
    level = str(bundle.areas.loc[code, "area_level"])
    shapes = bundle.geometry(level)
    at = {str(item): i for i, item in enumerate(shapes["area_code"])}
    if level not in LEVELS or code not in at or len(shapes) < 2:
        return []
    found = [str(shapes["area_code"].iloc[i]) for i in sharing_edge(shapes.geometry.to_numpy(), at[code])]
    return sorted(found, key=bundle.name)


def difference(indicator: Indicator, other: Figure, own: Figure) -> Judgement:
    """How another figure compares with one's own: "higher" and the like, in the indicator's words.

    "not compared" wherever a value or limit is missing, or the periods differ.

    Notes
    -----
    Two independent figures are told apart when the 95% limits of their difference leave 0 out; those
    limits come
    from the limits of both (Newcombe's method for proportions).
    """
    if other.period != own.period:
        return "not compared"
    estimates = []
    for figure in (other, own):
        if figure.value is None or figure.lower is None or figure.upper is None:
            return "not compared"
        estimates.append(Estimate(figure.value, figure.lower, figure.upper, CONFIDENCE, "95% limits"))
    absolute = gap(*estimates).absolute
    found: Direction = "higher" if absolute.lower > 0 else "lower" if absolute.upper < 0 else "similar"
    return judge(found, indicator.polarity)


def _known(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else float(value)


def _shown(bundle: Bundle, indicator_id: str, code: str, period: str | None = None) -> Figure:
    found = bundle.value(indicator_id, code, period)
    if found is None:
        return Figure(None, None, None)
    if found.basis == "modelled" and indicator_id in EXPECTED_FROM_INCOME:
        return Figure(None, None, None)  # what income alone would lead to expect cannot be compared
    return Figure(found.value, found.lower, found.upper, found.period)


def _table(
    bundle: Bundle, code: str, wanted: Sequence[str], rows: Sequence[tuple[Row, dict[str, Figure]]]
) -> Table:
    """Fill the rows; a column without a figure of the area's own is left out."""
    own = {item: _shown(bundle, item, code) for item in wanted if item in bundle.catalogue.indicators}
    kept = [item for item, figure in own.items() if figure.value is not None]
    made = []
    for row, figures in rows:
        cells = []
        for item in kept:
            figure = figures.get(item, Figure(None, None, None))
            cells.append(Beside(figure, difference(bundle.catalogue[item], figure, own[item])))
        made.append(Row(row.code, row.name, row.where, tuple(cells), row.distance, row.closeness))
    return Table(
        code,
        tuple(bundle.catalogue[item] for item in kept),
        tuple(own[item] for item in kept),
        tuple(made),
    )


def beside_neighbours(bundle: Bundle, code: str) -> Table:
    """The area beside those it shares a border with, on the area's own latest periods."""
    place = bundle.areas.loc[code, "area_level"] == "place"
    wanted = (*FIGURES, *AMONG_PLACES) if place else FIGURES
    periods = {item: _shown(bundle, item, code).period for item in wanted}
    rows = []
    for other in neighbours(bundle, code):
        where = "" if place else bundle.place_name(bundle.areas.loc[other, "place_code"])
        found = {item: _shown(bundle, item, other, periods[item] or None) for item in wanted}
        rows.append((Row(other, bundle.name(other), where, ()), found))
    return _table(bundle, code, wanted, rows)


def beside_alike(bundle: Bundle, code: str) -> Table:
    """The area beside the five of England most like it, nearest first; no rows where none are listed."""
    listed = bundle.similar_areas[bundle.similar_areas["area_code"] == code].sort_values("rank")
    figures = bundle.similar_figures[bundle.similar_figures["area_code"].isin(listed["similar_code"])]
    by_area = {str(area): part for area, part in figures.groupby("area_code")}
    level = bundle.areas.loc[code, "area_level"]
    rows = []
    for item in listed.itertuples():
        found = {
            str(row.indicator_id): Figure(_known(row.value), _known(row.lower), _known(row.upper), row.period)
            for row in by_area.get(item.similar_code, figures.iloc[:0]).itertuples()
        }
        known = item.similar_code if item.similar_code in bundle.areas.index else ""
        where = "" if level == "place" else item.district_name
        row = Row(known, item.similar_name, where, (), float(item.distance), item.closeness)
        rows.append((row, found))
    return _table(bundle, code, FIGURES, rows)


def counts(table: Table) -> list[Count]:
    """For each figure that could be compared, how many of the other areas were judged what."""
    found = []
    for at, indicator in enumerate(table.indicators):
        verdicts = [row.cells[at].verdict for row in table.rows]
        count = Count(indicator, *(verdicts.count(word) for word in ("better", "similar", "worse")))
        if count.tested:
            found.append(count)
    return found


def measures_of(bundle: Bundle, codes: Sequence[str]) -> pd.DataFrame:
    """The census measures of likeness of some areas, one column an area, in the order given."""
    table = bundle.similar_measures.drop(columns="area_level").set_index("area_code")
    return table.reindex(list(codes)).T
