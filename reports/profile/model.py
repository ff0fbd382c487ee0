"""What a two-page profile holds: plain data, drawn later by `profile.typ`. Numbers are already words."""

from __future__ import annotations

from dataclasses import dataclass, field

LEVELS = ("ward", "neighbourhood", "msoa", "place")  # the areas that have a profile on paper


class UnknownAreaError(ValueError):
    """There is no profile on paper for this code; the message says why."""


@dataclass(frozen=True)
class Mark:
    """A benchmark beside a figure: "better", "similar", "worse", "higher", "lower", or "" uncompared."""

    figure: str
    word: str


@dataclass(frozen=True)
class Row:
    """One key figure: `between` its 95% limits or "", `made` how it was made, `grade` its reliability."""

    title: str
    period: str
    figure: str
    between: str
    marks: tuple[Mark, ...]
    made: str
    grade: str
    values: tuple[float | None, ...]  # the figure, its limits, then the marks: for the picture
    percent: bool


@dataclass(frozen=True)
class Ages:
    """Share of residents in each five years of age, youngest first, beside the first benchmark's."""

    labels: tuple[str, ...]
    percent: tuple[float, ...]
    beside: tuple[float, ...]


@dataclass(frozen=True)
class Condition:
    """One register: crude, allowing for age ("not known" where it is not), and the benchmarks' crude."""

    title: str
    figure: str
    between: str
    allowing: str
    allowing_between: str
    word: str
    marks: tuple[str, ...]
    grade: str
    values: tuple[float | None, ...]  # allowing for age with its limits, then England: for the picture


@dataclass(frozen=True)
class Readiness:
    """School readiness: `label` names an estimate, `lines` are sentences, the numbers are for the picture."""

    figure: str
    label: str
    lines: tuple[str, ...]
    value: float | None
    lower: float | None
    upper: float | None
    marks: tuple[tuple[str, float], ...]
    alt: str


@dataclass(frozen=True)
class Spread:
    """Residents over England's tenths of deprivation, most deprived first; None for a missing tenth."""

    sentence: str
    percent: tuple[float | None, ...]
    alt: str


@dataclass(frozen=True)
class Picture:
    """A map as SVG, with what it shows in words and the entries of its legend."""

    svg: str
    alt: str
    legend: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Fact:
    """One large number under the title."""

    figure: str
    words: str


@dataclass(frozen=True)
class Standing:
    """One sentence of what stands out, and how that is known."""

    sentence: str
    how: str


@dataclass(frozen=True)
class Profile:
    """Everything on the two pages about one area."""

    area_code: str
    name: str
    kind: str
    lead: str
    working: str
    facts: tuple[Fact, ...]
    ages: Ages | None
    standing: tuple[Standing, ...]
    map: Picture
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    absent: str
    spread: Spread
    readiness: Readiness
    conditions_lead: str
    conditions_claim: str
    conditions: tuple[Condition, ...]
    beware: tuple[str, ...]
    sources: tuple[str, ...]
    version: str
    keys: tuple[tuple[str, str, str], ...] = field(default=())  # indicator, group, period of each row
