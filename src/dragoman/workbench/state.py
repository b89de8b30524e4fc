"""What all pages of one running workbench share."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from starlette.requests import Request

from .. import library

__all__ = ["Workbench", "bench_of", "person", "user"]

LONGEST_NAME = 60


@dataclass(frozen=True)
class Workbench:
    """The archive that is open, the token of this run, and who decides where nobody says a name."""

    path: Path
    token: str
    who: str

    def archive(self) -> library.Archive:
        """The archive, opened for one request: a connection belongs to one thread."""
        return library.open(self.path, read_only=True)


def bench_of(request: Request) -> Workbench:
    """The workbench that a request is to."""
    found: Workbench = request.app.state.bench
    return found


def person(request: Request) -> str:
    """Under whose name the decisions of this browser are kept."""
    name = "".join(c for c in unquote(request.cookies.get("who", "")) if c.isprintable()).strip()
    return name[:LONGEST_NAME] or bench_of(request).who


def user() -> str:
    """The name of who runs this program, as the system has it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "somebody"
