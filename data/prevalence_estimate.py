"""One register from end to end: fit, choice of method, shares of the register by area, replicates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.prevalence_inputs import Inputs, exposure, in_base
from methods.small_area.bootstrap import Chain, Drawn, replicates
from methods.small_area.evaluate import HeldOut, held_out, neighbours, spread_between
from methods.small_area.prevalence import AgeModel, Numbers, Whole, fit
from methods.small_area.prevalence_share import Flags, Links, Raked, caps, rake

# How much areas differ from the model is estimated from practices that share areas, and kept between half of
# the standard deviation between practices and all of it. Small areas differ within MSOAs as much as MSOAs do:
# an assumption, for differences that fine average out in every practice and cannot be seen.
LEAST_OF_SPREAD, MOST_OF_SPREAD = 0.5, 1.0
AREA_WITHIN_GROUP = 1.0
LEAST_MULTIPLIER = 0.05
NO_TRUST = 1e-9  # the weight of a practice whose register is missing
# Rates by age are standardised only where age explains the practices' registers: elsewhere the curve over age
# is a guess.
AGE_EXPLAINS = 0.3


@dataclass(frozen=True)
class Local:
    """The practices of the nine Places on which methods are compared: their own links and national rows.

    `inside` flags, among all practices of the registrations, those that belong to one of the nine Places.
    """

    links: Links
    rows: Whole
    group: Whole
    labels: tuple[Whole, ...]
    inside: Flags


@dataclass(frozen=True)
class Estimate:
    """One register: `held` is None where the method was given; `counts` of entries among residents and
    `people` of its ages by small area, replicates.

    `by_model` and `simple` are the counts of the two methods compared, `rate` the practices' own (NaN where
    missing), `capped` the number of practices whose surplus was spread over their Place.
    `england_rates` by age band reproduce England's register; `england` is its crude share.
    """

    register: str
    model: AgeModel
    method: str
    held: HeldOut | None
    counts: Numbers
    by_model: Numbers
    simple: Numbers
    people: Numbers
    drawn: Numbers
    rate: Numbers
    capped: int
    sd_group: float
    age_explains: float
    england_rates: Numbers
    england: float

    @property
    def standardised(self) -> bool:
        """True where age explains enough of the register to standardise for it."""
        return self.age_explains >= AGE_EXPLAINS


def local(data: Inputs, links_of: pd.DataFrame) -> Local:
    """Practices of the nine Places that the model is fitted on, with the registrations between them.

    `links_of`: practice_code, place_code, pcn_code.
    """
    known = links_of.set_index("practice_code").reindex(data.practices)
    row = data.national.counts.index.get_indexer(data.practices)
    keep = known["place_code"].notna().to_numpy() & (row >= 0)
    keep[keep] &= data.usable[row[keep]]
    number = np.cumsum(keep) - 1
    pair = keep[data.links.practice]
    reached = np.unique(data.links.area[pair])
    links = Links(
        number[data.links.practice[pair]], np.searchsorted(reached, data.links.area[pair]),
        data.links.patients[pair], int(keep.sum()), len(reached),
    )  # fmt: skip
    labels = tuple(
        pd.factorize(known.loc[keep, column].fillna("none"), sort=True)[0]
        for column in ("place_code", "pcn_code")
    )
    return Local(links, row[keep], data.group[reached], labels, known["place_code"].notna().to_numpy())


@dataclass(frozen=True)
class National:
    """The practices of England with the register, as `fit` wants them; `rows` are their row numbers."""

    counts: Numbers
    listed: Numbers
    exposure: Numbers
    terms: Numbers
    region: Whole
    rows: Whole


def _national(data: Inputs, register: str, base: Numbers) -> National:
    counts = data.national.counts[register].to_numpy()
    listed = data.national.listed[register].to_numpy()
    use = data.usable & np.isfinite(counts)
    patients = exposure(data.national.ages.to_numpy(dtype="float64")[use], listed[use], base)
    rows = np.flatnonzero(use)
    return National(counts[use], listed[use], patients, data.terms[use], data.region[use], rows)


def _places_in(here: Local, known: National) -> Whole:
    """The place of each local practice in `known` (-1: the register is missing)."""
    at = np.searchsorted(known.rows, here.rows)
    present = known.rows[np.minimum(at, len(known.rows) - 1)] == here.rows
    return np.where(present, at, -1)


def _compare(here: Local, known: National, model: AgeModel, at: Whole) -> HeldOut:
    """Held-out predictions of the local practices, `at` being their places in `known`."""
    present = at >= 0
    weight = neighbours(here.links, present.astype(float))
    return held_out(
        known.counts, known.listed, known.exposure, known.terms, known.region, model, at[present],
        weight[present][:, present],
    )  # fmt: skip


def _spread(here: Local, known: National, model: AgeModel, at: Whole) -> float:
    """Standard deviation of the log departures of MSOAs from the model."""
    present = at >= 0
    row = at[present]
    expected = model.expected(known.exposure[row], known.terms[row], known.region[row])
    seen = np.maximum(known.counts[row] / expected, LEAST_MULTIPLIER)
    log, trust = np.zeros(len(at)), np.full(len(at), NO_TRUST)
    log[present] = np.log(np.minimum(seen, caps(known.counts[row], expected, model.dispersion)))
    trust[present] = expected / (1 + model.dispersion * expected)
    found = spread_between(here.links, here.group, log, trust, here.labels)
    between = np.sqrt(model.dispersion)
    return float(np.clip(np.sqrt(found), LEAST_OF_SPREAD * between, MOST_OF_SPREAD * between))


def _local_figures(data: Inputs, register: str) -> tuple[Numbers, Numbers]:
    """Register and list of the practices of the links; NaN where missing."""
    counts = data.national.counts[register].reindex(data.practices).to_numpy(dtype="float64")
    listed = data.national.listed[register].reindex(data.practices).to_numpy(dtype="float64")
    return counts, listed


def _shared_out(
    data: Inputs, model: AgeModel, rate: Numbers, base: Numbers, cap: Numbers, flat: bool
) -> tuple[Numbers, Raked]:
    """Entries among residents by small area, by the model or (flat) by the simple method, and the raking."""
    rates = np.ones(len(base)) if flat else model.rates
    effect = np.ones(len(data.areas))
    if not flat:
        effect = np.exp(data.area_terms @ model.slopes + model.regions[data.here])
    links = data.links
    own = links.patients * (data.age_share @ base)
    expected = links.patients * (data.age_share @ (base * rates)) * effect[links.area]
    raked = rake(links, rate, own, expected, cap, data.place)
    return raked.area_factor * effect * (data.residents @ (base * rates)), raked


def _expected_share(data: Inputs, model: AgeModel, base: Numbers) -> Numbers:
    """Share expected on the register of each practice's patients in these areas."""
    effect = np.exp(data.area_terms @ model.slopes + model.regions[data.here])
    links = data.links
    own = np.bincount(links.practice, links.patients * (data.age_share @ base), links.practices)
    pair = links.patients * (data.age_share @ (base * model.rates)) * effect[links.area]
    return np.bincount(links.practice, pair, links.practices) / own


