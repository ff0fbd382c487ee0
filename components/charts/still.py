"""A chart as plain HTML in the page, from the same figure that plotly would draw: no script, one element.

Plotly takes 100 ms for a chart whose figure changes, because Streamlit makes it anew and it then draws twice
(decision 0043). This reads the few kinds of traces of the charts that change with every choice: bars with
limits, lines, bands, markers, notes and level lines, on numeric axes. Anything else is refused. What plotly
shows under the pointer stands in the ``title`` of each bar and mark.

Streamlit lets no SVG through in HTML, so that lines and bands are one picture, stretched over the plot, and
everything else is placed over it. Places along the axes are per cent of the plot: the chart fits any width
while type, strokes and marks keep their size.
"""

from __future__ import annotations

import math
import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

import plotly.graph_objects as go

from components.palette import THEMES, Mode, Theme

WIDE = 7.2  # pixels: a digit of the type of the axes
DASHES = {"dash": "7 5", "dot": "2 4", "solid": "none", None: "none"}
BORDERS = {"dash": "dashed", "dot": "dotted", "solid": "solid", None: "solid"}
ACROSS = {"left": "0px", "right": "-100%"}  # of its own width, by where a note is held; else its middle
DOWN = {"top": "0px", "bottom": "-100%"}
GRID = 1000  # units of the stretched picture in which lines are drawn
AIR = 0.06  # of the span of the figures: room above and below where no range is given
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
TARGET = 18  # pixels: what the pointer must hit to hear of a mark
CSS = """
.chart { position: relative; font-size: .82rem; line-height: 1.2; }
.chart > div { position: absolute; }
.chart :is(i, b, span, img) { position: absolute; }
.chart i { display: block; } .chart span { white-space: nowrap; }
.chart span > i { position: static; display: inline; font-style: normal; }
.chart i.level { left: 0; right: 0; height: 0; border-top: 1px solid; }
.chart i.upright { top: 0; bottom: 0; width: 0; border-left: 1px solid; }
.chart i.whisker { width: 7px; margin-left: -3.5px; border: solid; border-width: 1.5px 0;
  background: linear-gradient(currentColor, currentColor) center / 1.5px 100% no-repeat; }
.chart i:is(.whisker, .level, .upright) { pointer-events: none; }
.chart b { border-radius: 50%; transform: translate(-50%, -50%); }
.chart img { inset: 0; width: 100%; height: 100%; pointer-events: none; overflow: visible; }
"""


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


def draw(chart: go.Figure, *, alt: str, mode: Mode = "light") -> str:
    """The chart as HTML; ValueError for a trace or a shape that it cannot draw."""
    theme, spec = THEMES[mode], chart.to_plotly_json()
    layout, traces = spec["layout"], spec["data"]
    bars = [trace for trace in traces if trace["type"] == "bar"]
    lines = [trace for trace in traces if trace["type"] == "scatter"]
    if len(bars) + len(lines) < len(traces) or any(trace.get("orientation") == "h" for trace in bars):
        raise ValueError("only upright bars, lines and marks are drawn")
    across = _axis(layout.get("xaxis", {}), [_numbers(trace["x"]) for trace in traces], air=0.0)
    heights = [values for trace in traces for values in _heights(trace)]
    up = _axis(layout.get("yaxis", {}), heights, air=AIR)
    titles = _title(layout, "xaxis"), _title(layout, "yaxis")
    left = round(14 + WIDE * max((len(word) for word in up.words), default=1) + (20 if titles[1] else 0))
    margin = layout.get("margin", {})
    inner = "".join(
        [
            _frame(layout, across, up, theme),
            *(_bars(trace, across, up, theme) for trace in bars),
            *(_level(shape, up) for shape in layout.get("shapes", ())),
            _picture(lines, across, up),
            *(_marks(trace, across, up) for trace in lines),
            *(_note(note, across, up, theme) for note in layout.get("annotations", ())),
            _titles(titles, left, theme),
        ]
    )
    place = f"left:{left}px;right:{margin.get('r', 16)}px;top:{margin.get('t', 12)}px;"
    label = escape(alt, quote=True)
    return (
        f'<div class="chart" role="img" aria-label="{label}" style="height:{layout["height"]}px">'
        f'<div style="{place}bottom:{46 if titles[0] else 28}px" aria-hidden="true">{inner}</div></div>'
    )


