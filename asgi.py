"""The served application: Streamlit with routes for geometry, a small data API and a health check.

Start it with `streamlit run asgi.py` (tasks.py does). Every answer carries headers that keep the browser from
loading anything from elsewhere.
"""

from __future__ import annotations

import base64
import csv
import gc
import gzip
import hashlib
import io
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.starlette import App

from components import map_sync, store
from data.query import Bundle, BundleError
from geo.config import ROOT
from reports.briefing import served

GEOMETRY = ROOT / "static" / "geo"
SAFE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*\.(geojson|json)", re.IGNORECASE)
HASHED = re.compile(r"-[0-9a-f]{8,}\.\w+$")
FOR_EVER = "public, max-age=31536000, immutable"
COLUMNS = [
    "indicator_id", "area_code", "area_name", "area_level", "place_code", "period", "group", "value", "lower",
    "upper", "numerator", "denominator", "basis", "reliability", "status", "source_id",
]  # fmt: skip


@lru_cache(maxsize=128)
def _file(path: Path, modified: float, compressed: bool) -> bytes:
    """The bytes of a geometry file, compressed once; a rebuilt file has another modification time."""
    body = path.read_bytes()
    return gzip.compress(body, compresslevel=6, mtime=0) if compressed else body


def geometry(request: Request) -> Response:
    """One file of static/geo. A hashed name never changes its content, so it is kept for a year."""
    name = request.path_params["file"]
    path = GEOMETRY / name
    if not SAFE_NAME.fullmatch(name) or not path.is_file():
        return _refusal(404, "there is no such geometry file")
    squeeze = "gzip" in request.headers.get("accept-encoding", "")
    modified = path.stat().st_mtime
    headers = {
        "Cache-Control": FOR_EVER if HASHED.search(name) else "no-cache",
        "Vary": "Accept-Encoding",
        "ETag": f'"{int(modified)}-{path.stat().st_size}{"-gz" if squeeze else ""}"',
    }
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    if squeeze:
        headers["Content-Encoding"] = "gzip"
    return Response(_file(path, modified, squeeze), headers=headers, media_type="application/geo+json")


def health(request: Request) -> Response:
    """Whether the tables can be opened, and their version."""
    try:
        bundle = store.bundle()
    except BundleError as error:
        return JSONResponse({"status": "unavailable", "reason": str(error)}, status_code=503)
    body = {"status": "ok", "version": bundle.version, "indicators": len(bundle.indicators())}
    return JSONResponse(body, headers={"Cache-Control": "no-store"})


def _refusal(status: int, reason: str, **more: Any) -> JSONResponse:
    return JSONResponse({"error": reason, **more}, status_code=status)


def _checked(request: Request, bundle: Bundle) -> tuple[dict[str, str], JSONResponse | None]:
    """The validated query, or a refusal that names what is available instead."""
    query = request.query_params
    known = [indicator.id for indicator in bundle.indicators()]
    indicator = query.get("indicator", "")
    if indicator not in known:
        return {}, _refusal(404, "indicator: missing or unknown", available=known)
    levels = bundle.levels(indicator)
    level = query.get("level", levels[0])
    if level not in levels:
        return {}, _refusal(404, "level: this indicator has no figures at this level", available=levels)
    groups = bundle.groups(indicator)
    group = query.get("group", "all" if "all" in groups else groups[0])
    if group not in groups:
        return {}, _refusal(404, "group: unknown for this indicator", available=groups)
    periods = bundle.periods(indicator, level, group)
    period = query.get("period", periods[-1] if periods else "")
    if period not in periods:
        return {}, _refusal(404, "period: no figures for this period at this level", available=periods)
    form = query.get("format", "json" if "json" in request.headers.get("accept", "") else "csv")
    if form not in ("csv", "json"):
        return {}, _refusal(400, "format: csv or json", available=["csv", "json"])
    return {"indicator": indicator, "level": level, "group": group, "period": period, "format": form}, None


def _plain(value: Any) -> Any:
    """A table cell as JSON and CSV take it: missing is empty, never 0."""
    if value is None or value != value:
        return None
    return value.item() if hasattr(value, "item") else value


def observations(request: Request) -> Response:
    """The figures of one indicator, level and period, as CSV or JSON, with basis, reliability and source."""
    try:
        bundle = store.bundle()
    except BundleError as error:
        return _refusal(503, str(error))
    query, refusal = _checked(request, bundle)
    if refusal is not None:
        return refusal
    frame = bundle.slice(query["indicator"], query["level"], query["period"], query["group"])
    columns = [name for name in COLUMNS if name in frame.columns]
    rows = [[_plain(value) for value in row] for row in frame[columns].itertuples(index=False)]
    headers = {"Cache-Control": "public, max-age=3600", "X-Data-Version": bundle.version}
    if query["format"] == "json":
        body = {
            "version": bundle.version,
            **query,
            "rows": [dict(zip(columns, row, strict=True)) for row in rows],
        }
        return Response(json.dumps(body), media_type="application/json", headers=headers)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return Response(text.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def briefing(request: Request) -> Response:
    """The slides about one area as one page, under a policy of their own."""
    try:
        found = served.answer(store.bundle(), request.path_params["area"], request.query_params)
    except BundleError as error:
        return _refusal(503, str(error))
    headers = {"Content-Security-Policy": found.policy, "Cache-Control": "no-cache"}
    return Response(found.html, found.status, headers, media_type="text/html")


def _inline_script_hashes() -> str:
    """Hashes of the scripts that stand in Streamlit's own page, so that no other inline script may run."""
    spec = find_spec("streamlit")
    if spec is None or spec.origin is None:
        return ""
    page = (Path(spec.origin).parent / "static" / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts]
    return "".join(f" 'sha256-{value}'" for value in hashes)


def content_security_policy() -> str:
    """What the browser may load: this server only, and what Streamlit, deck.gl and plotly need to run."""
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src 'self' 'wasm-unsafe-eval'{_inline_script_hashes()} '{map_sync.script_hash()}'",
            "style-src 'self' 'unsafe-inline'",  # Streamlit's styles are written by script
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' data: blob:",
            "worker-src 'self' blob:",
            "frame-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        ]
    )


class SecurityHeaders:
    """Adds the security headers to every HTTP answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = {
            "Content-Security-Policy": content_security_policy(),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "X-Frame-Options": "SAMEORIGIN",
            "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
            "Cross-Origin-Opener-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; websockets go through untouched."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                own = headers.get("Content-Security-Policy")  # a briefing has a stricter one
                for name, value in self.headers.items():
                    headers[name] = value
                if own:
                    headers["Content-Security-Policy"] = own
            await send(message)

        await self.app(scope, receive, with_headers)


def warm_up() -> None:
    """Open the tables and load the heavy libraries before the first visitor asks.

    Streamlit collects garbage after every run of a page, while its answer is still on the way: without the
    freeze that means a walk through all tables and libraries (60 ms and more), which never become garbage.
    """
    if store.bundle_fault() is None:
        import_module("components.profile_sections")
        import_module("components.inequality_sections")
        import_module("components.compare_views")
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def lifespan(served: App) -> AsyncIterator[None]:
    """Warm up beside the start, so that the port opens at once."""
    Thread(target=warm_up, name="warm-up", daemon=True).start()
    yield


ROUTES = [
    Route("/geo/{file}", geometry),
    Route("/health", health),
    Route("/api/v1/observations", observations),
    Route("/briefing/{area}.html", briefing),
]
app = App(
    ROOT / "app.py",
    lifespan=lifespan,
    routes=ROUTES,
    middleware=[Middleware(SecurityHeaders)],
)
