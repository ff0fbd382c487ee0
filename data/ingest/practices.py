"""GP practices of Cheshire and Merseyside: names, where they stand, their Place and PCN (NHS England)."""

from __future__ import annotations

import re
import zipfile

import pandas as pd

from data.ingest.practices_elsewhere import practices_elsewhere
from data.sources import SourceError, SourceFolder, require_rows

LOCATIONS = "gp_practices/gp_practices_cheshire_merseyside_feb2026.csv"
MAPPING = "gp_practices/gp-reg-pat-prac-map_202607.zip"
LISTS = "gp_practices/gp-reg-pat-prac-quin-age_202607.zip"
MAPPING_2022 = "reference/pcn_practices_jan2022.csv"
LATEST_QOF = "long_term_conditions/qof_prevalence_practice_202425.csv.gz"
ICB = "QYG"

# Named floors: practices in the July 2026 mapping (334), in the February 2026 addresses (338), in the list
# sizes of all England (about 6,100), and with QOF figures for 2024/25 (334).
MAPPED, LOCATED, SIZED, IN_USE = 330, 334, 6_000, 334

# The Places of the NHS are its sub-ICB locations (the former CCGs), not the council a surgery stands in: one
# Knowsley and one Sefton practice have their door in Liverpool. Only 27D (Cheshire) holds two Places, and
# there the surgery's position decides.
PLACE_OF_SUB_ICB = {
    "99A": "E08000012",
    "01T": "E08000014",
    "01V": "E08000014",
    "01X": "E08000013",
    "01J": "E08000011",
    "12F": "E08000015",
    "01F": "E06000006",
    "02E": "E06000007",
}
CHESHIRE = "27D"
PLACE_OF_DISTRICT = {"Cheshire East": "E06000049", "Cheshire West and Chester": "E06000050"}

# Practices with QOF figures for 2021/22 or 2022/23 that no list here knows any more. N83 was the code block
# of St Helens and Knowsley, and the January 2022 list is complete for St Helens and has neither of them; N85
# is Wirral's. The published Place totals of both years are met only with these six (tests/contract).
CLOSED = {
    "N83015": "E08000011",
    "N83055": "E08000011",
    "N85003": "E08000015",
    "N85009": "E08000015",
    "N85014": "E08000015",
    "N85040": "E08000015",
}

COLUMNS = [
    "practice_code", "practice_name", "postcode", "place_code", "pcn_code", "pcn_name", "lon", "lat",
    "list_size", "sub_icb",
]  # fmt: skip

_SPELLED_OUT = [
    (r"[@]", " at "),
    (r"&", " and "),
    (r"\bMED\s*/\s*CTR\b", " MEDICAL CENTRE"),
    (r"\bM(?:ED|ET)[. ]+(?:CENTRE|CTRE?)\b\.?", "MEDICAL CENTRE"),
    (r"\b(?:CTRE?|CENTER)\b\.?", "CENTRE"),
    (r"\bHC\b", "HEALTH CENTRE"),
    (r"\bRD\b\.?", "ROAD"),
    (r"\bAVE\b\.?", "AVENUE"),
    (r"\bST\.", "ST"),
]
_SMALL = {"and", "of", "at", "the", "on", "in", "upon"}
_AS_IS = {"PCN", "GP", "CIC", "TCG", "CHOC", "CHAW", "SMASH", "SWAGGA", "IGPC", "GHR", "G", "K"}


def tidy_name(name: str) -> str:
    """A name in capitals as people would write it: `DEVANEY MED CTR` becomes `Devaney Medical Centre`."""
    text = name.strip().upper()
    for pattern, replacement in _SPELLED_OUT:
        text = re.sub(pattern, replacement, text)
    words = text.split()
    tidy = []
    for position, word in enumerate(words):
        bare = word.strip("(),.")
        if bare in _AS_IS or re.search(r"[A-Z]\d", word):
            tidy.append(word)
        elif position and bare.lower() in _SMALL and not words[position - 1].endswith(("(", "-")):
            tidy.append(word.lower())
        else:
            tidy.append(re.sub(r"[A-Z]+(?:'[A-Z]+)?", lambda found: found[0].capitalize(), word))
    return " ".join(tidy).removesuffix(".").replace(" Ltd.", " Ltd").replace("Macrae", "MacRae")


def _zipped(sources: SourceFolder, name: str, columns: list[str]) -> pd.DataFrame:
    try:
        return sources.csv(name, dtype=str, compression="zip", keep_default_na=False, usecols=columns)
    except zipfile.BadZipFile as error:
        raise SourceError(f"{name} cannot be read as a zip file: {error}") from error


