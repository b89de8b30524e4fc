"""Who sits here, whether single keys do something, and help with them."""

from __future__ import annotations

from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from .pages import page
from .security import writing
from .state import LONGEST_NAME

__all__ = ["KEYS", "ROUTES"]

YEAR = 365 * 24 * 3600

KEYS = (
    (
        "Everywhere",
        (("/", "to the search"), ("g d", "desk"), ("g e", "events"), ("g a", "articles"), ("?", "this help")),
    ),
    ("In lists", (("j", "next"), ("k", "previous"), ("o", "open in its article"), ("]", "next page"))),
    (
        "In an article",
        (
            ("j", "next card"),
            ("k", "previous card"),
            ("a", "accept"),
            ("x", "reject"),
            ("e", "edit any field"),
            ("n", "new event from the selected text"),
            ("u", "undo"),
            ("[", "the article before"),
            ("]", "the article after"),
            ("Esc", "leave a form"),
        ),
    ),
)
"""Where -> keys, each with what it does."""


def _help(request: Request) -> Response:
    return page(request, "help.html.j2", sections=KEYS)


def _you(request: Request) -> Response:
    return page(request, "you.html.j2", longest=LONGEST_NAME)


def _become(request: Request, form: FormData) -> Response:
    """Keep name and keys in cookies of this browser; nothing of them goes to the archive but with a decision."""
    answer = RedirectResponse("/you", 303)
    for name, value in (("who", str(form.get("who", ""))[:LONGEST_NAME]), ("keys", str(form.get("keys", "off")))):
        answer.set_cookie(name, quote(value.strip()), max_age=YEAR, samesite="strict", httponly=True)
    return answer


ROUTES = [Route("/help", _help), Route("/you", _you), Route("/you", writing(_become), methods=["POST"])]
