"""The application: routes, checks and what its pages share, put together."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from .. import library
from ..errors import DragomanError
from . import (
    actors,
    adding,
    alignment,
    article,
    articles,
    codebook,
    compare,
    decisions,
    desk,
    event,
    events,
    files,
    judging,
    pages,
    pairs,
    personal,
    quality,
    runs,
)
from .adding import Jobs
from .figures import MANY, Figures
from .security import guarded
from .state import Pending, Workbench, load_columns, mark_of, user

__all__ = ["application"]

ROUTES = [
    *(*pages.ROUTES, *personal.ROUTES, *desk.ROUTES, *adding.ROUTES),
    *(*events.ROUTES, *files.ROUTES, *articles.ROUTES, *article.ROUTES, *event.ROUTES, *decisions.ROUTES),
    *(*compare.ROUTES, *alignment.ROUTES, *pairs.ROUTES, *actors.ROUTES, *codebook.ROUTES, *runs.ROUTES),
    *(*quality.ROUTES, *judging.ROUTES),
]
"""All addresses. Each module of a screen lists its own."""


def application(path: Path, hosts: Collection[str], *, who: str | None = None, token: str | None = None) -> Starlette:
    """The workbench of the archive at `path`, for requests to one of `hosts` ("127.0.0.1:8765") alone.

    `who` names the person where the browser names nobody; `token` is drawn anew for each run.

    Raises:
        ArchiveError: there is no archive at `path`, or it cannot be opened.
    """
    with library.open(path, read_only=True) as archive:
        mark = mark_of(archive)
    app = Starlette(
        routes=ROUTES,
        middleware=[Middleware(guarded, hosts=frozenset(hosts))],
        lifespan=_lifespan,
        exception_handlers={DragomanError: pages.failed, HTTPException: _refused, Pending: _pending},
    )
    app.state.figures = Figures()
    app.state.jobs = Jobs()
    app.state.bench = Workbench(path, token or secrets.token_urlsafe(32), who or user())
    if mark[0] >= MANY:  # begun here, so that they are there when the first page is asked for
        app.state.figures.get("columns", mark, load_columns, path, patience=0)
    return app


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    yield
    app.state.jobs.stop()
    app.state.figures.stop()


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    message = "There is no such page." if error.status_code == 404 else error.detail
    return pages.problem(request, error.status_code, message)


def _pending(request: Request, error: Exception) -> Response:
    return pages.page(request, "pending.html.j2")
