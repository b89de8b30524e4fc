"""Alignment: who stands with whom and against whom, period by period, and when it turned."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .. import library
from ..alignment import Camps, Deed, Move, SignedNetwork, Stance, Turn, camps, moves, paired, signed_network, turns
from ..archive import Mark
from ..errors import UsageError
from ..evaluation import standing
from ..formats import csv_lines, export
from ..library import Relations
from ..pictures import Edge, Link, Marked, Member, Node, TurnRow, network, sides, standalone, turning
from ..pictures import Period as Small
from ..pictures import periods as small_multiples
from ..pictures.network import THIN, sign_of
from .figures import figures_of
from .pages import page
from .periods import SIZES, Period, periods_between, size_for
from .state import bench_of

__all__ = ["ROUTES", "Known", "day_of", "download", "known_of", "marked", "pair_address", "turn_words"]

MOST = 25
"""Parties in the picture; the table has all."""

MOST_TURNS = 30


@dataclass(frozen=True)
class Known:
    """All deeds and stances between groups, and what the parties are called, for the archive at a mark."""

    mark: Mark
    deeds: Sequence[Deed]
    stances: Sequence[Stance]
    names: Mapping[str, str]
    relations: Relations

    def name(self, party: str) -> str:
        """What a party is called."""
        return self.names.get(party, party)


@dataclass(frozen=True)
class Tied:
    """What passed between two parties in a period: a row of the table, an edge of the picture."""

    one: str
    other: str
    names: tuple[str, str]
    events: int
    score: float
    conflict: int
    href: str

    @property
    def sign(self) -> str:
        """Mainly cooperation, mainly conflict, or even."""
        return sign_of(self.score)

    @property
    def thin(self) -> bool:
        """Whether it rests on one or two events alone."""
        return self.events <= THIN


@dataclass(frozen=True)
class Camped:
    """The camps on the last day of a period, and who moved since the period before."""

    network: SignedNetwork
    camps: Camps
    moved: Sequence[Move]
    sides: Markup


@dataclass(frozen=True)
class Shown:
    """What passed between whom in a period, as a table and as pictures."""

    ties: Sequence[Tied]
    network: Markup
    multiples: Markup


def known_of(request: Request) -> Known | None:
    """What the archive holds of relations; None while it is being added up."""
    bench = bench_of(request)
    with bench.archive() as archive:
        merged = [one.id for one in standing(archive.store.decisions(kind="actor"))]
        mark = (*archive.store.mark(), *merged)
    return figures_of(request).get("relations", mark, lambda: _known(bench.path, mark))


def _known(path: Path, mark: Mark) -> Known:
    with library.open(path, read_only=True) as archive:
        relations = archive.relations()
    deeds, stances = relations.rolled_up()
    return Known(mark, deeds, stances, relations.names, relations)


def _alignment(request: Request) -> Response:
    known = known_of(request)
    if known is None or not known.deeds:
        return page(request, "alignment.html.j2", known=known)
    size, every, at = _asked(request, known)
    here, before = every[at], every[at - 1] if at else None
    figures, mark = figures_of(request), known.mark
    camped = figures.get(("camps", size, here.name), mark, lambda: _camped(known, here, before))
    turned = figures.get("turns", mark, lambda: turns(known.deeds, known.stances))
    return page(
        request, "alignment.html.j2", known=known, size=size, sizes=SIZES, periods=every, at=at, period=here,
        shown=_shown(request, known, size, every, here), camped=camped,
        turned=_strongest(turned), turning=_turning(known, turned), turn_words=turn_words, pair_address=pair_address,
        address=_address,
        files=[(ending, f"/alignment/network.{ending}?{_query(size, here)}") for ending in ("svg", "csv", "gexf")],
    )  # fmt: skip


def _shown(request: Request, known: Known, size: str, every: Sequence[Period], here: Period) -> Shown | None:
    """A period in full among all of its size; None while it is being drawn."""
    figures, mark = figures_of(request), known.mark
    tabled = figures.get(("ties", size), mark, lambda: _tabled(known, every))
    if tabled is None:
        return None
    return figures.get(("drawn", size, here.name), mark, lambda: _drawn(known, size, tabled, here))


def _asked(request: Request, known: Known) -> tuple[str, Sequence[Period], int]:
    """The size of periods that an address asks for, all of them, and the place of the one that is shown."""
    first, last = known.deeds[0].day, known.deeds[-1].day
    size = request.query_params.get("by", "")
    size = size if size in SIZES else size_for(first, last)
    shown = periods_between(first, last, size)
    names = [one.name for one in shown]
    asked, number = request.query_params.get("at", ""), request.query_params.get("n", "")
    if number.isdecimal() and number.isascii() and len(number) < 6:
        return size, shown, min(int(number), len(shown) - 1)
    # A month inside a longer period stands for that.
    at = max((place for place, name in enumerate(names) if name <= asked), default=0) if asked else len(shown) - 1
    return size, shown, at


def _query(size: str, period: Period) -> str:
    return urlencode({"by": size, "at": period.name})


def _address(size: str, period: Period) -> str:
    return f"/alignment?{_query(size, period)}"


def pair_address(one: str, other: str, period: Period | None = None) -> str:
    """The page of two parties, with the events of a period or with all."""
    asked = {"one": one, "other": other}
    if period:
        asked |= {"since": period.first.isoformat(), "until": period.last.isoformat()}
    return f"/alignment/pair?{urlencode(asked)}"


def _tabled(known: Known, every: Sequence[Period]) -> Mapping[Period, Sequence[Tied]]:
    """What passed between each two parties in each period, most events first; the last entry is of the whole time."""
    whole = Period(every[0].first, every[-1].last, "the whole time")
    return {period: _ties(known, period) for period in (*every, whole)}


def _ties(known: Known, period: Period) -> list[Tied]:
    found = []
    inside = [deed for deed in known.deeds if period.first <= deed.day <= period.last and deed.type]
    for (one, other), theirs in paired(inside).items():
        score = round(sum(deed.weight for deed in theirs) / len(theirs), 1)
        conflict = sum(deed.weight < 0 for deed in theirs)
        names = (known.name(one), known.name(other))
        found.append(Tied(one, other, names, len(theirs), score, conflict, pair_address(one, other, period)))
    return sorted(found, key=lambda tie: (-tie.events, tie.one, tie.other))


def _drawn(known: Known, size: str, tabled: Mapping[Period, Sequence[Tied]], here: Period) -> Shown:
    *every, whole = tabled
    edges = {period: tuple(map(_edge, ties)) for period, ties in tabled.items()}
    order, nodes = _nodes(known, edges[whole])
    title = f"Who acted toward whom, {here.words}"
    small = [Small(one.words, edges[one], _address(size, one), one == here) for one in every]
    return Shown(
        tabled[here],
        Markup(network(nodes, edges[here], title=title, within=edges[whole], most=MOST)),
        Markup(small_multiples(order, small)),
    )


def _edge(tie: Tied) -> Edge:
    return Edge(tie.one, tie.other, tie.events, tie.score, tie.href)


def _nodes(known: Known, every: Sequence[Edge]) -> tuple[list[str], list[Node]]:
    """The parties of all edges with their events, and the order of the busiest around the small multiples."""
    counts: dict[str, int] = {}
    for edge in every:
        for party in (edge.one, edge.other):
            counts[party] = counts.get(party, 0) + edge.events
    nodes = [Node(party, known.name(party), count, f"/events?{urlencode({'party': party})}") for party, count in
             sorted(counts.items())]  # fmt: skip
    busiest = sorted(counts, key=lambda party: (-counts[party], party))[:MOST]
    return _round(busiest, every), nodes


def _round(parties: Sequence[str], edges: Sequence[Edge]) -> list[str]:
    """Parties in an order in which those between whom most passes stand near each other: each next to its closest."""
    between = {frozenset((edge.one, edge.other)): edge.events for edge in edges}
    left = list(parties[1:])
    order = list(parties[:1])
    while left:
        closest = max(left, key=lambda party: (between.get(frozenset((party, order[-1])), 0), -left.index(party)))
        left.remove(closest)
        order.append(closest)
    return order


def _camped(known: Known, here: Period, before: Period | None) -> Camped:
    def divided(period: Period) -> tuple[SignedNetwork, Camps]:
        found = signed_network(known.deeds, known.stances, period.last)
        return found, camps(found)

    now = divided(here)
    return Camped(*now, moves(divided(before)[1], now[1]) if before else (), _sides(known, *now, here))


def _sides(known: Known, found: SignedNetwork, divided: Camps, here: Period) -> Markup:
    members = [
        [
            Member(party, known.name(party), divided.fit[party], f"/events?{urlencode({'party': party})}")
            for party in found.by_weight(camp)
        ]
        for camp in divided.camps
    ]
    places = range(len(found.actors))
    links = [
        Link(found.actors[i], found.actors[j], float(found.weights[i, j])) for i in places for j in places if i < j
    ]
    return Markup(sides(members, links, most=14, title=f"Who stood with whom at the end of {here.words}"))


def _strongest(turned: Sequence[Turn] | None) -> list[Turn] | None:
    if turned is None:
        return None
    strongest = sorted(turned, key=lambda turn: (-turn.strength, turn.first, turn.pair))[:MOST_TURNS]
    return sorted(strongest, key=lambda turn: (turn.first, turn.pair))


def turn_words(turn: Turn) -> str:
    """A turning point in words: "toward conflict: 4.7 acts of conflict a week, 0.2 before"."""
    unit = "mean score" if turn.measure == "score" else f"acts of {turn.measure} a week"
    return f"toward {turn.direction.removeprefix('to_')}: {turn.within:g} {unit}, {turn.before:g} around it"


def marked(turn: Turn, href: str) -> Marked:
    """A turning point as pictures mark it, and where its mark leads."""
    words = f"{turn_words(turn)}, {turn.first} to {turn.last}"
    return Marked(turn.first, turn.last, turn.direction == "to_cooperation", words, href)


def _turning(known: Known, turned: Sequence[Turn] | None) -> Markup | None:
    found = _strongest(turned)
    if not found:
        return None
    rows = [
        TurnRow(
            " and ".join(known.name(party) for party in pair),
            tuple(marked(turn, pair_address(*pair)) for turn in found if turn.pair == pair),
        )
        for pair in dict.fromkeys(turn.pair for turn in found)
    ]
    return Markup(turning(rows, known.deeds[0].day, known.deeds[-1].day))


def _file(request: Request) -> Response:
    """The network of a period as a picture, a table or a dynamic graph."""
    known = known_of(request)
    if known is None or not known.deeds:
        raise UsageError("U002", "The relations are still being added up. Ask again in a moment.")
    size, every, at = _asked(request, known)
    here, ending = every[at], request.path_params["ending"]
    shown = _shown(request, known, size, every, here) or _drawn(known, size, _tabled(known, every), here)
    name = f"network-{here.name}.{ending}"
    if ending == "svg":
        return download(standalone(str(shown.network)), name, "image/svg+xml")
    if ending == "csv":
        return download(_table(shown.ties), name, "text/csv")
    if ending == "gexf":
        return download(_graph(request, here), name, "application/gexf+xml")
    raise UsageError("U001", f"The network can be had as svg, csv or gexf, not {ending}.")


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
