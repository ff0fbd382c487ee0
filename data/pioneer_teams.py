"""What a neighbourhood health team would cover: the networks of a Place and where their patients live."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.pioneers import ENTRIES, OLDER, Support, practice_list
from data.query import Bundle

MOST_OF_PATIENTS = 0.8  # of a network's patients: the wards a team would mainly work in
LEAST_SHARE = 0.01  # of a network's patients: a ward with fewer is not counted


def without_network(bundle: Bundle, place_code: str) -> int:
    """How many practices of a Place belong to no network."""
    known = practice_list(bundle)
    return int(((known["place_code"] == place_code) & known["pcn_code"].isna()).sum())


def patients_by_ward(bundle: Bundle, tables: Support) -> pd.DataFrame:
    """Estimated patients of each network by ward: pcn_code, area_code, area_name, place_code, patients,
    older (those of 65 and over as in the ward).

    Wards of all Places, since a network's patients live on both sides of a Place's boundary.
    """
    rows = tables.practices[tables.practices["area_level"] == "ward"]
    wards = bundle.slice(OLDER, "ward", places=bundle.config.place_codes).set_index("area_code")
    known = practice_list(bundle)
    rows = rows.assign(pcn_code=rows["practice_code"].map(known["pcn_code"]))
    rows = rows[rows["pcn_code"].notna()]
    rows["patients"] = rows["share"] * rows["area_code"].map(wards["denominator"])
    rows["older"] = rows["share"] * rows["area_code"].map(wards["numerator"])
    sums = rows.groupby(["pcn_code", "area_code"], as_index=False)[["patients", "older"]].sum()
    for name in ("area_name", "place_code"):
        sums[name] = sums["area_code"].map(wards[name])
    return sums.sort_values(["pcn_code", "patients"], ascending=[True, False]).reset_index(drop=True)


def teams(bundle: Bundle, tables: Support, place_code: str) -> pd.DataFrame:
    """What a neighbourhood team of each network would cover, one row a network of the Place, by name.

    pcn_code, pcn_name, practices, patients (registered, exact), adults and entries (exact), value with
    limits, older (per cent of 65 and over, estimated from where its patients live), inside (share, 0 to 1,
    of patients who live in the Place, estimated), wards (names, largest first, that hold 80% of its
    patients), ward_count (wards with at least 1% of its patients).
    """
    known = practice_list(bundle)
    networks = bundle.slice(ENTRIES, "pcn", places=[place_code])
    by_ward = patients_by_ward(bundle, tables)
    found = []
    for row in networks.itertuples(index=False):
        members = known[known["pcn_code"] == row.area_code]
        live = by_ward[by_ward["pcn_code"] == row.area_code]
        found.append(
            {
                "pcn_code": row.area_code, "pcn_name": row.area_name, "practices": len(members),
                "patients": float(members["list_size"].sum(min_count=1)), "adults": row.denominator,
                "entries": row.numerator, "value": row.value, "lower": row.lower, "upper": row.upper,
                **_homes(live, place_code),
            }
        )  # fmt: skip
    columns = list(found[0]) if found else ["pcn_code", "pcn_name"]
    return pd.DataFrame(found, columns=columns).sort_values("pcn_name").reset_index(drop=True)


def _homes(live: pd.DataFrame, place_code: str) -> dict[str, object]:
    total = float(live["patients"].sum())
    if not total:
        return {"older": np.nan, "inside": np.nan, "wards": (), "ward_count": 0}
    share = live["patients"].to_numpy() / total
    needed = int(np.searchsorted(np.cumsum(share), MOST_OF_PATIENTS)) + 1
    return {
        "older": float(live["older"].sum() / total * 100),
        "inside": float(share[(live["place_code"] == place_code).to_numpy()].sum()),
        "wards": tuple(str(name) for name in live["area_name"].iloc[:needed]),
        "ward_count": int((share >= LEAST_SHARE).sum()),
    }
