"""What stands in the plot of a chart in HTML: bars, limits, lines and bands."""

from __future__ import annotations

import math
import re
from base64 import b64encode
from collections.abc import Sequence
from html import escape, unescape
from typing import Any

from components.charts.still_axes import Axis, numbers, per_cent, placed
from house_style.palette import Theme

DASHES = {"dash": "7 5", "dot": "2 4", "solid": "none", None: "none"}
GRID = 1000  # units of the stretched picture in which lines are drawn
BAR_GAP = 0.2  # plotly's own, of the room of a bar


def heights(trace: dict[str, Any]) -> list[list[float]]:
    """Everything of a trace that the upward axis must hold: figures, limits, the foot of a bar."""
    values = numbers(trace["y"])
    found = [values]
    if trace["type"] == "bar":
        found.append([0.0])
        limits = trace.get("error_y", {})
        if limits.get("visible"):
            found.append([a + b for a, b in zip(values, numbers(limits["array"]), strict=True)])
            found.append([a - b for a, b in zip(values, numbers(limits["arrayminus"]), strict=True)])
    return found


def said(trace: dict[str, Any], at: int) -> str:
    """What the pointer finds at one mark, as plain lines: the trace's own words, without markup."""
    if trace.get("hoverinfo") == "skip" or trace.get("customdata") is None:
        return ""
    text = str(trace["customdata"][at])
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"<br\s*/?>", "\n", text)))


def tip(trace: dict[str, Any], at: int) -> str:
    words = said(trace, at)
    return f' title="{escape(words, quote=True)}"' if words else ""


def sideways(trace: dict[str, Any]) -> bool:
    """Whether the bars of a trace lie, with names down the side."""
    return trace["type"] == "bar" and trace.get("orientation") == "h"


def bars(trace: dict[str, Any], across: Axis, up: Axis, theme: Theme, gap: float = BAR_GAP) -> str:
    """Bars with their limits."""
    parts = []
    for i, (middle, value, wide) in enumerate(_rows(trace, gap)):
        if math.isnan(value) or math.isnan(middle):
            continue
        ends = (middle - wide / 2, middle + wide / 2)
        if sideways(trace):
            (left, right), (low, high) = _span(across, (0.0, value)), _span(up, ends)
        else:
            (left, right), (low, high) = _span(across, ends), _span(up, (0.0, value))
        size = f"width:calc({per_cent(right - left)} - 1.5px);height:{per_cent(high - low)}"
        colour = trace["marker"]["color"]
        paint = colour if isinstance(colour, str) else colour[i]
        edge = f";outline:1px solid {theme.quiet};outline-offset:-1px" if _edged(trace) else ""
        parts.append(f'<i style="{placed(left, high)}{size};background:{paint}{edge}"{tip(trace, i)}></i>')
    return "".join(parts) + _whiskers(trace, across, up, theme)


def at_bars(trace: dict[str, Any], across: Axis, up: Axis) -> str:
    """The words over upright bars, drawn last so that no line crosses them."""
    if sideways(trace) or not trace.get("text"):
        return ""
    parts = []
    for words, x, y in zip(trace["text"], numbers(trace["x"]), numbers(trace["y"]), strict=True):
        if words and not math.isnan(y):
            style = f"{placed(across.part(x), up.part(y))}transform:translate(-50%,-105%)"
            parts.append(f'<span class="note spare" style="{style}">{escape(str(words))}</span>')
    return "".join(parts)


def _edged(trace: dict[str, Any]) -> bool:
    """Whether bars have an outline of their own: pale ones would be lost on the paper."""
    return bool(trace["marker"].get("line", {}).get("width", 0) < 1 and "line" in trace["marker"])


def _rows(trace: dict[str, Any], gap: float) -> list[tuple[float, float, float]]:
    """Middle, figure and width of each bar. Names have the places 0, 1, 2 ... in their order."""
    values = numbers(trace["x" if sideways(trace) else "y"])
    middles = [float(i) for i in range(len(values))] if sideways(trace) else numbers(trace["x"])
    widths = numbers(trace["width"]) if trace.get("width") is not None else [1 - gap] * len(values)
    return list(zip(middles, values, widths, strict=True))


def _span(axis: Axis, ends: tuple[float, float]) -> tuple[float, float]:
    low, high = sorted(axis.part(end) for end in ends)
    return low, high


def _whiskers(trace: dict[str, Any], across: Axis, up: Axis, theme: Theme) -> str:
    limits = trace.get("error_y", {})
    if not limits.get("visible"):
        return ""
    parts = []
    reach = zip(*(numbers(trace[name]) for name in ("x", "y")), strict=True)
    down, over = numbers(limits["arrayminus"]), numbers(limits["array"])
    for (middle, value), less, more in zip(reach, down, over, strict=True):
        bottom, top = up.part(value - less), up.part(value + more)
        if not (math.isnan(bottom) or math.isnan(top)):
            place = f"{placed(across.part(middle), top)}height:{per_cent(top - bottom)}"
            parts.append(f'<i class="whisker" style="{place};color:{theme.text}"></i>')
    return "".join(parts)


def picture(traces: Sequence[dict[str, Any]], across: Axis, up: Axis) -> str:
    """Lines and bands of all traces, in their order, as one picture; "" without any."""
    paths = "".join(_path(trace, across, up) for trace in traces if "lines" in trace.get("mode", "lines"))
    if not paths:
        return ""
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {GRID} {GRID}" preserveAspectRatio="none">'
        f"{paths}</svg>"
    )
    return f'<img alt="" src="data:image/svg+xml;base64,{b64encode(drawn.encode()).decode()}">'


def _path(trace: dict[str, Any], across: Axis, up: Axis) -> str:
    """The line of a trace, broken where a figure is missing, or the area that it encloses."""
    style = trace.get("line", {})
    x, y = numbers(trace["x"]), numbers(trace["y"])
    steps, drawing = [], False
    for a, b in zip(*(_stepped(x, y) if style.get("shape") == "hvh" else (x, y)), strict=True):
        if math.isnan(a) or math.isnan(b):
            drawing = False
            continue
        steps.append(f"{'L' if drawing else 'M'}{GRID * across.part(a):.1f} {GRID * (1 - up.part(b)):.1f}")
        drawing = True
    if trace.get("fill") == "toself":
        return f'<path d="{"".join(steps)}Z" {_paint(trace["fillcolor"])}/>'
    if trace.get("fill") is not None:
        raise ValueError(f"no area is drawn of the kind {trace['fill']!r}")
    return (
        f'<path d="{"".join(steps)}" fill="none" stroke="{style["color"]}" '
        f'stroke-width="{style.get("width", 2)}" stroke-dasharray="{DASHES[style.get("dash")]}" '
        'stroke-linejoin="round" vector-effect="non-scaling-stroke"/>'
    )


def _stepped(x: Sequence[float], y: Sequence[float]) -> tuple[list[float], list[float]]:
    """A line that holds each figure half way to its neighbours."""
    across, up = [x[0]], [y[0]]
    for i in range(1, len(x)):
        middle = (x[i - 1] + x[i]) / 2
        across += [middle, middle, x[i]]
        up += [y[i - 1], y[i], y[i]]
    return across, up


def _paint(colour: str) -> str:
    """A filling as attributes that every reader of SVG knows."""
    found = re.fullmatch(r"rgba\((\d+),(\d+),(\d+),([\d.]+)\)", colour.replace(" ", ""))
    if not found:
        return f'fill="{colour}"'
    red, green, blue, alpha = found.groups()
    return f'fill="rgb({red},{green},{blue})" fill-opacity="{alpha}"'
