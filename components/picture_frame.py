"""The frame of every picture to keep: title, subtitle and source in it, as PNG or SVG, by matplotlib."""

from __future__ import annotations

import io
import textwrap
from contextlib import AbstractContextManager
from typing import Literal

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from house_style.palette import THEMES

Form = Literal["png", "svg"]
DPI = 160
THEME = THEMES["light"]  # a picture to keep is for paper and slides
FOOT = ((7.5, 185), (6.5, 213), (5.5, 252))  # size of type, letters a line: the first that fits is used
FOOT_LINES = 5
# fixed ids and no date: the same picture is the same file
SETTINGS = {
    "svg.hashsalt": "area-map",
    "svg.fonttype": "path",
    "font.family": ["DejaVu Sans"],
    "hatch.linewidth": 0.7,
}


def settings() -> AbstractContextManager[None]:
    """Everything of a picture is drawn and written within these settings."""
    return mpl.rc_context(SETTINGS)


def words(picture: Figure, title: str, subtitle: str, source: str, *, subtitle_at: float) -> None:
    """Write the title at the top, the subtitle with its foot at `subtitle_at`, the source at the foot."""
    big = {"fontsize": 15, "fontweight": "bold", "color": THEME.text, "va": "top"}
    picture.text(0.02, 0.975, textwrap.fill(title, 88), **big)
    picture.text(0.02, subtitle_at, textwrap.fill(subtitle, 130), fontsize=10, color=THEME.quiet, va="bottom")
    tries = [(size, textwrap.wrap(source, letters)) for size, letters in FOOT]
    size, lines = next((one for one in tries if len(one[1]) <= FOOT_LINES), tries[-1])
    foot = "\n".join(lines)
    picture.text(0.02, 0.1, foot, fontsize=size, color=THEME.quiet, va="top", linespacing=1.35)


def border(axes: Axes) -> None:
    """Draw the four sides of a drawing thin and grey."""
    for side in axes.spines.values():
        side.set_color(THEME.grid)


def to_bytes(picture: Figure, form: Form) -> bytes:
    """The finished picture as a file."""
    out = io.BytesIO()
    if form == "svg":
        FigureCanvasSVG(picture).print_svg(out, metadata={"Date": None})
    else:
        picture.set_dpi(DPI)
        FigureCanvasAgg(picture).print_png(out)
    return out.getvalue()
