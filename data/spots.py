"""Find what is smaller than a ward or has no borders: towns, streets, parks, schools; and names misspelt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

import pandas as pd

from data.find import plain, spellings
from data.query import Bundle

SHORTEST = 3  # letters: fewer fit hundreds of names
NAMED = ("place", "neighbourhood", "ward", "msoa")
ALIKE = 0.78  # share of letters in common; one wrong letter in five still counts


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
    if len(plain(text)) < SHORTEST:
        return []
    plain_names = names["plain_name"]
    forms = spellings(text)
    quality = pd.Series(9, index=names.index)
    quality[plain_names.str.contains("|".join(rf"\b{re.escape(form)}" for form in forms))] = 2
    quality[plain_names.str.startswith(tuple(forms))] = 1
    quality[plain_names.isin(forms)] = 0
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


def find_spots(bundle: Bundle, text: str, limit: int = 8) -> list[Spot]:
    """What fits a text, best first; nothing for a postcode, which says more than any name."""
    if bundle.postcode(text) is not None:
        return []
    return spots_by_name(bundle.place_names, bundle.areas["area_name"], text, limit)


def names_alike(bundle: Bundle, text: str, limit: int = 3) -> list[str]:
    """Names of areas and spots that are spelled nearly like a text, the nearest first."""
    wanted = plain(text)
    if len(wanted) <= SHORTEST:
        return []
    named = bundle.areas[bundle.areas["area_level"].isin(NAMED)]
    known = bundle.place_names.set_index("plain_name")["name"].to_dict()
    known |= named.set_index("plain_name")["area_name"].to_dict()
    return [str(known[name]) for name in get_close_matches(wanted, list(known), n=limit, cutoff=ALIKE)]
