"""The catalogue: what every indicator means, where it comes from and what to beware of.

Read from the YAML files beside this module. Unknown keys, unknown sources and unknown caveats are refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

HERE = Path(__file__).resolve().parent

Level = Literal["lsoa", "msoa", "ward", "neighbourhood", "place", "pcn", "region", "england"]
LEVELS: tuple[Level, ...] = ("lsoa", "msoa", "ward", "neighbourhood", "place", "pcn", "region", "england")
Theme = Literal[
    "deprivation",
    "school-readiness",
    "long-term-conditions",
    "people",
    "health-outcomes",
    "housing-and-place",
]
THEMES: dict[str, str] = {
    "deprivation": "Deprivation",
    "school-readiness": "School readiness and childhood",
    "long-term-conditions": "Long-term conditions",
    "people": "People",
    "health-outcomes": "Health and length of life",
    "housing-and-place": "Housing and place",
}
# The eight principles of All Together Fairer (Marmot), in their usual order.
MARMOT: dict[str, str] = {
    "best-start": "Give every child the best start in life",
    "capabilities": "Enable all to maximise their capabilities and have control over their lives",
    "fair-work": "Create fair employment and good work for all",
    "standard-of-living": "Ensure a healthy standard of living for all",
    "healthy-places": "Create and develop healthy and sustainable places and communities",
    "prevention": "Strengthen the role and impact of ill health prevention",
    "discrimination": "Tackle racism, discrimination and their outcomes",
    "sustainability": "Pursue environmental sustainability and health equity together",
}
LIFE_STAGES: dict[str, str] = {
    "starting-well": "Starting well",
    "growing-up": "Growing up",
    "working-age": "Living and working well",
    "later-life": "Ageing well",
    "all-ages": "All ages",
}


class CatalogueError(ValueError):
    """A catalogue file is wrong; the message names the file, the entry and the fault."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Indicator(_Strict):
    """One indicator. The fields are the contract of DESIGN section 3."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    title: str
    short_title: str = Field(max_length=48)
    plain_english: str
    theme: Theme
    marmot_principle: Literal[
        "best-start", "capabilities", "fair-work", "standard-of-living",
        "healthy-places", "prevention", "discrimination", "sustainability",
    ]  # fmt: skip
    life_stage: Literal["starting-well", "growing-up", "working-age", "later-life", "all-ages"]
    unit: str
    decimals: int = Field(ge=0, le=3)
    polarity: Literal["high-is-worse", "high-is-better", "neutral"]
    statistic: Literal[
        "percentage", "rate-per-1000", "rate-per-100000", "score", "rank", "decile", "count", "years", "ratio"
    ]
    denominator_text: str
    levels: tuple[Level, ...]
    aggregation: Literal["rate", "weighted-mean", "count", "none"]
    interval: Literal["wilson", "byar", "exact-poisson", "published", "none"]
    classification: Literal["quantile", "natural-breaks", "equal-interval", "national-decile"]
    period_format: Literal[
        "calendar-year", "financial-year", "academic-year", "three-year", "census", "month"
    ]
    source: str
    caveats: tuple[str, ...]
    description: str

    @model_validator(mode="after")
    def _says_why_no_limits(self) -> Indicator:
        if self.interval == "none" and not any(code.startswith("no-limits-") for code in self.caveats):
            raise ValueError("interval is 'none': cite a caveat 'no-limits-...' that says why")
        return self

    @property
    def is_companion(self) -> bool:
        """True where the indicator stands beside a figure nobody publishes for small areas."""
        return "companion" in self.caveats


class Source(_Strict):
    """One publication: who, what, when, under which licence, and which manifest files it came as."""

    id: str
    publisher: str
    title: str
    vintage: str
    published: str
    licence: str
    attribution: str
    files: tuple[str, ...]
    url: str = ""


class Caveat(_Strict):
    """One warning, in one sentence for everybody and one paragraph for the analyst."""

    code: str
    short: str
    detail: str


@dataclass(frozen=True)
class Catalogue:
    """All indicators, sources and caveats, in catalogue order."""

    indicators: dict[str, Indicator]
    sources: dict[str, Source]
    caveats: dict[str, Caveat]

    def __getitem__(self, indicator_id: str) -> Indicator:
        try:
            return self.indicators[indicator_id]
        except KeyError:
            raise KeyError(f"the catalogue has no indicator {indicator_id!r}") from None

    def in_theme(self, theme: str) -> list[Indicator]:
        """Indicators of one theme, in catalogue order."""
        return [indicator for indicator in self.indicators.values() if indicator.theme == theme]


Entry = TypeVar("Entry", bound=BaseModel)


def _entries(path: Path, model: type[Entry]) -> list[Entry]:
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except yaml.YAMLError as error:
        raise CatalogueError(f"{path.name} cannot be read as YAML: {error}") from error
    if not isinstance(raw, list):
        raise CatalogueError(f"{path.name} must be a list of entries")
    entries = []
    for number, item in enumerate(raw, start=1):
        label = item.get("id") or item.get("code") if isinstance(item, dict) else None
        try:
            entries.append(model.model_validate(item))
        except ValidationError as error:
            faults = "; ".join(
                f"{'.'.join(map(str, e['loc'])) or 'entry'}: {e['msg']}" for e in error.errors()
            )
            raise CatalogueError(f"{path.name}, entry {number} ({label}): {faults}") from error
    return entries


def _by_key(entries: list[Entry], key: str, where: str) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        name = getattr(entry, key)
        if name in found:
            raise CatalogueError(f"{where}: {name} is there twice")
        found[name] = entry
    return found


def read_catalogue(folder: Path = HERE) -> Catalogue:
    """Read and check the whole catalogue in a folder; CatalogueError says what is wrong and where."""
    caveats = _by_key(_entries(folder / "caveats.yml", Caveat), "code", "caveats.yml")
    sources = _by_key(_entries(folder / "sources.yml", Source), "id", "sources.yml")
    listed: list[Indicator] = []
    for theme in THEMES:
        path = folder / "indicators" / f"{theme}.yml"
        if path.exists():
            entries = _entries(path, Indicator)
            strays = [entry.id for entry in entries if entry.theme != theme]
            if strays:
                raise CatalogueError(f"{path.name}: of another theme: {', '.join(strays)}")
            listed += entries
    indicators = _by_key(listed, "id", "indicators")
    for indicator in indicators.values():
        if indicator.source not in sources:
            raise CatalogueError(f"{indicator.id}: unknown source {indicator.source!r}")
        unknown = [code for code in indicator.caveats if code not in caveats]
        if unknown:
            raise CatalogueError(f"{indicator.id}: unknown caveats {', '.join(unknown)}")
    return Catalogue(indicators, sources, caveats)


@cache
def catalogue() -> Catalogue:
    """The catalogue of this checkout."""
    return read_catalogue()
