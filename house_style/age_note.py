"""What a crude figure hides about age, in one sentence, and only as far as the 95% limits reach."""

from __future__ import annotations

from collections.abc import Sequence

from data.catalogue.model import Indicator
from data.query import Observation
from data.support import Support
from methods.compare import Direction, direction

# (crude figure against England's, the figure allowing for age against England's): what to say
OPPOSITE = {
    ("lower", "higher"): (
        "Fewer people {where} have {what} recorded than in England because the population is young; "
        "allowing for age it is higher."
    ),
    ("higher", "lower"): (
        "More people {where} have {what} recorded than in England because the population is old; "
        "allowing for age it is lower."
    ),
}
FADES = {
    ("lower", "similar"): (
        "Fewer people {where} have {what} recorded than in England, but the population is young; "
        "allowing for age it cannot be told apart from England’s."
    ),
    ("higher", "similar"): (
        "More people {where} have {what} recorded than in England, but the population is old; "
        "allowing for age it cannot be told apart from England’s."
    ),
    ("similar", "higher"): (
        "As many people {where} have {what} recorded as in England, as far as can be told, but the "
        "population is young; allowing for age it is higher."
    ),
    ("similar", "lower"): (
        "As many people {where} have {what} recorded as in England, as far as can be told, but the "
        "population is old; allowing for age it is lower."
    ),
}


def what(indicator: Indicator) -> str:
    """The condition inside a sentence: "high blood pressure", "COPD"."""
    text = indicator.short_title.removesuffix(" (recorded)")
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def has_standardised(support: Support | None) -> bool:
    """Whether a figure that allows for age stands beside the crude one."""
    return support is not None and support.standardised is not None


def directions(
    observation: Observation | None, support: Support | None, england: float | None
) -> tuple[Direction, Direction]:
    """The crude figure and the one allowing for age, each against England's by its 95% limits."""
    crude: Direction = "not compared"
    if observation is not None:
        crude = direction(observation.lower, observation.upper, england)
    if support is None:
        return crude, "not compared"
    return crude, direction(support.standardised_lower, support.standardised_upper, england)


def age_note(
    indicator: Indicator,
    observation: Observation | None,
    support: Support | None,
    england: Observation | None,
    *,
    where: str = "here",
    strong_only: bool = False,
) -> str:
    """What the crude figure of a register hides about age; "" where age changes nothing that can be said.

    Parameters
    ----------
    observation, support
        The figure and what stands behind it (`Bundle.value`, `Supports.of`), of one area and period.
    england
        England's figure of the same period; of another period nothing is said.
    where
        "here", or "in Liverpool".
    strong_only
        True for only those figures that allowing for age turns round.
    """
    if observation is None or england is None or observation.period != england.period:
        return ""
    found = directions(observation, support, england.value)
    text = OPPOSITE.get(found, "" if strong_only else FADES.get(found, ""))
    return text.format(where=where, what=what(indicator))


def together(notes: Sequence[tuple[Indicator, tuple[Direction, Direction]]], where: str = "here") -> str:
    """One sentence for all registers that allowing for age turns from below England's to above; or ""."""
    turned = [what(indicator) for indicator, found in notes if found == ("lower", "higher")]
    if not turned:
        return ""
    if len(turned) == 1:
        return OPPOSITE["lower", "higher"].format(where=where, what=turned[0])
    names = f"{', '.join(turned[:-1])} and {turned[-1]}"
    return (
        f"Fewer people {where} than in England have {names} recorded because the population is young; "
        "allowing for age each of them is higher."
    )
