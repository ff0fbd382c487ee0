"""What stands behind an estimate: whose practices reported, how many they are, and whether that is enough."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from methods.small_area.prevalence import Numbers
from methods.small_area.prevalence_share import Links

COVERAGE_FLOOR = 0.8  # under it the figure says too little about the rest of the residents
ONE_PRACTICE = 2.0  # fewer effective practices than this: the figure is mostly one surgery's
WIDE = 0.3  # relative half width of the limits that is too much where one practice decides
TOO_WIDE = 0.5  # and anywhere: the truth may be half as much again
Text = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Behind:
    """Per area: share of residents whose practices reported, effective practices, largest and its share."""

    coverage: Numbers
    effective: Numbers
    largest: npt.NDArray[np.int64]
    largest_share: Numbers


def practice_table(links: Links, residents: Numbers, share: sparse.csr_matrix) -> sparse.csr_matrix:
    """Share of the residents of larger areas registered with each practice (areas x practices).

    `residents` by small area; `share` (larger areas x small areas) the part of each small area's people who
    live in the larger one. The identity gives the small areas themselves. Every row sums to 1.
    """
    small = sparse.csr_matrix((links.shares(), (links.area, links.practice)), (links.areas, links.practices))
    people = share @ sparse.diags(residents) @ small
    total = np.asarray(people.sum(axis=1)).ravel()
    return sparse.csr_matrix(
        sparse.diags(np.divide(1.0, total, out=np.zeros_like(total), where=total > 0)) @ people
    )


def behind(table: sparse.csr_matrix, reported: npt.NDArray[np.bool_]) -> Behind:
    """Support of each area from its practice shares and the practices that reported the register.

    A practice that did not report lowers the coverage; among the others the shares are taken anew.
    """
    dense = table.toarray()
    coverage = dense[:, reported].sum(axis=1)
    shares = np.where(reported[None, :], dense, 0.0)
    shares = np.divide(shares, coverage[:, None], out=np.zeros_like(shares), where=coverage[:, None] > 0)
    squares = (shares**2).sum(axis=1)
    effective = np.divide(1.0, squares, out=np.zeros_like(squares), where=squares > 0)
    largest = shares.argmax(axis=1)
    return Behind(np.minimum(coverage, 1.0), effective, largest, shares[np.arange(len(shares)), largest])


def grade(found: Behind, value: Numbers, lower: Numbers, upper: Numbers) -> tuple[Text, Text]:
    """Reliability (C or D: a modelled value is never better) and the reason in a sentence.

    D where the practices of fewer than 80% of residents reported, where one practice decides (fewer than two
    effective practices) and the limits reach 30% of the value to a side, or where they reach 50% anywhere.
    """
    width = (upper - lower) / 2 / np.maximum(value, 1e-9)
    short = found.coverage < COVERAGE_FLOOR
    single = (found.effective < ONE_PRACTICE) & (width > WIDE)
    wide = width > TOO_WIDE
    reason = np.full(len(value), "Good support for an estimate", dtype=object)
    for flag, text in (
        (wide, "The limits reach more than half of the value to either side"),
        (single, "One practice decides, and the limits are wide"),
        (short, "The practices of fewer than 80% of residents reported"),
    ):
        reason[flag] = text
    letter = np.where(short | single | wide, "D", "C").astype(object)
    return letter, reason
