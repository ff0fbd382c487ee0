"""Areas side by side: one line a figure, one cell an area, judged against England or the area's own Place.

Everything is worked out from observations that the caller reads (and may keep): nothing here caches.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from data.catalogue.model import Indicator
from data.gradient import EXPECTED_FROM_INCOME
from data.query import Bundle, Observation
from methods.compare import Judgement, against, judge

Figures = Mapping[tuple[str, str], Mapping[str, Observation]]
Reader = Callable[[str], Figures]
Against = Literal["england", "place"]
AGAINST: tuple[Against, ...] = ("england", "place")

# Shown as pictures of their own: eighteen ages and ten tenths would bury the other figures.
NOT_LISTED = ("population-by-age", "residents-by-imd-decile")
# Subgroups beside the figure for everybody, where the difference between them is the point.
ALSO = {"gld": ("fsm",)}
# Sizes and positions: an area with more people is not better or worse, and a position has no England.
NOT_SPREAD = ("count", "rank", "decile")
AGE_BAND = re.compile(r"age-(\d\d)-(\d\d|plus)")
GROUP_WORDS = {
    "all": "",
    "female": "women",
    "male": "men",
    "fsm": "children with free school meals",
    "not-fsm": "other children",
}


@dataclass(frozen=True)
class Cell:
    """One area's figure with what it is compared with.

    Attributes
    ----------
    area, mark
        The figure and that of England or the Place, of the same period; None where there is no row.
    mark_code
        Code of the benchmark; "" where the area has none (England itself, or no Place).
    verdict
        "not compared" wherever a number is missing, and for what is only expected from family income.
    why
        Why there is no figure or no comparison: ``no figure``, ``itself``, ``no benchmark``, ``no limits``,
        ``expected only``; "" if compared.
    """

    area_code: str
    area: Observation | None
    mark: Observation | None
    mark_code: str
    verdict: Judgement
    why: str

    @property
    def known(self) -> bool:
        """Whether there is a number to show."""
        return self.area is not None and self.area.value is not None


@dataclass(frozen=True)
class Line:
    """One figure across the areas: `period` is that of the cells unless a cell's own says otherwise."""

    indicator: Indicator
    group: str
    period: str
    cells: tuple[Cell, ...]

    @property
    def key(self) -> str:
        """Identifier that an address can carry."""
        return self.indicator.id if self.group == "all" else f"{self.indicator.id}:{self.group}"

    @property
    def title(self) -> str:
        """Short title with the group where it is not everybody."""
        return titled(self.indicator, self.group)

    def count(self, *verdicts: str) -> int:
        """How many of the areas were judged so."""
        return sum(cell.verdict in verdicts for cell in self.cells)


def titled(indicator: Indicator, group: str) -> str:
    """An indicator's short title with its group: "Life expectancy, women"."""
    band = AGE_BAND.fullmatch(group)
    words = GROUP_WORDS.get(group, group.replace("-", " "))
    if band:
        words = f"aged {int(band[1])} " + ("and over" if band[2] == "plus" else f"to {int(band[2])}")
    return f"{indicator.short_title}, {words}" if words else indicator.short_title


def keys(bundle: Bundle) -> list[tuple[str, str]]:
    """Every (indicator, group) that is a line, in catalogue order.

    The group is everybody where there is such a figure, otherwise each group.
    """
    found = []
    for item in bundle.indicators():
        if item.id in NOT_LISTED:
            continue
        groups = bundle.groups(item.id)
        if "all" in groups:
            groups = ["all", *(group for group in ALSO.get(item.id, ()) if group in groups)]
        found += [(item.id, group) for group in groups]
    return found


def benchmark_of(bundle: Bundle, area_code: str, against_what: Against) -> str:
    """Code of what an area is compared with; "" for England itself and for areas without a Place."""
    if against_what == "england":
        return "" if area_code == bundle.config.country_code else bundle.config.country_code
    place = bundle.areas.loc[area_code, "place_code"]
    return place if isinstance(place, str) and place != area_code else ""


def shared_period(periods: Iterable[Iterable[str]]) -> str:
    """The latest period that all series have, empty ones set aside; "" where they share none."""
    series = [set(found) for found in periods]
    series = [found for found in series if found]
    common = set.intersection(*series) if series else set()
    return max(common, default="")


