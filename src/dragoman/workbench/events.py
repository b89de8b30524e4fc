"""The events: a choice of them as a sentence, over time and place, as a table, and as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..archive import FACETS, Choice
from ..pictures import BORDERS, Dated, Dot, binned, dot_map, histogram
from ..telling import wording
from .bars import dated, left_out
from .choosing import CHECKED_WORDS, COLUMNS, Asked, asked_of, sentence
from .lines import lines
from .pages import drawn, page
from .state import bench_of, columns_of

__all__ = ["ROUTES"]

PAGE = 50
SHOWN, MORE = 8, 30
"""Values of a facet that are shown at once, and that are shown when asked."""

FEW = 0.04
"""Of the events: so few of them, long before the others, do not set the scale of time."""

FACET_WORDS = {
    "party": "Party, on either side",
    "actor": "Who",
    "recipient": "To whom",
    "type": "What",
    "status": "Status",
    "place": "Where",
    "outlet": "Outlet",
    "certainty": "Certainty",
    "checked": "Checked",
}
STATUS_WORDS = {str(status): words for status, words in wording.STATUS_WORDS.items()}
CHECKED_SHORT = {name: words.removeprefix("that ").removeprefix("were ") for name, words in CHECKED_WORDS.items()}


@dataclass(frozen=True)
class Value:
    """A value of a facet: its words, its events, the address that asks for it or no longer, whether it is asked."""

    words: str
    count: int
    address: str
    asked: bool
    share: int


@dataclass(frozen=True)
class Facet:
    """A facet with its values; `rest` are those beyond the first few."""

    name: str
    words: str
    values: Sequence[Value]
    rest: Sequence[Value]
    asked: bool


def _events(request: Request) -> Response:
    asked = asked_of(request.query_params)
    with bench_of(request).archive() as archive:
        choice = archive.store.chosen(columns_of(request, archive), asked.wanted)
        called = dict(zip(choice.columns.names["party"], choice.columns.called, strict=True))
        numbers = choice.numbers(not asked.oldest, asked.after, PAGE + 1)
        found = lines(archive, archive.store.numbered(numbers[:PAGE]))
        over_time, beside = _histogram(choice, asked)
        return page(
            request, "events.html.j2", asked=asked, count=len(choice), every=len(choice.columns), lines=found,
            said=sentence(asked.wanted, len(choice), called), chips=_chips(asked, called),
            facets=[_facet(choice, asked, name, called) for name in FACET_WORDS], columns=COLUMNS,
            histogram=over_time, beside=beside, map=_map(choice, asked), borders=BORDERS,
            placed=sum(one[3] + one[4] for one in choice.by_place()),
            following=asked.address(after=numbers[PAGE - 1]) if len(numbers) > PAGE else None,
            looked_at=choice.looked_at,
        )  # fmt: skip


def _facet(choice: Choice, asked: Asked, name: str, called: Mapping[str, str]) -> Facet:
    wanted = getattr(asked.wanted, name)
    counts = choice.counted(name)
    # What is asked for is always there, to be let go again.
    counts = [one for one in counts if one[0] in wanted] + [one for one in counts if one[0] not in wanted]
    most = max((count for _, count in counts), default=1)
    values = [
        Value(_words(name, value, called), count, asked.toggled(name, value), value in wanted, -(-100 * count // most))
        for value, count in islice(counts, MORE)
    ]
    shown = max(SHOWN, len(wanted))
    return Facet(name, FACET_WORDS[name], values[:shown], values[shown:], bool(wanted))


def _words(facet: str, value: str, called: Mapping[str, str]) -> str:
    if facet in ("actor", "recipient", "party"):
        return called.get(value, value)
    words = {"status": STATUS_WORDS, "checked": CHECKED_SHORT}.get(facet, {})
    return words.get(value, value)


def _chips(asked: Asked, called: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """What is asked for, piece by piece: its field, its words, and the address without it."""
    found = [
        (FACET_WORDS[name], _words(name, value, called), asked.toggled(name, value))
        for name in FACETS
        for value in getattr(asked.wanted, name)
    ]
    fields = (("text", "Words"), ("since", "From"), ("until", "Until"))
    return found + [
        (words, getattr(asked.wanted, name), asked.without(name))
        for name, words in fields
        if getattr(asked.wanted, name)
    ]


def _histogram(choice: Choice, asked: Asked) -> tuple[Markup, str]:
    def href(first: date, last: date) -> str:
        return asked.between(first.isoformat(), last.isoformat())

    every = dated(choice)
    near = every if asked.wanted.since else _near(every)
    made = binned(near, href)

    def draw(width: float, ending: str) -> str:
        return histogram(made.bins, width=width, height=190, name=f"histogram{ending}")

    return drawn(draw, 640), left_out(choice, every, near, made)


def _near(every: Sequence[Dated]) -> Sequence[Dated]:
    """Events by date without the first few, if these alone would take half of the picture."""
    whole = [one for one in every if one.first > date.min]
    total, seen = sum(one.total for one in whole), 0
    for one in whole:
        seen += one.total
        if seen > FEW * total:
            lonely = (one.first - whole[0].first).days > (whole[-1].first - one.first).days
            return [each for each in every if each.first >= one.first or each.first == date.min] if lonely else every
    return every


def _map(choice: Choice, asked: Asked) -> Markup:
    dots = [
        Dot(name, lat, lon, cooperation, conflict, asked.toggled("place", name))
        for name, lat, lon, cooperation, conflict in choice.by_place()
    ]
    return Markup(dot_map(dots, width=640, height=340))


ROUTES = [Route("/events", _events)]
