"""Accessibility statement: what works for whom, what does not, whom to tell, and what is tested."""

from __future__ import annotations

from html import escape

import streamlit as st

from components import access_statement, headings, navigation
from geo.config import config

navigation.require_router()


def show() -> None:
    """Draw the statement as one element."""
    contact = config().contact
    headings.title("Accessibility statement for the neighbourhood health inequalities dashboard")
    runs = f"It is run by {contact.organisation}. " if contact.organisation else ""
    parts = "".join(
        f"<h2>{escape(heading)}</h2>{body}" for heading, body in access_statement.sections(contact)
    )
    st.html(
        f'<div class="statement"><p class="lede">{escape(runs)}This statement is about all pages of the '
        f"dashboard and the slides of a briefing.</p>{parts}</div>"
    )


show()
