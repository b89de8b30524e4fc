"""An event by its id: one of an article is shown there, one that was imported stands on its row alone."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ..records import Event
from .lines import lines
from .pages import page
from .state import bench_of, person

__all__ = ["ROUTES"]


def _event(request: Request) -> Response:
    with bench_of(request).archive() as archive:
        found = [one for one in archive.store.judgeable("event", [request.path_params["id"]]) if isinstance(one, Event)]
        if not found:
            raise HTTPException(404, "There is no such event.")
        [line] = lines(archive, found)
    if found[0].article is not None:
        return RedirectResponse(line.address)
    mine = next((one for one in reversed(line.decisions) if one.who == person(request)), None)
    return page(request, "event.html.j2", line=line, mine=mine)


ROUTES = [Route("/event/{id}", _event)]
