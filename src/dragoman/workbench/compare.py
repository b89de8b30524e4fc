"""Incidents: one happening as several sources report it, field by field, and whether they mean the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .. import library
from ..errors import ArchiveError
from ..evaluation import standing
from ..records import Article, Decision, Event, Incident, Statement, Value, When
from ..telling import wording
from .lines import Line, lines
from .pages import page
from .state import bench_of, person

__all__ = ["ROUTES"]

PAGE = 40

ONLY = {"disputed": "in dispute", "updated": "told anew later", "agreed": "agreed by several", "": "all"}
"""What a list of incidents can be narrowed to, in words."""

VERDICTS = {
    "agreed": ("alike", "all who say it say the same"),
    "disputed": ("differ", "the sources differ"),
    "updated": ("updated", "later reports say otherwise"),
    "single": ("alone", "one source alone says it"),
}
"""How sources stand to each other in a field, in a word and in a sentence."""

STATED = {"who": "actor", "whom": "recipient", "when": "date", "where": "place"}
"""A row of the comparison -> the field by which linking states what is agreed of it, if it does."""


@dataclass(frozen=True)
class Source:
    """A report: its article, the events in it that belong to the incident, and the articles that copy it."""

    article: Article
    lines: Sequence[Line]
    copies: Sequence[Article]
    decisions: Sequence[Decision]

    @property
    def event(self) -> Event:
        """The first of its events: it stands for the report where two are set against each other."""
        return self.lines[0].told.event

    @property
    def outlet(self) -> str:
        """Who reports."""
        return self.article.outlet or self.article.source


@dataclass(frozen=True)
class Row:
    """A field: what each source says of it (nothing: it is silent), and how they stand to each other."""

    words: str
    cells: Sequence[Sequence[str]]
    verdict: str


def _incidents(request: Request) -> Response:
    only = request.query_params.get("only", "disputed")
    only = only if only in ONLY else ""
    start = request.query_params.get("from", "0")
    first = int(start) if start.isdecimal() and len(start) < 9 else 0
    with bench_of(request).archive() as archive:
        counts = archive.store.together.counts()
        if not counts[only] and "only" not in request.query_params:
            only = next((name for name in ONLY if counts[name]), "")
        found = archive.store.together.page(only, first, PAGE + 1)
        shown = lines(archive, _first_events(archive, found[:PAGE]))
    address = "/incidents?" + urlencode({"only": only, "from": first + PAGE})
    return page(
        request, "incidents.html.j2", incidents=list(zip(found[:PAGE], shown, strict=True)), only=only, choices=ONLY,
        counts=counts, following=address if len(found) > PAGE else None, said=_said,
    )  # fmt: skip


def _first_events(archive: library.Archive, incidents: Sequence[Incident]) -> list[Event]:
    return archive.store.these([one.events[0] for one in incidents])


def _said(incident: Incident) -> list[tuple[str, str, str]]:
    """What is in dispute, told anew or agreed of an incident: verdict, field, and the values."""
    return [
        (verdict, statement.field.replace("_", " "), ", ".join(_values(statement)))
        for verdict in ("disputed", "updated", "agreed")
        for statement in getattr(incident, verdict)
    ]


def _values(statement: Statement) -> list[str]:
    said = wording.published if statement.field == "date" else str
    return list(dict.fromkeys(_amount(value) or said(value.text) for value in statement.values))


def _amount(value: Value) -> str:
    return "" if value.low is None and value.high is None else wording.amount(value.low, value.high)


def _incident(request: Request) -> Response:
    identity = request.path_params["id"]
    with bench_of(request).archive() as archive:
        incident = archive.store.incident(identity)
        sources = _reports(archive, incident)
        near = archive.store.together.neighbours(incident.id)
    return page(
        request, "incident.html.j2", incident=incident, sources=sources, rows=_rows(incident, sources), near=near,
        verdicts=VERDICTS, first=sources[0], me=person(request), said=_said(incident),
    )  # fmt: skip


def _reports(archive: library.Archive, incident: Incident) -> list[Source]:
    """The reports of an incident, the earliest first, near-copies folded into what they copy."""
    events = archive.store.these(incident.events)
    if not events:
        raise ArchiveError("A004", f"The incident {incident.id} has no event.")
    told = lines(archive, events)
    by_article: dict[str, list[Line]] = {}
    articles: dict[str, Article] = {}
    for line in told:
        if line.told.article is not None:
            articles[line.told.article.id] = line.told.article
            by_article.setdefault(line.told.article.id, []).append(line)
    first = told[0].told.event.id
    pairs = standing(archive.store.together.decisions(event.id for event in events))
    copies: dict[str, list[Article]] = {}
    for article in articles.values():
        if article.near_copy_of in by_article:
            copies.setdefault(str(article.near_copy_of), []).append(article)
    folded = {copy.id for some in copies.values() for copy in some}
    return [
        Source(
            articles[article], mine, tuple(copies.get(article, ())),
            tuple(one for one in pairs if {one.record, one.other} == {first, mine[0].told.event.id}),
        )
        for article, mine in by_article.items()
        if article not in folded
    ]  # fmt: skip


def _rows(incident: Incident, sources: Sequence[Source]) -> list[Row]:
    """What the sources say, field by field; a field of which all are silent is left out."""
    fields: list[tuple[str, str, Callable[[Line], Sequence[str]]]] = [
        ("what", "What", lambda line: [line.told.what]),
        ("who", "Who", lambda line: [line.told.name(party) for party in line.told.event.actor]),
        ("whom", "To whom", lambda line: [line.told.name(party) for party in line.told.event.recipient]),
        ("when", "When", lambda line: [line.told.date] if line.told.event.when else []),
        ("where", "Where", lambda line: [line.told.event.where.name] if line.told.event.where else []),
    ]
    counted = sorted({count.what for source in sources for line in source.lines for count in line.told.event.counts})
    fields += [(what, what.replace("_", " ").capitalize(), _counts(what)) for what in counted]
    fields.append(("said_by", "On whose word", _said_by))
    rows = _denials(incident, sources)
    for field, words, told in fields:
        cells = [list(dict.fromkeys(word for line in source.lines for word in told(line))) for source in sources]
        if any(cells):
            rows.append(Row(words, cells, _stated(incident, field) or _verdict(field, cells, sources)))
    return rows


def _denials(incident: Incident, sources: Sequence[Source]) -> list[Row]:
    """What is denied of the incident, where linking found that it is."""
    denied = [value for one in incident.disputed if one.field == "denial" for value in one.values]
    cells = [[value.text for value in denied if value.article == source.article.id] for source in sources]
    return [Row("Denied", cells, "disputed")] if any(cells) else []


def _said_by(line: Line) -> Sequence[str]:
    said_by = line.told.event.said_by
    return [said_by.name] if said_by else []


def _counts(what: str) -> Callable[[Line], Sequence[str]]:
    return lambda line: [wording.amount(c.low, c.high) for c in line.told.event.counts if c.what == what]


def _stated(incident: Incident, field: str) -> str | None:
    """What linking says of a field, where it says anything."""
    wanted = STATED.get(field, field)
    for verdict in ("disputed", "updated", "agreed", "single"):
        if any(statement.field == wanted for statement in getattr(incident, verdict)):
            return verdict
    return None


def _verdict(field: str, cells: Sequence[Sequence[str]], sources: Sequence[Source]) -> str:
    """How sources stand to each other in a field of which linking says nothing: alike where all have one value."""
    told = [set(cell) for cell in cells if cell]
    if len(told) < 2:
        return "single"
    if field == "what":  # an incident is of one type; that one source tells the mode and another does not is no dispute
        return "agreed"
    if field == "when":
        whens = [line.told.event.when for source in sources for line in source.lines]
        return "agreed" if _meet([when for when in whens if when]) else "disputed"
    return "agreed" if set.intersection(*told) else "disputed"


def _meet(whens: Sequence[When]) -> bool:
    latest_start = max(when.start or "" for when in whens)
    earliest_end = min(when.end or "9999" for when in whens)
    return latest_start <= earliest_end


ROUTES = [Route("/incidents", _incidents), Route("/incidents/{id}", _incident)]
