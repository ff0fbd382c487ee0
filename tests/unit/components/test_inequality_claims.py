"""No sentence of the Inequalities page claims what the test did not find: every indicator with figures for
small areas, in every Place and in all of them together, held against statsmodels on the bare table.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from statsmodels.stats.proportion import confint_proportions_2indep

from components import inequality_state, inequality_words, store
from components.inequality_state import View
from data import gradient
from data.catalogue.model import Indicator
from geo.config import config

CLAIM_MORE = re.compile(r"times as likely|: higher in|are more likely")
CLAIM_LESS = re.compile(r": lower in|are less likely")
AREAS = [(place.code,) for place in config().places] + [tuple(config().place_codes)]


@cache
def cases() -> list[tuple[str, str, str]]:
    """Indicator, period and group of every gradient over small areas."""
    bundle = store.bundle()
    return [
        (indicator.id, period, group)
        for indicator in bundle.indicators("lsoa")
        if not gradient.why_none(bundle, indicator) and not bundle.is_estimate(indicator.id, "lsoa")
        for group in bundle.groups(indicator.id)
        for period in bundle.periods(indicator.id, "lsoa", group)
    ]


def view_of(indicator: Indicator, period: str, group: str, places: tuple[str, ...]) -> View:
    params = {"indicator": indicator.id, "period": period, "group": group}
    params["places"] = ",".join(config().place(code).slug for code in places)
    view = inequality_state.read(params, store.bundle())
    assert (view.indicator.id, view.period, view.group, view.places) == (
        indicator.id, period, group, places,
    )  # fmt: skip
    return view


@cache
def ranks() -> pd.Series:
    table = store.bundle().observations
    rows = table[(table["indicator_id"] == "imd-rank") & (table["area_level"] == "lsoa")]
    return rows.astype({"area_code": str}).set_index("area_code")["value"]


@cache
def everywhere(indicator_id: str, period: str, group: str) -> pd.DataFrame:
    """All small areas straight from the table, most deprived first."""
    bundle = store.bundle()
    rows = small_areas().get_group(indicator_id)
    rows = rows[(rows["period"] == period) & (rows["group"] == group) & (rows["status"] == "reported")]
    codes = rows["area_code"]
    rows = rows.assign(rank=codes.map(ranks()), place=codes.map(bundle.areas["place_code"]))
    return rows[rows["denominator"] > 0].sort_values("rank").reset_index(drop=True)


@cache
def small_areas() -> pd.api.typing.DataFrameGroupBy:
    table = store.bundle().observations
    rows = table[table["area_level"] == "lsoa"].astype({"area_code": str, "indicator_id": str})
    return rows.groupby("indicator_id")


def bare(indicator_id: str, period: str, group: str, places: tuple[str, ...]) -> pd.DataFrame:
    """The small areas of the Places, most deprived first."""
    rows = everywhere(indicator_id, period, group)
    return rows[rows["place"].isin(places)].reset_index(drop=True)


def slope_limits(rows: pd.DataFrame) -> tuple[float, float]:
    """95% limits of the slope index by statsmodels: weighted, HC3, Student's t."""
    people = rows["denominator"].to_numpy(dtype=float)[::-1]  # least deprived first
    position = (np.cumsum(people) - people / 2) / people.sum()
    fit = sm.WLS(rows["value"].to_numpy(dtype=float)[::-1], sm.add_constant(position), weights=people).fit()
    low, high = fit.get_robustcov_results("HC3", use_t=True).conf_int()[1]
    return float(low), float(high)


def fifth(rows: pd.DataFrame, which: int) -> pd.DataFrame:
    size = 33_755 / 5
    return rows[np.ceil(rows["rank"] / size) == which]


def gap_limits(most: pd.DataFrame, least: pd.DataFrame) -> tuple[float, float]:
    """95% limits of the difference of two proportions by statsmodels (Newcombe)."""
    counts = [part[column].sum() for part in (most, least) for column in ("numerator", "denominator")]
    return confint_proportions_2indep(*counts, method="newcomb", compare="diff")


@pytest.mark.parametrize("places", AREAS, ids=lambda places: places[0] if len(places) == 1 else "region")
def test_no_title_claims_what_the_tests_did_not_find(places):
    bundle = store.bundle()
    checked = claims = 0
    for indicator_id, period, group in cases():
        indicator = bundle.catalogue[indicator_id]
        view = view_of(indicator, period, group, places)
        found = inequality_state.results(view)[1]
        title = inequality_words.title(view, found)
        rows = bare(indicator_id, period, group, places)
        low, high = slope_limits(rows)
        more, less = bool(CLAIM_MORE.search(title)), bool(CLAIM_LESS.search(title))
        says = f"{indicator_id} {period} {group}: {title}"
        assert not (more and less), says
        if "fifth of areas" in title or "fifth of" in title:
            ends = gap_limits(fifth(rows, 1), fifth(rows, 5))
            assert (ends[0] > 0) == more, says
            assert (ends[1] < 0) == less, says
        if more and "no steady" not in title:
            assert low > 0, says
        if less and "no steady" not in title:
            assert high < 0, says
        if "no clear rise or fall" in title or "no steady" in title:
            assert low <= 0 <= high, says
        checked += 1
        claims += more or less
    assert checked > 40
    assert claims > 10


