"""A process of its own in which a file of a stranger is opened, with limits on time and memory.

What breaks the limits, or the process, costs that file alone: it is told with a code, and the next one gets a fresh
process. A process opens one file after another, so that none but the first waits for its start.

The limits on time hold for each record of a file. After `most_seconds` of the processor (so that a busy machine changes
nothing) an error is raised wherever the reader is; of a table, that costs a row. A reader that does not hear it is
ended `UNHEARD` seconds later, and one that sleeps, by the clock. Systems without such limits (Windows) have the process
alone.

This is no wall against code that a file would get to run: it bounds what a file can cost. A process may write no file.
"""

from __future__ import annotations

import atexit
import math
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from typing import Any

from dragoman.errors import DragomanError, SourceError
from dragoman.records import Unread
from dragoman.settings import Settings

__all__ = ["ASLEEP", "UNHEARD", "confined", "end_all", "serve"]

UNHEARD = 5
"""Seconds of the processor in which a reader is to hear the error."""

ASLEEP = 30
"""Times the limit that a record may take by the clock: so much that no busy machine breaks it."""

LIMITED = hasattr(signal, "setitimer")
"""Whether the system has limits; Windows has not."""

Read = Callable[..., Iterator[Any]]
Process = subprocess.Popen[bytes]

_idle: list[Process] = []


def confined(name: str, settings: Settings, read: Read, *arguments: Any) -> Generator[Any, None, None]:
    """What `read(*arguments)` gives, in a process with the limits of the settings; errors call the file `name`.

    `read` is a function that a module has by name. Where it breaks, the last item is an `Unread`: S015 for its time,
    S016 for its memory, S017 for what else happened to it.
    """
    process = _idle_one() or _started()
    try:
        yield from _answers(process, (name, settings, read, arguments))
    except (EOFError, OSError, pickle.UnpicklingError):
        _end(process)
        yield _broken(name, settings, process.returncode)
    except BaseException:
        process.kill()
        _end(process)
        raise
    else:
        _idle.append(process)


def _idle_one() -> Process | None:
    while _idle:
        process = _idle.pop()
        if process.poll() is None:
            return process
        _end(process)
    return None


def _started() -> Process:
    # Not by `multiprocessing`, which would run the user's script a second time. With -P, a file named json.py in the
    # folder where we work is not run.
    paths = os.pathsep.join(path for path in (os.environ.get("PYTHONPATH"), *sys.path) if path)
    return subprocess.Popen(
        [sys.executable, "-P", "-c", "from dragoman.intake.confined import serve; serve()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths},
    )


def _answers(process: Process, request: tuple[Any, ...]) -> Iterator[Any]:
    """The items with which a process answers, until it says None; an error that it passes on is raised."""
    assert process.stdin is not None and process.stdout is not None
    pickle.dump(request, process.stdin)
    process.stdin.flush()
    while (item := pickle.load(process.stdout)) is not None:
        if isinstance(item, DragomanError):
            raise item
        yield item


def _end(process: Process) -> None:
    """Wait until a process has ended, as it does where nobody talks to it any more."""
    for stream in (process.stdin, process.stdout):
        with suppress(OSError):
            if stream is not None:
                stream.close()
    try:
        process.wait(UNHEARD)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@atexit.register
def end_all() -> None:
    """End the processes that wait for another file."""
    while _idle:
        _end(_idle.pop())


if hasattr(os, "register_at_fork"):
    # A fork of ours would talk to the same processes.
    os.register_at_fork(after_in_child=_idle.clear)


def _broken(name: str, settings: Settings, ended: int) -> Unread:
    """What to say of a file whose process ended with such a code: a signal's number below nought."""
    if LIMITED and -ended in (signal.SIGXCPU, signal.SIGALRM):
        return Unread(name, "S015", _slow(name, settings))
    if LIMITED and -ended == signal.SIGKILL:  # as the system does with what takes too much memory
        return Unread(name, "S016", _large(name, settings))
    return Unread(name, "S017", f"{name} breaks its reader (exit code {ended}). Save it in another format.")


def _slow(name: str, settings: Settings) -> str:
    return (
        f"{name} takes more than {settings.most_seconds:g} seconds to open, the limit of a record."
        " Split it, or raise the setting most_seconds."
    )


def _large(name: str, settings: Settings) -> str:
    return (
        f"{name} takes more than {settings.most_memory:,} bytes of memory to open, the limit."
        " Split it, or raise the setting most_memory."
    )


def serve() -> None:
    """Answer the requests of standard input until it is closed; this is what the process does."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # What a library prints must not come between the answers.
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, BrokenPipeError):
        while True:
            name, settings, read, arguments = pickle.load(requests)
            for item in _limited(name, settings, read(*arguments)):
                pickle.dump(item, answers)
                answers.flush()
            pickle.dump(None, answers)
            answers.flush()


def _limited(name: str, settings: Settings, items: Iterator[Any]) -> Iterator[Any]:
    """The items, each within the limits; an error of ours as the last of them."""

    def too_slow(*_: object) -> None:
        raise SourceError("S015", _slow(name, settings))

    if LIMITED:
        _bound_memory(settings.most_memory)
        signal.signal(signal.SIGPROF, too_slow)
    last: Unread | DragomanError | None = None
    try:
        while True:
            _set_clocks(settings.most_seconds)
            try:
                item = next(items)
            finally:
                _set_clocks(0)
            yield item
    except StopIteration:
        return
    except SourceError as error:
        last = Unread(name, error.code, error.message)
    except DragomanError as error:
        last = error
    except MemoryError:
        pass  # while the error is held, so is all that the reader took
    except Exception as error:  # whatever a file made of its reader, the next one is read
        reason = " ".join(f"{type(error).__name__} {error}".split())[:120]
        last = Unread(name, "S017", f"{name} breaks its reader ({reason}). Save it in another format.")
    yield last or Unread(name, "S016", _large(name, settings))


def _bound_memory(most: int) -> None:
    """Let this process take so many bytes and write no file."""
    import resource

    for kind, limit in ((resource.RLIMIT_AS, most), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, resource.getrlimit(kind)[1]))


def _set_clocks(seconds: float) -> None:
    """Start the clocks of a record anew; nought stops them.

    The first raises the error, and goes on every second where something kept it from being heard. The others end the
    process.
    """
    if not LIMITED:
        return
    import resource

    signal.setitimer(signal.ITIMER_PROF, seconds, 1 if seconds else 0)
    signal.setitimer(signal.ITIMER_REAL, ASLEEP * seconds)
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = math.ceil(used.ru_utime + used.ru_stime + seconds + UNHEARD) if seconds else resource.RLIM_INFINITY
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))
