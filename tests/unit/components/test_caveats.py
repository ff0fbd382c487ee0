"""What stands under every figure: source, period, method and every caveat, in words."""

from __future__ import annotations

from html import unescape

import pytest

from components import caveats, selection


def test_every_indicator_has_a_complete_block(bundle):
    for indicator in bundle.indicators():
        html = caveats.details_html(
            indicator, bundle.catalogue, period="2021", bases=["aggregated"], letters=["A"]
        )
        assert bundle.catalogue.sources[indicator.source].publisher in unescape(html)
        assert html.count("<li>") == len(indicator.caveats)
        assert ">None<" not in html


def test_basis_and_reliability_are_words_in_a_fixed_order():
    text = caveats.basis_words(["apportioned", "published", "apportioned"])
    assert text.index("publisher") < text.index("shared out")
    assert caveats.reliability_words(["D", "A"]).index("Strong") < caveats.reliability_words(
        ["D", "A"]
    ).index("Weak")


@pytest.mark.parametrize("status", ["missing", "suppressed", None, "anything"])
def test_no_figure_always_has_a_reason(status):
    assert caveats.unavailable(status).startswith("not available: ")


def test_withheld_is_not_the_same_as_missing():
    assert caveats.unavailable("suppressed") != caveats.unavailable("missing")


def test_every_method_of_the_catalogue_has_words(bundle):
    assert {item.interval for item in bundle.indicators()} <= set(caveats.INTERVALS)
    assert {item.aggregation for item in bundle.indicators()} <= set(caveats.AGGREGATIONS)


def test_the_working_grouping_is_named_and_only_where_it_shows(bundle):
    working = bundle.neighbourhood_status("E08000012").status == "working"
    assert ("working grouping" in caveats.grouping_label(bundle)) == working
    assert ("working grouping" in caveats.grouping_label(bundle, ["E08000012"])) == working
    assert caveats.grouping_label(bundle, ["E08000014"]) == ""


def test_commands_between_backticks_become_code_and_the_rest_is_escaped():
    assert selection.with_code("run `a <b>` & go") == "run <code>a &lt;b&gt;</code> &amp; go"
