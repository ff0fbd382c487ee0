"""Find a street, station or settlement in the list of Ordnance Survey, where the bundle has one.

The list is opened when a search asks for it, not with the other tables: most visitors type a postcode or the
name of an area.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache
from pathlib import Path

import pandas as pd

from data.find import SHORT, plain, spellings
from data.query import Bundle
from data.spots import ALIKE, SHORTEST

# Of one quality of match, people mostly mean the larger and better known thing.
KINDS = ("city", "town", "village", "suburb", "settlement", "hamlet", "station", "street")
STREET_WORDS = frozenset(SHORT.values()) | {"way", "walk", "row", "parade", "brow", "mews", "hey", "highway"}
LENGTHS_APART = 3  # letters more or fewer than were typed, for a name to count as a slip of the finger


@dataclass(frozen=True)
class Ward:
    """A ward with its name and that of its Place."""

    code: str
    name: str
    place: str


@dataclass(frozen=True)
class Street:
    """A street, station or settlement and the ward in which its middle lies.

    `part` is True where only parts of the street have their middle there; `within` and `district` are the
    settlement and the postcode districts, "" where not given. `also` are other wards that the street may run
    through, none where there are too many to say: `reach` counts them all. `exact` is True where the name is
    the one that was typed.
    """

    name: str
    kind: str
    part: bool
    within: str
    district: str
    ward: Ward
    also: tuple[Ward, ...]
    reach: int
    exact: bool


@dataclass(frozen=True)
class Found:
    """The best matches, and how many there are in all."""

    streets: tuple[Street, ...] = ()
    total: int = 0


def is_street(text: str) -> bool:
    """Whether a text ends like the name of a street."""
    words = spellings(text)[-1].split()
    return len(words) > 1 and words[-1] in STREET_WORDS


def _stem(text: str) -> str:
    """A name without the word that says that it is a street: "bold" of "Bold Street"."""
    spelled = spellings(text)[-1]
    return spelled.rsplit(" ", 1)[0] if is_street(text) else spelled


def may_be_meant(text: str, name: str) -> bool:
    """Whether a name near a text is near without "street" or "road" too: Laird Street is not Bold Street."""
    return not is_street(text) or SequenceMatcher(None, _stem(text), _stem(name)).ratio() >= ALIKE


@lru_cache(maxsize=1)
def _index(file: Path, version: str) -> pd.DataFrame:
    """The table with ``plain_name`` (a category) and ``tells``, the words that tell equal names apart."""
    table = pd.read_parquet(file)
    plainly = {name: plain(name) for name in table["name"].unique()}
    table["plain_name"] = table["name"].map(plainly).astype("category")
    beside = table["within"] + " " + table["district"]
    table["tells"] = beside.map({text: plain(text) for text in beside.unique()})
    return table


def _table(bundle: Bundle) -> pd.DataFrame | None:
    used = bundle.street_names
    return None if used is None else _index(used.file, bundle.version)


def find_streets(bundle: Bundle, text: str, limit: int = 8) -> Found:
    """What fits a text, best first: a whole name, one with its town or postcode district, a part of one.

    Nothing for a postcode, or where the bundle has no list.
    """
    if len(plain(text)) < SHORTEST or bundle.postcode(text) is not None:
        return Found()
    table = _table(bundle)
    return Found() if table is None else _search(bundle, table, text, limit)


def _search(bundle: Bundle, table: pd.DataFrame, text: str, limit: int) -> Found:
    areas = bundle.areas
    called, place = areas["area_name"], areas["place_code"]
    forms = spellings(text)
    known = table["plain_name"].cat.categories.to_series(index=range(table["plain_name"].cat.categories.size))
    fits = pd.Series(9, index=known.index)
    for wanted in forms:
        fits[(fits > 3) & known.str.contains(rf"\b{re.escape(wanted)}")] = 3
        fits[(fits > 2) & known.str.startswith(wanted)] = 2
    fits[known.isin(forms)] = 0
    quality = pd.Series(fits.to_numpy()[table["plain_name"].cat.codes], index=table.index)
    for at, words in _with_more(table, forms):
        where = plain(str(called[place[table.at[at, "ward_code"]]]))
        if words <= {*str(table.at[at, "tells"]).split(), *where.split()}:
            quality[at] = min(1, quality[at])
    found = table.assign(quality=quality)[quality < 9]
    order = {code: i for i, code in enumerate(bundle.config.place_codes)}
    found = found.assign(
        order=found["kind"].map(KINDS.index),
        where=found["ward_code"].map(place).map(order),
        ward=found["ward_code"].map(called),
    ).sort_values(["quality", "order", "where", "name", "ward", "ward_code"], kind="stable")
    return Found(tuple(_street(bundle, row) for row in found.head(limit).to_dict("records")), len(found))


def _with_more(table: pd.DataFrame, forms: list[str]) -> Iterator[tuple[int, set[str]]]:
    """Rows whose whole name is how a text begins, with the other words of the text."""
    for wanted in forms:
        words = wanted.split()
        for cut in range(1, len(words)):
            for at in table.index[table["plain_name"] == " ".join(words[:cut])]:
                yield at, set(words[cut:])


def _street(bundle: Bundle, row: dict[str, object]) -> Street:
    also = tuple(_ward(bundle, code) for code in str(row["also"]).split())
    return Street(
        str(row["name"]), str(row["kind"]), bool(row["part"]), str(row["within"]), str(row["district"]),
        _ward(bundle, str(row["ward_code"])), also, int(str(row["reach"])), int(str(row["quality"])) <= 1,
    )  # fmt: skip


def _ward(bundle: Bundle, code: str) -> Ward:
    return Ward(code, bundle.name(code), bundle.place_name(bundle.areas.at[code, "place_code"]))


def streets_alike(bundle: Bundle, text: str, limit: int = 3) -> list[str]:
    """Names on the list spelled nearly like a text, the nearest first; they begin with the same letter."""
    wanted = spellings(text)[-1]
    table = _table(bundle)
    if table is None or len(wanted) <= SHORTEST:
        return []
    names = table["plain_name"].cat.categories.to_series()
    length = names.str.len()
    low, high = len(wanted) - LENGTHS_APART, len(wanted) + LENGTHS_APART
    near = list(names[names.str.startswith(wanted[0]) & length.between(low, high)])
    found = get_close_matches(wanted, near, n=limit, cutoff=ALIKE)
    return [str(table.loc[table["plain_name"] == name, "name"].iloc[0]) for name in found]
