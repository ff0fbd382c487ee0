"""A profile to take away: two pages as PDF, the same figures as Excel, pictures for slides, packs of a Place.

Nothing is made before its button is pressed: opening a profile costs nothing more.
"""

from __future__ import annotations

from html import escape
from threading import Lock

import streamlit as st

from data.query import Bundle
from house_style.area_facts import level_of, name_of
from house_style.level_names import many
from reports.profile.model import LEVELS

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PICTURES = "The pictures are 1920 by 1080 with title, note and source in them."
MOST_PACKS = 2  # kept for the next visitor: each has about 5 MB
_MAKING = Lock()  # two visitors who ask for the same pack wait for one


@st.cache_data(max_entries=32, show_spinner=False)
def pdf_of(version: str, code: str, _bundle: Bundle) -> bytes:
    """The two pages of an area, for a version of the tables."""
    from reports.profile.build import build
    from reports.profile.pdf import as_pdf

    return as_pdf([build(_bundle, code)])


@st.cache_data(max_entries=8, show_spinner=False)
def pictures_of(version: str, code: str, _bundle: Bundle) -> bytes:
    """Every picture of an area for slides, in one archive."""
    from reports.profile.slides import as_zip

    return as_zip(_bundle, code)


def workbook_of(bundle: Bundle, code: str) -> bytes:
    """The figures of the two pages as a workbook."""
    from components.profile_workbook import as_excel

    return as_excel(bundle, code)


@st.cache_resource(max_entries=1, show_spinner=False)
def _shelf() -> dict[tuple[str, str, str], bytes]:
    return {}


def _pack(bundle: Bundle, code: str, kind: str) -> bytes:
    """A pack of a Place, with a bar that fills while it is made; from the shelf if it was made before."""
    from reports.profile import pack

    key, shelf = (bundle.version, code, kind), _shelf()
    bar = st.progress(0.0, text="Waiting for another pack to be finished")
    with _MAKING:
        if key not in shelf:
            made = pack.make(bundle, code, kind, lambda share, words: bar.progress(share, text=words))  # type: ignore[arg-type]
            while len(shelf) >= MOST_PACKS:
                shelf.pop(next(iter(shelf)))
            shelf[key] = made
        found = shelf[key]
    bar.empty()
    return found


def _ask(code: str, kind: str) -> None:
    st.session_state["pack"] = (code, kind)


@st.fragment
def _packs(bundle: Bundle, code: str) -> None:
    """Draw a button for each pack of a Place, and the file once it is made."""
    from reports.profile import pack

    name = name_of(bundle, code)
    with st.container(horizontal=True):
        for kind in pack.kinds_of(bundle, code):
            count = len(pack.members(bundle, code, kind))
            label = f"Make one PDF of all {count} {many(pack.LEVEL[kind])} of {name}"
            st.button(label, key=f"pack-{kind}", on_click=_ask, args=(code, kind))
    wanted = st.session_state.get("pack")
    if not wanted or wanted[0] != code:
        return
    kind = wanted[1]
    made = _pack(bundle, code, kind)
    size = f"{len(made) / 1_000_000:.1f} MB"
    st.download_button(
        f"Download the PDF of all {kind} of {name} ({size})",
        made,
        file_name=f"profiles-{kind}-{code}.pdf",
        mime="application/pdf",
        on_click="ignore",
    )


def show(bundle: Bundle, code: str) -> None:
    """Draw the downloads of the two-page profile; nothing for areas that have none."""
    if level_of(bundle, code) not in LEVELS:
        return
    version, stem = bundle.version, f"profile-{code}"
    with st.container(horizontal=True):
        st.download_button(
            "Download the two-page profile (PDF)",
            lambda: pdf_of(version, code, bundle),
            file_name=f"{stem}.pdf",
            mime="application/pdf",
            on_click="ignore",
        )
        st.download_button(
            "The same figures (Excel)",
            lambda: workbook_of(bundle, code),
            file_name=f"{stem}.xlsx",
            mime=EXCEL,
            on_click="ignore",
        )
        st.download_button(
            "Each picture for a slide (PNG and SVG, zipped)",
            lambda: pictures_of(version, code, bundle),
            file_name=f"pictures-{code}.zip",
            mime="application/zip",
            on_click="ignore",
        )
    st.html(
        '<p class="quiet no-print">The PDF has two pages of A4: map, what stands out, key figures, sources. '
        "Its pictures and tables can be read aloud. It is made when you press the button. "
        f"{escape(PICTURES)}</p>"
    )
    if level_of(bundle, code) == "place":
        _packs(bundle, code)
