"""The census measures by which areas of England are called alike, with their weights.

None of them is among the figures that are then compared (`data.beside.FIGURES`): those come from records of
incomes and benefits of 2022 and from the Indices of Deprivation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Scale = Literal["as it is", "square root", "logarithm"]


@dataclass(frozen=True)
class Measure:
    """One measure: a share of residents or households, or the density.

    `weight` is its part of its subject's weight of 1: every subject counts the same. `scale` is how it is
    stretched before it is standardised, so that a few areas far out do not decide every distance.
    """

    key: str
    subject: str
    words: str
    weight: float
    scale: Scale


MEASURES: tuple[Measure, ...] = (
    Measure("aged-0-14", "Age", "residents aged under 15", 1 / 4, "as it is"),
    Measure("aged-15-24", "Age", "residents aged 15 to 24", 1 / 4, "square root"),
    Measure("aged-25-44", "Age", "residents aged 25 to 44", 1 / 4, "as it is"),
    Measure("aged-65", "Age", "residents aged 65 and over", 1 / 4, "as it is"),
    Measure("asian", "Ethnic group", "residents of Asian ethnic groups", 1 / 4, "square root"),
    Measure("black", "Ethnic group", "residents of Black ethnic groups", 1 / 4, "square root"),
    Measure("mixed", "Ethnic group", "residents of mixed ethnic groups", 1 / 4, "square root"),
    Measure("other", "Ethnic group", "residents of other ethnic groups", 1 / 4, "square root"),
    Measure("social-rented", "Tenure", "households in social housing", 1 / 2, "square root"),
    Measure("private-rented", "Tenure", "households who rent privately", 1 / 2, "square root"),
    Measure("overcrowded", "Overcrowding", "households with too few bedrooms", 1, "square root"),
    Measure(
        "deprived-household",
        "Household deprivation",
        "households deprived in at least one way",
        1,
        "as it is",
    ),
    Measure("disabled", "Disability", "residents who are disabled", 1, "as it is"),
    Measure("density", "Density", "residents to a square kilometre", 1, "logarithm"),
)
SUBJECTS = tuple(dict.fromkeys(measure.subject for measure in MEASURES))
