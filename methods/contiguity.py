"""Which areas are neighbours: queen contiguity, with islands handled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from shapely import STRtree, distance, intersection, length
from shapely.geometry.base import BaseGeometry

from methods.results import MethodError, refuse

Islands = Literal["nearest", "leave"]


@dataclass(frozen=True)
class Neighbours:
    """Which areas are neighbours.

    Attributes
    ----------
    of
        For each area the positions of its neighbours, ascending; symmetrical, never itself.
    islands
        Positions of the areas that touch no other.
    method
        In words, with what was done about islands.
    """

    of: tuple[tuple[int, ...], ...]
    islands: tuple[int, ...]
    method: str

    def among(self, kept: npt.NDArray[np.bool_]) -> Neighbours:
        """The neighbours that remain when only the areas marked in `kept`, shape (n,), do; renumbered."""
        number = np.cumsum(kept) - 1
        of = tuple(tuple(int(number[j]) for j in row if kept[j]) for i, row in enumerate(self.of) if kept[i])
        return Neighbours(of, tuple(int(number[i]) for i in self.islands if kept[i]), self.method)


def queen(
    polygons: Sequence[BaseGeometry] | npt.NDArray[Any], *, islands: Islands = "nearest", snap: float = 0.0
) -> Neighbours:
    """Neighbours by queen contiguity: areas that share an edge or a corner.

    Parameters
    ----------
    polygons
        One (multi)polygon an area, shape (n,), n at least 2, in one projection. Boundaries simplified
        together keep touching.
    islands
        What to do with an area that touches no other: ``nearest`` joins it to the area nearest to it, both
        ways; ``leave`` leaves it without a neighbour, and untested.
    snap
        Distance, in the unit of the coordinates, up to which areas count as touching.

    Raises
    ------
    MethodError
        For fewer than two polygons, a missing or empty one, a negative distance or an unknown way with
        islands.

    References
    ----------
    Anselin L (1988), Spatial Econometrics: Methods and Models, chapter 3.

    Examples
    --------
    >>> from shapely import box
    >>> queen([box(0, 0, 1, 1), box(1, 1, 2, 2), box(5, 5, 6, 6)]).of
    ((1,), (0, 2), (1,))
    """
    if islands not in ("nearest", "leave"):
        raise MethodError(f"unknown way with islands {islands!r}; expected nearest or leave")
    if not snap >= 0:
        raise MethodError(f"the distance to count as touching must not be negative, not {snap!r}")
    shapes = np.asarray(polygons, dtype=object)
    if shapes.size < 2:
        raise MethodError(f"neighbours need at least two areas, found {shapes.size}")
    blank = np.array([shape is None or shape.is_empty for shape in shapes])
    refuse(blank, np.arange(shapes.size), "an area has no polygon")
    tree = STRtree(shapes)
    how = {"predicate": "dwithin", "distance": snap} if snap else {"predicate": "intersects"}
    pairs = tree.query(shapes, **how)
    rows: list[set[int]] = [set() for _ in shapes]
    for i, j in pairs.T.tolist():
        if i != j:
            rows[i].add(j)
            rows[j].add(i)
    alone = tuple(i for i, row in enumerate(rows) if not row)
    if islands == "nearest":
        for i in alone:
            apart = distance(shapes, shapes[i])
            apart[i] = np.inf
            nearest = int(np.argmin(apart))
            rows[i].add(nearest)
            rows[nearest].add(i)
    done = "joined to the nearest area" if islands == "nearest" else "left without neighbours"
    return Neighbours(tuple(tuple(sorted(row)) for row in rows), alone, f"queen contiguity, islands {done}")


def sharing_edge(polygons: Sequence[BaseGeometry] | npt.NDArray[Any], at: int) -> tuple[int, ...]:
    """Positions of the polygons that share a stretch of border with one of them; a corner is not enough.

    Parameters
    ----------
    polygons
        Shape (n,), boundaries simplified together, so that what touches still does.
    at
        Position of the one, 0 to n - 1.

    Raises
    ------
    MethodError
        When a polygon is missing or empty, or there is none at `at`.

    Examples
    --------
    >>> from shapely import box
    >>> sharing_edge([box(0, 0, 1, 1), box(1, 0, 2, 1), box(1, 1, 2, 2)], 0)
    (1,)
    """
    shapes = np.asarray(polygons, dtype=object)
    if not 0 <= at < shapes.size:
        raise MethodError(f"there is no polygon at {at}: there are {shapes.size}")
    blank = np.array([shape is None or shape.is_empty for shape in shapes])
    refuse(blank, np.arange(shapes.size), "an area has no polygon")
    touching = STRtree(shapes).query(shapes[at], predicate="intersects")
    touching = np.sort(touching[touching != at])
    shared = length(intersection(shapes[touching], shapes[at]))
    return tuple(int(i) for i in touching[shared > 0])
