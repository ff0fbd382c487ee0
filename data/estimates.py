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
from data.registrations import registrations
from data.sources import SourceFolder

METHODS = "docs/methods.md"


@dataclass(frozen=True)
class Estimates:
    """`rows` are observations; `tables` are shipped beside them, by file name; `sections` are Markdown."""

    rows: pd.DataFrame
    tables: dict[str, pd.DataFrame]
    sections: dict[str, str]


def estimates(
    sources: SourceFolder, where: Geography, deprivation: pd.DataFrame, say: Callable[[str], None]
) -> Estimates:
    """Everything that is estimated below the level at which it is published.

    `deprivation`: the measurements of `data.ingest.indices_of_deprivation`.
    """
    lsoas = where.areas.loc[where.areas["area_level"] == "lsoa", "area_code"]
    registered = registrations(sources, [str(code) for code in lsoas], edition=read_2025(sources))
    say(f"registrations: {len(registered.table):,} pairs of practice and small area. {registered.label}")
    conditions = prevalence(sources, where, registered)
    say(f"conditions: {len(conditions.rows):,} figures estimated")
    ready = readiness(sources, where, deprivation)
    say(f"school readiness: {len(ready.rows):,} figures")
    for note in ready.notes:
        say(f"  {note}")
    return Estimates(
        pd.concat([conditions.rows, ready.rows], ignore_index=True),
        {
            "estimate_support": conditions.support,
            "area_practices": conditions.area_practices,
            "readiness_inputs": ready.inputs,
        },
        {
            "registrations": registrations_docs.docs_section(registered),
            "conditions": prevalence_docs.docs_section(conditions.validation),
            "school-readiness": readiness_docs.docs_section(ready.evidence),
        },
    )


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
