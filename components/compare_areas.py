"""The areas of a comparison: each with a number, a colour and a name that stay the same in every picture.

The number repeats what the colour says, so that no picture depends on telling six colours apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from components import navigation
from data.query import Bundle
from house_style.area_facts import level_of, name_of, place_of
from house_style.level_names import one
from house_style.palette import COMPARED, Mode, text_on

MOST = 6
COLOURS = COMPARED


@dataclass(frozen=True)
class Area:
    """One compared area: its number from 1, code, name (unique among those compared) and what kind it is."""

    number: int
    code: str
    name: str
    kind: str

    def colour(self, mode: Mode) -> str:
        """The colour of the area in every picture."""
        return COLOURS[mode][self.number - 1]

    @property
    def tone(self) -> str:
        """The class that gives an element the area's colour in HTML (`tones_css`)."""
        return f"c{self.number}"


def tones_css() -> str:
    """``--tone`` and ``--ink`` of each number, in whichever theme is on."""
    return "\n".join(
        f".c{number} {{ --tone: light-dark({light}, {dark}); "
        f"--ink: light-dark({text_on(light)}, {text_on(dark)}); }}"
        for number, (light, dark) in enumerate(zip(COLOURS["light"], COLOURS["dark"], strict=True), start=1)
    )


def kind_of(bundle: Bundle, code: str) -> str:
    """ "ward in Liverpool", "Place", "England"."""
    level, place = level_of(bundle, code), place_of(bundle, code)
    if level in ("region", "england"):
        return {"region": "all nine Places", "england": "the whole country"}[level]
    return one(level) + (f" in {name_of(bundle, place)}" if place and level != "place" else "")


def areas_of(bundle: Bundle, codes: Sequence[str]) -> list[Area]:
    """The compared areas in order. Two of one name are told apart by their kind."""
    names = [name_of(bundle, code) for code in codes]
    twice = {name for name, count in Counter(names).items() if count > 1}
    found = []
    for number, (code, name) in enumerate(zip(codes, names, strict=True), start=1):
        kind = kind_of(bundle, code)
        found.append(Area(number, code, f"{name} ({kind})" if name in twice else name, kind))
    return found


def badge(area: Area) -> str:
    """The area's number on its colour."""
    return f'<span class="badge {area.tone}" aria-hidden="true">{area.number}</span>'


def key_html(areas: Sequence[Area], notes: Sequence[str] = (), *, plain: bool = False) -> str:
    """The areas with number, colour, name (a link to the profile) and a quiet note each.

    `plain` gives numbers and names only, to stand over a chart.
    """
    items = []
    for area, note in zip(areas, notes or [""] * len(areas), strict=True):
        if plain:
            items.append(f"<li>{badge(area)}<span>{escape(area.name)}</span></li>")
            continue
        link = escape(navigation.address("profile", area=area.code), quote=True)
        below = f'<span class="note">{escape(note)}</span>' if note else ""
        items.append(
            f'<li>{badge(area)}<span><a href="{link}" target="_self">{escape(area.name)}</a> '
            f'<span class="kind">{escape(area.kind)}</span>{below}</span></li>'
        )
    label = "Lines of the chart" if plain else "Areas compared"
    return f'<ul class="area-key" aria-label="{label}">{"".join(items)}</ul>'
