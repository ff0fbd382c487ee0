"""The accessibility statement says what the suite tests, and the suite tests what the statement says."""

from __future__ import annotations

import ast
import re
from html import unescape

import pytest

from components import access_statement, compare_state, inequality_state, navigation
from components.access_facts import CHECKS, OTHER_WAYS, SHORTFALLS, VIEWS
from data.query import load_bundle
from geo.config import ROOT, ConfigError, config, read_config
from geo.contact import Contact

FULL = Contact(
    "Anyborough Council", "web@anyborough.example", "0151 000 0000", "1 High Street <2nd floor>", 10
)


def text_of(contact: Contact) -> str:
    """The statement as plain text."""
    html = " ".join(f"<h2>{heading}</h2>{body}" for heading, body in access_statement.sections(contact))
    return unescape(re.sub("<[^>]+>", " ", html))


def queries(page: str) -> list[str]:
    return [view.query for view in VIEWS if view.page == page]


def test_every_page_has_a_view():
    assert {view.page for view in VIEWS} == {entry.stem for entry in navigation.entries()}
    assert len({(view.address, view.press) for view in VIEWS}) == len(VIEWS)


def test_every_state_that_a_page_has_is_in_the_list():
    bundle = load_bundle()
    codes = [query.removeprefix("area=") for query in queries("profile") if query]
    levels = {bundle.areas["area_level"].get(code) for code in codes} - {None}
    assert levels == set(bundle.areas["area_level"])
    assert any(code not in bundle.areas.index for code in codes)
    shown = {query.rpartition("view=")[2] for query in queries("compare") if "view=" in query}
    assert shown == set(compare_state.VIEWS)
    parts = {query.removeprefix("show=") for query in queries("inequalities") if query}
    assert parts == set(inequality_state.PARTS)
    places = {query.partition("&")[0].removeprefix("place=") for query in queries("pioneers")}
    assert places == {place.slug for place in config().with_role("pioneer")}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.words[:40])
def test_every_claim_names_a_test_that_exists(check):
    file, _, name = check.test.partition("::")
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    assert name in {part.name for part in ast.walk(tree) if isinstance(part, ast.FunctionDef)}


def test_the_statement_has_the_parts_of_the_model_and_says_all_that_is_known():
    headings = [heading for heading, _ in access_statement.sections(Contact())]
    assert headings == [
        "How accessible this dashboard is", "Feedback and contact information", "Enforcement procedure",
        "Technical information about this dashboard’s accessibility", "Compliance status",
        "Non-accessible content", "What is tested", "Preparation of this statement",
    ]  # fmt: skip
    text = text_of(Contact())
    for words in (
        *(c.words for c in CHECKS),
        *(v.shows for v in VIEWS),
        *(s.what.rstrip(".") for s in (*SHORTFALLS, *OTHER_WAYS)),
    ):
        assert words in text
    assert "partially compliant" in text
    assert "Accessibility Regulations 2018" in text
    assert "has not been named yet" in text


def test_a_council_that_names_itself_is_named():
    text = text_of(FULL)
    assert "has not been named" not in text
    assert "Anyborough Council is committed" in text
    assert "within 10 working days" in text
    html = access_statement.contact_words(FULL)
    assert 'href="mailto:web@anyborough.example"' in html
    assert "1 High Street &lt;2nd floor&gt;" in html
    assert Contact("Anyborough Council").known is False


GOOD = (ROOT / "config.toml").read_text(encoding="utf-8")


def with_contact(tmp_path, section: str):
    path = tmp_path / "config.toml"
    path.write_text(f"{GOOD[: GOOD.index('[contact]')]}{section}\n", encoding="utf-8")
    return read_config(path).contact


def test_the_contact_is_read_and_may_be_left_out(tmp_path):
    assert with_contact(tmp_path, "") == Contact()
    found = with_contact(
        tmp_path, '[contact]\norganisation = " Anyborough Council "\nphone = "0151"\nreply_days = 5'
    )
    assert found == Contact("Anyborough Council", phone="0151", reply_days=5)
    assert found.known


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("[contact]\nreply_days = -1", "reply_days must be a whole number, 0 or more, found -1"),
        ("[contact]\nphone = 151", "phone must be text in quotes, found 151"),
        ('[contact]\nmail = "a@b"', "has 'mail'; it knows organisation, email"),
        ('[contact]\nemail = "nobody"', "email is not an address"),
        ('[[contact]]\nemail = "a@b"', r"write \[contact\] and below it"),
    ],
)
def test_a_wrong_contact_is_refused_by_name(tmp_path, setting, words):
    with pytest.raises(ConfigError, match=words):
        with_contact(tmp_path, setting)
