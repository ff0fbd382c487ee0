"""Beside its neighbours and its likes: the sentences follow the tests, and say no more."""

from __future__ import annotations

import re

import pytest

from components.profile_beside import alike_html, closest_sentence, neighbours_html, table_html, takeaway
from data.beside import Beside, Count, Figure, Row, Table, beside_alike, beside_neighbours, counts

LIVERPOOL = "E08000012"


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def counted(bundle, indicator_id, better, similar, worse):
    return Count(bundle.catalogue[indicator_id], better, similar, worse)


def test_the_sentence_says_each_judgement_and_leaves_out_what_nobody_got(bundle):
    found = [counted(bundle, "children-income-deprived", 3, 1, 0)]
    assert takeaway(found, "wards that border Speke") == (
        "For children in low-income families, we looked at the 4 wards that border Speke. "
        "3 are better and 1 is similar."
    )
    assert takeaway([], "wards that border Speke") == ""


def test_all_of_them_is_said_only_where_all_of_them_differ(bundle):
    first = counted(bundle, "children-income-deprived", 2, 0, 0)
    all_worse = counted(bundle, "employment-deprived", 0, 0, 2)
    mixed = counted(bundle, "older-people-income-deprived", 1, 0, 1)
    said = takeaway([first, all_worse, mixed], "wards that border Speke")
    assert "All of them are worse on adults out of work and on benefits." in said
    assert "older" not in said


@pytest.mark.parametrize("level", ["ward", "msoa", "neighbourhood", "place"])
def test_every_sentence_agrees_with_its_table(bundle, level):
    for code in bundle.geometry(level)["area_code"].tolist()[::7]:
        for make, html in ((beside_neighbours, neighbours_html), (beside_alike, alike_html)):
            table = make(bundle, code)
            page = text(html(bundle, code))
            found = counts(table)
            if found:
                for number, word in ((found[0].better, "better"), (found[0].worse, "worse")):
                    assert (f"{number} {'is' if number == 1 else 'are'} {word}" in page) == (number > 0)
            for row in table.rows:
                assert row.name in page.replace("&amp;", "&").replace("&#x27;", "'")


def test_how_near_the_nearest_is_is_said(bundle):
    def nearest(closeness: str) -> str:
        row = Row("", "Byker", "Newcastle upon Tyne", (), 0.5, closeness)
        return closest_sentence(Table("E1", (), (), (row,)), "ward")

    assert "close match" in nearest("close")
    assert "fair match" in nearest("fair")
    assert "No ward elsewhere in England is really like it" in nearest("far")
    assert all("Byker (Newcastle upon Tyne)" in nearest(word) for word in ("close", "fair", "far"))


def test_areas_with_a_profile_are_linked_and_others_not(bundle):
    indicator = bundle.catalogue["children-income-deprived"]
    cell = Beside(Figure(10.0, 9.0, 11.0, "2025"), "better")
    rows = (Row("E05015277", "Aigburth", "Liverpool", (cell,)), Row("", "Byker & Co", "Newcastle", (cell,)))
    table = Table(LIVERPOOL, (indicator,), (Figure(20.0, 19.0, 21.0, "2025"),), rows)
    html = table_html(bundle, table, "A table")
    assert '<a href="profile?area=E05015277" target="_self">Aigburth</a>' in html
    assert '<th scope="row">Byker &amp; Co' in html
    assert html.count("better than here") == 2


def test_a_neighbourhood_says_why_it_has_no_likes_and_leads_to_its_wards(bundle):
    code = bundle.geometry("neighbourhood")["area_code"].iloc[0]
    html = alike_html(bundle, code)
    assert "England has no areas of the size of a neighbourhood" in html
    for ward in bundle.wards_of(code):
        assert f"area={ward}" in html


def test_what_makes_areas_alike_is_one_click_away(bundle):
    html = alike_html(bundle, LIVERPOOL)
    details = html[html.index("<details") :]
    assert "What makes them alike" in details
    assert "14 measures of the 2021 Census" in details
    assert "Residents to a square kilometre" in details
    assert "Residents of Asian ethnic groups" in details
    assert "None of the figures compared above is among them" in details
    assert "nan" not in text(html).lower()
