"""No slide claims more than the figures and their limits say: every neighbourhood, ward and pioneer Place."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from data.query import Bundle, NeighbourhoodStatus, Observation
from data.tested import FAMILY, LABELS, Thing, evidence, judged
from reports.briefing.context import Context
from reports.briefing.model import KINDS, Bars, Deck, Icons, Map, Ranges, Slide, Tally
from reports.briefing.slides import UnknownAreaError, build, chosen
from reports.briefing.where import short
from reports.briefing.words import in_hundred, share

ENGLAND = "E92000001"
JUDGING = re.compile(r"\b(better|worse|good|bad|improv|declin)\w*", re.IGNORECASE)
JARGON = re.compile(r"\b(prevalence|cohort|decile|quintile|p-value|statistically|LSOA|MSOA|QOF|GLD|IMD)\b")


def slides(decks: dict[str, Deck], *kinds: str) -> list[tuple[str, Slide]]:
    """Code and slide of every deck, of some kinds."""
    return [(code, slide) for code, deck in decks.items() for slide in deck.slides if slide.kind in kinds]


def said(slide: Slide) -> str:
    """All text that the room can read."""
    return " ".join(filter(None, [slide.title, slide.message, slide.label, *slide.points]))


def outside(bundle: Bundle, thing: Thing) -> str:
    """The verdict worked out again from the tables, without the code under test."""
    area = bundle.profile(thing.area.area_code)
    rows = area[(area["indicator_id"] == thing.indicator.id) & (area["group"] == thing.group)]
    row = rows[rows["status"] == "reported"].sort_values("period").iloc[-1]
    mark = bundle.value(thing.indicator.id, ENGLAND, row["period"], thing.group)
    assert mark is not None
    assert row["basis"] != "modelled"
    above, below = row["lower"] > mark.value, row["upper"] < mark.value
    if not above and not below:
        return "similar"
    return "worse" if above == (thing.indicator.polarity == "high-is-worse") else "better"


def test_every_deck_has_every_slide_in_the_usual_order(decks: dict[str, Deck]) -> None:
    for code, deck in decks.items():
        assert [slide.kind for slide in deck.slides] == list(KINDS), code


def test_every_slide_says_something_and_names_its_source(decks: dict[str, Deck]) -> None:
    for code, deck in decks.items():
        for slide in deck.slides:
            where = f"{code} {slide.kind}"
            assert all([slide.message.strip(), slide.title.strip(), slide.notes]), where
            assert not re.search(r"\b(None|nan|inf)\b(?! of)|  |\{|\}", said(slide)), (
                f"{where}: {said(slide)}"
            )
            assert bool(slide.source) == (slide.kind not in ("title", "talk")), where
            assert (slide.picture is None) == (slide.kind == "sources"), where
            if slide.picture is not None:
                assert len(slide.picture.alt) > 20, where
            assert not JARGON.search(said(slide)), f"{where}: {said(slide)}"
            assert len(slide.message) <= 105, f"{where}: too long for a hall: {slide.message}"


def test_better_and_worse_are_said_only_where_the_limits_say_so(
    bundle: Bundle, decks: dict[str, Deck]
) -> None:
    for code in decks:
        found = judged(bundle, code)
        assert found.things
        for thing in found.things:
            assert thing.verdict == outside(bundle, thing), f"{code} {thing.indicator.id}"
            assert (thing.evidence > 1.96) == (thing.verdict != "similar"), f"{code} {thing.indicator.id}"
        families = [FAMILY.get(thing.indicator.id, thing.indicator.id) for thing in found.things]
        assert len(set(families)) == len(families)
        assert [thing.evidence for thing in found.things] == sorted(
            (thing.evidence for thing in found.things), reverse=True
        )


@pytest.mark.parametrize(("kind", "verdict"), [("well", "better"), ("work", "worse")])
def test_things_shown_are_the_strongest_of_their_kind(
    bundle: Bundle, decks: dict[str, Deck], kind: str, verdict: str
) -> None:
    counts = set()
    for code, slide in slides(decks, kind):
        right = [thing for thing in judged(bundle, code).things if thing.verdict == verdict]
        counts.add(min(len(right), 3))
        if not right:
            assert isinstance(slide.picture, Tally)
            assert slide.message.startswith("No figure we can test")
            assert getattr(slide.picture, verdict) == 0
            continue
        assert isinstance(slide.picture, Bars)
        assert [bar.label for bar in slide.picture.rows] == [thing.label for thing in right[:3]]
        for bar, thing in zip(slide.picture.rows, right, strict=False):
            assert bar.tone == verdict
            assert (bar.value, bar.mark) == (thing.area.value, thing.england.value)
            assert bar.words != bar.mark_words, f"{code}: {bar}"
        if len(right) < 3:
            assert slide.message.startswith("Only")
            assert slide.points == ("No other figure passes the test.",)
    assert counts >= {0, 3}, "the areas show full and empty slides"


def test_estimates_are_never_tested_and_never_called_better_or_worse(
    bundle: Bundle, decks: dict[str, Deck]
) -> None:
    for code, deck in decks.items():
        for thing in judged(bundle, code).things:
            assert thing.area.basis != "modelled"
        if bundle.areas.loc[code, "area_level"] != "place":
            assert "gld" not in [thing.indicator.id for thing in judged(bundle, code).things]
        for slide in deck.slides:
            if slide.kind not in ("well", "work", "talk"):
                assert not JUDGING.search(said(slide)), f"{code} {slide.kind}: {said(slide)}"


def test_estimates_are_called_estimates(bundle: Bundle, decks: dict[str, Deck]) -> None:
    used = {"school": "gld", "conditions": "qof-hyp", "unknown": "gld"}
    for code, slide in slides(decks, *used):
        found = bundle.value(used[slide.kind], code)
        assert found is not None
        assert ("estimate" in said(slide).lower()) == (found.basis == "modelled"), f"{code} {slide.kind}"
        if slide.kind == "school" and found.basis == "modelled":
            assert "cannot show where a neighbourhood does better or worse" in " ".join(slide.notes)
            assert "would expect" in slide.message
            assert ("weak" in slide.label) == (found.reliability == "D")


def test_school_readiness_picture_and_words_are_the_figure(bundle: Bundle, decks: dict[str, Deck]) -> None:
    for code, slide in slides(decks, "school"):
        found = bundle.value("gld", code)
        assert found is not None
        assert found.value is not None
        assert isinstance(slide.picture, Icons)
        assert [part.count for part in slide.picture.parts] == [100 - round(found.value), round(found.value)]
        assert share(100 - found.value) in slide.message.lower()
        assert any("children in a school year" in point for point in slide.points)


def test_a_hundred_people_are_a_hundred(decks: dict[str, Deck]) -> None:
    for code, slide in slides(decks, "people", "school"):
        assert isinstance(slide.picture, Icons)
        assert sum(part.count for part in slide.picture.parts) == 100, code
        assert all(f"{part.count}" in slide.picture.alt for part in slide.picture.parts)


def test_a_condition_stands_out_only_where_its_limits_are_above_england(
    bundle: Bundle, decks: dict[str, Deck]
) -> None:
    kinds = set()
    for code, slide in slides(decks, "conditions"):
        assert isinstance(slide.picture, Bars)
        assert 1 <= len(slide.picture.rows) <= 5
        assert "entries, not people" in " ".join(slide.notes)
        higher = []
        for indicator in bundle.indicators():
            found, mark = bundle.value(indicator.id, code), bundle.value(indicator.id, ENGLAND)
            if not indicator.id.startswith("qof-") or found is None or mark is None:
                continue
            if (found.lower or 0) > (mark.value or 0):
                higher.append(indicator.short_title.lower())
        named = re.search(r"GPs record (.+) more often here", slide.message)
        kinds.add(bool(named))
        if named:
            bar = next(row for row in slide.picture.rows if row.label.lower() == named[1].lower())
            assert bar.mark is not None
            assert bar.value > bar.mark
            assert bar.words != bar.mark_words
            assert any(named[1].lower() in title or title in named[1].lower() for title in higher), code
    assert kinds == {True, False}


def test_the_comparison_shows_the_published_shares(bundle: Bundle, decks: dict[str, Deck]) -> None:
    for code, slide in slides(decks, "compare"):
        assert isinstance(slide.picture, Bars)
        own = bundle.value("imd-most-deprived-fifth", code, "2025")
        assert own is not None
        assert own.value is not None
        assert slide.picture.rows[0].words == in_hundred(own.value)
        assert slide.picture.rows[-1].label == "England"
        assert slide.picture.rows[-1].words == "20 in 100"


def test_bands_hold_their_figure(decks: dict[str, Deck]) -> None:
    for code, slide in slides(decks, "unknown"):
        assert isinstance(slide.picture, Ranges)
        for row in slide.picture.rows:
            assert 0 <= row.lower <= row.value <= row.upper <= 100, f"{code} {row}"


def test_a_map_has_three_labels_and_one_of_them_is_the_area(bundle: Bundle, decks: dict[str, Deck]) -> None:
    for code, slide in slides(decks, "where"):
        picture = slide.picture
        assert isinstance(picture, Map)
        assert len(picture.labels) == 3, code
        assert [label.text for label in picture.labels if label.own] == [short(bundle.name(code))]
        assert sum(shape.tone == "area" for shape in picture.shapes) == 1
        assert all(0 <= label.x <= picture.size and 0 <= label.y <= picture.size for label in picture.labels)


def test_working_neighbourhoods_are_called_that_on_title_map_and_sources(
    bundle: Bundle, decks: dict[str, Deck]
) -> None:
    for code, deck in decks.items():
        is_neighbourhood = bundle.areas.loc[code, "area_level"] == "neighbourhood"
        assert bool(deck.working) == is_neighbourhood
        for slide in deck.slides:
            if slide.kind in ("title", "where", "sources"):
                assert ("working grouping" in slide.label) == is_neighbourhood, f"{code} {slide.kind}"


def test_the_sources_slide_names_what_the_others_cite(decks: dict[str, Deck]) -> None:
    for code, deck in decks.items():
        cited = {part for slide in deck.slides if slide.kind not in ("where", "sources")
                 for part in slide.source.split("; ") if part}  # fmt: skip
        listed = deck.slides[-1].points
        missing = [part for part in cited if not any(line.startswith(f"{part}:") for line in listed)]
        assert not missing or "more, named on their slides" in " ".join(listed), f"{code}: {missing}"


def test_the_presenter_chooses_and_orders(bundle: Bundle) -> None:
    assert chosen("people, where,people,nonsense") == ("people", "where")
    assert chosen(None) == chosen("") == chosen("nonsense") == tuple(KINDS)
    deck = build(bundle, "LPL-W03", chosen("sources,people"))
    assert [slide.kind for slide in deck.slides] == ["sources", "people"]
    assert deck.slides[0].points[0].startswith("Census 2021")


def test_an_official_list_is_not_called_a_working_grouping(
    bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    official = NeighbourhoodStatus("E08000012", "official", "the council", "2026", "The council’s list.", "")
    monkeypatch.setattr(Bundle, "neighbourhood_status", lambda self, code: official)
    deck = build(bundle, "LPL-W03")
    assert deck.working == ""
    assert "working" not in " ".join(said(slide) for slide in deck.slides)


def with_readiness(monkeypatch: pytest.MonkeyPatch, found: Observation | None) -> None:
    """Make school readiness something else in every deck."""
    real = Context.value

    def value(
        self: Context, indicator_id: str, code: str = "", when: str | None = None
    ) -> Observation | None:
        return found if indicator_id == "gld" else real(self, indicator_id, code, when)

    monkeypatch.setattr(Context, "value", value)


def test_a_councils_own_count_is_said_as_a_count(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    estimate = bundle.value("gld", "LPL-W03")
    assert estimate is not None
    with_readiness(monkeypatch, replace(estimate, basis="aggregated", value=70.2, lower=66.0, upper=74.0))
    slide = build(bundle, "LPL-W03", ("school",)).slides[0]
    assert slide.message == "3 in 10 children here are not yet ready for school at 5"
    assert "estimate" not in said(slide).lower()


def test_a_slide_without_figures_is_left_out(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    with_readiness(monkeypatch, None)
    kinds = [slide.kind for slide in build(bundle, "LPL-W03").slides]
    assert kinds == [kind for kind in KINDS if kind != "school"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("anfield", "LPL-W03"),
        ("kensigton", "LPL-W06"),
        ("Southport", "E08000014"),
        ("LPL-W3", "LPL-W03"),
        ("Qqqq", "Codes look like"),
        ("E01006412", "no neighbourhood, ward or Place"),
        ("E92000001", "no neighbourhood, ward or Place"),
        ("x" * 500, "…"),
        ("", "Codes look like"),
    ],
)
def test_an_unknown_area_is_told_with_the_nearest_names(bundle: Bundle, code: str, words: str) -> None:
    with pytest.raises(UnknownAreaError, match=re.escape(words)) as caught:
        build(bundle, code)
    assert len(str(caught.value)) < 400


def test_codes_are_taken_in_small_letters(bundle: Bundle) -> None:
    assert build(bundle, " lpl-w03 ", ("title",)).area_code == "LPL-W03"


def test_evidence_is_the_distance_in_standard_errors() -> None:
    assert evidence(10, 8.04, 11.96, 6.08) == pytest.approx(3.92)
    assert evidence(10, 8.04, 13.92, 11.96) == pytest.approx(0.98)
    assert evidence(10, 9, 11, 10) == 0
    with pytest.raises(ValueError, match="do not enclose"):
        evidence(10, 11, 12, 5)


def test_labels_belong_to_figures_of_the_catalogue(bundle: Bundle) -> None:
    assert not [name for name in [*LABELS, *FAMILY] if name not in bundle.catalogue.indicators]
