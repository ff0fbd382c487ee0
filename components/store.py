"""The shipped tables and the catalogue, opened once for all visitors.

The tables are read-only: nobody may change a frame that comes from here, since every session shares it.
"""

from __future__ import annotations

import streamlit as st
from data.query import Bundle, BundleError, load_bundle

from data.catalogue.model import Catalogue, catalogue
from geo.config import ROOT

TABLES = ("data/processed/observations.parquet", "geo/processed/areas.parquet", "geo/processed/layers.json")


def _stamp() -> tuple[float, ...]:
    """Modification times of the tables: a rebuilt bundle is opened again without a restart."""
    paths = [ROOT / name for name in TABLES]
    return tuple(path.stat().st_mtime if path.exists() else 0.0 for path in paths)


@st.cache_resource(show_spinner="Opening the tables", max_entries=1)
def _open(stamp: tuple[float, ...]) -> Bundle:
    return load_bundle()


def bundle() -> Bundle:
    """The shipped tables. BundleError (with what to run) when they are missing or half written."""
    return _open(_stamp())


def the_catalogue() -> Catalogue:
    """Every indicator, source and caveat, in catalogue order."""
    return catalogue()


def bundle_fault() -> str | None:
    """Why the tables cannot be opened, in a sentence for the visitor; None when all is well."""
    try:
        bundle()
    except BundleError as error:
        return str(error)
    return None