def _rate_here(data: Inputs, here: Local, model: AgeModel, rate: Numbers, base: Numbers) -> Numbers:
    """Share on the register among each practice's patients in these areas.

    A practice of the Places: its own. One beyond the border has most of its patients elsewhere, who may be
    older or poorer: its register is divided between here and there in proportion to expected entries.
    """
    row = data.national.counts.index.get_indexer(data.practices)
    across = ~here.inside & (row >= 0)
    across[across] &= data.usable[row[across]]
    ages = data.national.ages.to_numpy(dtype="float64")[row[across]]
    whole = model.expected(exposure(ages, np.ones(len(ages)), base), data.terms[row[across]], data.here)
    found = rate.copy()
    found[across] *= _expected_share(data, model, base)[across] / whole
    return found


def estimate(
    data: Inputs, here: Local, register: str, shared: Drawn, seed: int, method: str | None = None
) -> Estimate:
    """Everything about one register, by the better method on held-out practices or by the `method` named."""
    base = in_base(register)
    known = _national(data, register, base)
    fitted_on = (known.counts, known.exposure, known.terms, known.region)
    model = fit(*fitted_on)
    ageless = fit(*fitted_on, degree=0)
    at = _places_in(here, known)
    held = None
    if method is None:
        held = _compare(here, known, model, at)
        method = "model" if held.error(held.model) < held.error(held.simple) else "simple"
    sd_group = _spread(here, known, model, at)
    counts, listed = _local_figures(data, register)
    share = _expected_share(data, model, base)
    cap = caps(counts, share * listed, model.dispersion)
    cap_simple = cap * share  # the same limit as a share on the register
    rate = counts / listed
    rate_here = _rate_here(data, here, model, rate, base)
    flat = method == "simple"
    chain = Chain(
        links=data.links, model=model, region=data.here, rate=rate if flat else rate_here, counts=counts,
        cap=cap_simple if flat else cap, age_share=data.age_share, in_base=base, residents=data.residents,
        terms=data.area_terms, group=data.group, place=data.place, sd_group=sd_group,
        sd_area=AREA_WITHIN_GROUP * sd_group, flat=flat,
    )  # fmt: skip
    by_model, raked = _shared_out(data, model, rate_here, base, cap, False)
    by_simple, _ = _shared_out(data, model, rate, base, np.full(len(cap), np.inf), True)
    shipped = by_model
    if flat:
        shipped, raked = _shared_out(data, model, rate, base, cap_simple, True)
    likely = known.exposure @ model.rates
    return Estimate(
        register=register, model=model, method=method, held=held, counts=shipped, by_model=by_model,
        simple=by_simple,
        people=data.residents @ base, drawn=replicates(chain, shared, seed), rate=rate,
        capped=int((raked.excess > 0).sum()), sd_group=sd_group,
        age_explains=1 - model.dispersion / ageless.dispersion,
        england_rates=model.rates * known.counts.sum() / likely.sum(),
        england=float(data.national.counts[register].sum() / data.national.listed[register].sum()),
    )  # fmt: skip
