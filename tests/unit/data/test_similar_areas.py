"""The list of areas alike: sanity of the shipped one, and how near is called near."""

import numpy as np
import pandas as pd
import pytest

from data.ingest.england import spoken
from data.likeness import MEASURES, SUBJECTS
from data.query import load_bundle
from data.similar_areas import closeness, similar
from data.similar_measures import PARTS, summed

LIVERPOOL = "E08000012"
# councils of northern cities and towns with a port, a university or an industry that left
NORTHERN = {
    "Kingston upon Hull", "Sheffield", "Newcastle upon Tyne", "Middlesbrough", "Stoke-on-Trent", "Salford",
    "Sunderland", "Bradford", "Leeds", "Manchester", "Gateshead", "South Tyneside", "Bolton", "Rochdale",
}  # fmt: skip


def made_up(count: int = 40) -> pd.DataFrame:
    """Areas in a row, each a little different from the one before, in councils of two."""
    table = pd.DataFrame({"area_code": [f"W{i:02d}" for i in range(count)]})
    table["area_name"] = "Ward " + table["area_code"]
    table["district_code"] = [f"D{i // 2:02d}" for i in range(count)]
    table["district_name"] = "Council " + table["district_code"]
    table["residents"] = 5_000.0
    for measure in MEASURES:
        table[measure.key] = 0.1 + np.arange(count) / 100
    return table


def test_liverpool_is_most_like_large_northern_towns():
    listed = load_bundle().similar_areas
    names = set(listed.loc[listed["area_code"] == LIVERPOOL, "similar_name"])
    assert len(names & NORTHERN) >= 4, names


def test_no_area_is_like_itself_and_the_nearest_stands_first():
    listed = load_bundle().similar_areas
    assert (listed["area_code"] != listed["similar_code"]).all()
    assert (listed.groupby("area_code")["distance"].diff().dropna() >= 0).all()
    assert (listed.groupby("area_code").size() == 5).all()
    assert not listed.duplicated(["area_code", "similar_code"]).any()


def test_two_of_our_areas_are_as_far_from_each_other_either_way():
    listed = load_bundle().similar_areas.set_index(["area_code", "similar_code"])["distance"]
    both = [(a, b) for a, b in listed.index if (b, a) in listed.index]
    assert len(both) > 20
    assert all(listed[a, b] == pytest.approx(listed[b, a], abs=1e-4) for a, b in both)


def test_areas_of_the_same_council_are_left_out_and_the_next_take_their_place():
    rows = similar(made_up(), ["D05"])
    assert rows["area_code"].unique().tolist() == ["W10", "W11"]
    assert rows.loc[rows["area_code"] == "W10", "similar_code"].tolist()[:2] == ["W09", "W12"]
    assert not rows["similar_code"].isin(["W10", "W11"]).any()


def test_a_hamlet_is_no_like_but_a_small_area_of_ours_keeps_its_list():
    table = made_up()
    table.loc[[9, 10], "residents"] = 300.0
    rows = similar(table, ["D05"])
    assert "W09" not in set(rows["similar_code"])
    assert "W10" in set(rows["area_code"])


def test_near_is_what_is_near_for_england():
    found = closeness(pd.Series([0.0, 0.5, 0.51, 0.95, 0.951, 3.0]), np.linspace(0, 1, 101))
    assert found.tolist() == ["close", "close", "fair", "fair", "far", "far"]


def test_every_subject_counts_the_same_and_every_share_has_its_table():
    weight = dict.fromkeys(SUBJECTS, 0.0)
    for measure in MEASURES:
        weight[measure.subject] += measure.weight
    assert set(weight.values()) == {1.0}
    assert {measure.key for measure in MEASURES} - set(PARTS) == {"density"}


def test_counts_are_shared_out_by_people_and_none_are_lost():
    counts = pd.DataFrame({"n": [10.0, 20.0]}, index=["A", "B"])
    weights = pd.DataFrame(
        {"from_code": ["A", "A", "B"], "to_code": ["W", "X", "X"], "share": [0.25, 0.75, 1.0]}
    )
    assert summed(counts, weights)["n"].to_dict() == {"W": 2.5, "X": 27.5}


@pytest.mark.parametrize(
    ("official", "said"),
    [
        ("Kingston upon Hull, City of", "Kingston upon Hull"),
        ("Herefordshire, County of", "Herefordshire"),
        ("St. Helens", "St Helens"),
        (" City of London ", "City of London"),
    ],
)
def test_names_are_written_as_they_are_said(official, said):
    assert spoken(official) == said