def _numbers(values: Iterable[Any]) -> list[float]:
    return [math.nan if value is None else float(value) for value in values]


def _heights(trace: dict[str, Any]) -> list[list[float]]:
    """Everything of a trace that the upward axis must hold: figures, limits, the foot of a bar."""
    values = _numbers(trace["y"])
    found = [values]
    if trace["type"] == "bar":
        found.append([0.0])
        limits = trace.get("error_y", {})
        if limits.get("visible"):
            found.append([a + b for a, b in zip(values, _numbers(limits["array"]), strict=True)])
            found.append([a - b for a, b in zip(values, _numbers(limits["arrayminus"]), strict=True)])
    return found


def _title(layout: dict[str, Any], name: str) -> str:
    title = layout.get(name, {}).get("title") or ""
    return str(title.get("text") or "") if isinstance(title, dict) else str(title)


def _axis(spec: dict[str, Any], values: Sequence[Sequence[float]], *, air: float) -> Axis:
    if spec.get("range"):
        low, high = (float(end) for end in spec["range"])
    else:
        known = [value for row in values for value in row if not math.isnan(value)]
        low, high = (min(known), max(known)) if known else (0.0, 1.0)
        room = air * ((high - low) or abs(high) or 1.0)
        low, high = (0.0 if spec.get("rangemode") == "tozero" else low - room), high + room
    if spec.get("tickvals") is not None:
        ticks = tuple(_numbers(spec["tickvals"]))
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


def _per_cent(part: float) -> str:
    return f"{100 * part:.2f}%"


def _placed(x: float | None, y: float | None) -> str:
    """A place of the plot as CSS: parts of its width from the left and of its height from the foot."""
    left = "" if x is None else f"left:{_per_cent(x)};"
    return left + ("" if y is None else f"top:{_per_cent(1 - y)};")


def _frame(layout: dict[str, Any], across: Axis, up: Axis, theme: Theme) -> str:
    """Grid and the words of both axes."""
    parts = []
    for tick, word in zip(up.ticks, up.words, strict=True):
        ink = theme.quiet if tick == 0 and up.low < 0 else theme.grid
        at = _placed(None, up.part(tick))
        parts.append(f'<i class="level" style="{at}color:{ink}"></i>')
        parts.append(
            f'<span style="{at}right:calc(100% + 8px);transform:translateY(-50%)">{escape(word)}</span>'
        )
    shown = layout.get("xaxis", {}).get("showgrid") is not False
    for tick, word in zip(across.ticks, across.words, strict=True):
        at = _placed(across.part(tick), None)
        if shown:
            parts.append(f'<i class="upright" style="{at}color:{theme.grid}"></i>')
        words = "<br>".join(escape(line) for line in re.split(r"<br\s*/?>", word))
        parts.append(f'<span style="{at}top:calc(100% + 5px);transform:translateX(-50%)">{words}</span>')
    return "".join(parts)


def _titles(titles: tuple[str, str], left: int, theme: Theme) -> str:
    below, beside = (escape(title) for title in titles)
    ink = f"color:{theme.quiet}"
    parts = []
    if below:
        style = f"left:50%;top:calc(100% + 25px);transform:translateX(-50%);{ink}"
        parts.append(f'<span style="{style}">{below}</span>')
    if beside:
        style = f"left:{8 - left}px;top:50%;transform:translate(-50%,-50%) rotate(-90deg);{ink}"
        parts.append(f'<span style="{style}">{beside}</span>')
    return "".join(parts)


def said(trace: dict[str, Any], at: int) -> str:
    """What the pointer finds at one mark, as plain lines: the trace's own words, without markup."""
    if trace.get("hoverinfo") == "skip" or trace.get("customdata") is None:
        return ""
    text = str(trace["customdata"][at])
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"<br\s*/?>", "\n", text)))


