"""What a profile on paper says, before it is set: every figure and word from the tables and their limits."""

from __future__ import annotations

import re
from dataclasses import asdict
from html import unescape

import pytest
import shapely

from data.query import Bundle
from reports.profile import key_rows, where
from reports.profile.build import build
from reports.profile.model import LEVELS, Profile, UnknownAreaError
from tests.readability import GRADE, grade, jargon


@pytest.fixture(scope="module")
def profiles(bundle: Bundle) -> dict[str, Profile]:
    """Three areas of each kind from end to end of the list, and the Places of the project."""
    areas = bundle.areas
    codes = ["E05015280", *(place.code for place in bundle.config.places)]  # a ward of weak estimates first
    for level in ("ward", "neighbourhood", "msoa"):
        found = list(areas.index[areas["area_level"] == level])
        codes += [found[0], found[len(found) // 2], found[-1]]
    return {code: build(bundle, code) for code in codes}


def words(profile: Profile) -> str:
    """Everything that can be read, without the map's drawing."""
    return re.sub(r"<svg.*?</svg>", "", str(asdict(profile)))


@pytest.mark.parametrize("code", ["E99999999", "E01006512", "E92000001", "U00001"])
def test_an_area_without_a_profile_is_refused_with_a_reason(bundle: Bundle, code: str) -> None:
    with pytest.raises(UnknownAreaError, match=code):
        build(bundle, code)


def test_every_kind_of_area_is_tried(bundle: Bundle, profiles: dict[str, Profile]) -> None:
    assert {bundle.areas.loc[code, "area_level"] for code in profiles} == set(LEVELS)


def test_no_text_is_in_code_or_says_nan(profiles: dict[str, Profile]) -> None:
    for code, profile in profiles.items():
        assert not re.search(r"\bnan\b|None%|\binf\b|[a-z]-domain-|qof-[a-z]|E\d{8}", words(profile).replace(
            code, "").replace("'keys'", "\n'keys'").split("\n")[0]), code  # fmt: skip


def test_judgements_follow_from_the_limits_alone(bundle: Bundle, profiles: dict[str, Profile]) -> None:
    for code, profile in profiles.items():
        marks = key_rows.benchmarks(bundle, code)
        for (indicator_id, group, period), row in zip(profile.keys, profile.rows, strict=True):
            own = bundle.value(indicator_id, code, period, group)
            assert own is not None
            for other, mark in zip(marks, row.marks, strict=True):
                there = bundle.value(indicator_id, other, period, group)
                sure = own.lower is not None and there is not None and there.value is not None
                if indicator_id == "gld" and own.basis == "modelled":
                    sure = False
                if not sure:
                    assert mark.word == "", (code, indicator_id)
                elif own.lower <= there.value <= own.upper:  # type: ignore[operator, union-attr]
                    assert mark.word == "similar"
                else:
                    assert mark.word in ("better", "worse", "higher", "lower")


def test_expected_readiness_is_called_an_estimate_and_never_judged(
    bundle: Bundle, profiles: dict[str, Profile]
) -> None:
    seen = 0
    for code, profile in profiles.items():
        own = bundle.value("gld", code)
        if own is None or own.basis != "modelled" or own.value is None:
            continue
        seen += 1
        text = " ".join(profile.readiness.lines)
        assert "estimate" in profile.readiness.label
        assert "given family income; it cannot show where a neighbourhood does better or worse" in text
        judged = text.replace("does better or worse than that", "")
        assert not re.search(r"\b(better|worse|similar)\b", judged)
        row = next(row for key, row in zip(profile.keys, profile.rows, strict=True) if key[0] == "gld")
        assert "estimate" in row.made
        assert ("weak" in row.made) == (own.reliability == "D")
    assert seen >= 6


def test_the_working_grouping_is_named_for_neighbourhoods_and_for_nothing_else(
    bundle: Bundle, profiles: dict[str, Profile]
) -> None:
    for code, profile in profiles.items():
        is_one = bundle.areas.loc[code, "area_level"] == "neighbourhood"
        assert bool(profile.working) == is_one
        assert not is_one or "working grouping" in profile.working


def test_a_figure_that_the_area_lacks_is_named_as_missing_and_stands_in_no_row(
    bundle: Bundle, profiles: dict[str, Profile]
) -> None:
    for code, profile in profiles.items():
        for indicator_id, group in key_rows.WANTED:
            found = bundle.value(indicator_id, code, None, group)
            known = found is not None and found.value is not None
            assert known == any(key[:2] == (indicator_id, group) for key in profile.keys)
            if not known:
                title = bundle.catalogue[indicator_id].short_title
                assert title[1:] in profile.absent, (code, indicator_id)


def test_weak_estimates_and_crude_registers_claim_nothing(
    bundle: Bundle, profiles: dict[str, Profile]
) -> None:
    for profile in profiles.values():
        for row in profile.conditions:
            assert (row.word == "") == (row.allowing == "not known")
            name = row.title[:1].lower() + row.title[1:]
            if row.grade == "D" or row.word in ("", "similar"):
                assert (
                    name
                    not in profile.conditions_claim.split("because the population")[0].split("here than")[0]
                )


def test_the_map_says_in_words_what_its_colours_say(bundle: Bundle, profiles: dict[str, Profile]) -> None:
    for code, profile in profiles.items():
        counts = [
            int(number)
            for number in re.findall(r"(\d+) in the (?:most|second|middle|fourth|least)", profile.map.alt)
        ]
        assert counts, code
        total = re.search(r"the (\d+) small areas in it", profile.map.alt)
        assert sum(counts) == (int(total[1]) if total else 1)
        assert profile.map.alt.startswith("Map of ")
        assert "Crown copyright" in profile.sources[-1]
        assert "http" not in profile.map.svg.replace('xmlns="http://www.w3.org/2000/svg"', "")


def test_small_areas_are_counted_where_they_really_lie(bundle: Bundle) -> None:
    place = str(bundle.config.places[0].code)
    own = dict(zip(*(bundle.geometry("place", [])[name] for name in ("area_code", "geometry")), strict=True))
    found = where._small_areas(bundle, place, own[place])
    areas = bundle.areas
    assert len(found) == ((areas["area_level"] == "lsoa") & (areas["place_code"] == place)).sum()
    assert all(not shapely.is_empty(shape) for shape, _ in found)


def test_names_on_the_map_do_not_lie_on_each_other_nor_on_the_area(bundle: Bundle) -> None:
    areas = bundle.areas
    wards = areas.index[
        (areas["area_level"] == "ward") & (areas["place_code"] == bundle.config.places[0].code)
    ]
    for code in wards[:20]:
        drawn = build(bundle, str(code)).map.svg.split("</g>")[0]
        spots = []
        for x, y, text in re.findall(r'<text x="(\d+)" y="(\d+)".*?>([^<]*)</text>', drawn):
            wide = len(unescape(text)) * where.TYPE * where.LETTER
            spots.append((float(x) - wide / 2, float(y) - where.TYPE, float(x) + wide / 2, float(y)))
        for at, one in enumerate(spots):
            assert one[0] >= 0
            assert one[2] <= where.SIZE
            for other in spots[at + 1 :]:
                assert one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]


def test_the_public_sentences_can_be_read_at_fourteen(bundle: Bundle, profiles: dict[str, Profile]) -> None:
    for code, profile in profiles.items():
        said = [item.sentence for item in profile.standing]
        said += [f"{profile.lead}.", *profile.readiness.lines, profile.spread.sentence, *profile.beware]
        text = " ".join(said).replace(profile.name, "Elm")
        assert grade(text) <= GRADE, code
        listing = f"{profile.conditions_lead} {profile.conditions_claim}"
        assert grade(listing) <= GRADE + 2, code  # names of illnesses are long
        assert jargon(f"{text} {listing}") == []
