"""What each kind of area is called, in words that everybody understands."""

from __future__ import annotations

SINGULAR = {
    "lsoa": "small area (LSOA)",
    "msoa": "local area (MSOA)",
    "ward": "ward",
    "neighbourhood": "neighbourhood",
    "place": "Place",
    "pcn": "primary care network",
    "region": "region",
    "england": "England",
}
PLURAL = {
    "lsoa": "small areas (LSOAs)",
    "msoa": "local areas (MSOAs)",
    "ward": "wards",
    "neighbourhood": "neighbourhoods",
    "place": "Places",
    "pcn": "primary care networks",
    "region": "Cheshire and Merseyside",
    "england": "England",
}
MEANING = {
    "lsoa": "about 1,500 residents each; the smallest areas for which most figures are published",
    "msoa": "about 8,000 residents each; drawn by the Office for National Statistics",
    "ward": "the areas that elect councillors, as they were in 2025",
    "neighbourhood": "groups of whole wards, from the list named on this page",
    "place": "a local authority: Liverpool, Sefton, St Helens and their neighbours",
    "pcn": "groups of GP practices; they have patients, not boundaries",
    "region": "the nine Places of Cheshire and Merseyside together",
    "england": "the whole of England",
}


def one(level: str) -> str:
    """The name of one area of this level: "ward"."""
    return SINGULAR.get(level, level)


def many(level: str) -> str:
    """The name of several areas of this level: "wards"."""
    return PLURAL.get(level, level)


def listed(items: list[str], last: str = "and") -> str:
    """Items as in a sentence: "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"
