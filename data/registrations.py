"""Who is registered where: patients by GP practice and LSOA, from the NHS table or estimated without it.

Two interchangeable providers. `nhs`: the published table, used whenever it is in the source folder.
`estimate`: entropy-maximising flows over Cheshire and Merseyside with a margin (methods/small_area/flows).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.flow_window import Country, Window, make_window, read_country
from data.ingest.practices import place_of_practice
from data.ingest.registrations import NHS_TABLE, RegisteredPatients, nhs_file, read_registered
from data.registrations_check import SEED, clusters, concentration, estimate_report
from data.sources import SourceError, SourceFolder
from methods.small_area.calibrate import Noise, disturbed, replicate
from methods.small_area.flows import Decay, Flows, subset

Floats = npt.NDArray[np.float64]
Draw = Callable[[int, int], Iterator[Floats]]

# Fitted to the published IMD of the practices in and around Cheshire and Merseyside (calibrate.calibrate),
# with the firmest hold on residents whose error is within 1% of the least (which 0.85 has).
# tests/contract/test_registrations.py fits scale and power again and compares.
DECAY = Decay(scale=0.46, power=0.60, row_pull=0.9)
# Set so that the 95% range of replicates holds the real number in 95% of Lincolnshire's cells of 100 patients
# and more. (0.65 makes replicates as wrong on average as the estimate, but holds it in 86% only: real errors
# are few and large.) Scale and power spread over what other ways of fitting gave.
NOISE = Noise(cell=1.0, cluster=1.0, scale=0.10, power=0.10)

# Fewer patients than this in a cell are not kept; the rest of the LSOA is scaled up to its total.
FEWEST = 0.5
NEGLIGIBLE = 0.02
# Practices of the area that the NHS table must have (334 in July 2026): fewer means another area's extract.
NHS_COVERAGE = 0.95

NHS_LABEL = "Registered patients by practice and small area as counted by NHS England ({date})."
ESTIMATE_LABEL = (
    "Estimate of who is registered where, from list sizes, residents, distance and the published deprivation "
    "score of each practice: the count by NHS England is not among our data."
)


@dataclass(frozen=True)
class Registrations:
    """Patients of every practice with anyone of the area on its list.

    `table` has `practice_code, lsoa_code, patients` (more than 0), sorted by LSOA and practice; `provider` is
    ``nhs`` or ``estimate``; `label` is the sentence to show; `report` holds what was measured.
    """

    table: pd.DataFrame
    provider: str
    label: str
    report: dict[str, Any]
    draw: Draw | None = field(default=None, repr=False, compare=False)

    def replicates(self, n: int, seed: int) -> Iterator[Floats]:
        """`n` other `patients` vectors for `table`; the same seed gives the same ones.

        Those of the estimate spread as wide as real registrations lie about it (in Lincolnshire). The NHS
        table is a full count: every replicate is the table itself.
        """
        if self.draw is None:
            own = self.table["patients"].to_numpy(dtype="float64")
            return iter([own.copy() for _ in range(n)])
        return self.draw(n, seed)


def registrations(
    sources: SourceFolder,
    lsoa_codes: Sequence[str],
    *,
    edition: pd.DataFrame | None = None,
    validate: bool = True,
    places: Sequence[str] | None = None,
) -> Registrations:
    """Registrations of the residents of `lsoa_codes` (LSOA 2021): the NHS table if there, else estimated.

    `places` are the Places whose LSOAs these are, those of the region where left out. `edition` is the frame
    of `indices_of_deprivation_files.read_2025`, which saves reading it again.
    `validate=False` leaves `report` without the held-out checks (for tests of other things).
    """
    country = read_country(sources, edition)
    settings = sources.settings
    codes = list(settings.region_places if places is None else places)
    known = place_of_practice(sources)
    local = set(known.loc[known["place_code"].isin(codes), "practice_code"])
    path = nhs_file(sources)
    if path is not None:
        found = read_registered(path, country.lsoas.index)
        area = settings.region_name
        if places is not None and not set(places) & set(settings.region_places):
            area = " and ".join(settings.place(code).name for code in places)
        return _from_nhs(found, sorted(set(lsoa_codes)), local & set(country.practices.index), area)
    return _estimated(sources, country, sorted(set(lsoa_codes)), local, validate)


def _from_nhs(found: RegisteredPatients, codes: list[str], local: set[str], area: str) -> Registrations:
    absent = sorted(local - set(found.table["practice_code"]))
    if len(absent) > (1 - NHS_COVERAGE) * len(local):
        raise SourceError(
            f"{NHS_TABLE} has {len(local) - len(absent)} of the {len(local)} practices of {area} "
            f"(first missing: {absent[0]}). Use the table for all England, or remove the file to estimate."
        )
    inside = found.table["lsoa_code"].isin(codes)
    table = _sorted(found.table[inside])
    empty = sorted(set(codes) - set(table["lsoa_code"]))
    if empty:
        raise SourceError(f"{NHS_TABLE}: nobody is registered from {len(empty)} LSOAs, first {empty[0]}")
    ours = found.table["practice_code"].isin(local)
    patients = found.table["patients"]
    report = {
        "extract_date": found.extract_date,
        "sha256": found.sha256,
        "patients": float(table["patients"].sum()),
        "practices_absent": absent,
        "without_lsoa": found.without_lsoa,
        "outside_england": found.outside_england,
        "strange_codes": found.strange_codes,
        "patients_from_outside": float(patients[ours & ~inside].sum() / patients[ours].sum()),
        "residents_registered_outside": float(patients[inside & ~ours].sum() / patients[inside].sum()),
    }
    return Registrations(table, "nhs", NHS_LABEL.format(date=found.extract_date), report)


def _sorted(table: pd.DataFrame) -> pd.DataFrame:
    columns = ["practice_code", "lsoa_code", "patients"]
    return table.sort_values(["lsoa_code", "practice_code"], ignore_index=True)[columns]


def _estimated(
    sources: SourceFolder, country: Country, codes: list[str], local: set[str], validate: bool
) -> Registrations:
    window = make_window(sources, country, codes)
    flows = window.fit(DECAY, window.practice_values("imd"))
    inside = window.lsoas.index.isin(codes)[window.pairs.area]
    kept = _kept(window, flows.patients, inside)
    frame = window.frame(flows.patients)
    table = frame[kept].assign(patients=_shared(window, flows.patients, kept, inside).round(2))
    report = estimate_report(
        sources, country, window, flows, codes=codes, local=local, decay=DECAY, noise=NOISE, validate=validate
    )
    report["cells"] = int(kept.sum())
    report["pruned"] = float(1 - flows.patients[kept].sum() / flows.patients[inside].sum())
    order = table.reset_index(drop=True).sort_values(["lsoa_code", "practice_code"]).index.to_numpy()
    table = _sorted(table)
    draw = _drawing(window, flows, kept, inside, order)
    drawn = [concentration(table["lsoa_code"], one) for one in draw(8, SEED)]
    report["concentration"] = {
        "estimate": concentration(table["lsoa_code"], table["patients"].to_numpy(dtype="float64")),
        "replicates": {key: float(np.mean([one[key] for one in drawn])) for key in drawn[0]},
    }
    return Registrations(table, "estimate", ESTIMATE_LABEL, report, draw)


def _kept(window: Window, patients: Floats, inside: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Cells of the area worth keeping: `FEWEST` patients, and the largest of each LSOA and practice."""
    largest = patients >= _largest(window.pairs.area, patients, window.pairs.areas)
    largest |= patients >= _largest(window.pairs.practice, patients, window.pairs.practices)
    return inside & ((patients >= FEWEST) | largest)


