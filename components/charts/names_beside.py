"""Names beside marks, placed for several widths of a plot so that none lies on another or on a mark.

The server does not know how wide the reader's screen is. A chart in HTML is given the names for each range
of widths, and the style sheet shows those of its own (`components.charts.still.CSS`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

# Of the plot, in pixels: a chart of up to 30, up to 52, up to 72rem and of more has at least the first. What
# is free at all of these stays free between them, since marks only move apart sideways.
WIDTHS = {
    "narrow": (196, 300, 400), "medium": (400, 570, 740), "wide": (740, 900, 1060),
    "broad": (1060, 1300, 1560),
}  # fmt: skip
OF_A_PICTURE = (820,)  # of a chart that is drawn at one size
LETTER = 6.4  # pixels a letter of a name takes, at 12 pixels
LINE, MARK = 16, 6  # pixels: height of a name, half of a mark
OFF = 8  # pixels from the middle of a mark to its name
OVER = (6, 22)  # pixels a name may reach over the left and the right edge of the plot
_NOTHING = np.empty((0, 4))
AROUND = (
    ("left", "middle"), ("right", "middle"), ("center", "bottom"), ("center", "top"),
    ("left", "bottom"), ("left", "top"), ("right", "bottom"), ("right", "top"),
)  # fmt: skip


@dataclass(frozen=True)
class Spot:
    """Where words can stand: a place in figures, and which side of the words is held there ("left" for
    words right of it, "bottom" for words above it). `off` is for words of a mark, which keep away from it;
    `further` moves them on, in pixels upwards.
    """

    x: float
    y: float
    across: str
    down: str
    off: bool = True
    further: float = 0.0

    @property
    def shift(self) -> tuple[float, float]:
        """Pixels to the right and upwards from the place."""
        if not self.off:
            return 0.0, 0.0
        corner = self.across != "center" and self.down != "middle"
        right = {"left": 1, "right": -1}.get(self.across, 0) * (MARK + 1 if corner else OFF)
        right *= not self.further
        up = {"bottom": 1, "top": -1}.get(self.down, 0) * (4 if corner else OFF - 2)
        return float(right), up + self.further


@dataclass(frozen=True)
class Label:
    """Words and where they can stand, the best spot first; `must` for words that may lie on marks, `bold` for
    those of a mark that stands out.
    """

    text: str
    spots: tuple[Spot, ...]
    ink: str
    must: bool = False
    bold: bool = False


@dataclass(frozen=True)
class Plot:
    """The ranges of both axes and the height of the plot in pixels."""

    across: tuple[float, float]
    up: tuple[float, float]
    height: float

    def pixels(self, x: Any, y: Any, width: float) -> tuple[Any, Any]:
        """Places in figures as pixels from the left and from the foot, of a plot of a width."""
        (left, right), (low, high) = self.across, self.up
        return (x - left) / ((right - left) or 1.0) * width, (y - low) / ((high - low) or 1.0) * self.height


def around(text: str, x: float, y: float, ink: str, *, must: bool = False) -> Label:
    """The name of a mark, which can stand on any side of it; one that `must` be there is bold."""
    spots = [Spot(x, y, *side) for side in AROUND]
    if must:  # a line's own words may stand there already
        ways = (("bottom", LINE), ("top", -LINE))
        spots += [
            Spot(x, y, across, down, further=by * step)
            for step in (1, 2)
            for across in ("left", "right")
            for down, by in ways
        ]
    return Label(text, tuple(spots), ink, must, bold=must)


def notes(
    labels: Sequence[Label], marks: tuple[Any, Any], plot: Plot, *, most: int = 99, every_width: bool = False
) -> list[dict[str, Any]]:
    """Annotations of a plotly figure for the labels that find room, at most `most` at any width.

    `marks` are their places across and up, in figures. As it is, the notes are those of a picture; with
    `every_width` they are those of all widths, each with the ranges that it belongs to as its name.
    """
    chosen: dict[tuple[int, int], list[str]] = {}
    for name, widths in WIDTHS.items() if every_width else (("", OF_A_PICTURE),):
        for at in _placed(labels, marks, plot, widths, most):
            chosen.setdefault(at, []).append(name)
    return [
        _note(labels[i], labels[i].spots[spot]) | ({"name": " ".join(names)} if every_width else {})
        for (i, spot), names in chosen.items()
    ]


def _placed(
    labels: Sequence[Label], marks: tuple[Any, Any], plot: Plot, widths: Sequence[float], most: int
) -> list[tuple[int, int]]:
    """Label and spot of each name that is free at all widths; names given before go first."""
    across, up = (np.asarray(values, dtype=float) for values in marks)
    dots = []
    for width in widths:
        x, y = plot.pixels(across, up, width)
        dots.append(np.column_stack([x - MARK, y - MARK, x + MARK, y + MARK]))
    taken = [_NOTHING] * len(widths)
    found: list[tuple[int, int]] = []
    for i, label in enumerate(labels):
        tries = [(spot, dots) for spot in range(len(label.spots))]
        tries += [(spot, [_NOTHING] * len(widths)) for spot in range(len(label.spots)) if label.must]
        for spot, near in tries:
            boxes = [_box(label.text, label.spots[spot], plot, width) for width in widths]
            if all(
                _inside(box, width, plot) and not _touches(box, names) and not _touches(box, around_it)
                for box, width, names, around_it in zip(boxes, widths, taken, near, strict=True)
            ):
                for at, box in enumerate(boxes):
                    taken[at] = np.vstack([taken[at], box])
                found.append((i, spot))
                break
        if len(found) == most:
            break
    return found


def _box(text: str, spot: Spot, plot: Plot, width: float) -> tuple[float, float, float, float]:
    x, y = plot.pixels(spot.x, spot.y, width)
    right, up = spot.shift
    wide = LETTER * len(text)
    left = x + right - {"left": 0.0, "right": wide}.get(spot.across, wide / 2)
    foot = y + up - {"bottom": 0.0, "top": LINE}.get(spot.down, LINE / 2)
    return left, foot, left + wide, foot + LINE


def _inside(box: tuple[float, ...], width: float, plot: Plot) -> bool:
    return box[0] > -OVER[0] and box[2] < width + OVER[1] and box[1] >= 0 and box[3] <= plot.height + LINE


def _touches(box: tuple[float, ...], others: np.ndarray) -> bool:
    apart = (others[:, 2] <= box[0]) | (others[:, 0] >= box[2])
    apart |= (others[:, 3] <= box[1]) | (others[:, 1] >= box[3])
    return not bool(apart.all())


def _note(label: Label, spot: Spot) -> dict[str, Any]:
    right, up = spot.shift
    font = {"size": 12, "color": label.ink} | ({"weight": 600} if label.bold else {})
    return {
        "x": spot.x, "y": spot.y, "text": label.text, "showarrow": False, "xanchor": spot.across,
        "yanchor": spot.down, "xshift": right, "yshift": up, "font": font,
    }  # fmt: skip
