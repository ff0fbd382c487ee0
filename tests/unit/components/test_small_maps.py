"""The Overview's small maps: companions are named, keys and descriptions match the classes."""

from __future__ import annotations

import io

import pandas as pd
import pytest

from components import legend
from components.overview_maps import maps
from components.small_maps import alt_text, download, key_html, label_names, table
from geo.config import config


@pytest.fixture(scope="module")
def items(bundle):
    return maps(bundle, config().with_role("home")[0])


def test_one_map_a_concern_and_estimates_are_named(items):
    assert [item.theme.split(":")[0] for item in items] == [
        "Deprivation",
        "School readiness",
        "Long-term conditions",
    ]
    for item in items[1:]:
        assert item.theme.endswith(": estimate")
        assert item.caveat.startswith("Estimate")
        assert set(item.rows["basis"]) == {"modelled"}


def test_the_readiness_caveat_prints_the_published_figure(bundle, items):
    published = bundle.value("gld", "E08000012")
    assert f"{published.value:.1f}% ({published.period})" in items[1].caveat


def test_keys_and_descriptions_name_every_class(items):
    for item in items:
        shading = legend.shade(item.indicator, item.rows["value"], reliability=item.rows["reliability"])
        html = key_html(shading)
        text = alt_text(item, shading, "neighbourhood")
        for entry in shading.entries():
            assert entry.text in html
            assert entry.text in text
        assert item.takeaway in text
        assert sum(entry.count for entry in shading.entries() if not entry.faded) == len(item.rows)


def test_the_table_repeats_every_figure_of_the_maps(items):
    frame = table(items)
    assert len(frame) == len(items[0].rows)
    assert len(frame.columns) == 1 + len(items)
    assert frame.notna().all(axis=None)


def test_working_names_lose_their_last_word_on_the_map_only():
    rows = pd.DataFrame({"area_code": ["a", "b"], "area_name": ["Anfield area", "Speke"]})
    assert label_names(rows) == {"a": "Anfield", "b": "Speke"}


def test_the_download_holds_limits_basis_and_source(bundle, items):
    back = pd.read_csv(io.BytesIO(download(items, bundle)))
    assert len(back) == sum(len(item.rows) for item in items)
    for column in ("lower", "upper", "basis", "reliability", "attribution", "data_version"):
        assert column in back.columns
    disabled = back[back["indicator_id"] == "disabled"].set_index("area_code")
    for code, row in disabled.iterrows():
        assert row["value"] == pytest.approx(bundle.value("disabled", code).value)
