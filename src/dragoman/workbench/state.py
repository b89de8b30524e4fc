"""What all pages of one running workbench share."""

from __future__ import annotations

import getpass
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from urllib.parse import unquote

from starlette.requests import Request

from .. import library
from ..archive import Columns, Mark

__all__ = ["Workbench", "bench_of", "person", "user"]

LONGEST_NAME = 60


@dataclass
class _Kept:
    """The columns of the events, and the mark under which they were loaded."""

    lock: Lock = field(default_factory=Lock)
    mark: Mark | None = None
    columns: Columns | None = None


@dataclass(frozen=True)
class Workbench:
    """The archive that is open, the token of this run, and who decides where nobody says a name."""

    path: Path
    token: str
    who: str
    _kept: _Kept = field(default_factory=_Kept)

    def archive(self) -> library.Archive:
        """The archive, opened for one request: a connection belongs to one thread."""
        return library.open(self.path, read_only=True)

    def columns(self, archive: library.Archive) -> Columns:
        """All events as columns, loaded anew only where the events have changed."""
        with self._kept.lock:
            now = archive.store.mark()
            if self._kept.columns is None or self._kept.mark != now:
                self._kept.columns, self._kept.mark = archive.store.columns(), now
            return self._kept.columns


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
