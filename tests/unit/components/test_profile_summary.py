"""The plain English of a profile: true to the figures for every kind of area."""

from __future__ import annotations

import re

import pytest

from components import profile_sections
from components.key_figures import Wanted, line, lines
from components.profile_summary import against, sentences, subtitle, title


def every_tenth_area(bundle) -> list[str]:
    drawn = bundle.areas[bundle.areas["area_level"].isin(["msoa", "ward", "neighbourhood", "place"])]
    return [str(code) for code in drawn.index[::25]]


def test_titles_and_sentences_hold_for_areas_of_every_kind(bundle):
    for code in every_tenth_area(bundle):
        heading = title(bundle, code)
        assert heading.startswith(str(bundle.areas.loc[code, "area_name"]))
        text = " ".join([heading, subtitle(bundle, code), *sentences(bundle, code)])
        assert not re.search(r"\bnan\b|None|no figure|  ", text), text


def test_the_title_of_a_small_area_is_its_position(bundle):
    code = str(bundle.areas.index[bundle.areas["area_level"] == "lsoa"][0])
    tenth = bundle.value("imd-decile", code)
    assert f"tenth {tenth.value:.0f} of 10" in title(bundle, code)


def test_nobody_is_only_said_of_nobody(bundle):
    wards = bundle.slice("imd-most-deprived-fifth", "ward")
    for row in wards[wards["value"].notna()].itertuples():
        assert ("nobody" in title(bundle, row.area_code)) == (row.value < 0.05)


def test_comparisons_are_grouped_by_judgement(bundle):
    item = line(bundle, Wanted("children-income-deprived"), "E05015277", ["E08000012", "E92000001"])
    text = against(item, bundle)
    assert text.count("better than") == 1
    assert "Liverpool (" in text
    assert "England (" in text


def test_readiness_of_a_ward_is_expected_from_income_and_compared_with_nothing(bundle):
    own = bundle.value("gld", "E05015277")
    (text,) = [item for item in sentences(bundle, "E05015277") if "ready for school" in item]
    assert f"By family income we would expect {own.value:.1f}% of five-year-olds" in text
    assert "(an estimate)" in text
    assert "cannot show whether this area does better or worse" in text
    assert "England" not in text
    assert "starting school not yet ready" in text


def test_a_weak_estimate_is_called_weak_and_gives_no_number_of_children(bundle):
    assert bundle.value("gld", "E01006412").reliability == "D"
    (text,) = [item for item in sentences(bundle, "E01006412") if "ready for school" in item]
    assert "(a weak estimate)" in text
    assert "fewer than 20" not in text


def test_a_place_states_its_own_readiness(bundle):
    text = " ".join(sentences(bundle, "E08000014"))
    assert "five-year-olds" in text
    assert "as a whole only" not in text


def test_what_is_not_available_is_gathered_by_reason(bundle):
    found = lines(bundle, profile_sections.CONDITIONS, "E05015277", [])
    notes = profile_sections.not_available(found)
    assert len(notes) == len({item.reason for item in found if item.reason})
    assert all(note.startswith("Not available here (") for note in notes)


@pytest.mark.parametrize("code", ["E92000001", "E54000008"])
def test_large_areas_do_not_fail(bundle, code):
    assert title(bundle, code)
    assert isinstance(sentences(bundle, code), list)
