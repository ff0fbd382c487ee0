"""Sums that can be checked by hand: a small city of four LSOAs, two wards, one neighbourhood."""

import dataclasses

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.aggregate import BLANK_COUNT, observations
from data.catalogue.model import Catalogue, Indicator
from data.columns import MEASUREMENT_COLUMNS
from data.geography import geography, lsoa11_of
from data.schemas import observations as schema
from geo.config import Config, Place, View
from methods.intervals import wilson

PLACE, REGION, ENGLAND = "E08000012", "E54000008", "E92000001"
CONFIG = Config(
    __import__("pathlib").Path("sources"), REGION, "Region", ENGLAND, "England",
    (Place(PLACE, "Town", "town", "home", None),), (PLACE,), View("x", "ward", (PLACE,)),
)  # fmt: skip
AREAS = gpd.GeoDataFrame(
    [
        *[(f"L{i}", f"L{i}", "lsoa", "M1" if i < 3 else "M2", PLACE, 100) for i in range(1, 5)],
        ("M1", "M1", "msoa", PLACE, PLACE, 200),
        ("M2", "M2", "msoa", PLACE, PLACE, 200),
        ("W1", "W1", "ward", PLACE, PLACE, 150),
        ("W2", "W2", "ward", PLACE, PLACE, 250),
        ("N1", "N1", "neighbourhood", PLACE, PLACE, 400),
        (PLACE, "Town", "place", REGION, PLACE, 400),
        (REGION, "Region", "region", ENGLAND, None, 400),
        (ENGLAND, "England", "england", None, None, 1000),
        ("U1", "PCN", "pcn", PLACE, PLACE, None),
    ],
    columns=["area_code", "area_name", "area_level", "parent_code", "place_code", "population"],
)
# L2 straddles: half its people live in W1, half in W2; everybody lives in the one neighbourhood
LOOKUP = pd.DataFrame(
    [
        ("O1", 100, "L1", "L1", "M1", "W1", "N1"),
        ("O2", 50, "L2", "L2", "M1", "W1", "N1"),
        ("O3", 50, "L2", "L2", "M1", "W2", "N1"),
        ("O4", 100, "L3", "P3", "M2", "W2", "N1"),
        ("O5", 100, "L4", "P3", "M2", "W2", "N1"),
    ],
    columns=["oa_code", "population", "lsoa", "lsoa11", "msoa", "ward", "neighbourhood"],
)
WHERE = geography(
    CONFIG,
    AREAS,
    LOOKUP,
    pd.Series({"L1": PLACE, "L2": PLACE, "P3": PLACE}),
    pd.DataFrame({"msoa11_code": ["M1", "M9"], "place_code": [PLACE, PLACE]}),
    pd.DataFrame({"practice_code": ["A1", "A2"], "place_code": [PLACE, PLACE], "pcn_code": ["U1", "U1"]}),
)


def catalogue(**changes: object) -> Catalogue:
    entry = {
        "id": "x", "title": "X", "short_title": "X", "plain_english": "x", "theme": "people",
        "marmot_principle": "prevention", "life_stage": "all-ages", "unit": "%", "decimals": 1,
        "polarity": "high-is-worse", "statistic": "percentage", "denominator_text": "people",
        "levels": ["lsoa", "msoa", "ward", "neighbourhood", "place", "pcn", "region", "england"],
        "aggregation": "rate", "interval": "wilson", "classification": "quantile", "period_format": "census",
        "source": "s", "caveats": ["no-limits-x"], "description": "x",
    }  # fmt: skip
    return Catalogue({"x": Indicator.model_validate(entry | changes)}, {}, {})


def rows(
    cells: list[tuple[str, float | None, float | None]], level: str = "lsoa", **more: object
) -> pd.DataFrame:
    frame = pd.DataFrame(cells, columns=["area_code", "numerator", "denominator"]).astype(
        {"numerator": float, "denominator": float}
    )
    base = {
        "indicator_id": "x", "source_level": level, "period": "2021", "group": "all", "value": np.nan,
        "lower": np.nan, "upper": np.nan, "status": "reported", "source_id": "s",
    }  # fmt: skip
    for column, value in (base | more).items():
        frame[column] = value
    return frame[MEASUREMENT_COLUMNS]


def at(table: pd.DataFrame, code: str) -> pd.Series:
    found = table[table["area_code"] == code]
    assert len(found) == 1, f"{len(found)} rows for {code}"
    return found.iloc[0]


FULL = [("L1", 10, 100), ("L2", 20, 100), ("L3", 40, 100), ("L4", 0, 100), ("F1", 30, 600)]


