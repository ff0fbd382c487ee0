"""The file itself: accessible as a machine can tell, two pages, and every number that of the tables."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ContentStream, NameObject, TextStringObject

from data.age_mix import support_of
from data.catalogue.model import Indicator
from data.comparison import titled
from data.figure_words import period_words
from data.query import Bundle, Observation
from house_style.level_names import many
from reports.profile import __main__ as command
from reports.profile import conditions, key_rows, pack, pdf
from reports.profile.build import build
from reports.profile.pdf import as_pdf
from tests import pdf_check

UNIT = {
    "percentage": "%",
    "years": " years",
    "rate-per-1000": " per 1,000",
    "rate-per-100000": " per 100,000",
}
LARGEST = 10_000_000  # bytes: a pack of 64 wards has about 5 MB


def home(bundle: Bundle) -> str:
    return next(place.code for place in bundle.config.places if place.role == "home")


@pytest.fixture(scope="module")
def packs(bundle: Bundle) -> dict[str, bytes]:
    """The two packs of the city, made once."""
    return {kind: pack.make(bundle, home(bundle), kind) for kind in pack.KINDS}


@pytest.fixture(scope="module")
def single(bundle: Bundle) -> bytes:
    return as_pdf([build(bundle, "LPL-W04")])


# -- numbers ------------------------------------------------------------------------------------------


def shown(indicator: Indicator, value: float | None) -> str:
    """A figure as the page should print it, worked out here and not by the page's own code."""
    if value is None:
        return "no figure"
    return f"{value:,.{indicator.decimals}f}{UNIT.get(indicator.statistic, '')}"


def span(indicator: Indicator, lower: float | None, upper: float | None) -> str:
    if lower is None or upper is None:
        return "none given"
    first = shown(indicator, lower)
    return f"{first.split(' ')[0]} to {shown(indicator, upper)}"


def word(own: Observation, indicator: Indicator, mark: float | None) -> str:
    """The judgement by the limits, from the definition."""
    if (
        mark is None
        or own.lower is None
        or own.upper is None
        or (own.indicator_id, own.basis) == ("gld", "modelled")
    ):
        return "–"
    if own.lower <= mark <= own.upper:
        return "similar"
    high = own.lower > mark
    if indicator.polarity == "neutral":
        return "higher" if high else "lower"
    return "worse" if high == (indicator.polarity == "high-is-worse") else "better"


def expected_lines(bundle: Bundle, code: str) -> list[str]:
    """Every line of both tables as it should stand on the page."""
    found = []
    marks = [item for item in bundle.comparators(code) if item != bundle.config.region_code]
    for indicator_id, group in key_rows.WANTED:
        own = bundle.value(indicator_id, code, None, group)
        if own is None or own.value is None:
            continue
        indicator = bundle.catalogue[indicator_id]
        text = titled(indicator, group)
        text += (
            period_words(indicator, own.period).replace("academic year ", "").replace("financial year ", "")
        )
        text += shown(indicator, own.value) + span(indicator, own.lower, own.upper)
        for other in marks:
            there = bundle.value(indicator_id, other, own.period, group)
            value = there.value if there is not None else None
            text += shown(indicator, value) + word(own, indicator, value)
        found.append(text)
    for indicator_id in conditions.SHOWN:
        own = bundle.value(indicator_id, code)
        if own is None or own.value is None:
            continue
        indicator, behind = bundle.catalogue[indicator_id], support_of(bundle, own)
        beside = [bundle.value(indicator_id, other, own.period) for other in marks]
        text = shown(indicator, own.value) + span(indicator, own.lower, own.upper)
        if behind is None or behind.standardised is None:
            text += "not known–"
        else:
            low, high = behind.standardised_lower, behind.standardised_upper
            england = beside[-1].value if beside[-1] is not None else None
            assert low is not None
            assert high is not None
            assert england is not None
            text += shown(indicator, behind.standardised) + span(indicator, low, high)
            text += "similar" if low <= england <= high else "higher" if low > england else "lower"
        text += "".join(shown(indicator, item.value if item else None) for item in beside) + own.reliability
        found.append(text)
    return found


def close(text: str) -> str:
    """Text without white space: a page breaks lines where it likes."""
    return "".join(text.split())


def wrong_numbers(bundle: Bundle, code: str, pages: list[str]) -> list[str]:
    """Lines that should stand on the two pages of an area and do not."""
    page = close(" ".join(pages))
    return [line for line in expected_lines(bundle, code) if close(line) not in page]


@pytest.mark.slow
@pytest.mark.parametrize("kind", pack.KINDS)
def test_every_number_of_every_ward_and_neighbourhood_is_that_of_the_tables(
    bundle: Bundle, packs: dict[str, bytes], kind: pack.Kind
) -> None:
    pages = pdf_check.text(packs[kind])
    codes = pack.members(bundle, home(bundle), kind)
    assert len(pages) == 1 + 2 * len(codes)
    for at, code in enumerate(codes):
        own = pages[1 + 2 * at : 3 + 2 * at]
        assert bundle.name(code) in own[0]
        assert len(expected_lines(bundle, code)) >= 18
        assert wrong_numbers(bundle, code, own) == [], code


