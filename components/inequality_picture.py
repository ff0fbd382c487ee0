"""A chart of the Inequalities page as a picture to keep: the same traces as on screen, drawn by matplotlib.

Reads the few kinds of traces that the page's charts use (bars with limits, lines, markers, notes) from the
plotly figure itself, so that the picture cannot differ from the chart. Anything else is refused.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import plotly.graph_objects as go
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure

from components import picture_frame
from components.picture_frame import THEME, Form

SIZE = (11.0, 7.0)
DASHES = {"dash": "--", "dot": ":", "solid": "-", None: "-"}
SYMBOLS = {"circle": "o", "diamond": "D", None: "o"}
POINT = 0.75  # points a pixel


def draw(chart: go.Figure, *, title: str, subtitle: str, source: str, form: Form) -> bytes:
    """The picture's bytes; ValueError for a trace of a kind that no chart of the page uses."""
    with picture_frame.settings():
        picture = Figure(figsize=SIZE, facecolor=THEME.paper)
        axes = picture.add_axes((0.08, 0.21, 0.84, 0.56))
        if _names_down(chart):
            axes.set_position((0.22, 0.21, 0.72, 0.56))
        for trace in chart.data:
            _trace(axes, trace)
        for shape in chart.layout.shapes:
            axes.axhline(shape.y0, color=shape.line.color, linewidth=1, linestyle="--")
        _notes(axes, chart)
        _frame(axes, chart)
        picture_frame.words(picture, title, subtitle, source, subtitle_at=0.835)
        return picture_frame.to_bytes(picture, form)


def _names_down(chart: go.Figure) -> bool:
    return bool(chart.layout.yaxis.type == "category")


def _colour(text: Any) -> Any:
    found = re.fullmatch(r"rgba\((\d+),\s*(\d+),\s*(\d+),\s*([\d.]+)\)", str(text))
    if found:
        r, g, b, alpha = found.groups()
        return int(r) / 255, int(g) / 255, int(b) / 255, float(alpha)
    return text


def _numbers(values: Any) -> np.ndarray:
    return np.array([np.nan if value is None else float(value) for value in values])


def _trace(axes: Axes, trace: Any) -> None:
    if trace.type == "bar":
        _bars(axes, trace)
    elif trace.type == "scatter":
        _scatter(axes, trace)
    else:
        raise ValueError(f"no picture is drawn of traces of the kind {trace.type!r}")


def _bars(axes: Axes, trace: Any) -> None:
    x, y = _numbers(trace.x), _numbers(trace.y)
    axes.bar(
        x, y, width=_numbers(trace.width), color=list(trace.marker.color), edgecolor=THEME.paper,
        linewidth=1.2,
        zorder=2,
    )  # fmt: skip
    limits = trace.error_y
    if limits is not None and limits.visible:
        reach = np.vstack([_numbers(limits.arrayminus), _numbers(limits.array)])
        keep = np.isfinite(y) & np.isfinite(reach).all(axis=0)
        axes.errorbar(
            x[keep], y[keep], yerr=reach[:, keep], fmt="none", ecolor=THEME.text, elinewidth=1.2, capsize=3,
            zorder=3,
        )  # fmt: skip


def _scatter(axes: Axes, trace: Any) -> None:
    x = _numbers(trace.x)
    y: Any = [name if name is not None else np.nan for name in trace.y]
    if any(isinstance(value, str) for value in y):
        return _across(axes, trace, x, y)
    y = _numbers(trace.y)
    label = trace.name if trace.name and trace.showlegend is not False else None
    if trace.mode == "lines":
        style = DASHES.get(trace.line.dash, "-")
        axes.plot(
            x, y, color=_colour(trace.line.color), linewidth=(trace.line.width or 2) * POINT, linestyle=style,
            label=label, zorder=4, solid_capstyle="butt",
        )  # fmt: skip
        if trace.fill == "tonexty":
            axes.fill_between(x, x, y, color=_colour(trace.fillcolor), linewidth=0, zorder=1)
        return None
    _markers(axes, trace, x, y, label)
    return None


def _markers(axes: Axes, trace: Any, x: np.ndarray, y: Any, label: str | None) -> None:
    size = trace.marker.size
    sizes = _numbers(size) if isinstance(size, (list, tuple, np.ndarray)) else float(size or 8)
    axes.scatter(
        x, y, s=(sizes * POINT) ** 2, color=_colour(trace.marker.color), marker=SYMBOLS[trace.marker.symbol],
        alpha=trace.marker.opacity, edgecolors=THEME.paper, linewidths=0.6, label=label, zorder=5,
    )  # fmt: skip


def _across(axes: Axes, trace: Any, x: np.ndarray, y: list[Any]) -> None:
    """Marks beside names: one horizontal line or dot a name."""
    if trace.mode == "markers":
        _markers(axes, trace, x, y, trace.name)
        return
    first = True
    for start in range(0, len(x), 3):
        axes.plot(
            x[start : start + 2], y[start : start + 2], color=_colour(trace.line.color),
            linewidth=trace.line.width * POINT, solid_capstyle="butt", label=trace.name if first else None,
            zorder=2,
        )  # fmt: skip
        first = False


def _notes(axes: Axes, chart: go.Figure) -> None:
    for note in chart.layout.annotations:
        axes.annotate(
            re.sub(r"<[^>]+>", "", (note.text or "").replace("<br>", "\n")),
            (note.x, note.y),
            xytext=((note.xshift or 0) * POINT, (note.yshift or 0) * POINT),
            textcoords="offset points",
            ha=note.xanchor if note.xanchor in ("left", "right") else "center",
            va={"top": "top", "bottom": "bottom"}.get(note.yanchor, "center"),
            fontsize=9,
            color=(note.font.color if note.font else None) or THEME.text,
            zorder=6,
        )


def _frame(axes: Axes, chart: go.Figure) -> None:
    across, up = chart.layout.xaxis, chart.layout.yaxis
    if across.tickvals is not None:
        axes.set_xticks(list(across.tickvals), [text.replace("<br>", "\n") for text in across.ticktext])
    for axis, limits, grow in ((across, axes.set_xlim, None), (up, axes.set_ylim, axes.get_ylim)):
        if axis.range:
            limits(*axis.range)
        elif axis.rangemode == "tozero" and grow is not None:
            limits(0, grow()[1])
    axes.set_xlabel((across.title.text or ""), color=THEME.quiet)
    axes.set_ylabel("" if _names_down(chart) else (up.title.text or ""), color=THEME.quiet)
    lines = "x" if _names_down(chart) else "y" if across.showgrid is False else "both"
    axes.grid(axis=lines, color=to_rgba(THEME.grid), linewidth=0.7, zorder=0)
    axes.set_axisbelow(True)
    picture_frame.border(axes)
    axes.tick_params(colors=THEME.text, length=0, labelsize=9.5)
    if chart.layout.showlegend:
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=5, frameon=False, fontsize=9.5)
