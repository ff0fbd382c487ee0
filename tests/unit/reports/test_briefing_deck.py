"""One file, whole and closed: nothing asked of a network, nothing run but its own script."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from data.query import Bundle
from house_style.palette import contrast
from reports.briefing import __main__ as command
from reports.briefing import deck as drawn
from reports.briefing import served
from reports.briefing.model import KINDS, ROOMS, Deck, Icons, Part, Slide
from reports.briefing.slides import build

# What makes a browser fetch something: the only # links lead into the file itself.
FETCHES = re.compile(
    r"""(?:src|href|srcset|poster|data|action)\s*=\s*["'](?!#)|url\((?!#)|@import|https?:|["'(]//\w"""
)
CSS = (Path(drawn.__file__).parent / "deck.css").read_text(encoding="utf-8")


class Reader(HTMLParser):
    """Counts what a deck is made of and whether its tags close."""

    VOID = ("meta", "br", "link", "img", "input")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def body_of(text: str) -> str:
    """The file without its own style and script."""
    return re.sub(r"<(style|script)>.*?</\1>", "", text, flags=re.DOTALL)


def test_every_deck_is_one_small_closed_file(decks: dict[str, Deck]) -> None:
    for code, deck in decks.items():
        text = drawn.html(deck)
        assert len(text.encode()) < 300_000, code
        assert not FETCHES.search(body_of(text)), f"{code}: {FETCHES.search(body_of(text))}"
        assert "style=" not in body_of(text)
        read = Reader(text)
        assert not read.open
        assert read.tags[0] == ("html", {"lang": "en-GB", "class": "page", "data-room": "dark"})
        pictures = [attributes for tag, attributes in read.tags if tag == "figure"]
        assert len(pictures) == sum(slide.picture is not None for slide in deck.slides)
        assert all(item["role"] == "img" and len(item["aria-label"] or "") > 20 for item in pictures)
        headings = [tag for tag, _ in read.tags if tag in ("h1", "h2")]
        assert headings == ["h1"] + ["h2"] * (len(deck.slides) - 1)


def test_style_and_script_fetch_nothing_either(decks: dict[str, Deck]) -> None:
    text = drawn.html(decks["LPL-W03"])
    assert not re.search(r"url\((?!#)|@import|https?://|fetch\(|XMLHttp|WebSocket|eval\(", text)


def test_the_policy_names_the_script_and_the_style_that_are_in_the_file(decks: dict[str, Deck]) -> None:
    text = drawn.html(decks["LPL-W03"])
    for tag in ("script", "style"):
        inside = re.findall(rf"<{tag}>(.*?)</{tag}>", text, flags=re.DOTALL)
        assert len(inside) == 1
        value = base64.b64encode(hashlib.sha256(inside[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{value}'" in text
    assert "default-src 'none'" in text
    assert "unsafe" not in drawn.policy()


def test_names_cannot_become_tags() -> None:
    nasty = '<script>alert("1")</script>&'
    slide = Slide(
        "people", nasty, nasty, Icons((Part(100, nasty, "area"),), nasty), nasty, (nasty,), (nasty,), nasty
    )
    text = body_of(drawn.html(Deck("X", nasty, nasty, "v", (slide,))))
    assert "<script" not in text
    assert "alert(&quot;1&quot;)" in text


def test_no_type_in_the_style_sheet_is_smaller_than_the_smallest() -> None:
    sizes = [float(size) for size in re.findall(r"font(?:-size)?:[^;]*?calc\((\d+) \* var\(--u\)\)", CSS)]
    sizes += [float(size) for size in re.findall(r"font-size: (\d+)px", CSS)]  # in the map's own units
    assert len(sizes) > 15
    assert min(sizes) >= 43  # 28.7 pixels on 1280x720


@pytest.mark.parametrize("room", ROOMS)
def test_text_has_a_contrast_of_seven_in_both_rooms(room: str) -> None:
    block = re.search(rf'data-room="{room}"\] \{{(.*?)\}}', CSS, re.DOTALL)
    assert block is not None
    colours = dict(re.findall(r"--(\w+): (#\w{6})", block[1]))
    for ink in ("text", "quiet", "area"):
        for ground in ("paper", "card"):
            assert contrast(colours[ink], colours[ground]) >= 7, f"{room}: {ink} on {ground}"
    for shape in ("area", "third", "better", "worse", "edge"):
        assert contrast(colours[shape], colours["paper"]) >= 3, f"{room}: {shape}"
        if shape != "edge":
            assert contrast(colours[shape], colours["ground"]) >= 3, f"{room}: {shape} on a track"
    assert contrast(colours["area"], colours["other"]) >= 3, f"{room}: the area among others"


def test_an_address_names_only_what_differs_and_reopens_the_same(bundle: Bundle) -> None:
    assert served.address("LPL-W03", tuple(KINDS), "dark") == "briefing/LPL-W03.html"
    assert served.address("LPL-W03", ("where", "people"), "light") == (
        "briefing/LPL-W03.html?slides=where,people&room=light"
    )
    found = served.answer(bundle, "LPL-W03", {"slides": "where,people", "room": "light"})
    assert found.status == 200
    assert re.findall(r'<section class="[^"]*" id="(\w+)"', found.html) == ["where", "people"]
    assert 'data-room="light"' in found.html
    assert "frame-ancestors 'self'" in found.policy


def test_an_unknown_address_is_told_without_repeating_tags(bundle: Bundle) -> None:
    found = served.answer(bundle, "<b>x", {"room": "nonsense"})
    assert found.status == 404
    assert "<b>" not in found.html
    assert "There is no neighbourhood, ward or Place" in found.html


def test_file_names_are_plain() -> None:
    assert served.file_name("Kensington & Fairfield area") == "briefing-kensington-fairfield-area.html"


def test_the_command_writes_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "deck.html"
    assert (
        command.main(["--area", "LPL-W03", "--out", str(out), "--slides", "where,people", "--room", "light"])
        == 0
    )
    text = out.read_text(encoding="utf-8")
    assert re.findall(r'<section class="[^"]*" id="(\w+)"', text) == ["where", "people"]
    assert "2 slides about Anfield area" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--area", "anfield"], "LPL-W03"),
        (["--area", "E99999999"], "Codes look like"),
        (["--area", "LPL-W03", "--slides", "where,peple"], "There is no slide called peple"),
    ],
)
def test_the_command_says_what_is_wrong_and_writes_nothing(
    arguments: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "deck.html"
    assert command.main([*arguments, "--out", str(out)]) == 1
    assert words in capsys.readouterr().out
    assert not out.exists()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--area", "LPL-W03", "--out", str(tmp_path / "no" / "deck.html")]) == 1
    assert "deck.html" in capsys.readouterr().out


def test_the_served_and_the_written_deck_are_the_same(bundle: Bundle) -> None:
    assert served.answer(bundle, "LPL-W03", {}).html == drawn.html(build(bundle, "LPL-W03"))
