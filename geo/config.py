"""The configuration a council edits (`config.toml`), read once and checked."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from geo.contact import NOBODY, Contact, read_contact

ROOT = Path(__file__).resolve().parent.parent


class ConfigError(ValueError):
    """`config.toml` says something that cannot be used; the message says what and where."""


@dataclass(frozen=True)
class Place:
    """One Place: a local authority district of England, of the region or outside it.

    `role` is ``home`` (the city the dashboard is about), ``pioneer`` (a neighbourhood health pioneer
    Place) or ``neighbour``. `neighbourhoods` is the path of its ward list, or None where there is none.
    """

    code: str
    name: str
    slug: str
    role: str
    neighbourhoods: Path | None


@dataclass(frozen=True)
class View:
    """The view with which the Map opens."""

    indicator: str
    level: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class Suppression:
    """What protects withheld counts of the council's own.

    `threshold` is the width of the range that all that is shown must leave to a withheld count. `round_to` is
    the base to which the counts shown are rounded, 0 for none.
    """

    threshold: int = 10
    round_to: int = 0


@dataclass(frozen=True)
class Config:
    """Everything in `config.toml`.

    `region_places` are the codes of the Places that make up the region, in display order; the other Places
    lie outside it: they have figures of their own and are in no figure, class or comparison of the region.
    `school_readiness_counts` is the path of a council's own counts, or None where there are none.
    """

    sources: Path
    region_code: str
    region_name: str
    country_code: str
    country_name: str
    places: tuple[Place, ...]
    region_places: tuple[str, ...]
    view: View
    school_readiness_counts: Path | None = None
    suppression: Suppression = Suppression()
    contact: Contact = NOBODY

    @property
    def place_codes(self) -> list[str]:
        """Codes of all Places in display order, those outside the region included."""
        return [place.code for place in self.places]

    @property
    def outside(self) -> list[Place]:
        """The Places outside the region, in display order."""
        return [place for place in self.places if place.code not in self.region_places]

    def place(self, code: str) -> Place:
        """The Place with this code; ConfigError when there is none."""
        for place in self.places:
            if place.code == code:
                return place
        raise ConfigError(f"config.toml has no Place with the code {code!r}")

    def with_role(self, role: str) -> list[Place]:
        """The Places with one role, in display order."""
        return [place for place in self.places if place.role == role]


ROLES = ("home", "pioneer", "neighbour")


def _place(entry: dict[str, Any], number: int, root: Path) -> Place:
    for key in ("code", "name", "slug"):
        if not isinstance(entry.get(key), str) or not entry[key]:
            raise ConfigError(f"config.toml: place number {number} has no {key!r}")
    role = entry.get("role", "neighbour")
    if role not in ROLES:
        raise ConfigError(
            f"config.toml: {entry['name']} has role {role!r}; expected one of {', '.join(ROLES)}"
        )
    path = entry.get("neighbourhoods")
    return Place(entry["code"], entry["name"], entry["slug"], role, root / path if path else None)


def _counts(section: object, path: Path, root: Path) -> Path | None:
    """The setting ``[school_readiness] counts``; the file itself is looked at by the build only."""
    if not isinstance(section, dict):
        raise ConfigError(f'{path}: write [school_readiness] and below it counts = "path.csv"')
    unknown = sorted(set(section) - {"counts"})
    if unknown:
        raise ConfigError(
            f"{path}: [school_readiness] has {', '.join(map(repr, unknown))}; it knows 'counts' only"
        )
    counts = section.get("counts")
    if counts is None:
        return None
    if not isinstance(counts, str) or not counts.strip():
        raise ConfigError(
            f"{path}: [school_readiness] counts must be the path of a CSV file in quotes, found {counts!r}"
        )
    return root / counts


def _suppression(section: object, path: Path) -> Suppression:
    """The section ``[suppression]``; what it leaves out keeps its default."""
    least = {"threshold": 1, "round_to": 0}
    if not isinstance(section, dict):
        raise ConfigError(f"{path}: write [suppression] and below it threshold and round_to")
    unknown = sorted(set(section) - set(least))
    if unknown:
        raise ConfigError(
            f"{path}: [suppression] has {', '.join(map(repr, unknown))}; it knows 'threshold' and 'round_to'"
        )
    for key, value in section.items():
        if not isinstance(value, int) or isinstance(value, bool) or value < least[key]:
            raise ConfigError(
                f"{path}: [suppression] {key} must be a whole number, {least[key]} or more, found {value!r}"
            )
    found = Suppression(**section)
    if found.round_to > found.threshold:
        raise ConfigError(
            f"{path}: [suppression] round_to {found.round_to} is above threshold {found.threshold}: counts "
            "that may be shown would be rounded to 0"
        )
    return found


def _region_places(region: dict[str, Any], codes: list[str], path: Path) -> tuple[str, ...]:
    """The setting ``[region] places``: all Places where it is left out."""
    named = region.get("places", codes)
    if not isinstance(named, list) or not named or not all(isinstance(code, str) for code in named):
        raise ConfigError(f"{path}: [region] places must be a list of codes of Places in quotes")
    unknown = [code for code in named if code not in codes]
    if unknown:
        raise ConfigError(f"{path}: [region] places names Places that are not listed: {', '.join(unknown)}")
    return tuple(code for code in codes if code in named)


def _contact(section: object, path: Path) -> Contact:
    try:
        return read_contact(section)
    except ValueError as error:
        raise ConfigError(f"{path}: {error}") from error


def read_config(path: Path) -> Config:
    """Read and check a `config.toml`. Relative paths in it are taken from its own folder."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(f"{path} is missing: restore it from the repository") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} cannot be read as TOML: {error}") from error
    for section in ("data", "region", "country", "place", "view"):
        if section not in raw:
            raise ConfigError(f"{path}: the section [{section}] is missing")
    root = path.resolve().parent
    places = tuple(_place(entry, i, root) for i, entry in enumerate(raw["place"], start=1))
    codes = [place.code for place in places]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise ConfigError(f"{path}: listed twice: {', '.join(twice)}")
    slugs = [place.slug for place in places]
    twice = sorted({slug for slug in slugs if slugs.count(slug) > 1})
    if twice:
        raise ConfigError(f"{path}: two Places have the slug {', '.join(twice)}")
    view = raw["view"]
    unknown = [code for code in view["places"] if code not in codes]
    if unknown:
        raise ConfigError(f"{path}: [view] names Places that are not listed: {', '.join(unknown)}")
    return Config(
        sources=root / raw["data"]["sources"],
        region_code=raw["region"]["code"],
        region_name=raw["region"]["name"],
        country_code=raw["country"]["code"],
        country_name=raw["country"]["name"],
        places=places,
        region_places=_region_places(raw["region"], codes, path),
        view=View(view["indicator"], view["level"], tuple(view["places"])),
        school_readiness_counts=_counts(raw.get("school_readiness", {}), path, root),
        suppression=_suppression(raw.get("suppression", {}), path),
        contact=_contact(raw.get("contact", {}), path),
    )


@cache
def config() -> Config:
    """The configuration of this checkout."""
    return read_config(ROOT / "config.toml")
