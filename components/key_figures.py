"""Key figures of areas beside benchmarks: one row an indicator, a judgement in words in each cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

import pandas as pd

from components.caveats import unavailable
from components.how_sure import estimate_word, support_of
from components.tables import Cell
from data.catalogue.model import Indicator
from data.query import Bundle, Observation
from house_style.area_facts import level_of, name_of
from house_style.expected_readiness import is_expected
from house_style.figures import NO_FIGURE, figure, limits, period_words
from house_style.level_names import listed, many
from house_style.narrative import verdict
from methods.compare import Judgement

GROUP_WORDS = {
    "all": "",
    "female": "women",
    "male": "men",
    "fsm": "children with free school meals",
    "not-fsm": "other children",
    "expected": "expected from family income",
}


@dataclass(frozen=True)
class Wanted:
    """One row of a table of key figures: which indicator, for which group."""

    indicator_id: str
    group: str = "all"


@dataclass(frozen=True)
class Line:
    """One indicator for one area with its benchmarks, all of one period."""

    indicator: Indicator
    group: str
    period: str
    area: Observation | None
    benchmarks: dict[str, Observation | None]
    judgements: dict[str, Judgement]
    reason: str

    @property
    def title(self) -> str:
        """The row's header, with the group where it is not everybody."""
        group = GROUP_WORDS.get(self.group, self.group)
        return f"{self.indicator.short_title}, {group}" if group else self.indicator.short_title


def has_value(observation: Observation | None) -> bool:
    """Whether there is a number to show."""
    return observation is not None and observation.value is not None and not pd.isna(observation.value)


def reason_missing(
    bundle: Bundle, indicator_id: str, level: str, observation: Observation | None, group: str = "all"
) -> str:
    """Why an area has no figure: not published for its kind of area, withheld, or not published at all."""
    levels = [
        item
        for item in bundle.levels(indicator_id)
        if item not in ("region", "england", "pcn") and bundle.periods(indicator_id, item, group)
    ]
    if level not in levels and levels:
        return f"published for {listed([many(item) for item in levels])} only"
    return unavailable(observation.status if observation else None).removeprefix("not available: ")


Figures = dict[tuple[str, str], dict[str, Observation]]


@lru_cache(maxsize=64)  # Streamlit's own caches cost a third of a millisecond a look: too much for hundreds
def figures_of(bundle: Bundle, code: str) -> Figures:
    """Every figure of an area by (indicator, group) and period, read once: a page asks for dozens."""
    found: Figures = {}
    rows = bundle.profile(code)
    columns = [item.name for item in fields(Observation)]
    for cells in rows[columns].itertuples(index=False):
        known: dict[str, Any] = {
            name: (None if isinstance(cell, float) and pd.isna(cell) else cell)
            for name, cell in zip(columns, cells, strict=True)
        }
        observation = Observation(**known)
        by_period = found.setdefault((observation.indicator_id, observation.group), {})
        by_period[observation.period] = observation
    return found


def line(bundle: Bundle, wanted: Wanted, area_code: str, benchmark_codes: Sequence[str]) -> Line | None:
    """One row of key figures; None where neither the area nor a benchmark has any such figure.

    The benchmarks are read for the area's own period. Where the area has no figure, the period is the latest.
    """
    key = (wanted.indicator_id, wanted.group)
    own = figures_of(bundle, area_code).get(key, {})
    others = {code: figures_of(bundle, code).get(key, {}) for code in benchmark_codes}
    periods = sorted(own or {period for found in others.values() for period in found})
    if not periods:
        return None
    indicator = bundle.catalogue[wanted.indicator_id]
    period = periods[-1]
    area = own.get(period)
    marks = {code: found.get(period) for code, found in others.items()}
    judgements: dict[str, Judgement] = {
        code: "not compared" if is_expected(area) else verdict(bundle, indicator, area, mark)
        for code, mark in marks.items()
    }
    level = level_of(bundle, area_code)
    reason = "" if has_value(area) else reason_missing(bundle, indicator.id, level, area, wanted.group)
    return Line(indicator, wanted.group, period, area, marks, judgements, reason)


def lines(
    bundle: Bundle, wanted: Sequence[Wanted], area_code: str, benchmark_codes: Sequence[str]
) -> list[Line]:
    """The rows that the tables can fill, in the order asked for."""
    found = (line(bundle, item, area_code, benchmark_codes) for item in wanted)
    return [item for item in found if item is not None]


def value_cell(item: Line) -> Cell:
    """The area's own figure with its limits, named an estimate if it is one; or why there is none."""
    if not has_value(item.area) or item.area is None:
        return Cell("not available", note=item.reason)
    between = limits(item.indicator, item.area.lower, item.area.upper)
    words = [text for text in (estimate_word(item.area), between) if text]
    return Cell(figure(item.indicator, item.area.value), note=", ".join(words))


def benchmark_cell(item: Line, code: str, *, judged: bool = True) -> Cell:
    """A benchmark's figure with the judgement on the area against it."""
    mark = item.benchmarks[code]
    text = figure(item.indicator, mark.value) if has_value(mark) and mark is not None else NO_FIGURE
    if text == NO_FIGURE:
        return Cell("not available")
    judged = judged and has_value(item.area) and not is_expected(item.area)
    return Cell(text, verdict=item.judgements[code] if judged else None)


def header(item: Line) -> tuple[str, str]:
    """The row's header and its quiet second line with the period."""
    return item.title, period_words(item.indicator, item.period)


def tidy(found: Sequence[Line], area_code: str, bundle: Bundle) -> pd.DataFrame:
    """Key figures as a table for download: codes, values, limits, benchmarks, judgement, basis and source.

    Where a figure allowing for age is known it stands beside the crude one.
    """
    rows = []
    for item in found:
        row: dict[str, object] = {
            "area_code": area_code,
            "area_name": name_of(bundle, area_code),
            "indicator_id": item.indicator.id,
            "indicator": item.title,
            "unit": item.indicator.unit,
            "period": item.period,
            "group": item.group,
        }
        for key in ("value", "lower", "upper", "numerator", "denominator", "basis", "reliability", "status"):
            row[key] = getattr(item.area, key) if item.area is not None else None
        row["status"] = row["status"] or "missing"
        support = support_of(bundle, item.area) if item.area is not None else None
        for key in ("standardised", "standardised_lower", "standardised_upper"):
            row[f"age_{key}"] = getattr(support, key) if support is not None else None
        row["reason"] = item.reason
        for code, mark in item.benchmarks.items():
            name = name_of(bundle, code)
            row[f"{name} value"] = mark.value if mark is not None else None
            row[f"compared with {name}"] = item.judgements[code]
        row["source_id"] = item.indicator.source
        rows.append(row)
    return pd.DataFrame(rows)
