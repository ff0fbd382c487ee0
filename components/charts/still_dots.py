"""The marks of a chart in HTML, each with its colour, size, shape and edge, and the key of their names."""

from __future__ import annotations

import math
from html import escape
from typing import Any

from components.charts.still_axes import Axis, numbers, placed
from components.charts.still_marks import tip

TARGET = 18  # pixels: what the pointer must hit to hear of a mark
DENSE = 300  # marks: with more, targets of that size would lie on each other
SHAPES = ("circle", "square", "diamond", "triangle-up", "triangle-down")
CSS = f"""
.chart b {{ --all: max({TARGET}px, var(--s)); width: var(--all); height: var(--all);
  border: calc((var(--all) - var(--s)) / 2) solid transparent; background: var(--c) padding-box;
  box-shadow: inset 0 0 0 var(--w, 0) var(--e); }}
.chart b.dense {{ border: 0; width: var(--s); height: var(--s); }}
.chart b:is(.square, .diamond, .triangle-up, .triangle-down) {{ border-radius: 0; }}
.chart b.diamond {{ rotate: 45deg; scale: .92; transform: none; translate: -50% -50%; }}
.chart b:is(.triangle-up, .triangle-down) {{ background: none; box-shadow: none; }}
.chart b.triangle-down {{ rotate: 180deg; transform: none; translate: -50% -50%; }}
.chart b:is(.triangle-up, .triangle-down)::before {{ content: ""; position: absolute; inset: 0;
  clip-path: polygon(50% 0, 100% 100%, 0 100%); background: var(--e, var(--c)); }}
.chart b:is(.triangle-up, .triangle-down)::after {{ content: ""; position: absolute;
  inset: calc(var(--w, 0px) * 2) calc(var(--w, 0px) * 1.5) var(--w, 0px);
  clip-path: polygon(50% 0, 100% 100%, 0 100%); background: var(--c); }}
ul.mark-names {{ list-style: none; display: flex; flex-wrap: wrap; gap: .1rem .9rem; margin: 0 0 .2rem;
  padding: 0; font-size: .86rem; line-height: 1.4; }}
ul.mark-names li {{ display: flex; gap: .35rem; align-items: center; margin: 0; }}
ul.mark-names i {{ width: .7rem; height: .7rem; border-radius: 50%; flex: none; forced-color-adjust: none; }}
"""


def marks(trace: dict[str, Any], across: Axis, up: Axis) -> str:
    """Marks of a trace, with a larger target for the pointer; ValueError for a strange shape."""
    if "markers" not in trace.get("mode", ""):
        return ""
    marker, places = trace["marker"], list(zip(numbers(trace["x"]), numbers(trace["y"]), strict=True))
    edge, count = marker.get("line", {}), len(places)
    own = marker.get("color") or trace.get("line", {}).get("color")
    dense = " dense" if count > DENSE else ""
    clear = f";opacity:{marker['opacity']:g}" if marker.get("opacity", 1) != 1 else ""
    looks = zip(
        places,
        _each(own, count),
        _each(marker.get("size"), count),
        _each(marker.get("symbol") or "circle", count),
        _each(edge.get("width") or 0, count),
        _each(edge.get("color"), count),
        strict=True,
    )
    parts = []
    for i, ((a, b), colour, size, shape, width, ink) in enumerate(looks):
        if shape not in SHAPES:
            raise ValueError(f"no mark is drawn of the shape {shape!r}")
        if math.isnan(a) or math.isnan(b):
            continue
        size += width if ink else 0  # half of an edge lies outside
        around = f";--w:{width:g}px;--e:{ink}" if width and ink else ""
        style = f"{placed(across.part(a), up.part(b))}--s:{size:g}px;--c:{colour}{around}{clear}"
        kind = f"{'' if shape == 'circle' else shape}{dense}".strip()
        named = f' class="{kind}"' if kind else ""
        parts.append(f'<b style="{style}"{named}{tip(trace, i)}></b>')
    return "".join(parts)


def _each(value: Any, count: int) -> list[Any]:
    return value if isinstance(value, list) else [value] * count


def key(traces: list[dict[str, Any]]) -> str:
    """The names of the traces beside their colours, as a list of its own over the chart."""
    lines = "".join(
        f'<li><i style="background:{trace["marker"]["color"]}"></i>{escape(str(trace["name"]))}</li>'
        for trace in traces
        if trace.get("name") and trace.get("showlegend") is not False
    )
    return f'<ul class="mark-names">{lines}</ul>'
