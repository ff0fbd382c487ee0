"""The map of a profile: small areas by fifth of deprivation, neighbours named, and the area in its Place.

Drawn as SVG in one step: no map library, no network, and the same file for the same tables.
"""

from __future__ import annotations

from html import escape

import pandas as pd
import shapely

from data.query import Bundle
from house_style.level_names import listed, many
from house_style.palette import NO_DATA_INK, NO_DATA_PAPER, SEQUENTIAL, THEMES
from reports.briefing.where import Frame, Whereabouts, middle, neighbours, short, water
from reports.briefing.words import the
from reports.profile.model import Picture

SIZE = 1000  # drawing units to a side
MARGIN = 0.16  # room around the area for its neighbours and their names
INSET, INSET_SIZE = 250, 1000
LETTER = 0.52  # width of a letter of bold type, of its size
TYPE = 34
MOST_NAMES = 5
MANY = 60  # small areas: their edges are drawn thinner
SLIVER = 0.03  # of a small area: outlines are simplified, and less than this of one is no part of it
THEME = THEMES["light"]
FIFTHS = SEQUENTIAL[::-1]  # dark is most deprived, as on the dashboard's maps
FIFTH_WORDS = ("Most deprived", "Second", "Middle", "Fourth", "Least deprived")


def fifths(bundle: Bundle, codes: pd.Series) -> list[int | None]:
    """The national fifth (0 is the most deprived) of small areas; None where there is no figure."""
    tenth = bundle.slice("imd-decile", "lsoa").set_index("area_code")["value"].reindex(codes)
    return [None if pd.isna(value) else int((value - 1) // 2) for value in tenth]


def _small_areas(
    bundle: Bundle, code: str, own: shapely.Geometry
) -> list[tuple[shapely.Geometry, int | None]]:
    """The parts of small areas that lie in the area, with their fifths."""
    place = str(bundle.areas.loc[code, "place_code"])
    shapes = bundle.geometry("lsoa", [place])
    touching = shapes[shapely.intersects(shapes.geometry.to_numpy(), own)]
    parts = shapely.intersection(touching.geometry.to_numpy(), own)
    inside = shapely.area(parts) / shapely.area(touching.geometry.to_numpy())
    found = zip(parts, fifths(bundle, touching["area_code"]), inside, strict=True)
    return [(part, fifth) for part, fifth, share in found if share > SLIVER]


def _path(data: str, fill: str, stroke: str = "none", width: float = 0) -> str:
    line = f' stroke="{stroke}" stroke-width="{width:g}" stroke-linejoin="round"' if width else ""
    return f'<path d="{data}" fill="{fill}"{line}/>' if data else ""


def _polygons(shape: shapely.Geometry) -> shapely.Geometry:
    """The parts of a cut that have a surface."""
    parts = [piece for piece in getattr(shape, "geoms", [shape]) if piece.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts)


def _names(bundle: Bundle, frame: Frame, whereabouts: Whereabouts, code: str) -> str:
    """Names of the neighbours as far as they fit without touching, largest in the picture first."""
    box = shapely.box(*frame.box())
    around = []
    for other, shape in whereabouts.shapes.items():
        seen = _polygons(shapely.intersection(shape, box))
        if other != code and not seen.is_empty:
            around.append((seen.area, other, seen))
    left, top = _corner(whereabouts, code)
    taken = [(float(left), float(top), float(left + INSET), float(top + INSET))]
    text = list[str]()
    own = shapely.transform(_polygons(shapely.intersection(whereabouts.shapes[code], box)), frame.project)
    for _, other, seen in sorted(around, key=lambda item: (-item[0], item[1])):
        words = short(bundle.name(other))
        x, y = frame.project(middle(seen)[None, :])[0]
        wide, high = len(words) * TYPE * LETTER, TYPE * 1.1
        x = min(max(x, wide / 2 + 12), SIZE - wide / 2 - 12)
        y = min(max(y, high), SIZE - high / 2)
        spot = (x - wide / 2, y - high, x + wide / 2, y + high / 2)
        clash = any(spot[0] < b[2] and b[0] < spot[2] and spot[1] < b[3] and b[1] < spot[3] for b in taken)
        if (
            clash
            or shapely.intersects(shapely.box(*spot), own)
            or wide > SIZE * 0.6
            or len(text) >= MOST_NAMES
        ):
            continue
        taken.append(spot)
        text.append(
            f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="middle" font-size="{TYPE}" font-weight="600" '
            f'fill="{THEME.quiet}" stroke="{THEME.land}" stroke-width="7" paint-order="stroke" '
            f'stroke-linejoin="round">{escape(words)}</text>'
        )
    return "".join(text)


def _big(bundle: Bundle, whereabouts: Whereabouts, code: str) -> tuple[str, list[int | None]]:
    own = whereabouts.shapes[code]
    frame = Frame(own.bounds, size=SIZE, margin=MARGIN)
    box = shapely.box(*frame.box())
    parts = [f'<rect width="{SIZE}" height="{SIZE}" fill="{THEME.land}"/>']
    parts += [_path(shape.path, THEME.sea) for shape in water(bundle, frame)]
    for other, shape in whereabouts.shapes.items():
        if other != code:
            cut = _polygons(shapely.intersection(shape, box))
            parts.append(_path(frame.path(cut), "none", THEME.road, 3))
    small = _small_areas(bundle, code, own)
    edge = 1.6 if len(small) < MANY else 0.6
    for shape, fifth in small:
        fill = "url(#none)" if fifth is None else FIFTHS[fifth]
        parts.append(_path(frame.path(_polygons(shape)), fill, THEME.edge, edge))
    parts.append(_path(frame.path(own), "none", THEME.text, 6))
    names = _names(bundle, frame, whereabouts, code)
    return "".join(parts) + names, [fifth for _, fifth in small]


def _inset(bundle: Bundle, whereabouts: Whereabouts, code: str) -> str:
    """The whole Place (or region) small, with the area filled."""
    frame = Frame(shapely.total_bounds(list(whereabouts.shapes.values())), size=INSET_SIZE, margin=0.04)
    parts = [f'<rect width="{INSET_SIZE}" height="{INSET_SIZE}" fill="#ffffff"/>']
    for other, shape in whereabouts.shapes.items():
        if other != code:
            parts.append(_path(frame.path(shape), "#dfe3e8", "#ffffff", 5))
    parts.append(_path(frame.path(whereabouts.shapes[code]), THEME.text))
    return "".join(parts)


def _corner(whereabouts: Whereabouts, code: str) -> tuple[int, int]:
    """The corner of the picture that hides least of the area."""
    own = whereabouts.shapes[code]
    west, south, east, north = Frame(own.bounds, size=SIZE, margin=MARGIN).box()
    wide, high = (east - west) * INSET / SIZE, (north - south) * INSET / SIZE
    far = SIZE - INSET
    corners = {
        (far, 0): shapely.box(east - wide, north - high, east, north),
        (0, 0): shapely.box(west, north - high, west + wide, north),
        (0, far): shapely.box(west, south, west + wide, south + high),
        (far, far): shapely.box(east - wide, south, east, south + high),
    }
    return min(corners, key=lambda corner: shapely.intersection(own, corners[corner]).area)


def attribution(bundle: Bundle) -> str:
    """What the licences of the lines on the map ask to be said: small areas, the areas around, the sea."""
    layers = bundle.layers["layers"]
    texts = [str(layers[name].get("attribution") or "") for name in ("lsoa", "ward", "sea") if name in layers]
    said = [part.strip().rstrip(".").removeprefix("Source: ") for text in texts for part in text.split(". ")]
    return ". ".join(dict.fromkeys(part for part in said if part))


def picture(bundle: Bundle, code: str) -> Picture:
    """The map of an area with its legend, and what it shows in words."""
    whereabouts = Whereabouts(bundle, code)
    drawn, found = _big(bundle, whereabouts, code)
    x, y = _corner(whereabouts, code)
    hatch = (
        '<pattern id="none" width="14" height="14" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)">'
        f'<rect width="14" height="14" fill="{NO_DATA_PAPER["light"]}"/>'
        f'<rect width="4" height="14" fill="{NO_DATA_INK["light"]}"/></pattern>'
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" width="{SIZE}" height="{SIZE}" '
        f'font-family="Source Sans Pro"><defs>{hatch}<clipPath id="frame"><rect width="{SIZE}" '
        f'height="{SIZE}"/></clipPath></defs><g clip-path="url(#frame)">{drawn}</g>'
        f'<g transform="translate({x} {y}) scale({INSET / INSET_SIZE:g})">'
        f"{_inset(bundle, whereabouts, code)}"
        f'<rect width="{INSET_SIZE}" height="{INSET_SIZE}" fill="none" stroke="{THEME.outline}" '
        f'stroke-width="8"/></g>'
        f'<rect width="{SIZE}" height="{SIZE}" fill="none" stroke="{THEME.grid}" stroke-width="3"/></svg>'
    )
    legend = [(FIFTHS[at], words) for at, words in enumerate(FIFTH_WORDS)]
    if None in found:
        legend.append(("", "No figure"))
    return Picture(svg, alt_of(bundle, whereabouts, code, found), tuple(legend))


def alt_of(bundle: Bundle, whereabouts: Whereabouts, code: str, found: list[int | None]) -> str:
    """What the map shows: where the area lies, beside what, and how its small areas fall into fifths."""
    name = the(bundle.name(code))
    beside = listed([short(bundle.name(other)) for other in neighbours(whereabouts.shapes, code)])
    level = whereabouts.level
    counts = [
        f"{found.count(at)} in the {words.lower()} fifth"
        for at, words in enumerate(FIFTH_WORDS)
        if found.count(at)
    ]
    text = f"Map of {name}, {whereabouts.position}, among the {many(level)} around it."
    if beside:
        text += f" Next to it lie {beside}." if " and " in beside else f" Next to it lies {beside}."
    if not found:
        return text
    few = "the one small area" if len(found) == 1 else f"the {len(found)} small areas"
    return f"{text} Of {few} in it, by deprivation in England: {listed(counts)}."
