"""Labels at the right ends of lines, moved apart so that they never cover each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

APART = 17  # pixels between two names
LONGEST = 12  # characters beside a chart: numbers, and names of what has none


@dataclass(frozen=True)
class End:
    """The end of one line: its distance from the top in pixels, and its value, label, colour and x."""

    pixels: float
    value: float
    label: str
    colour: str
    x: float


def end_labels(ends: Sequence[End], ink: str) -> list[dict[str, Any]]:
    """Annotations beside the ends, highest first, each at least 17 pixels below the one above."""
    found: list[dict[str, Any]] = []
    previous: float | None = None
    for end in sorted(ends, key=lambda end: end.pixels):
        at = end.pixels if previous is None else max(end.pixels, previous + APART)
        previous = at
        short = end.label if len(end.label) <= LONGEST else f"{end.label[: LONGEST - 1]}…"
        found.append(
            {
                "x": end.x, "y": end.value, "yshift": end.pixels - at, "xanchor": "left", "xshift": 8,
                "showarrow": False, "text": f'<span style="color:{end.colour}">■</span> {short}',
                "font": {"size": 14, "color": ink},
            }
        )  # fmt: skip
    return found
