"""Children in low income families and households on Universal Credit (Department for Work and Pensions).

Two series of child poverty, never to be mixed: after housing costs (wards, local authorities) and before
housing costs (MSOA 2011, counts only).
"""

from __future__ import annotations

import pandas as pd

from data.ingest.census import TENURE, read_table
from data.ingest.rows import measurement_rows, stack
from data.sources import SourceError, SourceFolder, require_rows

WARD_FILE = "child_poverty/cilif_ahc_relative_ward_fye2024_2025.csv"
LA_FILE = "child_poverty/cilif_ahc_relative_la.csv"
BHC_FILE = "child_poverty/cilif_bhc_relative_msoa_2014_15_2021_22.csv.gz"
UC_FILE = "universal_credit/uc_households_msoa_2015_2022.csv.gz"
LOOKUP_FILE = "lookups/lookup_lsoa11_lsoa21_ltla22.csv.gz"
AHC_SOURCE = "dwp-child-poverty-ahc"
BHC_SOURCE = "dwp-child-poverty-bhc"
UC_SOURCE = "dwp-universal-credit"

# Financial year ending, as the file heads its columns, and the period as the dashboard writes it.
AHC_YEARS = {2024: "2023/24", 2025: "2024/25"}
BHC_YEARS = {
    "2014/15": "2014/15", "2015/16": "2015/16", "2016/17": "2016/17", "2017/18": "2017/18",
    "2018/19": "2018/19", "2019/20": "2019/20", "2020/21": "2020/21", "2021/22 (p)": "2021/22",
}  # fmt: skip
# One month a year, and December since the last revised month is December 2022. The file's later column,
# November 2023, is provisional and eleven months away from the rest: left out.
UC_MONTHS = {
    "December 2016": "2016-12", "December 2017": "2017-12", "December 2018": "2018-12",
    "December 2019": "2019-12", "December 2020": "2020-12", "December 2021 (r)": "2021-12",
    "December 2022 (r)": "2022-12",
}  # fmt: skip
ENGLISH_AUTHORITIES = 296
CM_WARDS = 278
MSOAS_2011 = 6_791
# What the department writes instead of a number that it withholds.
WITHHELD = ("[c]", "[x]", "[z]", "..", "-")
# The lookup keeps four LSOAs of 2011 under the name of the neighbouring MSOA from which theirs was divided.
MSOA11_CORRECTIONS = dict.fromkeys(("E01024508", "E01024509", "E01024510", "E01024517"), "Shepway 015")


def _counts(frame: pd.DataFrame, name: str, columns: list[str]) -> pd.DataFrame:
    """Columns as float64, withheld cells empty; any other text, or a negative number, stops the build."""
    text = frame[columns].apply(lambda column: column.astype("str").str.strip())
    frame = frame.copy()
    frame[columns] = frame[columns].astype(object).mask(text.isin(WITHHELD))
    frame = SourceFolder.numbers(frame, name, columns)
    for column in columns:
        negative = frame[column] < 0
        if negative.any():
            row = int(negative.to_numpy().argmax())
            raise SourceError(f"{name}, row {row + 2}, column {column!r}: found a negative count")
    return frame.astype(dict.fromkeys(columns, "float64"))


def _published(frame: pd.DataFrame, code: str, level: str, year: int) -> pd.DataFrame:
    """Rows of one year as printed: percentage and count, with the denominator that they imply.

    The department prints no denominator. Count / percentage gives the children under 16 to within the
    rounding of the percentage (about 0.2% for a Place; for a ward with a low percentage, 1% or so).
    """
    count = frame[f"Number of children FYE {year}"]
    percent = frame[f"Percentage of children FYE {year} (%) [note 3]"]
    # A count without a percentage (or nobody at all) has no denominator to be found: missing, not zero.
    known = count.notna() & (percent > 0)
    status = pd.Series("reported", index=frame.index).mask(~known, "missing").mask(count.isna(), "suppressed")
    return measurement_rows(
        indicator_id="child-poverty-ahc", source_id=AHC_SOURCE, source_level=level, period=AHC_YEARS[year],
        area_code=frame[code], status=status, value=percent, numerator=count,
        denominator=(100 * count / percent.where(known)).round(),
    )  # fmt: skip


def _england(rows: pd.DataFrame, year: int, country: str) -> pd.DataFrame:
    """England as the sum of all its local authorities: the file itself prints only the United Kingdom.

    No `value`: nobody printed one, so the build makes the quotient and calls it aggregated.
    """
    return measurement_rows(
        indicator_id="child-poverty-ahc", source_id=AHC_SOURCE, source_level="england",
        period=AHC_YEARS[year], area_code=pd.Series([country]),
        numerator=pd.Series([rows["numerator"].sum()]), denominator=pd.Series([rows["denominator"].sum()]),
    )  # fmt: skip


