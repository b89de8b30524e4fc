"""Figures that take a while, computed beside the requests and kept as long as the archive stays as it is.

Those of a large archive take seconds of the processor. They are computed in processes of their own, which give way to
the one that answers; those of a small archive in threads, as a process takes longer to start than they do.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from multiprocessing import get_context
from multiprocessing.pool import Pool
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

from starlette.requests import Request

from ..archive import Mark

__all__ = ["MANY", "Awaited", "Figures", "figures_of"]

Value = TypeVar("Value")

PATIENCE = 0.06
"""Seconds that a page waits in all for figures that are not there; then it shows older ones, or says they come."""

MANY = 5_000
"""Events of an archive from which on it is large."""

MOST = 200
"""Figures that are kept; the oldest are forgotten first."""

PROCESSES = 2


class Figures:
    """What has been computed, by name, and under which mark of the archive."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[Hashable, tuple[Mark, Future[Any]]] = {}
        self._before: dict[Hashable, Any] = {}
        self._threads = ThreadPoolExecutor(PROCESSES, thread_name_prefix="figures")
        self._processes: Pool | None = None

    def get(
        self, name: Hashable, mark: Mark, make: Callable[..., Value], *given: Any, patience: float = PATIENCE
    ) -> Value | None:
        """The figures of a name for the archive at `mark`; those of an earlier mark, or None, while they are made.

        `make(*given)` may run in a process of its own, so it must be a function of a module, and open the archive
        itself; what it raises is raised here. The first value of `mark` is the number of events.
        """
        _, future = self._begun(name, mark, make, given)
        try:
            value: Value = future.result(patience)
        except NotYet:
            return self._before.get(name)
        self._before[name] = value
        return value

    def awaited(self, name: Hashable, mark: Mark, make: Callable[..., Value], *given: Any) -> Value:
        """As `get`, but of this very mark, however long that takes: for what is kept as a file."""
        while True:
            found, future = self._begun(name, mark, make, given)
            value: Value = future.result()
            if found == mark:
                return value

    def stop(self) -> None:
        """End what is being computed."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        if self._processes:
            self._processes.terminate()

    def _begun(
        self, name: Hashable, mark: Mark, make: Callable[..., Value], given: tuple[Any, ...]
    ) -> tuple[Mark, Future[Value]]:
        """What is there or being made, and for which mark: while one is being made, none is begun for a later mark."""
        with self._lock:
            known, future = self._kept.pop(name, (mark, None))
            if future is None or (known != mark and future.done()):
                known, future = mark, self._submitted(mark, make, given)
            self._kept[name] = known, future
            while len(self._kept) > MOST:
                forgotten = next(iter(self._kept))
                self._kept.pop(forgotten)
                self._before.pop(forgotten, None)
        return known, future

    def _submitted(self, mark: Mark, make: Callable[..., Value], given: tuple[Any, ...]) -> Future[Value]:
        if mark[0] < MANY:
            return self._threads.submit(make, *given)
        if self._processes is None:
            self._processes = get_context("spawn").Pool(PROCESSES, _give_way)
        future: Future[Value] = Future()
        self._processes.apply_async(make, given, callback=future.set_result, error_callback=future.set_exception)
        return future


def _give_way() -> None:
    """A process of figures leaves Ctrl+C to the workbench, which then ends it, and the processor to whoever asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(5)


class Awaited:
    """Figures for one page, which waits for all of them together no longer than `PATIENCE`."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures
        self._until = monotonic() + PATIENCE

    def get(self, name: Hashable, mark: Mark, make: Callable[..., Value], *given: Any) -> Value | None:
        """As `Figures.get`, with the patience that is left."""
        left = max(0.0, self._until - monotonic())
        return self._figures.get(name, mark, make, *given, patience=left)

    def awaited(self, name: Hashable, mark: Mark, make: Callable[..., Value], *given: Any) -> Value:
        """As `Figures.awaited`."""
        return self._figures.awaited(name, mark, make, *given)


def figures_of(request: Request) -> Awaited:
    """The figures of the workbench that a request is to, the same for all that make its page."""
    if not hasattr(request.state, "figures"):
        request.state.figures = Awaited(request.app.state.figures)
    found: Awaited = request.state.figures
    return found
