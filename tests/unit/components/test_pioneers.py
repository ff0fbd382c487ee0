"""Words and pictures of the Pioneer Places page: claims follow limits, marks stand where the figures say."""

from __future__ import annotations

import base64
import re

import pandas as pd
import pytest

from components import pioneer_burden, pioneer_dots, pioneer_state, pioneer_tables, pioneer_words, store
from data import pioneers
from data.pioneer_registers import Clusters
from data.pioneers import Burden
from methods.results import Estimate

AREAS = ["Ash", "Birch", "Cedar", "Dogwood"]


def burden(limits: list[tuple[float, float]], *, average: float = 90.0, letters: str = "CCCC") -> Burden:
    low, high = zip(*limits, strict=True)
    middle = [(a + b) / 2 for a, b in limits]
    table = pd.DataFrame(
        {
            "area_code": AREAS[: len(limits)], "area_name": AREAS[: len(limits)], "value": middle,
            "lower": low,
            "upper": high, "reliability": list(letters[: len(limits)]), "practices": 3,
            "top_practice": "High Street", "top_practice_share": 0.5, "top_network": "North",
            "top_network_share": 0.9, "rank_low": 1, "rank_high": 2, "older": 20.0,
        }
    )  # fmt: skip
    table["standing"] = [
        "higher" if a > average else "lower" if b < average else "similar" for a, b in limits
    ]
    return Burden("ward", table, average, ())


def test_the_title_names_one_area_two_or_counts_them():
    bundle, place = store.bundle(), store.bundle().config.with_role("pioneer")[0]
    near, above = (80.0, 100.0), (95.0, 105.0)
    said = pioneer_words.title(bundle, place, burden([near, near]))
    assert said.endswith("neither of its 2 wards is clearly above average")
    said = pioneer_words.title(bundle, place, burden([above, near]))
    assert said.endswith("of its 2 wards, Ash is clearly above average")
    said = pioneer_words.title(bundle, place, burden([above, above, near]))
    assert said.endswith("of its 3 wards, Ash and Birch are clearly above average")
    said = pioneer_words.title(bundle, place, burden([above] * 4))
    assert said.endswith("of its 4 wards, 4 are clearly above average")


def test_how_sure_counts_what_differs_and_what_is_weak():
    said = pioneer_words.how_sure(burden([(95, 105), (80, 100), (80, 100)], letters="CDC"))
    assert "typically reach 10 to either side" in said
    assert "1 of the 3 wards differs from the average" in said
    assert "1 is weak" in said


def test_a_link_is_claimed_only_where_its_limits_leave_nothing_out():
    sure, unsure = Estimate(-0.5, -0.7, -0.2, 0.95, "m"), Estimate(0.3, -0.1, 0.6, 0.95, "m")
    assert pioneer_words.linked(sure, "more", "fewer", "none").startswith("fewer (rank correlation −0.50")
    assert pioneer_words.linked(unsure, "more", "fewer", "none").startswith("none")
    assert pioneer_words.linked(None, "more", "fewer", "none") == ""


def test_pairs_that_are_not_clear_are_not_named():
    place = store.bundle().config.with_role("pioneer")[0]
    pairs = pd.DataFrame(
        [
            ("a", "b", 0.9, 0.8, 0.95, True),
            ("a", "c", 0.8, 0.5, 0.9, False),
            ("b", "c", -0.9, -0.95, -0.8, True),
        ],
        columns=["first", "second", "value", "lower", "upper", "clear"],
    )
    names = {"a": "asthma", "b": "cancer", "c": "stroke"}
    said = pioneer_words.cluster_words(Clusters(30, pairs), names, place)
    assert said.endswith("so is the other: asthma with cancer.")
    none = pioneer_words.cluster_words(Clusters(30, pairs.assign(clear=False)), names, place)
    assert "no two conditions go together more than chance allows" in none


def test_a_bar_stands_where_its_figures_say_and_a_weak_one_is_pale():
    row = burden([(80.0, 120.0)], letters="D").table.iloc[0]
    html = pioneer_burden.bar(row, 90.0, 200.0, "#123456")
    assert '<i class="weak" style="width:50.0%;background:#123456">' in html
    assert '<b style="left:40.0%;width:20.0%">' in html
    assert '<u style="left:45.0%">' in html


def test_names_are_escaped_in_the_list():
    found = burden([(80.0, 120.0)])
    found.table["area_name"] = "<b>Ash</b>"
    html = pioneer_burden.list_html(found, {"Ash": "#fff"}, "caption")
    assert "<b>Ash" not in html
    assert "&lt;b&gt;Ash" in html


@pytest.mark.parametrize(("times", "place"), [(1, 50), (0.5, 0), (2, 100), (0.1, 0), (9, 100), (2**0.5, 75)])
def test_marks_stand_on_a_log_scale_and_stop_at_its_ends(times, place):
    assert pioneer_dots.at(times) == pytest.approx(place)


def test_the_picture_has_every_register_and_only_adjusted_marks_that_there_are():
    bundle = store.bundle()
    place = bundle.config.with_role("pioneer")[0]
    found = pioneer_state.registers(bundle, place).gaps
    html = pioneer_dots.html(found, [(place.code, place.name)])
    assert html.count('class="row"') == len(found)
    adjusted = sum(item.places[place.code].standard is not None for item in found)
    assert html.count('<i class="disc adjusted" style') == adjusted
    assert html.count('<i class="disc recorded" style') == len(found)


def test_the_line_of_a_series_breaks_where_a_year_is_missing():
    series = pd.DataFrame(
        {"period": ["2018/19", "2019/20", "2021/22", "2022/23"], "value": [1.0, 2.0, 3.0, 4.0]}
    )
    source = pioneer_tables.spark(series, "light")
    picture = base64.b64decode(source.split(",", 1)[1]).decode()
    path = re.search(r'<path d="([^"]+)"', picture).group(1)
    assert path.count("M") == 2
    assert path.count("L") == 2
    assert picture.count("<circle") == 4


def test_the_list_of_networks_says_that_it_is_exact():
    bundle = store.bundle()
    place = bundle.config.with_role("pioneer")[0]
    found = pioneers.burden(bundle, pioneers.support(bundle.version), place.code, "pcn")
    assert pioneer_words.how_sure(found).startswith("Exact counts, for registered patients")