def carried_limits(rows: pd.DataFrame) -> tuple[float, float]:
    """95% limits of the weighted slope if each area's own limits are its only error (independent)."""
    people = rows["denominator"].to_numpy(dtype=float)
    design = np.column_stack([np.ones(len(rows)), (np.cumsum(people) - people / 2) / people.sum()])
    weighted = np.linalg.solve(design.T @ (design * people[:, None]), (design * people[:, None]).T)
    error = ((rows["upper"] - rows["lower"]) / (2 * 1.959964)).to_numpy(dtype=float)
    value = weighted[1] @ rows["value"].to_numpy(dtype=float)
    reach = 1.959964 * float(np.sqrt(((weighted[1] * error) ** 2).sum()))
    return value - reach, value + reach


@pytest.mark.parametrize("place", [*config().place_codes, "region"])
def test_no_title_on_an_estimate_claims_what_either_error_leaves_open(place):
    """Estimates: neither the scatter of the wards nor the errors carried through the estimate may allow for
    no slope where one is claimed."""
    bundle = store.bundle()
    places = tuple(config().place_codes) if place == "region" else (place,)
    scores = bundle.slice("imd-score", "ward").set_index("area_code")["value"]
    estimated = [item for item in bundle.indicators("lsoa") if bundle.is_estimate(item.id, "lsoa")]
    claims = 0
    for indicator in estimated:
        if gradient.why_none(bundle, indicator):
            assert indicator.id == "gld"
            continue
        slugs = ",".join(config().place(code).slug for code in places)
        view = inequality_state.read({"indicator": indicator.id, "places": slugs}, bundle)
        assert view.unit_level == "ward"
        title = inequality_words.title(view, inequality_state.results(view)[1])
        rows = bundle.slice(indicator.id, "ward", view.period, "all", places)
        rows = rows[rows["value"].notna()].assign(score=rows["area_code"].map(scores)).sort_values("score")
        limits = [slope_limits(rows[::-1]), carried_limits(rows)]
        more, less = bool(CLAIM_MORE.search(title)), bool(CLAIM_LESS.search(title))
        says = f"{indicator.id} {title} {limits}"
        assert "(estimate)" in title, says
        assert more == all(low > 0 for low, _ in limits), says
        assert less == all(high < 0 for _, high in limits), says
        assert "is estimated for wards" in inequality_words.built_in(view)
        claims += more or less
    assert len(estimated) == 23
    assert claims > 3


@pytest.mark.parametrize("places", AREAS, ids=lambda places: places[0] if len(places) == 1 else "region")
def test_excess_cases_are_named_only_where_their_limits_exclude_none(places):
    bundle = store.bundle()
    said = 0
    for indicator_id, period, group in cases():
        view = view_of(bundle.catalogue[indicator_id], period, group, places)
        found = inequality_state.results(view)[1]
        text = inequality_words.excess_words(view, found)
        if not text:
            continue
        own = bare(indicator_id, period, group, places)
        least = fifth(own, 5)
        if len(least) < 3:
            assert "Cheshire and Merseyside" in text
            least = fifth(bare(indicator_id, period, group, tuple(config().place_codes)), 5)
        rest = own[~own["area_code"].isin(least["area_code"])]
        low, high = gap_limits(rest, least)
        people = rest["denominator"].sum()
        assert low > 0 if " fewer " in text else high < 0, text
        ends = [inequality_words.rounded(end * people) for end in sorted((abs(low), abs(high)))]
        assert f"(95% limits {ends[0]} to {ends[1]})" in text
        said += 1
    assert said >= 3


def test_the_published_ranks_cut_england_into_the_published_tenths():
    bundle = store.bundle()
    tenths = bundle.slice("imd-decile", "lsoa").set_index("area_code")["value"]
    own = np.ceil(ranks() / (33_755 / 10)).reindex(tenths.index)
    assert int((own != tenths).sum()) <= 1  # one rank may fall on a cut


def test_titles_of_indicators_without_a_gradient_claim_nothing():
    bundle = store.bundle()
    for indicator in bundle.indicators():
        if not gradient.why_none(bundle, indicator):
            continue
        view = inequality_state.read({"indicator": indicator.id}, bundle)
        title = inequality_words.title(view, inequality_state.results(view)[1])
        assert title == f"{indicator.short_title}: no gradient by neighbourhood can be shown"
        assert re.search("gradient|cannot be", inequality_words.no_gradient(view))


def test_every_indicator_of_the_index_carries_its_warning():
    bundle = store.bundle()
    for indicator in bundle.indicators():
        if indicator.source.startswith("iod-2025"):
            assert "itself part of the deprivation index" in inequality_words.circular(indicator)
    assert inequality_words.circular(bundle.catalogue["disabled"]) == ""
    assert "overlaps" in inequality_words.circular(bundle.catalogue["overcrowding"])
