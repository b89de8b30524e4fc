"""Two parties: how they stood to each other week by week, what turned, and the events with their sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..alignment import Deed, Stance, Standing, Turn, standing, turns
from ..errors import UsageError
from ..formats import csv_lines
from ..pictures import Point, curve, standalone
from .alignment import Known, day_of, download, known_of, marked, turn_words
from .figures import figures_of
from .lines import lines
from .pages import page
from .state import bench_of

__all__ = ["ROUTES"]

MOST_EVENTS = 100


@dataclass(frozen=True)
class Dyad:
    """Two parties with all that is known between them, as they are asked for: neither is rolled up into its group."""

    pair: tuple[str, str]
    names: tuple[str, str]
    deeds: Sequence[Deed]
    stances: Sequence[Stance]
    weeks: Sequence[Standing]
    turned: Sequence[Turn]

    @property
    def words(self) -> str:
        """The two as a title has them."""
        return " and ".join(self.names)


def _pair(request: Request) -> Response:
    known = known_of(request)
    if known is None:
        return page(request, "pair.html.j2", dyad=None, known=None)
    dyad = _dyad(request, known)
    if dyad is None:
        return page(request, "pair.html.j2", dyad=None, known=known)
    since, until = (day_of(request.query_params.get(name)) for name in ("since", "until"))
    deeds = [deed for deed in dyad.deeds if (since or date.min) <= deed.day <= (until or date.max)]
    ids = dict.fromkeys(deed.id for deed in reversed(deeds) if deed.id)
    with bench_of(request).archive() as archive:
        told = lines(archive, archive.store.these(list(ids)[:MOST_EVENTS]))
    asked = {"one": dyad.pair[0], "other": dyad.pair[1]}
    return page(
        request, "pair.html.j2", known=known, dyad=dyad, curve=Markup(_curve(dyad)), lines=told, since=since,
        until=until, deeds=len(ids), turn_words=turn_words, every=f"/alignment/pair?{urlencode(asked)}",
        files=[(ending, f"/alignment/pair.{ending}?{urlencode(asked)}") for ending in ("svg", "csv")],
    )  # fmt: skip


def _dyad(request: Request, known: Known) -> Dyad | None:
    one, other = (known.relations.party(request.query_params.get(name, "")) for name in ("one", "other"))
    if one == other:
        raise UsageError("U001", f"Both are the same party, {known.name(one)}.")
    pair = min(one, other), max(one, other)
    return figures_of(request).get(("pair", *pair), known.mark, lambda: _made(known, pair))


def _made(known: Known, pair: tuple[str, str]) -> Dyad:
    deeds, stances = known.relations.rolled_up(apart=pair)
    mine, said = [deed for deed in deeds if deed.pair == pair], [one for one in stances if one.pair == pair]
    last = deeds[-1].day if deeds else None
    names = (known.name(pair[0]), known.name(pair[1]))
    return Dyad(pair, names, mine, said, standing(mine, said, last=last), turns(deeds, stances, pairs={pair}))


def _curve(dyad: Dyad) -> str:
    points = [Point(w.week, w.score, w.low, w.high, sum(w.counts[:2]), sum(w.counts[2:])) for w in dyad.weeks]
    marks = [marked(turn, f"#turn-{number}") for number, turn in enumerate(dyad.turned, 1)]
    return curve(points, marks, title=f"How {dyad.words} stood to each other")


def _file(request: Request) -> Response:
    known = known_of(request)
    dyad = _dyad(request, known) if known else None
    if dyad is None:
        raise UsageError("U002", "The relations are still being added up. Ask again in a moment.")
    ending = request.path_params["ending"]
    name = f"{dyad.pair[0]}-{dyad.pair[1]}.{ending}"
    if ending == "svg":
        return download(standalone(_curve(dyad)), name, "image/svg+xml")
    if ending == "csv":
        columns = ("week", "score", "low", "high", "verbal cooperation", "material cooperation", "verbal conflict")
        rows = ((week.week, week.score, week.low, week.high, *week.counts) for week in dyad.weeks)
        return download("".join(csv_lines([*columns, "material conflict"], rows)), name, "text/csv")
    raise UsageError("U001", f"The curve can be had as svg or csv, not {ending}.")


ROUTES = [Route("/alignment/pair", _pair), Route("/alignment/pair.{ending}", _file)]
