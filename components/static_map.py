"""The map as a picture to keep: title, legend and source in it, as PNG or SVG. Drawn by matplotlib, no
browser.

Both formats of the download come from here, so that they cannot differ; `simple_map` draws only on the page.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

import geopandas as gpd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.patheffects import withStroke

from components import picture_frame
from components.basemap import Surroundings, Window, window
from components.deck import Label as PointLabel
from components.legend import FADED, Shading, count_words
from components.picture_frame import THEME, Form
from components.simple_map import area_labels
from house_style.palette import NO_DATA_INK, NO_DATA_PAPER

SIZE = (11.0, 7.6)  # inches
UNITS_A_POINT = 13 / 8  # drawing units of the window that a point of type takes


def draw(
    geometry: gpd.GeoDataFrame,
    shading: Shading,
    fills: Mapping[str, str],
    *,
    level: str,
    title: str,
    subtitle: str,
    source: str,
    around: Surroundings | None = None,
    labels: Mapping[str, str] | None = None,
    names: Sequence[PointLabel] = (),
    type_size: float = 8,
    faded: frozenset[str] = frozenset(),
    form: Form = "png",
) -> bytes:
    """The picture's bytes. Arguments as in `simple_map.svg`; `source` holds attribution and caveats in one
    text; `names` are names at points, beside those of areas in `labels`, which have `type_size` points.
    """
    with picture_frame.settings():
        picture = Figure(figsize=SIZE, facecolor=THEME.paper)
        axes = picture.add_axes((0.02, 0.12, 0.62, 0.72))
        view = window(geometry.total_bounds, 620, 500)
        _beneath(axes, around, view)
        _areas(axes, geometry, fills, faded)
        _frame(axes, view)
        _labels(axes, geometry, labels or {}, names, view, type_size)
        picture_frame.words(picture, title, subtitle, source, subtitle_at=0.862)
        _legend(picture, shading, level)
        return picture_frame.to_bytes(picture, form)


def _beneath(axes: Axes, around: Surroundings | None, view: Window) -> None:
    axes.set_facecolor(THEME.land)
    if around is None:
        return
    for shapes, style in (
        (around.water, {"color": THEME.sea, "linewidth": 0}),
        (around.motorways, {"color": THEME.road, "linewidth": 1.2}),
    ):
        inside = view.clip(shapes)
        if inside:
            gpd.GeoSeries(inside, crs="EPSG:4326").plot(ax=axes, aspect=None, **style)
    around.places.boundary.plot(ax=axes, aspect=None, color=THEME.road, linewidth=0.8)


def _areas(axes: Axes, geometry: gpd.GeoDataFrame, fills: Mapping[str, str], faded: frozenset[str]) -> None:
    thin = 0.25 if len(geometry) > 150 else 0.6
    colour = geometry["area_code"].map(fills)
    hatched = geometry[colour.isna() | geometry["area_code"].isin(faded)]
    if len(hatched):
        hatched.plot(
            ax=axes,
            aspect=None,
            facecolor=NO_DATA_PAPER["light"],
            edgecolor=NO_DATA_INK["light"],
            hatch="//////",
            linewidth=thin,
        )
    filled = geometry[colour.notna()]
    if len(filled):
        alpha = [FADED if code in faded else 1.0 for code in filled["area_code"]]
        filled.plot(
            ax=axes,
            aspect=None,
            color=colour[colour.notna()].tolist(),
            alpha=alpha,
            edgecolor=THEME.edge,
            linewidth=thin,
        )
    own = geometry.dissolve("place_code") if geometry["place_code"].notna().all() else geometry
    own.boundary.plot(ax=axes, aspect=None, color=THEME.outline, linewidth=1.0)


def _frame(axes: Axes, view: Window) -> None:
    axes.set_xlim(view.west, view.east)
    axes.set_ylim(view.south, view.north)
    axes.set_aspect(1 / view.squeeze)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_xlabel("")
    axes.set_ylabel("")
    picture_frame.border(axes)


def _labels(
    axes: Axes,
    geometry: gpd.GeoDataFrame,
    labels: Mapping[str, str],
    names: Sequence[PointLabel],
    view: Window,
    size: float,
) -> None:
    for name in names:
        _name(axes, name.point, name.text, 10)
    for label in area_labels(geometry, labels, view, size * UNITS_A_POINT):
        longitude = view.west + label.x / view.width * (view.east - view.west)
        latitude = view.north - label.y / view.height * (view.north - view.south)
        _name(axes, (longitude, latitude), "\n".join(label.lines), size)


def _name(axes: Axes, point: tuple[float, float], text: str, size: float) -> None:
    axes.text(
        *point,
        text,
        ha="center",
        va="center",
        fontsize=size,
        fontweight="bold",
        color=THEME.text,
        linespacing=1.05,
        path_effects=[withStroke(linewidth=2.2, foreground=THEME.halo)],
    )


def _legend(picture: Figure, shading: Shading, level: str) -> None:
    handles = []
    for entry in shading.entries():
        words = f"{entry.shape} {entry.text}".strip()
        text = f"{words}   ({count_words(entry.count, level)})"
        if entry.colour and not entry.faded:
            handles.append(Patch(facecolor=entry.colour, edgecolor=THEME.quiet, linewidth=0.5, label=text))
        else:
            hatch = {
                "facecolor": NO_DATA_PAPER["light"],
                "edgecolor": NO_DATA_INK["light"],
                "hatch": "//////",
            }
            handles.append(Patch(linewidth=0.5, label=text, **hatch))
    made = picture.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(0.655, 0.84),
        frameon=False,
        fontsize=10,
        title=textwrap.fill(shading.title(), 40),
        title_fontsize=11,
        alignment="left",
        labelspacing=0.7,
        handlelength=2.2,
        handleheight=1.3,
    )
    made.get_title().set_color(THEME.text)
    picture.text(
        0.665, 0.14, textwrap.fill(shading.words(), 44), fontsize=9.5, color=THEME.quiet, va="bottom"
    )
