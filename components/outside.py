"""What must be said of a Place outside the region: how its figures are made, and what our files lack."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from components import store
from data.query import Bundle
from house_style.level_names import listed


def places(bundle: Bundle, codes: Sequence[str]) -> list[str]:
    """Names of those of these Places that lie outside the region."""
    return [place.name for place in bundle.config.outside if place.code in codes]


@lru_cache(maxsize=32)
def _lacking(version: str, place_code: str) -> tuple[str, ...]:
    """Titles of the figures that every Place of the region has and this one has not."""
    bundle = store.bundle()
    found = []
    for item in bundle.indicators("place"):
        groups = bundle.groups(item.id, "place")
        group = "all" if "all" in groups else groups[0]
        own = bundle.series(item.id, place_code, group)
        if own["value"].notna().any():
            continue
        have = [
            bundle.series(item.id, code, group)["value"].notna().any() for code in bundle.config.region_places
        ]
        if all(have):
            found.append(item.short_title)
    return tuple(found)


def note(bundle: Bundle, place_code: str) -> str:
    """The sentences for one Place; "" for a Place of the region."""
    names = places(bundle, [place_code])
    if not names:
        return ""
    lacking = list(_lacking(bundle.version, place_code))
    region = bundle.config.region_name
    absent = [*lacking, "registers before 2021/22", "postcodes", "schools", "the position of each practice"]
    return (
        f"{names[0]} lies outside {region} and counts in none of that region’s figures. Its own come from "
        "the files for all England; GP practices go by NHS sub-area where that is one district, else by "
        "where the surgery stands. Our files have none of these for it: "
        f"{listed([*absent, 'a background for its maps'])}."
    )


def background_note(bundle: Bundle, codes: Sequence[str]) -> str:
    """Why a map of these Places has no background; "" where it has one."""
    names = places(bundle, codes)
    if not names:
        return ""
    return (
        f"{listed(names)} {'lies' if len(names) == 1 else 'lie'} outside {bundle.config.region_name}. Our "
        "background covers that only: no coast, districts, roads or towns are drawn."
    )
