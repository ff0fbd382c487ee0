"""Small tables carry headers for assistive technology, escape what they print and never rely on colour."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from components.tables import SHAPES, Cell, figures_html, verdict_html, verdict_words


def parsed(html: str) -> ET.Element:
    return ET.fromstring(html.replace("<br>", "<br/>"))


def test_every_header_has_a_scope_and_the_table_a_caption():
    html = figures_html("Figures", ["Figure", "Here"], [(("Disabled", "2021"), [Cell("21.8%", "worse")])])
    table = parsed(html).find("table")
    assert table.find("caption").text == "Figures"
    assert [head.get("scope") for head in table.iter("th")] == ["col", "col", "row"]


def test_a_hidden_caption_is_still_there_to_be_read_out():
    table = parsed(figures_html("Figures", ["A"], [], hide_caption=True)).find("table")
    assert table.find("caption").get("class") == "visually-hidden"


def test_what_is_printed_is_text_not_markup():
    html = figures_html("<b>", ["<i>"], [("<u>", [])])
    assert "<b>" not in html
    assert "<i>" not in html
    assert "<u>" not in html


def test_a_row_with_the_wrong_number_of_cells_is_refused():
    with pytest.raises(ValueError, match="2 cells for 1 columns"):
        figures_html("Figures", ["A", "B"], [("row", ["1", "2"])])


@pytest.mark.parametrize("judgement", list(SHAPES))
def test_every_judgement_is_said_in_words_with_a_shape_of_its_own(judgement):
    html = verdict_html(judgement)
    assert judgement in html
    assert SHAPES[judgement] in html
    assert 'aria-hidden="true"' in html


def test_no_two_judgements_share_a_shape():
    assert len(set(SHAPES.values())) == len(SHAPES)


@pytest.mark.parametrize(
    ("judgement", "words"),
    [
        ("worse", "worse than England"),
        ("similar", "similar to England"),
        ("not compared", "not compared"),
    ],
)
def test_judgements_in_words(judgement, words):
    assert verdict_words(judgement, "England") == words
