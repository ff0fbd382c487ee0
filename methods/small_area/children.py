"""How many children a rate of school readiness means, in words. Apart from the model, which needs scipy."""

from __future__ import annotations

import math

from methods.results import counts, refuse


def children_in_words(achieved: float, children: float, *, estimated: bool = True) -> str:
    """How many children starting school are not yet ready, in words and no more precisely than is known.

    An estimate is rounded to the nearest 10 (100 children and more) or 5; under 20 children it gives no
    number of those not ready at all. A council's own counts are given as they are.

    Parameters
    ----------
    achieved, children
        Children who reached the level, and all children; an estimate's may be fractional.
    estimated
        False for counts.

    Raises
    ------
    MethodError
        For missing or negative numbers, or more achieved than children.

    Examples
    --------
    >>> children_in_words(262.3, 401.8)
    'about 140 of 400 children who start school would not be ready'
    >>> children_in_words(54, 83)
    'about 30 of 85 children who start school would not be ready'
    >>> children_in_words(11, 16)
    'fewer than 20 children start school here in a year: too few to put a number on'
    >>> children_in_words(141, 203, estimated=False)
    '62 of 203 children who started school were not yet ready'
    """
    ready, total = counts([achieved, children], "children")
    refuse(ready > total + 1e-6, ready, "more children achieved the level than there are")
    behind = max(total - ready, 0.0)
    if not estimated:
        return f"{behind:,.0f} of {total:,.0f} children who started school were not yet ready"
    if total < 20:
        return "fewer than 20 children start school here in a year: too few to put a number on"
    base = 10 if total >= 100 else 5
    about, of = (math.floor(number / base + 0.5) * base for number in (behind, total))
    if about == 0:
        return f"fewer than {base} of about {of:,} children who start school would not be ready"
    if about == of:
        return f"nearly all of about {of:,} children who start school would not be ready"
    return f"about {about:,} of {of:,} children who start school would not be ready"
