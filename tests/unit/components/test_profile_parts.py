"""The parts of a profile: what they claim is what the tables and tests hold, for areas of every kind."""

from __future__ import annotations

import re

import pytest

from components import (
    profile_deprivation,
    profile_life,
    profile_lists,
    profile_open,
    profile_people,
    profile_share,
    profile_standing,
    profile_standouts,
    profile_trends,
    store,
    trend_arrow,
)
from components.key_figures import has_value
from data import parts
from data.catalogue.model import LIFE_STAGES, MARMOT
from data.recent_trend import recent_trend
from data.tested import EARLIER

ENGLAND, LIVERPOOL, SEFTON, WARD = "E92000001", "E08000012", "E08000014", "E05015280"


def some(bundle, *levels: str, step: int = 12) -> list[str]:
    codes = bundle.areas.index[bundle.areas["area_level"].isin(levels)]
    return [str(code) for code in codes[::step]]


# -- the figures, through life or by principle -------------------------------------------------------------


@pytest.mark.parametrize("by", ["life", "marmot"])
def test_every_row_stands_under_one_heading_of_either_order(bundle, by):
    rows = profile_life.rows(bundle, LIVERPOOL)
    grouped = profile_life.groups(rows, by)
    assert sum(len(found) for _, found in grouped) == len(rows) > 40
    titles = [title for title, _ in grouped]
    assert titles == (list(MARMOT.values()) if by == "marmot" else list(profile_life.STAGES.values()))
    assert set(profile_life.STAGES) == set(LIFE_STAGES)


def test_no_rank_score_or_register_is_among_the_plain_figures(bundle):
    for item in profile_life.rows(bundle, WARD):
        assert item.indicator.statistic not in ("rank", "decile", "score", "ratio")
        assert not item.indicator.id.startswith("qof-")


def test_the_tally_counts_what_the_limits_say(bundle):
    for code in some(bundle, "ward", "neighbourhood", "place", step=20):
        for _, found in profile_life.groups(profile_life.rows(bundle, code), "life"):
            shown = [item for item in found if has_value(item.area)]
            text = profile_life.tally(shown, ENGLAND)
            for word in ("better", "similar", "worse"):
                count = 0
                for item in shown:
                    mark, own = item.benchmarks[ENGLAND], item.area
                    polarity = item.indicator.polarity
                    if own.lower is None or mark is None or mark.value is None or polarity == "neutral":
                        continue
                    if own.basis == "modelled" and item.indicator.id == "gld":
                        continue
                    above, below = own.lower > mark.value, own.upper < mark.value
                    worse = above if polarity == "high-is-worse" else below
                    verdict = "similar" if not above and not below else "worse" if worse else "better"
                    count += verdict == word
                assert (f"{count} {word} " in text) == (count > 0), f"{code} {text}"


def test_an_arrow_stands_only_where_the_test_finds_a_trend(bundle):
    seen = set()
    for code in [*some(bundle, "place", step=1), *some(bundle, "ward", "msoa", step=60), ENGLAND]:
        for item in profile_life.rows(bundle, code):
            words = trend_arrow.trend_words(bundle, code, item)
            tested = recent_trend(item.indicator, bundle.series(item.indicator.id, code, item.group))
            assert bool(words) == tested.claims, f"{code} {item.title}"
            if words:
                assert words.startswith("↗" if tested.trend.outcome == "increasing" else "↘")
                assert ("worse" in words, "better" in words) == (
                    "worse" in tested.words,
                    "better" in tested.words,
                )
            seen.add(words)
    assert len(seen) > 1


def test_expected_readiness_has_no_judgement_in_the_figures(bundle):
    html = profile_life.html(bundle, WARD, "life")
    row = html[html.index("School readiness at age 5") :]
    row = row[: row.index("</tr>")]
    assert "estimate" in row
    assert 'class="verdict' not in row


# -- who lives here -----------------------------------------------------------------------------------------


def test_tiles_are_the_census_figures(bundle):
    for code in some(bundle, "ward", "msoa", "neighbourhood", "place"):
        found = {tile.name: tile for tile in profile_people.tiles(bundle, code)}
        old = bundle.value("aged-65-and-over", code)
        assert found["Aged 65 and over"].value == f"{old.value:.1f}%"
        ages = bundle.profile(code)
        ages = ages[ages["indicator_id"] == "population-by-age"].set_index("group")["value"]
        share = ages[["age-00-04", "age-05-09", "age-10-14"]].sum() / ages.sum() * 100
        assert found["Aged under 15"].value == f"{share:.1f}%"
        assert any(part.startswith("England ") for part in found["Aged under 15"].beside)


def test_a_network_of_practices_has_no_people_tiles(bundle):
    assert profile_people.tiles(bundle, "U02731") == []


