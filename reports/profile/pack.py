"""All neighbourhoods or all wards of a Place in one PDF, with a list of contents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

from data.query import Bundle
from house_style.level_names import many
from reports.profile.build import build
from reports.profile.model import UnknownAreaError
from reports.profile.pdf import as_pdf

Kind = Literal["wards", "neighbourhoods"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LEVEL: dict[Kind, str] = {"wards": "ward", "neighbourhoods": "neighbourhood"}
SETTING = 0.15  # of the time of a pack: setting the type, which comes last and in one piece


def members(bundle: Bundle, place: str, kind: Kind) -> list[str]:
    """The areas of a pack by name; empty where the Place has no list of neighbourhoods."""
    areas = bundle.areas
    found = areas[(areas["place_code"] == place) & (areas["area_level"] == LEVEL[kind])]
    return [str(code) for code in found.sort_values("area_name", kind="stable").index]


def kinds_of(bundle: Bundle, code: str) -> tuple[Kind, ...]:
    """The packs that can be made for an area: none for anything but a Place."""
    if code not in bundle.areas.index or bundle.areas.loc[code, "area_level"] != "place":
        return ()
    return tuple(kind for kind in KINDS if members(bundle, code, kind))


def make(bundle: Bundle, place: str, kind: Kind, tell: Callable[[float, str], None] | None = None) -> bytes:
    """The pack as a PDF. `tell` hears the share done (0 to 1) and what is being made.

    UnknownAreaError where the code is no Place, or the Place has no such areas.
    """
    if kind not in kinds_of(bundle, place):
        name = bundle.name(place) if place in bundle.areas.index else place
        raise UnknownAreaError(
            f"There is no pack of {kind} for {name}: packs are made for Places that have them."
        )
    say = tell or (lambda share, words: None)
    codes = members(bundle, place, kind)
    profiles = []
    for done, code in enumerate(codes):
        say(done / len(codes) * (1 - SETTING), f"{bundle.name(code)} ({done + 1} of {len(codes)})")
        profiles.append(build(bundle, code))
    say(1 - SETTING, f"Setting {2 * len(codes)} pages")
    name = bundle.name(place)
    title = f"{name}: profiles of its {len(codes)} {many(LEVEL[kind])}"
    made = as_pdf(profiles, title, f"Two pages about each of the {len(codes)} {many(LEVEL[kind])} of {name}.")
    say(1.0, "Done")
    return made
