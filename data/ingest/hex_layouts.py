"""Hexagon layouts of wards (Open Innovations, HexJSON)."""

from __future__ import annotations

import json

import pandas as pd

from data.sources import SourceError, SourceFolder
from geo.config import Config


def hex_layout(sources: SourceFolder, config: Config, wards: set[str]) -> pd.DataFrame:
    """Which hexagon stands for which ward: ``area_code, place_code, q, r`` over the Places of the region.

    There are no layouts of others. The layouts are of 2024; they are refused where their wards are not
    exactly those of `wards` (2025).
    """
    rows = []
    for place in config.places:
        if place in config.outside:
            continue
        name = f"boundaries/ward24_hex/{place.code}.hexjson"
        try:
            content = json.loads(sources.path(name).read_text(encoding="utf-8"))
            found, layout = content["hexes"], content["layout"]
        except (json.JSONDecodeError, KeyError) as error:
            raise SourceError(f"{name} is not HexJSON: {error!r}") from error
        if layout != "odd-r":
            raise SourceError(f"{name}: layout {layout!r}, expected 'odd-r'")
        rows += [(code, place.code, int(cell["q"]), int(cell["r"])) for code, cell in found.items()]
    table = pd.DataFrame(rows, columns=["area_code", "place_code", "q", "r"])
    odd = sorted(set(table["area_code"]) ^ wards)
    if odd:
        raise SourceError(f"boundaries/ward24_hex: wards that are not those of 2025: {', '.join(odd[:5])}")
    return table.sort_values(["place_code", "area_code"]).reset_index(drop=True)