def lines(
    bundle: Bundle,
    figures: Reader,
    codes: Sequence[str],
    against_what: Against,
    wanted: Sequence[tuple[str, str]] | None = None,
) -> list[Line]:
    """The figures that at least one of the areas has, judged against England or each area's Place.

    Parameters
    ----------
    figures
        Gives the figures of an area by (indicator, group) and period.
    codes
        Known area codes, in the order of the cells.
    wanted
        Lines in order; `keys` of the bundle by default.

    Notes
    -----
    A line has one period, the latest that all its areas share. Where they share none, each cell has the
    area's own latest. A figure is only compared with a benchmark of its own period.
    """
    marks = [benchmark_of(bundle, code, against_what) for code in codes]
    read = {code: figures(code) for code in {*codes, *filter(None, marks)}}
    drafts: list[tuple[Indicator, str, str, list[tuple[Observation | None, Observation | None]]]] = []
    for indicator_id, group in wanted if wanted is not None else keys(bundle):
        own = [read[code].get((indicator_id, group), {}) for code in codes]
        if not any(own):
            continue
        common = shared_period(
            [period for period, found in series.items() if found.value is not None] for series in own
        )
        pairs: list[tuple[Observation | None, Observation | None]] = []
        for series, mark in zip(own, marks, strict=True):
            period = common or max(series, default="")
            beside = read[mark].get((indicator_id, group), {}) if mark else {}
            pairs.append((series.get(period), beside.get(period)))
        if any(area is not None and area.value is not None for area, _ in pairs):
            period = common or max(area.period for area, _ in pairs if area is not None)
            drafts.append((bundle.catalogue[indicator_id], group, period, pairs))
    return _judged(drafts, codes, marks)


def _judged(drafts: Any, codes: Sequence[str], marks: Sequence[str]) -> list[Line]:
    """Compare all cells in one call: there are hundreds of them."""
    pairs = [pair for *_, row in drafts for pair in row]
    found = against(
        [_number(area, "lower") for area, _ in pairs],
        [_number(area, "upper") for area, _ in pairs],
        [_number(mark, "value") for _, mark in pairs],
    )
    result, at = [], 0
    for indicator, group, period, row in drafts:
        cells = []
        for code, mark_code, (area, mark) in zip(codes, marks, row, strict=True):
            why = _why(area, mark, mark_code)
            direction = "not compared" if why else str(found[at])
            at += 1
            verdict = judge(direction, indicator.polarity)  # type: ignore[arg-type]
            cells.append(Cell(code, area, mark, mark_code, verdict, why))
        result.append(Line(indicator, group, period, tuple(cells)))
    return result


def _number(found: Observation | None, name: str) -> float:
    value = getattr(found, name, None)
    return np.nan if value is None else float(value)


def _why(area: Observation | None, mark: Observation | None, mark_code: str) -> str:
    if area is None or area.value is None:
        return "no figure"
    if not mark_code:
        return "itself"
    if mark is None or mark.value is None:
        return "no benchmark"
    if area.basis == "modelled" and area.indicator_id in EXPECTED_FROM_INCOME:
        return "expected only"
    return "no limits" if area.lower is None or area.upper is None else ""


@dataclass(frozen=True)
class Tally:
    """How often one area was judged what; `judged` counts figures with a good and a bad end only."""

    area_code: str
    better: int
    similar: int
    worse: int
    higher: int
    lower: int
    alike: int
    not_compared: int

    @property
    def judged(self) -> int:
        """Figures judged better, similar or worse."""
        return self.better + self.similar + self.worse


def tallies(found: Sequence[Line]) -> list[Tally]:
    """The judgements of each area over some lines, in the order of the cells.

    "similar" of a figure without a good end counts apart, as ``alike``.
    """
    result = []
    for position in range(len(found[0].cells) if found else 0):
        cells = [(line.indicator.polarity == "neutral", line.cells[position]) for line in found]
        polar = Counter(cell.verdict for neutral, cell in cells if cell.known and not neutral)
        plain = Counter(cell.verdict for neutral, cell in cells if cell.known and neutral)
        result.append(
            Tally(
                cells[0][1].area_code,
                polar["better"],
                polar["similar"],
                polar["worse"],
                plain["higher"],
                plain["lower"],
                plain["similar"],
                polar["not compared"] + plain["not compared"],
            )
        )
    return result
