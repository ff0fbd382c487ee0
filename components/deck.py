"""The parts a map of deck.gl is made of: expressions, layers, names, the opening view. Nothing is drawn here.

Colours of fills and names sit in ``_subLayerProps``: Streamlit repaints every layer that has a
``getFillColor`` or ``getColor`` of its own as "unselected" after a click: colours would not agree with
the legend.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from components.legend import FADED
from house_style.palette import Theme, rgb

HEIGHT = 570
LINE, LETTER = 1.1, 0.52  # ems: height of a line, mean width of a letter
# Where a name may move to when its first place is taken: ems to the right and up.
NUDGES = [(0, 0), (0, 0.7), (0, -0.7), (0, 1.2), (0, -1.2), (1.3, 0), (-1.3, 0), (1.3, 1.2), (1.3, -1.2)]
NUDGES += [(-1.3, 1.2), (-1.3, -1.2)]
SQUEEZE = 0.6  # a degree of latitude at 53 degrees north in Mercator units: how far a nudge up goes
# Pixels: the opening view is fitted into the first two; names may stand inside "widest".
FIT_WIDTH = {"wide": 640, "narrow": 350, "widest": 790}
TILE = 512  # deck.gl's world is 512 pixels wide at zoom 0
MOST_CODES = 90  # areas that are coloured by code where a series has no column of its own
MOST_INDEXED = 9  # colours of an index with one digit an area
OFFICIAL = re.compile(r"[A-Z]\d{8}")  # codes of the Office for National Statistics
FONT = "Source Sans, Segoe UI, Arial, sans-serif"
NOTHING = [0, 0, 0, 1]  # all but transparent: the hatch shows through, the pointer still finds the area
Spec = dict[str, Any]


@dataclass(frozen=True)
class Label:
    """A name printed on the map at a point (longitude, latitude); a line break is kept."""

    text: str
    point: tuple[float, float]
    water: bool = False


def colour_expression(
    column: str, breaks: Sequence[float], colours: Sequence[str], *, weak: bool = False, hide: bool = False
) -> str:
    """A deck.gl expression from the value of a feature to a colour; words ("no data") give no colour.

    With `weak`, areas whose ``r`` property marks a weak estimate are faded, so that the hatch shows through;
    with `hide` they have no colour.
    """
    value = f"properties.{column}"

    def steps(opacity: float) -> str:
        inner = array(colours[-1], opacity)
        for cut, colour in reversed(list(zip(breaks, colours[:-1], strict=True))):
            inner = f"{value}<{cut:.10g}?{array(colour, opacity)}:({inner})"
        return inner

    full = steps(1.0)
    if weak:
        full = f"properties.r{column[1:]}==1?({steps(FADED)}):({full})"
    if hide:
        full = f"properties.r{column[1:]}==1?{json.dumps(NOTHING)}:({full})"
    return f"@@=({value}>-1e12)?({full}):{json.dumps(NOTHING)}"


def index_expression(codes: Sequence[str], fills: Mapping[str, str]) -> str:
    """A deck.gl expression from an area's code to a colour, for many areas: 1 byte an area, and a frame.

    Codes of the Office for National Statistics end in digits. One text of digits stands for every hundred
    codes, the two last digits say where to look in it, and comparisons of text find the hundred. `codes` are
    all areas drawn; those without a fill stay clear. ValueError for other codes or more than nine colours.
    """
    wrong = [code for code in codes if not OFFICIAL.fullmatch(code)]
    colours = list(dict.fromkeys(fills.values()))
    if wrong or len(colours) > MOST_INDEXED:
        raise ValueError(f"cannot be coloured by code: {wrong[:1]}, {len(colours)} colours")
    hundreds: dict[str, list[str]] = {}
    for code in sorted(codes):
        cells = hundreds.setdefault(code[:7], ["0"] * 100)
        cells[int(code[7:])] = str(colours.index(fills[code]) + 1) if code in fills else "0"
    if not hundreds:
        return f"@@={json.dumps(NOTHING)}"
    at = "properties.code[7]*10+properties.code[8]*1"
    leaves = [(key, f"('{''.join(cells)}')[{at}]") for key, cells in hundreds.items()]
    palette = ",".join([json.dumps(NOTHING), *(array(colour) for colour in colours)])
    return f"@@=([{palette}])[{_halved(leaves)}]"


def _halved(leaves: Sequence[tuple[str, str]]) -> str:
    """The comparisons that lead to the leaf whose key an area's code begins with."""
    if len(leaves) == 1:
        return leaves[0][1]
    middle = len(leaves) // 2
    before, after = _halved(leaves[:middle]), _halved(leaves[middle:])
    return f"properties.code<'{leaves[middle][0]}'?({before}):({after})"


def by_code(codes: Sequence[str], fills: Mapping[str, str]) -> str:
    """The shortest expression that colours areas one by one."""
    if len(fills) <= MOST_CODES:
        return code_expression(fills)
    official = all(OFFICIAL.fullmatch(code) for code in codes)
    return index_expression(codes, fills) if official else _coded(fills)


def code_expression(fills: Mapping[str, str]) -> str:
    """A deck.gl expression from an area's code to a colour, for a series of few areas without a column."""
    if len(fills) > MOST_CODES:
        raise ValueError(f"{len(fills)} areas are too many to colour one by one")
    return _coded(fills)


def _coded(fills: Mapping[str, str]) -> str:
    inner = json.dumps(NOTHING)
    for colour in dict.fromkeys(fills.values()):
        test = "||".join(f"properties.code=='{code}'" for code, own in fills.items() if own == colour)
        inner = f"({test})?{array(colour)}:({inner})"
    return f"@@={inner}"


