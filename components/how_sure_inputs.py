"""The inputs to recompute an estimate, as CSV: made only when somebody asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import pandas as pd
import streamlit as st

from components import store
from components.how_sure import practice_name, support_of
from data import support as tables
from data.query import Bundle, Observation
from house_style.area_facts import name_of
from house_style.expected_readiness import EXPECTED

LABEL = "Download the inputs to recompute this (CSV)"
CONDITION_NOTE = (
    "The estimate is not the mean of these practices. The register of each practice is shared among the "
    "small areas of all its patients in proportion to what their ages and deprivation lead to expect, and "
    "every register is kept; then the ratio of entries to expectation is applied to the residents of the "
    "2021 census. See docs/methods.md, Long-term conditions in small areas. Practices with under 1 in 200 of "
    "the residents are added up in the last row."
)
READINESS_NOTE = (
    "expected = fsm_share x place_rate_fsm + (100 - fsm_share) x place_rate_not_fsm, over 100, with the "
    "children whose eligibility is not known (about 1%) mixed in everywhere alike. fsm_share is "
    "income_deprived, moved by one amount on the logit scale for all small areas of the Place until the "
    "Place's share is the published one. sd_ columns: standard deviations in percentage points. See "
    f"docs/methods.md, School readiness in small areas. {EXPECTED}"
)


def has_inputs(observation: Observation | None) -> bool:
    """Whether there is something to recompute: an estimate with its inputs in the tables."""
    return observation is not None and observation.basis == "modelled" and observation.value is not None


def _figure(bundle: Bundle, observation: Observation) -> dict[str, object]:
    indicator = bundle.catalogue[observation.indicator_id]
    return {
        "indicator_id": indicator.id,
        "indicator": indicator.title,
        "area_code": observation.area_code,
        "area_name": name_of(bundle, observation.area_code),
        "area_level": observation.area_level,
        "period": observation.period,
        "estimate": observation.value,
        "lower_95": observation.lower,
        "upper_95": observation.upper,
        "numerator": observation.numerator,
        "denominator": observation.denominator,
        "reliability": observation.reliability,
    }


def _registers(bundle: Bundle, indicator_id: str, period: str) -> pd.DataFrame:
    """A register's count and list by practice."""
    rows = bundle.practice_observations
    rows = rows[(rows["indicator_id"] == indicator_id) & (rows["period"] == period)]
    return rows[rows["group"] == "all"].set_index("area_code")[["numerator", "denominator"]]


def condition_table(bundle: Bundle, observation: Observation) -> pd.DataFrame:
    """One row a practice: its share of the residents, its register and list; the last row is all others."""
    support = support_of(bundle, observation)
    found = tables.supports(bundle.version).practices(observation.area_code)
    registers = _registers(bundle, observation.indicator_id, observation.period)
    codes = [item.practice_code for item in found]
    known = registers.reindex(codes)
    table = pd.DataFrame(
        {
            "practice_code": [*codes, ""],
            "practice_name": [*(practice_name(bundle, code) for code in codes), "all other practices"],
            "share_of_residents": [
                *(item.share for item in found),
                round(max(1 - sum(item.share for item in found), 0.0), 4),
            ],
            "practice_register": [*known["numerator"], None],
            "practice_list": [*known["denominator"], None],
        }
    )
    used = bundle.registrations
    facts = _figure(bundle, observation)
    facts["registrations"] = f"NHS table, {used.extract_date}" if used.provider == "nhs" else "our estimate"
    if support is not None:
        names = ("standardised", "standardised_lower", "standardised_upper", "reliability_reason")
        facts |= {name: getattr(support, name) for name in (*names, "coverage", "effective_practices")}
    for at, (name, cell) in enumerate(facts.items()):
        table.insert(at, name, cell)
    return table


def readiness_table(bundle: Bundle, observation: Observation) -> pd.DataFrame:
    """The inputs row of an expected school readiness, with the figure."""
    found = tables.supports(bundle.version).readiness(observation.area_code, observation.period)
    return pd.DataFrame([_figure(bundle, observation) | (asdict(found) if found is not None else {})])


def table(bundle: Bundle, observations: Sequence[Observation]) -> pd.DataFrame:
    """The inputs of several estimates of one kind, one below the other, with note, source and version."""
    parts = []
    for item in observations:
        ready = item.indicator_id == "gld"
        part = readiness_table(bundle, item) if ready else condition_table(bundle, item)
        source = store.the_catalogue().sources[item.source_id]
        part["note"] = READINESS_NOTE if ready else CONDITION_NOTE
        part["source"] = f"{source.publisher}, {source.title} ({source.vintage})"
        part["licence"] = source.licence
        part["attribution"] = source.attribution
        parts.append(part.astype(object))
    whole = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    return whole.assign(data_version=bundle.version)


def csv(bundle: Bundle, observations: Sequence[Observation]) -> bytes:
    """The inputs as CSV: UTF-8 with the mark by which Excel knows it."""
    return table(bundle, observations).to_csv(index=False).encode("utf-8-sig")


def button(bundle: Bundle, observations: Sequence[Observation], *, key: str, label: str = LABEL) -> None:
    """Draw the download button for those that are estimates; nothing where none is."""
    wanted = [item for item in observations if has_inputs(item)]
    if not wanted:
        return
    first = wanted[0]
    what = first.indicator_id if len(wanted) == 1 else "conditions"
    st.download_button(
        label,
        lambda: csv(bundle, wanted),
        file_name=f"inputs-{what}-{first.area_code}.csv",
        mime="text/csv",
        on_click="ignore",
        key=key,
    )
