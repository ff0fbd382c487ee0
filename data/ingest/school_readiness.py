"""School readiness: the early years foundation stage profile (DfE, with OHID and ONS copies).

Two frameworks, two indicators: `gld` from 2021/22 and `gld-previous-framework` from 2012/13 to 2018/19.
Nothing was collected in 2019/20 and 2020/21.
"""

from __future__ import annotations

import pandas as pd

from data.columns import MEASUREMENT_COLUMNS
from data.sources import SourceError, SourceFolder, require_rows
from geo.config import Config

CURRENT = "school_readiness/eyfsp_gld_lad_cm_202122_202425.csv"
BY_SEX = "school_readiness/eyfsp_gld_la_level_gender_202425.csv"
PREVIOUS = "school_readiness/APS_GLD_ELG_EXP_2013_2019.csv"
PREVIOUS_FSM = "school_readiness/dash2020_school_readiness_fsm.csv"
GOALS = "school_readiness/early-years.csv"

SOURCE_CURRENT = "dfe-eyfsp"
SOURCE_PREVIOUS = "dfe-eyfsp-previous"
SOURCE_PREVIOUS_FSM = "ohid-school-readiness-fsm"
SOURCE_GOALS = "ons-els-early-years"

GROUPS = {
    "Total|Total": "all",
    "Eligible for free school meals|Total": "fsm",
    "Not eligible for free school meals|Total": "not-fsm",
    "Total|Female": "female",
    "Total|Male": "male",
}
SEXES = {"Total": "all", "Girls": "female", "Boys": "male"}
GOAL_IDS = {
    "Literacy": "eyfs-literacy",
    "Communication and language": "eyfs-communication",
    "Mathematics": "eyfs-mathematics",
}
GOAL_PERIODS = {f"{year}-09-01/P1Y": f"{year}/{(year + 1) % 100:02d}" for year in range(2021, 2025)}
# The current file prints six decimals, cut off, not rounded; the previous one one decimal.
CURRENT_TOLERANCE = 2e-6
PREVIOUS_TOLERANCE = 0.0501


def academic_year(code: int) -> str:
    """`202425` -> `2024/25`."""
    text = str(code)
    if len(text) != 6 or not text.isdigit() or (int(text[2:4]) + 1) % 100 != int(text[4:]):
        raise SourceError(f"{code!r} is not an academic year such as 202425")
    return f"{text[:4]}/{text[4:]}"


def _areas(settings: Config) -> dict[str, str]:
    """Area code -> source level, of the Places and England."""
    return {**dict.fromkeys(settings.place_codes, "place"), settings.country_code: "england"}


def _promised(frame: pd.DataFrame, settings: Config) -> pd.DataFrame:
    """The rows that a file must have: of a Place outside the region it may have any, or none."""
    return frame[~frame["area_code"].isin([place.code for place in settings.outside])]


def _readable(frame: pd.DataFrame, columns: list[str], settings: Config) -> pd.DataFrame:
    """Without the rows of Places outside the region in which a number is withheld or absent."""
    outside = frame["area_code"].isin([place.code for place in settings.outside])
    known = frame[columns].apply(pd.to_numeric, errors="coerce").notna().all(axis=1)
    return frame[~outside | known]


def _finish(frame: pd.DataFrame, source: str, settings: Config) -> pd.DataFrame:
    """Measurements from rows with indicator_id, area_code, period, group and some of the numbers."""
    frame = frame.assign(source_id=source, status="reported")
    frame["source_level"] = frame["area_code"].map(_areas(settings))
    for column in ("value", "lower", "upper", "numerator", "denominator"):
        if column not in frame:
            frame[column] = float("nan")
    return frame[MEASUREMENT_COLUMNS]


def check_percentages(
    frame: pd.DataFrame, file: str, count: str, total: str, percent: str, tolerance: float
) -> None:
    """Refuse a file whose printed percentages do not follow from its counts."""
    apart = (100 * frame[count] / frame[total] - frame[percent]).abs() > tolerance
    wrong = frame[apart | (frame[count] > frame[total])]
    if len(wrong):
        row = wrong.iloc[0]
        raise SourceError(
            f"{file}, row {wrong.index[0] + 2}: {row[count]} of {row[total]} children is not the printed "
            f"{row[percent]}%"
        )


def _profile(sources: SourceFolder, name: str) -> pd.DataFrame:
    numbers = ["children_count", "gld_children_count", "gld_children_percent"]
    frame = sources.csv(name, ["time_period", "area_code", "breakdown", "sex", *numbers])
    frame = sources.numbers(frame, name, numbers)
    check_percentages(frame, name, "gld_children_count", "children_count", numbers[2], CURRENT_TOLERANCE)
    groups = (frame["breakdown"] + "|" + frame["sex"]).map(GROUPS)
    frame = frame.assign(group=groups, period=frame["time_period"].map(academic_year))
    # "Unknown" eligibility (about 1% of children here) is in "all" only: no one can act on it as a group.
    return frame.dropna(subset="group").rename(
        columns={
            "gld_children_count": "numerator",
            "children_count": "denominator",
            "gld_children_percent": "value",
        }
    )


