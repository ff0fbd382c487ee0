"""`python3 tasks.py data`: from the publishers' files to the tables that the dashboard ships with.

Everything is written to a temporary folder first and swapped in only when every check has passed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import geopandas as gpd
import pandas as pd
import pandera.errors

from data import bundle, schemas, similar_areas
from data.aggregate import observations as observe
from data.browser_layers import write_layers
from data.catalogue.model import Catalogue, CatalogueError, read_catalogue
from data.dictionary import data_dictionary
from data.estimates import METHODS, Estimates, estimates, write_methods
from data.geography import Geography
from data.ground import (
    BuildError,
    Ground,
    make_areas,
    make_geography,
    make_ground,
    make_hexes,
    make_practices,
    neighbourhood_index,
    standing_in,
)
from data.ingest import (
    census,
    dwp,
    fingertips,
    fuel_poverty,
    indices_of_deprivation,
    ons_els,
    qof,
    school_readiness,
    schools,
)
from data.ingest import geography as ons
from data.place_names import place_names
from data.sources import SourceError, SourceFolder
from data.streets import Streets, streets
from geo import layers, postcodes
from geo.config import ROOT, Config, ConfigError, read_config
from geo.neighbourhoods import NeighbourhoodError
from geo.weights import shares
from methods.intervals import IntervalError

MODULES: tuple[ModuleType, ...] = (
    indices_of_deprivation, census, dwp, fuel_poverty, qof, school_readiness, fingertips, ons_els,
)  # fmt: skip
FOLDERS = ("geo/processed", "data/processed", "static/geo", "docs")


@dataclass
class Progress:
    """Says what is being done and how long it has taken."""

    start: float

    def say(self, text: str) -> None:
        """One line with the seconds since the start."""
        print(f"[{time.monotonic() - self.start:6.1f} s] {text}", flush=True)


def make_observations(
    sources: SourceFolder, catalogue: Catalogue, where: Geography, progress: Progress
) -> tuple[pd.DataFrame, Estimates, list[pd.DataFrame]]:
    """All publishers' figures at every level, and the estimates, validated on the way in and out.

    Third come the rows of all England that areas alike are compared on.
    """
    parts, compared, deprivation = [], [], pd.DataFrame()
    for module in MODULES:
        rows = schemas.measurements.validate(module.measurements(sources))
        parts.append(observe(rows, catalogue, where))
        compared.append(rows[rows["indicator_id"].isin(similar_areas.FIGURES)])
        if module is indices_of_deprivation:
            deprivation = rows
        progress.say(
            f"{module.__name__.rpartition('.')[2]}: {len(rows):,} rows read, {len(parts[-1]):,} figures"
        )
    estimated = estimates(sources, where, deprivation, progress.say)
    table = pd.concat([*parts, estimated.rows], ignore_index=True)
    keys = ["indicator_id", "area_level", "area_code", "period", "group"]
    table = table.sort_values(keys).reset_index(drop=True)
    return schemas.observations.validate(table), estimated, compared


def check(catalogue: Catalogue, table: pd.DataFrame, areas: pd.DataFrame) -> None:
    """Refuse a bundle that says less than its catalogue promises."""
    faults = []
    reported = table[table["status"] == "reported"]
    have = reported.groupby("indicator_id")["area_level"].unique()
    for indicator in catalogue.indicators.values():
        if indicator.id not in have.index:
            faults.append(f"{indicator.id} has no figures")
            continue
        absent = set(indicator.levels) - set(have[indicator.id])
        if "neighbourhood" in absent and "neighbourhood" not in set(areas["area_level"]):
            absent.discard("neighbourhood")
        if absent:
            faults.append(f"{indicator.id} has no figures for {', '.join(sorted(absent))}")
    strays = set(table.loc[table["area_level"] != "practice", "area_code"]) - set(areas["area_code"])
    if strays:
        faults.append(f"figures for unknown areas: {', '.join(sorted(strays)[:5])}")
    if faults:
        raise BuildError("; ".join(faults))


def write_table(frame: pd.DataFrame, path: Path) -> None:
    """Parquet with the same bytes for the same rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.to_parquet(path, index=False, compression="zstd", engine="pyarrow")


def build(folder: Path, root: Path, config_path: Path, *, check_sums: bool = True) -> str:
    """Make all tables from `folder` and swap them in below `root`; returns the bundle's version."""
    progress = Progress(time.monotonic())
    config = read_config(config_path)
    sources = SourceFolder(folder, check=check_sums, settings=config)
    catalogue = read_catalogue()
    progress.say(f"{len(catalogue.indicators)} indicators in the catalogue; sources in {folder}")
    ground = make_ground(sources, config)
    for one in ground.lists:
        progress.say(f"{config.place(one.place_code).name}: {one.count} neighbourhoods, {one.status} list")
        for warning in one.warnings:
            progress.say(f"  warning: {warning}")
    gps = make_practices(sources, ground)
    areas = make_areas(ground, gps, config)
    where = make_geography(sources, config, ground, areas)
    progress.say(f"{len(areas):,} areas, {len(ground.lookup):,} output areas")
    named = streets(sources, ground.boundaries["ward"], config)
    if named is None:
        progress.say("no list of streets among the sources: only those of surgeries' addresses are known")
    else:
        progress.say(f"OS Open Names {named.used['dated']}: {len(named.table):,} names, {named.tiles} tables")
    table, estimated, compared = make_observations(sources, catalogue, where, progress)
    check(catalogue, table, areas)
    alike = similar_areas.tables(sources, ground.lookup, compared, catalogue, where)
    progress.say(f"{alike['similar_areas']['area_code'].nunique()} areas with areas alike in England")
    with tempfile.TemporaryDirectory(dir=root, prefix=".build-", ignore_cleanup_errors=True) as temporary:
        made = Path(temporary) / "made"
        _write_everything(made, sources, config, catalogue, ground, areas, gps, table, estimated, alike)
        used = _write_streets(made, named)
        progress.say("tables and map layers written and checked")
        version = bundle.write_index(
            made, bundle.sha256(sources.folder / "manifest.csv"), estimated.registrations, used
        )
        bundle.swap(made, root, FOLDERS)
    size = sum((root / name).stat().st_size for name in bundle.TABLES)
    size += sum(path.stat().st_size for path in (root / "static" / "geo").iterdir())
    progress.say(f"done: {len(table):,} figures, {size / 1e6:.1f} MB, version {version}")
    return version


