"""Conditions of a profile: what is claimed follows from the limits, and nothing from weak estimates."""

from __future__ import annotations

import pytest

from components.profile_conditions import (
    FIRST,
    age_sentence,
    ages_of,
    claims,
    clearness,
    conditions,
    table_html,
)

LIVERPOOL, SEFTON, CANNING, SPEKE = "E08000012", "E08000014", "LPL-W07", "E05015323"
LSOA, MSOA, COUNTRY = "E01006412", "E02001405", "E92000001"


@pytest.mark.parametrize("code", [LIVERPOOL, SEFTON, CANNING, SPEKE, LSOA, MSOA])
def test_clear_means_outside_the_limits_and_not_weak(bundle, code):
    found = conditions(bundle, code)
    assert len(found) == 21
    for item in found:
        area, support, mark = item.line.area, item.support, item.england.value
        low, high = area.lower, area.upper
        if support.standardised is not None:
            low, high = support.standardised_lower, support.standardised_upper
        if item.clear:
            assert area.reliability != "D"
            assert low > mark or high < mark
            assert (item.found == "higher") == (low > mark)
        elif not item.weak and not item.maybe_age:
            assert low <= mark <= high


@pytest.mark.parametrize("code", [LIVERPOOL, CANNING, LSOA])
def test_what_differs_most_clearly_comes_first(bundle, code):
    found = conditions(bundle, code)
    clear = [item for item in found if item.clear]
    assert found[: len(clear)] == clear
    assert [clearness(item) for item in clear] == sorted(map(clearness, clear), reverse=True)


def test_claims_name_no_weak_estimate(bundle):
    found = conditions(bundle, LSOA)
    weak = [item for item in found if item.weak]
    assert len(weak) >= 10
    *said, last = claims(found)
    assert f"{len(weak)} are weak estimates" in last
    for item in weak:
        name = item.line.indicator.short_title.lower()
        assert not any(name in text.lower() for text in said)


def test_ages_may_explain_what_is_not_standardised(bundle):
    assert ages_of(bundle, CANNING) == "young"
    assert ages_of(bundle, COUNTRY) == ""
    by_id = {item.line.indicator.id: item for item in conditions(bundle, CANNING)}
    assert by_id["qof-dm"].maybe_age
    assert not by_id["qof-dm"].clear
    assert not by_id["qof-hyp"].maybe_age
    said = " ".join(claims(conditions(bundle, CANNING)))
    assert "The population is young, which may be some or all of the reason why fewer people" in said
    assert "clearly fewer" not in said


def test_the_young_city_is_said_in_one_sentence(bundle):
    text = age_sentence(bundle, LIVERPOOL)
    assert "high blood pressure" in text
    for item in conditions(bundle, LIVERPOOL):
        named = item.line.indicator.short_title.lower() in text.lower()
        assert named == ((item.crude, item.allowed) == ("lower", "higher"))
    assert age_sentence(bundle, SEFTON) == ""


def test_england_is_compared_with_nothing(bundle):
    found = conditions(bundle, COUNTRY)
    assert len(found) >= FIRST
    assert claims(found) == []


def test_the_table_marks_estimates_and_opens_under_every_row(bundle):
    found = conditions(bundle, LSOA)
    html = table_html(bundle, LSOA, found, "Conditions")
    weak = sum(item.weak for item in found)
    assert html.count("weak estimate, between") == weak
    assert html.count('class="sub">estimate, between') == len(found) - weak
    assert html.count("How sure is this?") == len(found)
    assert html.count('<th scope="row">') == len(found)


def test_a_place_is_counted_and_no_estimate(bundle):
    html = table_html(bundle, LIVERPOOL, conditions(bundle, LIVERPOOL), "Conditions")
    assert 'class="sub">estimate' not in html
    assert "because the population is young; allowing for age it is higher" in html
