"""How sure is this: words held to the limits, practices that add up, inputs from which a figure follows."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pandas as pd
import pytest

from components import how_sure, how_sure_inputs
from components.how_sure import details_html, effective_words, note_of, practices_words, rows_of
from data.support import PracticeShare, Support
from house_style.age_note import age_note, together
from house_style.expected_readiness import EXPECTED, beside_expected, is_expected
from methods.compare import direction

LIVERPOOL, SPEKE, CANNING, ENGLAND = "E08000012", "E05015323", "LPL-W07", "E92000001"
YEAR = "2024/25"
REGISTERS = ["qof-hyp", "qof-af", "qof-chd", "qof-copd", "qof-dem", "qof-stia", "qof-dep", "qof-ra"]


def behind(standardised: float | None, half: float = 1.0) -> Support:
    limits = (None, None) if standardised is None else (standardised - half, standardised + half)
    return Support("qof-hyp", "X", "ward", YEAR, 1.0, 3.0, "N82117", 0.4, standardised, *limits, "")


def words(bundle, indicator_id: str, code: str) -> dict[str, str]:
    return dict(rows_of(bundle, bundle.catalogue[indicator_id], bundle.value(indicator_id, code)))


# -- age ---------------------------------------------------------------------------------------------


def observed(bundle, value: float, half: float = 1.0):
    own = bundle.value("qof-hyp", SPEKE)
    return replace(own, value=value, lower=value - half, upper=value + half)


@pytest.mark.parametrize(
    ("crude", "standardised", "wanted"),
    [
        (10, 20, "because the population is young; allowing for age it is higher"),
        (20, 10, "because the population is old; allowing for age it is lower"),
        (10, 15, "but the population is young; allowing for age it cannot be told apart"),
        (20, 15, "but the population is old; allowing for age it cannot be told apart"),
        (15, 20, "as far as can be told, but the population is young"),
        (15, 10, "as far as can be told, but the population is old"),
        (10, 12, None),
        (20, 18, None),
        (15, 15.5, None),
        (10, None, None),
    ],
)
def test_a_note_on_age_claims_what_the_limits_allow(bundle, crude, standardised, wanted):
    england = replace(bundle.value("qof-hyp", ENGLAND), value=15.0)
    note = age_note(bundle.catalogue["qof-hyp"], observed(bundle, crude), behind(standardised), england)
    assert (wanted in note) if wanted else note == ""


def test_wider_limits_take_the_claim_back(bundle):
    indicator, england = bundle.catalogue["qof-hyp"], replace(bundle.value("qof-hyp", ENGLAND), value=15.0)
    assert "it is higher" in age_note(indicator, observed(bundle, 10), behind(20, 4.9), england)
    assert "cannot be told" in age_note(indicator, observed(bundle, 10), behind(20, 5.1), england)
    assert age_note(indicator, observed(bundle, 10, 5.1), behind(20, 5.1), england) == ""
    assert age_note(indicator, observed(bundle, 10), behind(20, 5.1), england, strong_only=True) == ""


def test_another_year_of_england_says_nothing(bundle):
    england = replace(bundle.value("qof-hyp", ENGLAND), value=15.0, period="2022/23")
    assert age_note(bundle.catalogue["qof-hyp"], observed(bundle, 10), behind(20), england) == ""


def test_liverpools_high_blood_pressure_is_low_only_because_it_is_young(bundle):
    own, country = bundle.value("qof-hyp", LIVERPOOL), bundle.value("qof-hyp", ENGLAND)
    assert own.upper < country.value  # else the sentence below would be wrong
    note = note_of(bundle, own, where="in Liverpool")
    assert note == (
        "Fewer people in Liverpool have high blood pressure recorded than in England because the population "
        "is young; allowing for age it is higher."
    )
    assert note_of(bundle, own) in words(bundle, "qof-hyp", LIVERPOOL)["Allowing for age"]


def test_an_earlier_year_borrows_the_note_and_names_the_year(bundle):
    earlier = bundle.value("qof-hyp", LIVERPOOL, "2021/22")
    assert note_of(bundle, earlier).startswith(f"Known for {YEAR}: fewer people here")


@pytest.mark.parametrize("level", ["place", "pcn", "ward", "neighbourhood", "msoa"])
def test_every_note_of_the_tables_holds_to_its_limits(bundle, level):
    claimed = 0
    for indicator_id in REGISTERS:
        country = bundle.value(indicator_id, ENGLAND, YEAR)
        rows = bundle.slice(indicator_id, level, YEAR)
        for code in rows["area_code"][:: 1 if level in ("place", "neighbourhood") else 7]:
            own = bundle.value(indicator_id, code, YEAR)
            support = how_sure.support_of(bundle, own)
            note = note_of(bundle, own)
            crude = direction(own.lower, own.upper, country.value)
            if "because the population is young" in note:
                claimed += 1
                assert crude == "lower"
                assert support.standardised_lower > country.value
            if note.startswith("Fewer"):
                assert own.upper < country.value
            if note.startswith("More"):
                assert own.lower > country.value
            if support.standardised is None:
                assert note == ""
    assert claimed or level not in ("place", "neighbourhood")


def test_registers_turned_together_are_named_once(bundle):
    one, two, three = (bundle.catalogue[key] for key in ("qof-hyp", "qof-copd", "qof-dm"))
    turned = ("lower", "higher")
    text = together([(one, turned), (two, turned), (three, ("lower", "lower"))])
    assert "have high blood pressure and COPD recorded" in text
    assert "diabetes" not in text
    assert together([(three, ("higher", "higher"))]) == ""


# -- conditions --------------------------------------------------------------------------------------


def test_an_estimate_names_its_practices_and_their_shares_make_everybody(bundle):
    text = words(bundle, "qof-hyp", SPEKE)["Practices"]
    shares = [int(share) for share in re.findall(r" (\d+)%", text)]
    assert len(shares) == how_sure.MOST_PRACTICES + 1
    assert sum(shares) == pytest.approx(100, abs=4)
    assert "Speke Health Centre" in text
    assert "all others together" in text


def test_few_practices_have_no_rest(bundle):
    assert practices_words(bundle, [PracticeShare("N82117", 1.0)]) == "Brownlow Group Practice 100%."


def test_a_dominant_practice_is_named(bundle):
    assert (
        "One practice dominates: Brownlow Group Practice has 64%"
        in (words(bundle, "qof-hyp", CANNING)["How many count"])
    )
    assert "about as if 3 practices shared the residents equally" in effective_words(2.9, "A", 0.4)
    assert "as if a single practice" in effective_words(1.1, "A", 0.95)
    assert "No practice dominates" in effective_words(2.9, "A", 0.5)


def test_a_practice_beyond_the_border_goes_by_its_code(bundle):
    assert how_sure.practice_name(bundle, "P92041") == "practice P92041 (outside Cheshire and Merseyside)"


@pytest.mark.parametrize(("coverage", "said"), [(1.0, "all residents"), (0.93, "93% of residents")])
def test_coverage_in_words(coverage, said):
    assert said in how_sure.coverage_words(coverage)


def test_every_reason_of_the_build_has_its_words(bundle):
    """A reason that the build gives and this page does not know would show as the build's own shorthand."""
    table = pd.read_parquet("data/processed/estimate_support.parquet", columns=["reliability_reason"])
    assert set(table["reliability_reason"]) <= set(how_sure.REASONS)


