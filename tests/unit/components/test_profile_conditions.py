"""Conditions of a profile: what is claimed follows from the limits, and nothing from weak estimates."""

from __future__ import annotations

import pytest

from components.profile_conditions import FIRST, age_sentence, claims, clearness, conditions, table_html
from data.age_mix import ages_of
from data.standout_words import CONDITIONS as NAMES

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
        name = NAMES.get(item.line.indicator.id, "palliative care")
        assert not any(name in text for text in said)


def test_ages_may_explain_what_is_not_standardised(bundle):
    assert ages_of(bundle, CANNING) == "young"
    assert ages_of(bundle, COUNTRY) == ""
    by_id = {item.line.indicator.id: item for item in conditions(bundle, CANNING)}
    assert by_id["qof-dm"].maybe_age
    assert not by_id["qof-dm"].clear
    assert not by_id["qof-hyp"].maybe_age
    said = " ".join(claims(conditions(bundle, CANNING)))
    assert "That may be because people here are young." in said
    fewer = [text for text in claims(conditions(bundle, CANNING)) if text.startswith("Fewer")]
    assert all("may be because" in text for text in fewer)


@pytest.mark.parametrize("code", [LIVERPOOL, SEFTON, CANNING, SPEKE, LSOA, MSOA])
def test_claims_name_conditions_on_their_side_of_england(bundle, code):
    found = conditions(bundle, code)
    *said, last = claims(found)
    for text in said:
        way = "higher" if text.startswith("More") else "lower"
        age = "of the same ages" in text
        maybe = "may be because" in text
        fit = [
            item
            for item in found
            if item.found == way and item.age_known == age and item.maybe_age == maybe
            and (maybe or item.clear) and not item.weak
        ]  # fmt: skip
        named = [item for item in fit if NAMES.get(item.line.indicator.id, "palliative care") in text]
        assert len(named) == min(len(fit), 3), text
        assert (f"and {len(fit) - 3} more" in text) == (len(fit) > 3), text
    assert last.startswith("We looked at 21 conditions.")


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
