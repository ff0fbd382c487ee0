"""What stands under every page: attributions, data version, status of the neighbourhood lists."""

from __future__ import annotations

from html import escape

import streamlit as st
from data.query import Bundle

from components import store
from geo.config import config


def neighbourhood_notes(bundle: Bundle) -> list[str]:
    """One sentence for each list of neighbourhoods that is shown, in Place order."""
    lists = (bundle.neighbourhood_status(code) for code in config().place_codes)
    return [str(found.label) for found in lists if found is not None]


def attributions(bundle: Bundle) -> list[str]:
    """The attributions that the licences ask for, each once, in order of first use."""
    used = {indicator.source for indicator in bundle.indicators()}
    lines = [source.attribution for key, source in store.the_catalogue().sources.items() if key in used]
    lines += [
        str(layer["attribution"]) for layer in bundle.layers["layers"].values() if layer.get("attribution")
    ]
    return list(dict.fromkeys(line.strip().rstrip(".") for line in lines))


def show() -> None:
    """Draw the footer; a bundle that cannot be opened leaves only the licence line."""
    parts = ["<p>Open data under the Open Government Licence v3.0 unless said otherwise.</p>"]
    if store.bundle_fault() is None:
        bundle = store.bundle()
        parts = [f"<p>{escape(note)}</p>" for note in neighbourhood_notes(bundle)]
        parts.append(f"<p>{escape('. '.join(attributions(bundle)))}.</p>")
        parts.append(
            f"<p>Data version {escape(bundle.version)}. Nothing on these pages is loaded from elsewhere.</p>"
        )
    st.html(f'<footer class="site">{"".join(parts)}</footer>')
