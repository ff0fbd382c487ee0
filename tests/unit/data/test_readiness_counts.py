"""Council counts in place of estimates: where they reach, what stays beside them, and what stays hidden."""

import dataclasses
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.columns import OBSERVATION_COLUMNS
from data.geography import Geography
from data.ingest.council_counts import CountsError
from data.readiness_counts import with_counts
from data.schemas import observations as schema
from geo.config import Suppression, config
from methods.audit import ranges
from methods.intervals import wilson

PLACE, YEAR = "E08000012", "2024/25"
LSOAS = ["L1", "L2", "L3", "L4", "L5", "L6"]
WARDS = {"W1": ["L1", "L2"], "W2": ["L4"], "W3": ["L5", "L6"]}  # L3 lies half in W1, half in W2
HOODS = {"N1": ["W1", "W2"], "N2": ["W3"]}
MSOAS = {"M1": ["L1", "L2", "L3"], "M2": ["L4", "L5", "L6"]}
TOTALS = pd.DataFrame([(PLACE, YEAR, 600.0, 400.0)], columns=["place_code", "period", "children", "achieved"])


def where() -> Geography:
    levels = {
        "lsoa": LSOAS,
        "ward": list(WARDS),
        "neighbourhood": list(HOODS),
        "msoa": list(MSOAS),
        "place": [PLACE],
    }
    areas = pd.DataFrame(
        [(code, code, level, PLACE) for level, codes in levels.items() for code in codes],
        columns=["area_code", "area_name", "area_level", "place_code"],
    )
    to_ward = [(lsoa, ward, "ward", 1000.0, 1.0) for ward, own in WARDS.items() for lsoa in own]
    to_ward += [("L3", "W1", "ward", 500.0, 0.5), ("L3", "W2", "ward", 500.0, 0.5)]
    of_ward = {ward: hood for hood, wards in HOODS.items() for ward in wards}
    to_hood: dict[tuple[str, str], float] = {}
    for lsoa, ward, _, _, share in to_ward:
        key = (lsoa, of_ward[ward])
        to_hood[key] = to_hood.get(key, 0.0) + share
    columns = ["from_code", "to_code", "to_level", "weight", "share"]
    lsoa = to_ward + [(a, b, "neighbourhood", 1000 * s, s) for (a, b), s in to_hood.items()]
    lsoa += [(code, msoa, "msoa", 1000.0, 1.0) for msoa, own in MSOAS.items() for code in own]
    ward = [(ward, hood, "neighbourhood", 2000.0, 1.0) for ward, hood in of_ward.items()]
    return Geography(
        dataclasses.replace(config()), areas,
        {"lsoa": pd.DataFrame(lsoa, columns=columns), "ward": pd.DataFrame(ward, columns=columns)},
    )  # fmt: skip


def estimates() -> pd.DataFrame:
    areas = where().areas
    frame = areas.loc[areas["area_level"] != "place", ["area_code", "area_level"]].assign(
        indicator_id="gld", period=YEAR, group="all", value=66.0, lower=50.0, upper=80.0, numerator=66.0,
        denominator=100.0, basis="modelled", reliability="C", status="reported", source_id="dfe-eyfsp",
    )  # fmt: skip
    return frame[OBSERVATION_COLUMNS].reset_index(drop=True)


def counts(**given: tuple[float, float] | str) -> pd.DataFrame:
    """W1=(children, achieved), or W1="c", or W1="" """
    level = where().areas.set_index("area_code")["area_level"]
    rows = []
    for code, count in given.items():
        told = isinstance(count, tuple)
        children, achieved = count if told else (np.nan, np.nan)
        status = "reported" if told else "suppressed" if count == "c" else "missing"
        rows.append((code, level[code], PLACE, YEAR, children, achieved, status))
    columns = ["area_code", "area_level", "place_code", "period", "children", "achieved", "status"]
    return pd.DataFrame(rows, columns=columns)


def made(**given: tuple[float, float] | str) -> pd.DataFrame:
    rows, _ = with_counts(estimates(), counts(**given), where(), TOTALS, "counts.csv")
    return schema.validate(rows).set_index(["area_code", "group"]).sort_index()


