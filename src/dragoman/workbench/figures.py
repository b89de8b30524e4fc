"""Figures that take a while, computed beside the requests and kept as long as the archive stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

from starlette.requests import Request

__all__ = ["Awaited", "Figures", "figures_of"]

Value = TypeVar("Value")

PATIENCE = 0.06
"""Seconds that a page waits in all for figures that are not there; then it shows older ones, or says they come."""

MOST = 200
"""Figures that are kept; the oldest are forgotten first."""


class Figures:
    """What has been computed, by name, and under which mark of the archive."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[Hashable, tuple[Hashable, Future[Any]]] = {}
        self._before: dict[Hashable, Any] = {}
        self._worker = ThreadPoolExecutor(2, thread_name_prefix="figures")

    def get(
        self, name: Hashable, mark: Hashable, make: Callable[[], Value], patience: float = PATIENCE
    ) -> Value | None:
        """The figures of a name for the archive at `mark`; those of an earlier mark, or None, while they are made.

        `make` runs in a thread of its own, so it must open the archive itself; what it raises is raised here.
        """
        with self._lock:
            known, future = self._kept.pop(name, (None, None))
            if future is None or known != mark:
                future = self._worker.submit(make)
            self._kept[name] = (mark, future)
            while len(self._kept) > MOST:
                forgotten = next(iter(self._kept))
                self._kept.pop(forgotten)
                self._before.pop(forgotten, None)
        try:
            value: Value = future.result(patience)
        except NotYet:
            return self._before.get(name)
        self._before[name] = value
        return value


class Awaited:
    """Figures for one page, which waits for all of them together no longer than `PATIENCE`."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures
        self._until = monotonic() + PATIENCE

    def get(
        self, name: Hashable, mark: Hashable, make: Callable[[], Value], patience: float | None = None
    ) -> Value | None:
        """As `Figures.get`, with the patience that is left unless more is given."""
        left = max(0.0, self._until - monotonic()) if patience is None else patience
        return self._figures.get(name, mark, make, left)


def figures_of(request: Request) -> Awaited:
    """The figures of the workbench that a request is to, the same for all that make its page."""
    if not hasattr(request.state, "figures"):
        request.state.figures = Awaited(request.app.state.figures)
    found: Awaited = request.state.figures
    return found
