"""Two parties: how they stood to each other week by week, what turned, and the events with their sentences."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..errors import UsageError
from ..formats import csv_lines
from ..pictures import Point, curve, standalone
from .alignment import day_of, download
from .figures import figures_of
from .lines import lines
from .pages import page
from .relations import Dyad, case_of, dyad, marked, turn_words
from .state import bench_of

__all__ = ["ROUTES"]

MOST_EVENTS = 100


def _pair(request: Request) -> Response:
    case, asked = case_of(request), _asked(request)
    since, until = (day_of(request.query_params.get(name)) for name in ("since", "until"))
    found = figures_of(request).get(("pair", *asked), case.mark, dyad, case, *asked)
    if found is None:
        return page(request, "pair.html.j2", dyad=None)
    deeds = [deed for deed in found.deeds if (since or date.min) <= deed.day <= (until or date.max)]
    ids = dict.fromkeys(deed.id for deed in reversed(deeds) if deed.id)
    with bench_of(request).archive() as archive:
        told = lines(archive, archive.store.these(list(ids)[:MOST_EVENTS]))
    both = urlencode({"one": found.pair[0], "other": found.pair[1]})
    return page(
        request, "pair.html.j2", dyad=found, curve=Markup(_curve(found)), lines=told, since=since,
        until=until, deeds=len(ids), turn_words=turn_words, every=f"/alignment/pair?{both}",
        files=[(ending, f"/alignment/pair.{ending}?{both}") for ending in ("svg", "csv")],
    )  # fmt: skip


def _asked(request: Request) -> tuple[str, str]:
    return request.query_params.get("one", ""), request.query_params.get("other", "")


def _curve(dyad: Dyad) -> str:
    points = [Point(w.week, w.score, w.low, w.high, sum(w.counts[:2]), sum(w.counts[2:])) for w in dyad.weeks]
    marks = [marked(turn, f"#turn-{number}") for number, turn in enumerate(dyad.turned, 1)]
    return curve(points, marks, title=f"How {dyad.words} stood to each other")


def _file(request: Request) -> Response:
    case, asked, ending = case_of(request), _asked(request), request.path_params["ending"]
    found = figures_of(request).awaited(("pair", *asked), case.mark, dyad, case, *asked)
    name = f"{found.pair[0]}-{found.pair[1]}.{ending}"
    if ending == "svg":
        return download(standalone(_curve(found)), name, "image/svg+xml")
    if ending == "csv":
        columns = ("week", "score", "low", "high", "verbal cooperation", "material cooperation", "verbal conflict")
        rows = ((week.week, week.score, week.low, week.high, *week.counts) for week in found.weeks)
        return download("".join(csv_lines([*columns, "material conflict"], rows)), name, "text/csv")
    raise UsageError("U001", f"The curve can be had as svg or csv, not {ending}.")


ROUTES = [Route("/alignment/pair", _pair), Route("/alignment/pair.{ending}", _file)]