def array(colour: str, opacity: float = 1.0) -> str:
    return json.dumps([*rgb(colour), round(opacity * 255)], separators=(",", ":"))


def token(expression: str) -> str:
    """A short stand-in for an expression: deck.gl only asks whether it changed."""
    return hashlib.sha256(expression.encode()).hexdigest()[:8]


def one_of(codes: Sequence[str], yes: str, no: str) -> str:
    test = "||".join(f"properties.code=='{code}'" for code in codes) or "1==2"
    return f"@@=({test})?{yes}:{no}"


def address(content: Any) -> str:
    """Data as an address that holds them. What stands in the JSON itself is new to deck.gl on every change of
    the map, and laid out and loaded to the graphics card again; the same address is not."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return "data:application/json;base64," + base64.b64encode(text.encode()).decode()


def layer(name: str, data: str, **more: Any) -> Spec:
    return {"@@type": "GeoJsonLayer", "id": name, "data": data} | more


def polygons(colour: str | list[int]) -> Spec:
    """Fill properties that Streamlit's selection does not touch; `colour` may be an expression."""
    trigger = {"getFillColor": token(colour)} if isinstance(colour, str) else {}
    return {
        "filled": True,
        "stroked": False,
        "_subLayerProps": {"polygons-fill": {"getFillColor": colour, "updateTriggers": trigger}},
    }


def lines(colour: str, width: float | str) -> Spec:
    trigger = {"updateTriggers": {"getLineWidth": token(width)}} if isinstance(width, str) else {}
    return {
        "filled": False,
        "stroked": True,
        "getLineColor": [*rgb(colour), 255],
        "getLineWidth": width,
        "lineWidthUnits": "pixels",
    } | trigger


def names(name: str, labels: Sequence[Label], size: int, weight: int, theme: Theme) -> Spec:
    """Text with a halo. The server has left out names that would touch: deck.gl's own filter fades them."""
    rows = [
        {"t": label.text, "p": [round(x, 4) for x in label.point], **({"w": 1} if label.water else {})}
        for label in labels
    ]
    ink = f"@@=w?{array(theme.water_text)}:{array(theme.text)}"
    return {
        "@@type": "TextLayer",
        "id": name,
        "data": address(rows),
        "getText": "@@=t",
        "getPosition": "@@=p",
        "getSize": size,
        "_subLayerProps": {"characters": {"getColor": ink, "updateTriggers": {"getColor": token(ink)}}},
        "fontFamily": FONT,
        "fontWeight": weight,
        "characterSet": "auto",
        "lineHeight": LINE,
        "outlineWidth": 8,
        "outlineColor": [*rgb(theme.halo), 255],
        "fontSettings": {"sdf": True, "fontSize": 64, "buffer": 12, "radius": 16, "smoothing": 0.12},
    }


def opening(bounds: Sequence[Sequence[float]], *, narrow: bool = False, height: int = HEIGHT) -> Spec:
    """Centre and zoom that show all bounds (w, s, e, n) with a margin."""
    west, south = min(b[0] for b in bounds), min(b[1] for b in bounds)
    east, north = max(b[2] for b in bounds), max(b[3] for b in bounds)

    wide = (east - west) / 360
    tall = (_mercator(north) - _mercator(south)) / 360
    width = FIT_WIDTH["narrow" if narrow else "wide"]
    zoom = min(math.log2(width / TILE / wide), math.log2(height / TILE / tall)) - 0.12
    middle = (_mercator(north) + _mercator(south)) / 2
    latitude = math.degrees(2 * math.atan(math.exp(math.radians(middle))) - math.pi / 2)
    return {
        "longitude": round((west + east) / 2, 4),
        "latitude": round(latitude, 4),
        "zoom": round(zoom, 2),
        "minZoom": 7.5,
        "maxZoom": 15,
        "maxPitch": 0,
    }


def fitting(
    wanted: Sequence[Label],
    start: Spec,
    *,
    narrow: bool,
    size: int,
    taken: Sequence[Label] = (),
    height: int = HEIGHT,
    nudge: bool = False,
) -> list[Label]:
    """The labels that stand inside the opening picture and touch no other, nor any of `taken`; the first
    wins.
    """
    scale = TILE * 2 ** float(start["zoom"]) / 360
    half = FIT_WIDTH["narrow" if narrow else "widest"] / 2

    def box(label: Label, type_size: float) -> tuple[float, float, float, float]:
        x = (label.point[0] - start["longitude"]) * scale
        y = (_mercator(label.point[1]) - _mercator(start["latitude"])) * scale
        lines = label.text.split("\n")
        wide = max(len(line) for line in lines) * type_size * LETTER / 2
        tall = len(lines) * type_size * LINE / 2
        return x - wide, y - tall, x + wide, y + tall

    def free(found: tuple[float, float, float, float]) -> bool:
        left, bottom, right, top = found
        inside = left >= -half and right <= half and bottom >= -height / 2 and top <= height / 2
        return inside and all(right < b[0] or left > b[2] or top < b[1] or bottom > b[3] for b in boxes)

    boxes = [box(label, size + 2) for label in taken]
    kept = []
    for label in wanted:
        for right_by, up_by in NUDGES if nudge else NUDGES[:1]:
            x, y = label.point
            moved = replace(label, point=(x + right_by * size / scale, y + up_by * size / scale * SQUEEZE))
            if free(box(moved, size)):
                boxes.append(box(moved, size))
                kept.append(moved)
                break
    return kept


def _mercator(latitude: float) -> float:
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))
