"""The articles as a list; and the parties that the register does not know, each with its events."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..archive import Wanted
from .pages import page
from .state import bench_of, columns_of

__all__ = ["ROUTES"]

PAGE = 50
MOST_UNKNOWN = 200


def _articles(request: Request) -> Response:
    query = request.query_params
    asked = {name: query.get(name, "").strip() for name in ("q", "outlet", "dated")}
    with bench_of(request).archive() as archive:
        found, count = archive.store.listed(
            outlet=asked["outlet"], text=asked["q"], inferred=asked["dated"] == "inferred",
            after=query.get("after", ""), most=PAGE + 1,
        )  # fmt: skip
        outlets = sorted(archive.store.published())
    here = {name: value for name, value in asked.items() if value}
    following = f"/articles?{urlencode(here | {'after': found[PAGE - 1].id})}" if len(found) > PAGE else None
    return page(
        request, "articles.html.j2", listed=found[:PAGE], count=count, outlets=outlets, asked=asked,
        following=following, first=f"/articles?{urlencode(here)}" if query.get("after") else None,
    )  # fmt: skip


def _unknown(request: Request) -> Response:
    with bench_of(request).archive() as archive:
        unknown = archive.store.chosen(columns_of(request, archive), Wanted()).unknown_parties()
    return page(request, "unknown.html.j2", unknown=unknown[:MOST_UNKNOWN], count=len(unknown))


ROUTES = [Route("/articles", _articles), Route("/unknown", _unknown)]