def _write_everything(
    made: Path,
    sources: SourceFolder,
    config: Config,
    catalogue: Catalogue,
    ground: Ground,
    areas: gpd.GeoDataFrame,
    gps: pd.DataFrame,
    table: pd.DataFrame,
    estimated: Estimates,
    alike: dict[str, pd.DataFrame],
) -> None:
    write_table(areas, made / "geo/processed/areas.parquet")
    known = ground.lookup.dropna(subset=["neighbourhood"])
    weights = pd.concat([shares(ground.lookup, "lsoa", "ward"), shares(known, "lsoa", "neighbourhood")])
    write_table(weights.reset_index(drop=True), made / "geo/processed/weights.parquet")
    wards = {row.ward_code: row.neighbourhood_code for one in ground.lists for row in one.wards.itertuples()}
    msoa = dict(zip(ground.lookup["lsoa"], ground.lookup["msoa"], strict=True))
    found = postcodes.finder(
        ons.postcode_points(sources), ground.boundaries["lsoa"], ground.boundaries["ward"], msoa, wards
    )
    write_table(found, made / "geo/processed/postcodes.parquet")
    practice = table["area_level"] == "practice"
    write_table(table[~practice].reset_index(drop=True), made / "data/processed/observations.parquet")
    write_table(table[practice].reset_index(drop=True), made / "data/processed/practice_observations.parquet")
    for name, frame in {**estimated.tables, **alike}.items():
        write_table(frame, made / f"data/processed/{name}.parquet")
    write_table(gps.drop(columns="sub_icb", errors="ignore"), made / "data/processed/practices.parquet")
    places = ground.boundaries["ward"].set_index("area_code")["place_code"]
    standing = standing_in(schools.schools(sources), ground)
    standing["place_code"] = standing["ward_code"].map(places)
    standing = standing.dropna(subset=["place_code"]).sort_values("urn").reset_index(drop=True)
    write_table(standing, made / "data/processed/schools.parquet")
    names = place_names(sources, config, found, gps, standing, lambda rows: standing_in(rows, ground))
    write_table(schemas.place_names.validate(names), made / "geo/processed/place_names.parquet")
    outline = areas[areas["area_level"] == "place"].to_crs(ons.GRID)
    background = layers.context(
        outline,
        ons.basemap(sources, "sea_estuary_nw_clip.geojson"),
        ons.basemap(sources, "lad2024_context_nw_clip.geojson"),
        ons.basemap(sources, "motorways_os_openroads_nw.geojson"),
        ons.place_labels(sources),
        config.region_places,
    )
    equal = make_hexes(sources, config, ground)
    write_table(equal, made / "geo/processed/hexes.parquet")
    index = write_layers(made / "static/geo", config, catalogue, areas, table, background, equal)
    _write_json(made / "geo/processed/layers.json", index)
    _write_json(made / "geo/processed/neighbourhoods.json", neighbourhood_index(ground.lists))
    (made / "docs").mkdir()
    write_methods(ROOT / METHODS, made / METHODS, estimated.sections)
    (made / "docs/data-dictionary.md").write_text(data_dictionary(catalogue, table), encoding="utf-8")


def _write_streets(made: Path, named: Streets | None) -> dict[str, str] | None:
    """Write the table of streets, where there is one; returns what the index says of it."""
    if named is None:
        return None
    write_table(schemas.streets.validate(named.table), made / bundle.STREETS)
    return named.used


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )


REFUSALS = (IntervalError, SourceError, ConfigError, NeighbourhoodError, CatalogueError, BuildError)


def main(arguments: list[str] | None = None) -> int:
    """Command line: ``python -m data.build [--sources DIR]``."""
    parser = argparse.ArgumentParser(
        prog="tasks.py data", description="Make the shipped tables from the sources."
    )
    parser.add_argument("--sources", type=Path, help="folder of publishers' files with a manifest.csv")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    parser.add_argument("--config", type=Path, default=None, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    config_path = chosen.config or chosen.root / "config.toml"
    try:
        folder = chosen.sources or read_config(config_path).sources
        build(folder, chosen.root, config_path)
    except REFUSALS as error:
        print(f"The data were not changed. {error}", file=sys.stderr)
        return 1
    except pandera.errors.SchemaError as error:
        print(f"The data were not changed. A table is not as expected: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
