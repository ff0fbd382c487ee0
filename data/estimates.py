"""The build's estimates for small areas: who is registered where, conditions, school readiness.

The sections of docs/methods.md between markers are written here, with what this build measured.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data import prevalence_docs, readiness_docs, registrations_docs
from data.geography import Geography
from data.ingest.indices_of_deprivation_files import read_2025
from data.prevalence import prevalence
from data.readiness import readiness
from data.registrations import Registrations, registrations
from data.sources import SourceFolder

METHODS = "docs/methods.md"


@dataclass(frozen=True)
class Estimates:
    """`rows` are observations; `tables` are shipped beside them, by file name; `sections` are Markdown.

    `registrations` says who is registered where according to whom: provider, extract_date, label.
    """

    rows: pd.DataFrame
    tables: dict[str, pd.DataFrame]
    sections: dict[str, str]
    registrations: dict[str, str | None]


def estimates(
    sources: SourceFolder, where: Geography, deprivation: pd.DataFrame, say: Callable[[str], None]
) -> Estimates:
    """Everything that is estimated below the level at which it is published.

    `deprivation`: the measurements of `data.ingest.indices_of_deprivation`.
    """
    edition = read_2025(sources)
    region = list(where.config.region_places)
    registered = _registered(sources, where, region, edition, say)
    conditions = prevalence(sources, where.only(region), registered)
    say(f"conditions: {len(conditions.rows):,} figures estimated")
    rows, support, practices = [conditions.rows], [conditions.support], [conditions.area_practices]
    for place in where.config.outside:
        there = _registered(sources, where, [place.code], edition, say, place.name)
        found = prevalence(sources, where.only([place.code]), there, methods=conditions.methods)
        say(f"conditions, {place.name}: {len(found.rows):,} figures estimated")
        rows.append(found.rows)
        support.append(found.support)
        practices.append(found.area_practices)
    ready = readiness(sources, where, deprivation)
    say(f"school readiness: {len(ready.rows):,} figures")
    for note in ready.notes:
        say(f"  {note}")
    return Estimates(
        pd.concat([*rows, ready.rows], ignore_index=True),
        {
            "estimate_support": pd.concat(support, ignore_index=True),
            "area_practices": pd.concat(practices, ignore_index=True),
            "readiness_inputs": ready.inputs,
        },
        {
            "registrations": registrations_docs.docs_section(registered),
            "conditions": prevalence_docs.docs_section(conditions.validation),
            "school-readiness": readiness_docs.docs_section(ready.evidence),
        },
        {
            "provider": registered.provider,
            "extract_date": registered.report.get("extract_date"),
            "label": registered.label,
        },
    )


def _registered(
    sources: SourceFolder,
    where: Geography,
    places: list[str],
    edition: pd.DataFrame,
    say: Callable[[str], None],
    name: str = "",
) -> Registrations:
    """Who is registered where in some Places; only what is measured on the region goes into the documents."""
    areas = where.areas
    lsoas = areas[(areas["area_level"] == "lsoa") & areas["place_code"].isin(places)]["area_code"]
    codes = [str(code) for code in lsoas]
    found = registrations(sources, codes, edition=edition, validate=not name, places=places)
    pairs = f"{len(found.table):,} pairs of practice and small area"
    say(f"registrations, {name}: {pairs}" if name else f"registrations: {pairs}. {found.label}")
    return found


def with_sections(text: str, sections: dict[str, str]) -> str:
    """A document with its parts between ``<!-- name -->`` and ``<!-- end of name -->`` written anew.

    ValueError names a part whose markers the document lacks.
    """
    for name, body in sections.items():
        start, end = f"<!-- {name}: written by the build -->", f"<!-- end of {name} -->"
        pattern = re.compile(rf"{re.escape(start)}.*?{re.escape(end)}", re.DOTALL)
        if len(pattern.findall(text)) != 1:
            raise ValueError(f"{METHODS} must have the lines {start} and {end} once")
        before, after = pattern.split(text, maxsplit=1)
        text = f"{before}{start}\n{body.strip()}\n{end}{after}"
    return text


def write_methods(template: Path, target: Path, sections: dict[str, str]) -> None:
    """docs/methods.md with the sections of this build."""
    target.write_text(with_sections(template.read_text(encoding="utf-8"), sections), encoding="utf-8")
