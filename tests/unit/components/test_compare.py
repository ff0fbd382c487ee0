"""The parts of the comparison: colours and names, the address, words, files."""

from __future__ import annotations

import io
from itertools import combinations

import openpyxl
import pandas as pd
import pytest

from components import compare_words, compare_workbook, store
from components.compare_areas import COLOURS, MOST, areas_of, key_html
from components.compare_choose import resolve
from components.compare_state import (
    Among,
    ages_of,
    compared,
    inside,
    lines_of,
    options_among,
    read,
    spreads_of,
)
from components.key_figures import figures_of
from data.comparison import Tally, lines, tallies
from house_style.palette import MODES, THEMES, VISION, contrast, difference, text_on

AIGBURTH, ALLERTON, LIVERPOOL, SEFTON, COUNTRY, REGION = (
    "E05015277", "E05015278", "E08000012", "E08000014", "E92000001", "E54000008",
)  # fmt: skip


@pytest.mark.parametrize("mode", MODES)
def test_six_colours_can_be_told_apart_and_seen(mode):
    assert len(COLOURS[mode]) == MOST
    for colour in COLOURS[mode]:
        assert contrast(colour, THEMES[mode].paper) >= 3
        assert contrast(colour, text_on(colour)) >= 4.5
    for vision in VISION:
        for first, second in combinations(COLOURS[mode], 2):
            assert difference(first, second, vision) >= 12, (first, second, vision)


def test_areas_of_one_name_are_told_apart(bundle):
    wards = bundle.areas[bundle.areas["area_level"] == "ward"]
    twice = wards[wards["area_name"].duplicated(keep=False)].sort_values("area_name")
    first, second = twice.index[:2]
    names = [area.name for area in areas_of(bundle, [first, second])]
    assert names[0] != names[1]
    assert all(bundle.name(first) in name for name in names)


def test_the_key_escapes_and_links(bundle):
    html = key_html(areas_of(bundle, [AIGBURTH]), ["<b>"])
    assert "&lt;b&gt;" in html
    assert f"profile?area={AIGBURTH}" in html


def test_the_first_view_compares_home_and_pioneers(bundle):
    state = read({}, bundle)
    assert state.codes == ("E08000012", "E08000014", "E08000013")
    assert state.view == "table"
    assert not state.notes


def test_one_area_comes_with_what_surrounds_it(bundle):
    assert read({"area": AIGBURTH.lower()}, bundle).codes == (AIGBURTH, LIVERPOOL, REGION, COUNTRY)


def test_unknown_and_too_many_areas_are_named_and_the_others_kept(bundle):
    state = read({"areas": f"{AIGBURTH},E99999999,{ALLERTON.lower()},{AIGBURTH}"}, bundle)
    assert state.codes == (AIGBURTH, ALLERTON)
    assert state.notes == ("There is no area with the code “E99999999”. The others are shown.",)
    codes = [*bundle.config.place_codes][:7]
    state = read({"areas": ",".join(codes)}, bundle)
    assert state.codes == tuple(codes[:6])
    assert state.notes == (f"At most 6 areas can be compared. Left out: {bundle.name(codes[6])}.",)


def test_an_empty_list_stays_empty(bundle):
    assert read({"areas": ""}, bundle).codes == ()
    assert lines_of(bundle, read({"areas": ""}, bundle)) == []


@pytest.mark.parametrize("name", ["theme", "marmot", "life", "indicator"])
def test_unknown_filters_are_named(bundle, name):
    state = read({name: "<nothing>"}, bundle)
    assert len(state.notes) == 1
    assert "“<nothing>”" in state.notes[0]
    assert lines_of(bundle, state)


def test_filters_leave_what_fits(bundle):
    state = read({"theme": "school-readiness", "life": "starting-well"}, bundle)
    found = lines_of(bundle, state)
    assert found
    assert {(line.indicator.theme, line.indicator.life_stage) for line in found} == {
        ("school-readiness", "starting-well")
    }
    other = read({"theme": "school-readiness", "view": "figure"}, bundle)
    assert {line.indicator.theme for line in lines_of(bundle, other)} > {"school-readiness"}


def test_the_ages_are_compared_with_england_whatever_the_address_says(bundle):
    assert read({"view": "ages", "with": "place"}, bundle).against == "england"
    assert read({"view": "table", "with": "place"}, bundle).against == "place"


def test_areas_stand_among_their_like(bundle):
    codes = (AIGBURTH, ALLERTON, LIVERPOOL, COUNTRY)
    found = options_among(bundle, codes)
    assert found == [Among("ward"), Among("ward", LIVERPOOL), Among("place")]
    assert [choice.key for choice in found] == ["ward", "ward.liverpool", "place"]
    areas = areas_of(bundle, codes)
    assert [area.code for area in inside(bundle, Among("ward", SEFTON), areas)] == []
    assert [area.code for area in inside(bundle, found[1], areas)] == [AIGBURTH, ALLERTON]
    assert read({"areas": COUNTRY}, bundle).among is None
    assert spreads_of(bundle, found[1])[("overcrowding", "all", "2021")].count == 64


def test_what_is_typed_becomes_an_area(bundle):
    assert resolve(bundle, AIGBURTH.lower()) == AIGBURTH
    assert resolve(bundle, "aigburth") == AIGBURTH
    assert bundle.areas.loc[resolve(bundle, "L4 0TH"), "area_level"] == "ward"
    assert resolve(bundle, "Atlantis") is None


@pytest.mark.parametrize(
    ("count", "total", "text"),
    [
        (0, 7, "none of 7 figures"), (3, 7, "3 of 7 figures"), (7, 7, "all 7 figures"),
        (1, 1, "the one figure"),
        (0, 1, "none of 1 figure"),
    ],
)  # fmt: skip
def test_amounts(count, total, text):
    assert compare_words.of(count, total) == text


