"""What the search says of streets: those on the list of Ordnance Survey, and those that nobody told us of."""

from __future__ import annotations

from html import escape

import streamlit as st

from components import navigation
from components.selection import quoted
from data.find import District, normal_postcode
from data.query import Bundle
from data.spots import names_alike
from data.street_search import Found, Street, Ward, is_street, may_be_meant, streets_alike
from house_style.level_names import listed

KINDS = {
    "street": "the middle of the street",
    "station": "railway station",
    "city": "the middle of the city",
    "town": "the middle of the town",
    "village": "the middle of the village",
    "hamlet": "the middle of the hamlet",
    "suburb": "the middle of the district",
    "settlement": "the middle of the settlement",
}
PART = "the middle of a part of the street"
MOST_WITH_REACH = 2  # streets whose other wards are listed; more would bury the names
MOST_DISTRICT_WARDS = 12
AREAS = "the name of a ward, neighbourhood, local area or Place, a school or a GP practice"


def where(ward: Ward) -> str:
    """A ward with its Place: "ward Everton West, Liverpool"."""
    return f"ward {ward.name}, {ward.place}"


def describe_street(street: Street) -> str:
    """What is known: "Mill Lane (Wallasey, CH44), the middle of the street: ward Liscard, Wirral"."""
    place = "" if street.within in (street.ward.place, street.name) else street.within
    tells = ", ".join(part for part in (place, street.district) if part)
    return (
        f"{street.name}{f' ({tells})' if tells else ''}, {PART if street.part else KINDS[street.kind]}: "
        f"{where(street.ward)}"
    )


def other_wards(streets: tuple[Street, ...]) -> list[tuple[Street, Ward]]:
    """Wards through which the streets that were typed may also run, where they are few enough to list."""
    exact = [street for street in streets if street.exact and street.kind == "street"]
    if len(exact) > MOST_WITH_REACH:
        return []
    known = {(street.name, street.ward.code) for street in exact}
    return [
        (street, ward) for street in exact for ward in street.also if (street.name, ward.code) not in known
    ]


def credit(bundle: Bundle, *, whole: bool = True) -> str:
    """What the licence of the list asks to be said, with its year; "" where there is no list.

    Not `whole`: its first sentence only, under the results. The whole stands in the footer of every page.
    """
    used = bundle.street_names
    if used is None:
        return ""
    year = used.dated.split()[-1] if used.dated else ""
    attribution = bundle.catalogue.sources[used.provider].attribution.rstrip(".")
    words = [f"{part} {year}".strip() for part in attribution.split(". ")][: None if whole else 1]
    return f"Streets, stations and settlements: {'. '.join(words)}."


def show_streets(bundle: Bundle, found: Found) -> None:
    """Draw the streets that fit as links to the ward of their middle, and how far that can be trusted."""
    for street in found.streets:
        navigation.link("profile", describe_street(street), {"area": street.ward.code})
    also = other_wards(found.streets)
    for street, ward in also:
        navigation.link("profile", f"{street.name} may also run through: {where(ward)}", {"area": ward.code})
    notes = []
    if any(street.reach for street in found.streets):
        notes.append("We know where the middle of a street is. A long street runs on: a postcode is surer.")
    if found.total > len(found.streets):
        more = found.total - len(found.streets)
        notes.append(
            f"{more:,} more {'names fit' if more > 1 else 'name fits'}. Add the town or the first half of "
            "the postcode, as in “Church Road L15”."
        )
    if found.streets:
        notes.append(credit(bundle, whole=False))
        st.html(f'<p class="quiet small">{escape(" ".join(notes))}</p>')


def show_district(bundle: Bundle, district: District) -> None:
    """Draw the wards in which the postcodes of a district stand, those with most first."""
    many = len(district.wards)
    words = f"{district.name} is the beginning of {district.postcodes:,} postcodes"
    words += (
        f" in {many} wards. Type a whole postcode to find the ward you mean, or choose:"
        if many > 1
        else ", all in one ward:"
    )
    st.html(f'<p class="quiet" role="status">{escape(words)}</p>')
    for code, count in district.wards[:MOST_DISTRICT_WARDS]:
        ward = Ward(code, bundle.name(code), bundle.place_name(bundle.areas.at[code, "place_code"]))
        share = f"{count:,} of the {district.postcodes:,} postcodes"
        navigation.link("profile", f"{ward.name}, ward in {ward.place}: {share}", {"area": code})
    rest = many - MOST_DISTRICT_WARDS
    if rest > 0:
        words = f"{rest} more {'wards have' if rest > 1 else 'ward has'} no more than the last of these."
        st.html(f'<p class="quiet small">{escape(words)}</p>')


def nothing_found(bundle: Bundle, text: str) -> str:
    """What to say where nothing fits: why, names spelled nearly so, and what to type instead."""
    if normal_postcode(text) is not None:
        return (
            f"We know no postcode {quoted(text)} in {bundle.config.region_name}. A new postcode may not be "
            f"on our list yet. Type a postcode nearby, or {AREAS}."
        )
    alike = dict.fromkeys([*names_alike(bundle, text), *streets_alike(bundle, text)])
    near = [name for name in alike if may_be_meant(text, name)][:3]
    meant = f" Did you mean {listed([f'“{name}”' for name in near], 'or')}?" if near else ""
    surer = "a full postcode: it always leads to its ward"
    if bundle.street_names is not None:
        return f"Nothing is called {quoted(text)}.{meant} Type {surer}. You can also type a street, {AREAS}."
    if is_street(text):
        return (
            f"We do not know where {quoted(text)} is. Our data have the name of a street only where a GP "
            f"surgery stands in it.{meant} Instead, type {surer}."
        )
    return (
        f"Nothing is called {quoted(text)}.{meant} Type {surer}. You can also type {AREAS}, a town or "
        "village and, in Liverpool, a park or dock. We know the name of a street only where a GP surgery "
        "stands in it."
    )
