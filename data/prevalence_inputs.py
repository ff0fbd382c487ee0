"""Everything the prevalence estimate needs, as arrays in one fixed order of practices and areas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from data.geography import Geography
from data.ingest.census import AGE, AGE_BANDS, read_table
from data.ingest.practice_registers import YOUNGEST, PracticeRegisters, read
from data.ingest.qof import AGE_BASE
from data.sources import SourceError, SourceFolder
from methods.small_area.prevalence import Numbers, Whole
from methods.small_area.prevalence_share import Links, split_by_age

IOD = "deprivation/iod2025_england_lsoa21.parquet"
# The effect of deprivation flattens at high scores. The logarithm of the score + 5 fits practices as well as
# a parabola in the score and, unlike it, does not turn round at small areas beyond any practice's average.
IMD_SHIFT = 5.0
MODELLED_LEVELS = ("lsoa", "msoa", "ward", "neighbourhood")


class Registered(Protocol):
    """What is used of `data.registrations.Registrations`."""

    @property
    def table(self) -> pd.DataFrame: ...
    @property
    def label(self) -> str: ...
    def replicates(self, n: int, seed: int) -> Iterator[Numbers]: ...


@dataclass(frozen=True)
class Target:
    """One level of areas: codes and the part of every small area's people who live in each."""

    level: str
    codes: list[str]
    share: sparse.csr_matrix


@dataclass(frozen=True)
class Inputs:
    """Arrays of one build.

    England's practices (`national`, in the order of its index; `usable` flags those the model is fitted on,
    `terms` and `region` are theirs) and the local registrations (`links`, with `practices` and `areas` naming
    its row numbers, `age_share` by pair, `order` sorting the registrations' own rows into the links).
    """

    national: PracticeRegisters
    usable: npt.NDArray[np.bool_]
    terms: Numbers
    region: Whole
    here: int
    links: Links
    order: Whole
    practices: list[str]
    areas: list[str]
    age_share: Numbers
    practice_ages: Numbers
    residents: Numbers
    area_terms: Numbers
    area_imd: Numbers
    group: Whole
    place: Whole
    places: list[str]
    targets: tuple[Target, ...]


def in_base(register: str) -> Numbers:
    """Part of each census age band that a register counts: 17OV takes three fifths of 15 to 19."""
    return in_ages(YOUNGEST[AGE_BASE[register]])


def in_ages(youngest: int) -> Numbers:
    """Part of each age band (5 years wide, the last open) that is `youngest` or older."""
    start = np.arange(len(AGE_BANDS)) * 5.0
    return np.clip((start + 5 - youngest) / 5, 0.0, 1.0)


def exposure(ages: Numbers, listed: Numbers, base: Numbers) -> Numbers:
    """Patients of the register's ages by band: the publisher's own base in today's age structure."""
    inside = ages * base
    return inside / inside.sum(axis=1, keepdims=True) * listed[:, None]


def _links(table: pd.DataFrame, areas: list[str]) -> tuple[Links, Whole, list[str]]:
    if table.duplicated(["practice_code", "lsoa_code"]).any():
        raise SourceError("registrations: a practice has the same small area twice")
    strays = set(table["lsoa_code"]) - set(areas)
    if strays:
        raise SourceError(f"registrations: unknown small areas {', '.join(sorted(strays)[:3])}")
    order = np.lexsort((table["lsoa_code"].to_numpy(dtype=str), table["practice_code"].to_numpy(dtype=str)))
    ordered = table.iloc[order]
    practices = sorted(ordered["practice_code"].unique())
    links = Links(
        pd.Index(practices).get_indexer(ordered["practice_code"]),
        pd.Index(areas).get_indexer(ordered["lsoa_code"]),
        ordered["patients"].to_numpy(dtype="float64"),
        len(practices),
        len(areas),
    )
    return links, order, practices


def targets(where: Geography, areas: list[str]) -> tuple[Target, ...]:
    """Small areas themselves, then MSOAs, wards, neighbourhoods and Places as sums of parts of them."""
    table = where.shares["lsoa"]
    made = [Target("lsoa", areas, sparse.identity(len(areas), format="csr"))]
    for level in (*MODELLED_LEVELS[1:], "place"):
        part = table[table["to_level"] == level].sort_values(["to_code", "from_code"])
        codes = sorted(part["to_code"].unique())
        place = (pd.Index(codes).get_indexer(part["to_code"]), pd.Index(areas).get_indexer(part["from_code"]))
        share = sparse.csr_matrix((part["share"].to_numpy(), place), shape=(len(codes), len(areas)))
        made.append(Target(level, codes, share))
    return tuple(made)


def _ages_of(practices: list[str], ages: pd.DataFrame, links: Links, residents: Numbers) -> Numbers:
    """Ages of the practices' patients; a practice without a list is given the ages of its areas."""
    found = ages.reindex(practices).to_numpy(dtype="float64", copy=True)
    areas = links.by_practice() @ (residents[links.area] * links.practice_shares()[:, None])
    unknown = ~np.isfinite(found).all(axis=1) | ~(np.nansum(found, axis=1) > 0)
    found[unknown] = areas[unknown]
    return found


def _main_icb(national: PracticeRegisters, known: pd.DataFrame) -> str:
    """The integrated care board of most of these practices."""
    found = national.icb.reindex(known["practice_code"]).dropna().value_counts()
    if found.empty:
        raise SourceError("none of the practices of the Places is in QOF with an integrated care board")
    return str(found.sort_index().idxmax())


def inputs(sources: SourceFolder, where: Geography, registrations: Registered, known: pd.DataFrame) -> Inputs:
    """Read and line up everything. `known` has the practice_code of the practices of these Places.

    Raises SourceError where the parts do not fit together.
    """
    small = where.areas[where.areas["area_level"] == "lsoa"].sort_values("area_code")
    areas = [str(code) for code in small["area_code"]]
    national = read(sources)
    usable = national.usable().to_numpy()
    imd = sources.parquet(IOD, ["lsoa21_code", "IMD_score"]).set_index("lsoa21_code")["IMD_score"]
    census = read_table(sources, AGE).set_index("area_code")[list(AGE_BANDS.values())]
    residents = census.reindex(areas).to_numpy(dtype="float64")
    area_imd = imd.reindex(areas).to_numpy(dtype="float64")
    if not (np.isfinite(residents).all() and np.isfinite(area_imd).all()):
        raise SourceError(f"{IOD} or the census lacks a small area of the Places")
    links, order, practices = _links(registrations.table, areas)
    practice_log = np.log(national.imd.to_numpy(dtype="float64") + IMD_SHIFT)
    mean, sd = practice_log[usable].mean(), practice_log[usable].std()
    icbs = sorted(national.icb[usable].unique())
    place_codes = [code for code in where.config.place_codes if code in set(small["place_code"])]
    groups = sorted(small["parent_code"].unique())
    ages = _ages_of(practices, national.lists, links, residents)
    return Inputs(
        national=national,
        usable=usable,
        terms=((practice_log - mean) / sd)[:, None],
        region=pd.Index(icbs).get_indexer(national.icb),
        here=icbs.index(_main_icb(national, known)),
        links=links,
        order=order,
        practices=practices,
        areas=areas,
        age_share=split_by_age(links, ages, residents),
        practice_ages=ages,
        residents=residents,
        area_terms=((np.log(area_imd + IMD_SHIFT) - mean) / sd)[:, None],
        area_imd=area_imd,
        group=pd.Index(groups).get_indexer(small["parent_code"]),
        place=pd.Index(place_codes).get_indexer(small["place_code"]),
        places=place_codes,
        targets=targets(where, areas),
    )
