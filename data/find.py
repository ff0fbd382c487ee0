"""Find an area by what people type: a postcode, the name of a ward or neighbourhood, a code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import pandas as pd

# Within one quality of match, people mostly mean the larger and better known unit.
LEVEL_ORDER = {"place": 0, "neighbourhood": 1, "ward": 2, "msoa": 3, "pcn": 4, "lsoa": 5}
POSTCODE = re.compile(r"^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$")


@dataclass(frozen=True)
class Match:
    """One area that fits what was typed; `why` says in what way."""

    area_code: str
    area_name: str
    area_level: str
    place_name: str
    why: str


def normal_postcode(text: str) -> str | None:
    """A postcode in capitals without its space, or None when the text is not shaped like one."""
    squeezed = re.sub(r"[^A-Za-z0-9]", "", text).upper()
    return squeezed if POSTCODE.match(squeezed) else None


def plain(text: str) -> str:
    """Lower case, without accents and apostrophes, other signs as one space ("St. John's" = "st johns")."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    spelled = (
        bare.lower().replace("&", " and ").replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    )
    return re.sub(r"[^a-z0-9]+", " ", spelled).strip()


@dataclass(frozen=True)
class Spot:
    """Something smaller than a ward, or without borders of its own, and the ward in which it stands.

    `kind` is town, locality, street, park, dock, school or practice; `of` the surgery from whose address a
    street or locality is known, else "".
    """

    name: str
    kind: str
    of: str
    ward_code: str
    ward_name: str
    place_name: str
    source_id: str


# Of one quality of match, people mostly mean the larger and better known thing.
KIND_ORDER = {
    kind: at for at, kind in enumerate(("town", "locality", "park", "dock", "street", "school", "practice"))
}


def spots_by_name(names: pd.DataFrame, called: pd.Series, text: str, limit: int) -> list[Spot]:
    """Spots whose name fits: exact before beginning before containing.

    `names` has the columns of the table of place names and ``plain_name``; `called` names by area code.
    """
    wanted = plain(text)
    if len(wanted) < 3:
        return []
    plain_names = names["plain_name"]
    quality = pd.Series(9, index=names.index)
    quality[plain_names.str.contains(rf"\b{re.escape(wanted)}")] = 2
    quality[plain_names.str.startswith(wanted)] = 1
    quality[plain_names == wanted] = 0
    found = names.assign(quality=quality, order=names["kind"].map(KIND_ORDER))
    found = found[found["quality"] < 9].sort_values(["quality", "order", "name", "ward_code"], kind="stable")
    return [
        Spot(
            row.name,
            row.kind,
            row.of,
            row.ward_code,
            str(called[row.ward_code]),
            str(called[row.place_code]),
            row.source_id,
        )
        for row in found.head(limit)[[
            "name", "kind", "of", "ward_code", "place_code", "source_id"
        ]].itertuples(index=False)
    ]  # fmt: skip


def alike(known: Sequence[str], text: str, limit: int = 3) -> list[str]:
    """Names that are spelled nearly like a text, the nearest first; empty for short texts."""
    wanted = plain(text)
    if len(wanted) < 4:
        return []
    by_plain = {plain(name): name for name in reversed(known)}
    return [by_plain[name] for name in get_close_matches(wanted, list(by_plain), n=limit, cutoff=0.78)]


def by_name(areas: pd.DataFrame, place_names: dict[str, str], text: str, limit: int) -> list[Match]:
    """Areas whose name or code fits; exact before beginning before containing, larger units first.

    `areas` is indexed by area_code with ``area_name, area_level, place_code, plain_name``.
    """
    wanted = plain(text)
    if not wanted:
        return []
    code = re.sub(r"\s", "", text).upper()
    names = areas["plain_name"]
    quality = pd.Series(9, index=areas.index)
    quality[names.str.contains(wanted, regex=False)] = 3
    quality[names.str.contains(rf"\b{re.escape(wanted)}")] = 2
    quality[names.str.startswith(wanted)] = 1
    quality[names == wanted] = 0
    quality[areas.index == code] = 0
    found = areas.assign(quality=quality, order=areas["area_level"].map(LEVEL_ORDER))
    found = found[(found["quality"] < 9) & found["order"].notna()]
    found = found.sort_values(["quality", "order", "area_name"], kind="stable").head(limit)
    words = {0: "name", 1: "name begins so", 2: "part of the name", 3: "part of the name"}
    return [
        Match(
            str(row.Index),
            row.area_name,
            row.area_level,
            place_names.get(row.place_code, ""),
            words[row.quality],
        )
        for row in found.itertuples()
    ]
