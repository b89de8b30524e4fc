"""What a person says of two records: whether two reports mean the same, whether two actors are one or one is two."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .. import library
from ..deciding import decide, now
from ..errors import UsageError
from ..records import slug
from .pages import back
from .security import writing
from .state import bench_of, person

__all__ = ["ROUTES"]


def _pair(request: Request, form: FormData) -> Response:
    """Whether two events are of the same incident."""
    one, other, judgement = (_field(form, name) for name in ("one", "other", "judgement"))
    with bench_of(request).archive() as archive:
        decide(archive.store, "incident", one, judgement, other=other, who=person(request), when=now())
    return back(_field(form, "back"))


def _merge(request: Request, form: FormData) -> Response:
    """Say that an actor is another one of the register."""
    record, name, why = (_field(form, field) for field in ("record", "into", "why"))
    with bench_of(request).archive() as archive:
        other = _meant(archive, name)
        if other == record:
            raise UsageError("U001", f"{name} is this actor itself.")
        decide(archive.store, "actor", record, "merged", other=other, who=person(request), when=now(), why=why)
    return back(_field(form, "back"))


def _meant(archive: library.Archive, name: str) -> str:
    """The id of the actor that a name means: its id, its name, or one of its aliases."""
    wanted = slug(name)
    for actor in archive.actors():
        if wanted in (actor.id, slug(actor.name), *map(slug, actor.aliases)):
            return actor.id
    raise UsageError("U001", f"Nobody in the register is called {name!r}. Take a name that the list of actors has.")


def _split(request: Request, form: FormData) -> Response:
    """Say that some of the words by which texts call an actor mean somebody else."""
    record, name, why = (_field(form, field) for field in ("record", "name", "why"))
    words = [str(one) for one in form.getlist("names")]
    if not words or not name:
        raise UsageError("U001", "To split an actor, mark the words that mean somebody else, and say who that is.")
    with bench_of(request).archive() as archive:
        decide(
            archive.store, "actor", record, "split", other=slug(name), correction={"names": words, "name": name},
            who=person(request), when=now(), why=why,
        )  # fmt: skip
    return back(_field(form, "back"))


def _field(form: FormData, name: str) -> str:
    return str(form.get(name) or "").strip()


ROUTES = [
    Route("/pair", writing(_pair), methods=["POST"]),
    Route("/actors/merge", writing(_merge), methods=["POST"]),
    Route("/actors/split", writing(_split), methods=["POST"]),
]
