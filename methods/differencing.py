"""Protection against differencing: no two published areas may differ by a handful of people.

A user-made area that is a ward plus one small area, or a grouping that leaves out one street, gives that
street away by subtraction. Areas are therefore admitted only if nobody who knows all published counts can
narrow down a small count in any part that their borders cut out.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Set
from dataclasses import dataclass

import numpy as np

from methods.audit import TOLERANCE, ranges
from methods.results import MethodError, counts
from methods.suppression import THRESHOLD

Areas = Mapping[str, Set[Hashable]]


@dataclass(frozen=True)
class Decision:
    """Whether an area may be published beside others.

    Attributes
    ----------
    allowed
        True if it may.
    reason
        Why not, in words that name the areas but no count; empty if allowed.
    against
        Published areas that it could be subtracted from or that could be subtracted from it.
    """

    allowed: bool
    reason: str
    against: tuple[str, ...]


def admit(
    candidate: Set[Hashable],
    published: Areas,
    count: Mapping[Hashable, float],
    *,
    threshold: int = THRESHOLD,
    zero_is_safe: bool = True,
) -> Decision:
    """Whether the count of a new area may be published beside those that already are.

    Parameters
    ----------
    candidate
        The smallest units (such as LSOAs) that form the new area.
    published
        Units of each area whose count is published. A small area published by itself counts as one.
    count
        Count of each unit. A count that the publisher withheld needs a stand-in, such as the middle of what
        it can be: without one the unit, and any area that has it, is refused.
    threshold, zero_is_safe
        As for `methods.suppression.primary`.

    Raises
    ------
    MethodError
        For an empty area, a unit without a count, or a negative count.

    Notes
    -----
    Borders of all areas together cut the units into parts. Everything that can be worked out follows from the
    sums over these parts, so a part with a small count is safe only if its range, given all sums, is at least
    as wide as the threshold. That covers one difference and any chain of sums and differences. The count of
    the candidate itself must reach the threshold as well.

    References
    ----------
    Duke-Williams O, Rees P (1998), "Can census offices publish statistics for more than one small area
    geography?", International Journal of Geographical Information Science 12:579-605.

    Examples
    --------
    >>> units = {"a": 40, "b": 30, "c": 4}
    >>> admit({"a", "b"}, {"Ward": {"a", "b", "c"}}, units).reason
    'the difference between this area and Ward is below the threshold of 10'
    """
    own = _total(candidate, count)
    if own < threshold and not (own == 0 and zero_is_safe):
        return Decision(False, f"the count of this area is below the threshold of {threshold}", ())
    close = tuple(
        name
        for name, units in published.items()
        if (candidate < units or units < candidate)
        and _small(abs(own - _total(units, count)), threshold, zero_is_safe)
    )
    if close:
        names = ", ".join(close)
        return Decision(
            False,
            f"the difference between this area and {names} is below the threshold of {threshold}",
            close,
        )
    if gives_away({**published, "": candidate}, count, threshold=threshold, zero_is_safe=zero_is_safe):
        near = tuple(name for name, units in published.items() if units & candidate)
        return Decision(
            False, f"together with {', '.join(near)} a count below the threshold could be worked out", near
        )
    return Decision(True, "", ())


def gives_away(
    areas: Areas,
    count: Mapping[Hashable, float],
    *,
    threshold: int = THRESHOLD,
    zero_is_safe: bool = True,
) -> tuple[frozenset[Hashable], ...]:
    """Groups of units with a small count that the published areas let anyone narrow down.

    Parameters
    ----------
    areas, count, threshold, zero_is_safe
        As for `admit`.

    Returns
    -------
    tuple of sets of units
        Empty if nothing is given away.

    Raises
    ------
    MethodError
        For an empty area, a unit without a count, or a negative count.

    Examples
    --------
    >>> gives_away({"X": {"a", "b"}, "Y": {"b"}}, {"a": 3, "b": 50})
    (frozenset({'a'}),)
    """
    if not areas:
        return ()
    totals = np.array([_total(units, count) for units in areas.values()])
    parts: dict[tuple[bool, ...], set[Hashable]] = {}
    for unit in set().union(*areas.values()):
        parts.setdefault(tuple(unit in units for units in areas.values()), set()).add(unit)
    small = [_small(_total(units, count), threshold, zero_is_safe) for units in parts.values()]
    if not any(small):
        return ()
    low, high = ranges(np.array(list(parts), dtype=float).T, totals, wanted=small)
    return tuple(
        frozenset(units)
        for units, is_small, width in zip(parts.values(), small, high - low, strict=True)
        if is_small and width < threshold - TOLERANCE
    )


def safe_set(
    areas: Areas,
    count: Mapping[Hashable, float],
    *,
    threshold: int = THRESHOLD,
    zero_is_safe: bool = True,
) -> tuple[dict[str, Set[Hashable]], dict[str, Decision]]:
    """Admit areas in the order given; those that would give a small count away are withheld with the reason.

    Put the areas that matter most first: standard geographies before user-made ones.

    Returns
    -------
    kept, withheld
        Areas that may be published together, and the decision on each of the others.

    Raises
    ------
    MethodError
        As `admit`.

    Examples
    --------
    >>> units = {"a": 40, "b": 30, "c": 4}
    >>> kept, withheld = safe_set({"Ward": {"a", "b", "c"}, "Mine": {"a", "b"}}, units)
    >>> list(kept), list(withheld)
    (['Ward'], ['Mine'])
    """
    kept: dict[str, Set[Hashable]] = {}
    withheld: dict[str, Decision] = {}
    for name, units in areas.items():
        decision = admit(units, kept, count, threshold=threshold, zero_is_safe=zero_is_safe)
        if decision.allowed:
            kept[name] = units
        else:
            withheld[name] = decision
    return kept, withheld


def _small(number: float, threshold: int, zero_is_safe: bool) -> bool:
    return number < threshold - TOLERANCE and (number > TOLERANCE or not zero_is_safe)


def _total(units: Set[Hashable], count: Mapping[Hashable, float]) -> float:
    if not units:
        raise MethodError("an area has no units")
    absent = [unit for unit in units if unit not in count]
    if absent:
        raise MethodError(f"{len(absent)} units have no count, among them {sorted(map(str, absent))[0]}")
    return float(counts([count[unit] for unit in units], "count").sum())
