"""Deprivation in place (where the area comes among others) and in spread (who lives in which tenth)."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import streamlit as st

from components import profile_open, profile_sections
from components.caveats import capital
from data.figure_words import in_hundred
from data.query import Bundle
from geo.config import config
from house_style.area_facts import level_of, name_of, place_of
from house_style.figures import number, ordinal
from house_style.level_names import many
from house_style.narrative import placed

SCORE = "imd-score"
RANKED = ("msoa", "ward", "neighbourhood", "place")
SMALL_AREAS = "33,755"
HOW = (
    "By the average score of the Indices of Deprivation 2025. The order does not say how far apart areas are."
)


def _place_among(bundle: Bundle, code: str, places: list[str]) -> tuple[int, int] | None:
    """Which most deprived it is (1 is the most), of how many areas of its kind; None without a score."""
    rows = bundle.slice(SCORE, level_of(bundle, code), places=places)
    known = rows[rows["value"].notna()]
    own = known.loc[known["area_code"] == code, "value"]
    if own.empty or len(known) < 2:
        return None
    return int((known["value"] > float(own.iloc[0])).sum()) + 1, len(known)


def _words(position: int, of: int) -> str:
    """ "the most deprived", "the 3rd most deprived", "the least deprived"."""
    if position == of:
        return "the least deprived"
    return "the most deprived" if position == 1 else f"the {ordinal(position)} most deprived"


@lru_cache(maxsize=256)
def in_place(bundle: Bundle, code: str) -> str:
    """Where the area comes among those of its kind; "" where there is no order to come in."""
    level = level_of(bundle, code)
    if level == "lsoa":
        tenth = bundle.value("imd-decile", code)
        if tenth is None or tenth.value is None:
            return ""
        return (
            f"It is in tenth {number(tenth.value)} when England’s {SMALL_AREAS} small areas are put in ten "
            "equal groups, where 1 is the most deprived."
        )
    if level not in RANKED:
        return ""
    inside, place = [], place_of(bundle, code)
    if place and level != "place":
        inside.append((name_of(bundle, place), _place_among(bundle, code, [place])))
    if level != "neighbourhood":
        inside.append((config().region_name, _place_among(bundle, code, [])))
    known = [(where, found) for where, found in inside if found is not None]
    who = (placed(name_of(bundle, code)), "it")
    said = [
        f"Of the {found[1]} {many(level).split(' (')[0]} in {where}, {who[min(at, 1)]} is {_words(*found)}."
        for at, (where, found) in enumerate(known)
    ]
    return " ".join(said)


def sentences(bundle: Bundle, code: str) -> list[str]:
    """In place, then in spread."""
    found = [in_place(bundle, code)]
    spread = profile_sections.spread_frame(bundle, code)
    if spread is not None:
        found.append(in_spread(spread[0]))
    return [text for text in found if text]


def in_spread(frame: pd.DataFrame) -> str:
    """How many of a hundred live in the most deprived fifth and tenth of England; "" without figures."""
    share = frame.set_index("decile")["percent"]
    if pd.isna(share[1]) or pd.isna(share[2]):
        return ""
    fifth, tenth = in_hundred(min(float(share[1] + share[2]), 100.0)), in_hundred(float(share[1]))
    if fifth.startswith("0"):
        return "None of the people here live in England’s most deprived fifth."
    also = "None" if tenth.startswith("0") else capital(tenth)
    fifth = f"{capital(fifth)} people here live in England’s most deprived fifth."
    return f"{fifth} {also} live in its most deprived tenth."


def show(bundle: Bundle, code: str, opened: frozenset[str]) -> None:
    """Draw the part."""
    said = sentences(bundle, code)
    notes = [HOW] if level_of(bundle, code) in RANKED and said else []
    profile_open.opening("Deprivation: here, and how it is spread", said, notes=notes)
    with profile_open.fold(
        "deprivation", "Show the spread of deprivation, and people’s ages", opened
    ) as is_open:
        if is_open:
            left, right = st.columns(2, gap="large")
            with left:
                profile_sections.spread(bundle, code)
            with right:
                profile_sections.people(bundle, code)
