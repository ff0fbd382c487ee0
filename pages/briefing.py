"""Briefing: slides about one area for a hall, to show from here or to take away as one file."""

from __future__ import annotations

from html import escape

import streamlit as st

from components import briefing_style, caveats, finder, headings, navigation, selection, store
from data.query import Bundle
from geo.config import config
from house_style.area_facts import level_of, name_of, place_of
from reports.briefing import deck, served
from reports.briefing.model import KINDS, LEVELS, ROOMS, Deck, Room
from reports.briefing.slides import build, chosen

navigation.require_router()
ROOM_WORDS = {"dark": "Dark room", "light": "Light room"}
KEYS = (
    "Arrow keys, space or a presenter’s remote step through the slides. F fills the screen, B makes it "
    "black, D turns the room dark or light, P opens a window with notes and a clock for the presenter. R "
    "shows the slides as a page to read, one below the other; on a narrow screen they are one already."
)


@st.cache_resource(max_entries=2, show_spinner=False)
def areas(version: str, _bundle: Bundle) -> list[str]:
    """Codes to choose from: Places, then neighbourhoods, then wards, those of the home Place first."""
    found = [code for level in ("place", "neighbourhood", "ward") for code in finder.codes_of(_bundle, level)]
    home = [place.code for place in config().places if place.role != "neighbour"]
    return sorted(found, key=lambda code: (place_of(_bundle, code) not in home, found.index(code)))


@st.cache_data(max_entries=16, show_spinner=False)
def file_of(version: str, code: str, kinds: tuple[str, ...], room: Room, _deck: Deck) -> str:
    """The deck as one file of HTML."""
    return deck.html(_deck, room)


def pdf_of(made: Deck) -> bytes:
    """The deck as a tagged PDF."""
    from reports.briefing.paper import as_pdf  # brings typst, which only those who press the button need

    return as_pdf(made)


def area_in_address(bundle: Bundle, notes: list[str]) -> str | None:
    """The area of the address; None, with a note where it names one that cannot have a briefing."""
    code = selection.known_area(st.query_params, bundle, notes)
    if code is not None and level_of(bundle, code) not in LEVELS:
        notes.append("A briefing is about a neighbourhood, a ward or a Place. Choose one of them.")
        return None
    return code


def choose_area(bundle: Bundle, code: str | None) -> str | None:
    """Draw the list of areas; a choice goes to the address."""
    options = areas(bundle.version, bundle)

    def keep() -> None:
        selection.remember(area=st.session_state["briefing-area"])

    return st.selectbox(
        "Area",
        options,
        index=options.index(code) if code else None,
        placeholder="Type the name of a neighbourhood, ward or Place",
        format_func=lambda key: finder.describe(bundle, key),
        key="briefing-area",
        on_change=keep,
    )


def choose_slides() -> tuple[str, ...]:
    """Draw the choice and order of slides, kept in the address."""
    wanted = chosen(st.query_params.get("slides"))

    def keep() -> None:
        kinds = st.session_state["briefing-slides"]
        selection.remember(slides=None if not kinds or kinds == list(KINDS) else ",".join(kinds))

    picked = st.multiselect(
        "Slides, in the order shown",
        list(KINDS),
        default=list(wanted),
        format_func=KINDS.__getitem__,
        select_all=False,  # it stands first: Enter took every slide that was left
        key="briefing-slides",
        on_change=keep,
        help="To move a slide to the end, take it out and choose it again. The link of this page keeps it.",
    )
    return tuple(picked) or tuple(KINDS)


def choose_room() -> Room:
    """Draw the choice of a dark or a light room, kept in the address."""

    def keep() -> None:
        room = st.session_state["briefing-room"]
        selection.remember(room=None if room == ROOMS[0] else room)

    found = st.radio(
        "Room",
        ROOMS,
        index=ROOMS.index(served.room_of(st.query_params.get("room"))),
        format_func=ROOM_WORDS.__getitem__,
        horizontal=True,
        key="briefing-room",
        on_change=keep,
    )
    return served.room_of(found)


def preview(made: Deck, link: str) -> None:
    """Draw the slides as they will be, and their messages as a list."""
    pictures, words = st.columns([64, 36], gap="large")
    with pictures:
        st.iframe(f"/{link}", height=540, alt=f"Slides of the briefing about {made.area_name}")
    with words:
        headings.header("What the slides say")
        items = "".join(
            f"<li><b>{escape(slide.title)}.</b> {escape(slide.message)}</li>" for slide in made.slides
        )
        st.html(f'<ol class="plain">{items}</ol>')


def show() -> None:
    """Draw the page for the area and the slides in the address."""
    fault = store.bundle_fault()
    if fault:
        headings.title("Briefings cannot be made")
        selection.show_notes([fault])
        return
    briefing_style.apply()
    bundle, notes = store.bundle(), list[str]()
    code = area_in_address(bundle, notes)
    headings.title(f"Briefing: {name_of(bundle, code)}" if code else "Briefing: slides for a hall")
    selection.show_notes(notes)
    left, middle, right = st.columns([36, 44, 20], gap="medium")
    with left:
        code = choose_area(bundle, code)
    with middle:
        kinds = choose_slides()
    with right:
        room = choose_room()
    if code is None:
        st.html(f'<p class="lede">Choose an area to see its slides. {escape(KEYS)}</p>')
        return
    made = build(bundle, code, kinds)
    link = served.address(code, kinds, room)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.link_button("Open the briefing full screen", link)
        st.download_button(
            "Download as one file",
            file_of(bundle.version, code, kinds, room, made),
            served.file_name(made.area_name),
            "text/html",
            on_click="ignore",
        )
        st.download_button(
            "Download as PDF",
            lambda: pdf_of(made),
            served.file_name(made.area_name).replace(".html", ".pdf"),
            "application/pdf",
            on_click="ignore",
        )
    if made.working:
        caveats.show_grouping(bundle, [str(place_of(bundle, code))])
    st.html(f'<p class="quiet">The file needs no network: take it on a stick. {escape(KEYS)}</p>')
    preview(made, link)


show()
