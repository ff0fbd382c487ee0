"""What must be said of the neighbourhoods of a Place: whose list they are, and how to replace it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class NeighbourhoodStatus:
    """What must be said wherever a Place's neighbourhoods show."""

    place_code: str
    status: str
    source: str
    date: str
    label: str
    replace: str


def status_of(place_code: str, name: str, slug: str, entry: Mapping[str, Any]) -> NeighbourhoodStatus:
    """The words for one list as the build has recorded it (``status, source, date, wards``)."""
    count = len({ward["neighbourhood_code"] for ward in entry["wards"]})
    if entry["status"] == "official":
        label = f"{name}'s {count} neighbourhoods: {entry['source']}, {entry['date']}."
    else:
        label = (
            f"{name}'s {count} neighbourhoods here are a working grouping of its wards, made for "
            "this dashboard. They are not the council's own list."
        )
    replace = (
        f"To use the official list, replace geo/neighbourhoods/{slug}.csv, set its status in "
        f"{slug}.toml and run `python3 tasks.py data`."
    )
    return NeighbourhoodStatus(place_code, entry["status"], entry["source"], entry["date"], label, replace)