def test_a_rate_is_the_quotient_of_sums_at_every_level():
    table = observations(rows(FULL), catalogue(), WHERE)
    schema.validate(table)
    assert at(table, "L1")["value"] == 10
    assert at(table, "M1")[["numerator", "denominator", "value"]].tolist() == [30, 200, 15]
    # ward 1: all of L1 and half of L2 = 20 of 150
    assert at(table, "W1")[["numerator", "denominator"]].tolist() == [20, 150]
    assert at(table, "W1")["value"] == pytest.approx(100 * 20 / 150)
    assert at(table, PLACE)["value"] == 17.5
    assert at(table, ENGLAND)["value"] == 10.0  # 100 of 1000, the foreign LSOA F1 included
    assert at(table, "L4")["value"] == 0  # a true zero stays a zero


def test_basis_and_reliability_say_how_exact_a_figure_is():
    table = observations(rows(FULL), catalogue(), WHERE).set_index("area_code")
    assert table.loc["L1", ["basis", "reliability"]].tolist() == ["published", "A"]
    assert table.loc["M1", ["basis", "reliability"]].tolist() == ["aggregated", "A"]
    assert table.loc["N1", ["basis", "reliability"]].tolist() == ["aggregated", "A"]
    # two thirds of ward 1's people live in an LSOA wholly inside, four fifths of ward 2's
    assert table.loc["W1", ["basis", "reliability"]].tolist() == ["apportioned", "C"]
    assert table.loc["W2", ["basis", "reliability"]].tolist() == ["apportioned", "B"]


def test_limits_are_wilson_of_the_summed_counts():
    ward = at(observations(rows(FULL), catalogue(), WHERE), "W1")
    _, lower, upper = wilson([20], [150])
    assert [ward["lower"], ward["upper"]] == pytest.approx([100 * lower[0], 100 * upper[0]], abs=1e-5)


def test_a_weighted_mean_weighs_by_people_and_keeps_no_numerator():
    cells = rows(
        [("L1", None, 100), ("L2", None, 100), ("L3", None, 300), ("L4", None, 100), ("F1", None, 400)]
    )
    cells["value"] = [10.0, 20.0, 40.0, 20.0, 5.0]
    table = observations(
        cells, catalogue(aggregation="weighted-mean", statistic="score", interval="none"), WHERE
    )
    assert at(table, "M2")["value"] == 35  # (40 x 300 + 20 x 100) / 400
    assert at(table, ENGLAND)["value"] == pytest.approx((1000 + 2000 + 12000 + 2000 + 2000) / 1000)
    assert table["numerator"].isna().all()
    assert table["lower"].isna().all()


def test_a_blank_small_count_stands_as_five_in_sums_and_is_withheld_where_it_stands():
    cells = rows([("L1", None, 100), *FULL[1:]])
    cells.loc[0, "status"] = "suppressed"
    table = observations(cells, catalogue(), WHERE)
    own = at(table, "L1")
    assert own["status"] == "suppressed"
    assert own[["value", "lower", "upper", "numerator", "denominator"]].isna().all()
    assert at(table, "M1")["numerator"] == 20 + BLANK_COUNT
    assert at(table, "M1")["reliability"] == "B"  # a fifth of the numerator is a guess: no longer exact


def test_an_area_with_too_little_behind_it_shows_nothing():
    cells = rows([("L1", 10, 100), ("L2", 20, 100), ("L3", None, None), ("L4", 5, 100)])
    cells.loc[2, "status"] = "missing"
    table = observations(cells, catalogue(), WHERE)
    assert at(table, "M2")["status"] == "missing"
    assert at(table, "M2")[["value", "numerator", "denominator"]].isna().all()
    assert at(table, "M1")["status"] == "reported"


def test_withheld_parts_without_a_denominator_make_the_whole_suppressed():
    cells = rows([("L1", 10, 100), ("L2", 20, 100), ("L3", None, None), ("L4", 5, 100)])
    cells.loc[2, "status"] = "suppressed"
    assert at(observations(cells, catalogue(), WHERE), "M2")["status"] == "suppressed"


def test_redrawn_small_areas_have_no_earlier_figure_but_their_ward_and_place_do():
    # P3 was split into L3 and L4
    table = observations(
        rows([("L1", 10, 100), ("L2", 20, 100), ("P3", 40, 200)], "lsoa11"), catalogue(), WHERE
    )
    assert "L3" not in set(table["area_code"])
    assert at(table, "L1")["value"] == 10
    assert at(table, "M2")["value"] == 20
    assert at(table, PLACE)["value"] == 17.5


def test_practices_add_up_to_networks_and_places_but_never_to_wards():
    cells = pd.concat(
        [rows([("A1", 5, 50), ("A2", 5, 150)], "practice"), rows([(ENGLAND, 900, 9000)], "england")]
    )
    table = observations(cells, catalogue(), WHERE)
    assert at(table, "U1")["value"] == 5
    assert at(table, PLACE)[["value", "basis"]].tolist() == [5, "aggregated"]
    assert at(table, ENGLAND)[["value", "basis"]].tolist() == [10, "aggregated"]
    assert set(table["area_level"]) == {"practice", "pcn", "place", "region", "england"}


