"""Numbers as people say them in a hall: "about 4 in 10", "about 42,500 people".

Words are only used where they stay close to the figure. A picture or the figure in a hundred stands beside
them, so that nobody has to take the rounding on trust.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from data.figure_words import SMALL
from data.figure_words import in_hundred as in_hundred
from data.figure_words import pair as pair

TENTHS = tuple((10.0 * n, f"{n} in 10") for n in range(1, 10))
FRACTIONS = ((25.0, "1 in 4"), (100 / 3, "1 in 3"), (200 / 3, "2 in 3"), (75.0, "3 in 4"))
NEAR_TENTH, NEAR_FRACTION = 3.2, 1.7  # points: 37 is "about 4 in 10", 36 is not
NEAR_SHARE = 0.15  # of the figure itself: 13 is not "about 1 in 10"
EXACT = 0.5  # points: nearer than this needs no "about"
ALL = 99.5
COMPASS = ("east", "north-east", "north", "north-west", "west", "south-west", "south", "south-east")
SPELLED = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def share(percent: float) -> str:
    """A percentage as a share: 37.0 becomes "about 4 in 10", 70.2 "7 in 10", 15.0 "about 15 in 100".

    ValueError outside 0 to 100.
    """
    if not 0 <= percent <= 100:
        raise ValueError(f"a share is between 0 and 100, not {percent}")
    if percent == 0:
        return "none"
    if percent < 0.5:
        return "fewer than 1 in 100"
    if percent >= ALL:
        return "all" if percent == 100 else "nearly all"
    found = []
    if percent >= SMALL:
        for near, names in ((NEAR_TENTH, TENTHS), (NEAR_FRACTION, FRACTIONS)):
            limit = min(near, NEAR_SHARE * percent)
            found += [(abs(percent - at), name) for at, name in names if abs(percent - at) <= limit]
    if not found:
        return f"about {round(percent)} in 100"
    distance, words = min(found)
    return words if distance <= EXACT else f"about {words}"


def people(number: float) -> str:
    """A count of people, rounded to what can be said aloud: "42,500", "486,000", "5,200"."""
    step = 1 if number < 20 else 10 if number < 1_000 else 100 if number < 20_000 else 500
    step = 1_000 if number >= 100_000 else step
    return f"{round(number / step) * step:,}"


def spelled(number: int) -> str:
    """Small numbers in letters: 3 becomes "three"."""
    return SPELLED[number] if 0 <= number < len(SPELLED) else f"{number:,}"


def capital(text: str) -> str:
    """The text with a capital first letter; the rest as it is."""
    return text[:1].upper() + text[1:]


def listed(items: Sequence[str]) -> str:
    """Items as in a sentence: "a, b and c"."""
    return "".join(items) if len(items) < 2 else f"{', '.join(items[:-1])} and {items[-1]}"


def the(name: str) -> str:
    """An area's name inside a sentence: working neighbourhoods ("Anfield area") take an article."""
    return f"the {name}" if name.endswith(" area") else name


def compass(east: float, north: float) -> str:
    """The direction of a step in words: (0, 1) is "north"."""
    return COMPASS[round(math.degrees(math.atan2(north, east)) / 45) % 8]


def period(text: str) -> str:
    """A period as one says it: "2022 - 24" becomes "2022 to 2024"; others stay."""
    match = re.fullmatch(r"(\d{2})(\d{2})\s*-\s*(\d{2})", text)
    return f"{match[1]}{match[2]} to {match[1]}{match[3]}" if match else text


def hundred(parts: Sequence[float]) -> list[int]:
    """Parts of a whole as whole numbers that add up to 100 (largest remainders).

    ValueError for negative parts or a whole of nothing.
    """
    total = sum(parts)
    if total <= 0 or min(parts) < 0:
        raise ValueError(f"parts of nothing, or negative ones: {list(parts)}")
    exact = [part / total * 100 for part in parts]
    found = [int(value) for value in exact]
    order = sorted(range(len(exact)), key=lambda at: exact[at] - found[at], reverse=True)
    for at in order[: 100 - sum(found)]:
        found[at] += 1
    return found
