"""Made-up tables in the layout of OS Open Names, for tests. No name, place or number in them is real."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

COLUMNS = [
    "ID", "NAMES_URI", "NAME1", "NAME1_LANG", "NAME2", "NAME2_LANG", "TYPE", "LOCAL_TYPE", "GEOMETRY_X",
    "GEOMETRY_Y", "MOST_DETAIL_VIEW_RES", "LEAST_DETAIL_VIEW_RES", "MBR_XMIN", "MBR_YMIN", "MBR_XMAX",
    "MBR_YMAX", "POSTCODE_DISTRICT", "POSTCODE_DISTRICT_URI", "POPULATED_PLACE", "POPULATED_PLACE_URI",
    "POPULATED_PLACE_TYPE", "DISTRICT_BOROUGH", "DISTRICT_BOROUGH_URI", "DISTRICT_BOROUGH_TYPE",
    "COUNTY_UNITARY", "COUNTY_UNITARY_URI", "COUNTY_UNITARY_TYPE", "REGION", "REGION_URI", "COUNTRY",
    "COUNTRY_URI", "RELATED_SPATIAL_OBJECT", "SAME_AS_DBPEDIA", "SAME_AS_GEONAMES",
]  # fmt: skip
HEADER = "Doc/OS_Open_Names_Header.csv"

Row = dict[str, str]


def record(
    name: str, x: float, y: float, kind: str = "Named Road", box: Iterable[float] = (), **cells: str
) -> Row:
    """One made-up record; `box` is xmin, ymin, xmax, ymax."""
    settled = kind in ("City", "Town", "Village", "Hamlet", "Suburban Area", "Other Settlement")
    other = kind in ("Postcode", "Hospital")
    row = dict.fromkeys(COLUMNS, "")
    row |= {"NAME1": name, "LOCAL_TYPE": kind, "GEOMETRY_X": f"{x:.0f}", "GEOMETRY_Y": f"{y:.0f}"}
    row["TYPE"] = "populatedPlace" if settled else "other" if other else "transportNetwork"
    row |= zip(
        ("MBR_XMIN", "MBR_YMIN", "MBR_XMAX", "MBR_YMAX"), (f"{cell:.0f}" for cell in box), strict=False
    )
    return row | cells


def text(rows: Iterable[Row]) -> str:
    """One table: no row of names, a byte order mark, lines that end as on Windows."""
    made = io.StringIO()
    csv.DictWriter(made, COLUMNS, lineterminator="\r\n").writerows(rows)
    return "\ufeff" + made.getvalue()


def members(tiles: dict[str, list[Row]], header: Iterable[str] = COLUMNS) -> dict[str, str]:
    """The files of a delivery by their path in it."""
    head = {HEADER: "\ufeff" + ",".join(header) + "\r\n", "Doc/licence.txt": "made up"}
    return head | {f"Data/{tile}.csv": text(rows) for tile, rows in tiles.items()}


def packed(path: Path, files: dict[str, str], dated: tuple[int, int, int] = (2026, 7, 9)) -> Path:
    """The zip of a delivery, all its files of one day."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (*dated, 0, 0, 0)), content)
    return path


def unpacked(path: Path, files: dict[str, str]) -> Path:
    """The folder of a delivery."""
    for name, content in files.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode())
    return path