def test_a_printed_place_figure_is_not_replaced_by_our_sum():
    printed = rows([(PLACE, 71, 400)], "place", value=17.8)
    cells = pd.concat([rows([("W1", 20, 150), ("W2", 50, 250)], "ward"), printed])
    table = observations(cells, catalogue(), WHERE)
    assert at(table, PLACE)[["value", "basis"]].tolist() == [17.8, "published"]
    assert at(table, "N1")[["value", "basis"]].tolist() == [17.5, "aggregated"]
    assert at(table, PLACE)["lower"] < 17.8 < at(table, PLACE)["upper"]


def test_ranks_are_passed_on_and_never_combined():
    cells = rows([("L1", None, None), ("L2", None, None)])
    cells["value"] = [5.0, 9.0]
    table = observations(
        cells, catalogue(aggregation="none", statistic="rank", interval="none", levels=["lsoa"]), WHERE
    )
    assert table["area_level"].unique().tolist() == ["lsoa"]
    assert table["value"].tolist() == [5, 9]


def test_nothing_over_no_people_is_missing_not_zero():
    table = observations(rows([("L1", 0, 0), *FULL[1:]]), catalogue(), WHERE)
    assert at(table, "L1")["status"] == "missing"
    assert at(table, "M1")["value"] == 20


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(100, 400)), min_size=4, max_size=4))
def test_wards_and_msoas_share_out_exactly_what_the_place_has(cells):
    table = observations(rows([(f"L{i + 1}", n, d) for i, (n, d) in enumerate(cells)]), catalogue(), WHERE)
    for level in ("lsoa", "msoa", "ward", "neighbourhood"):
        part = table[table["area_level"] == level]
        assert part["numerator"].sum() == pytest.approx(at(table, PLACE)["numerator"], abs=1e-3)
        assert part["denominator"].sum() == pytest.approx(at(table, PLACE)["denominator"], abs=1e-3)


def test_the_lookup_of_2011_prefers_the_official_parent_over_the_position():
    change = pd.DataFrame({"lsoa21_code": ["L1", "L3", "L3"], "lsoa11_code": ["L1", "P3", "P4"]})
    lookup = pd.DataFrame({"lsoa": ["L1", "L3"]})
    located = pd.Series(["P9", "P4"])
    assert lsoa11_of(lookup, located, change).tolist() == ["L1", "P4"]


def test_a_place_outside_the_region_is_in_no_sum_of_the_region():
    far = "E08000035"
    there = Place(far, "Far", "far", "pioneer", None)
    settings = dataclasses.replace(CONFIG, places=(*CONFIG.places, there))
    more = [("L9", "L9", "lsoa", "M9", far, 100), ("M9", "M9", "msoa", far, far, 100)]
    more += [("W9", "W9", "ward", far, far, 100), (far, "Far", "place", ENGLAND, far, 100)]
    areas = pd.concat([AREAS, pd.DataFrame(more, columns=AREAS.columns)], ignore_index=True)
    own = pd.DataFrame([("O9", 100, "L9", "L9", "M9", "W9", None)], columns=LOOKUP.columns)
    where = geography(
        settings, gpd.GeoDataFrame(areas), pd.concat([LOOKUP, own], ignore_index=True),
        pd.Series({"L1": PLACE, "L2": PLACE, "P3": PLACE, "L9": far}),
        pd.DataFrame({"msoa11_code": ["M1", "M9"], "place_code": [PLACE, far]}),
        pd.DataFrame({"practice_code": ["A1", "A9"], "place_code": [PLACE, far], "pcn_code": ["U1", None]}),
    )  # fmt: skip
    for base, table in where.shares.items():
        region = table[table["to_level"] == "region"]
        assert not set(region["from_code"]) & {"L9", "M9", "W9", "A9", far}, base
        assert len(region), base
    cells = [(f"L{i}", 10.0, 100.0) for i in (1, 2, 3, 4)] + [("L9", 90.0, 100.0)]
    found = observations(rows(cells), catalogue(), where).set_index("area_code")["value"]
    assert (found[REGION], found[far], found[PLACE]) == (10.0, 90.0, 10.0)
    part = where.only([far])
    assert part.config.place_codes == [far]
    assert set(part.areas["area_code"]) == {"L9", "M9", "W9", far, REGION, ENGLAND}
    assert set(part.shares["lsoa"]["from_code"]) == {"L9"}
    assert where.only([PLACE]).shares["lsoa"].reset_index(drop=True).equals(WHERE.shares["lsoa"])
