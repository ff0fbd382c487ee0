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
from collections.abc import Sequence
from html import escape, unescape
from typing import Any

import plotly.graph_objects as go

from components.charts import still_dots
from components.charts.still_axes import AIR, Axis, axis, named, numbers, placed, plain
from components.charts.still_dots import marks
from components.charts.still_marks import BAR_GAP, at_bars, bars, heights, picture, sideways
from house_style.palette import THEMES, Mode, Theme

WIDE = 7.2  # pixels: a digit of the type of the axes
LINE = 16  # pixels: a line of it
MOST_IN_LITTLE, LETTERS_IN_LITTLE = 5, 24  # words of an axis, and letters side by side, on a narrow screen
ROOM_FOR_WORDS = 0.1  # of the span: above bars with words at their ends
BORDERS = {"dash": "dashed", "dot": "dotted", "solid": "solid", None: "solid"}
ACROSS = {"left": "0px", "right": "-100%"}  # of its own width, by where a note is held; else its middle
DOWN = {"top": "0px", "bottom": "-100%"}
# Pixels of the narrowest chart: what an axis title may span there, a letter of it; and of one of 30rem.
TITLE_SPAN, TITLE_LETTER, TITLE_SPAN_MIDDLE = 228, 6, 420
CSS = (
    """
.chart { position: relative; font-size: .82rem; line-height: 1.2; container-type: inline-size; }
.chart span.at { display: none; }
@container (max-width: 30rem) {
  .chart span.spare { display: none; } .chart span.narrow { display: block; }
  .chart > div { bottom: calc(var(--foot) + var(--deep)) !important; }
}
@container (min-width: 30.01rem) and (max-width: 52rem) { .chart span.medium { display: block; } }
@container (min-width: 52.01rem) and (max-width: 72rem) { .chart span.wide { display: block; } }
@container (min-width: 72.01rem) { .chart span.broad { display: block; } }
@media (forced-colors: active) { .chart { forced-color-adjust: none; background: var(--paper); } }
.chart > div { position: absolute; }
.chart :is(i, b, span, img) { position: absolute; }
.chart i { display: block; } .chart span { white-space: nowrap; }
.chart span.title { white-space: normal; width: max-content; max-width: calc(100% + 32px);
  text-align: center; }
.chart span > i { position: static; display: inline; font-style: normal; }
.chart i.level { left: 0; right: 0; height: 0; border-top: 1px solid; }
.chart i.upright { top: 0; bottom: 0; width: 0; border-left: 1px solid; }
.chart i.whisker { width: 7px; margin-left: -3.5px; border: solid; border-width: 1.5px 0;
  background: linear-gradient(currentColor, currentColor) center / 1.5px 100% no-repeat; }
.chart i:is(.whisker, .level, .upright) { pointer-events: none; }
.chart span.note { background: color-mix(in srgb, var(--paper) 80%, transparent); padding: 0 2px; }
.chart b { box-sizing: border-box; border-radius: 50%; transform: translate(-50%, -50%); }
.chart img { inset: 0; width: 100%; height: 100%; pointer-events: none; overflow: visible; }
@media print {
  .chart span { color: #000 !important; background: none !important; }
  .chart i:is(.level, .upright) { border-color: #bbb !important; }
}
"""
    + still_dots.CSS
)


def draw(chart: go.Figure, *, alt: str, mode: Mode = "light") -> str:
    """The chart as HTML; ValueError for a trace or a shape that it cannot draw."""
    theme, spec = THEMES[mode], plain(chart.to_plotly_json())
    layout, traces = spec["layout"], spec["data"]
    strange = {trace["type"] for trace in traces} - {"bar", "scatter"}
    if strange:
        raise ValueError(f"only bars, lines and marks are drawn, not {', '.join(sorted(strange))}")
    across, up = _axes(layout, traces)
    titles = _title(layout, "xaxis"), _title(layout, "yaxis")
    left = round(14 + WIDE * max((len(word) for word in up.words), default=1) + (20 if titles[1] else 0))
    lines = [trace for trace in traces if trace["type"] == "scatter"]
    gap = layout.get("bargap", BAR_GAP)
    deep = LINE * max(len(_lines(word)) for word in (*across.words, ""))
    inner = "".join(
        [
            _frame(layout, across, up, theme),
            *(bars(trace, across, up, theme, gap) for trace in traces if trace["type"] == "bar"),
            *(_level(shape, up) for shape in layout.get("shapes", ())),
            *(at_bars(trace, across, up) for trace in traces if trace["type"] == "bar"),
            picture(lines, across, up),
            *(marks(trace, across, up) for trace in lines),
            *(_note(note, across, up, theme) for note in layout.get("annotations", ())),
            _titles(titles, left, deep, theme),
        ]
    )
    margin, foot = layout.get("margin", {}), deep + (30 if titles[0] else 12)
    foot += LINE * _more_lines(titles[0], TITLE_SPAN_MIDDLE)
    deeper = LINE * (_more_lines(titles[0], TITLE_SPAN) - _more_lines(titles[0], TITLE_SPAN_MIDDLE))
    has_key = bool(layout.get("showlegend"))  # which stands over the chart, not in its margin
    top = 12 if has_key else margin.get("t", 12)
    place = f"left:{left}px;right:{margin.get('r', 16)}px;top:{top}px;bottom:{foot}px;"
    place += f"--foot:{foot}px;--deep:{deeper}px"
    label = escape(alt, quote=True)
    return (
        f"{still_dots.key(traces) if has_key else ''}"
        f'<div class="chart" role="img" aria-label="{label}" style="height:{layout["height"]}px;'
        f'--paper:{theme.paper}">'
        f'<div style="{place}" aria-hidden="true">{inner}</div></div>'
    )


