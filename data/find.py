"""Find an area by what people type: a postcode, the name of a ward or neighbourhood, a code."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import pandas as pd

# Within one quality of match, people mostly mean the larger and better known unit.
LEVEL_ORDER = {"place": 0, "neighbourhood": 1, "ward": 2, "msoa": 3, "pcn": 4, "lsoa": 5}
POSTCODE = re.compile(r"^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$")
DISTRICT = re.compile(r"^([A-Z]{1,2}[0-9][A-Z0-9]?)(?:\s+([0-9][A-Z]?))?$")
WHY = ("name", "name begins so", "part of the name", "part of the name")  # best first
INWARD = 3  # signs of the second half of a postcode
# How people shorten the names of streets.
SHORT = {
    "rd": "road", "st": "street", "ave": "avenue", "av": "avenue", "ln": "lane", "dr": "drive",
    "cl": "close", "cres": "crescent", "gdns": "gardens", "gr": "grove", "pl": "place", "sq": "square",
    "ct": "court", "ter": "terrace", "terr": "terrace", "blvd": "boulevard",
}  # fmt: skip


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


def spellings(text: str) -> list[str]:
    """A plain text as typed and with its short words written out: "church rd" gives "church road" as well.

    The first word stays as it is: "st johns road" is no street called Johns Road.
    """
    words = plain(text).split()
    last = [*words[:-1], SHORT.get(words[-1], words[-1])] if len(words) > 1 else words
    every = [*words[:1], *(SHORT.get(word, word) for word in words[1:])]
    return list(dict.fromkeys(" ".join(form) for form in (words, last, every)))


def by_name(areas: pd.DataFrame, place_names: dict[str, str], text: str, limit: int) -> list[Match]:
    """Areas whose name or code fits; exact before beginning before containing, larger units first.

    `areas` is indexed by area_code with ``area_name, area_level, place_code, plain_name``.
    """
    wanted = plain(text)
    if not wanted:
        return []
    code = re.sub(r"\s", "", text).upper()
    begins = re.compile(rf"\b{re.escape(wanted)}")
    near = areas[areas["plain_name"].str.contains(wanted, regex=False) | (areas.index == code)]
    columns = (near[name] for name in ("plain_name", "area_name", "area_level", "place_code"))
    ranked = []
    for key, plain_name, name, level, place in zip(near.index, *columns, strict=True):
        if level not in LEVEL_ORDER:
            continue
        quality = 0 if plain_name == wanted or key == code else 1 if plain_name.startswith(wanted) else 2
        quality += quality == 2 and not begins.search(plain_name)
        ranked.append((quality, LEVEL_ORDER[level], name, str(key), level, place_names.get(place, "")))
    return [
        Match(key, name, level, place, WHY[quality])
        for quality, _, name, key, level, place in sorted(ranked, key=lambda row: row[:3])[:limit]
    ]


@dataclass(frozen=True)
class District:
    """The beginning of a postcode ("L4", "L4 0"): how many postcodes begin so, and how many in each ward."""

    name: str
    wards: tuple[tuple[str, int], ...]
    postcodes: int


def postcode_district(postcodes: pd.DataFrame, text: str) -> District | None:
    """The wards of a first half of a postcode, with or without a part of the second; None where it is none.

    `postcodes` has ``postcode`` (no space, sorted) and ``ward_code``. The ward with most comes first. "L40"
    is the district L40, "L4 0" a part of L4.
    """
    found = DISTRICT.match(" ".join(text.upper().split()))
    if found is None:
        return None
    outward, rest = found[1], found[2] or ""
    all_of_them = postcodes["postcode"]
    start = int(all_of_them.searchsorted(outward))
    end = int(all_of_them.searchsorted(outward + "\uffff"))
    near = postcodes.iloc[start:end]
    code = near["postcode"]
    inside = (code.str.len() == len(outward) + INWARD) & code.str.startswith(outward + rest)
    near = near[inside]
    if near.empty:
        return None
    counts = near["ward_code"].astype(str).value_counts()
    order = sorted(((str(ward), int(n)) for ward, n in counts.items()), key=lambda pair: (-pair[1], pair[0]))
    return District(f"{outward} {rest}".strip(), tuple(order), len(near))
