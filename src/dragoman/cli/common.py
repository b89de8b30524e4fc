"""What the commands share: the console, errors in one line, and the options that many of them have."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from .. import library
from ..errors import DragomanError
from ..records import Unread
from ..settings import load
from .tables import plain

__all__ = [
    "EXIT_SOME_UNREAD",
    "ROWS_LISTED",
    "archive_option",
    "console",
    "existing",
    "json_option",
    "path_of",
    "picture_option",
    "redact_option",
    "told",
    "unread_line",
]

EXIT_SOME_UNREAD = 3
ROWS_LISTED = 20


class _Console(Console):
    """A console to which a pipe that is closed early is no error."""

    def on_broken_pipe(self) -> None:
        """Stop in silence: whoever read the pipe has seen enough."""
        sys.stderr.close()
        sys.exit(0)


console = _Console(width=None if sys.stdout and sys.stdout.isatty() else 220)


STOPPED = 130
"""The exit code of a command that Ctrl+C stopped, as shells have it."""


def told(command: Callable[..., Any]) -> Callable[..., Any]:
    """Errors as one line on standard error with their exit code, never a traceback."""

    @functools.wraps(command)
    def wrapped(*args: Any, **options: Any) -> Any:
        try:
            return command(*args, **options)
        except DragomanError as error:
            click.echo(f"dragoman: {error}", err=True)
            sys.exit(error.exit_code)
        except KeyboardInterrupt:
            message = "dragoman: stopped. What the archive holds is kept; the same command goes on from there."
            click.echo(message, err=True)
            sys.exit(STOPPED)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)
        except OSError as error:
            click.echo(f"dragoman: the output cannot be written: {error.strerror or error}.", err=True)
            sys.exit(1)

    return wrapped


archive_option = click.option(
    "--archive", type=click.Path(path_type=Path), default=None, help="The archive file.  [default: ./dragoman.db]"
)

picture_option = click.option(
    "--picture", type=click.Path(path_type=Path), default=None, help="Draw it to an .svg file."
)
redact_option = click.option("--redact", is_flag=True, help="Withhold the names of people without a public role.")
json_option = click.option("--json", "as_json", is_flag=True, help="As JSON.")


def path_of(given: Path | None) -> Path:
    """The archive's path: what is given, else the setting."""
    return given or Path(load().archive)


def existing(given: Path | None) -> library.Archive:
    """An archive that must be there, opened to look at."""
    return library.open(path_of(given), read_only=True)


def unread_line(item: Unread) -> str:
    """One line on what was not read."""
    return plain(f"[{item.code}] {item.message}")
