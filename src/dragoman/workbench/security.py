"""What keeps the workbench to its own page and its own user: who may ask, who may write, what a page may load.

Pages are served to 127.0.0.1 alone. The `Host` must be exactly ours, so that no other site can have its name
point here and read along; a write must come from one of our pages, and bring the token that only they hold.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import wraps
from secrets import compare_digest
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

if TYPE_CHECKING:
    from .state import Workbench

__all__ = ["POLICY", "guarded", "writing"]

POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'",
    "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
))  # fmt: skip
"""The Content-Security-Policy of every page: our own files, and nothing inline."""

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
LARGEST_FIELD = 5_000_000
"""Bytes of one field of a form; a text that is longer is added as a file."""


def guarded(app: ASGIApp, hosts: Collection[str]) -> ASGIApp:
    """The application behind the checks on host and origin; every answer carries the headers."""

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await app(scope, receive, send)

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("cache-control", "no-store")
            await send(message)

        refused = _refused(scope, hosts)
        return await (app if refused is None else refused)(scope, receive, sealed)

    return guard


def _refused(scope: Scope, hosts: Collection[str]) -> Response | None:
    """The answer to who may not ask; None to who may."""
    headers = Headers(scope=scope)
    host = headers.getlist("host")
    if scope["type"] != "http" or len(host) != 1 or host[0] not in hosts:
        return PlainTextResponse("This workbench is for this machine alone; ask it by its own address.", 421)
    if scope["method"] in ("GET", "HEAD"):
        return None
    elsewhere = headers.get("origin", f"http://{host[0]}") != f"http://{host[0]}"
    if elsewhere or headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return PlainTextResponse("Another page may not write here.", 403)
    return None


def writing(change: Callable[[Request, FormData], Response]) -> Callable[[Request], object]:
    """An endpoint that changes something: its form must hold the token. It runs in a thread, as SQLite waits."""

    @wraps(change)
    async def checked(request: Request) -> Response:
        bench: Workbench = request.app.state.bench
        async with request.form(max_part_size=LARGEST_FIELD) as form:
            if not compare_digest(str(form.get("token", "")).encode(), bench.token.encode()):
                raise HTTPException(403, "This page is older than the workbench that runs now. Load it again.")
            return await run_in_threadpool(change, request, form)

    return checked
