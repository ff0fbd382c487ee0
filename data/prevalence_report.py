"""What was measured about the prevalence estimates, as tables (data/prevalence_docs.py words them)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.ingest.antidepressants import read_antidepressants
from data.ingest.census import DISABILITY, DISABLED, read_table
from data.ingest.qof import indicator_id
from data.prevalence_estimate import Estimate
from data.prevalence_inputs import Inputs
from data.prevalence_rows import summed
from data.sources import SourceFolder, require_rows
from methods.small_area.evaluate import agreement, within_over_between
from methods.small_area.prevalence import Numbers

HOC = "long_term_conditions/hoc_qof_2019_20_lad.csv"
FILE_8 = "deprivation/iod2025_indicators_england_lsoa21.parquet"
ILLNESS = "comparative_illness_and_disability_ratio_indicator"
# Antidepressants speak of these two registers only.
OF_MOOD = ("DEP", "MH")
PLACES_WITH_HOC = 9


def _by_residence(sources: SourceFolder) -> pd.DataFrame:
    """House of Commons Library 2019-20: prevalence of each local authority over England's, by register."""
    frame = sources.csv(HOC, ["lad_code", "group_code", "register", "list"])
    england = frame[frame["lad_code"].str.startswith("E")]
    require_rows(
        england, file=HOC, at_least=6_000, what="rows of England", why="314 authorities, 21 registers"
    )
    total = england.groupby("group_code")[["register", "list"]].sum()
    level = total["register"] / total["list"]
    ratio = england["register"] / england["list"] / england["group_code"].map(level)
    return england.assign(ratio=ratio).pivot(index="lad_code", columns="group_code", values="ratio")


def _evidence(sources: SourceFolder, data: Inputs) -> dict[str, Numbers]:
    """Other figures by small area, in the order of the areas: never used in a fit."""
    disability = read_table(sources, DISABILITY).set_index("area_code")
    share = disability[DISABLED] / disability["total"]
    illness = sources.parquet(FILE_8, ["lsoa21_code", ILLNESS]).set_index("lsoa21_code")[ILLNESS]
    drugs = read_antidepressants(sources)  # LSOA 2011: those with the same code today
    return {
        "disability": share.reindex(data.areas).to_numpy(dtype="float64"),
        "illness": illness.reindex(data.areas).to_numpy(dtype="float64"),
        "antidepressants": drugs.reindex(data.areas).to_numpy(dtype="float64"),
    }


def _hoc_error(data: Inputs, found: Estimate, counts: Numbers, hoc: pd.DataFrame) -> float:
    """Mean absolute difference of a Place's prevalence over England's (in hundredths), nine Places."""
    if found.register not in hoc.columns:
        return float("nan")
    place = next(target for target in data.targets if target.level == "place")
    sums = summed(place.share, counts, found.people, found.drawn)
    ours = sums.entries / sums.people / found.england
    theirs = hoc[found.register].reindex(place.codes).to_numpy(dtype="float64")
    return float(np.abs(ours - theirs).mean() * 100)


def _one(data: Inputs, found: Estimate, hoc: pd.DataFrame, other: dict[str, Numbers]) -> dict[str, object]:
    held = found.held
    if held is None:
        raise ValueError(f"{found.register} was not compared on held-out practices")
    row: dict[str, object] = {
        "register": found.register,
        "method": found.method,
        "practices": len(held.observed),
        "error_model": held.error(held.model) * 100,
        "error_simple": held.error(held.simple) * 100,
        "closer": float((np.abs(held.model - held.observed) < np.abs(held.simple - held.observed)).mean()),
        "spread_practices": float(np.sqrt(found.model.dispersion)),
        "spread_areas": found.sd_group,
        "age_explains": found.age_explains,
        "standardised": found.standardised,
        "deprivation": float(np.exp(found.model.slopes[0])),
        "capped": found.capped,
    }
    group = next(target for target in data.targets if target.level == "msoa").share
    for name, counts in (("model", found.by_model), ("simple", found.simple)):
        row[f"hoc_{name}"] = _hoc_error(data, found, counts, hoc)
        share = counts / found.people
        people = data.residents.sum(axis=1)
        for kind, values in other.items():
            if kind == "antidepressants" and found.register not in OF_MOOD:
                row[f"{kind}_{name}"] = float("nan")
                continue
            row[f"{kind}_{name}"] = agreement(share, values)
            if kind != "antidepressants":
                larger = (group @ (values * people)) / (group @ people)
                row[f"{kind}_msoa_{name}"] = agreement((group @ counts) / (group @ found.people), larger)
    return row


