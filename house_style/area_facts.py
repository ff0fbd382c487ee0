"""Plain facts about an area from the areas table, as text: name, level, Place, parent."""

from __future__ import annotations

from functools import lru_cache

from data.query import Bundle


@lru_cache(maxsize=50_000)  # a page asks for the same few names dozens of times
def _text(bundle: Bundle, code: str, column: str) -> str | None:
    value = bundle.areas[column].get(code)
    return value if isinstance(value, str) else None


def name_of(bundle: Bundle, code: str) -> str:
    """The name of an area; its code where it has none."""
    return _text(bundle, code, "area_name") or code


def level_of(bundle: Bundle, code: str) -> str:
    """The level of an area: "ward"; "" where the code is unknown."""
    return _text(bundle, code, "area_level") or ""


def place_of(bundle: Bundle, code: str) -> str | None:
    """The code of the Place an area lies in (a Place lies in itself); None for region and England."""
    return _text(bundle, code, "place_code")


def parent_of(bundle: Bundle, code: str) -> str | None:
    """The code of the next larger area by construction: LSOA to MSOA, MSOA and ward to Place."""
    return _text(bundle, code, "parent_code")
