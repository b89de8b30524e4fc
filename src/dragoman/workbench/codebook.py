"""The codebook: each type with its modes and an example, how often it was coded; and frames tried on a sentence."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..codebook import CONTEXTS, SECTORS, TYPES, EventType
from ..dates import parse_iso
from ..errors import DataError, UsageError
from ..pipeline import explained
from ..records import Mention, Sentence, Trace
from ..settings import load
from ..telling import Told
from .lines import Line, lines
from .pages import page
from .state import bench_of, columns_of

__all__ = ["ROUTES"]

LONGEST = 2_000
"""Characters of a text that is tried: a few sentences."""

EXAMPLE = """type = "ASSAULT"

[[frame]]
name = "car-ramming"
verbs = ["ram"]
recipient = ["object", "into"]
"""
"""What stands in the field for an own frame at first."""


@dataclass(frozen=True)
class Entry:
    """A type with the number of its events, and one of them as an example."""

    type: EventType
    count: int
    example: Line | None


@dataclass(frozen=True)
class Tried:
    """A sentence with what was found in it: who is named, what was tried on each word, the events."""

    sentence: Sentence
    mentions: Sequence[Mention]
    traces: Sequence[Trace]
    events: Sequence[Told]


def _codebook(request: Request) -> Response:
    with bench_of(request).archive() as archive:
        counts = columns_of(request, archive).surest("type")
        examples = lines(archive, archive.store.numbered([surest for _, surest in counts.values()]))
    surest = {str(line.told.event.type): line for line in examples}
    entries = [Entry(kind, counts.get(name, (0, 0))[0], surest.get(name)) for name, kind in TYPES.items()]
    return page(
        request, "codebook.html.j2", entries=entries, contexts=CONTEXTS, sectors=SECTORS, most=max(
            [1, *(entry.count for entry in entries)]
        ), **_trial(request),
    )  # fmt: skip


def _trial(request: Request) -> dict[str, Any]:
    """What an address asks to try, and what came of it; what is wrong with an own frame is said in its place."""
    text, published, own = (request.query_params.get(name, "").strip() for name in ("text", "published", "frames"))
    tried: Sequence[Tried] = ()
    problem = ""
    if text:
        try:
            tried = list(_tried(text[:LONGEST], published, own))
        except (DataError, UsageError) as error:
            problem = error.message
    return {"text": text, "published": published, "own": own, "example": EXAMPLE, "tried": tried, "problem": problem}


def _tried(text: str, published: str, own: str) -> list[Tried]:
    if published:
        try:
            parse_iso(published)
        except ValueError as problem:
            raise UsageError("U001", f"{published!r} is no ISO date: {problem}") from problem
    user_data = _with_frames(own) if own else load().user_data
    return [
        Tried(sentence, mentions, traces, [Told(event, None, sentence) for event in events])
        for sentence, mentions, events, traces in explained(text, published or None, user_data, load().reader)
    ]


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="dragoman-frames-")


@cache
def _with_frames(own: str) -> str:
    """A folder of user data with these frames, beside what the user's own folder has."""
    folder = Path(_folder().name) / str(len(list(Path(_folder().name).iterdir())))
    (folder / "frames").mkdir(parents=True)
    theirs = load().user_data
    for path in sorted(Path(theirs).rglob("*.toml")) if theirs else []:
        copy = folder / path.relative_to(theirs)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    (folder / "frames" / "tried-here.toml").write_text(own, encoding="utf-8")
    return str(folder)


ROUTES = [Route("/codebook", _codebook)]
