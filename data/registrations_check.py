"""How far the estimate of who is registered where can be trusted: measured, not asserted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd

from data.flow_window import Country, Window, make_window
from data.ingest.registrations import read_registered
from data.sources import SourceFolder
from methods.small_area.calibrate import Noise, agreement, disturbed, left_out_means, overlap, replicate
from methods.small_area.flows import Decay, Floats, Flows, nearest, practice_mean

LINCOLNSHIRE = "gp_practices/gp-reg-pat-prac-lsoa-all_lincolnshire_202607.csv"
FOLDS = 5
SEED = 20260701
# LSOAs with at least this many patients of the Lincolnshire practices are the core of that window.
CORE_PATIENTS = 200
# Above this share of patients aged 20 to 24 a practice is called a student practice (England: about 6%).
STUDENTS = 0.2
# An LSOA is known whole if the Lincolnshire lists hold this share of its residents.
MOSTLY = 0.9
BADLY = 0.7
# Cells (practice x LSOA) with at least this many estimated patients show whether replicates spread enough.
CELL = 100


def estimate_report(
    sources: SourceFolder, country: Country, window: Window, flows: Flows, *, codes: Sequence[str],
    local: set[str], decay: Decay, noise: Noise, validate: bool,
) -> dict[str, Any]:  # fmt: skip
    """Sizes, caveats and, if `validate`, the held-out checks of one estimate."""
    report: dict[str, Any] = {
        "decay": asdict(decay), "noise": asdict(noise),
        **sizes(window, flows, codes, local), **edge(window, flows, codes, local),
        **students(window, local), "unmet": unmet(window, flows, local),
    }  # fmt: skip
    placed = country.practices["x"].notna()
    report["unplaced_practices"] = int((~placed).sum())
    report["unplaced_patients"] = float(country.practices.loc[~placed, "list_size"].sum())
    if validate:
        report["left_out"] = left_out(window, flows, local, decay)
        report["lincolnshire"] = lincolnshire(sources, country, decay, noise)
    return report


def sizes(window: Window, flows: Flows, codes: Sequence[str], local: set[str]) -> dict[str, Any]:
    """Lists against residents: over the window, and by LSOA of the area."""
    inside = window.lsoas.index.isin(list(codes))
    residents, lists = window.lsoa_values("residents"), window.practice_values("list_size")
    ratio = window.pairs.by_area(flows.patients)[inside] / residents[inside]
    ours = window.practices.index.isin(local)
    place = window.lsoas["place_code"][inside]
    registered = pd.Series(window.pairs.by_area(flows.patients)[inside], index=place.index)
    by_place = registered.groupby(place).sum() / window.lsoas["residents"][inside].groupby(place).sum()
    return {
        "registered_per_resident_by_place": {str(code): float(one) for code, one in by_place.items()},
        "window_lsoas": len(residents), "window_practices": len(lists), "local_practices": int(ours.sum()),
        "registered_per_resident": float(lists.sum() / residents.sum()),
        "local_lists": float(lists[ours].sum()), "area_residents": float(residents[inside].sum()),
        "area_registered_per_resident": {
            "lowest_twentieth": float(np.quantile(ratio, 0.05)), "median": float(np.median(ratio)),
            "highest_twentieth": float(np.quantile(ratio, 0.95)),
        },
    }  # fmt: skip


def edge(window: Window, flows: Flows, codes: Sequence[str], local: set[str]) -> dict[str, float]:
    """Patients who cross the border of the area, as estimated (residents of England only)."""
    inside = window.lsoas.index.isin(list(codes))[window.pairs.area]
    ours = window.practices.index.isin(local)[window.pairs.practice]
    patients = flows.patients
    return {
        "patients_from_outside": float(patients[ours & ~inside].sum() / patients[ours].sum()),
        "residents_registered_outside": float(patients[inside & ~ours].sum() / patients[inside].sum()),
    }


def students(window: Window, local: set[str]) -> dict[str, Any]:
    """Practices of the area with very many patients aged 20 to 24: their number and patients."""
    many = window.practices.index.isin(local) & (window.practices["young_share"] >= STUDENTS)
    found = window.practices[many].sort_values("young_share", ascending=False)
    return {
        "student_practices": {
            code: round(float(share), 3) for code, share in found["young_share"].items()
        },
        "student_patients": float(found["list_size"].sum()),
    }  # fmt: skip


def concentration(lsoa: pd.Series, patients: Floats) -> dict[str, float]:
    """Means over LSOAs: share of the largest practice, and effective number (1 / sum of squared shares)."""
    frame = pd.DataFrame({"lsoa": lsoa.to_numpy(), "patients": patients})
    share = frame["patients"] / frame.groupby("lsoa")["patients"].transform("sum")
    return {
        "largest_share": float(share.groupby(frame["lsoa"]).max().mean()),
        "effective_practices": float((1 / (share**2).groupby(frame["lsoa"]).sum()).mean()),
    }


def unmet(window: Window, flows: Flows, local: set[str]) -> dict[str, float]:
    """Local practices whose published IMD could not be met, with what is missing (published - estimated)."""
    mean = practice_mean(window.pairs, flows.patients, window.lsoa_values("imd"))
    gap = window.practice_values("imd") - mean
    chosen = flows.unmet & window.practices.index.isin(local)
    return {
        str(code): round(float(value), 2)
        for code, value in zip(window.practices.index[chosen], gap[chosen], strict=True)
    }


def left_out(window: Window, flows: Flows, local: set[str], decay: Decay) -> dict[str, Any]:
    """Error of predicted practice IMD over local practices, none of whose own figures was used for it."""
    published, value = window.practice_values("imd"), window.lsoa_values("imd")
    ours = window.practices.index.isin(local)

    def means(patients: Floats) -> Floats:
        total = window.pairs.by_practice(patients)
        mean = window.pairs.by_practice(patients * value[window.pairs.area])
        return np.divide(mean, total, out=np.full(len(total), np.nan), where=total > 0)

    constrained = left_out_means(
        lambda target: means(window.fit(decay, target, flows).patients), published, FOLDS, SEED
    )
    tables = {
        "nearest": means(nearest(window.pairs, window.lsoa_values("residents"))),
        "exponential": means(window.fit(PLAIN).patients),
        "decay": means(window.fit(decay).patients),
        "constrained": constrained,
    }
    return {name: asdict(agreement(mean, published, ours)) for name, mean in tables.items()}


# The decay to beat: one exponential everywhere, residents met exactly (fitted in the same way: 0.51 km).
PLAIN = Decay(scale=0.51, power=0.0, row_pull=1.0)


def lincolnshire_window(sources: SourceFolder, country: Country) -> tuple[Window, pd.DataFrame]:
    """The Lincolnshire practices' surroundings, and their real registrations in that window's form."""
    real = read_registered(sources.path(LINCOLNSHIRE), country.lsoas.index).table
    by_lsoa = real.groupby("lsoa_code")["patients"].sum()
    return make_window(sources, country, sorted(by_lsoa[by_lsoa >= CORE_PATIENTS].index)), real


def cells(window: Window, patients: Floats, practices: set[str]) -> pd.DataFrame:
    """The patients of some practices by LSOA and MSOA."""
    frame = window.frame(patients)
    frame["msoa"] = window.lsoas["msoa"].to_numpy()[window.pairs.area]
    return frame[frame["practice_code"].isin(practices)]


def lincolnshire(sources: SourceFolder, country: Country, decay: Decay, noise: Noise) -> dict[str, Any]:
    """Share of real Lincolnshire patients in the right LSOA and MSOA, with parameters fitted elsewhere."""
    window, real = lincolnshire_window(sources, country)
    real = real.assign(msoa=real["lsoa_code"].map(country.lsoas["msoa"]))
    target = window.practice_values("imd")
    fitted = window.fit(decay, target)
    tables = {
        "nearest": nearest(window.pairs, window.lsoa_values("residents")),
        "exponential": window.fit(PLAIN).patients,
        "decay": window.fit(decay).patients,
        "constrained": fitted.patients,
    }
    codes = set(real["practice_code"])
    found: dict[str, Any] = {"practices": len(codes), "patients": float(real["patients"].sum())}
    for name, patients in tables.items():
        table = cells(window, patients, codes)
        found[name] = {level: overlap(table, real, ["practice_code", key]) for level, key in LEVELS.items()}
    table = cells(window, fitted.patients, codes)
    by_practice = {
        code: overlap(table[table["practice_code"] == code], rows, ["practice_code", "lsoa_code"])
        for code, rows in real.groupby("practice_code")
    }
    found["badly_placed"] = sum(share < BADLY for share in by_practice.values())
    found["largest_practice_right"] = largest_right(window, fitted.patients, real)
    found["replicates"] = replicate_check(window, fitted, real, decay, noise)
    return found


def largest_right(window: Window, patients: Floats, real: pd.DataFrame) -> dict[str, float]:
    """Of the LSOAs nearly all of whose residents are on these lists: how often the largest practice is right.

    `share_error` is the mean absolute difference between its estimated and its real share of the LSOA.
    """
    residents = window.lsoas["residents"]
    registered = real.groupby("lsoa_code")["patients"].sum().reindex(residents.index)
    whole = residents.index[registered > MOSTLY * residents]
    tops = {}
    for name, table in (("estimate", window.frame(patients)), ("real", real)):
        rows = table[table["lsoa_code"].isin(whole)]
        share = rows["patients"] / rows.groupby("lsoa_code")["patients"].transform("sum")
        rows = rows.assign(share=share).sort_values(["lsoa_code", "share", "practice_code"])
        tops[name] = rows.drop_duplicates("lsoa_code", keep="last").set_index("lsoa_code")
    same = tops["estimate"]["practice_code"] == tops["real"]["practice_code"]
    error = (tops["estimate"]["share"] - tops["real"]["share"]).abs()
    return {
        "lsoas": float(len(whole)), "right": float(same.mean()), "share_error": float(error.mean()),
        "estimated_share": float(tops["estimate"]["share"].mean()),
        "real_share": float(tops["real"]["share"].mean()),
    }  # fmt: skip


LEVELS = {"lsoa": "lsoa_code", "msoa": "msoa"}


def replicate_check(
    window: Window, fitted: Flows, real: pd.DataFrame, decay: Decay, noise: Noise, number: int = 40
) -> dict[str, float]:
    """How replicates of the Lincolnshire estimate compare with the real registrations.

    `covered`: share of cells with at least `CELL` estimated patients whose real number lies in the 95% range
    of the replicates, which is what the noise is set by. `covered_msoa`: the same for practice x MSOA.
    `lsoa`: overlap of replicates with the estimate, to hold against that of the estimate with the truth.
    """
    draws = []
    cluster = clusters(window)
    for one in np.random.SeedSequence(SEED).spawn(number):
        pull = disturbed(window.pairs, decay, noise, cluster, np.random.default_rng(one))
        draws.append(
            replicate(
                window.pairs, pull, window.lsoa_values("residents"), window.practice_values("list_size"),
                decay=decay, value=window.lsoa_values("imd"), target=window.practice_values("imd"),
                start=fitted,
            )
        )  # fmt: skip
    every = np.array(draws)
    table = window.frame(fitted.patients)
    table["msoa"] = window.lsoas["msoa"].to_numpy()[window.pairs.area]
    mine = table["practice_code"].isin(set(real["practice_code"])).to_numpy()
    same = np.minimum(every[:, mine], fitted.patients[mine]).sum(axis=1) / fitted.patients[mine].sum()
    found = {"lsoa": float(same.mean())}
    for level, key in (("", "lsoa_code"), ("_msoa", "msoa")):
        found[f"cells{level}"], found[f"covered{level}"] = _coverage(table[mine], every[:, mine], real, key)
    return found


def _coverage(table: pd.DataFrame, draws: Floats, real: pd.DataFrame, key: str) -> tuple[float, float]:
    """Number of cells with `CELL` estimated patients, and the share whose 95% range holds the real number."""
    cell = pd.MultiIndex.from_frame(table[["practice_code", key]])
    number, names = pd.factorize(cell)
    estimate = np.bincount(number, table["patients"], len(names))
    truth = real.groupby(["practice_code", key])["patients"].sum()
    # nobody of that practice lives there: the table of the NHS has no row, and 0 is its number
    held = truth.reindex(names, fill_value=0.0).to_numpy(dtype="float64")
    sums = np.array([np.bincount(number, one, len(names)) for one in draws])
    low, high = np.quantile(sums, [0.025, 0.975], axis=0)
    large = estimate >= CELL
    return float(large.sum()), float(((held >= low) & (held <= high))[large].mean())


def clusters(window: Window) -> np.ndarray:
    """A number for the practice x MSOA of each pair."""
    msoa = pd.factorize(window.lsoas["msoa"], sort=True)[0].astype(np.int64)
    key = msoa[window.pairs.area] * window.pairs.practices + window.pairs.practice
    return np.unique(key, return_inverse=True)[1].astype(np.int64)
