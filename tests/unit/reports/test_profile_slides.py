"""Pictures for slides: the right size, title, note and source in each, nothing that needs a network."""

from __future__ import annotations

import io
import struct
import xml.etree.ElementTree as ET
import zipfile
from itertools import pairwise

import pytest

from data.query import Bundle
from reports.profile.slides import COLOURS, FORMS, Slide, as_zip, draw, slides

WARD, NEIGHBOURHOOD, PLACE = "E05015280", "LPL-W04", "E08000014"


@pytest.fixture(scope="module")
def drawn(bundle: Bundle) -> dict[str, list[Slide]]:
    return {code: slides(bundle, code) for code in (WARD, NEIGHBOURHOOD, PLACE)}


def test_a_place_has_every_picture_and_smaller_areas_those_they_have_figures_for(
    drawn: dict[str, list[Slide]],
) -> None:
    keys = {code: [slide.key for slide in found] for code, found in drawn.items()}
    assert keys[PLACE] == [
        "map", "deprivation-tenths", "ages", "key-figures", "school-readiness", "long-term-conditions",
        "deprivation-over-time", "school-readiness-over-time",
    ]  # fmt: skip
    assert keys[WARD] == keys[PLACE][:-1]  # expected readiness has no series of its own


def test_every_picture_has_title_source_and_area(bundle: Bundle, drawn: dict[str, list[Slide]]) -> None:
    for code, found in drawn.items():
        for slide in found:
            assert slide.title
            assert slide.source.startswith("Source: ")
            assert bundle.version in slide.source
            assert bundle.name(code) in slide.area


def test_estimates_and_the_working_grouping_are_named_in_the_picture(drawn: dict[str, list[Slide]]) -> None:
    ward = {slide.key: slide for slide in drawn[WARD]}
    assert "estimate from family income, not a count" in ward["school-readiness"].note
    assert ward["long-term-conditions"].note.startswith("Estimates for residents, not counts.")
    labels = [row["label"] for row in ward["key-figures"].data["rows"]]
    assert "School readiness at age 5 (weak estimate)" in labels
    for slide in drawn[NEIGHBOURHOOD]:
        assert "working grouping" in slide.note, slide.key
    assert not any("working grouping" in slide.note for slide in (*drawn[WARD], *drawn[PLACE]))


def test_only_judged_figures_have_a_colour_that_judges(drawn: dict[str, list[Slide]]) -> None:
    for found in drawn.values():
        slide = next(item for item in found if item.key == "key-figures")
        assert slide.note.startswith(COLOURS)
        expected = [row for row in slide.data["rows"] if "estimate" in row["label"]]
        assert all(row["ink"] == "quiet" for row in expected)


def test_a_broken_series_is_drawn_in_runs(drawn: dict[str, list[Slide]]) -> None:
    slide = next(item for item in drawn[PLACE] if item.key == "school-readiness-over-time")
    own = slide.data["series"][0]["runs"]
    assert [run[0]["period"] for run in own][-1] == "2021/22"
    assert [run[-1]["period"] for run in own][-2] == "2018/19"


def test_labels_at_the_ends_of_lines_do_not_lie_on_each_other(drawn: dict[str, list[Slide]]) -> None:
    for found in drawn.values():
        for slide in (item for item in found if item.kind == "lines"):
            series = slide.data["series"]
            top = max(point["value"] for one in series for run in one["runs"] for point in run) * 1.15
            heights = sorted(one["shift"] - one["runs"][-1][-1]["value"] / top * 540 / 36 for one in series)
            assert all(b - a >= 1.19 for a, b in pairwise(heights))


def test_a_picture_has_the_size_of_a_slide_and_asks_nothing_of_a_network(
    drawn: dict[str, list[Slide]],
) -> None:
    for slide in drawn[NEIGHBOURHOOD][:4]:
        png = draw(slide, "png")
        assert png[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">II", png[16:24]) == (1920, 1080)
        svg = draw(slide, "svg").decode()
        root = ET.fromstring(svg)
        assert root.attrib["viewBox"] == "0 0 1920 1080"
        links = [value for item in root.iter() for key, value in item.attrib.items() if key.endswith("href")]
        assert all(link.startswith(("#", "data:")) for link in links)


def test_the_archive_holds_each_picture_twice_and_is_always_the_same(bundle: Bundle) -> None:
    made = as_zip(bundle, WARD)
    names = zipfile.ZipFile(io.BytesIO(made)).namelist()
    assert len(names) == len(set(names)) == len(FORMS) * len(slides(bundle, WARD))
    assert names[0] == f"{WARD}-1-map.png"
    assert as_zip(bundle, WARD) == made
