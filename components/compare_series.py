"""Series and ages of one area for the comparison, with the trend test, kept by ids and data version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import pandas as pd
import streamlit as st

from components.charts import pyramids
from components.compare_state import AGES
from components.key_figures import figures_of
from data.comparison import Line
from data.query import Bundle, Observation
from data.recent_trend import TrendFound, recent_trend

NUMBERS = ("value", "lower", "upper", "numerator", "denominator")


@dataclass(frozen=True)
class Ages:
    """Shares by age of an area, with what must be said of them; `period` is "" without figures."""

    shares: pd.DataFrame
    period: str
    bases: frozenset[str]
    letters: frozenset[str]


def _frame(found: Sequence[Observation]) -> pd.DataFrame:
    """Observations as rows; missing numbers as missing."""
    columns = [item.name for item in fields(Observation)]
    frame = pd.DataFrame([[getattr(item, name) for name in columns] for item in found], columns=columns)
    return frame.astype(dict.fromkeys(NUMBERS, float))


@st.cache_resource(max_entries=512, show_spinner=False)
def _over_time(
    version: str, code: str, indicator_id: str, group: str, _bundle: Bundle
) -> tuple[pd.DataFrame, TrendFound]:
    found = figures_of(_bundle, code).get((indicator_id, group), {})
    rows = _frame([found[period] for period in sorted(found)])
    return rows, recent_trend(_bundle.catalogue[indicator_id], rows)


def over_time(bundle: Bundle, code: str, line: Line) -> tuple[pd.DataFrame, TrendFound]:
    """All periods of a figure in an area, oldest first, and what the trend test finds in them."""
    return _over_time(bundle.version, code, line.indicator.id, line.group, bundle)


@st.cache_resource(max_entries=256, show_spinner=False)
def _ages(version: str, code: str, _bundle: Bundle) -> Ages:
    every = figures_of(_bundle, code).items()
    found = [series[max(series)] for (name, _), series in every if name == AGES]
    return Ages(
        pyramids.shares(_frame(found)),
        max((item.period for item in found), default=""),
        frozenset(item.basis for item in found),
        frozenset(item.reliability for item in found),
    )


def ages(bundle: Bundle, code: str) -> Ages:
    """The ages of an area's residents in the latest period."""
    return _ages(bundle.version, code, bundle)
