"""Pages out of templates: what every page gets, and where its links lead."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from ..errors import DragomanError
from ..pictures import STYLE
from ..telling import environment, wording
from ..version import __version__
from .asking import passed_over
from .state import bench_of, person

__all__ = ["ROUTES", "SCREENS", "back", "drawn", "failed", "page", "problem"]

HERE = Path(__file__).parent

SCREENS = (
    *(("Desk", "/"), ("Events", "/events"), ("Articles", "/articles"), ("Incidents", "/incidents")),
    *(("Alignment", "/alignment"), ("Actors", "/actors"), ("Codebook", "/codebook"), ("Quality", "/quality")),
    ("Runs", "/runs"),
)
"""The screens of the navigation: what they are called and where they are."""

SLIM = 340
"""The width of pictures on telephones."""

KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def page(request: Request, template: str, /, status: int = 200, **content: Any) -> HTMLResponse:
    """The page that a template makes of its content."""
    bench, here = bench_of(request), request.url.path
    frame = {
        "token": bench.token, "who": person(request), "case": bench.path.stem, "screens": SCREENS, "here": here,
        "passed_over": passed_over(here, request.query_params), "version": __version__,
        "keys": request.cookies.get("keys") != "off",
    }  # fmt: skip
    return HTMLResponse(_templates().get_template(template).render(content | frame), status)


def drawn(draw: Callable[[float, str], str], wide: float) -> Markup:
    """A picture, `wide` and once more for telephones; `draw` takes a width and an ending for the picture's name."""
    return Markup(f'<div class="roomy">{draw(wide, "")}</div><div class="slim">{draw(SLIM, "-slim")}</div>')


def back(asked: str) -> Response:
    """To the page that a form names, of this workbench and no other; else to the desk."""
    ours = asked.startswith("/") and not asked.startswith("//") and "\\" not in asked and asked.isprintable()
    return RedirectResponse(asked if ours else "/", 303)


def failed(request: Request, error: Exception) -> Response:
    """An error of ours as a page that says what is wrong and what to do."""
    assert isinstance(error, DragomanError)
    status = {"A004": 404, "U001": 400, "U002": 400}.get(error.code, 500)
    return problem(request, status, error.message, error.code)


def problem(request: Request, status: int, message: str, code: str = "") -> Response:
    """A page on what went wrong."""
    return page(request, "problem.html.j2", status, message=message, code=code)


@cache
def _templates() -> Environment:
    made = environment(HERE / "templates")
    made.filters |= {"published": wording.published, "when": wording.when, "counted": wording.counted}
    made.globals |= {"static": {name: f"/static/{name}?{digest}" for name, (_, digest) in _static().items()}}
    return made


@cache
def _static() -> dict[str, tuple[bytes, str]]:
    """The files that pages load: their bytes, and a digest that makes their address change with them."""
    found = {path.name: path.read_bytes() for path in sorted((HERE / "static").iterdir()) if path.suffix in KINDS}
    found["workbench.css"] = STYLE.encode() + b"\n" + found["workbench.css"]
    return {name: (content, hashlib.sha256(content).hexdigest()[:12]) for name, content in found.items()}


def _file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _static():
        return problem(request, 404, f"There is no file {name}.")
    content, _ = _static()[name]
    headers = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(content, media_type=KINDS[Path(name).suffix], headers=headers)


ROUTES = [Route("/static/{name}", _file)]
