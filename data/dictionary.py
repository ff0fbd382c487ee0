"""`docs/data-dictionary.md`, written from the catalogue and the tables so that it cannot go stale."""

from __future__ import annotations

import pandas as pd

from data.catalogue.model import LEVELS, THEMES, Catalogue
from data.columns import OBSERVATION_COLUMNS

_WHERE = "the areas it stands in"
TABLES = (
    (
        "geo/processed/areas.parquet",
        "an area",
        "area_code, area_name, area_level, boundary_year, parent_code, place_code, population, geometry",
    ),
    (
        "geo/processed/weights.parquet",
        "an LSOA and an area in which some of its people live",
        "from_code, to_code, to_level, population, share",
    ),
    (
        "geo/processed/postcodes.parquet",
        "a postcode",
        "postcode, lsoa_code, msoa_code, ward_code, neighbourhood_code, place_code",
    ),
    (
        "geo/processed/place_names.parquet",
        "a town, district, street, park, dock, school or surgery and the ward in which (the middle of) "
        "it lies",
        "name, kind, of, ward_code, neighbourhood_code, msoa_code, lsoa_code, place_code, source_id; "
        "`of` is the "
        "surgery whose address a street or district is known from",
    ),
    (
        "geo/processed/streets.parquet",
        "a street, station or settlement and a ward in which (the middle of) it lies; only there where OS "
        "Open Names was among the sources",
        "name, kind, part, within, district, ward_code, also, reach; `part` is true where only parts of the "
        "street have their middle in the ward, `also` lists other wards that it may run through, and `reach` "
        "counts them",
    ),
    ("geo/processed/hexes.parquet", "a ward as a hexagon", "area_code, place_code, geometry"),
    ("data/processed/observations.parquet", "a figure", ", ".join(OBSERVATION_COLUMNS)),
    (
        "data/processed/practice_observations.parquet",
        "a figure of a GP practice",
        "as observations; area_level is `practice`",
    ),
    (
        "data/processed/practices.parquet",
        "a GP practice",
        "practice_code, practice_name, postcode, place_code, pcn_code, pcn_name, list_size, lon, lat, "
        f"{_WHERE}",
    ),
    (
        "data/processed/schools.parquet",
        "a school",
        f"urn, school_name, phase, school_type, pupils, percent_fsm, lon, lat, {_WHERE}",
    ),
    (
        "data/processed/similar_areas.parquet",
        "one of the five areas of England that are most like a ward, MSOA or Place",
        "area_code, rank, similar_code, similar_name, district_name, distance, closeness (close, fair or "
        "far)",
    ),
    (
        "data/processed/similar_figures.parquet",
        "a figure of an area that is like one of ours",
        "area_code, indicator_id, period, value, lower, upper, denominator",
    ),
    (
        "data/processed/similar_measures.parquet",
        "an area of ours or like one of ours, with the census measures of likeness",
        "area_code, area_level, fourteen shares (of 1) and density (residents to a square kilometre)",
    ),
)

HEAD = """# Data dictionary

Written by `python3 tasks.py data`. Do not edit: change the catalogue in
`data/catalogue/` and build again.

## Tables

| Table | One row is | Columns |
|---|---|---|
"""

LEGEND = """
`lower` and `upper` are 95% limits. `basis`: published, aggregated, apportioned or modelled. `reliability`:
A published or exact, B apportioned with at least 80% of people in areas wholly inside, C apportioned
otherwise or with gaps, D weak support. `status`: reported, suppressed or missing (the
last two carry no number).

## Indicators
"""


def _cell(text: str) -> str:
    return text.replace("|", "/").replace("\n", " ").strip()


def data_dictionary(catalogue: Catalogue, observations: pd.DataFrame) -> str:
    """The page as text. `observations`: the shipped table, practice rows included."""
    reported = observations[observations["status"] == "reported"]
    coverage = reported.groupby("indicator_id").agg(
        levels=("area_level", lambda found: set(found)),
        first=("period", "min"),
        last=("period", "max"),
        rows=("value", "size"),
    )
    table_rows = "".join(f"| `{name}` | {row} | {columns} |\n" for name, row, columns in TABLES)
    lines = [HEAD + table_rows + LEGEND]
    order = [*LEVELS, "practice"]
    for theme, title in THEMES.items():
        lines += [
            f"### {title}",
            "",
            "| id | Title | Unit | Levels | Periods | Limits | Source |",
            "|---|---|---|---|---|---|---|",
        ]
        for indicator in catalogue.in_theme(theme):
            if indicator.id not in coverage.index:
                continue
            row = coverage.loc[indicator.id]
            levels = ", ".join(level for level in order if level in row["levels"])
            periods = row["first"] if row["first"] == row["last"] else f"{row['first']} to {row['last']}"
            source = catalogue.sources[indicator.source]
            cells = [
                f"`{indicator.id}`", indicator.title, indicator.unit, levels, periods, indicator.interval,
                f"{source.publisher}, {source.title} ({source.vintage})",
            ]  # fmt: skip
            lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
        lines.append("")
    lines += ["## Caveats", ""]
    lines += [
        f"- **{caveat.code}**: {_cell(caveat.short)} {_cell(caveat.detail)}"
        for caveat in catalogue.caveats.values()
    ]
    lines += ["", "## Sources", ""]
    for entry in catalogue.sources.values():
        lines.append(
            f"- **{entry.id}**: {entry.publisher}, {entry.title}, {entry.vintage}. "
            f"{entry.licence}. {_cell(entry.attribution)}"
        )
    return "\n".join(lines) + "\n"