def _tip(trace: dict[str, Any], at: int) -> str:
    words = said(trace, at)
    return f' title="{escape(words, quote=True)}"' if words else ""


def _bars(trace: dict[str, Any], across: Axis, up: Axis, theme: Theme) -> str:
    parts = []
    limits = trace.get("error_y", {})
    reach = [_numbers(limits[name]) if limits.get("visible") else [] for name in ("arrayminus", "array")]
    x, y, width = (_numbers(trace[name]) for name in ("x", "y", "width"))
    for i, (middle, value, wide) in enumerate(zip(x, y, width, strict=True)):
        if math.isnan(value) or math.isnan(middle):
            continue
        start, end = across.part(middle - wide / 2), across.part(middle + wide / 2)
        foot, head = sorted((up.part(0.0), up.part(value)))
        parts.append(
            f'<i style="{_placed(start, head)}width:calc({_per_cent(end - start)} - 1.5px);'
            f'height:{_per_cent(head - foot)};background:{trace["marker"]["color"][i]}"{_tip(trace, i)}></i>'
        )
        if limits.get("visible"):
            low, high = value - reach[0][i], value + reach[1][i]
            if not (math.isnan(low) or math.isnan(high)):
                bottom, top = up.part(low), up.part(high)
                place = f"{_placed(across.part(middle), top)}height:{_per_cent(top - bottom)}"
                parts.append(f'<i class="whisker" style="{place};color:{theme.text}"></i>')
    return "".join(parts)


def _picture(traces: Sequence[dict[str, Any]], across: Axis, up: Axis) -> str:
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
    x, y = _numbers(trace["x"]), _numbers(trace["y"])
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


def _marks(trace: dict[str, Any], across: Axis, up: Axis) -> str:
    if "markers" not in trace.get("mode", ""):
        return ""
    marker, parts = trace["marker"], []
    colour = marker.get("color") or trace["line"]["color"]
    ring = (TARGET - marker["size"]) / 2  # a larger target than the mark, for the pointer
    for i, (a, b) in enumerate(zip(_numbers(trace["x"]), _numbers(trace["y"]), strict=True)):
        if math.isnan(a) or math.isnan(b):
            continue
        size = f"width:{TARGET}px;height:{TARGET}px;border:{ring:g}px solid transparent"
        style = f"{_placed(across.part(a), up.part(b))}{size};background:{colour} padding-box"
        parts.append(f'<b style="{style}"{_tip(trace, i)}></b>')
    return "".join(parts)


def _level(shape: dict[str, Any], up: Axis) -> str:
    if shape["type"] != "line" or shape["y0"] != shape["y1"]:
        raise ValueError("only level lines are drawn as shapes")
    line = shape["line"]
    border = f"border-top:{line['width']}px {BORDERS[line.get('dash')]} {line['color']}"
    return f'<i class="level" style="{_placed(None, up.part(shape["y0"]))}{border}"></i>'


def _note(note: dict[str, Any], across: Axis, up: Axis, theme: Theme) -> str:
    """Words at a place of the plot; a coloured ``<span>`` keeps its colour."""
    font = note.get("font", {})
    right, lift = note.get("xshift", 0), -note.get("yshift", 0)
    own = ACROSS.get(str(note.get("xanchor")), "-50%"), DOWN.get(str(note.get("yanchor")), "-50%")
    move = f"transform:translate(calc({own[0]} + {right}px), calc({own[1]} + {lift:.1f}px))"
    ink = f"font-size:{font.get('size', 13)}px;color:{font.get('color') or theme.text}"
    words = "<br>".join(_coloured(line) for line in re.split(r"<br\s*/?>", str(note["text"])))
    at = _placed(across.part(note["x"]), up.part(note["y"]))
    return f'<span style="{at}{move};{ink}">{words}</span>'


def _coloured(text: str) -> str:
    found = re.fullmatch(r'<span style="color:(#[0-9a-f]{6})">(.*?)</span>(.*)', text)
    if not found:
        return escape(unescape(re.sub(r"<[^>]+>", "", text)))
    colour, mark, rest = found.groups()
    return f'<i style="color:{colour}">{escape(mark)}</i>{escape(rest)}'
