"""Streets, stations and settlements of OS Open Names, where a council has put the file in place.

Ordnance Survey publishes it as one zip of CSV tables, one a square of 20 km ("SJ28.csv"). They have no row of
column names: those stand in `OS_Open_Names_Header.csv`. It is not among the sources as shipped. To use it,
save the zip as `place_names/opname_csv_gb.zip` in the sources folder, or unpack it to
`place_names/opname_csv_gb/`. It needs no line in manifest.csv; if the zip has one, its sha256 is checked.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from data.sources import SourceError, SourceFolder

HOME = "place_names"
ZIP, UNPACKED = f"{HOME}/opname_csv_gb.zip", f"{HOME}/opname_csv_gb"
HEADER = "OS_Open_Names_Header.csv"
TILE = re.compile(r"^([A-HJ-Z]{2})(\d)(\d)$")
TILE_METRES = 20_000
# A record can stand in the table of the next square: whole squares around the extent are read too.
MARGIN = TILE_METRES
BOX = ["MBR_XMIN", "MBR_YMIN", "MBR_XMAX", "MBR_YMAX"]
POINT = ["GEOMETRY_X", "GEOMETRY_Y"]
TEXT = ["NAME1", "TYPE", "LOCAL_TYPE", "POSTCODE_DISTRICT", "POPULATED_PLACE"]
EASTINGS = ("GEOMETRY_X", "MBR_XMIN", "MBR_XMAX")
NEEDED = [*TEXT, *POINT, *BOX]
# How far the National Grid reaches, in metres.
EAST, NORTH = 700_000, 1_300_000
KINDS = {
    ("transportNetwork", "Named Road"): "street",
    ("transportNetwork", "Section Of Named Road"): "section",
    ("transportNetwork", "Railway Station"): "station",
    ("populatedPlace", "City"): "city",
    ("populatedPlace", "Town"): "town",
    ("populatedPlace", "Village"): "village",
    ("populatedPlace", "Hamlet"): "hamlet",
    ("populatedPlace", "Suburban Area"): "suburb",
    ("populatedPlace", "Other Settlement"): "settlement",
}
AGAIN = "Fetch OS Open Names for Great Britain as CSV again and put it in place as it comes."

Extent = tuple[float, float, float, float]
Members = dict[str, Callable[[], bytes]]


@dataclass(frozen=True)
class OpenNames:
    """The names of one edition within an extent.

    `table` has ``name, kind, within, district, x, y, xmin, ymin, xmax, ymax`` (metres, British National
    Grid; `kind` a value of `KINDS`; the box is the point itself where none is given). `dated` is the month of
    the newest table ("July 2026"), "" for an unpacked folder, whose dates say nothing. `sha256` is of the
    zip, "" for a folder.
    """

    table: pd.DataFrame
    tiles: int
    dated: str
    sha256: str


def open_names_file(sources: SourceFolder) -> Path | None:
    """The zip or the unpacked folder among the sources, the zip first; None where nobody has put one there.

    Raises SourceError where `place_names/` holds something under another name: left unread, it would seem
    used.
    """
    if ZIP in sources.manifest.index:
        return sources.path(ZIP)
    packed, unpacked, home = (sources.folder / name for name in (ZIP, UNPACKED, HOME))
    if packed.is_file():
        return packed
    if unpacked.is_dir():
        return unpacked
    others = sorted(path.name for path in home.iterdir()) if home.is_dir() else []
    if others:
        raise SourceError(
            f"{HOME}/ holds {', '.join(others[:3])} but not OS Open Names. Save the zip as {ZIP}, "
            f"unpack it to {UNPACKED}/, or remove what is there."
        )
    return None


def read_open_names(path: Path, extent: Extent) -> OpenNames:
    """Read a zip or folder and keep the named points within `extent` (xmin, ymin, xmax, ymax; metres).

    Raises SourceError, with file and row, for a broken zip, an absent header or column, no tables for the
    extent, a table with other columns than the header, and coordinates that are no place in Great Britain.
    """
    name = path.name
    try:
        members, dated = _packed(path) if path.is_file() else _unpacked(path)
        columns = _columns(members, name)
        near = {stem: read for stem, read in members.items() if _near(stem, extent)}
        if not near:
            raise SourceError(f"{name}: no table for this part of the country (such as SJ28.csv). {AGAIN}")
        parts = [_tile(read(), f"{name}, {stem}.csv", columns, extent) for stem, read in sorted(near.items())]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise SourceError(
            f"{name} cannot be read ({error}): it may not have been fetched to its end. {AGAIN}"
        ) from error
    digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    return OpenNames(pd.concat(parts, ignore_index=True), len(near), dated, digest)


def _packed(path: Path) -> tuple[Members, str]:
    """What is in a zip, by stem, and the month of its newest table."""
    archive = zipfile.ZipFile(path)
    found = [entry for entry in archive.infolist() if entry.filename.lower().endswith(".csv")]
    stamps = [entry.date_time for entry in found if TILE.match(Path(entry.filename).stem.upper())]
    newest = date(*max(stamps)[:3]) if stamps else None
    # 1980 is what a zip says that has no dates
    dated = f"{newest:%B %Y}" if newest and newest.year > 1980 else ""
    members = {Path(entry.filename).stem.upper(): _reader(archive, entry) for entry in found}
    return members, dated


def _reader(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[], bytes]:
    return lambda: archive.read(entry)


def _unpacked(path: Path) -> tuple[Members, str]:
    return {file.stem.upper(): file.read_bytes for file in sorted(path.rglob("*.csv"))}, ""


def _columns(members: Members, name: str) -> list[str]:
    """The names of the columns, from the header file."""
    read = members.get(Path(HEADER).stem.upper())
    if read is None:
        raise SourceError(f"{name}: no {HEADER}, which names the columns. {AGAIN}")
    first = next(csv.reader(io.StringIO(read().decode("utf-8-sig", errors="replace"))), [])
    columns = [column.strip() for column in first]
    absent = [column for column in NEEDED if column not in columns]
    if absent:
        raise SourceError(
            f"{name}, {HEADER}: no column {', '.join(map(repr, absent))}; found "
            f"{', '.join(map(repr, columns[:8]))}. Is it OS Open Names as CSV?"
        )
    return columns


def corner(tile: str) -> tuple[int, int] | None:
    """South-west corner of a table's square in metres: "SJ28" is (320000, 380000); None for another name."""
    found = TILE.match(tile)
    if found is None:
        return None
    letters = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
    first, second = (letters.index(letter) for letter in found[1])
    east = (first - 2) % 5 * 5 + second % 5
    north = 19 - first // 5 * 5 - second // 5
    return east * 100_000 + int(found[2]) * 10_000, north * 100_000 + int(found[3]) * 10_000


