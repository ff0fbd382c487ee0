"""Whether the people of an area are young or old, as far as that moves how many have a condition."""

from __future__ import annotations

from typing import Literal

from data.query import Bundle, Observation
from data.support import Support, supports
from methods.compare import Direction

OF_AGE = "qof-hyp"  # the commonest register that rises with age
MARKED = 1.15  # ages alone make this register a good eighth smaller (or larger) than in England
Ages = Literal["young", "old", ""]


def support_of(bundle: Bundle, observation: Observation) -> Support | None:
    """What stands behind a figure of a register; None for everything else."""
    if observation.group != "all":
        return None
    found = supports(bundle.version)
    return found.of(observation.indicator_id, observation.area_code, observation.period)


def ages_of(bundle: Bundle, code: str) -> Ages:
    """Whether people are young or old here, by what their ages alone make of high blood pressure.

    The standardised over the crude figure is England's over that expected at the ages of the area.
    """
    own = bundle.value(OF_AGE, code)
    support = support_of(bundle, own) if own is not None else None
    if own is None or not own.value or support is None or support.standardised is None:
        return ""
    ratio = support.standardised / own.value
    return "young" if ratio > MARKED else "old" if ratio < 1 / MARKED else ""


def may_be_age(ages: Ages, found: Direction) -> bool:
    """Whether the ages alone may make a crude figure that rises with age differ from England's."""
    return (ages, found) in (("young", "lower"), ("old", "higher"))
