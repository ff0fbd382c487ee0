"""Everything known about where GP practices are and whom they serve, for all England.

Positions of practices outside Cheshire and Merseyside come from a geocoded list of 2023 with terms of its
own: they are used to fit the estimate of who is registered where, and are never shipped.
"""

from __future__ import annotations

import zipfile

import geopandas as gpd
import pandas as pd

from data.ingest.geography import GRID
from data.ingest.practices import LISTS, LOCATIONS
from data.ingest.practices_elsewhere import POSITIONS
from data.sources import SourceError, SourceFolder, require_rows

IMD_BY_PRACTICE = "gp_practices/fingertips-imd-2025-gp-practice.csv"

# Named floors: practices with a list size on 1 July 2026 (6,139), with a position (6,267), with an IMD score
# (6,143).
SIZED, PLACED, SCORED = 6_000, 6_100, 6_000
YOUNG = "20_24"


def _lists(sources: SourceFolder) -> pd.DataFrame:
    """`list_size` and `young` (patients aged 20 to 24) by practice code, July 2026."""
    columns = ["ORG_TYPE", "ORG_CODE", "SEX", "AGE_GROUP_5", "NUMBER_OF_PATIENTS"]
    try:
        frame = sources.csv(LISTS, columns, dtype=str, compression="zip", usecols=columns)
    except zipfile.BadZipFile as error:
        raise SourceError(f"{LISTS} cannot be read as a zip file: {error}") from error
    frame = sources.numbers(frame[frame["ORG_TYPE"] == "GP"], LISTS, ["NUMBER_OF_PATIENTS"])
    whole = frame[(frame["SEX"] == "ALL") & (frame["AGE_GROUP_5"] == "ALL")]
    require_rows(whole, file=LISTS, at_least=SIZED, what="practices", why="all of England, about 6,100")
    young = frame[frame["SEX"].isin(["MALE", "FEMALE"]) & (frame["AGE_GROUP_5"] == YOUNG)]
    return pd.DataFrame(
        {
            "list_size": whole.set_index("ORG_CODE")["NUMBER_OF_PATIENTS"].astype(float),
            "young": young.groupby("ORG_CODE")["NUMBER_OF_PATIENTS"].sum().astype(float),
        }
    )


def _positions(sources: SourceFolder) -> pd.DataFrame:
    """`x, y` (metres) by practice code: the postcode of 2026 where it is known, else the geocode of 2023."""
    here = sources.csv(LOCATIONS, ["practice_code", "lat", "lon"], usecols=["practice_code", "lat", "lon"])
    everywhere = sources.parquet(POSITIONS, ["practice_code", "lat", "lon"])
    joined = pd.concat([here, everywhere[["practice_code", "lat", "lon"]]], ignore_index=True)
    joined = joined.drop_duplicates("practice_code").dropna(subset=["lat", "lon"])
    # a few addresses were geocoded to another country: such a practice has no position here
    joined = joined[joined["lat"].between(49.8, 55.9) & joined["lon"].between(-6.5, 1.9)]
    require_rows(joined, file=POSITIONS, at_least=PLACED, what="practices in England", why="6,267 in 2023")
    points = gpd.GeoSeries(gpd.points_from_xy(joined["lon"], joined["lat"]), crs="EPSG:4326").to_crs(GRID)
    return pd.DataFrame(
        {"x": points.x.to_numpy(), "y": points.y.to_numpy()}, index=joined["practice_code"].to_numpy()
    )


def practice_imd(sources: SourceFolder) -> pd.Series:
    """Published IMD 2025 score by practice code: the mean over its registered patients' LSOAs."""
    columns = ["PRACTICE_CODE", "IMD_YEAR", "IMD_SCORE"]
    frame = sources.csv(IMD_BY_PRACTICE, columns)
    frame = sources.numbers(frame, IMD_BY_PRACTICE, ["IMD_YEAR", "IMD_SCORE"])
    frame = frame[frame["IMD_YEAR"] == 2025].dropna(subset=["IMD_SCORE"])
    require_rows(frame, file=IMD_BY_PRACTICE, at_least=SCORED, what="practices with a score", why="6,143")
    if frame["PRACTICE_CODE"].duplicated().any():
        raise SourceError(f"{IMD_BY_PRACTICE}: a practice has two scores for 2025")
    return frame.set_index("PRACTICE_CODE")["IMD_SCORE"].astype(float)


def practice_positions(sources: SourceFolder) -> pd.DataFrame:
    """Practices with patients on 1 July 2026, indexed by code, sorted.

    Columns: x, y (metres, EPSG:27700; null where no list places the practice), list_size (patients),
    young_share (of them aged 20 to 24), imd (published mean score of its patients; null where there is none).
    A practice without a list size is not among the rows.
    """
    frame = _lists(sources)
    frame = frame[frame["list_size"] > 0]
    frame = frame.join(_positions(sources)).join(practice_imd(sources).rename("imd"))
    frame["young_share"] = frame["young"] / frame["list_size"]
    frame.index.name = "practice_code"
    return frame.sort_index()[["x", "y", "list_size", "young_share", "imd"]]
