"""The accessibility statement, in the order that public bodies use, written from what the suite tests."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from components import navigation
from components.access_facts import (
    CHECKS,
    NOT_TESTED,
    OTHER_WAYS,
    PREPARED,
    SHORTFALLS,
    STANDARD,
    VIEWS,
    Shortfall,
)
from geo.contact import Contact
from house_style.level_names import listed

NOBODY = (
    "The body that runs this copy of the dashboard has not been named yet. Until it is (section [contact] of "
    "config.toml), please speak to the public health team of your council."
)


def paragraph(text: str) -> str:
    """Plain text as a paragraph."""
    return f"<p>{escape(text)}</p>"


def bullets(texts: list[str]) -> str:
    """Plain texts as a list."""
    return f'<ul class="plain">{"".join(f"<li>{escape(text)}</li>" for text in texts)}</ul>'


def runs_it(contact: Contact) -> str:
    """Who runs the dashboard, as the subject of a sentence."""
    return contact.organisation or "The body that runs this dashboard"


def usable() -> str:
    """How accessible the dashboard is, from what is tested."""
    can = [
        "use every control with a keyboard alone, and see where you are",
        "choose an area by its name or postcode, without touching a map",
        "zoom to 200%, or use a screen 320 pixels wide, without scrolling sideways to read",
        "widen the spacing of text, use a dark theme, or ask for less motion",
        "read in words and shapes whatever a colour says, and have words for every picture",
    ]
    return paragraph("We want as many people as possible to use it. You should be able to:") + bullets(can)


def contact_words(contact: Contact) -> str:
    """How to ask for another form, or to report a problem."""
    if not contact.known:
        return paragraph(NOBODY)
    ways = [
        f'Email: <a href="mailto:{escape(contact.email, quote=True)}">{escape(contact.email)}</a>'
        if contact.email
        else "",
        f"Telephone: {escape(contact.phone)}" if contact.phone else "",
        f"Post: {escape(contact.address)}" if contact.address else "",
    ]
    within = f" You will hear from us within {contact.reply_days} working days." if contact.reply_days else ""
    return (
        paragraph(
            "If you need a figure in another form (large print, easy read, a spreadsheet, a recording), or "
            f"find something that does not work for you, write to {contact.organisation}.{within}"
        )
        + f'<ul class="plain">{"".join(f"<li>{way}</li>" for way in ways if way)}</ul>'
    )


def tested() -> str:
    """What the suite tests, page by page; each line stands for tests that run with every change."""
    lines = [f"{check.words}." for check in CHECKS]
    titles = {entry.stem: entry.title for entry in navigation.entries()}
    views = []
    for stem, title in titles.items():
        shown = [view.shows for view in VIEWS if view.page == stem]
        views.append(f"{title}: {'; '.join(shown)}.")
    return (
        paragraph("Automatic tests in a real browser (Chromium) check, with every change of the dashboard:")
        + bullets(lines)
        + paragraph("They open these views, with everything opened that can be opened on them:")
        + bullets(views)
        + paragraph(NOT_TESTED)
    )


def shortfalls() -> str:
    """What falls short, what has to be done in another way, and how."""
    other = paragraph("These parts have another way beside them, so that nothing is out of reach:")
    return _instead(SHORTFALLS) + other + _instead(OTHER_WAYS)


def _instead(found: Sequence[Shortfall]) -> str:
    items = []
    for one in found:
        where = f" (success criteria {listed(list(one.criteria))})" if one.criteria else ""
        where = where.replace("criteria", "criterion") if len(one.criteria) == 1 else where
        items.append(f"{one.what.rstrip('.')}{where}. {one.instead}")
    return bullets(items)


def sections(contact: Contact) -> list[tuple[str, str]]:
    """The parts of the statement: heading and HTML, in the order that public bodies use."""
    body = runs_it(contact)
    return [
        ("How accessible this dashboard is", usable()),
        ("Feedback and contact information", contact_words(contact)),
        (
            "Enforcement procedure",
            paragraph(
                "The Equality and Human Rights Commission (EHRC) enforces the Public Sector Bodies (Websites "
                "and Mobile Applications) (No. 2) Accessibility Regulations 2018. If you are not happy with "
                "how your complaint is answered, contact the Equality Advisory and Support Service (EASS)."
            ),
        ),
        (
            "Technical information about this dashboard’s accessibility",
            paragraph(
                f"{body} is committed to making this dashboard accessible, in accordance with the Public "
                "Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018."
            ),
        ),
        (
            "Compliance status",
            paragraph(
                f"This dashboard is partially compliant with the {STANDARD}, because of what is listed below "
                "and because not all of the standard can be tested automatically."
            ),
        ),
        ("Non-accessible content", shortfalls()),
        ("What is tested", tested()),
        (
            "Preparation of this statement",
            paragraph(
                f"This statement was prepared on {PREPARED} from the dashboard’s own tests. It was "
                f"last reviewed on {PREPARED}. Its list of tests changes with the tests themselves."
            ),
        ),
    ]
