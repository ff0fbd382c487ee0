"""Names of towns, districts, streets, parks and docks, as far as the sources know any.

There is no gazetteer among the sources. Streets and districts are known from the addresses of GP
surgeries, parks
and docks from OpenStreetMap (Liverpool only), towns and villages from the Office for National Statistics.
"""

from __future__ import annotations

import re

import geopandas as gpd
import pandas as pd

from data.ingest.geography import GRID, basemap, place_labels
from data.ingest.practices import LOCATIONS, tidy_name
from data.sources import SourceFolder

PARKS, WATER = "landuse_liverpool_osm.geojson", "water_liverpool_osm.geojson"
OSM, TOWNS = "osm-parks-and-docks", "ons-built-up-areas"
COLUMNS = ["name", "kind", "of", "source_id", "geometry"]
_TYPES = (
    "road|street|lane|avenue|drive|way|close|grove|place|square|crescent|hill|walk|row|parade|brow|terrace|"
    "gardens|view|green|mount|vale|court|park road|boulevard|highway|precinct|approach|causeway|hey"
)
# Words that end the names of districts too: a street only where a house number stands before it.
_EITHER = re.compile(r"\b(?:hill|green|mount|vale|brow|view|hey|park)$", re.I)
_NUMBER = r"(?:\d+[a-z]?(?:\s*[-/&]\s*\d+[a-z]?)?,?\s+)?"
STREET = re.compile(
    rf"^({_NUMBER})((?:[a-z'.]+[ -])*[a-z'.]+ (?:{_TYPES})(?: north| south| east| west)?"
    r"|broadway|kingsway|queensway|parkway|westway)$",
    re.I,
)
SHORT = {r"\bRD\b\.?": "ROAD", r"\bAVE\b\.?": "AVENUE", r"\bLN\b\.?": "LANE", r"\bDR\b\.?": "DRIVE"}
# Words that make a part of an address a building and not a district.
BUILDING = re.compile(
    r"\b(?:centre|ctre?|center|surgery|practice|medical|health|hlth|hc|hcrc|pcc|clinic|house|hse|hospital|"
    r"building|floor|fl|flr|suite|unit|resource|res|lift|nhs|hub|wic|pct|block|centr|care|trust)\b"
    r"|\d",
    re.I,
)


def street_of(part: str) -> str | None:
    """The street in one line of an address: "103 CRAB STREET" gives "Crab Street"; None for none."""
    text = " ".join(part.upper().split())
    for short, whole in SHORT.items():
        text = re.sub(short, whole, text)
    found = STREET.match(text)
    if found is None or BUILDING.search(found[2]) or (_EITHER.search(found[2]) and not found[1]):
        return None
    return tidy_name(found[2])


def locality_of(part: str) -> str | None:
    """The district or town in one line of an address; None for a street, a building or a number."""
    text = " ".join(part.replace("ST.", "ST").split()).strip(" ,")
    if not text or street_of(text) or BUILDING.search(text) or re.search(r"[,/&@]", text):
        return None
    return tidy_name(re.sub(r"\bVLGE\b", "VILLAGE", text))


def addresses(sources: SourceFolder, practices: pd.DataFrame) -> pd.DataFrame:
    """Streets and districts in the addresses of surgeries: ``name, kind, of, postcode``, each once.

    `practices` has ``practice_code, practice_name``; others (closed ones) are left out. Post towns are
    left out too:
    "Liverpool" in an address reaches far into other Places.
    """
    lines = ["addr1", "addr2", "addr3"]
    frame = sources.csv(LOCATIONS, ["practice_code", "postcode", *lines], dtype=str, keep_default_na=False)
    names = practices.set_index("practice_code")["practice_name"]
    rows = []
    for row in frame[frame["practice_code"].isin(names.index)].to_dict("records"):
        of = names[row["practice_code"]]
        parts = [part for line in lines for part in str(row[line]).split(",")]
        for at, part in enumerate(parts):
            street = street_of(part)
            if street:
                rows.append((street, "street", of, row["postcode"]))
            elif at and (district := locality_of(part)):
                rows.append((district, "locality", of, row["postcode"]))
    return pd.DataFrame(rows, columns=["name", "kind", "of", "postcode"]).drop_duplicates(ignore_index=True)


def landmarks(sources: SourceFolder) -> gpd.GeoDataFrame:
    """Named parks and docks of Liverpool: a point within the largest piece of each name (EPSG:27700)."""
    parks = basemap(sources, PARKS).assign(kind="park")
    water = basemap(sources, WATER)
    docks = water[water["name"].str.contains(r"\bDock\b|\bBasin\b", na=False)].assign(kind="dock")
    frame = pd.concat([parks, docks], ignore_index=True).dropna(subset=["name"])
    name = frame["name"].str.strip()
    frame = frame.assign(name=name.str[:1].str.upper() + name.str[1:], size=frame.geometry.area)
    frame = frame.sort_values(["name", "size"], ascending=[True, False]).drop_duplicates("name")
    frame = gpd.GeoDataFrame(frame, geometry=frame.geometry.representative_point(), crs=GRID)
    return frame.assign(of="", source_id=OSM)[COLUMNS].reset_index(drop=True)


def towns(sources: SourceFolder) -> gpd.GeoDataFrame:
    """Towns and villages with the middle of each (EPSG:27700), by name, the smaller of one name first.

    Works, parks of offices and pairs of places written with a stroke are left out.
    """
    frame = place_labels(sources)
    name = frame["name"].str.replace(r"\s+BUA(?:SD)?$", "", regex=True).str.strip()
    frame = frame.assign(name=name.str.replace(r"\s*\(.*\)$", "", regex=True))
    no_town = frame["name"].str.contains(
        r"/|, nr |\b(?:Works|Hospital|Industrial|Business|Camp)\b", regex=True
    )
    frame = frame[~no_town].sort_values(["name", "size", "lon"])
    points = gpd.points_from_xy(frame["lon"], frame["lat"], crs="EPSG:4326")
    made = gpd.GeoDataFrame(frame[["name"]], geometry=points, crs="EPSG:4326").to_crs(GRID)
    return made.assign(kind="town", of="", source_id=TOWNS)[COLUMNS].reset_index(drop=True)
