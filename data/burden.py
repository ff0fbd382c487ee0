"""Entries on long-term condition registers per 100 adults: entries, not people."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.geography import Geography
from data.ingest.practice_registers import PracticeRegisters
from data.prevalence_estimate import Estimate
from data.prevalence_inputs import MODELLED_LEVELS, Inputs, in_ages
from data.prevalence_rows import PERCENT, Support, observation_rows, summed, support_rows
from methods.intervals import poisson_limits
from methods.small_area.bootstrap import ratio_limits
from methods.small_area.prevalence import Numbers
from methods.small_area.support import grade

INDICATOR = "qof-entries-per-100-adults"
# Not conditions one lives with for years: a risk (raised blood sugar short of diabetes), a weight, and a list
# of people near the end of life whose illnesses are on the other registers.
LEFT_OUT = ("NDH", "OB", "PC")
ADULT_REGISTER = "DEP"  # its base is patients of 18 and over
# Entries come in clumps, several to a person, so their sum varies more than as many independent people would:
# by the mean square over the mean of entries per person, which open data do not give. Three is on the safe
# side of what surveys of several conditions in one person imply (most have one to three entries).
CLUMPING = 3.0


def counted(register: str) -> bool:
    """True for the registers that the sum takes in."""
    return register not in LEFT_OUT


def _exact_rows(level: str, codes: list[str], entries: Numbers, adults: Numbers) -> pd.DataFrame:
    value = entries / adults
    # effective number of independent events: entries / CLUMPING
    lower, upper = (limit * CLUMPING / adults for limit in poisson_limits(entries / CLUMPING))
    return observation_rows(
        indicator_id=INDICATOR, area_code=codes, area_level=level, value=value * PERCENT,
        lower=lower * PERCENT, upper=upper * PERCENT, numerator=entries, denominator=adults,
        basis="published" if level == "practice" else "aggregated", reliability="A",
    )  # fmt: skip


def exact(national: PracticeRegisters, where: Geography) -> pd.DataFrame:
    """Practices here, networks, Places, the region and England; a practice lacking a register has no sum."""
    registers = [register for register in national.counts.columns if counted(register)]
    entries = national.counts[registers].sum(axis=1, skipna=False)
    adults = national.listed[ADULT_REGISTER]
    sums = pd.DataFrame({"entries": entries, "adults": adults}).dropna()
    links = where.shares["practice"]
    links = links[links["from_code"].isin(sums.index)]
    local = sums.loc[sorted(links["from_code"].unique())]
    parts = [
        _exact_rows("practice", list(local.index), local["entries"].to_numpy(), local["adults"].to_numpy())
    ]
    for level, part in links.groupby("to_level", sort=True):
        total = part.join(sums, on="from_code").groupby("to_code")[["entries", "adults"]].sum()
        parts.append(
            _exact_rows(
                str(level), list(total.index), total["entries"].to_numpy(), total["adults"].to_numpy()
            )
        )
    country = sums.sum()
    parts.append(
        _exact_rows(
            "england",
            [where.config.country_code],
            country[["entries"]].to_numpy(),
            country[["adults"]].to_numpy(),
        )
    )
    return pd.concat(parts, ignore_index=True)


def modelled(data: Inputs, found: list[Estimate], support: Support) -> tuple[pd.DataFrame, pd.DataFrame]:
    """LSOA, MSOA, ward and neighbourhood: sums of the registers' estimates, replicate by replicate."""
    used = [one for one in found if counted(one.register)]
    counts = np.sum([one.counts for one in used], axis=0)
    drawn = np.sum([one.drawn for one in used], axis=0)
    reported = np.all([np.isfinite(one.rate) for one in used], axis=0)
    adults = data.residents @ in_ages(18)
    rows, extra = [], []
    for target in data.targets:
        if target.level not in MODELLED_LEVELS:
            continue
        sums = summed(target.share, counts, adults, drawn)
        value = sums.entries / sums.people
        lower, upper = ratio_limits(value, sums.drawn / sums.people[:, None], sums.entries, CLUMPING)
        standing = support.of(target.level, reported)
        letter, reason = grade(standing, value, lower, upper)
        rows.append(
            observation_rows(
                indicator_id=INDICATOR, area_code=target.codes, area_level=target.level,
                value=value * PERCENT, lower=lower * PERCENT, upper=upper * PERCENT,
                numerator=sums.entries, denominator=sums.people,
                basis="modelled", reliability=letter,
            )
        )  # fmt: skip
        extra.append(support_rows(data, standing, INDICATOR, target, reason))
    return pd.concat(rows, ignore_index=True), pd.concat(extra, ignore_index=True)