def test_a_count_replaces_the_estimate_which_stays_beside_it():
    found = made(W1=(200.0, 120.0), W2=(150.0, 100.0))
    actual, beside = found.loc[("W1", "all")], found.loc[("W1", "expected")]
    _, lower, upper = wilson(120, 200)
    assert (actual["value"], actual["basis"], actual["reliability"]) == (60.0, "published", "A")
    assert (actual["lower"], actual["upper"]) == (round(100 * float(lower), 4), round(100 * float(upper), 4))
    assert (actual["numerator"], actual["denominator"]) == (120.0, 200.0)
    assert actual["source_id"] == "council-school-readiness"
    assert (beside["value"], beside["basis"], beside["source_id"]) == (66.0, "modelled", "dfe-eyfsp")


def test_areas_without_counts_keep_their_estimate_and_nothing_else():
    found = made(W1=(200.0, 120.0))
    assert found.loc[("W3", "all"), "basis"] == "modelled"
    assert ("W3", "expected") not in found.index
    assert ("N1", "expected") not in found.index, "one of its two wards is not given"


def test_wards_make_up_their_neighbourhood_exactly():
    row = made(W1=(200.0, 120.0), W2=(150.0, 100.0)).loc[("N1", "all")]
    assert (row["numerator"], row["denominator"], row["basis"], row["reliability"]) == (
        220,
        350,
        "aggregated",
        "A",
    )


def test_lsoas_are_summed_where_they_nest_and_shared_out_where_they_do_not():
    found = made(**dict.fromkeys(LSOAS, (60.0, 40.0)))
    assert found.loc[("M1", "all"), ["numerator", "denominator"]].tolist() == [120, 180]
    assert found.loc[("M1", "all"), "basis"] == "aggregated"
    assert found.loc[("W3", "all"), "basis"] == "aggregated"
    shared = found.loc[("W1", "all")]
    assert (shared["denominator"], shared["basis"], shared["reliability"]) == (150.0, "apportioned", "B")
    assert found.loc[("W2", "all"), "reliability"] == "C", "a third of it is shared out"
    assert found.loc[("N1", "all"), "basis"] == "aggregated", "the neighbourhood is made of whole LSOAs"


def test_a_count_given_for_an_area_goes_before_one_made_of_its_parts():
    found = made(N1=(370.0, 250.0), W1=(200.0, 120.0), W2=(150.0, 100.0))
    assert found.loc[("N1", "all"), ["denominator", "basis"]].tolist() == [370.0, "published"]


def test_a_missing_count_leaves_the_estimate():
    found = made(W1=(200.0, 120.0), W2="")
    assert found.loc[("W2", "all"), "basis"] == "modelled"
    assert ("W2", "expected") not in found.index


def test_an_area_where_nobody_starts_school_has_no_rate_of_its_own_but_counts_in_sums():
    found = made(L1=(60.0, 40.0), L2=(0.0, 0.0), L3=(60.0, 40.0))
    assert found.loc[("L2", "all"), "basis"] == "modelled"
    assert found.loc[("M1", "all"), "denominator"] == 120.0


def test_a_suppressed_count_is_suppressed_with_the_estimate_beside_it():
    found = made(W1="c", W2=(150.0, 100.0))
    hidden = found.loc[("W1", "all")]
    assert hidden["status"] == "suppressed"
    assert hidden[["value", "lower", "upper", "numerator", "denominator"]].isna().all()
    assert found.loc[("W1", "expected"), "value"] == 66.0
    assert found.loc[("N1", "all"), "basis"] == "modelled", "its sum would hold the suppressed count"
    assert ("N1", "expected") not in found.index


def test_one_suppressed_ward_takes_another_with_it():
    rows, notes = with_counts(
        estimates(), counts(W1="c", W2=(150.0, 100.0), W3=(300.0, 200.0)), where(), TOTALS, "counts.csv"
    )
    found = rows.set_index(["area_code", "group"])
    assert found.loc[("W2", "all"), "status"] == "suppressed"
    assert found.loc[("W3", "all"), "status"] == "reported"
    assert len(notes) == 1
    assert not any(word in notes[0] for word in ("W1", "W2", "150", "100"))


