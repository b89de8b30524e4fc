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
from ..evaluation import identities, standing
from .figures import MANY, figures_of

__all__ = ["Pending", "Workbench", "bench_of", "columns_now", "columns_of", "load_columns", "mark_of", "person", "user"]

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

    def few_columns(self, archive: library.Archive, mark: Mark) -> Columns:
        """All events of a small archive as columns, loaded anew only where the events have changed."""
        with self._kept.lock:
            if self._kept.columns is None or self._kept.mark != mark:
                self._kept.columns, self._kept.mark = _columns(archive), mark
            return self._kept.columns


class Pending(Exception):
    """What a page is made of is still being computed."""


def bench_of(request: Request) -> Workbench:
    """The workbench that a request is to."""
    found: Workbench = request.app.state.bench
    return found


def columns_of(request: Request, archive: library.Archive) -> Columns:
    """All events as columns; of a large archive those of a moment ago, where they are being loaded anew.

    Raises:
        Pending: those of a large archive are being loaded for the first time.
    """
    mark, bench = mark_of(archive), bench_of(request)
    if mark[0] < MANY:
        return bench.few_columns(archive, mark)
    found = figures_of(request).get("columns", mark, load_columns, bench.path)
    if found is None:
        raise Pending
    return found


def columns_now(request: Request, archive: library.Archive) -> Columns:
    """All events as columns, as they are now: for what is kept as a file."""
    mark, bench = mark_of(archive), bench_of(request)
    if mark[0] < MANY:
        return bench.few_columns(archive, mark)
    return figures_of(request).awaited("columns", mark, load_columns, bench.path)


def load_columns(path: Path) -> Columns:
    """The columns of the archive at a path."""
    with library.open(path, read_only=True) as archive:
        return _columns(archive)


def _columns(archive: library.Archive) -> Columns:
    """The columns of an archive, with actors as people have merged them."""
    who = identities(archive.store.decisions(kind="actor"))
    return archive.store.columns().merged({actor: who.of(actor) for actor in who.merged})


def mark_of(archive: library.Archive) -> Mark:
    """What changes whenever the events do, or people say who is who."""
    return (*archive.store.mark(), *(one.id for one in standing(archive.store.decisions(kind="actor"))))


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
