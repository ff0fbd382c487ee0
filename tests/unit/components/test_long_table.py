"""Long tables as HTML: headers with scope, a region that takes the focus, bounded in size."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ElementTree

import pandas as pd
import pytest

from components import long_table, map_colour, map_details, spine_table, store
from components.charts import spine
from components.compare_state import options_among
from components.map_state import read
from components.profile_standing import prepared
from components.table_rows import Order, columns_of
from geo.config import ROOT, config

FRAME = pd.DataFrame({"Rank": [1, None], "Area": ["<b>Speke</b>", "Walton"], "Figure": [12.5, None]})
MOST_BYTES = 60_000
AIGBURTH = "E05015277"


def parsed(**more) -> ElementTree.Element:
    return ElementTree.fromstring(long_table.table_html("By “area”", columns_of(FRAME), [0, 1], **more))


def test_the_region_is_named_takes_the_focus_and_every_header_has_a_scope():
    region = parsed(head=1)
    assert (region.get("role"), region.get("tabindex")) == ("region", "0")
    assert region.get("aria-label") == region.find("table/caption").text == "By “area”"
    assert [cell.get("scope") for cell in region.iter("th")] == ["col", "col", "col", "row", "row"]
    rows = [[cell.text for cell in row] for row in region.iter("tr")][1:]
    assert rows == [["1", "<b>Speke</b>", "12.5"], ["not available", "Walton", "not available"]]
    assert [cell.get("class") for cell in region.find("table/tbody/tr")] == ["n", None, "n"]


def test_the_column_of_the_order_says_so():
    heads = list(parsed(order=Order(2, True)).iter("th"))[:3]
    assert [head.get("aria-sort") for head in heads] == [None, None, "descending"]


def test_row_headers_lead_to_their_addresses_where_there_are_any():
    links = [link.get("href") for link in parsed(head=1, links=["https://a.example/?a=1&b=2", ""]).iter("a")]
    assert links == ["https://a.example/?a=1&b=2"]


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (("wards", 64, 64, 1, 64, "", ""), "All 64 wards."),
        (("wards", 64, 64, 1, 64, "", "Rank, lowest first"), "All 64 wards, by Rank, lowest first."),
        (("areas", 1531, 1531, 101, 200, " ", "X"), "Areas 101 to 200 of 1,531, by X."),
        (("areas", 1531, 3, 1, 3, " ab  c", ""), "3 of 1,531 areas with “ab c”."),
        (("areas", 1531, 300, 1, 100, "a", ""), "Areas 1 to 100 of 300 with “a” (1,531 in all)."),
        (("areas", 123, 6, 1, 6, "", ""), "6 of 123 areas."),
        (("areas", 123, 0, 1, 0, "z", ""), "No areas with “z”. Try a shorter word."),
    ],
)
def test_what_is_shown_is_said(shown, words):
    assert long_table.said(*shown) == words


def test_the_file_has_all_rows_and_their_source():
    taken = pd.read_csv(io.BytesIO(long_table.csv(FRAME, ["one", "two"])))
    assert list(taken["Area"]) == ["<b>Speke</b>", "Walton"]
    assert list(taken["Source"]) == ["one", "two"]
    assert taken["Figure"].isna().tolist() == [False, True]
    assert "Source" not in pd.read_csv(io.BytesIO(long_table.csv(FRAME))).columns


def size(frame: pd.DataFrame) -> int:
    columns = columns_of(frame)
    rows = range(min(len(frame), long_table.page_size(len(columns))))
    return len(long_table.table_html("A table", columns, rows).encode())


def test_a_page_of_the_longest_tables_stays_small():
    bundle = store.bundle()
    every = ",".join(place.slug for place in config().places)
    asked = {"indicator": "children-income-deprived", "level": "lsoa", "places": every}
    state = read(asked, bundle)
    frame = map_details.table(state, map_colour.paint("england", state, bundle))
    assert len(frame) > 1500
    assert size(frame) < MOST_BYTES
    found, _ = prepared(bundle, AIGBURTH, options_among(bundle, (AIGBURTH,))[0])
    rows = spine.to_table(found, bundle.areas["area_name"].to_dict(), than="England")
    assert len(spine_table.sources(bundle, found)) == len(rows)
    assert size(pd.concat([rows] * 5)) < MOST_BYTES


@pytest.mark.parametrize("part", ["components", "pages"])
def test_no_page_draws_a_grid_on_a_canvas(part):
    grids = re.compile(r"\.(dataframe|data_editor)\(")
    sources = [*(ROOT / part).rglob("*.py")]
    assert sources
    assert not [path.name for path in sources if grids.search(path.read_text(encoding="utf-8"))]
