"""Find my area: by postcode, the name of an area, or a town, street, park, school or surgery in it."""

from __future__ import annotations

from html import escape

import streamlit as st

from components import navigation
from components.finder_streets import nothing_found, show_district, show_streets
from components.selection import remember
from data.find import plain
from data.query import Bundle
from data.spots import Spot, find_spots
from data.street_search import Found, find_streets
from house_style.area_facts import level_of, name_of, parent_of, place_of
from house_style.level_names import one

KINDS = {
    "town": "town or village, its middle",
    "locality": "district in the address of {of}",
    "street": "street of {of}",
    "park": "park or open space",
    "dock": "dock",
    "school": "school",
    "practice": "GP practice",
}
MOST_MATCHES = 8
LONGEST = 60  # characters of a search that are looked at


def answer(bundle: Bundle, text: str) -> str | None:
    """The one area that a text means for certain; None when there are several, or none.

    A postcode means its ward: that is whom people elect, and its profile links to the areas around it.
    """
    where = bundle.postcode(text)
    if where is not None:
        return where.get("ward_code")
    matches = bundle.find(text, MOST_MATCHES)
    same = [match for match in matches if match.why == "name"]
    certain = same if len(same) == 1 else matches
    return certain[0].area_code if len(certain) == 1 else None


def around(bundle: Bundle, code: str) -> list[str]:
    """The areas that an area belongs to, smallest first: local area, neighbourhood, Place."""
    level = level_of(bundle, code)
    parent = parent_of(bundle, code)
    found = [parent] if level == "lsoa" and parent else []
    if level == "ward":
        every = bundle.areas[bundle.areas["area_level"] == "neighbourhood"]
        found += [str(key) for key in every.index if code in bundle.wards_of(str(key))]
    place = place_of(bundle, code)
    if place and place != code:
        found.append(place)
    return [key for key in found if key in bundle.areas.index]


def describe(bundle: Bundle, code: str) -> str:
    """An area's name with its kind and Place: "Everton East, ward in Liverpool"."""
    level, place = level_of(bundle, code), place_of(bundle, code)
    if level in ("place", "region", "england"):
        return name_of(bundle, code)
    return f"{name_of(bundle, code)}, {one(level)}" + (f" in {name_of(bundle, place)}" if place else "")


def codes_of(bundle: Bundle, level: str) -> list[str]:
    """The codes of a level's areas, by Place in display order and then by name."""
    order = {code: i for i, code in enumerate(bundle.config.place_codes)}
    codes = [str(code) for code in bundle.areas.index[bundle.areas["area_level"] == level]]
    return sorted(
        codes, key=lambda code: (order.get(place_of(bundle, code) or "", 99), name_of(bundle, code))
    )


def show_list(bundle: Bundle, *, key: str, level: str) -> None:
    """Draw a list of all areas of a level to choose from; the choice opens its profile."""

    def chosen() -> None:
        remember(area=st.session_state.get(key))

    st.selectbox(
        f"Or choose a {one(level)} from the list",
        codes_of(bundle, level),
        index=None,
        placeholder="Type or scroll",
        format_func=lambda code: f"{name_of(bundle, code)}, {name_of(bundle, place_of(bundle, code) or '')}",
        key=key,
        on_change=chosen,
    )


def describe_spot(spot: Spot) -> str:
    """What a name means and where it is: "Pilch Lane, street of Roby Surgery: ward Knotty Ash, Liverpool"."""
    kind = KINDS[spot.kind].format(of=spot.of)
    return f"{spot.name}, {kind}: ward {spot.ward_name}, {spot.place_name}"


def beside(spots: list[Spot], found: Found) -> list[Spot]:
    """The spots that the list of streets does not have: known twice, a street would be listed twice."""
    have = {(plain(street.name), street.ward.code) for street in found.streets}
    return [
        spot
        for spot in spots
        if spot.kind not in ("street", "locality", "town") or (plain(spot.name), spot.ward_code) not in have
    ]


def _show_spots(spots: list[Spot]) -> None:
    """Draw the names that lead to a ward, with how far they can be trusted."""
    for spot in spots:
        navigation.link("profile", describe_spot(spot), {"area": spot.ward_code})
    notes = []
    if any(spot.kind in ("town", "locality", "street", "park") for spot in spots):
        notes.append("A town, district, street or park can reach into other wards; a postcode is surer.")
    if any(spot.source_id == "osm-parks-and-docks" for spot in spots):
        notes.append("Parks and docks: © OpenStreetMap contributors.")
    if notes:
        st.html(f'<p class="quiet small">{escape(" ".join(notes))}</p>')


def _typed(key: str) -> str:
    """What stands in the search field, without blanks around it."""
    return str(st.session_state.get(key) or "").strip()[:LONGEST]


def show(
    bundle: Bundle,
    *,
    key: str,
    label: str = "Find your area: postcode, ward or neighbourhood",
    stays: bool = False,
) -> None:
    """Draw the search. One certain match opens its profile; several are offered as links.

    `stays` is True on the profile itself: the page runs once with the new area, not twice, and keeps what is
    open.
    """

    def found_here() -> None:
        code = answer(bundle, _typed(key))
        if code:
            remember(area=code)
            st.session_state[key] = ""

    with st.form(f"{key}-form", border=False, enter_to_submit=True):
        field, button = st.columns([3, 1], vertical_alignment="bottom")
        field.text_input(label, key=key, placeholder="For example L4 0TH, Everton, or a school")
        asked = button.form_submit_button("Find", width="stretch", on_click=found_here if stays else None)
    text = _typed(key)
    if not text:
        return
    code = answer(bundle, text)
    if asked and code:
        st.switch_page(str(navigation.script("profile")), query_params={"area": code})
    district = bundle.postcode_district(text)
    if district is not None:
        show_district(bundle, district)
        return
    matches = bundle.find(text, MOST_MATCHES)
    # the list of streets is large: it is not opened for those who gave the name of an area
    named = any(match.why == "name" for match in matches)
    found = Found() if named else find_streets(bundle, text, MOST_MATCHES)
    spots = beside(find_spots(bundle, text, MOST_MATCHES), found)
    if not (matches or spots or found.streets):
        st.html(f'<p class="notice" role="status">{escape(nothing_found(bundle, text))}</p>')
        return
    count = len(matches) + len(spots) + len(found.streets)
    words = "One name matches:" if count == 1 else f"{count} names match. Choose one:"
    st.html(f'<p class="quiet" role="status">{words}</p>')
    for match in matches:
        navigation.link("profile", f"{describe(bundle, match.area_code)}", {"area": match.area_code})
    _show_spots(spots)
    show_streets(bundle, found)