def tally(code: str, better: int = 0, similar: int = 0, worse: int = 0) -> Tally:
    return Tally(code, better, similar, worse, 0, 0, 0, 0)


def test_the_heading_counts_judgements():
    names = {"A": "Ash", "B": "Beech", "C": "Cedar", "D": "Elm"}
    one = compare_words.over_all([tally("A", 1, 2, 3)], {"A": "Ash"}, "england")
    assert one == "Ash is worse than England on 3 of 6 figures and better on 1"
    two = compare_words.over_all([tally("A", 1, 2, 3), tally("B", 2)], names, "place")
    assert two == "Worse than their Place: Ash on 3 of 6 figures; Beech on none of 2 figures"
    none = compare_words.over_all([tally("A", 1, 2), tally("B", 2)], names, "england")
    assert none == "Better than England: Ash on 1 of 3 figures; Beech on all 2 figures"
    four = [tally("A", 0, 1, 1), tally("B", 0, 0, 2), tally("C", 2), tally("D", 1, 0, 1)]
    many = compare_words.over_all(four, names, "england")
    assert many == (
        "Worse than England: Beech on all 2 figures; Cedar on none of 2 figures; the other 2 below"
    )
    assert (
        compare_words.over_all([tally("A")], {"A": "Ash"}, "england")
        == "Ash: no figure here can be called better or worse than England"
    )


def test_the_benchmark_is_called_one(bundle):
    state = read({"areas": f"{LIVERPOOL},{COUNTRY}"}, bundle)
    notes = compare_words.notes(lines_of(bundle, state))
    assert notes[COUNTRY] == "what the others are compared with"
    assert "worse" in notes[LIVERPOOL]
    alone = read({"areas": COUNTRY}, bundle)
    assert compare_words.notes(lines_of(bundle, alone))[COUNTRY].endswith("not compared")


def test_ages_are_judged_by_the_share_aged_65_and_over(bundle):
    state = read({"areas": f"{LIVERPOOL},{SEFTON},{COUNTRY}", "view": "ages"}, bundle)
    line = next(line for line in lines_of(bundle, state) if line.key == "aged-65-and-over")
    names = {area.code: area.name for area in compared(bundle, state)}
    text = compare_words.ages(line, names)
    assert (
        text
        == "People aged 65 and over: a larger share than in England in Sefton; a smaller share in Liverpool"
    )
    assert compare_words.ages(None, names) == "How old the residents are"
    groups = ages_of(bundle, state)
    assert len(groups) == len(bundle.groups("population-by-age"))
    assert {cell.verdict for item in groups for cell in item.cells} == {"not compared"}


@pytest.fixture(scope="module")
def book(bundle):
    state = read({"areas": f"{LIVERPOOL},{AIGBURTH},{COUNTRY}"}, bundle)
    found, areas = lines_of(bundle, state), compared(bundle, state)
    content = compare_workbook.as_excel(
        found, areas, store.the_catalogue(), against="England", link="compare?areas=x", version="abc123"
    )
    return openpyxl.load_workbook(io.BytesIO(content)), found


def test_the_workbook_has_figures_definitions_sources_and_method(book):
    sheets, found = book
    assert sheets.sheetnames == ["Compared", "Figures", "Definitions", "Sources", "Method"]
    assert sheets["Compared"].max_row == len(found) + 1
    assert sheets["Figures"].max_row == 3 * len(found) + 1
    assert sheets["Definitions"].max_row == len({line.indicator.id for line in found}) + 1
    assert sheets["Sources"].max_row == len({line.indicator.source for line in found}) + 1
    method = {row[0].value: row[1].value for row in sheets["Method"].iter_rows()}
    assert method["Data version"] == "abc123"
    assert "compare?areas=x" in method["Reopen"]


def test_the_workbook_says_what_the_lines_say(book):
    sheets, found = book
    rows = list(sheets["Figures"].iter_rows(values_only=True))
    table = pd.DataFrame(rows[1:], columns=rows[0])
    line = next(line for line in found if line.key == "children-income-deprived")
    mine = table[table["indicator_id"] == "children-income-deprived"].set_index("area_code")
    for cell in line.cells:
        row = mine.loc[cell.area_code]
        assert row["value"] == pytest.approx(cell.area.value)
        assert row["lower_95"] == pytest.approx(cell.area.lower)
        assert row["comparison"] == cell.verdict
    empty = table[table["status"] == "missing"]
    assert len(empty)
    assert empty["value"].isna().all()
    text = [cell.value for cell in sheets["Compared"][found.index(line) + 2]]
    assert text[2].endswith("◆ worse")
    assert text[3].endswith("■ better")


def test_the_csv_keeps_accents_and_every_area(bundle):
    state = read({"areas": f"{LIVERPOOL},{AIGBURTH}"}, bundle)
    found, areas = lines_of(bundle, state), compared(bundle, state)
    frame = compare_workbook.figures(found, areas, store.the_catalogue(), "England")
    content = compare_workbook.as_csv(frame)
    assert content.startswith(b"\xef\xbb\xbf")
    again = pd.read_csv(io.BytesIO(content))
    assert len(again) == 2 * len(found)
    assert again["why_not_compared"].notna().sum() == (again["comparison"] == "not compared").sum()


def test_tallies_follow_the_lines(bundle):
    found = lines(bundle, lambda code: figures_of(bundle, code), [LIVERPOOL, SEFTON], "england")
    assert [item.worse for item in tallies(found)] == [
        sum(line.cells[i].verdict == "worse" for line in found) for i in range(2)
    ]