def test_every_number_of_the_places_is_that_of_the_tables(bundle: Bundle) -> None:
    places = [place for place in bundle.config.places if place.role != "neighbour"]
    assert len(places) == 3
    for place in places:
        data = as_pdf([build(bundle, place.code)])
        assert pdf_check.faults(data, pages=2) == [], place.code
        assert wrong_numbers(bundle, place.code, pdf_check.text(data)) == [], place.code


def test_a_wrong_number_would_be_found(bundle: Bundle, single: bytes) -> None:
    pages = pdf_check.text(single)
    assert wrong_numbers(bundle, "LPL-W04", pages) == []
    assert wrong_numbers(bundle, "LPL-W05", pages) != []
    own = bundle.value("income-deprived", "LPL-W04")
    assert own is not None
    printed = shown(bundle.catalogue["income-deprived"], own.value)
    pages[0] = pages[0].replace(printed, "12.3%")
    assert len(wrong_numbers(bundle, "LPL-W04", pages)) == 1


# -- what an accessible file has ----------------------------------------------------------------------


@pytest.mark.parametrize("level", ["ward", "neighbourhood", "msoa", "place"])
def test_a_profile_passes_the_checks(bundle: Bundle, level: str) -> None:
    areas = bundle.areas[bundle.areas["area_level"] == level]
    longest = areas["area_name"].str.len().idxmax()
    for code in (areas.index[0], longest):
        assert pdf_check.faults(as_pdf([build(bundle, str(code))]), pages=2) == [], code


@pytest.mark.slow
def test_the_longest_names_and_the_fullest_tables_fit_on_two_pages(bundle: Bundle) -> None:
    """Of every Place: itself, and its ward and MSOA with the longest name."""
    found = []
    for place in bundle.config.places:
        for level in ("place", "ward", "msoa"):
            inside = (bundle.areas["place_code"] == place.code) & (bundle.areas["area_level"] == level)
            found.append(str(bundle.areas[inside]["area_name"].str.len().idxmax()))
    data = as_pdf([build(bundle, code) for code in found])
    outline = [item for item in PdfReader(io.BytesIO(data)).outline if not isinstance(item, list)][1:]
    reader = PdfReader(io.BytesIO(data))
    starts = [reader.get_destination_page_number(item) for item in outline]
    assert starts == [1 + 2 * at for at in range(len(found))]
    assert len(reader.pages) == 1 + 2 * len(found)


@pytest.mark.slow
def test_a_pack_passes_the_checks(packs: dict[str, bytes]) -> None:
    assert pdf_check.faults(packs["neighbourhoods"], largest=LARGEST) == []
    assert len(packs["wards"]) < LARGEST


@pytest.mark.slow
@pytest.mark.parametrize("kind", pack.KINDS)
def test_a_pack_opens_with_its_contents_as_links_and_as_an_outline(
    bundle: Bundle, packs: dict[str, bytes], kind: pack.Kind
) -> None:
    reader = PdfReader(io.BytesIO(packs[kind]))
    codes = pack.members(bundle, home(bundle), kind)
    names = [bundle.name(code) for code in codes]
    links = [item.get_object() for item in reader.pages[0]["/Annots"]]
    assert len({str(link["/A"] if "/A" in link else link["/Dest"]) for link in links}) == len(codes)
    outline = [item for item in reader.outline if not isinstance(item, list)]
    assert [item.title for item in outline] == ["Contents", *names]
    assert [reader.get_destination_page_number(item) for item in outline[1:]] == [
        1 + 2 * at for at in range(len(codes))
    ]
    first = " ".join(reader.pages[0].extract_text().split())
    assert f"profiles of its {len(codes)} {many(pack.LEVEL[kind])}" in first
    assert ("working grouping" in first) == (kind == "neighbourhoods")


def test_the_same_tables_make_the_same_file(bundle: Bundle, single: bytes) -> None:
    assert as_pdf([build(bundle, "LPL-W04")]) == single
    assert not {"/CreationDate", "/ModDate"} & set(PdfReader(io.BytesIO(single)).metadata or {})


def _without(*keys: str) -> Callable[[PdfWriter], None]:
    def change(writer: PdfWriter) -> None:
        at: Any = writer.root_object
        for key in keys[:-1]:
            at = at[key].get_object()
        del at[NameObject(keys[-1])]

    return change


def _no_alt(writer: PdfWriter) -> None:
    figures = [
        item for item in pdf_check.elements(writer.root_object["/StructTreeRoot"]) if item["/S"] == "/Figure"
    ]
    figures[1][NameObject("/Alt")] = TextStringObject("")


