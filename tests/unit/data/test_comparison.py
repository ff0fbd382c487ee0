"""Lines and cells of a comparison: periods, benchmarks, judgements."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from data.comparison import ALSO, NOT_LISTED, benchmark_of, keys, lines, shared_period, tallies, titled
from data.query import Bundle, Observation, load_bundle

PLACE, OTHER, COUNTRY, REGION, WARD = "E08000012", "E08000014", "E92000001", "E54000008", "E05015277"


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return load_bundle()


def seen(area: str, period: str, value: float | None, lower: float | None = None, upper: float | None = None):
    return Observation(
        "children-income-deprived", area, "place", period, "all", value, lower, upper, None, None,
        "published", "A", "reported" if value is not None else "missing", "s",
    )  # fmt: skip


def reader(rows: list[Observation]):
    table: dict[str, dict[tuple[str, str], dict[str, Observation]]] = {}
    for row in rows:
        table.setdefault(row.area_code, {}).setdefault((row.indicator_id, row.group), {})[row.period] = row

    def read(code: str) -> Mapping[tuple[str, str], Mapping[str, Observation]]:
        return table.get(code, {})

    return read


KEY = [("children-income-deprived", "all")]


@pytest.mark.parametrize(
    ("series", "expected"),
    [
        ([["2020", "2021"], ["2021", "2022"]], "2021"),
        ([["2020"], ["2021"]], ""),
        ([["2020", "2021"], []], "2021"),
        ([], ""),
    ],
)
def test_the_shared_period_is_the_latest_that_all_have(series, expected):
    assert shared_period(series) == expected


def test_a_line_compares_figures_of_one_period(bundle):
    rows = [
        seen(PLACE, "2020", 30.0, 29.0, 31.0), seen(PLACE, "2021", 40.0, 39.0, 41.0),
        seen(OTHER, "2020", 20.0, 19.0, 21.0), seen(COUNTRY, "2020", 25.0), seen(COUNTRY, "2021", 45.0),
    ]  # fmt: skip
    (line,) = lines(bundle, reader(rows), [PLACE, OTHER], "england", KEY)
    assert line.period == "2020"
    assert [cell.verdict for cell in line.cells] == ["worse", "better"]
    assert [cell.mark.value for cell in line.cells] == [25.0, 25.0]


def test_without_a_shared_period_each_area_has_its_latest(bundle):
    rows = [
        seen(PLACE, "2021", 40.0, 39.0, 41.0),
        seen(OTHER, "2020", 20.0, 19.0, 21.0),
        seen(COUNTRY, "2021", 45.0),
    ]
    (line,) = lines(bundle, reader(rows), [PLACE, OTHER], "england", KEY)
    assert [cell.area.period for cell in line.cells] == ["2021", "2020"]
    assert [cell.verdict for cell in line.cells] == ["better", "not compared"]
    assert line.cells[1].why == "no benchmark"


def test_a_missing_latest_figure_does_not_hide_an_earlier_one(bundle):
    rows = [seen(PLACE, "2020", 30.0, 29.0, 31.0), seen(PLACE, "2021", None), seen(COUNTRY, "2020", 25.0)]
    (line,) = lines(bundle, reader(rows), [PLACE], "england", KEY)
    assert line.period == "2020"
    assert line.cells[0].verdict == "worse"


def test_reasons_for_no_comparison(bundle):
    rows = [seen(PLACE, "2020", 30.0), seen(COUNTRY, "2020", 25.0, 24.0, 26.0)]
    (line,) = lines(bundle, reader(rows), [PLACE, COUNTRY, OTHER], "england", KEY)
    assert [cell.why for cell in line.cells] == ["no limits", "itself", "no figure"]
    assert {cell.verdict for cell in line.cells} == {"not compared"}


def test_a_figure_that_nobody_has_is_no_line(bundle):
    assert lines(bundle, reader([seen(COUNTRY, "2020", 25.0)]), [PLACE], "england", KEY) == []


def test_benchmarks(bundle):
    assert benchmark_of(bundle, WARD, "england") == COUNTRY
    assert benchmark_of(bundle, WARD, "place") == PLACE
    assert benchmark_of(bundle, PLACE, "place") == ""
    assert benchmark_of(bundle, COUNTRY, "england") == ""
    assert benchmark_of(bundle, REGION, "place") == ""


def test_every_indicator_is_a_line_but_those_with_pictures_of_their_own(bundle):
    found = keys(bundle)
    assert len(found) == len(set(found))
    assert {key[0] for key in found} == {item.id for item in bundle.indicators()} - set(NOT_LISTED)
    for indicator_id, groups in ALSO.items():
        assert {(indicator_id, group) for group in groups} <= set(found)


def test_titles_name_the_group(bundle):
    gld, ages = bundle.catalogue["gld"], bundle.catalogue["population-by-age"]
    assert titled(gld, "all") == gld.short_title
    assert titled(gld, "fsm").endswith("children with free school meals")
    assert titled(ages, "age-05-09").endswith("aged 5 to 9")
    assert titled(ages, "age-85-plus").endswith("aged 85 and over")


def test_tallies_count_polar_and_neutral_figures_apart(bundle):
    found = lines(bundle, lambda code: figures(bundle, code), [PLACE, COUNTRY], "england")
    liverpool, england = tallies(found)
    assert liverpool.judged == liverpool.better + liverpool.similar + liverpool.worse
    known = sum(line.cells[0].known for line in found)
    neutral = liverpool.higher + liverpool.lower + liverpool.alike
    assert liverpool.judged + neutral + liverpool.not_compared == known
    assert england.judged == 0
    assert tallies([]) == []


def figures(bundle: Bundle, code: str) -> dict[tuple[str, str], dict[str, Observation]]:
    found: dict[tuple[str, str], dict[str, Observation]] = {}
    for row in bundle.profile(code).itertuples(index=False):
        cells = {name: None if value != value else value for name, value in row._asdict().items()}
        found.setdefault((row.indicator_id, row.group), {})[row.period] = Observation(**cells)
    return found


def test_a_figure_with_limits_but_no_value_is_not_compared(bundle):
    rows = [
        seen(PLACE, "2020", None, 1.0, 2.0),
        seen(OTHER, "2020", 1.0, 0.5, 2.0),
        seen(COUNTRY, "2020", 25.0),
    ]
    (line,) = lines(bundle, reader(rows), [PLACE, OTHER], "england", KEY)
    assert line.cells[0].verdict == "not compared"
