"""The desk: the case at a glance, what changed last, how well it is covered, and what needs an eye."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .. import library
from ..archive import Choice, Wanted
from ..pictures import Source, binned, coverage, histogram
from ..records import Article, Decision, Shift
from ..telling import wording
from .bars import dated, left_out
from .choosing import Asked
from .figures import figures_of
from .lines import Line, lines, names_of
from .pages import drawn, page
from .relations import Busiest, busiest, case_of, pair_address, turn_words, turned
from .state import bench_of, columns_of

__all__ = ["ROUTES"]

MOST_SOURCES = 14
MOST_CHANGES = 6
MOST_SHIFTS = 200
"""Of the latest shifts that many are looked at."""
MOST_DECISIONS = 8
EARLIER = 120
"""Days before the first article from which on events are drawn; what is told of years before would stretch the line."""


@dataclass(frozen=True)
class Eye:
    """Something that needs an eye: how many of it, what one and what many are called, where to look, some of them."""

    count: int
    one: str
    many: str
    address: str
    examples: Sequence[Line] = ()

    @property
    def words(self) -> str:
        """What it is, as the number before it wants it."""
        return self.one if self.count == 1 else self.many


@dataclass(frozen=True)
class Turning:
    """A turning point: between whom, toward what, when, by how much, and where it is shown."""

    names: tuple[str, str]
    toward: str
    when: str
    words: str
    address: str


@dataclass(frozen=True)
class Change:
    """A shift that texts tell: its sentence, when, where it stands last, by whom, and in how many sentences."""

    said: str
    when: str
    address: str
    outlet: str
    times: int


def _desk(request: Request) -> Response:
    with bench_of(request).archive() as archive:
        counts = archive.store.counts()
        choice = archive.store.chosen(columns_of(request, archive), Wanted())
        published = archive.store.published()
        weeks, beside, step = _weeks(choice, published)
        return page(
            request, "desk.html.j2", counts=counts, outlets=len(published), span=_span(published),
            pair=_busiest(request), looked_at=choice.looked_at, changes=_changes(archive), turns=_turns(request),
            weeks=weeks, beside=beside, step=step, coverage=_coverage(published),
            sources=len(published), most=MOST_SOURCES, eyes=_eyes(archive, choice, counts),
            unread=archive.unread(), decisions=_decisions(archive),
        )  # fmt: skip


def _busiest(request: Request) -> Busiest | None:
    """The two parties between whom most happened; None while they are being found."""
    case = case_of(request)
    return figures_of(request).get("busiest", case.mark, busiest, case)


def _span(published: Mapping[str, Mapping[date, int]]) -> str:
    days = [day for found in published.values() for day in found]
    return wording.interval(min(days).isoformat(), max(days).isoformat()) if days else ""


def _weeks(choice: Choice, published: Mapping[str, Mapping[date, int]]) -> tuple[Markup, str, str]:
    """Events by week (or longer), against the case's own average; what is not among them; the step."""
    firsts = [day for found in published.values() for day in found]
    since = min(firsts).toordinal() - EARLIER if firsts else 0
    every = dated(choice)
    recent = [one for one in every if one.first.toordinal() >= since or one.first == date.min]
    made = binned(recent, _between, least="week")
    bins = made.bins
    average = sum(one.total for one in bins) / len(bins) if bins else None
    title = f"Events by {made.step}"

    def draw(width: float, ending: str) -> str:
        return histogram(bins, average=average, width=width, height=230, name=f"weeks{ending}", title=title)

    return drawn(draw, 760), left_out(choice, every, recent, made), made.step


def _between(first: date, last: date) -> str:
    return Asked(Wanted(since=first.isoformat(), until=last.isoformat())).address()


def _coverage(published: Mapping[str, Mapping[date, int]]) -> Markup:
    largest = sorted(published, key=lambda name: (-sum(published[name].values()), name))[:MOST_SOURCES]
    sources = [
        Source(name, sorted(published[name].items()), f"/articles?{urlencode({'outlet': name})}") for name in largest
    ]
    return drawn(lambda width, ending: coverage(sources, width=width, left=120, name=f"coverage{ending}"), 560)


