"""The neighbourhoods of a Place: read from a ward list, checked, never guessed.

`geo/neighbourhoods/<place>.csv` has one line a ward (``ward_code, ward_name, neighbourhood_code,
neighbourhood_name``); `<place>.toml` beside it says whether the list is the council's (``status =
"official"``) or a working grouping of ours (``status = "working"``), where it comes from and when.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import pandas as pd

COLUMNS = ["ward_code", "ward_name", "neighbourhood_code", "neighbourhood_name"]
STATUSES = ("official", "working")


class NeighbourhoodError(ValueError):
    """A ward list cannot be used; the message names every fault found and the file."""


@dataclass(frozen=True)
class NeighbourhoodList:
    """One Place's neighbourhoods and where the list comes from.

    `wards` has the columns of the file. `warnings` names what is odd but allowed, such as a
    neighbourhood in two pieces.
    """

    place_code: str
    wards: pd.DataFrame
    status: str
    source: str
    date: str
    warnings: tuple[str, ...] = field(default=())

    @property
    def count(self) -> int:
        """Number of neighbourhoods."""
        return int(self.wards["neighbourhood_code"].nunique())


def read_header(path: Path) -> dict[str, str]:
    """The header file beside a ward list: ``status``, ``source`` and ``date``."""
    try:
        header = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise NeighbourhoodError(
            f"{path.name} is missing: it says if the list is official or working, its source and date"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise NeighbourhoodError(f"{path.name} cannot be read as TOML: {error}") from error
    for key in ("status", "source", "date"):
        if not str(header.get(key, "")).strip():
            raise NeighbourhoodError(f"{path.name}: {key!r} is missing")
    if header["status"] not in STATUSES:
        raise NeighbourhoodError(
            f"{path.name}: status is {header['status']!r}; expected 'official' or 'working'"
        )
    return {key: str(header[key]).strip() for key in ("status", "source", "date")}


def read_table(path: Path) -> pd.DataFrame:
    """The ward list as text, with its four columns and no empty cell."""
    try:
        table = pd.read_csv(path, dtype=str, encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise NeighbourhoodError(f"{path} is missing; config.toml names it") from error
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        raise NeighbourhoodError(f"{path.name} cannot be read as CSV: {error}") from error
    absent = [column for column in COLUMNS if column not in table.columns]
    if absent:
        raise NeighbourhoodError(f"{path.name}: no column {', '.join(absent)}; expected {', '.join(COLUMNS)}")
    table = table[COLUMNS].apply(lambda column: column.str.strip())
    empty = table.isna() | (table == "")
    if empty.to_numpy().any():
        row = int(empty.any(axis=1).to_numpy().argmax())
        column = empty.columns[empty.iloc[row]][0]
        raise NeighbourhoodError(f"{path.name}, line {row + 2}: {column} is empty")
    return table


def check(table: pd.DataFrame, wards: gpd.GeoDataFrame, name: str) -> tuple[str, ...]:
    """Hold a ward list against the Place's wards.

    Refuses (NeighbourhoodError, all faults at once) an unknown ward, a ward twice, a ward missing, and a
    neighbourhood code with two names. Returns warnings for neighbourhoods in more than one piece.

    `wards` has ``area_code, area_name, geometry`` for the wards of this Place only.
    """
    known = dict(zip(wards["area_code"], wards["area_name"], strict=True))
    faults = []
    for row in table[~table["ward_code"].isin(known)].itertuples():
        faults.append(
            f"line {int(row.Index) + 2}: {row.ward_code} ({row.ward_name}) is no ward of this Place"
        )
    for code in sorted(set(table.loc[table["ward_code"].duplicated(), "ward_code"])):
        lines = ", ".join(str(i + 2) for i in table.index[table["ward_code"] == code])
        faults.append(f"{code} ({known.get(code, 'unknown')}) is there more than once: lines {lines}")
    for code in sorted(set(known) - set(table["ward_code"])):
        faults.append(f"{code} ({known[code]}) is missing")
    names = table.groupby("neighbourhood_code")["neighbourhood_name"].unique()
    for code, found in names[names.str.len() > 1].items():
        faults.append(f"neighbourhood {code} has {len(found)} names: {', '.join(found)}")
    if faults:
        raise NeighbourhoodError(f"{name}: " + "; ".join(faults))
    grouped = wards.merge(table, left_on="area_code", right_on="ward_code")
    grouped["geometry"] = grouped.geometry.buffer(1.0)  # corners that only touch are joined by a metre
    pieces = grouped.dissolve(by="neighbourhood_code").geometry
    count = {code: len(getattr(shape, "geoms", [shape])) for code, shape in pieces.items()}
    called = table.drop_duplicates("neighbourhood_code").set_index("neighbourhood_code")["neighbourhood_name"]
    return tuple(f"{called[code]} ({code}) is in {n} pieces" for code, n in count.items() if n > 1)


def read_neighbourhoods(path: Path, place_code: str, wards: gpd.GeoDataFrame) -> NeighbourhoodList:
    """Read and check one Place's list. `wards`: its wards in EPSG:27700 with ``area_code, area_name``."""
    table = read_table(path)
    header = read_header(path.with_suffix(".toml"))
    warnings = check(table, wards, path.name)
    # The official name wins over the one typed in the list: one ward keeps one name everywhere.
    table["ward_name"] = table["ward_code"].map(
        dict(zip(wards["area_code"], wards["area_name"], strict=True))
    )
    return NeighbourhoodList(place_code, table, header["status"], header["source"], header["date"], warnings)
