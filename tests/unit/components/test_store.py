"""The tables are opened once, anew when they are rebuilt, and their faults are told."""

from __future__ import annotations

import pytest

from components import store
from data.query import BundleError


def test_everybody_shares_one_copy():
    assert store.bundle() is store.bundle()
    assert store.weights() is store.weights()


def test_a_rebuilt_bundle_is_opened_anew(monkeypatch):
    stamps = iter([1.0, 1.0, 2.0])
    opened = []

    def load() -> object:
        opened.append(object())
        return opened[-1]

    monkeypatch.setattr(store, "_stamp", lambda: next(stamps))
    monkeypatch.setattr(store, "load_bundle", load)
    store._open.cache_clear()
    first, same, new = store.bundle(), store.bundle(), store.bundle()
    store._open.cache_clear()
    assert first is same
    assert new is not first
    assert len(opened) == 2


def test_a_fault_becomes_a_sentence(monkeypatch):
    def broken() -> None:
        raise BundleError("areas.parquet is missing")

    monkeypatch.setattr(store, "bundle", broken)
    assert store.bundle_fault() == "areas.parquet is missing"


def test_a_whole_bundle_has_no_fault():
    assert store.bundle_fault() is None


@pytest.mark.parametrize("name", ["bundle", "the_catalogue", "weights"])
def test_what_is_handed_out_is_not_empty(name):
    assert getattr(store, name)() is not None
