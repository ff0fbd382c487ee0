"""The Quality and Outcomes Framework (NHS England): patients on 21 disease registers."""

from __future__ import annotations

import pandas as pd

from data.columns import MEASUREMENT_COLUMNS
from data.ingest.practices import place_of_practice
from data.sources import SourceError, SourceFolder, require_rows

PRACTICE_FILES = {
    "2021/22": "long_term_conditions/qof_prevalence_practice_202122.csv.gz",
    "2022/23": "long_term_conditions/qof_prevalence_practice_202223.csv.gz",
    "2024/25": "long_term_conditions/qof_prevalence_practice_202425.csv.gz",
}
TREND_FILE = "long_term_conditions/qof_place_trend_2013_14_to_2024_25.csv"
PRACTICE_SOURCE = "nhs-qof-practice"
TREND_SOURCE = "nhs-qof-place-trend"

# Practices in the three files as obtained: all England, and those of Cheshire and Merseyside.
PRACTICES_ENGLAND = {"2021/22": 6_470, "2022/23": 6_378, "2024/25": 6_188}
PRACTICES_HERE = {"2021/22": 352, "2022/23": 350, "2024/25": 334}

TREND_ROWS = 2_020

# Register -> the patients its prevalence is counted over (PATIENT_LIST_TYPE): never the whole list for all.
AGE_BASE = {
    "AF": "TOTAL", "AST": "06OV", "CAN": "TOTAL", "CHD": "TOTAL", "CKD": "18OV", "COPD": "TOTAL",
    "DEM": "TOTAL", "DEP": "18OV", "DM": "17OV", "EP": "18OV", "HF": "TOTAL", "HYP": "TOTAL",
    "LD": "TOTAL", "MH": "TOTAL", "NDH": "18OV", "OB": "18OV", "OST": "50OV",
    "PAD": "TOTAL", "PC": "TOTAL", "RA": "16OV", "STIA": "TOTAL",
}  # fmt: skip

# Years whose register was counted over another age group than today's. They would stand in the same line
# under a title that is not true of them, so they are not given. The base shows in the file itself, as its
# share of the whole list (England): asthma 1.00 against 0.94, obesity 0.82 (16 and over) against 0.79,
# learning disability 0.79 against 1.00, osteoporosis 0.27 (50 to 74) against 0.35.
OTHER_AGE_BASE = {
    "AST": ("2013/14", "2014/15", "2015/16", "2016/17", "2017/18", "2018/19", "2019/20"),
    "LD": ("2013/14",),
    "OB": ("2013/14", "2014/15"),
    "OST": ("2014/15",),
}

PLACE_OF_AREA = {
    "Liverpool": "E08000012",
    "Sefton": "E08000014",
    "St Helens": "E08000013",
    "Knowsley": "E08000011",
    "Wirral": "E08000015",
    "Halton": "E06000006",
    "Warrington": "E06000007",
}
# The CCG years have one figure for both Cheshire Places: no area code of ours, so it is not given.
COMBINED_CHESHIRE = "Cheshire (East + West and Chester)"
REGION = ("Cheshire and Merseyside", "E54000008")
ENGLAND = ("England", "E92000001")


def indicator_id(register: str) -> str:
    """`DM` -> `qof-dm`."""
    return f"qof-{register.lower()}"


def period(year: str) -> str:
    """`2013-14` -> `2013/14`."""
    return year.replace("-", "/")


def read_practices(sources: SourceFolder, year: str) -> pd.DataFrame:
    """One year's practice file: practice_code, register, patients (on it), listed (of the right age).

    Raises SourceError when a practice lacks a register or a register has another age base than AGE_BASE says.
    """
    name = PRACTICE_FILES[year]
    columns = ["PRACTICE_CODE", "GROUP_CODE", "REGISTER", "PATIENT_LIST_TYPE", "PRACTICE_LIST_SIZE"]
    frame = sources.csv(name, columns)
    frame = sources.numbers(frame, name, ["REGISTER", "PRACTICE_LIST_SIZE"])
    expected = PRACTICES_ENGLAND[year] * len(AGE_BASE)
    require_rows(
        frame,
        file=name,
        exactly=expected,
        what="rows",
        why=f"{PRACTICES_ENGLAND[year]} practices of England, each with {len(AGE_BASE)} registers",
    )
    bases = frame["GROUP_CODE"].map(AGE_BASE)
    wrong = bases != frame["PATIENT_LIST_TYPE"]
    if wrong.any():
        row = int(wrong.to_numpy().argmax())
        raise SourceError(
            f"{name}, row {row + 2}: register {frame['GROUP_CODE'].iloc[row]!r} counted over "
            f"{frame['PATIENT_LIST_TYPE'].iloc[row]!r}, expected {bases.iloc[row]!r}"
        )
    if frame.duplicated(["PRACTICE_CODE", "GROUP_CODE"]).any():
        raise SourceError(f"{name}: a practice has the same register twice")
    return frame.rename(
        columns={
            "PRACTICE_CODE": "practice_code",
            "GROUP_CODE": "register",
            "REGISTER": "patients",
            "PRACTICE_LIST_SIZE": "listed",
        }
    )[["practice_code", "register", "patients", "listed"]]