def _mapping(sources: SourceFolder) -> pd.DataFrame:
    """July 2026, the region: practice_code, practice_name, postcode, pcn_code, pcn_name, sub_icb."""
    frame = _national(sources)
    frame = frame[frame["icb"] == ICB].drop(columns="icb").reset_index(drop=True)
    require_rows(
        frame,
        file=MAPPING,
        at_least=MAPPED,
        what="practices in Cheshire and Merseyside",
        why="334 in July 2026",
    )
    return frame


def _national(sources: SourceFolder) -> pd.DataFrame:
    """July 2026, all England: the columns of `_mapping` and icb."""
    columns = {
        "PRACTICE_CODE": "practice_code",
        "PRACTICE_NAME": "practice_name",
        "PRACTICE_POSTCODE": "postcode",
        "PCN_CODE": "pcn_code",
        "PCN_NAME": "pcn_name",
        "SUB_ICB_LOCATION_CODE": "sub_icb",
        "ICB_CODE": "icb",
    }
    frame = _zipped(sources, MAPPING, list(columns)).rename(columns=columns)
    unallocated = frame["pcn_code"].isin(["U", ""])
    return frame.assign(
        pcn_code=frame["pcn_code"].mask(unallocated), pcn_name=frame["pcn_name"].mask(unallocated)
    )


def _locations(sources: SourceFolder) -> pd.DataFrame:
    """February 2026: practice_code, practice_name, postcode, sub_icb, lon, lat, district, PCN of 2023."""
    columns = [
        "practice_code", "name", "postcode", "sub_icb", "lat", "lon", "LADNM",
        "pcn_code_feb2023", "pcn_name_feb2023",
    ]  # fmt: skip
    frame = sources.csv(LOCATIONS, columns, usecols=columns)
    frame = sources.numbers(frame, LOCATIONS, ["lat", "lon"]).rename(
        columns={
            "name": "practice_name",
            "LADNM": "district",
            "pcn_code_feb2023": "pcn_code",
            "pcn_name_feb2023": "pcn_name",
        }
    )
    require_rows(frame, file=LOCATIONS, at_least=LOCATED, what="practices", why="338 listed in February 2026")
    outside = ~frame["lat"].between(52.9, 53.8) | ~frame["lon"].between(-3.5, -1.9)
    if outside.any():
        row = int(outside.to_numpy().argmax())
        raise SourceError(
            f"{LOCATIONS}, row {row + 2}: {frame['lat'].iloc[row]}, {frame['lon'].iloc[row]} is not in "
            "Cheshire and Merseyside"
        )
    return frame


def _place(frame: pd.DataFrame, file: str) -> pd.Series:
    """Place codes of rows with `sub_icb` and, for Cheshire, `district`."""
    place = frame["sub_icb"].map(PLACE_OF_SUB_ICB)
    cheshire = frame["sub_icb"] == CHESHIRE
    place = place.mask(cheshire, frame["district"].map(PLACE_OF_DISTRICT))
    if place.isna().any():
        row = frame[place.isna()].iloc[0]
        raise SourceError(
            f"{file}: practice {row['practice_code']} (sub-ICB {row['sub_icb']}, district {row['district']}) "
            "is in none of the nine Places"
        )
    return place


def place_of_practice(sources: SourceFolder) -> pd.DataFrame:
    """Place and PCN of every practice with QOF figures in 2021/22, 2022/23 or 2024/25, closed ones too.

    The region's first, then those of the Places outside it.

    Columns `practice_code, place_code, pcn_code, pcn_name`. PCNs are those of July 2026; a practice that has
    closed keeps the PCN it was last listed with, if that PCN still exists, and else has none.
    """
    mapping = _mapping(sources)
    located = _locations(sources)
    earlier = sources.csv(MAPPING_2022, ["practice_code", "ccg_code", "pcn_code", "pcn_name"])
    earlier = earlier.rename(columns={"ccg_code": "sub_icb"})
    current = mapping.dropna(subset="pcn_code").drop_duplicates("pcn_code")
    current_names = current.set_index("pcn_code")["pcn_name"].map(tidy_name)

    districts = located.set_index("practice_code")["district"]
    fallback = pd.concat([located, earlier]).drop_duplicates("practice_code")
    fallback = fallback[~fallback["practice_code"].isin(mapping["practice_code"])]
    columns = ["practice_code", "sub_icb", "pcn_code"]
    listed = pd.concat([mapping[columns], fallback[columns]], ignore_index=True)
    listed["district"] = listed["practice_code"].map(districts)
    listed["place_code"] = _place(listed, f"{MAPPING} and {LOCATIONS}")
    closed = pd.DataFrame({"practice_code": list(CLOSED), "place_code": list(CLOSED.values())})
    closed = closed[~closed["practice_code"].isin(listed["practice_code"])]
    frame = pd.concat([listed, closed], ignore_index=True)
    frame["pcn_code"] = frame["pcn_code"].where(frame["pcn_code"].isin(current_names.index))
    frame["pcn_name"] = frame["pcn_code"].map(current_names)
    columns = ["practice_code", "place_code", "pcn_code", "pcn_name"]
    frame = frame.sort_values("practice_code", ignore_index=True)[columns]
    elsewhere = _elsewhere(sources, set(frame["practice_code"]))
    return pd.concat([frame, elsewhere[columns]], ignore_index=True) if len(elsewhere) else frame


