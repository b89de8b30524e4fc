"""Alignment: who stands with whom and against whom, period by period, and when it turned."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..errors import UsageError
from ..formats import csv_lines, export
from ..pictures import standalone
from .figures import figures_of
from .networks import Tied, camped, period_address, shown
from .pages import page
from .periods import SIZES, Period, periods_between, size_for
from .relations import Extent, case_of, extent, pair_address, turn_words, turned
from .state import bench_of

__all__ = ["ROUTES", "day_of", "download"]


def _alignment(request: Request) -> Response:
    case, figures = case_of(request), figures_of(request)
    whole = figures.get("extent", case.mark, extent, case)
    if whole is None or not whole.deeds:
        return page(request, "alignment.html.j2", whole=whole)
    size, every, at = _asked(request, whole)
    here, before = every[at], every[at - 1] if at else None
    return page(
        request, "alignment.html.j2", whole=whole, size=size, sizes=SIZES, periods=every, at=at, period=here,
        shown=figures.get(("shown", size, here.name), case.mark, shown, case, size, here),
        camped=figures.get(("camps", size, here.name), case.mark, camped, case, here, before),
        turned=figures.get("turned", case.mark, turned, case), turn_words=turn_words, pair_address=pair_address,
        address=period_address,
        files=[(ending, f"/alignment/network.{ending}?{_query(size, here)}") for ending in ("svg", "csv", "gexf")],
    )  # fmt: skip


def _asked(request: Request, whole: Extent) -> tuple[str, Sequence[Period], int]:
    """The size of periods that an address asks for, all of them, and the place of the one that is shown."""
    size = request.query_params.get("by", "")
    size = size if size in SIZES else size_for(whole.first, whole.last)
    every = periods_between(whole.first, whole.last, size)
    asked, number = request.query_params.get("at", ""), request.query_params.get("n", "")
    if number.isdecimal() and number.isascii() and len(number) < 6:
        return size, every, min(int(number), len(every) - 1)
    # A month inside a longer period stands for that.
    at = max((place for place, one in enumerate(every) if one.name <= asked), default=0) if asked else len(every) - 1
    return size, every, at


def _query(size: str, period: Period) -> str:
    return urlencode({"by": size, "at": period.name})


def _file(request: Request) -> Response:
    """The network of a period as a picture, a table or a dynamic graph."""
    case, figures, ending = case_of(request), figures_of(request), request.path_params["ending"]
    if ending not in ("svg", "csv", "gexf"):
        raise UsageError("U001", f"The network can be had as svg, csv or gexf, not {ending}.")
    whole = figures.awaited("extent", case.mark, extent, case)
    if not whole.deeds:
        raise UsageError("U002", "Nothing dated passed between known parties, so there is no network to keep.")
    size, every, at = _asked(request, whole)
    here = every[at]
    name = f"network-{here.name}.{ending}"
    if ending == "gexf":
        return download(_graph(request, here), name, "application/gexf+xml")
    found = figures.awaited(("shown", size, here.name), case.mark, shown, case, size, here)
    if ending == "svg":
        return download(standalone(str(found.network)), name, "image/svg+xml")
    return download(_table(found.ties), name, "text/csv")


def _table(ties: Sequence[Tied]) -> str:
    columns = ("one", "other", "events", "mean score", "acts of conflict", "mainly", "thin evidence")
    rows = ((*tie.names, tie.events, tie.score, tie.conflict, tie.sign, "yes" if tie.thin else "no") for tie in ties)
    return "".join(csv_lines(columns, rows))


def _graph(request: Request, period: Period) -> str:
    span = {"since": period.first.isoformat(), "until": period.last.isoformat()}
    with bench_of(request).archive() as archive, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "network.gexf"
        export("events", archive.exported("events", **span), path)
        return path.read_text(encoding="utf-8")


def download(text: str, name: str, kind: str) -> Response:
    """A text as a file to keep."""
    return Response(text, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


def day_of(text: str | None) -> date | None:
    """The day that an address names; None where it names none.

    Raises:
        UsageError: it is no ISO day.
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError("U001", f"{text!r} is no day. Write it as 2020-01-03.") from None


ROUTES = [Route("/alignment", _alignment), Route("/alignment/network.{ending}", _file)]
