"""The shipped tables as one bundle: written aside, checked, swapped in, and verified when read.

`data/processed/bundle.json` is written last and lists every table with its sha256. A build that stops
half-way leaves the old bundle untouched; a bundle that is half-written is refused by name.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

INDEX = "data/processed/bundle.json"
TABLES = (
    "geo/processed/areas.parquet",
    "geo/processed/weights.parquet",
    "geo/processed/postcodes.parquet",
    "geo/processed/place_names.parquet",
    "geo/processed/hexes.parquet",
    "geo/processed/layers.json",
    "geo/processed/neighbourhoods.json",
    "data/processed/observations.parquet",
    "data/processed/practice_observations.parquet",
    "data/processed/estimate_support.parquet",
    "data/processed/area_practices.parquet",
    "data/processed/readiness_inputs.parquet",
    "data/processed/practices.parquet",
    "data/processed/schools.parquet",
    "data/processed/similar_areas.parquet",
    "data/processed/similar_figures.parquet",
    "data/processed/similar_measures.parquet",
)
STREETS = "geo/processed/streets.parquet"
# Tables that a bundle has only where the sources had the file that they are made from.
OPTIONAL = (STREETS,)


class BundleError(ValueError):
    """The shipped tables are missing, changed or half-written; the message says which and what to do."""


REMEDY = "Restore it from the repository, or remake all tables with `python3 tasks.py data`."


def sha256(path: Path) -> str:
    """Hex digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_index(
    root: Path,
    built_from: str,
    registrations: Mapping[str, str | None],
    street_names: Mapping[str, str] | None = None,
) -> str:
    """Write the index of the tables below `root`; returns the bundle's version (a short hash).

    `registrations`: where the build took from who is registered where (`Registrations`). `street_names`:
    whose list of streets it used (`data.streets`), None for none.
    """
    made = [*TABLES, *(name for name in OPTIONAL if (root / name).is_file())]
    files = {name: {"sha256": sha256(root / name), "bytes": (root / name).stat().st_size} for name in made}
    version = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:12]
    index = {"version": version, "sources_manifest_sha256": built_from, "files": files}
    index["registrations"] = dict(registrations)
    if street_names is not None:
        index["street_names"] = dict(street_names)
    (root / INDEX).write_text(json.dumps(index, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return version


def verify(root: Path) -> str:
    """Check every table against the index and return the version; BundleError names the first fault."""
    path = root / INDEX
    if not path.is_file():
        raise BundleError(
            f"{INDEX} is missing: the data that comes with the dashboard is not complete. {REMEDY}"
        )
    try:
        index = json.loads(path.read_text(encoding="utf-8"))
        files = index["files"]
        version = str(index["version"])
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise BundleError(f"{INDEX} cannot be read ({error}). {REMEDY}") from error
    for name in (*TABLES, *(name for name in OPTIONAL if name in files)):
        table = root / name
        if not table.is_file():
            raise BundleError(f"{name} is missing. {REMEDY}")
        if name not in files or sha256(table) != files[name]["sha256"]:
            raise BundleError(f"{name} is not the file that {INDEX} lists: changed or half-written. {REMEDY}")
    return version


@dataclass(frozen=True)
class RegistrationsUsed:
    """On what the estimates of long-term conditions rest: who is registered at which practice, by whom.

    `provider` is ``nhs`` (the table of NHS England, of `extract_date`) or ``estimate`` (`extract_date` is
    None); `label` is the sentence to show.
    """

    provider: str
    extract_date: str | None
    label: str


def registrations_used(root: Path) -> RegistrationsUsed:
    """What the index below `root` says of the registrations; BundleError where it says nothing usable."""
    try:
        found = json.loads((root / INDEX).read_text(encoding="utf-8"))["registrations"]
        used = RegistrationsUsed(str(found["provider"]), found["extract_date"], str(found["label"]))
    except (OSError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise BundleError(
            f"{INDEX} does not say who is registered where according to whom ({error}). {REMEDY}"
        ) from error
    if used.provider not in ("nhs", "estimate") or (used.provider == "nhs") != bool(used.extract_date):
        raise BundleError(f"{INDEX}: registrations by {used.provider!r} of {used.extract_date!r}. {REMEDY}")
    return used


@dataclass(frozen=True)
class StreetNamesUsed:
    """Whose list of streets the search uses: `provider` is a source of the catalogue, `file` the table.

    `dated` is the month of the list, "" where it is not known.
    """

    provider: str
    dated: str
    file: Path


def street_names_used(root: Path) -> StreetNamesUsed | None:
    """What the index below `root` says of a list of streets; None where the bundle has none.

    BundleError where the index has only one of the table and the word on where it comes from.
    """
    try:
        index = json.loads((root / INDEX).read_text(encoding="utf-8"))
        told, listed = index.get("street_names"), STREETS in index["files"]
        if told is None and not listed:
            return None
        if not listed:
            raise KeyError(STREETS)
        return StreetNamesUsed(str(told["provider"]), str(told["dated"]), root / STREETS)
    except (OSError, json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise BundleError(
            f"{INDEX} does not say whose list of streets this is ({error}). {REMEDY}"
        ) from error


def swap(made: Path, root: Path, folders: Sequence[str]) -> None:
    """Move a finished build into place, file by file, with the index last.

    The old index goes first: if the machine stops in between, the bundle says so and is not mixed.
    """
    (root / INDEX).unlink(missing_ok=True)
    for folder in folders:
        target = root / folder
        target.mkdir(parents=True, exist_ok=True)
        fresh = {path.name for path in (made / folder).iterdir() if path.is_file()}
        for path in sorted((made / folder).iterdir()):
            if path.is_file() and path != made / INDEX:
                path.replace(target / path.name)
        for name in OPTIONAL:
            if Path(name).parent == Path(folder) and Path(name).name not in fresh:
                (root / name).unlink(missing_ok=True)
        if folder == "static/geo":
            for path in target.glob("*.geojson"):
                if path.name not in fresh:
                    path.unlink()
    (made / INDEX).replace(root / INDEX)
    shutil.rmtree(made)
