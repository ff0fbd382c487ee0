"""A council's own counts of school readiness by ward, neighbourhood or LSOA: read, checked, refused by name.

The file is named in `config.toml` ([school_readiness] counts) and documented in docs/updating-data.md. One
line an area and year: `area_code, period, children, achieved`. A count that may not be shown is written `c`,
`*` or `suppressed`; an empty cell is a count that is not known.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from data.sources import SourceError

COLUMNS = ["area_code", "period", "children", "achieved"]
LEVELS = ("lsoa", "ward", "neighbourhood")
SUPPRESSED = {"c", "*", "suppressed"}
_YEAR = re.compile(r"\d{4}/\d{2}")


class CountsError(SourceError):
    """The council's file cannot be used; the message names the line, the column and what to do."""


@dataclass(frozen=True)
class CouncilCounts:
    """Checked counts.

    `rows`: area_code, area_level, place_code, period, children, achieved, status (reported, suppressed,
    missing; the last two without numbers), sorted. `warnings` are for whoever builds; no sum in them can
    give a suppressed count away.
    """

    rows: pd.DataFrame
    warnings: tuple[str, ...]


def council_counts(path: Path, areas: pd.DataFrame, published: pd.DataFrame) -> CouncilCounts:
    """Read and check a council's counts.

    Parameters
    ----------
    path
        The CSV.
    areas
        area_code, area_name, area_level, place_code of all areas of the dashboard.
    published
        place_code, period, children, achieved: the published totals of the Places.

    Raises
    ------
    CountsError
        For anything that cannot be right; a sum that falls short of the published total is only a warning.
    """
    lines = _lines(path)
    known = areas.set_index("area_code")
    places = known[known["area_level"] == "place"]["area_name"]
    periods = sorted(set(published["period"]))
    rows: list[dict[str, object]] = []
    seen: dict[tuple[str, str], int] = {}
    for number, line in lines:
        where = f"{path.name}, row {number}"
        area, period = line["area_code"].strip(), line["period"].strip()
        _check_area(area, known, where)
        if not _YEAR.fullmatch(period) or period not in periods:
            raise CountsError(
                f"{where}, column 'period': found {period!r}, expected an academic year with published "
                f"figures, written as one of {', '.join(periods)}"
            )
        if (area, period) in seen:
            raise CountsError(
                f"{where}: {area} in {period} is already in row {seen[area, period]}; keep one of the two"
            )
        seen[area, period] = number
        children = _count(line["children"], f"{where}, column 'children'")
        achieved = _count(line["achieved"], f"{where}, column 'achieved'")
        rows.append(
            {
                "area_code": area, "area_level": str(known.at[area, "area_level"]),
                "place_code": str(known.at[area, "place_code"]), "period": period,
                **_settled(children, achieved, where),
            }
        )  # fmt: skip
    if not rows:
        raise CountsError(f"{path.name} has no counts below its heading; add some, or remove the setting")
    frame = pd.DataFrame(rows).sort_values(["period", "place_code", "area_level", "area_code"])
    frame = frame.reset_index(drop=True)
    return CouncilCounts(frame, tuple(_check_sums(frame, areas, published, places, path.name)))


