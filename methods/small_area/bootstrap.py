"""How sure an estimate is: the whole chain drawn again and again.

A replicate draws who is registered where, the age and deprivation model (from its covariance), how areas
differ from what the model expects, and the chance in every practice's register; then it rakes as the
estimate does. Chance among an area's own residents is added in closed form to the limits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from methods.small_area.prevalence import AgeModel, Numbers, Whole
from methods.small_area.prevalence_share import Links, main_place

Z95 = 1.959964
# Of an area's departure from the model, this share (of variance) is the same for every condition: an area
# with more asthma than expected tends to have more of the rest too. It matters for sums over conditions only.
IN_COMMON = 0.5
LEAST, MOST = 1e-6, 1 - 1e-6


@dataclass(frozen=True)
class Chain:
    """One register's estimate, ready to be drawn.

    `rate` and `counts` (NaN where missing) and `cap` by practice; `age_share` (pairs x bands) and `in_base`
    (bands) say which of a pair's patients count; `residents` (areas x bands); `terms` (areas x k); `group`
    numbers the larger area (MSOA) and `place` the Place of each area; `sd_group`, `sd_area` are the standard
    deviations of the log departure between groups and of areas within them. `flat` leaves age and deprivation
    out (the simple method).
    """

    links: Links
    model: AgeModel
    region: int
    rate: Numbers
    counts: Numbers
    cap: Numbers
    age_share: Numbers
    in_base: Numbers
    residents: Numbers
    terms: Numbers
    group: Whole
    place: Whole
    sd_group: float
    sd_area: float
    flat: bool = False


@dataclass(frozen=True)
class Drawn:
    """What all registers of one run share: `patients` (pairs x replicates) and two standard normal fields."""

    patients: Numbers
    group_field: Numbers
    area_field: Numbers


def shared_draws(links: Links, group: Whole, patients: Numbers, seed: int) -> Drawn:
    """The draws common to all registers; `patients`: replicates of registrations (pairs x replicates)."""
    rng = np.random.default_rng(seed)
    count = patients.shape[1]
    return Drawn(
        patients,
        rng.standard_normal((int(group.max()) + 1, count)),
        rng.standard_normal((links.areas, count)),
    )


def departures(chain: Chain, drawn: Drawn, rng: np.random.Generator) -> Numbers:
    """Log departures of areas from the model (areas x replicates), of mean 1 on the natural scale."""
    common, own = np.sqrt(IN_COMMON), np.sqrt(1 - IN_COMMON)
    group = common * drawn.group_field + own * rng.standard_normal(drawn.group_field.shape)
    area = common * drawn.area_field + own * rng.standard_normal(drawn.area_field.shape)
    variance = chain.sd_group**2 + chain.sd_area**2
    return chain.sd_group * group[chain.group] + chain.sd_area * area - variance / 2


def _coefficients(chain: Chain, count: int, rng: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Rates by band (bands x replicates) and area effects (areas x replicates) of drawn models."""
    model = chain.model
    if chain.flat:
        return np.ones((len(chain.in_base), count)), np.ones((len(chain.terms), count))
    root = np.linalg.cholesky(model.covariance)
    drawn = model.parameters[:, None] + root @ rng.standard_normal((len(root), count))
    curve, slopes = len(model.curve), len(model.slopes)
    rates = np.exp(model.basis @ drawn[:curve])
    effect = np.exp(chain.terms @ drawn[curve : curve + slopes] + drawn[curve + slopes + chain.region])
    return rates, effect


def replicates(chain: Chain, drawn: Drawn, seed: int) -> Numbers:
    """Entries among the residents of every area (areas x replicates; NaN where no practice reported)."""
    rng = np.random.default_rng(seed)
    links, count = chain.links, drawn.patients.shape[1]
    rates, effect = _coefficients(chain, count, rng)
    effect = effect * np.exp(departures(chain, drawn, rng))
    use = np.isfinite(chain.rate)
    add = sparse.diags(use.astype(float)) @ links.by_practice()
    expected = drawn.patients * (chain.age_share @ (chain.in_base[:, None] * rates)) * effect[links.area]
    base = drawn.patients * (chain.age_share @ chain.in_base)[:, None]
    likely = add @ expected
    shape = np.where(use, chain.counts, 1.0) + 1 / chain.model.dispersion
    chance = rng.standard_gamma(shape[:, None], size=(links.practices, count)) / shape[:, None]
    rate = np.where(use, chain.rate, 0.0)[:, None] * chance
    raw = np.divide(rate * (add @ base), likely, out=np.zeros_like(likely), where=likely > 0)
    kept = np.minimum(raw, chain.cap[:, None])
    entries = expected * kept[links.practice]
    by_area = links.by_area() @ sparse.diags(use[links.practice].astype(float))
    in_area = by_area @ expected
    factor = np.full(in_area.shape, np.nan)
    np.divide(by_area @ entries, in_area, out=factor, where=in_area > 0)
    factor += _surplus(chain, (raw - kept) * likely, in_area)[chain.place]
    return factor * effect * (chain.residents @ (chain.in_base[:, None] * rates))


def _surplus(chain: Chain, excess: Numbers, in_area: Numbers) -> Numbers:
    """What capped practices leave over, per expected entry of their place (places x replicates)."""
    places = int(chain.place.max()) + 1
    top = _adder(main_place(chain.links, chain.place), places) @ excess
    bottom = _adder(chain.place, places) @ in_area
    return np.divide(top, bottom, out=np.zeros_like(top), where=bottom > 0)


def _adder(target: Whole, size: int) -> sparse.csr_matrix:
    return sparse.csr_matrix((np.ones(len(target)), (target, np.arange(len(target)))), (size, len(target)))


def _logit(share: Numbers) -> Numbers:
    inside = np.clip(share, LEAST, MOST)
    return np.log(inside / (1 - inside))


def limits(share: Numbers, drawn: Numbers, people: Numbers) -> tuple[Numbers, Numbers]:
    """95% limits of estimated shares: normal on the logit.

    Parameters
    ----------
    share
        Estimates (areas).
    drawn
        The same of every replicate (areas x replicates).
    people
        Residents behind each share: their chance, 1 / (people x share x (1 - share)), is added to the
        variance of the replicates.
    """
    inside = np.clip(share, LEAST, MOST)
    variance = _logit(drawn).var(axis=1, ddof=1) + 1 / (people * inside * (1 - inside))
    reach = Z95 * np.sqrt(variance)
    centre = _logit(share)
    return 1 / (1 + np.exp(reach - centre)), 1 / (1 + np.exp(-reach - centre))


def ratio_limits(
    ratio: Numbers, drawn: Numbers, entries: Numbers, clumping: float
) -> tuple[Numbers, Numbers]:
    """95% limits of entries per person, which may exceed 1: normal on the log.

    `clumping` is the variance of a sum of entries over what it were if every entry were another person.
    """
    variance = np.log(np.maximum(drawn, LEAST)).var(axis=1, ddof=1) + clumping / np.maximum(entries, LEAST)
    factor = np.exp(Z95 * np.sqrt(variance))
    return ratio / factor, ratio * factor
