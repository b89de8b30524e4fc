"""What a person decides in the workbench, taken down; afterwards the browser is back where it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .. import deciding, library
from ..errors import UsageError
from ..evaluation import judged
from .editing import correction, given
from .pages import back
from .security import writing
from .state import bench_of, person

__all__ = ["ROUTES"]


def _judge(request: Request, form: FormData) -> Response:
    """Accept or reject a record."""
    kind, record = str(form.get("kind", "")), str(form.get("record", ""))
    with bench_of(request).archive() as archive:
        deciding.decide(archive.store, kind, record, str(form.get("judgement", "")), **_by(request, form))
    return _back(form, record)


def _correct(request: Request, form: FormData) -> Response:
    """Say what a record should say; where a form changes nothing, nothing is taken down."""
    kind, record = str(form.get("kind", "")), str(form.get("record", ""))
    with bench_of(request).archive() as archive:
        found = list(archive.store.evidence(archive.store.judgeable(kind, [record])))
        if not found:
            raise UsageError("U001", f"There is no {kind} {record} to correct; it may have been coded anew.")
        before = judged(*found[0])
        changed = correction(kind, before, given(kind, form, _known(archive, before)))
        if changed:
            deciding.decide(archive.store, kind, record, "corrected", correction=changed, **_by(request, form))
    return _back(form, record)


def _add(request: Request, form: FormData) -> Response:
    """Take down an event that the machine does not have, by the words that it rests on."""
    article, words = str(form.get("article", "")), str(form.get("words", "")).strip()
    with bench_of(request).archive() as archive:
        text = archive.store.article(article).text
        start = int(str(form.get("start") or -1))
        if start < 0 or text[start : start + len(words)] != words:
            start = text.find(words) if words else -1
        if start < 0:
            raise UsageError("U001", f"The words “{words}” do not stand in the article. Copy them as they stand.")
        fields = {name: value for name, value in given("event", form, _known(archive, {})).items() if value}
        decision = deciding.add_event(archive.store, article, start, start + len(words), fields, **_by(request, form))
    return _back(form, decision.record)


def _undo(request: Request, form: FormData) -> Response:
    """Take a decision back; it stays in the archive, with the time at which it was undone."""
    with bench_of(request).archive() as archive:
        archive.store.undo(str(form.get("decision", "")), deciding.now())
    return _back(form, str(form.get("record", "")))


def _by(request: Request, form: FormData) -> dict[str, Any]:
    why = str(form.get("why", "")).strip()
    return {"who": person(request), "when": deciding.now(), "why": why or None}


def _known(archive: library.Archive, before: Mapping[str, Any]) -> list[Mapping[str, str]]:
    """The parties that a name may mean: those of the record first, then those of the register."""
    here = [party for value in before.values() for party in (value if isinstance(value, list) else [value])]
    parties: list[Mapping[str, str]] = [party for party in here if isinstance(party, dict) and "code" in party]
    return parties + [{"text": one.name, "name": one.name, "code": one.code} for one in archive.actors()]


def _back(form: FormData, record: str) -> Response:
    """To the card of the record, where the form is of an article; else to the page that it names."""
    if article := str(form.get("article", "")):
        return back(f"/article/{article}?{urlencode({'at': record})}#card-{record}")
    return back(str(form.get("back", "")))


ROUTES = [
    Route("/decide", writing(_judge), methods=["POST"]),
    Route("/correct", writing(_correct), methods=["POST"]),
    Route("/add-event", writing(_add), methods=["POST"]),
    Route("/undo", writing(_undo), methods=["POST"]),
]