def child_poverty_ahc(sources: SourceFolder) -> pd.DataFrame:
    """Relative low income after housing costs: wards 2025 and Places as printed, England summed.

    Shape: (278 wards + 9 Places + England) x 2 years. `value` is the printed percentage (England has
    none), `denominator` is derived from count and percentage.
    """
    columns = [f"Number of children FYE {year}" for year in AHC_YEARS]
    columns += [f"Percentage of children FYE {year} (%) [note 3]" for year in AHC_YEARS]
    wards = sources.csv(WARD_FILE, ["Area Code_1", "Area Code_3", *columns], dtype="str")
    settings = sources.settings
    wards = _counts(wards[wards["Area Code_1"].isin(settings.place_codes)], WARD_FILE, columns)
    require_rows(
        wards[wards["Area Code_1"].isin(settings.region_places)],
        file=WARD_FILE, what="wards of Cheshire and Merseyside", exactly=CM_WARDS,
        why="the nine Places have 278 wards in the 2025 geography, 64 of them in Liverpool",
    )  # fmt: skip
    authorities = sources.csv(LA_FILE, ["Area Code", *columns], dtype="str")
    authorities = authorities[authorities["Area Code"].str.startswith("E", na=False)]
    authorities = _counts(authorities, LA_FILE, columns)
    require_rows(
        authorities, file=LA_FILE, what="English local authorities", exactly=ENGLISH_AUTHORITIES,
        why="England's figure is their sum, so none may be missing",
    )  # fmt: skip
    frames = []
    for year in AHC_YEARS:
        rows = _published(authorities, "Area Code", "place", year)
        if (rows["status"] != "reported").any():
            code = rows.loc[rows["status"] != "reported", "area_code"].iloc[0]
            raise SourceError(f"{LA_FILE}, {code}, FYE {year}: withheld, so England cannot be summed")
        places = rows[rows["area_code"].isin(settings.place_codes)]
        england = _england(rows, year, settings.country_code)
        frames += [_published(wards, "Area Code_3", "ward", year), places, england]
    return stack(frames)


def _msoa11(sources: SourceFolder, name: str, columns: list[str]) -> pd.DataFrame:
    """English MSOAs of 2011 of one file: `area, msoa11_code` and the columns as float64."""
    frame = sources.csv(name, ["area", "msoa11_code", *columns])
    frame = frame.loc[frame["msoa11_code"].str.startswith("E", na=False), ["area", "msoa11_code", *columns]]
    require_rows(
        frame, file=name, what="MSOAs (2011) of England", exactly=MSOAS_2011,
        why="England has 6,791 MSOAs in the 2011 geography; the build sums them to Places and to England",
    )  # fmt: skip
    if frame["msoa11_code"].duplicated().any():
        raise SourceError(f"{name}: an MSOA is there twice")
    return _counts(frame.reset_index(drop=True), name, columns)


def child_poverty_bhc(sources: SourceFolder) -> pd.DataFrame:
    """Children in relative low income before housing costs: counts on MSOA 2011, eight financial years.

    No denominator: the file does not say which ages it counts, and its sums are a fifth to a quarter above
    the department's figures for children under 16 (dependent children stay in such counts up to 19).
    Dividing them by children under 16 would overstate every area.
    """
    frame = _msoa11(sources, BHC_FILE, list(BHC_YEARS))
    return stack(
        [
            measurement_rows(
                indicator_id="child-poverty-bhc",
                source_id=BHC_SOURCE,
                source_level="msoa11",
                period=period,
                area_code=frame["msoa11_code"],
                numerator=frame[column],
                status=pd.Series("reported", index=frame.index).mask(frame[column].isna(), "suppressed"),
            )
            for column, period in BHC_YEARS.items()
        ]
    )


def households_of_msoa11(sources: SourceFolder) -> pd.Series:
    """Census 2021 households of each MSOA of 2011, indexed by its ONS name ("Liverpool 001").

    LSOAs of 2021 nest in MSOAs of 2011, but for three in England that straddle two: those are halved.
    """
    lookup = sources.csv(LOOKUP_FILE, ["lsoa11_code", "lsoa11_name", "lsoa21_code"])
    lookup = lookup[lookup["lsoa21_code"].str.startswith("E")]
    corrected = lookup["lsoa11_code"].map(MSOA11_CORRECTIONS)
    # An LSOA is named after its MSOA with one letter more.
    lookup = lookup.assign(msoa11_name=corrected.fillna(lookup["lsoa11_name"].str[:-1]))
    pairs = lookup[["lsoa21_code", "msoa11_name"]].drop_duplicates()
    sharing = pairs.groupby("lsoa21_code")["msoa11_name"].transform("size")
    households = read_table(sources, TENURE).set_index("area_code")["total"]
    return (pairs["lsoa21_code"].map(households) / sharing).groupby(pairs["msoa11_name"]).sum(min_count=1)


def universal_credit(sources: SourceFolder) -> pd.DataFrame:
    """Households on Universal Credit each December, 2016 to 2022, out of the households of Census 2021.

    Blank cells (22 MSOAs in 2016, 5 later) are counts under 5: suppressed.
    """
    frame = _msoa11(sources, UC_FILE, list(UC_MONTHS))
    households = frame["area"].map(households_of_msoa11(sources))
    if households.isna().any():
        raise SourceError(
            f"{UC_FILE}: no census households for {frame.loc[households.isna(), 'area'].iloc[0]}"
        )
    frames = []
    for column, period in UC_MONTHS.items():
        claims = frame[column]
        if (claims > households).any():
            area = frame.loc[claims > households, "area"].iloc[0]
            raise SourceError(
                f"{UC_FILE}, {area}, {column}: more households on Universal Credit than households"
            )
        frames.append(
            measurement_rows(
                indicator_id="universal-credit-households",
                source_id=UC_SOURCE,
                source_level="msoa11",
                period=period,
                area_code=frame["msoa11_code"],
                numerator=claims,
                denominator=households,
                status=pd.Series("reported", index=frame.index).mask(claims.isna(), "suppressed"),
            )
        )
    return stack(frames)


def measurements(sources: SourceFolder) -> pd.DataFrame:
    """Both child poverty series and Universal Credit households, in the measurements schema."""
    return stack([child_poverty_ahc(sources), child_poverty_bhc(sources), universal_credit(sources)])
