"""The table of names that lead to a ward: towns, districts, streets, parks, docks, schools and surgeries."""

from __future__ import annotations

from collections.abc import Callable

import geopandas as gpd
import pandas as pd

from data.ingest import street_names
from data.sources import SourceFolder
from geo.config import Config

CODES = ["ward_code", "neighbourhood_code", "msoa_code", "lsoa_code", "place_code"]
COLUMNS = ["name", "kind", "of", *CODES, "source_id"]
SCHOOLS, PRACTICES = "dfe-schools", "nhs-gp-practices"


def place_names(
    sources: SourceFolder,
    config: Config,
    postcodes: pd.DataFrame,
    practices: pd.DataFrame,
    schools: pd.DataFrame,
    standing_in: Callable[[pd.DataFrame], pd.DataFrame],
) -> pd.DataFrame:
    """Every name with the areas it stands in, sorted; names outside all wards are left out.

    Parameters
    ----------
    postcodes
        The postcode finder's table.
    practices, schools
        The shipped tables of surgeries and schools, with the codes of the areas they stand in.
    standing_in
        Adds ``lsoa_code, ward_code, msoa_code, neighbourhood_code`` to rows with ``lon, lat``.

    Notes
    -----
    A town or park is larger than a point: its row says where its middle (for a park a point inside its
    largest
    part) lies. A street's row says where the surgery with that address stands, and names the surgery in `of`.
    A name occurs once in a ward and kind.
    """
    ward_place = postcodes.drop_duplicates("ward_code").set_index("ward_code")["place_code"]
    streets = street_names.addresses(sources, practices)
    streets["postcode"] = streets["postcode"].str.replace(" ", "", regex=False).str.upper()
    streets = streets.merge(postcodes, on="postcode").assign(source_id=PRACTICES)
    points = pd.concat([street_names.towns(sources), street_names.landmarks(sources)], ignore_index=True)
    degrees = gpd.GeoDataFrame(points, geometry="geometry").to_crs("EPSG:4326").geometry
    marks = standing_in(pd.DataFrame(points.drop(columns="geometry")).assign(lon=degrees.x, lat=degrees.y))
    marks["place_code"] = marks["ward_code"].map(ward_place)
    # a town is listed with and without its suburbs: the smaller outline has the better middle
    marks = marks.drop_duplicates(["name", "kind", "place_code"])
    taught = schools.rename(columns={"school_name": "name"}).assign(kind="school", of="", source_id=SCHOOLS)
    seen = practices.rename(columns={"practice_name": "name"}).assign(
        kind="practice", of="", source_id=PRACTICES
    )
    parts = [
        part.assign(place_code=part["ward_code"].map(ward_place))[COLUMNS]
        for part in (streets, marks, taught, seen)
    ]
    table = pd.concat(parts, ignore_index=True).dropna(subset=["ward_code", "lsoa_code", "place_code"])
    table = table[~table["name"].isin([place.name for place in config.places])]
    table = table.sort_values(["name", "kind", "ward_code", "of"], kind="stable")
    return table.drop_duplicates(["name", "kind", "ward_code"]).reset_index(drop=True)
