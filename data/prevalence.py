"""Prevalence of the 21 QOF registers for small areas and up, with limits, support and validation.

`prevalence` is the one entry point of the build. The method stands in methods/small_area and docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from data import burden
from data.geography import Geography
from data.ingest.practices import place_of_practice
from data.ingest.qof import AGE_BASE
from data.prevalence_estimate import Estimate, estimate, local
from data.prevalence_inputs import MODELLED_LEVELS, Inputs, Registered, inputs
from data.prevalence_places import exact_standardised, exact_support
from data.prevalence_report import validation_tables
from data.prevalence_rows import Support, register_rows
from data.sources import SourceFolder
from methods.small_area.bootstrap import Drawn, shared_draws

REPLICATES = 50
SEED = 20241


@dataclass(frozen=True)
class PrevalenceResult:
    """What the build takes over.

    `rows` in the observations schema (modelled levels of the registers; the burden indicator at all levels,
    practices among them), `support` and `area_practices` as their columns say, and `validation`: frames
    ``registers`` (a row a register: method and errors), ``places`` (crude and standardised beside England)
    and ``facts`` (single numbers); `methods` is the method shipped ("model" or "simple") by register.
    """

    rows: pd.DataFrame
    support: pd.DataFrame
    area_practices: pd.DataFrame
    validation: dict[str, pd.DataFrame]
    methods: dict[str, str]


def _drawn(data: Inputs, registrations: Registered) -> Drawn:
    patients = np.column_stack(list(registrations.replicates(REPLICATES, SEED)))[data.order]
    return shared_draws(data.links, data.group, patients, SEED + 1)


def estimates(
    sources: SourceFolder,
    where: Geography,
    registrations: Registered,
    methods: Mapping[str, str] | None = None,
) -> tuple[Inputs, list[Estimate]]:
    """All registers in the order of their names, by the better method or, where given, by `methods`."""
    known = place_of_practice(sources)
    known = known[known["place_code"].isin(where.config.place_codes)]
    data = inputs(sources, where, registrations, known)
    here = local(data, known)
    shared = _drawn(data, registrations)
    method_of = methods or {}
    # matrices of a few columns gain nothing from threads, and one thread adds up in one order everywhere
    with threadpool_limits(limits=1):
        found = [
            estimate(data, here, register, shared, SEED + 10 + number, method_of.get(register))
            for number, register in enumerate(sorted(AGE_BASE))
        ]
    return data, found


def prevalence(
    sources: SourceFolder,
    where: Geography,
    registrations: Registered,
    methods: Mapping[str, str] | None = None,
) -> PrevalenceResult:
    """Estimate, sum up and check everything.

    Parameters
    ----------
    sources
        The publishers' files.
    where
        The build's geography (areas and share tables).
    registrations
        Who is registered where (`data.registrations`).
    methods
        The method of each register, found elsewhere, for a Place outside the region: it takes several
        hundred practices to tell which is better. Nothing is validated then, and England, which has its rows
        already, has none.
    """
    data, found = estimates(sources, where, registrations, methods)
    support = Support(data)
    rows, extra, places = [], [], []
    for one in found:
        for target in data.targets:
            if target.level in MODELLED_LEVELS:
                made = register_rows(data, one, target, support)
                rows.append(made[0])
                extra.append(made[1])
        exact = exact_standardised(data.national, where, one)
        extra.append(exact_support(exact, one.standardised))
        places.append(exact)
    burden_rows, burden_support = burden.modelled(data, found, support)
    rows += [burden.exact(data.national, where), burden_rows]
    extra.append(burden_support)
    table = pd.concat(rows, ignore_index=True)
    validation = {}
    if methods is None:
        validation = validation_tables(sources, data, found, pd.concat(places, ignore_index=True), table)
    else:
        table = table[table["area_level"] != "england"].reset_index(drop=True)
    return PrevalenceResult(
        table,
        pd.concat(extra, ignore_index=True),
        support.area_practices(),
        validation,
        {one.register: one.method for one in found},
    )
