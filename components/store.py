"""The shipped tables and the catalogue, opened once for all visitors.

The tables are read-only: nobody may change a frame that comes from here, since every session shares it.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.bundle import INDEX
from data.catalogue.model import Catalogue, catalogue
from data.parts import read_weights
from data.query import Bundle, BundleError, load_bundle
from geo.config import ROOT


def _stamp() -> float:
    """When the bundle was last written (its index is written last): a rebuilt one is opened without a restart."""
    path = ROOT / INDEX
    return path.stat().st_mtime if path.exists() else 0.0


@st.cache_resource(show_spinner="Opening the tables", max_entries=1)
def _open(stamp: float) -> Bundle:
    return load_bundle()


def bundle() -> Bundle:
    """The shipped tables. BundleError (with what to run) when they are missing or half written."""
    return _open(_stamp())


def the_catalogue() -> Catalogue:
    """Every indicator, source and caveat, in catalogue order."""
    return catalogue()


@st.cache_resource(show_spinner=False, max_entries=1)
def _weights(version: str) -> pd.DataFrame:
    return read_weights()


def weights() -> pd.DataFrame:
    """Shares of small areas in wards and neighbourhoods, for the version of the tables in use."""
    return _weights(bundle().version)


def bundle_fault() -> str | None:
    """Why the tables cannot be opened, in a sentence for the visitor; None when all is well."""
    try:
        bundle()
    except BundleError as error:
        return str(error)
    return None
