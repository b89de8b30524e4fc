"""How good the records are, by people's judgement: a sample to judge one by one, precision, agreement, disputes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .. import library
from ..deciding import gold, lost
from ..evaluation import STRATA, Judged, Precision, agreement, methods, precision, right, sample, standing
from ..records import Decision
from .alignment import download
from .figures import figures_of
from .lines import lines
from .pages import page
from .state import bench_of, person

__all__ = ["ROUTES"]

MOST = 500
NUMBER = 50


@dataclass(frozen=True)
class Drawn:
    """An event of a sample: its id, its stratum, how many events that holds in the archive."""

    event: str
    stratum: str
    size: int


@dataclass(frozen=True)
class Asked:
    """Which sample an address asks for; the same always gives the same events."""

    by: str
    number: int
    seed: int

    def address(self, **more: object) -> str:
        """The page on which it is judged."""
        return "/quality/sample?" + urlencode({"by": self.by, "n": self.number, "seed": self.seed, **more})


def _quality(request: Request) -> Response:
    with bench_of(request).archive() as archive:
        decisions = list(archive.store.decisions())
        stand = standing(decisions)
        gone = lost(archive.store, decisions)
    people = sorted({one.who for one in stand})
    return page(
        request, "quality.html.j2", agreement=agreement(decisions), people=people, lost=gone, strata=STRATA,
        verdicts=[(who, _verdicts(stand, who)) for who in people], told=_told, asked=Asked("type", NUMBER, 1),
        number=NUMBER, undone=sum(one.undone is not None for one in decisions),
    )  # fmt: skip


def _verdicts(decisions: Sequence[Decision], who: str) -> dict[str, int]:
    counts = dict.fromkeys(("accepted", "rejected", "corrected", "added", "same", "different", "unsure"), 0)
    for one in decisions:
        if one.who == who and one.judgement in counts:
            counts[one.judgement] += 1
    return counts


def _told(decision: Decision) -> Mapping[str, Any]:
    """What a decision judged, as it stood then."""
    found: Mapping[str, Any] = json.loads(decision.judged or "{}")
    return found


def _sample(request: Request) -> Response:
    asked = _asked(request)
    bench, figures, me = bench_of(request), figures_of(request), person(request)
    with bench.archive() as archive:
        mark = archive.store.mark()
        drawn = figures.get(("sample", asked), mark, _drawn, bench.path, asked)
        if drawn is None:
            return page(request, "sample.html.j2", asked=asked, drawn=None, strata=STRATA)
        mine = {one.record: one for one in standing(archive.store.decisions(who=me)) if one.kind == "event"}
        here = _place(request, drawn, mine)
        line = lines(archive, archive.store.these([drawn[here].event]))[0] if drawn else None
    verdicts = [Judged(one.stratum, one.size, bool(right(mine[one.event]))) for one in drawn if one.event in mine]
    found: Sequence[Precision] = precision(verdicts) if verdicts else ()
    return page(
        request, "sample.html.j2", asked=asked, drawn=drawn, place=here, line=line, found=found, judged=len(verdicts),
        mine=mine, strata=STRATA, methods=methods(found, asked.by) if found else "", following=_next(drawn, mine, here),
        me=me,
    )  # fmt: skip


def _asked(request: Request) -> Asked:
    by, number, seed = (request.query_params.get(name, "") for name in ("by", "n", "seed"))
    return Asked(
        by if by in STRATA else "type",
        min(MOST, max(1, int(number))) if number.isdecimal() and len(number) < 9 else NUMBER,
        int(seed) if seed.isdecimal() and len(seed) < 9 else 1,
    )


def _drawn(path: Path, asked: Asked) -> list[Drawn]:
    with library.open(path, read_only=True) as archive:
        found = sample(archive.store.strata(asked.by), asked.by, asked.number, asked.seed)
    return [Drawn(one.event["id"], one.stratum, one.size) for one in found]


def _place(request: Request, drawn: Sequence[Drawn], mine: Mapping[str, Decision]) -> int:
    """The place in a sample that an address asks for; else of the first event that is not judged yet."""
    at = request.query_params.get("at", "")
    if at.isdecimal() and len(at) < 9 and 0 < int(at) <= len(drawn):
        return int(at) - 1
    return next((place for place, one in enumerate(drawn) if one.event not in mine), max(0, len(drawn) - 1))


def _next(drawn: Sequence[Drawn], mine: Mapping[str, Decision], here: int) -> int:
    """The place of the next event that is not judged yet, counted round; where all are, of the one that follows."""
    order = [*range(here + 1, len(drawn)), *range(here)]
    return next((place for place in order if drawn[place].event not in mine), min(here + 1, len(drawn) - 1))


def _gold(request: Request) -> Response:
    who, learn = request.query_params.get("who") or None, "learn" in request.query_params
    with bench_of(request).archive() as archive:
        found = gold(archive.store, who=who, rejected=learn)
        redact = "redact" in request.query_params
        kept = list(archive.redacted("gold", found.lines)) if redact else list(found.lines)
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in kept)
    return download(text, "training.jsonl" if learn else "gold.jsonl", "application/x-ndjson")


ROUTES = [Route("/quality", _quality), Route("/quality/sample", _sample), Route("/quality/gold", _gold)]