def _current(sources: SourceFolder) -> pd.DataFrame:
    """GLD 2021/22 to 2024/25: nine Places and England, by free school meals; by sex where published."""
    frame = _profile(sources, CURRENT)
    settings = sources.settings
    places = frame[frame["area_code"].isin(settings.place_codes)]
    require_rows(
        _promised(places, settings),
        file=CURRENT,
        exactly=108,
        what="Place rows",
        why="nine Places, four years; all, FSM and not FSM",
    )
    national = frame[frame["area_code"] == settings.country_code]
    require_rows(
        national,
        file=CURRENT,
        exactly=16,
        what="England rows",
        why="all children in 2021/22; all, FSM, not FSM, girls and boys in the three years after",
    )
    sexes = _profile(sources, BY_SEX)
    # Authority-level totals count children by the authority that sent the results, district-level ones by
    # where the school stands, so the two differ (Liverpool: 5,062 and 5,083). "All" is the district's.
    sexes = sexes[sexes["group"] != "all"]
    require_rows(
        sexes, file=BY_SEX, exactly=6, what="rows by sex", why="girls and boys in three Places, 2024/25"
    )
    frame = pd.concat([places, national, sexes], ignore_index=True)
    return _finish(frame.assign(indicator_id="gld"), SOURCE_CURRENT, settings)


def _previous(sources: SourceFolder) -> pd.DataFrame:
    """GLD in the earlier framework, 2012/13 to 2018/19, by sex."""
    numbers = ["number_of_children", "gld_number", "gld_percent"]
    columns = ["time_period", "geographic_level", "country_code", "new_la_code", "gender", *numbers]
    frame = sources.csv(PREVIOUS, columns, dtype=str)
    frame["area_code"] = frame["new_la_code"].mask(
        frame["geographic_level"] == "National", frame["country_code"]
    )
    frame = frame[frame["area_code"].isin(list(_areas(sources.settings)))]
    frame = sources.numbers(_readable(frame, numbers, sources.settings), PREVIOUS, numbers)
    require_rows(
        _promised(frame, sources.settings),
        file=PREVIOUS,
        exactly=210,
        what="rows",
        why="nine Places and England, seven years; all, girls, boys",
    )
    check_percentages(frame, PREVIOUS, "gld_number", "number_of_children", "gld_percent", PREVIOUS_TOLERANCE)
    frame = frame.assign(
        indicator_id="gld-previous-framework",
        group=frame["gender"].map(SEXES),
        period=frame["time_period"].map(academic_year),
    ).rename(columns={"gld_number": "numerator", "number_of_children": "denominator"})
    # The printed percentage is this quotient to one decimal (checked above): keep what the counts say.
    frame["value"] = 100 * frame["numerator"] / frame["denominator"]
    return _finish(frame, SOURCE_PREVIOUS, sources.settings)


def _previous_fsm(sources: SourceFolder) -> pd.DataFrame:
    """GLD of children with free school meals, 2012/13 to 2017/18: printed percentages, without counts."""
    frame = sources.csv(PREVIOUS_FSM, ["area_code", "period", "value"])
    frame = sources.numbers(frame, PREVIOUS_FSM, ["value"])
    frame = frame[frame["area_code"].isin(list(_areas(sources.settings)))]
    frame = _readable(frame, ["value"], sources.settings)
    require_rows(
        _promised(frame, sources.settings), file=PREVIOUS_FSM, exactly=60, what="rows",
        why="nine Places and England, six years",
    )  # fmt: skip
    frame = frame[["area_code", "period", "value"]].assign(indicator_id="gld-previous-framework", group="fsm")
    return _finish(frame, SOURCE_PREVIOUS_FSM, sources.settings)


def _goals(sources: SourceFolder) -> pd.DataFrame:
    """Literacy, communication and language, mathematics: printed percentages, 2021/22 to 2024/25."""
    frame = sources.csv(GOALS, ["areacd", "indicator", "period", "observation", "unit"])
    frame = sources.numbers(frame, GOALS, ["observation"])
    frame = frame.rename(columns={"areacd": "area_code"})
    known = frame["area_code"].isin(list(_areas(sources.settings)))
    frame = _readable(
        frame[known & frame["indicator"].isin(list(GOAL_IDS))], ["observation"], sources.settings
    )
    require_rows(
        _promised(frame, sources.settings),
        file=GOALS,
        exactly=120,
        what="rows",
        why="nine Places and England, four years, three areas of learning",
    )
    unknown = sorted(set(frame["period"]) - set(GOAL_PERIODS))
    if unknown:
        raise SourceError(f"{GOALS}: period {unknown[0]!r}, expected one of {', '.join(GOAL_PERIODS)}")
    frame = pd.DataFrame(
        {
            "indicator_id": frame["indicator"].map(GOAL_IDS),
            "area_code": frame["area_code"],
            "period": frame["period"].map(GOAL_PERIODS),
            "group": "all",
            "value": frame["observation"],
        }
    )
    return _finish(frame, SOURCE_GOALS, sources.settings)


def measurements(sources: SourceFolder) -> pd.DataFrame:
    """School readiness as measurements rows (`data.schemas.measurements`), Places and England.

    `gld` and `gld-previous-framework` have counts and the percentage that follows from them, except the `fsm`
    group of the previous framework, which was published as a percentage only: no counts, so no limits. The
    three areas of learning are percentages as printed. Raises SourceError when a file is not as expected.
    """
    parts = [_current(sources), _previous(sources), _previous_fsm(sources), _goals(sources)]
    return pd.concat(parts, ignore_index=True)