def _eyes(archive: library.Archive, choice: Choice, counts: Mapping[str, int]) -> list[Eye]:
    """What needs an eye, with a way to it."""
    store, columns = archive.store, choice.columns
    unsure = Asked(Wanted(certainty=("low",), checked=("nobody",)))
    found = store.chosen(columns, unsure.wanted)
    disagreed = Asked(Wanted(checked=("disagreed",)))
    inferred = store.inferred()
    unknown = choice.unknown_parties()
    disputed = store.together.counts()["disputed"]
    eyes = [
        Eye(len(found), "event of low certainty that nobody has looked at",
            "events of low certainty that nobody has looked at", unsure.address(),
            lines(archive, store.numbered(found.numbers(most=3)))),
        Eye(len(store.chosen(columns, disagreed.wanted)), "event on which people disagree",
            "events on which people disagree", disagreed.address()),
        Eye(disputed, "incident whose figures are disputed", "incidents whose figures are disputed",
            "/incidents?only=disputed"),
        Eye(inferred, "article whose date was inferred", "articles whose date was inferred",
            "/articles?dated=inferred"),
        Eye(len(unknown), "party that the register does not know", "parties that the register does not know",
            "/unknown"),
        Eye(counts["unread"], "source that was not read", "sources that were not read", "#unread"),
    ]  # fmt: skip
    return [eye for eye in eyes if eye.count]


def _changes(archive: library.Archive) -> list[Change]:
    """The shifts that were told last; what two sentences or more tell stands once, and first."""
    shifts = list(archive.store.shifts())[-MOST_SHIFTS:]
    ids = {party.id for one in shifts for party in (one.who, one.away_from, one.toward) if party and party.id}
    names = names_of(archive, ids)
    told: dict[str, list[Shift]] = {}
    for shift in reversed(shifts):
        parties = {"who": shift.who, "away": shift.away_from, "toward": shift.toward}
        called = {
            role: wording.the(names.get(party.id or "", "") or party.name) for role, party in parties.items() if party
        }
        told.setdefault(wording.shift(shift, called), []).append(shift)
    chosen = sorted(told.items(), key=lambda item: len(item[1]) < 2)[:MOST_CHANGES]
    latest = archive.store.evidence(some[0] for _, some in chosen)
    return [
        _change(said, shift, len(some), article)
        for (said, some), (shift, article, _) in zip(chosen, latest, strict=True)
    ]


def _change(said: str, shift: Shift, times: int, article: Article | None) -> Change:
    when = wording.when(shift.when) if shift.when else ""
    address = f"/article/{shift.article}?at={shift.id}#card-{shift.id}"
    return Change(said, when, address, (article.outlet or article.source) if article else "", times)


def _turns(request: Request) -> list[Turning] | None:
    """The turning points that came last; None while they are being found."""
    case = case_of(request)
    found = figures_of(request).get("turned", case.mark, turned, case)
    if found is None:
        return None
    latest = sorted(found.every, key=lambda turn: (turn.last, turn.strength, turn.pair), reverse=True)[:MOST_CHANGES]
    return [
        Turning(
            found.called(turn), turn.direction.removeprefix("to_"),
            wording.interval(turn.first.isoformat(), turn.last.isoformat()), turn_words(turn), pair_address(*turn.pair),
        )
        for turn in latest
    ]  # fmt: skip


def _decisions(archive: library.Archive) -> list[tuple[Decision, str]]:
    """What was decided last, each with the address of its record."""
    found = []
    for one in archive.store.latest_decisions(MOST_DECISIONS):
        article = json.loads(one.judged or "{}").get("article")
        found.append((one, f"/article/{article}?at={one.record}#card-{one.record}" if article else ""))
    return found


ROUTES = [Route("/", _desk)]
