"""The runs of reading that the archive has been through, and every event that one of them changed."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..errors import ArchiveError
from ..evaluation import fields_changed
from ..records import Change
from .pages import page
from .state import bench_of

__all__ = ["ROUTES", "value_words"]

PAGE = 50


def _runs(request: Request) -> Response:
    with bench_of(request).archive() as archive:
        runs = list(archive.store.runs())
        unread = sum(1 for _ in archive.unread())
        manifest = archive.store.manifest()
    return page(request, "runs.html.j2", runs=runs, unread=unread, manifest=manifest)


def _run(request: Request) -> Response:
    number = request.path_params["number"]
    with bench_of(request).archive() as archive:
        run = next((one for one in archive.store.runs() if one.number == number), None)
        if run is None:
            raise ArchiveError("A004", f"There is no run {number} in {archive.store.path}.")
        every = list(archive.store.changes(number))
    asked, start = request.query_params.get("only", ""), request.query_params.get("from", "0")
    first = int(start) if start.isdecimal() and len(start) < 9 else 0
    counts = Counter(label for change in every for label in _labels(change))
    found = [change for change in every if not asked or asked in _labels(change)]
    address = f"/runs/{number}?"
    return page(
        request, "run.html.j2", run=run, changes=found[first : first + PAGE], counts=counts, only=asked,
        number=len(found), fields=fields_changed, words=value_words,
        narrowed=lambda only: address + urlencode({"only": only}),
        following=address + urlencode({"only": asked, "from": first + PAGE}) if len(found) > first + PAGE else None,
    )  # fmt: skip


def _labels(change: Change) -> list[str]:
    """What a change can be asked by: what it is, and the fields in which it is one."""
    return [change.what, *fields_changed(change)]


def value_words(value: object) -> str:
    """A value in the terms of the gold as a reader has it: parties by name, counts one by one."""
    if isinstance(value, list):
        if value and isinstance(value[0], dict):
            return ", ".join(party.get("name") or party.get("text") or "" for party in value)
        return " to ".join(str(one or "…") for one in value) if any(value) else "nothing"
    if isinstance(value, dict):
        return ", ".join(f"{number if number is not None else 'some'} {what}" for what, number in value.items())
    return str(value) if value not in (None, "") else "nothing"


ROUTES = [Route("/runs", _runs), Route("/runs/{number:int}", _run)]
