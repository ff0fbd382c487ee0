"""The catalogue for readers: search, coverage and entries agree with the tables."""

from __future__ import annotations

from html import unescape

from components.catalogue_view import coverage, entry_html, matching


def test_an_empty_search_finds_everything(bundle):
    assert matching(bundle.indicators(), "", "") == bundle.indicators()


def test_every_word_must_be_found_in_any_order_and_case(bundle):
    found = {item.id for item in matching(bundle.indicators(), "RESIDENTS disabled", "")}
    assert "disabled" in found
    assert found == {item.id for item in matching(bundle.indicators(), "disabled residents", "")}
    assert matching(bundle.indicators(), "disabled zebra", "") == []


def test_a_theme_narrows_the_search(bundle):
    found = matching(bundle.indicators(), "", "school-readiness")
    assert found
    assert {item.theme for item in found} == {"school-readiness"}


def test_coverage_lists_each_level_with_its_periods(bundle):
    frame = coverage(bundle, bundle.catalogue["obesity-year-6"])
    assert "Places" in list(frame["Areas"])
    assert "Wards" not in list(frame["Areas"])
    places = frame.set_index("Areas").loc["Places"]
    assert places["Periods"] == len(bundle.periods("obesity-year-6", "place"))


def test_every_entry_says_meaning_source_licence_and_all_caveats(bundle):
    for indicator in bundle.indicators():
        text = unescape(entry_html(indicator, bundle.catalogue))
        source = bundle.catalogue.sources[indicator.source]
        assert indicator.plain_english in text
        assert source.licence in text
        assert source.attribution in text
        for code in indicator.caveats:
            assert bundle.catalogue.caveats[code].short in text
