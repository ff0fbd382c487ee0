"""The shipped tables against what the publishers print: these fail when the pipeline drifts."""

import pandas as pd
import pytest

from data.figures import text_of
from data.query import load_bundle
from data.sources import SourceFolder
from geo.config import ROOT, config

PLACES = config().place_codes


@pytest.fixture(scope="module")
def bundle():
    return load_bundle()


def places(bundle, indicator: str, period: str | None = None, group: str = "all") -> pd.DataFrame:
    return bundle.slice(indicator, "place", period, group).set_index("area_code")


def test_imd_average_score_is_the_published_one_to_three_decimals(bundle, sources):
    summary = SourceFolder(sources).csv("deprivation/iod2025_la_summaries.csv", ["imd_average_score"])
    printed = summary.set_index("ltla24_code")["imd_average_score"].reindex(PLACES)
    ours = places(bundle, "imd-score")["value"]
    assert ours.round(3).tolist() == printed.tolist()


def test_share_of_small_areas_in_decile_1_is_the_published_one(bundle, sources):
    summary = SourceFolder(sources).csv("deprivation/iod2025_la_summaries.csv", []).set_index("ltla24_code")
    printed = summary["imd_proportion_of_lso_as_in_most_deprived_10_percent_nationally"].reindex(PLACES)
    deciles = bundle.slice("imd-decile", "lsoa")
    ours = (deciles["value"] == 1).groupby(deciles["place_code"]).mean().reindex(PLACES)
    assert ours.round(4).tolist() == printed.tolist()


def test_cheshire_and_merseyside_is_the_published_icb_average(bundle, sources):
    summary = SourceFolder(sources).csv("deprivation/iod2025_icb24_summaries.csv", ["imd_average_score"])
    printed = summary.set_index("icb24_code").loc["E54000008", "imd_average_score"]
    assert round(bundle.value("imd-score", "E54000008").value, 3) == printed


def test_qof_places_are_the_published_totals(bundle, sources):
    trend = SourceFolder(sources).csv(
        "long_term_conditions/qof_place_trend_2013_14_to_2024_25.csv", ["register"]
    )
    trend = trend[(trend["year"] == "2024-25") & trend["area"].isin(["Liverpool", "Sefton", "St Helens"])]
    assert len(trend) == 63
    names = {place.name: place.code for place in config().places}
    for row in trend.itertuples():
        found = bundle.value(f"qof-{row.GROUP_CODE.lower()}", names[row.area], "2024/25")
        assert (found.numerator, found.denominator) == (row.register, row.list_size), (
            row.area,
            row.GROUP_CODE,
        )


def test_networks_add_up_to_their_practices_and_practices_to_places(bundle):
    practice = bundle.practice_observations
    rows = practice[(practice["indicator_id"] == "qof-dm") & (practice["period"] == "2024/25")]
    assert len(rows) == 334
    assert rows["numerator"].sum() == places(bundle, "qof-dm", "2024/25")["numerator"].sum()
    networks = bundle.slice("qof-dm", "pcn", "2024/25")
    member = bundle._practices.set_index("practice_code")["pcn_code"]
    in_network = rows[rows["area_code"].astype(str).map(member).notna()]
    assert networks["numerator"].sum() == in_network["numerator"].sum()


def test_gld_is_its_own_count_over_its_own_children(bundle):
    for period in bundle.periods("gld"):
        for group in ("all", "fsm", "not-fsm"):
            table = places(bundle, "gld", period, group)
            assert (table["value"] - 100 * table["numerator"] / table["denominator"]).abs().max() < 0.001


def test_the_two_frameworks_never_meet_and_two_years_are_not_there(bundle):
    old, new = bundle.periods("gld-previous-framework"), bundle.periods("gld")
    assert old[0] == "2012/13"
    assert old[-1] == "2018/19"
    assert new[0] == "2021/22"
    assert not {"2019/20", "2020/21"} & set(old + new)


def test_census_people_are_counted_once_at_every_level(bundle):
    for indicator, group in (("population", "all"), ("population-by-age", "age-00-04")):
        city = places(bundle, indicator, group=group).loc["E08000012", "value"]
        for name in ("ward", "neighbourhood", "msoa", "lsoa"):
            parts = bundle.slice(indicator, name, group=group, places=["E08000012"])["value"].sum()
            assert parts == pytest.approx(city, abs=0.01), (indicator, name)


def test_ward_counts_of_child_poverty_add_up_to_the_printed_places(bundle):
    for period in bundle.periods("child-poverty-ahc"):
        wards = bundle.slice("child-poverty-ahc", "ward", period)
        printed = places(bundle, "child-poverty-ahc", period)["numerator"]
        ours = wards.groupby("place_code")["numerator"].sum().reindex(printed.index)
        # ward counts are perturbed a little so that nobody can be recognised: up to 25 children a Place
        assert (ours - printed).abs().max() <= 25


def test_england_is_the_sum_of_england_and_not_the_mean_of_places(bundle, sources):
    fuel = SourceFolder(sources).csv("fuel_poverty/fuel_poverty_lsoa_2022.csv.gz", ["households"])
    fuel = fuel[fuel["lsoa_code"].str.startswith("E")]
    expected = 100 * fuel["fuel_poor_households"].sum() / fuel["households"].sum()
    assert bundle.value("fuel-poverty", "E92000001", "2022").value == pytest.approx(expected, abs=1e-5)
    assert bundle.value("population", "E92000001").value > 56e6


def test_the_data_dictionary_is_fresh(bundle):
    from data.dictionary import data_dictionary

    table = pd.concat([text_of(bundle.observations), text_of(bundle.practice_observations)])
    shipped = (ROOT / "docs/data-dictionary.md").read_text(encoding="utf-8")
    assert shipped == data_dictionary(bundle.catalogue, table)


def test_browser_layers_say_what_the_tables_say(bundle):
    import json

    folder = ROOT / "static/geo"
    for name, entry in bundle.layers["layers"].items():
        assert (folder / entry["file"]).stat().st_size == entry["bytes"], name
        assert entry["attribution"], name
    listed = {entry["file"] for entry in bundle.layers["layers"].values()}
    assert {path.name for path in folder.glob("*.geojson")} == listed
    key = bundle.layers["columns"]["neighbourhood"]["imd-most-deprived-fifth|2025"]
    layer = json.loads((folder / bundle.layers["layers"]["neighbourhood-E08000012"]["file"]).read_text())
    drawn = {f["properties"]["code"]: f["properties"][key] for f in layer["features"]}
    table = bundle.slice("imd-most-deprived-fifth", "neighbourhood", "2025").set_index("area_code")["value"]
    assert drawn == pytest.approx(table.round(1).to_dict(), abs=0.051)
    lsoa = json.loads((folder / bundle.layers["layers"]["lsoa-E08000012"]["file"]).read_text())
    key = bundle.layers["columns"]["lsoa"]["children-income-deprived|2025"]
    table = bundle.slice("children-income-deprived", "lsoa", "2025", places=["E08000012"]).set_index(
        "area_code"
    )
    withheld = {f["properties"]["code"] for f in lsoa["features"] if f["properties"][key] == "suppressed"}
    assert withheld == set(table.index[table["status"] == "suppressed"]) != set()
