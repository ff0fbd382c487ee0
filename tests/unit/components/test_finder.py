"""Find my area: a certain answer opens its profile, anything else is offered as a choice."""

from __future__ import annotations

from components.finder import answer, around, codes_of, describe


def a_postcode(bundle) -> str:
    return str(bundle._postcodes.loc[bundle._postcodes["place_code"] == "E08000012", "postcode"].iloc[0])


def test_a_postcode_means_its_ward(bundle):
    postcode = a_postcode(bundle)
    assert answer(bundle, postcode) == bundle.postcode(postcode)["ward_code"]
    assert answer(bundle, f" {postcode[:-3].lower()} {postcode[-3:].lower()} ") == answer(bundle, postcode)


def test_a_name_that_is_only_one_area_is_certain(bundle):
    assert answer(bundle, "aigburth") is not None
    assert answer(bundle, "Sefton") == "E08000014"


def test_a_part_of_many_names_is_not_certain(bundle):
    assert len(bundle.find("Everton")) > 1
    assert answer(bundle, "Everton") is None


def test_nonsense_has_no_answer(bundle):
    assert answer(bundle, "Atlantis") is None
    assert answer(bundle, "ZZ99 9ZZ") is None


def test_a_ward_belongs_to_a_neighbourhood_and_a_place(bundle):
    found = around(bundle, "E05015277")
    assert [bundle.areas.loc[code, "area_level"] for code in found] == ["neighbourhood", "place"]
    assert "E05015277" in bundle.wards_of(found[0])


def test_a_small_area_belongs_to_its_local_area(bundle):
    code = str(bundle.areas.index[bundle.areas["area_level"] == "lsoa"][0])
    assert [bundle.areas.loc[item, "area_level"] for item in around(bundle, code)] == ["msoa", "place"]


def test_a_place_belongs_to_nothing_smaller(bundle):
    assert around(bundle, "E08000012") == []


def test_names_say_kind_and_place(bundle):
    assert describe(bundle, "E05015277") == "Aigburth, ward in Liverpool"
    assert describe(bundle, "E08000013") == "St Helens"


def test_lists_run_by_place_in_display_order_and_then_by_name(bundle):
    codes = codes_of(bundle, "ward")
    places = [bundle.areas.loc[code, "place_code"] for code in codes]
    assert len(codes) == len(set(codes))
    assert list(dict.fromkeys(places)) == bundle.config.place_codes
    liverpool = [bundle.areas.loc[code, "area_name"] for code in codes[:64]]
    assert liverpool == sorted(liverpool)
