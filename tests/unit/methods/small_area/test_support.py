"""What stands behind a figure, and the rule of its grade."""

import numpy as np
import pytest
from scipy import sparse

from methods.small_area.prevalence_share import Links
from methods.small_area.support import Behind, behind, grade, practice_table

LINKS = Links(np.array([0, 1, 1, 2]), np.array([0, 0, 1, 1]), np.array([600.0, 200.0, 300.0, 300.0]), 3, 2)
RESIDENTS = np.array([1_000.0, 3_000.0])


def table(share: sparse.csr_matrix | None = None) -> sparse.csr_matrix:
    return practice_table(LINKS, RESIDENTS, sparse.identity(2, format="csr") if share is None else share)


def test_small_areas_keep_their_practice_shares():
    np.testing.assert_allclose(table().toarray(), [[0.75, 0.25, 0], [0, 0.5, 0.5]])


def test_larger_areas_weigh_small_ones_by_residents():
    whole = table(sparse.csr_matrix(np.array([[1.0, 0.5]])))
    np.testing.assert_allclose(whole.toarray(), [[0.3, 0.1 + 0.3, 0.3]])
    assert whole.sum() == pytest.approx(1)


def test_all_practices_reported():
    found = behind(table(), np.ones(3, dtype=bool))
    np.testing.assert_allclose(found.coverage, 1)
    np.testing.assert_allclose(found.effective, [1 / (0.75**2 + 0.25**2), 2])
    assert found.largest.tolist() == [0, 1]
    np.testing.assert_allclose(found.largest_share, [0.75, 0.5])


def test_a_practice_that_did_not_report_lowers_the_coverage_and_is_nobodys_largest():
    found = behind(table(), np.array([False, True, True]))
    np.testing.assert_allclose(found.coverage, [0.25, 1])
    assert found.largest.tolist() == [1, 1]
    np.testing.assert_allclose(found.largest_share, [1, 0.5])
    np.testing.assert_allclose(found.effective, [1, 2])


def test_nobody_reported():
    found = behind(table(), np.zeros(3, dtype=bool))
    assert found.coverage.tolist() == [0, 0]
    assert found.effective.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("coverage", "effective", "half_width", "letter", "reason"),
    [
        (1.0, 4.0, 0.2, "C", "Good support"),
        (1.0, 4.0, 0.45, "C", "Good support"),
        (1.0, 4.0, 0.6, "D", "more than half"),
        (1.0, 1.5, 0.2, "C", "Good support"),
        (1.0, 1.5, 0.4, "D", "One practice"),
        (0.7, 4.0, 0.2, "D", "fewer than 80%"),
        (0.7, 1.2, 0.9, "D", "fewer than 80%"),
    ],
)
def test_grades(coverage: float, effective: float, half_width: float, letter: str, reason: str):
    found = Behind(np.array([coverage]), np.array([effective]), np.array([0]), np.array([0.5]))
    value = np.array([10.0])
    letters, reasons = grade(found, value, value * (1 - half_width), value * (1 + half_width))
    assert letters[0] == letter
    assert reason in reasons[0]
