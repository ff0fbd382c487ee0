"""The router, the footer, the guard of cold deep links, and the served application's own routes."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from dataclasses import dataclass
from html import escape

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from streamlit.testing.v1 import AppTest

import asgi
from components import map_sync, navigation, store
from geo.config import ROOT
from tests.app.page import title

PAGE_FILES = [path for path in (ROOT / "pages").glob("*.py") if path.stem != "__init__"]
PAGES = [entry for entry in navigation.entries() if not entry.default]


@dataclass
class Answer:
    """One HTTP answer."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(path: str, query: str = "", **headers: str) -> Answer:
    """Ask the routes of asgi.py with their headers, without a port."""
    served = Starlette(routes=asgi.ROUTES, middleware=[Middleware(asgi.SecurityHeaders)])
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
        "root_path": "",
        "scheme": "http",
        "server": ("localhost", 80),
        "client": ("localhost", 1),
        "http_version": "1.1",
    }
    sent: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        sent.append(message)

    asyncio.run(served(scope, receive, send))
    start = next(message for message in sent if message["type"] == "http.response.start")
    body = b"".join(message.get("body", b"") for message in sent if message["type"] == "http.response.body")
    return Answer(start["status"], {k.decode(): v.decode() for k, v in start["headers"]}, body)


def test_the_app_opens_on_the_overview_with_a_footer():
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    assert not app.exception
    assert title(app)
    footer = [item.body for item in app.get("html") if "<footer" in item.body]
    assert len(footer) == 1
    assert store.bundle().version in footer[0]
    status = store.bundle().neighbourhood_status("E08000012")
    assert escape(status.label) in footer[0]
    assert "Open Government Licence" in footer[0]


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.stem)
def test_every_page_runs_through_the_router(entry):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    app.switch_page(entry.file).run()
    assert not app.exception
    assert title(app)


def test_page_files_and_addresses_agree():
    for entry in navigation.ENTRIES:
        assert entry.file == f"pages/{entry.stem}.py"
    assert {path.stem for path in PAGE_FILES} == {entry.stem for entry in navigation.entries()}


def test_every_page_guards_against_being_run_alone():
    for path in PAGE_FILES:
        assert "navigation.require_router()" in path.read_text(encoding="utf-8"), path.name


def test_a_page_run_alone_hands_over_to_the_router(monkeypatch):
    calls = []
    monkeypatch.setattr(navigation.st, "session_state", {})
    monkeypatch.setattr(navigation.st, "navigation", lambda pages, position: calls.append(position))
    monkeypatch.setattr(navigation.st, "rerun", lambda: calls.append("rerun"))
    navigation.require_router()
    assert calls == ["top", "rerun"]


def test_a_page_run_by_the_router_goes_on(monkeypatch):
    monkeypatch.setattr(navigation.st, "session_state", {navigation.ROUTED: True})
    monkeypatch.setattr(navigation.st, "rerun", lambda: pytest.fail("must not start again"))
    navigation.require_router()
    assert navigation.ROUTED not in navigation.st.session_state


def test_addresses_reopen_views_and_the_default_page_has_none():
    assert navigation.address("profile", area="E05015277") == "profile?area=E05015277"
    assert navigation.address("map", places="liverpool,sefton", area=None) == "map?places=liverpool%2Csefton"
    assert navigation.address("overview") == "./"


def test_health_names_the_version_of_the_tables():
    answer = ask("/health")
    assert answer.status == 200
    assert json.loads(answer.body)["version"] == store.bundle().version


def test_health_says_why_the_tables_cannot_be_opened(monkeypatch):
    def broken() -> None:
        raise store.BundleError("areas.parquet is half-written")

    monkeypatch.setattr(store, "bundle", broken)
    answer = ask("/health")
    assert answer.status == 503
    assert json.loads(answer.body)["reason"] == "areas.parquet is half-written"


@pytest.fixture(scope="module")
def layer() -> str:
    return next(path.name for path in sorted((ROOT / "static" / "geo").glob("*.geojson")))


def test_hashed_geometry_is_compressed_and_kept_for_a_year(layer):
    answer = ask(f"/geo/{layer}", accept_encoding="gzip, br")
    plain = ask(f"/geo/{layer}")
    assert answer.status == plain.status == 200
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(answer.body) == plain.body
    assert len(answer.body) < len(plain.body) / 2
    assert json.loads(plain.body)["type"] == "FeatureCollection"


def test_unchanged_geometry_is_not_sent_again(layer):
    first = ask(f"/geo/{layer}")
    again = ask(f"/geo/{layer}", if_none_match=first.headers["etag"])
    assert again.status == 304
    assert again.body == b""


@pytest.mark.parametrize(
    "name", ["nothing.geojson", "..%2fconfig.toml", "config.toml", ".geojson", "icon.png"]
)
def test_only_geometry_files_are_served(name):
    assert ask(f"/geo/{name}").status == 404


def test_every_answer_keeps_the_browser_at_home(layer):
    for answer in (ask("/health"), ask(f"/geo/{layer}"), ask("/api/v1/observations")):
        policy = answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "frame-ancestors 'self'" in policy
        assert "unsafe-eval" not in policy.replace("wasm-unsafe-eval", "")
        assert "http:" not in policy
        assert "https:" not in policy
        assert "*" not in policy


def test_only_streamlits_script_and_the_one_of_the_paired_maps_are_allowed_by_their_hashes():
    found = re.findall(r"'sha256-([A-Za-z0-9+/=]+)'", asgi.content_security_policy())
    assert len(found) == 2
    assert map_sync.script_hash().removeprefix("sha256-") in found


def test_the_api_gives_the_figures_of_the_tables():
    answer = ask("/api/v1/observations", "indicator=disabled&level=place&period=2021&format=json")
    assert answer.status == 200
    body = json.loads(answer.body)
    rows = {row["area_code"]: row for row in body["rows"]}
    expected = store.bundle().value("disabled", "E08000012", "2021")
    assert expected is not None
    assert rows["E08000012"]["value"] == pytest.approx(expected.value)
    assert rows["E08000012"]["basis"] == expected.basis
    assert body["version"] == store.bundle().version


def test_the_api_writes_csv_with_an_empty_cell_for_what_is_missing():
    answer = ask("/api/v1/observations", "indicator=children-income-deprived&level=lsoa")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/csv")
    head, *lines = answer.body.decode().splitlines()
    value, status = (head.split(",").index(name) for name in ("value", "status"))
    withheld = [line.split(",") for line in lines if line.split(",")[status] != "reported"]
    assert withheld, "this indicator has withheld counts"
    assert all(cells[value] == "" for cells in withheld)


@pytest.mark.parametrize(
    ("query", "status", "offered"),
    [
        ("", 404, "disabled"),
        ("indicator=nonsense", 404, "disabled"),
        ("indicator=disabled&level=galaxy", 404, "ward"),
        ("indicator=disabled&level=ward&period=1066", 404, "2021"),
        ("indicator=disabled&group=unicorns", 404, "all"),
        ("indicator=disabled&format=xml", 400, "csv"),
    ],
)
def test_the_api_refuses_by_naming_what_there_is(query, status, offered):
    answer = ask("/api/v1/observations", query)
    assert answer.status == status
    assert offered in json.loads(answer.body)["available"]