def _elsewhere(sources: SourceFolder, taken: set[str]) -> pd.DataFrame:
    """Practices of the Places outside the region (`practices_elsewhere`) but those `taken`, in tidy case."""
    if not sources.settings.outside:
        return practices_elsewhere(sources, pd.DataFrame())
    found = practices_elsewhere(sources, _national(sources))
    found = found[~found["practice_code"].isin(taken)].reset_index(drop=True)
    for column in ("practice_name", "pcn_name"):
        found[column] = found[column].map(tidy_name, na_action="ignore")
    return found


def _list_sizes(sources: SourceFolder) -> pd.Series:
    columns = ["ORG_TYPE", "ORG_CODE", "SEX", "AGE_GROUP_5", "NUMBER_OF_PATIENTS"]
    frame = _zipped(sources, LISTS, columns)
    frame = frame[(frame["ORG_TYPE"] == "GP") & (frame["SEX"] == "ALL") & (frame["AGE_GROUP_5"] == "ALL")]
    require_rows(frame, file=LISTS, at_least=SIZED, what="practices", why="all of England, about 6,100")
    frame = sources.numbers(frame, LISTS, ["NUMBER_OF_PATIENTS"])
    return frame.set_index("ORG_CODE")["NUMBER_OF_PATIENTS"]


def practices(sources: SourceFolder) -> pd.DataFrame:
    """Practices of the Places: those of the July 2026 list, and any with QOF figures for 2024/25.

    Three of the February 2026 list are neither (two closed surgeries and a walk-in service) and are left out.

    One row a practice: practice_code, practice_name (tidy case), postcode, place_code, pcn_code, pcn_name
    (null where the practice is in no PCN), lon, lat (degrees, of the postcode; null outside the region),
    list_size (patients registered on 1 July 2026, null for a practice that had closed by then), sub_icb.
    Raises SourceError when a file is not as expected.
    """
    mapping = _mapping(sources).set_index("practice_code")
    frame = _locations(sources)
    missing = mapping.index.difference(pd.Index(frame["practice_code"]))
    if len(missing):
        raise SourceError(f"{LOCATIONS}: no position for {', '.join(missing[:5])} of the July 2026 list")
    with_qof = sources.csv(LATEST_QOF, ["PRACTICE_CODE"], usecols=["PRACTICE_CODE"])["PRACTICE_CODE"].unique()
    kept = frame["practice_code"].isin(mapping.index) | frame["practice_code"].isin(with_qof)
    frame = frame[kept].reset_index(drop=True)
    require_rows(frame, file=LOCATIONS, at_least=IN_USE, what="practices in use", why="334 in QOF 2024/25")
    links = place_of_practice(sources).set_index("practice_code")
    codes = frame["practice_code"]
    names = codes.map(mapping["practice_name"]).fillna(frame["practice_name"])
    frame = frame.assign(
        practice_name=names.map(tidy_name),
        place_code=codes.map(links["place_code"]),
        pcn_code=codes.map(links["pcn_code"]),
        pcn_name=codes.map(links["pcn_name"]),
        list_size=codes.map(_list_sizes(sources)),
    )
    frame = frame.sort_values("practice_code", ignore_index=True)[COLUMNS]
    region = links.index[links["place_code"].isin(sources.settings.region_places)]
    elsewhere = _elsewhere(sources, set(region))
    # a practice that closed before July 2026 has no name in any list here
    elsewhere = elsewhere.dropna(subset=["practice_name"])
    if elsewhere.empty:
        return frame
    elsewhere = elsewhere.assign(list_size=elsewhere["practice_code"].map(_list_sizes(sources)))
    return pd.concat([frame, elsewhere.reindex(columns=COLUMNS)], ignore_index=True)