def _axes(layout: dict[str, Any], traces: list[dict[str, Any]]) -> tuple[Axis, Axis]:
    """The axis across and the axis up; names down the side where bars lie."""
    beside, upward = layout.get("xaxis", {}), layout.get("yaxis", {})
    reach = [numbers(trace["x"]) for trace in traces]
    if any(sideways(trace) for trace in traces):
        return axis(beside, reach, air=AIR), named([str(name) for name in traces[0]["y"]])
    if any(trace["type"] == "bar" and trace.get("width") is None for trace in traces):
        reach = [[value + half for value in row for half in (-0.5, 0.5)] for row in reach]
    air = ROOM_FOR_WORDS if any(trace.get("text") for trace in traces) else AIR
    return axis(beside, reach, air=0.0), axis(
        upward, [row for each in traces for row in heights(each)], air=air
    )


def _lines(words: str) -> list[str]:
    return re.split(r"<br\s*/?>", words)


def _title(layout: dict[str, Any], name: str) -> str:
    title = layout.get(name, {}).get("title") or ""
    return str(title.get("text") or "") if isinstance(title, dict) else str(title)


def _frame(layout: dict[str, Any], across: Axis, up: Axis, theme: Theme) -> str:
    """Grid and the words of both axes."""
    parts = []
    for tick, word in zip(up.ticks, up.words, strict=True):
        ink = theme.quiet if tick == 0 and up.low < 0 else theme.grid
        at = placed(None, up.part(tick))
        if layout.get("yaxis", {}).get("showgrid") is not False:
            parts.append(f'<i class="level" style="{at}color:{ink}"></i>')
        parts.append(
            f'<span style="{at}right:calc(100% + 8px);transform:translateY(-50%)">{escape(word)}</span>'
        )
    shown = layout.get("xaxis", {}).get("showgrid") is not False
    kept = few(across.words, ends="tickvals" in layout.get("xaxis", {}))
    for i, (tick, word) in enumerate(zip(across.ticks, across.words, strict=True)):
        at = placed(across.part(tick), None)
        if shown:
            parts.append(f'<i class="upright" style="{at}color:{theme.grid}"></i>')
        words = "<br>".join(escape(line) for line in _lines(word))
        spare = "" if i in kept else ' class="spare"'
        style = f"{at}top:calc(100% + 5px);transform:translateX(-50%)"
        parts.append(f'<span{spare} style="{style}">{words}</span>')
    return "".join(parts)


def few(words: Sequence[str], *, ends: bool = True) -> set[int]:
    """Which words of an axis stay where there is little room: even steps, and the last of named ones."""
    count = len(words)
    longest = max((len(line) for word in words for line in _lines(word)), default=1)
    most = max(2, min(MOST_IN_LITTLE, LETTERS_IN_LITTLE // longest))
    step = max(1, -(-(count - 1) // (most - 1)))
    if not ends:
        return set(range(0, count, step))
    return {i for i in range(0, count, step) if count - 1 - i >= step} | {count - 1}


def _more_lines(title: str, span: float) -> int:
    """Lines of an axis title beyond the first, where it may span so many pixels."""
    return max(0, math.ceil(len(title) * TITLE_LETTER / span) - 1)


def _titles(titles: tuple[str, str], left: int, deep: int, theme: Theme) -> str:
    below, beside = (escape(title) for title in titles)
    ink = f"color:{theme.quiet}"
    parts = []
    if below:
        style = f"left:50%;top:calc(100% + {deep + 8}px);transform:translateX(-50%);{ink}"
        parts.append(f'<span class="title" style="{style}">{below}</span>')
    if beside:
        style = f"left:{8 - left}px;top:50%;transform:translate(-50%,-50%) rotate(-90deg);{ink}"
        parts.append(f'<span style="{style}">{beside}</span>')
    return "".join(parts)


def _level(shape: dict[str, Any], up: Axis) -> str:
    if shape["type"] != "line" or shape["y0"] != shape["y1"]:
        raise ValueError("only level lines are drawn as shapes")
    line = shape["line"]
    border = f"border-top:{line['width']}px {BORDERS[line.get('dash')]} {line['color']}"
    return f'<i class="level" style="{placed(None, up.part(shape["y0"]))}{border}"></i>'


def _note(note: dict[str, Any], across: Axis, up: Axis, theme: Theme) -> str:
    """Words at a place of the plot; a coloured ``<span>`` keeps its colour."""
    font = note.get("font", {})
    right, lift = note.get("xshift", 0), -note.get("yshift", 0)
    own = ACROSS.get(str(note.get("xanchor")), "-50%"), DOWN.get(str(note.get("yanchor")), "-50%")
    move = f"transform:translate(calc({own[0]} + {right}px), calc({own[1]} + {lift:.1f}px))"
    ink = f"font-size:{font.get('size', 13)}px;color:{font.get('color') or theme.text}"
    ink += f";font-weight:{font['weight']}" if "weight" in font else ""
    ink += f";text-align:{note['align']}" if "align" in note else ""
    words = "<br>".join(_coloured(line) for line in _lines(str(note["text"])))
    paper = note.get("yref") == "paper"  # a part of the plot's height
    at = placed(across.part(note["x"]), note["y"] if paper else up.part(note["y"]))
    widths = f" at {note['name']}" if note.get("name") else ""  # of the chart, where it is shown
    return f'<span class="note{widths}" style="{at}{move};{ink}">{words}</span>'


def _coloured(text: str) -> str:
    found = re.fullmatch(r'<span style="color:(#[0-9a-f]{6})">(.*?)</span>(.*)', text)
    if not found:
        return escape(unescape(re.sub(r"<[^>]+>", "", text)))
    colour, mark, rest = found.groups()
    return f'<i style="color:{colour}">{escape(mark)}</i>{escape(rest)}'
