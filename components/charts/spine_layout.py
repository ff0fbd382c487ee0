"""Where things stand on a spine: positions from figures, and rows for markers that would cover each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from data.spread import Spread

EDGE = 0.03  # of the width: the outermost marks stand inside the track
CLOSE = 0.055  # of the width: markers nearer than that stand in rows below each other
LANES = 3


def scale(
    spread: Spread, middle: float | None, *, better_low: bool
) -> Callable[[float | None], float | None]:
    """A function from figures to positions: England in the middle, the farther end of the areas at the edge.

    Without a figure for England the middle is half way between the ends. Positions stay within 0 and 1.
    """
    centre = (spread.low + spread.high) / 2 if middle is None else middle
    reach = max(spread.high - centre, centre - spread.low)

    def at(value: float | None) -> float | None:
        if value is None:
            return None
        part = 0.0 if reach <= 0 else (value - centre) / reach
        return min(1.0, max(0.0, 0.5 + (-part if better_low else part) * (0.5 - EDGE)))

    return at


def lanes(positions: Sequence[float]) -> list[int]:
    """A row for each marker so that near ones do not cover each other; a crowd shares the rows."""
    found = [0] * len(positions)
    last: dict[int, float] = {}
    for i in sorted(range(len(positions)), key=lambda i: positions[i]):
        free = [lane for lane in range(LANES) if positions[i] - last.get(lane, -1.0) >= CLOSE]
        lane = free[0] if free else min(last, key=lambda lane: last[lane])
        found[i] = lane
        last[lane] = positions[i]
    return found