def _near(tile: str, extent: Extent) -> bool:
    at = corner(tile)
    if at is None:
        return False
    x, y = at
    beyond = TILE_METRES + MARGIN
    return (
        x - MARGIN <= extent[2]
        and x + beyond >= extent[0]
        and y - MARGIN <= extent[3]
        and y + beyond >= extent[1]
    )


def _tile(content: bytes, where: str, columns: list[str], extent: Extent) -> pd.DataFrame:
    """The wanted rows of one table within the extent."""
    wanted = [columns.index(name) for name in NEEDED]
    typed, kinds = columns.index("TYPE"), columns.index("LOCAL_TYPE")
    kept: list[list[str]] = []
    rows: list[int] = []
    number = 0
    try:
        for number, row in enumerate(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")), 1):
            if len(row) != len(columns):
                raise SourceError(
                    f"{where}, row {number}: {len(row)} cells, {HEADER} names {len(columns)} columns. {AGAIN}"
                )
            kind = KINDS.get((row[typed], row[kinds]))
            if kind:
                kept.append([kind, *(row[i] for i in wanted)])
                rows.append(number)
    except (UnicodeDecodeError, csv.Error) as error:
        raise SourceError(f"{where} cannot be read as CSV: {error}. {AGAIN}") from error
    if not number:
        raise SourceError(f"{where} is empty. {AGAIN}")
    frame = pd.DataFrame(kept, index=rows, columns=["kind", *NEEDED], dtype=str)
    for column in (*POINT, *BOX):
        frame[column] = _metres(frame, column, where)
    for low, high, at in (("MBR_XMIN", "MBR_XMAX", "GEOMETRY_X"), ("MBR_YMIN", "MBR_YMAX", "GEOMETRY_Y")):
        frame[low] = frame[[low, at]].min(axis=1)
        frame[high] = frame[[high, at]].max(axis=1)
    names = {"NAME1": "name", "POPULATED_PLACE": "within", "POSTCODE_DISTRICT": "district"}
    names |= {"GEOMETRY_X": "x", "GEOMETRY_Y": "y"} | {column: column[4:].lower() for column in BOX}
    frame = frame.rename(columns=names)[["name", "kind", *list(names.values())[1:]]]
    for column in ("name", "within", "district"):
        frame[column] = frame[column].str.split().str.join(" ")
    inside = frame["x"].between(extent[0], extent[2]) & frame["y"].between(extent[1], extent[3])
    return frame[inside & (frame["name"] != "")]


def _metres(frame: pd.DataFrame, column: str, where: str) -> pd.Series:
    """One column as metres; a box may be left out, a point may not."""
    found = pd.to_numeric(frame[column], errors="coerce")
    limit = EAST if column in EASTINGS else NORTH
    bad = ~found.between(0, limit)
    if column in BOX:
        bad &= frame[column].str.strip() != ""
    if bad.any():
        at = int(bad.to_numpy().argmax())
        raise SourceError(
            f"{where}, row {frame.index[at]}, column {column!r}: found {frame[column].iloc[at]!r}, "
            f"expected metres of the British National Grid from 0 to {limit:,}. {AGAIN}"
        )
    return found
