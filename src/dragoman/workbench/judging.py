"""Where decisions go: what a person says of a record is taken down, and can be undone."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from .. import library
from ..deciding import decide, now
from ..errors import UsageError
from ..records import slug
from .security import writing
from .state import bench_of, person

__all__ = ["ROUTES", "back"]


def _judge(request: Request, form: FormData) -> Response:
    """An answer to what is asked of a pair of events, an event of a sample, or an actor."""
    kind, record, judgement = (_field(form, name) for name in ("kind", "record", "judgement"))
    with library.open(bench_of(request).path) as archive:
        said = {"who": person(request), "when": now(), "why": _field(form, "why") or None}
        if judgement == "merged":
            other = _meant(archive, _field(form, "into"))
            decide(archive.store, kind, record, judgement, other=other, **said)
        elif judgement == "split":
            names = [str(name) for name in form.getlist("names")]
            name = _field(form, "name")
            if not names or not name:
                raise UsageError("U001", "To split an actor, mark the words that mean somebody else, and say who.")
            decide(
                archive.store, kind, record, judgement, other=slug(name), correction={"names": names, "name": name},
                **said,
            )  # fmt: skip
        else:
            decide(archive.store, kind, record, judgement, other=_field(form, "other") or None, **said)
    return back(form)


def _meant(archive: library.Archive, name: str) -> str:
    """The id of the actor that a name means: its id, its name, or one of its aliases."""
    wanted = slug(name)
    for actor in archive.actors():
        if wanted in (actor.id, slug(actor.name), *map(slug, actor.aliases)):
            return actor.id
    raise UsageError("U001", f"Nobody in the register is called {name!r}. Take a name that the list of actors has.")


def _undo(request: Request, form: FormData) -> Response:
    with library.open(bench_of(request).path) as archive:
        archive.store.undo(_field(form, "decision"), now())
    return back(form)


def back(form: FormData) -> Response:
    """To the page that the form names, of this workbench and no other; else to the desk."""
    asked = _field(form, "back")
    parts = urlsplit(asked)
    ours = asked.startswith("/") and not asked.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return RedirectResponse(asked if ours else "/", 303)


def _field(form: FormData, name: str) -> str:
    return str(form.get(name) or "").strip()


ROUTES = [Route("/judge", writing(_judge), methods=["POST"]), Route("/unjudge", writing(_undo), methods=["POST"])]