def test_a_weak_estimate_says_why(bundle):
    found = words(bundle, "qof-dem", "E01006412")
    assert bundle.value("qof-dem", "E01006412").reliability == "D"
    assert found["How far to trust it"].startswith("Weak: ")
    assert how_sure.estimate_word(bundle.value("qof-dem", "E01006412")) == "weak estimate"


def test_an_exact_count_names_counts_limits_and_publisher(bundle):
    own = bundle.value("qof-hyp", LIVERPOOL)
    found = words(bundle, "qof-hyp", LIVERPOOL)
    assert found["Counts"].startswith(f"{own.numerator:,.0f} of {own.denominator:,.0f}.")
    assert found["Range"].startswith("95% limits: between ")
    assert found["Source"].startswith("NHS England, ")
    practices = bundle.practices(ENGLAND)
    count = int((practices["place_code"] == LIVERPOOL).sum())
    assert found["Practices"].startswith(f"{count} practices belong to it now.")


def test_a_figure_without_limits_says_why(bundle):
    assert words(bundle, "imd-decile", "E01006412")["Range"].startswith("No confidence limits")


def test_a_withheld_figure_is_never_a_number(bundle):
    rows = bundle.slice("children-income-deprived", "lsoa")
    code = str(rows.loc[rows["status"] == "suppressed", "area_code"].iloc[0])
    found = words(bundle, "children-income-deprived", code)
    assert list(found) == ["No figure"]
    assert "withheld" in found["No figure"]