def test_a_neighbourhood_given_with_all_but_one_of_its_wards_is_protected():
    found = made(N1=(350.0, 225.0), W1="c", W2=(150.0, 100.0))
    assert "suppressed" in (found.loc[("N1", "all"), "status"], found.loc[("W2", "all"), "status"])


def test_estimates_do_not_depend_on_the_counts():
    """Raking them to what the counts leave would give the suppressed count away."""
    without = estimates().set_index("area_code")["value"]
    for given_counts in ({"W1": "c", "W2": (150.0, 100.0)}, {"W1": "c", "W2": (90.0, 20.0)}):
        found = made(**given_counts).reset_index()
        modelled = found[found["basis"] == "modelled"].set_index("area_code")
        assert modelled["value"].equals(without.reindex(modelled.index))


def test_what_cannot_be_protected_is_refused():
    with pytest.raises(CountsError, match="cannot be protected"):
        with_counts(
            estimates(), counts(W1="c"), where(), TOTALS.assign(children=7.0, achieved=5.0), "counts.csv"
        )


def settled(threshold: int, round_to: int) -> Geography:
    """The geography with other protection of withheld counts."""
    ground = where()
    protection = Suppression(threshold, round_to)
    return dataclasses.replace(ground, config=dataclasses.replace(ground.config, suppression=protection))


@pytest.mark.parametrize("small", [(60.0, 4.0), (60.0, 56.0), (7.0, 0.0), (7.0, 7.0)])
def test_a_count_below_the_threshold_is_withheld_without_being_marked(small):
    rows, notes = with_counts(
        estimates(), counts(W1=small, W2=(150.0, 100.0), W3=(300.0, 200.0)), where(), TOTALS, "counts.csv"
    )
    hidden = rows.set_index(["area_code", "group"]).loc[("W1", "all")]
    assert hidden["status"] == "suppressed"
    assert hidden[["value", "lower", "upper", "numerator", "denominator"]].isna().all()
    assert rows.set_index(["area_code", "group"]).loc[("W1", "expected"), "value"] == 66.0
    assert "1 counts are withheld, of fewer than 10 children" in notes[0]


def test_a_true_0_and_a_threshold_of_1_are_shown():
    nobody = made(W1=(60.0, 0.0), W2=(150.0, 100.0))
    assert nobody.loc[("W1", "all"), "numerator"] == 0
    rows, _ = with_counts(estimates(), counts(W1=(60.0, 4.0)), settled(1, 0), TOTALS, "counts.csv")
    assert rows.set_index(["area_code", "group"]).loc[("W1", "all"), "numerator"] == 4


def test_a_small_count_that_nobody_gave_is_not_to_be_had_by_subtraction():
    """N1 less W1 would be W2, of which 5 did not reach the level."""
    told = counts(N1=(350.0, 220.0), W1=(200.0, 75.0))
    rows, _ = with_counts(estimates(), told, where(), TOTALS, "counts.csv")
    found = rows[rows["group"] == "all"].set_index("area_code")["status"]
    assert "suppressed" in (found["N1"], found["W1"])


def test_a_higher_threshold_withholds_more():
    told = counts(W1="c", W2=(150.0, 100.0), W3=(300.0, 200.0))
    hidden = []
    for threshold in (10, 120):
        rows, _ = with_counts(estimates(), told, settled(threshold, 0), TOTALS, "counts.csv")
        hidden.append(set(rows.loc[rows["status"] == "suppressed", "area_code"]))
    assert hidden[0] < hidden[1]


def test_counts_are_rounded_and_their_shares_tell_no_more():
    told = counts(W1=(203.0, 121.0), W3=(2.0, 1.0))
    rows, _ = with_counts(estimates(), told, settled(10, 5), TOTALS, "counts.csv")
    found = rows[rows["group"] == "all"].set_index("area_code")
    assert found.loc["W1", ["numerator", "denominator"]].tolist() == [120.0, 205.0]
    assert found.loc["W1", "value"] == round(100 * 120 / 205, 4)
    assert found.loc["W3", "status"] == "suppressed", "two children round to none: no share of nobody"
    schema.validate(rows)


PIECES = [(lsoa, ward) for ward, own in WARDS.items() for lsoa in own] + [("L3", "W1"), ("L3", "W2")]