def _no_font_file(writer: PdfWriter) -> None:
    for number in range(1, len(writer._objects) + 1):
        item = writer.get_object(number)
        if isinstance(item, dict) and item.get("/Type") == "/FontDescriptor":
            for key in ("/FontFile2", "/FontFile3"):
                item.pop(NameObject(key), None)
            return


def _retagged(old: str, new: str) -> Callable[[PdfWriter], None]:
    def change(writer: PdfWriter) -> None:
        for item in pdf_check.elements(writer.root_object["/StructTreeRoot"]):
            if item["/S"] == old:
                item[NameObject("/S")] = NameObject(new)

    return change


def _untagged_text(writer: PdfWriter) -> None:
    page = writer.pages[1]
    stream = ContentStream(page.get_contents(), writer)
    stream.operations.append(([], b"BT"))
    stream.operations.append(([TextStringObject("left out")], b"Tj"))
    stream.operations.append(([], b"ET"))
    page[NameObject("/Contents")] = writer._add_object(stream)


def _third_page(writer: PdfWriter) -> None:
    writer.add_blank_page(595, 842)


def _other_part(writer: PdfWriter) -> None:
    stream: Any = writer.root_object["/Metadata"].get_object()
    stream.set_data(stream.get_data().replace(b"<pdfuaid:part>1<", b"<pdfuaid:part>2<"))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (_without("/Lang"), "language"),
        (_without("/MarkInfo"), "not marked"),
        (_without("/StructTreeRoot"), "no structure"),
        (_without("/ViewerPreferences"), "does not show the title"),
        (_other_part, "PDF/UA-1"),
        (_no_alt, "figure 2 says nothing"),
        (_no_font_file, "not embedded"),
        (_retagged("/TH", "/TD"), "without header cells"),
        (_retagged("/H1", "/H3"), "headings out of order"),
        (_retagged("/Figure", "/Span"), "no figure"),
        (_untagged_text, "page 2 draws what is not tagged"),
        (_third_page, "3 pages"),
    ],
)
def test_each_fault_is_found(single: bytes, change: Callable[[PdfWriter], None], fault: str) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(single))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    assert any(fault in found for found in pdf_check.faults(out.getvalue(), pages=2))


def test_a_copy_without_a_change_has_no_fault(single: bytes) -> None:
    out = io.BytesIO()
    PdfWriter(clone_from=io.BytesIO(single)).write(out)
    assert pdf_check.faults(out.getvalue(), pages=2) == []
    assert pdf_check.faults(out.getvalue(), largest=1000) != []


def test_only_our_own_fonts_are_used(single: bytes) -> None:
    names = pdf_check.fonts(PdfReader(io.BytesIO(single)))
    assert names
    assert all("SourceSansPro" in name for name in names)


def test_what_typst_warns_of_is_an_error() -> None:
    with pytest.raises(Exception, match="book"):
        pdf.compiled("profile.typ", "pdf", theme=pdf.theme())


def test_a_process_of_its_own_makes_the_same_file_or_says_why_not(bundle: Bundle, single: bytes) -> None:
    inputs = {"book": pdf.book([build(bundle, "LPL-W04")]), "theme": pdf.theme()}
    assert pdf.compiled_apart("profile.typ", **inputs) == single
    with pytest.raises(RuntimeError, match="could not be set"):
        pdf.compiled_apart("profile.typ", theme=pdf.theme())


def test_a_name_is_text_and_never_markup(bundle: Bundle) -> None:
    from dataclasses import replace

    nasty = '#panic("x") *a* $b$ <c> @d [e] \\'
    data = as_pdf([replace(build(bundle, "LPL-W04"), name=nasty, lead=nasty)])
    assert close(nasty) in close(pdf_check.text(data)[0])
    assert pdf_check.faults(data, pages=2) == []


# -- the command --------------------------------------------------------------------------------------


def test_the_command_writes_one_profile_and_a_pack(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "one.pdf"
    assert command.main(["--area", "E05015280", "--out", str(out)]) == 0
    assert pdf_check.faults(out.read_bytes(), pages=2) == []
    assert "Arundel" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--area", "E00000000"], "no area with the code"),
        (["--area", "E01006512"], "a profile on paper is about"),
        (["--area", "E05015280", "--pack", "wards"], "no pack of wards"),
        (["--area", "E08000014", "--pack", "neighbourhoods"], "no pack of neighbourhoods"),
    ],
)
def test_the_command_refuses_with_a_reason_and_writes_nothing(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "no.pdf"
    assert command.main([*arguments, "--out", str(out)]) == 1
    assert said in capsys.readouterr().out
    assert not out.exists()


def test_a_pack_tells_how_far_it_is(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pack, "build", lambda bundle, code: code)
    monkeypatch.setattr(pack, "as_pdf", lambda profiles, title, about: b"pdf")
    heard: list[tuple[float, str]] = []
    assert pack.make(bundle, home(bundle), "neighbourhoods", lambda *told: heard.append(told)) == b"pdf"
    shares = [share for share, _ in heard]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert len(heard) == 13 + 2
