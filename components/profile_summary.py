"""What an area's profile is called: its title, and the line over it."""

from __future__ import annotations

from components.caveats import capital
from data.query import Bundle
from geo.config import config
from house_style.area_facts import level_of, name_of, place_of
from house_style.figures import number
from house_style.level_names import one
from house_style.narrative import about, number_or_none

NOBODY, EVERYONE = (
    0.05,
    95.0,
)  # per cent: prints as 0.0; is "nearly all"


def title(bundle: Bundle, code: str) -> str:
    """The profile's heading: the area's name and what stands out, as far as the figures say."""
    name = name_of(bundle, code)
    tenth = bundle.value("imd-decile", code)
    if tenth is not None and number_or_none(tenth.value) is not None:
        return f"{name}: tenth {number(tenth.value)} of 10 by deprivation, where 1 is England’s most deprived"
    share = bundle.value("imd-most-deprived-fifth", code)
    if share is None or number_or_none(share.value) is None:
        return f"{name}: profile"
    value = float(share.value)  # type: ignore[arg-type]
    where = "England’s most deprived fifth"
    if value < NOBODY:
        return f"{name}: nobody lives in {where}"
    if value > EVERYONE:
        return f"{name}: {'everyone' if value > 100 - NOBODY else 'nearly everyone'} lives in {where}"
    return f"{name}: {about(value)} people live in {where}"


def subtitle(bundle: Bundle, code: str) -> str:
    """What kind of area it is, and where."""
    level, place = level_of(bundle, code), place_of(bundle, code)
    kind = capital(one(level).split(" (")[0]) if level not in ("region", "england") else name_of(bundle, code)
    where = f" in {name_of(bundle, place)}" if place and level != "place" else ""
    if level == "place":
        where = (
            f" in {config().region_name}" if bundle.in_region(code) else f" outside {config().region_name}"
        )
    return f"{kind}{where}."
