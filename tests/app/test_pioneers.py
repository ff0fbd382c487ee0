"""The Pioneer Places page: built from config.toml, every level, unknown values in the address, no figures."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from components import pioneer_download, pioneer_state, store
from data.pioneers import ENTRIES
from data.query import Bundle
from geo.config import ROOT
from tests.app.page import headings, title


def page(**params: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    for key, value in params.items():
        app.query_params[key] = value
    return app.switch_page("pages/pioneers.py").run()


def words(app: AppTest) -> str:
    return " ".join(item.body for item in app.get("html") if "<style>" not in item.body)


PARTS = [
    "Who serves each area",
    "What a neighbourhood health team would cover",
    "Deprivation and age behind it",
    "Conditions that go together",
    "The gap to Liverpool and England",
    "Change in registers since 2013/14",
    "Take the figures with you",
]


@pytest.mark.parametrize("place", ["sefton", "st-helens"])
@pytest.mark.parametrize("level", ["ward", "msoa", "pcn"])
def test_every_pioneer_place_at_every_level(place, level):
    app = page(place=place, level=level)
    assert not app.exception
    name = next(entry.name for entry in store.bundle().config.places if entry.slug == place)
    assert title(app).startswith(f"{name} has more long-term condition entries per 100 adults than England")
    assert headings(app, 2) == PARTS
    text = words(app)
    for ask in ("Where is the burden?", "How sure is it?", "Who serves it?"):
        assert ask in text
    assert "Entries, not people" in text
    assert "Not adjusted for age" in text


@pytest.fixture(scope="module")
def ward() -> AppTest:
    return page(place="st-helens")


def test_the_title_names_the_areas_whose_limits_leave_the_average_out(ward):
    view = pioneer_state.View(store.bundle().config.place("E08000013"), "ward", None)
    found = pioneer_state.areas(store.bundle(), view.place, "ward").burden
    for row in found.table.itertuples():
        assert (str(row.area_name) in title(ward)) == (row.lower > found.average)


def test_what_is_estimated_and_what_it_cannot_show_is_said(ward):
    text = words(ward)
    assert "these are estimates for residents" in text
    assert "part of any link with either is put in by the method" in text
    assert "not people, and neighbouring areas resemble each other" in text
    assert "across practices, not people" in text
    assert "Part of every crude difference is age" in text
    assert "2020/21 and 2023/24 are not available" in text
    assert "There is no list of neighbourhoods for St Helens here" in text


def test_the_chosen_area_shows_its_practices():
    app = page(place="st-helens", area="E05014124")
    text = words(app)
    assert "Residents of Haydock: Newton and Haydock PCN" in text
    assert "How sure is the figure for Haydock?" in text
    other = page(place="st-helens", level="pcn", area="U20349")
    assert "Practices of Newton and Haydock PCN" in words(other)


def test_what_the_address_names_in_vain_is_said():
    text = words(page(place="atlantis", level="street", area="E05000935"))
    assert "There is no pioneer Place called “atlantis”. Showing Sefton instead." in text
    assert "no kind of area called “street”" in text
    assert "Cambridge" in text
    text = words(page(place="st-helens", area="E05000935"))
    assert "“E05000935” is not among the wards of St Helens" in text


def test_hostile_words_in_the_address_stay_words():
    text = words(page(place="<img src=x onerror=alert(1)>", area="<script>"))
    assert "<img src=x" not in text
    assert "<script>" not in text.lower()


def with_roles(bundle: Bundle, **roles: str) -> Bundle:
    places = tuple(replace(p, role=roles.get(p.slug, p.role)) for p in bundle.config.places)
    return replace(bundle, config=replace(bundle.config, places=places))


def test_a_place_added_with_its_role_appears(monkeypatch):
    more = with_roles(store.bundle(), wirral="pioneer")
    monkeypatch.setattr(store, "bundle", lambda: more)
    app = page(place="wirral")
    assert not app.exception
    assert title(app).startswith("Wirral has")
    assert "for Wirral here" in words(app)
    assert headings(app, 2) == PARTS


def test_a_place_with_a_list_of_neighbourhoods_shows_them(monkeypatch):
    more = with_roles(store.bundle(), liverpool="pioneer", sefton="home")
    monkeypatch.setattr(store, "bundle", lambda: more)
    app = page(place="liverpool")
    assert not app.exception
    assert "Neighbourhoods of Liverpool: estimates for residents" in words(app)
    assert "The gap to Sefton and England" in headings(app, 2)


def test_without_a_pioneer_place_the_page_says_how_to_name_one(monkeypatch):
    none = with_roles(store.bundle(), sefton="neighbour", **{"st-helens": "neighbour"})
    monkeypatch.setattr(store, "bundle", lambda: none)
    app = page()
    assert not app.exception
    assert title(app) == "Pioneer Places: none is named yet"
    assert '<code>role = "pioneer"</code>' in words(app).replace("&quot;", '"')


def test_a_place_that_the_tables_do_not_know_yet_says_what_to_run(monkeypatch):
    bundle = store.bundle()
    new = replace(bundle.config.places[1], code="E06000099", name="Newplace", slug="newplace")
    more = replace(bundle, config=replace(bundle.config, places=(*bundle.config.places, new)))
    monkeypatch.setattr(store, "bundle", lambda: more)
    app = page(place="newplace")
    assert not app.exception
    assert "Newplace" in title(app)
    assert "python3 tasks.py data" in words(app)


def test_downloads_carry_limits_and_sources():
    bundle = store.bundle()
    view = pioneer_state.View(bundle.config.place("E08000013"), "ward", None)
    found = pioneer_state.registers(bundle, view.place)
    areas = pioneer_download.areas_table(bundle, view)
    assert set(areas["area_level"]) == {"ward", "msoa", "pcn"}
    haydock = areas.set_index("area_code").loc["E05014124"]
    assert haydock["entries_per_100_adults"] == bundle.value(ENTRIES, "E05014124").value
    assert haydock["lower_95"] < haydock["upper_95"]
    assert haydock["basis"] == "modelled"
    made = [
        areas, pioneer_download.serving_table(bundle, view), pioneer_download.teams_table(bundle, view),
        found.clusters.pairs, pioneer_download.gaps_table(found), pioneer_download.changes_table(found),
    ]  # fmt: skip
    for table in made:
        text = pioneer_download.csv(bundle, view, table, "what").decode("utf-8-sig")
        head, first = text.split("\r\n")[:2]
        assert "attribution" in head
        assert "data_version" in head
        assert bundle.version in first
        assert text.count("\r\n") == len(table) + 1
