"""The figures of the two-page profile as a workbook: as printed, as numbers, definitions, sources, method."""

from __future__ import annotations

import io
from typing import Any

import pandas as pd
import xlsxwriter

from components.compare_workbook import METHOD, definitions, sources, write_sheet
from data.age_mix import support_of
from data.comparison import Line, titled
from data.query import Bundle, Observation
from reports.profile.build import TENTHS, build
from reports.profile.conditions import SHOWN
from reports.profile.key_rows import benchmarks
from reports.profile.model import Profile

# The counts and limits of the page are crude; this is what stands beside them.
AGE_NOTE = (
    "Allowing for age",
    "What the figure would be if people’s ages were as in England, with 95% limits; empty where not known.",
)
PERIODS = (
    "Periods",
    "Each line shows the latest period of this area, and the benchmarks of that period beside it.",
)
KINDS = ("value", "lower", "upper", "numerator", "denominator")


def wanted(profile: Profile) -> list[tuple[str, str, str]]:
    """Indicator, group and period of everything on the pages: key figures, readiness, conditions, tenths."""
    found = list(profile.keys)
    when = next((period for item, group, period in found if (item, group) == ("gld", "all")), None)
    found += [("gld", group, when or "") for group in ("expected", "fsm", "not-fsm") if when]
    found += [(item, "all", "") for item in SHOWN]
    found += [("residents-by-imd-decile", group, "") for group in TENTHS]
    return list(dict.fromkeys(found))


def _row(bundle: Bundle, found: Observation) -> dict[str, Any]:
    indicator, support = bundle.catalogue[found.indicator_id], support_of(bundle, found)
    row: dict[str, Any] = {
        "indicator_id": found.indicator_id,
        "indicator": titled(indicator, found.group),
        "group": found.group,
        "unit": indicator.unit,
        "area_code": found.area_code,
        "area_name": bundle.name(found.area_code),
        "period": found.period,
        **{name: getattr(found, name) for name in KINDS},
        "basis": found.basis,
        "reliability": found.reliability,
        "status": found.status,
        "source_id": found.source_id,
    }
    for name in ("standardised", "standardised_lower", "standardised_upper"):
        row[f"age_{name}"] = getattr(support, name) if support is not None else None
    return row


def figures(bundle: Bundle, profile: Profile) -> pd.DataFrame:
    """Every figure of the pages as a number, of the area and of its benchmarks for the same period."""
    rows = []
    for indicator_id, group, period in wanted(profile):
        own = bundle.value(indicator_id, profile.area_code, period or None, group)
        if own is None:
            continue
        others = [
            bundle.value(indicator_id, code, own.period, group)
            for code in benchmarks(bundle, profile.area_code)
        ]
        rows += [_row(bundle, found) for found in (own, *others) if found is not None]
    return pd.DataFrame(rows)


def printed(profile: Profile) -> pd.DataFrame:
    """The table of key figures as it stands on paper, in words."""
    rows = []
    for line in profile.rows:
        row = {
            "Figure": line.title,
            "Period": line.period,
            profile.name: line.figure,
            "95% limits": line.between,
        }
        for name, mark in zip(profile.columns, line.marks, strict=True):
            row[name] = mark.figure
            row[f"beside {name}"] = mark.word or "not compared"
        rows.append({**row, "How it was made": line.made, "Reliability": line.grade})
    return pd.DataFrame(rows)


def conditions(profile: Profile) -> pd.DataFrame:
    """The table of long-term conditions as it stands on paper, in words."""
    rows = []
    for line in profile.conditions:
        row = {
            "Condition": line.title,
            f"{profile.name}, crude": line.figure,
            "95% limits, crude": line.between,
            "Allowing for age": line.allowing,
            "95% limits, allowing for age": line.allowing_between,
            "beside England, allowing for age": line.word or "not compared",
        }
        row |= {f"{name}, crude": mark for name, mark in zip(profile.columns, line.marks, strict=True)}
        rows.append({**row, "Reliability": line.grade})
    return pd.DataFrame(rows)


def about(profile: Profile) -> pd.DataFrame:
    """What stands out, readiness, how it was made and what to beware of, as text."""
    rows = [
        ("Area", f"{profile.name} ({profile.area_code}). {profile.kind}."),
        ("In a sentence", profile.lead),
    ]
    rows += [("Neighbourhoods", profile.working)] if profile.working else []
    rows += [("What stands out", f"{item.sentence} {item.how}") for item in profile.standing]
    rows += [("School readiness", f"{profile.readiness.label}.")] if profile.readiness.label else []
    rows += [("School readiness", text) for text in profile.readiness.lines]
    rows += [("Deprivation", profile.spread.sentence), ("Long-term conditions", profile.conditions_lead)]
    rows += [("Long-term conditions", profile.conditions_claim)] if profile.conditions_claim else []
    rows += [("Not in the table", profile.absent)] if profile.absent else []
    rows += [("Beware", text) for text in profile.beware]
    rows += [row for row in METHOD if row[0] != PERIODS[0]]
    rows += [PERIODS, AGE_NOTE, ("Data version", profile.version)]
    return pd.DataFrame(rows, columns=["what", "meaning"])


def as_excel(bundle: Bundle, code: str) -> bytes:
    """The workbook. UnknownAreaError where the area has no profile on paper."""
    profile = build(bundle, code)
    numbers = figures(bundle, profile)
    ids = list(dict.fromkeys(numbers["indicator_id"]))
    lines = [Line(bundle.catalogue[item], "all", "", ()) for item in ids]
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    with xlsxwriter.Workbook(out, options) as book:
        for name, table in (
            ("Key figures", printed(profile)),
            ("Long-term conditions", conditions(profile)),
            ("Numbers", numbers),
            ("Definitions", definitions(lines, bundle.catalogue)),
            ("Sources", sources(lines, bundle.catalogue)),
            ("About", about(profile)),
        ):
            write_sheet(book, name, table)
    return out.getvalue()
