"""What stands under every page: attributions, data version, status of the neighbourhood lists."""

from __future__ import annotations

from html import escape

import streamlit as st

from components import navigation, store
from components.finder_streets import credit
from data.query import Bundle
from geo.config import config
from house_style.level_names import listed


def neighbourhood_notes(bundle: Bundle) -> list[str]:
    """One sentence for each list of neighbourhoods that is shown, in Place order."""
    lists = (bundle.neighbourhood_status(code) for code in config().place_codes)
    return [str(found.label) for found in lists if found is not None]


def publishers(bundle: Bundle) -> list[str]:
    """Everyone whose figures are shown, each once, in catalogue order."""
    used = {indicator.source for indicator in bundle.indicators()}
    sources = store.the_catalogue().sources.items()
    return list(dict.fromkeys(source.publisher for key, source in sources if key in used))


def map_attributions(bundle: Bundle) -> list[str]:
    """What the licences of the maps' lines ask to be said, each sentence once."""
    texts = (str(layer.get("attribution") or "") for layer in bundle.layers["layers"].values())
    sentences = [
        part.strip().rstrip(".").removeprefix("Source: ") for text in texts for part in text.split(". ")
    ]
    return list(dict.fromkeys(sentence for sentence in sentences if sentence))


def show() -> None:
    """Draw the footer; a bundle that cannot be opened leaves only the licence line."""
    parts = ["<p>Open data under the Open Government Licence v3.0 unless said otherwise.</p>"]
    if store.bundle_fault() is None:
        bundle = store.bundle()
        parts = [f"<p>{escape(note)}</p>" for note in neighbourhood_notes(bundle)]
        parts.append(
            f"<p>Figures: {escape(listed(publishers(bundle)))}. Contains public sector information "
            "licensed under "
            "the Open Government Licence v3.0. Each source is named under its figure and under Data and "
            "methods.</p>"
        )
        parts.append(
            f"<p>Maps: {escape('. '.join(map_attributions(bundle)))}. Names of parks and docks in the "
            f"search: "
            "© OpenStreetMap contributors.</p>"
        )
        if bundle.street_names is not None:
            parts.append(f"<p>{escape(credit(bundle))}</p>")
        parts.append(
            f"<p>Data version {escape(bundle.version)}. Nothing on these pages is loaded from elsewhere.</p>"
        )
    statement = next(entry for entry in navigation.entries() if entry.stem == "accessibility")
    parts.append(f'<p><a href="{navigation.address(statement.stem)}">{statement.title}</a></p>')
    st.html(f'<footer class="site">{"".join(parts)}</footer>')