def _spread_of_others(data: Inputs, other: dict[str, Numbers]) -> dict[str, float]:
    """How much other figures differ within MSOAs, over how much MSOAs differ, given age and deprivation."""
    mix = data.residents / data.residents.sum(axis=1, keepdims=True)
    old, child, student, middle = mix[:, 13:], mix[:, :3], mix[:, 4], mix[:, 9:13]
    ages = [old.sum(axis=1), old.sum(axis=1) ** 2, child.sum(axis=1), student, middle.sum(axis=1), mix[:, 17]]
    controls = np.column_stack([data.area_terms, data.area_terms**2, *ages])
    return {
        f"within_{name}": within_over_between(values, controls, data.group) for name, values in other.items()
    }


def _over_exact(data: Inputs, found: Estimate, places: pd.DataFrame) -> float:
    """Mean over Places: our share among residents over the share that the Place's practices counted."""
    place = next(target for target in data.targets if target.level == "place")
    sums = summed(place.share, found.by_model, found.people, found.drawn)
    own = places[places["indicator_id"] == indicator_id(found.register)].set_index("area_code")["crude"]
    return float((sums.entries / sums.people * 100 / own.reindex(place.codes).to_numpy()).mean())


def _widths(table: pd.DataFrame) -> pd.DataFrame:
    """Median half width over value, and the share of areas graded D, by indicator and level."""
    part = table[(table["basis"] == "modelled") & (table["status"] == "reported")]
    part = part.assign(
        width=(part["upper"] - part["lower"]) / 2 / part["value"], weak=part["reliability"] == "D"
    )
    found = part.groupby(["indicator_id", "area_level"]).agg(width=("width", "median"), weak=("weak", "mean"))
    wide = found.unstack("area_level")
    wide.columns = [f"{name}_{level}" for name, level in wide.columns]
    return wide


def validation_tables(
    sources: SourceFolder, data: Inputs, found: list[Estimate], places: pd.DataFrame, table: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Frames ``registers``, ``places`` and ``facts`` (see `data.prevalence.PrevalenceResult`)."""
    hoc, other = _by_residence(sources), _evidence(sources, data)
    registers = pd.DataFrame([_one(data, one, hoc, other) for one in found])
    registers["over_exact"] = [_over_exact(data, one, places) for one in found]
    widths = _widths(table)
    registers = registers.join(widths, on=registers["register"].map(indicator_id)).drop(
        columns="key_0", errors="ignore"
    )
    levels = places.copy()
    names = dict(zip(registers["register"].map(indicator_id), registers["standardised"], strict=True))
    levels["age_model_good"] = levels["indicator_id"].map(names)
    reported = np.isin(data.practices, data.national.counts.index)
    size = np.bincount(data.links.practice, data.links.patients, data.links.practices)
    facts = pd.DataFrame(
        {
            "practices_fitted": [int(data.usable.sum())],
            "practices_linked": [data.links.practices],
            "practices_without_register": [int((~reported).sum())],
            "patients_without_register": [float(size[~reported].sum() / size.sum())],
            **{name: [value] for name, value in _spread_of_others(data, other).items()},
        }
    )
    rounded = {"registers": registers, "places": levels, "facts": facts}
    return {name: frame.round(6) for name, frame in rounded.items()}
