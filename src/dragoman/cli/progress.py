"""A line of progress for what takes longer than two seconds, on a terminal only."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

__all__ = ["counting"]

PATIENCE = 2.0


@contextmanager
def counting(what: str) -> Iterator[Callable[[int], None]]:
    """A function to be told the number done; it draws on standard error once `PATIENCE` seconds are over."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda done: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}"), TimeElapsedColumn())
    progress = Progress(*columns, console=console, transient=True)
    started = time.monotonic()
    task = progress.add_task(what, total=None)
    running = False

    def tell(done: int) -> None:
        nonlocal running
        if not running and time.monotonic() - started > PATIENCE:
            progress.start()
            running = True
        progress.update(task, completed=done)

    try:
        yield tell
    finally:
        if running:
            progress.stop()