def _largest(owner: npt.NDArray[np.int64], patients: Floats, owners: int) -> Floats:
    """For each pair the largest number of patients of its area, or of its practice."""
    most = np.zeros(owners)
    np.maximum.at(most, owner, patients)
    return most[owner]


def _shared(
    window: Window, patients: Floats, kept: npt.NDArray[np.bool_], inside: npt.NDArray[np.bool_]
) -> Floats:
    """Patients of the kept cells, scaled so that every LSOA keeps its total."""
    pairs = window.pairs
    whole = pairs.by_area(np.where(inside, patients, 0.0))
    part = pairs.by_area(np.where(kept, patients, 0.0))
    return patients[kept] * (whole[pairs.area[kept]] / part[pairs.area[kept]])


def _drawing(
    window: Window,
    flows: Flows,
    kept: npt.NDArray[np.bool_],
    inside: npt.NDArray[np.bool_],
    order: npt.NDArray[np.int64],
) -> Draw:
    """The generator of replicates: on the pairs that matter, in the order of the table."""
    best = _largest(window.pairs.practice, flows.patients, window.pairs.practices)
    used = kept | (flows.patients >= NEGLIGIBLE) | (flows.patients >= best)
    small = Window(window.lsoas, window.practices, subset(window.pairs, used))
    mine = kept[used]
    cluster = clusters(small)
    residents, lists = small.lsoa_values("residents"), small.practice_values("list_size")
    value, target = small.lsoa_values("imd"), small.practice_values("imd")

    def draw(n: int, seed: int) -> Iterator[Floats]:
        for one in np.random.SeedSequence(seed).spawn(n):
            pull = disturbed(small.pairs, DECAY, NOISE, cluster, np.random.default_rng(one))
            patients = replicate(
                small.pairs, pull, residents, lists, decay=DECAY, value=value, target=target, start=flows
            )
            yield _shared(small, patients, mine, inside[used])[order]

    return draw