def _rows(frame: pd.DataFrame, level: str, year: pd.Series | str, source: str) -> pd.DataFrame:
    """Measurements from `area_code, register, patients, listed`; values are left to the build."""
    rows = pd.DataFrame(
        {
            "indicator_id": frame["register"].map(indicator_id),
            "area_code": frame["area_code"],
            "source_level": level,
            "period": year,
            "group": "all",
            "value": float("nan"),
            "lower": float("nan"),
            "upper": float("nan"),
            "numerator": frame["patients"].astype(float),
            "denominator": frame["listed"].astype(float),
            "status": "reported",
            "source_id": source,
        }
    )
    return rows[MEASUREMENT_COLUMNS]


def _practice_years(sources: SourceFolder) -> list[pd.DataFrame]:
    known = place_of_practice(sources)
    here = set(known["practice_code"])
    region = known.loc[known["place_code"].isin(sources.settings.region_places), "practice_code"]
    rows = []
    for year in PRACTICE_FILES:
        frame = read_practices(sources, year)
        local = frame[frame["practice_code"].isin(here)].rename(columns={"practice_code": "area_code"})
        require_rows(
            local[local["area_code"].isin(region)].drop_duplicates("area_code"),
            file=PRACTICE_FILES[year],
            exactly=PRACTICES_HERE[year],
            what="practices of Cheshire and Merseyside",
            why="as many as the Place totals of that year are made of",
        )
        rows.append(_rows(local, "practice", year, PRACTICE_SOURCE))
        totals = frame.groupby("register", as_index=False)[["patients", "listed"]].sum()
        totals["area_code"] = ENGLAND[1]
        rows.append(_rows(totals, "england", year, PRACTICE_SOURCE))
    return rows


def read_trend(sources: SourceFolder) -> pd.DataFrame:
    """The Place series as it comes: period, area, register, patients, listed, practices."""
    columns = ["year", "area", "GROUP_CODE", "practices", "register", "list_size"]
    frame = sources.csv(TREND_FILE, columns)
    frame = sources.numbers(frame, TREND_FILE, ["practices", "register", "list_size"])
    require_rows(
        frame,
        file=TREND_FILE,
        exactly=TREND_ROWS,
        what="rows",
        why="10 areas, 10 years and 21 registers, less NDH before 2021/22 and CHD in 2019/20",
    )
    frame = frame.rename(columns={"register": "patients", "list_size": "listed"})
    frame = frame.rename(columns={"GROUP_CODE": "register"})
    return frame.assign(period=frame["year"].map(period))[
        ["period", "area", "register", "patients", "listed", "practices"]
    ]


def _ccg_years(sources: SourceFolder) -> list[pd.DataFrame]:
    """Place, region and England rows of the years without a practice file (2013/14 to 2019/20)."""
    trend = read_trend(sources)
    trend = trend[~trend["period"].isin(list(PRACTICE_FILES))]
    unlike = pd.Series(False, index=trend.index)
    for register, years in OTHER_AGE_BASE.items():
        unlike |= (trend["register"] == register) & trend["period"].isin(years)
    trend = trend[~unlike]
    areas = {"place": PLACE_OF_AREA, "region": dict([REGION]), "england": dict([ENGLAND])}
    rows = []
    for level, codes in areas.items():
        part = trend[trend["area"].isin(list(codes))]
        part = part.assign(area_code=part["area"].map(codes))
        rows.append(_rows(part, level, part["period"], TREND_SOURCE))
    return rows


def measurements(sources: SourceFolder) -> pd.DataFrame:
    """QOF registers as measurements rows (`data.schemas.measurements`): counts, no values.

    Practice rows of Cheshire and Merseyside and one England row (the sum of all practices) for 2021/22,
    2022/23 and 2024/25; Place, region and England rows for 2013/14 to 2019/20 (sums of CCGs). 2020/21 and
    2023/24 are in no file here and are left out, not filled in. Raises SourceError when a file is not as
    expected.
    """
    frames = _practice_years(sources) + _ccg_years(sources)
    return pd.concat(frames, ignore_index=True)