def test_the_part_that_opens_escapes_what_it_shows(bundle):
    own = bundle.value("qof-hyp", SPEKE)
    html = details_html(bundle, bundle.catalogue["qof-hyp"], own, about="<b>of it</b>")
    assert "<b>" not in html
    assert html.startswith('<details class="about"><summary>How sure is this?')
    assert html.count("<dt>") == html.count("<dd>") >= 7


# -- school readiness --------------------------------------------------------------------------------


def test_an_expected_readiness_says_so_with_children_inputs_and_errors(bundle):
    found = words(bundle, "gld", SPEKE)
    assert found["What it is"] == EXPECTED
    assert re.fullmatch(
        r"About [\d,]+ of [\d,]+ children who start school would not be ready\.", found["Children"]
    )
    assert "income-deprived families" in found["Made from"]
    assert "the rates of Liverpool" in found["Made from"]
    assert "chance among the children" in found["What it may be out by"]


def test_a_published_readiness_is_not_called_expected(bundle):
    found = words(bundle, "gld", LIVERPOOL)
    assert EXPECTED not in found.values()
    assert not is_expected(bundle.value("gld", LIVERPOOL))


@pytest.mark.parametrize(
    ("counted", "said"), [(63.0, "within what we would"), (30.0, "lower than"), (90.0, "higher than")]
)
def test_a_count_stands_beside_what_was_expected(bundle, counted, said):
    expected = replace(bundle.value("gld", SPEKE), group="expected")
    actual = replace(expected, group="all", basis="published", value=counted)
    text = beside_expected(bundle.catalogue["gld"], actual, expected)
    assert said in text
    assert "Counted by the council" in text
    assert beside_expected(bundle.catalogue["gld"], replace(actual, period="2023/24"), expected) == ""
    assert beside_expected(bundle.catalogue["gld"], replace(actual, value=None), expected) == ""


# -- inputs ------------------------------------------------------------------------------------------


def read(content: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(content), encoding="utf-8-sig")


def test_the_inputs_of_a_condition_hold_registers_lists_and_everybody(bundle):
    table = read(how_sure_inputs.csv(bundle, [bundle.value("qof-hyp", SPEKE)]))
    assert table["share_of_residents"].sum() == pytest.approx(1, abs=0.002)
    local = table.dropna(subset=["practice_register"]).iloc[0]
    rows = bundle.practice_observations
    own = rows[
        (rows["indicator_id"] == "qof-hyp")
        & (rows["area_code"] == local["practice_code"])
        & (rows["period"] == YEAR)
    ].iloc[0]
    assert (local["practice_register"], local["practice_list"]) == (own["numerator"], own["denominator"])
    assert table["estimate"].nunique() == 1
    assert table["note"].str.contains("not the mean of these practices").all()
    assert table["attribution"].notna().all()


def test_the_inputs_of_readiness_make_the_figure(bundle):
    row = read(how_sure_inputs.csv(bundle, [bundle.value("gld", SPEKE)])).iloc[0]
    share = row["fsm_share"] / 100
    mixed = share * row["place_rate_fsm"] + (1 - share) * row["place_rate_not_fsm"]
    assert row["estimate"] == pytest.approx(mixed, abs=1.5)
    assert EXPECTED in row["note"]


def test_counted_figures_have_no_inputs(bundle):
    assert not how_sure_inputs.has_inputs(bundle.value("qof-hyp", LIVERPOOL))
    assert how_sure_inputs.has_inputs(bundle.value("qof-hyp", SPEKE))
    assert not how_sure_inputs.has_inputs(None)
