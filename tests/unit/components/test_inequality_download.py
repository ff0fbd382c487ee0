"""What the Inequalities page hands out: every table explains itself, keeps its own columns and its limits."""

from __future__ import annotations

import io

import pandas as pd
import pytest

from components import inequality_download, inequality_parts, inequality_state, store
from components.inequality_state import PARTS

INDICATORS = {part: "fuel-poverty" if part == "time" else "disabled" for part in PARTS}


def read(made: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(made), encoding="utf-8-sig")


@pytest.mark.parametrize("part", PARTS)
def test_every_part_hands_out_its_table_and_its_pictures(part, monkeypatch):
    taken = {}
    monkeypatch.setattr(inequality_download, "show", lambda offers, what: taken.update({what: offers}))
    bundle = store.bundle()
    view = inequality_state.read({"indicator": INDICATORS[part]}, bundle)
    inequality_parts.DRAW[part](view, bundle)
    offers = next(iter(taken.values()))
    frame = read(offers[0].make())
    assert len(frame) >= 4
    assert frame["attribution"].notna().all()
    assert frame["definition"].str.len().min() > 40
    assert (frame["places"] == "Liverpool").all()
    assert offers[1].make().startswith(b"\x89PNG")
    assert b"<svg" in offers[2].make()
    assert all("liverpool" in offer.file_name for offer in offers)


def test_the_groups_keep_their_numbers():
    view = inequality_state.read({}, store.bundle())
    table = pd.DataFrame({"group": [1, 2], "value": [3.0, 4.0], "lower": [2.0, 3.0], "upper": [4.0, 5.0]})
    frame = read(inequality_download.csv(view, table))
    assert frame["group"].tolist() == [1, 2]
    assert frame["upper_95"].tolist() == [4.0, 5.0]
    assert (frame["subgroup"] == "all").all()


def test_a_column_of_the_table_is_never_overwritten():
    view = inequality_state.read({}, store.bundle())
    frame = read(inequality_download.csv(view, pd.DataFrame({"period": ["2019/20", "2020/21"]})))
    assert frame["period"].tolist() == ["2019/20", "2020/21"]


def test_results_come_with_limits_units_and_methods():
    view = inequality_state.read({}, store.bundle())
    found = inequality_state.results(view)[1]
    frame = read(inequality_download.results_offer(view, found).make())
    assert {"slope index of inequality", "relative index of inequality", "concentration index"} <= set(
        frame["result"]
    )
    assert (frame["lower_95"] <= frame["value"]).all()
    assert (frame["value"] <= frame["upper_95"]).all()
    assert frame["method"].str.len().min() > 5


def test_warnings_go_with_the_picture():
    bundle = store.bundle()
    words = inequality_download.source_words(inequality_state.read({"indicator": "income-deprived"}, bundle))
    assert "part of the gradient is built in" in words
    assert "compares areas, not people" in words
    assert "Open Government Licence" in words