def holds(code: str, piece: tuple[str, str]) -> bool:
    """Whether an area has a piece."""
    lsoa, ward = piece
    return code in (lsoa, ward, PLACE) or ward in HOODS.get(code, []) or lsoa in MSOAS.get(code, [])


def known_of(shown: pd.DataFrame, hidden: str, column: str, total: float) -> float:
    """How wide a range all that is shown, and the published total, leave to a hidden count."""
    exact = shown[(shown["group"] == "all") & shown["basis"].isin(["published", "aggregated"])]
    exact = exact[exact["status"] == "reported"].assign(behind=lambda x: x["denominator"] - x["numerator"])
    areas = [PLACE, *exact["area_code"], hidden]
    system = np.array([[float(holds(code, piece)) for piece in PIECES] for code in areas])
    own = np.zeros((len(areas), 1))
    own[-1] = -1.0
    low, high = ranges(np.hstack([system, own]), np.array([total, *exact[column], 0.0]))
    return float(high[-1] - low[-1])


def counted(true: list[tuple[int, float]]) -> Callable[[str], tuple[float, float]]:
    """Children, and those who reached the level, of an area by its code, from those of the pieces."""

    def count(code: str) -> tuple[float, float]:
        own = [
            (n, round(n * share))
            for piece, (n, share) in zip(PIECES, true, strict=True)
            if holds(code, piece)
        ]
        return float(sum(n for n, _ in own)), float(sum(reached for _, reached in own))

    return count


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(20, 80), st.floats(0.3, 0.9)), min_size=7, max_size=7),
    st.sampled_from([(LSOAS,), (list(WARDS),), (LSOAS, list(WARDS)), (list(WARDS), list(HOODS))]),
    st.data(),
)
def test_no_suppressed_count_can_be_worked_out_from_what_is_shown(true, levels, data):
    count = counted(true)
    codes = [code for level in levels for code in level]
    hidden = data.draw(st.sets(st.sampled_from(codes), min_size=1, max_size=3))
    children, achieved = count(PLACE)
    totals = TOTALS.assign(children=children, achieved=achieved)
    told = counts(**{code: "c" if code in hidden else count(code) for code in codes})
    try:
        rows, _ = with_counts(estimates(), told, where(), totals, "counts.csv")
    except CountsError:
        return  # refused as a whole: nothing is shown
    shown = rows[rows["group"] == "all"].set_index("area_code")
    assert set(shown.loc[sorted(hidden), "status"]) == {"suppressed"}
    for code in sorted(hidden):
        assert known_of(rows, code, "numerator", achieved) >= 10 - 1e-6
        assert known_of(rows, code, "behind", children - achieved) >= 10 - 1e-6


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(0, 45), st.floats(0.0, 1.0)), min_size=7, max_size=7),
    st.sampled_from([(LSOAS,), (list(WARDS),), (LSOAS, list(WARDS)), (list(WARDS), list(HOODS))]),
    st.data(),
)
def test_no_small_count_is_shown_or_can_be_worked_out(true, levels, data):
    """Nothing is marked in the council's file, and some areas are not in it."""
    count = counted(true)
    codes = [code for level in levels for code in level]
    left_out = data.draw(st.sets(st.sampled_from(codes), max_size=2))
    children, achieved = count(PLACE)
    totals = TOTALS.assign(children=children, achieved=achieved)
    told = counts(**{code: count(code) for code in codes if code not in left_out})
    try:
        rows, _ = with_counts(estimates(), told, where(), totals, "counts.csv")
    except CountsError:
        return  # refused as a whole: nothing is shown
    shown = rows[rows["group"] == "all"].set_index("area_code")
    given_counts = {code: count(code) for code in codes}
    for code, (n, reached) in given_counts.items():
        sizes = {"numerator": (reached, achieved), "behind": (n - reached, children - achieved)}
        for column, (size, total) in sizes.items():
            if shown.loc[code, "basis"] == "published" and shown.loc[code, "status"] == "reported":
                assert size == 0 or size >= 10, code
            elif 0 < size < 10:
                assert known_of(rows, code, column, total) >= 10 - 1e-6, code
