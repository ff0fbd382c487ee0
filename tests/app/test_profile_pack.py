"""The downloads of a profile: offered where they can be made, made only when asked for."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from components import profile_pack, store
from geo.config import ROOT

PDF = "Download the two-page profile (PDF)"


def profile(code: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    app.query_params["area"] = code
    return app.switch_page("pages/profile.py").run()


def downloads(app: AppTest) -> list[str]:
    return [item.proto.label for item in app.get("download_button")]


@pytest.fixture
def nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def made(*args: object) -> bytes:
        raise AssertionError("made without being asked for")

    for name in ("pdf_of", "workbook_of", "pictures_of", "_pack"):
        monkeypatch.setattr(profile_pack, name, made)


@pytest.mark.usefixtures("nothing_is_made")
@pytest.mark.parametrize(
    ("code", "offered", "packs"),
    [
        ("E05015280", True, 0),
        ("LPL-W04", True, 0),
        ("E02001350", True, 0),
        ("E08000012", True, 2),
        ("E08000014", True, 1),
        ("E01006512", False, 0),
        ("E92000001", False, 0),
    ],
)
def test_downloads_are_offered_where_there_is_a_profile_and_cost_nothing(
    code: str, offered: bool, packs: int
) -> None:
    app = profile(code)
    assert not app.exception
    assert (PDF in downloads(app)) == offered
    assert len([item for item in app.button if str(item.key).startswith("pack-")]) == packs


def test_a_pack_is_made_with_its_button_and_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    from reports.profile import pack

    asked: list[str] = []

    def make(bundle: object, place: str, kind: str, tell: object) -> bytes:
        tell(0.5, "half")  # type: ignore[operator]
        asked.append(kind)
        return b"%PDF-pack"

    monkeypatch.setattr(pack, "make", make)
    profile_pack._shelf().clear()
    app = profile("E08000012")
    app.button(key="pack-neighbourhoods").click().run()
    assert not app.exception
    label = "Download the PDF of all neighbourhoods of Liverpool"
    assert any(text.startswith(label) for text in downloads(app))
    app.run()
    assert asked == ["neighbourhoods"]
    profile_pack._shelf().clear()


def test_the_files_are_what_their_buttons_say() -> None:
    bundle = store.bundle()
    made = profile_pack.pdf_of(bundle.version, "LPL-W04", bundle)
    assert len(PdfReader(io.BytesIO(made)).pages) == 2
    assert profile_pack.workbook_of(bundle, "LPL-W04")[:2] == b"PK"
