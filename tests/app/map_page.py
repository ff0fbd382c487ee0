"""What the tests of the Map share: opening it at an address, and reading its words."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest

from geo.config import ROOT

THREE = "liverpool,sefton,st-helens"
EVERY = f"{THREE},knowsley,wirral,halton,warrington,cheshire-east,cheshire-west-and-chester"


def open_map(**params: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    for key, value in params.items():
        app.query_params[key] = value
    app = app.switch_page("pages/map.py").run()
    assert not app.exception, app.exception
    return app


def words(app: AppTest) -> str:
    return " ".join(item.body for item in app.get("html") if "<style>" not in item.body)


def one(app: AppTest, name: str) -> str:
    """A parameter of the address, however this version of AppTest hands it out."""
    value = app.query_params[name]
    return value if isinstance(value, str) else value[0]


def notices(app: AppTest) -> str:
    return " ".join(re.findall(r'class="notice"[^>]*>(.*?)</p>', words(app)))
