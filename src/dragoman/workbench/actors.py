"""The register of actors: their names, offices and dates, and who of them is the same, or two."""

from __future__ import annotations

from urllib.parse import urlencode

from rapidfuzz import fuzz, process
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..codebook import SECTORS
from ..errors import ArchiveError
from ..evaluation import corrected, identities, standing
from ..geography import countries
from ..names import likeness
from ..records import Actor
from .pages import page
from .state import bench_of

__all__ = ["ROUTES"]

PAGE = 60
MOST_ALIKE = 8
NEAREST = 60
SAME_KIND = dict.fromkeys(("body", "group", "organisation", "party"), ("body", "group", "organisation", "party"))
"""Kinds that one actor may be given by different texts."""

ALIKE = 0.75
"""From which likeness of names on two actors are offered as perhaps the same."""


def _actors(request: Request) -> Response:
    text, kind, start = (request.query_params.get(name, "").strip() for name in ("q", "kind", "from"))
    first = int(start) if start.isdecimal() and len(start) < 9 else 0
    with bench_of(request).archive() as archive:
        found = archive.store.people.page(text, kind, first, PAGE + 1)
        number = archive.store.people.number(text, kind)
        kinds = archive.store.people.kinds()
        who = identities(archive.store.decisions(kind="actor"))
        names = archive.store.called(who.merged.values())

    def address(**changes: object) -> str:
        return "/actors?" + urlencode({"q": text, "kind": kind, **changes})

    return page(
        request, "actors.html.j2", actors=found[:PAGE], number=number, kinds=kinds, text=text, kind=kind, who_is=who,
        names=names, code=_code_words, narrowed=lambda other: address(kind=other),
        following=address(**{"from": first + PAGE}) if len(found) > PAGE else None,
    )  # fmt: skip


def _actor(request: Request) -> Response:
    identity = request.path_params["id"]
    with bench_of(request).archive() as archive:
        known = archive.store.people.actor(identity)
        if known is None:
            raise ArchiveError("A004", f"There is no actor {identity} in {archive.store.path}.")
        every = list(archive.actors())
        decisions = standing(archive.store.decisions(kind="actor"))
        called = archive.store.people.called(identity)
    names = {actor.id: actor.name for actor in every}
    mine = [one for one in decisions if identity in (one.record, one.other)]
    return page(
        request, "actor.html.j2", actor=known.actor, events=known.events, called=called, decisions=mine, names=names,
        who_is=identities(decisions), alike=_alike(known.actor, every), code=_code_words, corrected=corrected,
    )  # fmt: skip


def _alike(actor: Actor, every: list[Actor]) -> list[Actor]:
    """Others of whose kind and name this one may be, the likest first."""
    others = [one for one in every if one.id != actor.id and one.kind in SAME_KIND.get(actor.kind, (actor.kind,))]
    # The likeness of names takes its time, so it is asked of those only that share words or letters.
    nearest = process.extract(actor.name, [one.name for one in others], scorer=fuzz.WRatio, limit=NEAREST)
    scored = [(likeness(actor.name, others[place].name), others[place]) for _, _, place in nearest]
    close = sorted((one for one in scored if one[0] >= ALIKE), key=lambda one: (-one[0], one[1].id))
    return [other for _, other in close[:MOST_ALIKE]]


def _code_words(code: str) -> str:
    """A code in words: "USA MIL" as "United States, state military"."""
    country, _, sector = code.partition(" ")
    states = {state.iso3: state.name for state in countries()}
    return ", ".join(word for word in (states.get(country, country), SECTORS.get(sector, sector)) if word)


ROUTES = [Route("/actors", _actors), Route("/actors/{id}", _actor)]