# -- deprivation -------------------------------------------------------------------------------------------


def test_the_place_in_the_order_is_that_of_the_scores(bundle):
    for code in some(bundle, "ward", "neighbourhood", "place"):
        text = profile_deprivation.in_place(bundle, code)
        level = bundle.areas.loc[code, "area_level"]
        rows = bundle.slice("imd-score", level).set_index("area_code")["value"]
        place = bundle.areas.loc[code, "place_code"]
        if level == "ward":
            inside = rows[bundle.areas.loc[rows.index, "place_code"] == place]
            assert f"{len(inside)} wards in {bundle.name(place)}" in text
            position = int((inside > rows[code]).sum()) + 1
            assert (f"{position}" in text) or position in (1, len(inside)), text
        if level != "neighbourhood":
            most = rows[code] == rows.max()
            assert (f"of the {len(rows)}" in text.lower()) or most, text
    deepest = bundle.slice("imd-score", "place").set_index("area_code")["value"].idxmax()
    assert "is the most deprived." in profile_deprivation.in_place(bundle, deepest)


def test_the_spread_is_said_as_it_is(bundle):
    for code in some(bundle, "ward", "neighbourhood", "place"):
        *_, text = profile_deprivation.sentences(bundle, code)
        fifth = bundle.value("imd-most-deprived-fifth", code).value
        if 0.5 <= fifth < 99.5:
            assert text.startswith(
                f"{round(fifth)} in 100 people here live in England’s most deprived fifth."
            )
        elif fifth == 0:
            assert text == "None of the people here live in England’s most deprived fifth."


# -- what has changed, how it compares, what it is made of --------------------------------------------------


def test_only_tested_trends_are_said_to_go_up_or_down(bundle):
    for code in [*some(bundle, "place", step=1), *some(bundle, "ward", step=60)]:
        found = profile_trends.tested(bundle, code)
        text = " ".join(profile_trends.sentences(bundle, code, found))
        claimed = [item.title for item, test in found if test.claims and item.indicator.id not in EARLIER]
        for title in claimed:
            assert title in text
        assert ("Going " in text) == bool(claimed), text


def test_the_sentence_on_comparison_counts_judgements(bundle):
    assert profile_standing.sentence(bundle, LIVERPOOL).startswith("We can test ")
    figures = re.findall(r"\d+|None|none", profile_standing.sentence(bundle, WARD))
    assert len(figures) == 3


def test_what_a_boundary_cuts_is_said(bundle):
    weights = store.weights()
    for code in some(bundle, "ward", "neighbourhood"):
        lsoas = parts.small_areas(bundle, weights, code)
        split = parts.straddling(lsoas)
        text = " ".join(profile_lists.boundary_words(bundle, code, lsoas))
        assert ("cuts in two" in text) == bool(split)
        if split and split >= 0.005:
            assert text.startswith(f"{round(split * 100)} in 100 ")
    whole = parts.small_areas(bundle, weights, LIVERPOOL)
    assert "exact sums" in profile_lists.boundary_words(bundle, LIVERPOOL, whole)[0]


def test_lists_are_whole_and_missing_is_not_0(bundle):
    found = bundle.schools(LIVERPOOL)
    html = profile_lists.list_html(profile_lists._columns(found, profile_lists.SCHOOLS), "Schools")
    assert html.count('<th scope="row">') == len(found) > 150
    missing = int(found["percent_fsm"].isna().sum() + found["pupils"].isna().sum())
    assert html.count("not available") == missing
    assert not re.search(r"\bnan\b|<NA>", html)


# -- what is open, the link, what stands out ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found", "noted"),
    [
        ("", set(), False),
        ("all", set(profile_open.PARTS), False),
        ("school, change", {"school", "change"}, False),
        ("school,nonsense", {"school"}, True),
        ("<b>", set(), True),
    ],
)
def test_the_address_says_what_is_open(text, found, noted):
    notes: list[str] = []
    opened = profile_open.asked({"open": text}, notes)
    assert opened == found
    assert bool(notes) == noted
    assert profile_open.asked({"open": profile_open.text_of(opened)}, []) == opened


def test_the_link_is_whole_and_keeps_only_what_is_set():
    params = {"area": WARD, "by": "marmot", "open": "", "among": ""}
    assert profile_share.address("http://hall:8501/profile", params) == (
        f"http://hall:8501/profile?area={WARD}&by=marmot"
    )
    assert profile_share.address(None, params) == f"profile?area={WARD}&by=marmot"


def test_what_stands_out_is_text_and_opens(bundle):
    (item, *_) = profile_standouts.found(bundle, WARD)
    html = profile_standouts.item_html(item)
    assert html.count("<details") == html.count("</details>") == 1
    assert item.judgement.capitalize() in html
    assert "<summary>How do we know?" in html
