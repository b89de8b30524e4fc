"""The desk: the case at a glance, and what needs an eye."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .pages import page
from .state import bench_of

__all__ = ["ROUTES"]


def _desk(request: Request) -> Response:
    with bench_of(request).archive() as archive:
        return page(request, "desk.html.j2", counts=archive.store.counts())


ROUTES = [Route("/", _desk)]
