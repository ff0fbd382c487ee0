"""What the public reads is plain: reading age 12 to 14, whole sentences of a sane length, no jargon.

Held to it: titles, what stands out, and the sentences of every part of a profile; the Overview; what a room
reads of a briefing. Areas: every neighbourhood, every ward of the home Place, home and pioneer Places.

Exempt, because they serve the analyst one click away or are no sentences: what opens ("How do we know?", "How
sure is this?", "About ..."), tables with their headers, lines of sources and caveats, the presenter's notes,
the footer. Names of areas are set to one short name before counting: nobody can write them more plainly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from components import (
    profile_beside,
    profile_childhood,
    profile_conditions,
    profile_deprivation,
    profile_life,
    profile_lists,
    profile_standing,
    profile_standouts,
    profile_summary,
    profile_trends,
    store,
)
from data import parts
from data.query import Bundle
from geo.config import ROOT
from house_style import narrative
from house_style.area_facts import level_of, name_of
from reports.briefing.slides import build
from tests.readability import GRADE, WORD, ease, grade, jargon, sentences, syllables

LONGEST = 34  # words of a sentence; GOV.UK asks for 25, and lists of conditions need a few more
HARDEST = 17.0  # grade of a single sentence: one that lists illnesses
NOT_READ = ("title", "sources")  # slides: a name; a list of publishers
READ = re.compile(
    r'<h1>(.*?)</h1>|<h2[^>]*>(.*?)</h2>|<p class="(?:lede|kicker|notice)">(.*?)</p>|'
    r'<span class="said">(.*?)</span>|<ul class="plain[^"]*">(.*?)</ul>',
    re.DOTALL,
)


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return store.bundle()


@pytest.fixture(scope="module")
def codes(bundle: Bundle) -> list[str]:
    areas = bundle.areas
    places = [place.code for place in bundle.config.places if place.role in ("home", "pioneer")]
    home = [place.code for place in bundle.config.places if place.role == "home"]
    wards = areas.index[(areas["area_level"] == "ward") & areas["place_code"].isin(home)]
    found = [*areas.index[areas["area_level"] == "neighbourhood"], *wards, *places]
    assert len(found) == 13 + 64 + 3
    return [str(code) for code in found]


def unnamed(bundle: Bundle, code: str, text: str) -> str:
    """A text with the names of the area, neighbourhoods, Places and the region set to one short name."""
    drawn = bundle.areas["area_level"].isin(["neighbourhood", "place", "region"])
    names = {name_of(bundle, code), *bundle.areas.loc[drawn, "area_name"]}
    for name in sorted({*names, *(name.removesuffix(" area") for name in names)}, key=len, reverse=True):
        text = text.replace(name, "Elm")
    return text


def profile_parts(bundle: Bundle, code: str) -> Iterator[tuple[str, list[str]]]:
    """The public sentences of a profile, by part."""
    exact = level_of(bundle, code) in profile_conditions.EXACT
    found = profile_conditions.conditions(bundle, code)
    rows = profile_life.rows(bundle, code)
    groups = [group for by in ("life", "marmot") for _, group in profile_life.groups(rows, by)]
    yield "title", [f"{profile_summary.title(bundle, code)}."]
    yield "what stands out", [item.sentence for item in profile_standouts.found(bundle, code)]
    yield "figures", [profile_life.tally(group, bundle.config.country_code) for group in groups]
    yield "deprivation", profile_deprivation.sentences(bundle, code)
    yield "school readiness", profile_childhood.sentences(bundle, code)
    made = profile_conditions.COUNTED if exact else profile_conditions.MADE
    yield "conditions", [made, *profile_conditions.claims(found)]
    yield "change", profile_trends.sentences(bundle, code, profile_trends.tested(bundle, code))
    yield "compared", [profile_standing.sentence(bundle, code)]
    for make in (profile_beside.neighbours_html, profile_beside.alike_html):
        yield (
            "beside",
            [unescape(text) for text in re.findall(r'<p class="lede">(.*?)</p>', make(bundle, code))],
        )
    yield "services", [profile_lists.services_sentence(bundle, code)]
    lsoas = parts.small_areas(bundle, store.weights(), code)
    yield "made of", profile_lists.boundary_words(bundle, code, lsoas)


def check(where: str, said: list[str]) -> None:
    """AssertionError where a part is too hard as a whole, or a sentence of it is."""
    lines = [text for text in said if WORD.search(text)]
    if not lines:
        return
    assert grade("\n".join(lines)) <= GRADE, f"{where}: grade {grade(chr(10).join(lines)):.1f}: {lines}"
    for text in lines:
        assert not jargon(text), f"{where}: {jargon(text)} in: {text}"
        for sentence in sentences(text):
            count = len(WORD.findall(sentence))
            assert count <= LONGEST, f"{where}: {count} words: {sentence}"
            assert grade(sentence) <= HARDEST, f"{where}: grade {grade(sentence):.1f}: {sentence}"


def test_profiles_are_plain(bundle: Bundle, codes: list[str]) -> None:
    for code in codes:
        for part, said in profile_parts(bundle, code):
            check(f"{code} {part}", [unnamed(bundle, code, text) for text in said])


def test_briefings_are_plain(bundle: Bundle, codes: list[str]) -> None:
    for code in codes:
        slides = [item for item in build(bundle, code).slides if item.kind not in NOT_READ]
        said = [text for item in slides for text in (item.message, item.label, *item.points) if text]
        check(f"{code} briefing", [unnamed(bundle, code, f"{text.rstrip('.')}.") for text in said])


def shown(app: AppTest) -> list[str]:
    """What a page made of HTML says in headings, ledes, lists and notices."""
    found = []
    for part in app.get("html"):
        for groups in READ.findall(str(part.proto.body)):
            for text in groups:
                found += [re.sub(r"<[^>]+>", " ", item) for item in re.split(r"</li>", text)]
    return [unescape(" ".join(text.split())) for text in found if WORD.search(text)]


def test_the_overview_is_plain(bundle: Bundle) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    said = shown(app)
    assert narrative.city_sentence(bundle, "E08000012", "Liverpool") in said
    for text in said:
        plain = unnamed(bundle, "E08000012", text)
        assert not jargon(plain), text
    check("overview", [unnamed(bundle, "E08000012", f"{text.rstrip('.')}.") for text in said])


@pytest.mark.parametrize("code", ["E05015280", "LPL-W03", "E02001347", "E08000013"])
def test_what_a_profile_shows_is_what_is_checked(bundle: Bundle, code: str) -> None:
    """Every sentence on the page comes from the parts above, or is a heading or a note without jargon."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    app.query_params["area"] = code
    said = shown(app.switch_page("pages/profile.py").run())
    known = " ".join(text for _, part in profile_parts(bundle, code) for text in part)
    for text in said:
        assert not jargon(text), text
        if len(WORD.findall(text)) > 12 and text not in known:
            check(f"{code} on the page", [unnamed(bundle, code, text)])


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("The cat sat on the mat.", 116),
        ("This sentence, taken as a reading passage unto itself, is being used to prove a point.", 69),
        ("The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.", 37.5),
    ],
)
def test_reading_ease_is_that_of_published_examples(text: str, published: float) -> None:
    assert ease(text) == pytest.approx(published, abs=0.5)


def test_the_grade_is_that_of_its_formula() -> None:
    assert grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    assert grade("Go. Stop.") < grade("Go, then stop at once.") < grade("Proceed until further notification.")
    with pytest.raises(ValueError, match="without words"):
        grade("...")


@pytest.mark.parametrize(
    ("word", "count"),
    [("homes", 1), ("practices", 3), ("recorded", 3), ("deprived", 2), ("readiness", 3), ("disability", 5),
     ("England’s", 2), ("1,000", 2), ("the", 1), ("estimate", 3), ("population", 4)],
)  # fmt: skip
def test_syllables_are_counted_by_the_rules(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_check_can_fail() -> None:
    hard = (
        "Age-standardised prevalence differentials demonstrate statistically significant heterogeneity "
        "across geographical subpopulations notwithstanding considerable methodological uncertainty."
    )
    assert grade(hard) > HARDEST
    assert jargon(hard) == ["standardised", "prevalence", "statistically", "significant"]
    with pytest.raises(AssertionError, match="grade"):
        check("here", [hard])
    with pytest.raises(AssertionError, match="LSOA"):
        check("here", ["This LSOA is small."])
