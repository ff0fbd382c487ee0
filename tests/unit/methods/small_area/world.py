"""A made-up city: practices, areas in groups, patients by age, and a true number of entries in each pair."""

from dataclasses import dataclass

import numpy as np

from methods.small_area.prevalence import AgeModel, age_basis
from methods.small_area.prevalence_share import Links

BANDS = 6
AREAS, PRACTICES, GROUP = 120, 40, 5


@dataclass(frozen=True)
class World:
    links: Links
    age_share: np.ndarray
    residents: np.ndarray
    terms: np.ndarray
    group: np.ndarray
    place: np.ndarray
    model: AgeModel


def model(dispersion: float = 0.02) -> AgeModel:
    basis = age_basis(BANDS)
    age = np.linspace(-1, 1, BANDS)
    curve = basis.T @ (-3.0 + 1.2 * age - 0.4 * age**2)
    parameters = len(curve) + 2
    return AgeModel(basis, curve, np.array([0.2]), np.array([0.0]), dispersion, np.eye(parameters) * 1e-5)


def world(seed: int = 0, dispersion: float = 0.02) -> World:
    """120 areas of about 1,500 people on a line, each served by the nearer of 40 practices."""
    rng = np.random.default_rng(seed)
    where = np.arange(AREAS) / AREAS
    surgery = np.sort(rng.uniform(0, 1, PRACTICES))
    distance = np.abs(where[:, None] - surgery[None, :])
    share = np.exp(-distance / 0.02)
    share /= share.sum(axis=1, keepdims=True)
    people = rng.uniform(1_200, 1_800, AREAS)
    area, practice = np.nonzero(share * people[:, None] > 1)
    patients = share[area, practice] * people[area]
    links = Links(practice, area, patients, PRACTICES, AREAS)
    mix = rng.dirichlet(np.full(BANDS, 12.0), AREAS)
    residents = mix * np.bincount(area, patients, AREAS)[:, None]
    terms = np.cumsum(rng.normal(0, 0.3, AREAS))[:, None]
    group = np.arange(AREAS) // GROUP
    place = np.arange(AREAS) // (AREAS // 2)
    return World(links, mix[area], residents, terms - terms.mean(), group, place, model(dispersion))


def expected(found: World, in_base: np.ndarray) -> np.ndarray:
    """Entries expected in each pair."""
    effect = np.exp(found.terms @ found.model.slopes)
    return found.links.patients * (found.age_share @ (in_base * found.model.rates)) * effect[found.links.area]
