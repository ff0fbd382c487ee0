"""Names at the right ends of lines, moved apart so that they never cover each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

APART = 17  # pixels between two names
LONGEST = 22  # characters of a name beside a chart


@dataclass(frozen=True)
class End:
    """The end of one line: its distance from the top in pixels and its value, name and colour."""

    pixels: float
    value: float
    label: str
    colour: str


def end_labels(ends: Sequence[End], x: float, ink: str) -> list[dict[str, Any]]:
    """Annotations beside the ends at `x`, highest first, each at least 17 pixels below the one above."""
    found: list[dict[str, Any]] = []
    previous: float | None = None
    for end in sorted(ends, key=lambda end: end.pixels):
        at = end.pixels if previous is None else max(end.pixels, previous + APART)
        previous = at
        short = end.label if len(end.label) <= LONGEST else f"{end.label[: LONGEST - 1]}…"
        found.append(
            {
                "x": x, "y": end.value, "yshift": end.pixels - at, "xanchor": "left", "xshift": 8,
                "showarrow": False, "text": f'<span style="color:{end.colour}">■</span> {short}',
                "font": {"size": 13, "color": ink},
            }
        )  # fmt: skip
    return found
