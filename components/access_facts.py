"""What is tested for accessibility and what is known to fall short: one list for the tests and the statement.

The suite opens every view of `VIEWS` and makes every check of `CHECKS`; the page with the statement is
written from the same lists. A claim in the statement that no test stands behind therefore cannot be made.
"""

from __future__ import annotations

from dataclasses import dataclass

PREPARED = "28 November 2026"  # when the statement was written and last held against the tests
STANDARD = "Web Content Accessibility Guidelines version 2.2, level AA"


@dataclass(frozen=True)
class View:
    """One state of one page: its address, what it shows, what is pressed first."""

    page: str
    shows: str
    query: str = ""
    press: str = ""

    @property
    def address(self) -> str:
        """The address from the root: "/map?level=ward"."""
        stem = "" if self.page == "overview" else self.page
        return f"/{stem}{f'?{self.query}' if self.query else ''}"


@dataclass(frozen=True)
class Check:
    """One thing tested: in words, and the test that does it."""

    words: str
    test: str


@dataclass(frozen=True)
class Shortfall:
    """Something that no test covers, or that not everybody can use, and what to do instead."""

    what: str
    instead: str
    criteria: tuple[str, ...] = ()


CHILDREN = "indicator=children-income-deprived&level=ward"
THREE_AREAS = "areas=E05015277,E05015303,LPL-W03"
VIEWS = (
    View("overview", "as it opens"),
    View("map", "as it opens, by neighbourhood"),
    View("map", "an estimate by ward, with a ward chosen", "indicator=gld&level=ward&area=E05015277"),
    View("map", "national tenths by small area", "indicator=imd-score&level=lsoa&colour=tenth"),
    View(
        "map",
        "the simple map of two Places",
        "indicator=disabled&level=lsoa&places=liverpool,sefton&view=simple",
    ),
    View("map", "a comparison at two levels", f"{CHILDREN}&colour=england&limits=99.8&area=E05015303"),
    View("map", "two figures on one map", f"{CHILDREN}&second=disabled"),
    View("map", "two maps side by side", f"{CHILDREN}&second=disabled&view=side&area=E05015303"),
    View("map", "a funnel plot", CHILDREN, press="Funnel plot"),
    View("map", "a table", f"{CHILDREN}&places=liverpool,sefton", press="Table"),
    View("map", "downloads", CHILDREN, press="Downloads"),
    View("map", "an unknown figure in the address", "indicator=nonsense"),
    View("profile", "the search"),
    View("profile", "a ward", "area=E05015277"),
    View("profile", "a ward with every part open", "area=E05015280&open=all&by=marmot"),
    View("profile", "a neighbourhood", "area=LPL-W03"),
    View("profile", "a Place", "area=E08000012"),
    View("profile", "a local area (MSOA)", "area=E02001347"),
    View("profile", "a small area (LSOA)", "area=E01006512"),
    View("profile", "a network of practices (PCN)", "area=U02678"),
    View("profile", "the region", "area=E54000008"),
    View("profile", "England", "area=E92000001"),
    View("profile", "an unknown area in the address", "area=E99999999"),
    View("compare", "as it opens"),
    View("compare", "all figures of three areas", f"{THREE_AREAS}&view=table"),
    View("compare", "three areas among their like", f"{THREE_AREAS}&view=spines"),
    View("compare", "rank and trend of one figure", f"{THREE_AREAS}&view=figure"),
    View("compare", "ages of three areas", f"{THREE_AREAS}&view=ages"),
    View("inequalities", "as it opens"),
    View("inequalities", "areas by deprivation", "show=scatter"),
    View("inequalities", "hot and cold spots", "show=spots"),
    View("inequalities", "the gap over time", "show=time"),
    View("inequalities", "spread inside each neighbourhood", "show=spread"),
    View("inequalities", "who has the cases", "show=curve"),
    View("pioneers", "Sefton", "place=sefton"),
    View("pioneers", "St Helens, networks of practices", "place=st-helens&level=pcn"),
    View("briefing", "as it opens"),
    View("briefing", "slides about a neighbourhood", "area=LPL-W03"),
    View("data", "as it opens"),
    View("accessibility", "this statement"),
)
CHECKS = (
    Check(
        "The rules of axe-core, of every impact and with the size of targets, in a light and a dark theme",
        "browser/test_accessibility.py::test_a_view_keeps_the_rules",
    ),
    Check(
        "Every picture, chart and map has words that say what it shows",
        "browser/test_accessibility.py::test_a_view_keeps_the_rules",
    ),
    Check(
        "One main heading, headings in order, landmarks, language and a title of its own",
        "browser/test_accessibility.py::test_a_view_keeps_the_rules",
    ),
    Check(
        "On a screen of 320 pixels nothing needs sideways scrolling or is cut off, and no text covers "
        "another, also inside charts",
        "browser/test_accessibility.py::test_a_view_keeps_the_rules",
    ),
    Check(
        "The same at 200% zoom, and with wider spacing of letters, words and lines",
        "browser/test_accessibility.py::test_a_view_keeps_the_rules",
    ),
    Check(
        "Every control can be reached by keyboard, in order and backwards, is named, is not hidden and shows "
        "the focus",
        "browser/test_accessibility.py::test_a_view_keeps_the_rules",
    ),
    Check(
        "Nothing moves for those who ask for less motion, and symbols keep their colours in high contrast",
        "browser/test_accessibility.py::test_a_view_keeps_the_rules",
    ),
    Check(
        "An area can be chosen on Overview, Map and Area profile with the keyboard alone, without the map",
        "browser/test_keyboard.py::test_an_area_is_chosen_without_the_map",
    ),
    Check(
        "Neighbouring colours of every palette, and the mark for no data, can be told apart in normal vision "
        "and three kinds of colour blindness",
        "unit/house_style/test_palette.py::test_neighbours_and_no_data_are_apart",
    ),
    Check(
        "Slides: type of at least 28 pixels and contrast of at least 7 to 1",
        "browser/test_briefing_deck.py::test_every_slide_of_every_deck_fits_and_can_be_read_from_row_ten",
    ),
    Check(
        "Slides: the rules of axe-core, in a dark and a light room",
        "browser/test_briefing_deck.py::test_no_slide_has_a_fault_of_access",
    ),
    Check(
        "Slides read as a page: nothing is cut off on a screen of 320 pixels, and every text is there",
        "browser/test_briefing_reading.py::test_a_narrow_window_reads_every_deck_as_a_page_with_nothing_cut_off",
    ),
    Check(
        "Slides at 200% zoom of a window of 1280 pixels: they turn into a page that grows with the zoom",
        "browser/test_briefing_reading.py::"
        "test_200_percent_of_a_laptop_is_read_as_a_page_and_the_zoom_makes_it_larger",
    ),
    Check(
        "Slides read as a page: the rules of axe-core, headings in order, in a dark and a light room",
        "browser/test_briefing_reading.py::test_the_page_keeps_the_rules",
    ),
    Check(
        "The profile as PDF: tags, language, title, headings in order, words for every picture, its own type",
        "unit/reports/test_profile_pdf.py::test_a_profile_passes_the_checks",
    ),
    Check(
        "The slides as PDF: the same",
        "unit/reports/test_briefing_pdf.py::test_slides_pass_the_checks",
    ),
)
SHORTFALLS = (
    Shortfall(
        "Of the files to download only the profile and the slides as PDF, and the slides as one file, are "
        "tested for accessibility. Spreadsheets and pictures are not.",
        "The same figures stand on the page. Tell us if you need them in another form.",
    ),
)
# What not everybody can use as it is drawn, but everybody in the other way that stands beside it.
OTHER_WAYS = (
    Shortfall(
        "On the interactive map an area is picked with a pointer, and the map is moved by dragging.",
        "Choose the area from the list “Chosen area” beside the map. The arrow keys, plus and minus move the "
        "map, and the simple map shows all of it.",
        ("2.1.1", "2.5.7"),
    ),
    Shortfall(
        "What the pointer finds over a bar or a mark of a chart is not found by keyboard or touch.",
        "A table with every figure stands with each chart.",
        ("2.1.1",),
    ),
    Shortfall(
        "Names of areas on a map are part of the picture.",
        "Every map has a description, and a table has every name and figure.",
        ("1.4.5",),
    ),
    Shortfall(
        "The slides of a briefing grow with the window, not with the browser’s zoom.",
        "The button “Read as a page” shows the same slides as a page that does.",
        ("1.4.4", "1.4.10"),
    ),
    Shortfall(
        "While the list of a select box is open it stands outside the landmarks of the page. The standard "
        "allows that; one of the rules that we test with advises against it.",
        "The list is named like its box, takes the focus, and gives it back when it closes.",
    ),
)
NOT_TESTED = (
    "No person with a disability has tested the dashboard yet, and no screen reader, speech control or "
    "screen magnifier has been used for a test. Automatic tests find only part of what can be wrong."
)
