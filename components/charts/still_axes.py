"""Axes of a chart in HTML: their range, round ticks, and places as parts of the plot."""

from __future__ import annotations

import math
from base64 import b64decode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

AIR = 0.06  # of the span of the figures: room above and below where no range is given
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class Axis:
    """One numeric axis: its range, and where it has ticks with which words."""

    low: float
    high: float
    ticks: tuple[float, ...]
    words: tuple[str, ...]

    def part(self, value: float) -> float:
        """Where a value lies, from 0 (low) to 1 (high)."""
        return (value - self.low) / ((self.high - self.low) or 1.0)


def plain(spec: Any) -> Any:
    """A plotly specification with its packed arrays as lists."""
    if isinstance(spec, dict) and "bdata" in spec:
        return np.frombuffer(b64decode(spec["bdata"]), dtype=spec["dtype"]).tolist()
    if isinstance(spec, np.ndarray):
        return spec.tolist()
    if isinstance(spec, dict):
        return {name: plain(value) for name, value in spec.items() if name != "template"}
    return [plain(value) for value in spec] if isinstance(spec, (list, tuple)) else spec


def numbers(values: Iterable[Any]) -> list[float]:
    """Numbers of a figure; what is missing is not a number, never 0."""
    return [math.nan if value is None else float(value) for value in values]


def named(words: Sequence[str]) -> Axis:
    """An axis of names, the first lowest, each in the middle of its own row."""
    return Axis(-0.5, len(words) - 0.5, tuple(range(len(words))), tuple(words))


def axis(spec: dict[str, Any], values: Sequence[Sequence[float]], *, air: float) -> Axis:
    """The axis of a plotly specification for all values it must hold; `air` is room beyond them."""
    if spec.get("range"):
        low, high = (float(end) for end in spec["range"])
    else:
        known = [value for row in values for value in row if not math.isnan(value)]
        low, high = (min(known), max(known)) if known else (0.0, 1.0)
        room = air * ((high - low) or abs(high) or 1.0)
        low, high = (0.0 if spec.get("rangemode") == "tozero" else low - room), high + room
    if spec.get("tickvals") is not None:
        ticks = tuple(numbers(spec["tickvals"]))
        return Axis(low, high, ticks, tuple(str(word) for word in spec["ticktext"]))
    ticks = round_ticks(low, high, int(spec.get("nticks") or 6))
    suffix = str(spec.get("ticksuffix") or "")
    return Axis(low, high, ticks, tuple(word + suffix for word in tick_words(ticks)))


def round_ticks(low: float, high: float, most: int) -> tuple[float, ...]:
    """At most `most` round numbers from `low` to `high`, a step of 1, 2, 2.5 or 5 (times ten) apart."""
    if not high > low:
        return (low,)
    rough = (high - low) / max(most - 1, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(size * power for size in STEPS if size * power >= rough * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple(round(count * step, 10) for count in range(first, last + 1))


def tick_words(ticks: Sequence[float]) -> list[str]:
    """Numbers as words of an axis: as many decimals as the finest needs, a true minus, thousands apart."""
    decimals = 0
    while decimals < 4 and any(abs(round(tick, decimals) - tick) > 1e-9 for tick in ticks):
        decimals += 1
    return [f"{tick:,.{decimals}f}".replace("-", "−") for tick in ticks]


def per_cent(part: float) -> str:
    """A part of the plot as CSS."""
    return f"{100 * part:.2f}%"


def placed(x: float | None, y: float | None) -> str:
    """A place of the plot as CSS: parts of its width from the left and of its height from the foot."""
    left = "" if x is None else f"left:{per_cent(x)};"
    return left + ("" if y is None else f"top:{per_cent(1 - y)};")
