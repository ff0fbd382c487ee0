"""The router: page settings, navigation and the shared footer. Nothing is drawn or calculated here."""

from __future__ import annotations

import streamlit as st

from components import footer, navigation, style
from geo.config import ROOT

st.set_page_config(
    page_title=navigation.TITLE,
    page_icon=str(ROOT / "static" / "icon.png"),
    layout="wide",
    initial_sidebar_state="collapsed",
)
style.apply()
navigation.run_page()
footer.show()
