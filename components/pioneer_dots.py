"""Registers beside England as a picture: recorded and adjusted for age, as plain HTML."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from data.pioneer_registers import Gap
from house_style.level_names import listed
from methods.results import Estimate

LEAST, MOST = 0.5, 2.0  # times England's figure: the ends of the line; what lies beyond stands at the end
SHAPES = ("disc", "square")  # of the first and the second Place


def at(times: float) -> float:
    """Where a multiple of England's figure stands: per cent from the left, 1 in the middle, log scale."""
    inside = min(max(times, LEAST), MOST)
    return 100 * math.log(inside / LEAST) / math.log(MOST / LEAST)


def _marker(shape: str, kind: str, place: float) -> str:
    return f'<i class="{shape} {kind}" style="left:{place:.1f}%"></i>'


def _place(shape: str, england: float, crude: Estimate | None, standard: Estimate | None) -> str:
    """The markers of one Place, joined where both are there: the length of the line is what age makes."""
    known = [
        (kind, at(found.value / england))
        for kind, found in (("recorded", crude), ("adjusted", standard))
        if found is not None
    ]
    markers = "".join(_marker(shape, kind, place) for kind, place in known)
    if len(known) < 2:
        return markers
    low, high = sorted(place for _, place in known)
    return f'<b style="left:{low:.1f}%;width:{high - low:.1f}%"></b>{markers}'


def row_html(item: Gap, codes: Sequence[str]) -> str:
    """One register: its name, and a line for each Place with England in the middle."""
    tracks = "".join(
        f"<span>{_place(shape, item.england, item.places[code].crude, item.places[code].standard)}</span>"
        for shape, code in zip(SHAPES, codes, strict=False)
    )
    return f'<div class="row"><span class="name">{escape(item.indicator.short_title)}</span>{tracks}</div>'


def order(found: Sequence[Gap], code: str) -> list[Gap]:
    """Registers by how far the first Place stands above England as recorded, furthest first."""

    def times(item: Gap) -> float:
        crude = item.places[code].crude
        return -math.inf if crude is None else crude.value / item.england

    return sorted(found, key=times, reverse=True)


def key_html(names: Sequence[str]) -> str:
    """What the marks mean."""
    parts = "".join(
        f'<li><i class="{shape} recorded"></i>{escape(name)}, as recorded</li>'
        f'<li><i class="{shape} adjusted"></i>{escape(name)}, adjusted for age</li>'
        for shape, name in zip(SHAPES, names, strict=False)
    )
    scale = "<li>Middle line: England. Left end: half of England’s figure; right end: twice.</li>"
    return f'<ul class="pioneer-key">{parts}{scale}</ul>'


def html(found: Sequence[Gap], places: Sequence[tuple[str, str]]) -> str:
    """The picture with its key. `places` are (code, name), at most two; the table holds the figures."""
    shown = [item for item in found if item.england]
    codes, names = [code for code, _ in places][:2], [name for _, name in places][:2]
    if not shown:
        return ""
    rows = "".join(row_html(item, codes) for item in order(shown, codes[0]))
    alt = (
        f"Picture. {len(shown)} registers in {listed(names)} as multiples of England’s figure, from half to "
        "twice. The figures are in the table below."
    )
    label = escape(alt, quote=True)
    return f'{key_html(names)}<div class="pioneer-dots" role="img" aria-label="{label}">{rows}</div>'
