"""The titles of profiles: true to the figures for every kind of area."""

from __future__ import annotations

import re

import pytest

from components import profile_sections
from components.key_figures import lines
from components.profile_summary import subtitle, title


def every_tenth_area(bundle) -> list[str]:
    drawn = bundle.areas[bundle.areas["area_level"].isin(["msoa", "ward", "neighbourhood", "place"])]
    return [str(code) for code in drawn.index[::25]]


def test_titles_hold_for_areas_of_every_kind(bundle):
    for code in every_tenth_area(bundle):
        heading = title(bundle, code)
        assert heading.startswith(str(bundle.areas.loc[code, "area_name"]))
        text = f"{heading} {subtitle(bundle, code)}"
        assert not re.search(r"\bnan\b|None|no figure|  ", text), text


def test_the_title_of_a_small_area_is_its_position(bundle):
    code = str(bundle.areas.index[bundle.areas["area_level"] == "lsoa"][0])
    tenth = bundle.value("imd-decile", code)
    assert f"tenth {tenth.value:.0f} of 10" in title(bundle, code)


def test_nobody_is_only_said_of_nobody(bundle):
    wards = bundle.slice("imd-most-deprived-fifth", "ward")
    for row in wards[wards["value"].notna()].itertuples():
        assert ("nobody" in title(bundle, row.area_code)) == (row.value < 0.05)


def test_what_is_not_available_is_gathered_by_reason(bundle):
    found = lines(bundle, profile_sections.CONDITIONS, "E05015277", [])
    notes = profile_sections.not_available(found)
    assert len(notes) == len({item.reason for item in found if item.reason})
    assert all(note.startswith("Not available here (") for note in notes)


@pytest.mark.parametrize("code", ["E92000001", "E54000008"])
def test_large_areas_do_not_fail(bundle, code):
    assert title(bundle, code)
    assert subtitle(bundle, code)
