"""The slides as PDF: accessible as a machine can tell, one slide a page, every word of the slides on it."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from data.query import Bundle
from house_style.palette import contrast
from reports.briefing import __main__ as command
from reports.briefing import paper, pictures
from reports.briefing.deck import name_of, said_of
from reports.briefing.model import KINDS, Circle, Deck, Map, Slide
from reports.briefing.slides import build
from tests import pdf_check

SMALLEST = 21  # points on a page 540 high: 28 pixels on a screen of 720


def close(text: str) -> str:
    """Text without white space and hyphens: a page breaks lines where it likes."""
    return "".join(text.split())


def words(slide: Slide, deck: Deck) -> list[str]:
    """Every text that a slide must show; names inside a map apart."""
    found = [slide.message, slide.label, *slide.points, said_of(slide)]
    if slide.kind != "title":
        found.append(f"{name_of(deck)} · {slide.title}")
    if slide.picture is not None:
        drawn = paper.drawn(slide.picture)
        for row in drawn.get("rows", ()):
            found += [row["name"], row["figure"], row["beside"]]
        found += [f"{count}{what}" for _, count, what in drawn.get("key", ())]
    return [text for text in found if text]


def missing(deck: Deck, data: bytes) -> list[str]:
    """Texts of the slides that are not on their pages."""
    pages = pdf_check.text(data)
    return [
        f"{slide.kind}: {text}"
        for slide, page in zip(deck.slides, pages, strict=True)
        for text in words(slide, deck)
        if close(text) not in close(page)
    ]


def sizes(data: bytes) -> set[float]:
    """Every size of type set as text, in points."""
    found: set[float] = set()

    def visit(text: str, _cm: object, matrix: list[float], _font: object, size: float) -> None:
        if text.strip():
            found.add(round(abs(size * matrix[3]), 1))

    for page in PdfReader(io.BytesIO(data)).pages:
        page.extract_text(visitor_text=visit)
    return found


@pytest.fixture(scope="module")
def single(decks: dict[str, Deck]) -> bytes:
    return paper.as_pdf(decks["LPL-W03"])


@pytest.mark.slow
def test_slides_pass_the_checks(decks: dict[str, Deck], bundle: Bundle) -> None:
    """Every neighbourhood and tested Place, and the wards with the longest names."""
    wards = bundle.areas[bundle.areas["area_level"] == "ward"]["area_name"]
    found = {code: deck for code, deck in decks.items() if bundle.areas["area_level"][code] != "ward"}
    for code in wards.str.len().nlargest(4).index:
        found[str(code)] = build(bundle, str(code))
    assert len(found) == 13 + 3 + 4
    for code, deck in found.items():
        data = paper.as_pdf(deck)
        assert pdf_check.faults(data, pages=len(deck.slides)) == [], code
        assert missing(deck, data) == [], code


def test_every_picture_is_a_figure_that_says_the_same(decks: dict[str, Deck], single: bytes) -> None:
    tags = pdf_check.tags(PdfReader(io.BytesIO(single)))
    figures = [str(item["/Alt"]) for item in tags if pdf_check.kind(item) == "Figure"]
    assert figures == [slide.picture.alt for slide in decks["LPL-W03"].slides if slide.picture is not None]
    assert [pdf_check.kind(item) for item in tags].count("H1") == 1
    assert [pdf_check.kind(item) for item in tags].count("H2") == len(KINDS) - 1


def test_title_and_outline_name_the_slides(decks: dict[str, Deck], single: bytes) -> None:
    reader = PdfReader(io.BytesIO(single))
    assert reader.metadata is not None
    assert reader.metadata.title == "Anfield area: briefing"
    first, rest = reader.outline
    messages = [slide.message for slide in decks["LPL-W03"].slides]
    assert [first.title, *(item.title for item in rest)] == messages  # type: ignore[union-attr]


def test_no_type_is_smaller_than_a_hall_can_read(single: bytes) -> None:
    assert len(sizes(single)) > 4
    assert min(sizes(single)) >= SMALLEST


def test_some_slides_in_another_order_keep_the_rules(bundle: Bundle) -> None:
    deck = build(bundle, "LPL-W03", ("talk", "where", "people"))
    data = paper.as_pdf(deck)
    assert pdf_check.faults(data, pages=3) == []
    assert missing(deck, data) == []


def test_a_missing_word_would_be_found(decks: dict[str, Deck], single: bytes) -> None:
    deck = decks["LPL-W03"]
    other = replace(deck, slides=(replace(deck.slides[0], message="Elsewhere"), *deck.slides[1:]))
    assert missing(other, single) == ["title: Elsewhere"]


def test_a_slide_without_room_is_an_error_and_not_cut_off(decks: dict[str, Deck]) -> None:
    deck = decks["LPL-W03"]
    long = replace(deck.slides[2], message="A heading without an end. " * 40)
    with pytest.raises(Exception, match="no room for the slide people"):
        paper.as_pdf(replace(deck, slides=(long,)))


def test_names_are_text_and_never_markup(decks: dict[str, Deck]) -> None:
    nasty = '#panic("x") *a* $b$ <c> @d [e] \\'
    deck = decks["LPL-W03"]
    slide = replace(deck.slides[2], message=nasty, points=(nasty,))
    made = replace(deck, area_name=nasty, slides=(slide,))
    assert missing(made, paper.as_pdf(made)) == []


def test_the_same_tables_make_the_same_file(decks: dict[str, Deck], single: bytes) -> None:
    assert paper.as_pdf(decks["LPL-W03"]) == single
    assert not {"/CreationDate", "/ModDate"} & set(PdfReader(io.BytesIO(single)).metadata or {})


def test_only_our_own_fonts_are_used(single: bytes) -> None:
    names = pdf_check.fonts(PdfReader(io.BytesIO(single)))
    assert names
    assert all("SourceSansPro" in name for name in names)


def test_drawings_stand_alone_with_every_colour_named(decks: dict[str, Deck]) -> None:
    for slide in decks["LPL-W03"].slides:
        if isinstance(slide.picture, Map | Circle):
            text = paper.alone(pictures.drawing(slide.picture))
            assert not re.search(r"\{\w+\}", text)
            classes = {
                name
                for part in ET.fromstring(text).iter()
                for name in part.get("class", "").split()
                if name != "labels"
            }
            assert classes
            assert [name for name in classes if f".{name}" not in paper.DRAWN and name != "name"] == []
    with pytest.raises(ValueError, match="viewBox"):
        paper.alone("<svg></svg>")


def test_text_has_a_contrast_of_seven() -> None:
    colours = paper.colours()
    for ink in ("text", "quiet", "area"):
        assert contrast(colours[ink], colours["paper"]) >= 7
    assert contrast(colours["text"], colours["card"]) >= 7


def test_the_command_writes_both_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, pdf = tmp_path / "deck.html", tmp_path / "deck.pdf"
    assert command.main(["--area", "E05015280", "--out", str(out), "--pdf", str(pdf)]) == 0
    assert pdf_check.faults(pdf.read_bytes(), pages=len(KINDS)) == []
    assert "deck.pdf: " in capsys.readouterr().out
    assert command.main(["--area", "nowhere", "--out", str(out), "--pdf", str(tmp_path / "no.pdf")]) == 1
    assert not (tmp_path / "no.pdf").exists()
