"""The deck as the dashboard serves it: what an address asks for, checked, and the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from data.query import Bundle
from reports.briefing import deck
from reports.briefing.model import KINDS, ROOMS, Room
from reports.briefing.slides import UnknownAreaError, build, chosen


@dataclass(frozen=True)
class Answer:
    """An HTTP answer without the web framework: status, body, and the policy for its header."""

    status: int
    html: str
    policy: str


def room_of(text: str | None) -> Room:
    """The room that an address names; dark where it names none that there is."""
    return next((room for room in ROOMS if room == text), ROOMS[0])


def address(code: str, kinds: tuple[str, ...], room: Room) -> str:
    """The link of a deck, from the page: "briefing/LPL-W03.html?slides=where,people&room=light"."""
    params = {}
    if kinds and kinds != tuple(KINDS):
        params["slides"] = ",".join(kinds)
    if room != ROOMS[0]:
        params["room"] = room
    return f"briefing/{code}.html" + (f"?{urlencode(params, safe=',')}" if params else "")


def file_name(area_name: str) -> str:
    """A name for the file that every system takes: "briefing-anfield-area.html"."""
    plain = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in area_name.lower())
    return f"briefing-{'-'.join(plain.split())}.html"


def answer(bundle: Bundle, code: str, params: Mapping[str, str]) -> Answer:
    """The deck that an address asks for, or a page that says why there is none."""
    policy = f"{deck.policy()}; frame-ancestors 'self'"
    try:
        made = build(bundle, code, chosen(params.get("slides")))
    except UnknownAreaError as error:
        text = (
            '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">'
            "<title>No briefing</title></head>"
            f"<body><main><h1>There is no briefing for this address</h1><p>{escape(str(error))}</p>"
            '<p><a href="../briefing">Choose an area</a></p></main></body></html>\n'
        )
        return Answer(404, text, policy)
    return Answer(200, deck.html(made, room_of(params.get("room"))), policy)
