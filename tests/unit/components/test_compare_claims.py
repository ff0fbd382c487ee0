"""Over the whole bundle: no word, shape or sentence of the comparison claims what the limits do not show.

The judgements expected here are worked out from the shipped rows alone, without `data.comparison`.
Names are the codes themselves, so that sentences can be taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pytest

from components import compare_words
from components.charts import rank_ranges, spine, tartan_rug, trends_together
from components.compare_areas import Area
from components.compare_state import Among
from components.key_figures import figures_of
from data.comparison import NOT_LISTED, Against, Line, keys, lines, tallies
from data.query import Bundle
from data.recent_trend import recent_trend
from data.spread import ranked, spreads

COUNTRY = "E92000001"
SMALL = ("lsoa", "msoa", "ward", "neighbourhood")
BETTER = {("higher", "high-is-better"), ("lower", "high-is-worse")}


class Expected:
    """The judgement that the shipped rows allow, one look-up a cell."""

    def __init__(self, bundle: Bundle) -> None:
        rows = bundle.observations
        names = ["indicator_id", "area_code", "period", "group", "value", "lower", "upper"]
        plain = (
            rows[name].astype(object) if rows[name].dtype.name == "category" else rows[name] for name in names
        )
        self.rows = {row[:4]: row[4:] for row in zip(*plain, strict=True)}
        self.bundle = bundle

    def word(self, line: Line, area: str, period: str, against: Against) -> str:
        mark = COUNTRY if against == "england" else self.bundle.areas.loc[area, "place_code"]
        own = self.rows.get((line.indicator.id, area, period, line.group))
        other = self.rows.get((line.indicator.id, mark, period, line.group))
        if mark == area or not isinstance(mark, str) or own is None or other is None:
            return "not compared"
        if line.indicator.id == "gld" and self.bundle.areas.loc[area, "area_level"] in SMALL:
            return "not compared"  # expected from family income: neither better nor worse than anything
        value, low, high, benchmark = *own, other[0]
        if np.isnan([value, low, high, benchmark]).any():
            return "not compared"
        found = "higher" if low > benchmark else "lower" if high < benchmark else "similar"
        if found == "similar" or line.indicator.polarity == "neutral":
            return found
        return "better" if (found, line.indicator.polarity) in BETTER else "worse"


def batches(bundle: Bundle) -> Iterator[tuple[list[str], Against]]:
    """Every area once against England in sixes of mixed kinds, and a third of them against their Place."""
    codes = [str(code) for code in bundle.areas.sample(frac=1, random_state=1).index]
    for i in range(0, len(codes), 6):
        yield codes[i : i + 6], "england"
        if i % 18 == 0:
            yield codes[i : i + 6], "place"


def check_table_heading(text: str, words: dict[str, list[str]], against: Against) -> int:
    """Every area that the heading names has just as many such judgements as it says."""
    mark = compare_words.mark_words(against)
    own = compare_words.mark_words(against, own=True)
    if "can be called better or worse" in text:
        assert not any({"better", "similar", "worse"} & set(found) for found in words.values())
        return 0
    alone = re.fullmatch(rf"(\S+) is worse than {own} on (.+) and better on (.+)", text)
    if alone:
        found = words[alone[1]]
        assert amount(alone[2]) == (found.count("worse"), sum(word in POLAR for word in found))
        assert int(alone[3].replace("none", "0")) == found.count("better")
        return 1
    head, _, tail = text.partition(": ")
    word, _, than = head.partition(" than ")
    assert than == mark
    named = 0
    for part in tail.split("; "):
        if part.startswith("the other"):
            continue
        code, _, said = part.partition(" on ")
        found = words[code]
        assert amount(said) == (found.count(word.lower()), sum(item in POLAR for item in found)), text
        named += 1
    if word == "Better":
        assert not any("worse" in found for found in words.values())
    return named


POLAR = ("better", "similar", "worse")


def amount(text: str) -> tuple[int, int]:
    """ "3 of 7 figures", "none of 7 figures", "all 7 figures", "the one figure" as two numbers."""
    if text.startswith("all "):
        return int(text.split()[1]), int(text.split()[1])
    if text == "the one figure":
        return 1, 1
    some, _, total = text.partition(" of ")
    return int(some.replace("none", "0")), int(total.split()[0])


def check_line_heading(text: str, found: dict[str, str]) -> None:
    """Each area stands under its judgement, and no area that was not judged is named."""
    said: dict[str, str] = {}
    for part in text.split("; ") if text else []:
        head, _, names = part.partition(": ")
        for code in re.split(r", | and ", names):
            said[code] = head.split()[0]
    assert said == {code: word for code, word in found.items() if word != "not compared"}


@pytest.mark.slow
def test_no_comparison_claims_what_the_limits_do_not_show(bundle):
    expected, wanted = Expected(bundle), keys(bundle)
    checked = dict.fromkeys(("better", "worse", "similar", "higher", "lower", "not compared"), 0)
    headings = 0
    for codes, against in batches(bundle):
        found = lines(bundle, lambda code: figures_of(bundle, code), codes, against, wanted)
        names = {code: code for code in codes}
        words: dict[str, list[str]] = {code: [] for code in codes}
        for line in found:
            row: dict[str, str] = {}
            for cell in line.cells:
                period = cell.area.period if cell.area else line.period
                word = expected.word(line, cell.area_code, period, against)
                assert cell.verdict == word, (line.key, cell.area_code, against)
                row[cell.area_code] = word
                checked[word] += 1
                if cell.known and line.indicator.polarity != "neutral":
                    words[cell.area_code].append(word)
                shown = tartan_rug.cell_words(line, cell)[1]
                assert shown == (word if cell.known else "")
            check_line_heading(compare_words.by_verdict(line, names, against), row)
        headings += check_table_heading(
            compare_words.over_all(tallies(found), names, against), words, against
        )
        check_all_worse(tartan_rug.takeaway(found, names, than="x"), found)
    assert min(checked.values()) > 1000, checked
    assert headings > 500


def check_all_worse(text: str, found: list[Line]) -> None:
    """Figures named as worse everywhere are worse in every cell."""
    if not text:
        return
    titles = text.partition(" on: ")[2].rstrip(".").split("; ")
    by_title = {line.title: line for line in found}
    for title in titles:
        if not title.startswith("and "):
            assert all(cell.verdict == "worse" for cell in by_title[title].cells)


def test_spines_count_only_judged_figures(bundle):
    codes = [str(code) for code in bundle.areas.index[bundle.areas["area_level"] == "neighbourhood"][:6]]
    areas = [Area(i + 1, code, code, "neighbourhood") for i, code in enumerate(codes)]
    found = lines(bundle, lambda code: figures_of(bundle, code), codes, "england")
    drawn = spine.prepare(found, areas, spreads(bundle, "neighbourhood"), figures_of(bundle, COUNTRY), {})
    expected = Expected(bundle)
    for item in drawn:
        for marker in item.markers:
            assert marker.verdict == expected.word(item.line, marker.area.code, item.period, "england")
    for part in spine.takeaway(drawn, than="England").rstrip(".").split("; "):
        code, worse, better, total = re.fullmatch(
            r"(\S+) is worse than England on (\w+) and better on (\w+) of (\d+) figures?", part
        ).groups()  # type: ignore[union-attr]
        mine = [
            marker.verdict
            for item in drawn
            for marker in item.markers
            if marker.area.code == code and item.line.indicator.polarity != "neutral"
        ]
        assert int(worse.replace("none", "0")) == mine.count("worse")
        assert int(better.replace("none", "0")) == mine.count("better")
        assert int(total) == sum(word in POLAR for word in mine)


@pytest.mark.slow
def test_no_trend_is_claimed_without_the_test(bundle):
    """Every series of Places, the region and England: a claim needs five years and has their direction."""
    claims = tested = 0
    levels = bundle.areas["area_level"].isin(["place", "region", "england"])
    for code in bundle.areas.index[levels]:
        for (indicator_id, _), series in bundle.profile(str(code)).groupby(["indicator_id", "group"]):
            if indicator_id in NOT_LISTED:
                continue
            indicator = bundle.catalogue[indicator_id]
            found = recent_trend(indicator, series.sort_values("period"))
            text = trends_together.takeaway({"x": found})
            said = [word for word in ("ncreasing", "ecreasing", "better", "worse") if word in text]
            if found.trend is None or found.trend.outcome not in ("increasing", "decreasing"):
                assert not said, text
                tested += found.trend is not None
                continue
            claims += 1
            assert len(found.trend.periods) == 5
            values = series.set_index("period")["value"]
            slope = np.polyfit(range(5), values[list(found.trend.periods)].to_numpy(float), 1)[0]
            assert (slope > 0) == (found.trend.outcome == "increasing")
            good = {"high-is-better": slope > 0, "high-is-worse": slope < 0}.get(indicator.polarity)
            assert said[0] == ("ncreasing" if slope > 0 else "ecreasing")
            assert said[1:] == ([] if good is None else ["better" if good else "worse"])
    assert claims > 10
    assert tested > 50


@pytest.mark.parametrize(
    ("indicator_id", "group", "level"),
    [
        ("children-income-deprived", "all", "ward"),
        ("overcrowding", "all", "neighbourhood"),
        ("gld", "all", "place"),
        ("healthy-life-expectancy", "female", "place"),
        ("qof-dep", "all", "pcn"),
    ],
)
def test_areas_are_called_separable_only_where_their_limits_of_difference_leave_out_zero(
    bundle, indicator_id, group, level
):
    period = bundle.periods(indicator_id, level, group)[-1]
    found = ranked(bundle, indicator_id, group, period, level)
    assert found is not None
    codes = list(found.codes[:6])
    areas = [Area(i + 1, code, code, level) for i, code in enumerate(codes)]
    frame = rank_ranges.prepare(found, areas)
    rows = bundle.slice(indicator_id, level, period, group).set_index("area_code")
    text = rank_ranges.takeaway(frame, kind=Among(level).words)
    together = set()
    if "Not to be separated" in text:
        listed = text.partition("margins of error: ")[2].rstrip(".")
        together = {frozenset(pair.split(" and ")) for pair in listed.split("; ")}
    for i, a in enumerate(codes):
        for b in codes[i + 1 :]:
            high, low = sorted((a, b), key=lambda code: -rows.loc[code, "value"])
            reach = np.hypot(
                rows.loc[high, "value"] - rows.loc[high, "lower"],
                rows.loc[low, "upper"] - rows.loc[low, "value"],
            )
            apart = rows.loc[high, "value"] - rows.loc[low, "value"] > reach
            assert (frozenset((a, b)) in together) == (not apart), (a, b)
    assert ("Any two of them differ" in text) == (not together)
