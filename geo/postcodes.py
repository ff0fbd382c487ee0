"""The postcode finder's table: which areas a postcode stands in."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from geo.weights import locate


def finder(
    points: gpd.GeoDataFrame,
    lsoas: gpd.GeoDataFrame,
    wards: gpd.GeoDataFrame,
    msoa: dict[str, str],
    ward_to_neighbourhood: dict[str, str],
) -> pd.DataFrame:
    """Postcode to LSOA, MSOA, ward, neighbourhood and Place, by point in polygon.

    Parameters
    ----------
    points
        ``postcode`` and point, EPSG:27700.
    lsoas, wards
        Official (not simplified) boundaries, EPSG:27700; `wards` with ``place_code``.
    msoa
        MSOA code by LSOA code.
    ward_to_neighbourhood
        Neighbourhood code by ward code, for Places that have neighbourhoods.

    Returns
    -------
    DataFrame ``postcode, lsoa_code, msoa_code, ward_code, neighbourhood_code, place_code`` sorted by
    postcode; postcodes outside all the areas are left out.
    """
    table = pd.DataFrame({"postcode": points["postcode"].to_numpy()})
    table["lsoa_code"] = locate(points, lsoas).to_numpy()
    table["ward_code"] = locate(points, wards).to_numpy()
    table = table.dropna().drop_duplicates("postcode").sort_values("postcode").reset_index(drop=True)
    place = dict(zip(wards["area_code"], wards["place_code"], strict=True))
    table.insert(2, "msoa_code", table["lsoa_code"].map(msoa))
    table["neighbourhood_code"] = table["ward_code"].map(ward_to_neighbourhood)
    table["place_code"] = table["ward_code"].map(place)
    return table