def _lines(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            heading = [cell.strip() for cell in next(reader, [])]
            body = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except FileNotFoundError as error:
        raise CountsError(
            f"{path} is missing: put the council's counts there, or remove [school_readiness] counts from "
            "config.toml"
        ) from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CountsError(f"{path.name} cannot be read: {error}. Save it as CSV UTF-8.") from error
    absent = [column for column in COLUMNS if column not in heading]
    if absent:
        raise CountsError(
            f"{path.name}, row 1: no column {', '.join(map(repr, absent))}; found "
            f"{', '.join(map(repr, heading)) or 'nothing'}. The first row must be {','.join(COLUMNS)}"
        )
    for number, cells in body:
        if len(cells) != len(heading):
            raise CountsError(
                f"{path.name}, row {number}: {len(cells)} cells, expected {len(heading)} as in the heading "
                "(a comma inside a number?)"
            )
    return [(number, dict(zip(heading, cells, strict=True))) for number, cells in body]


def _check_area(area: str, known: pd.DataFrame, where: str) -> None:
    if area not in known.index:
        raise CountsError(
            f"{where}, column 'area_code': {area!r} is no area of the Places in config.toml. Expected "
            "the code of an LSOA of 2021, a ward of May 2025 or a neighbourhood of the list in use: correct "
            "it, or leave the row out if the area lies elsewhere"
        )
    level = known.at[area, "area_level"]
    if level not in LEVELS:
        raise CountsError(
            f"{where}, column 'area_code': {area} is a {level}, expected an LSOA, ward or neighbourhood; "
            "larger areas are added up or published"
        )


def _count(text: str, where: str) -> float | str:
    """A number, or ``suppressed`` or ``missing``."""
    text = text.strip()
    if not text:
        return "missing"
    if text.lower() in SUPPRESSED:
        return "suppressed"
    if not re.fullmatch(r"-?\d+(\.0+)?", text):
        raise CountsError(
            f"{where}: found {text!r}, expected a whole number of children; 'c' where it may not be shown, "
            "nothing where it is not known"
        )
    if float(text) < 0:
        raise CountsError(f"{where}: found {text}, expected 0 or more: a count cannot be negative")
    return float(text)


def _settled(children: float | str, achieved: float | str, where: str) -> dict[str, float | str]:
    """Both counts or neither: one of them with the area's rate would give the other back."""
    for status in ("suppressed", "missing"):
        if status in (children, achieved):
            return {"children": np.nan, "achieved": np.nan, "status": status}
    assert isinstance(children, float)
    assert isinstance(achieved, float)
    if achieved > children:
        raise CountsError(
            f"{where}, column 'achieved': {achieved:g} of {children:g} children, expected no more than there "
            "are; look whether the two columns are swapped"
        )
    return {"children": children, "achieved": achieved, "status": "reported"}


def _check_sums(
    rows: pd.DataFrame, areas: pd.DataFrame, published: pd.DataFrame, places: pd.Series, name: str
) -> list[str]:
    totals = published.set_index(["place_code", "period"])
    number = areas.groupby(["place_code", "area_level"]).size()
    warnings = []
    for (place, period, level), found in rows.groupby(["place_code", "period", "area_level"], sort=True):
        label = f"{name}: the {level} counts of {places[place]} in {period}"
        if (place, period) not in totals.index:
            raise CountsError(f"{label} cannot be checked: no figure is published for it in that year")
        given = found[found["status"] == "reported"]
        left = {}
        for column in ("children", "achieved"):
            total = float(totals.at[(place, period), column])
            left[column] = total - given[column].sum()
            if left[column] < 0:
                raise CountsError(
                    f"{label} add up to {given[column].sum():,.0f} in column {column!r}, more than the "
                    f"{total:,.0f} published. The published figure counts children at schools in the Place: "
                    "leave out those at schools elsewhere, and look for children counted twice"
                )
        if left["children"] < left["achieved"]:
            raise CountsError(
                f"{label} leave {left['children']:,.0f} of the published children but "
                f"{left['achieved']:,.0f} of those who achieved: more than there are. Check both columns"
            )
        withheld = int((found["status"] == "suppressed").sum())
        absent = int(number[(place, level)]) - len(given) - withheld
        if withheld:
            # the difference from the published total would be the withheld count itself
            warnings.append(
                f"{label}: {withheld} suppressed and {absent} not given, so the sum is checked from "
                "above only"
            )
        elif left["children"] or absent:
            warnings.append(
                f"{label} are {left['children']:,.0f} children and {left['achieved']:,.0f} who achieved "
                f"short of the published total; {absent} areas are not given"
            )
    return warnings
