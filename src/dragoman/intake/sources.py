"""Files, folders and standard input -> Articles; what cannot be read is told, and the rest goes on."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from dragoman.errors import SourceError
from dragoman.records import Article, Unread
from dragoman.settings import Settings

from .decoding import decode
from .jsonl import articles_from_lines
from .plain import article_from_text
from .webpage import article_from_html

__all__ = ["ENDINGS", "read_sources"]

STDIN = "-"


def read_sources(sources: Iterable[str | Path], settings: Settings) -> Iterator[Article | Unread]:
    """The articles of files, folders and `-` (JSON Lines on standard input), and an `Unread` for each that is none.

    The order is canonical: sources by name, a folder's files (those below it too) by their path in it, standard input
    last; the same source given twice is read once. A file's `source` is its path as given, in a folder its path
    relative to the folder, so that the same folder elsewhere gives the same records. In a folder, files named README or
    manifest.toml and hidden files and folders are no sources; links to folders are not followed.
    """
    given = sorted({os.fspath(source) for source in sources}, key=lambda name: (name == STDIN, name))
    for name in given:
        if name == STDIN:
            yield from _safely(STDIN, lambda: _standard_input(settings))
        else:
            yield from _path(name, settings)


def _path(name: str, settings: Settings) -> Iterator[Article | Unread]:
    path = Path(name)
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError):
        yield Unread(
            name, "S001", f"There is no file or folder {name}. Check the path; it counts from the current folder."
        )
        return
    except OSError as error:
        yield _not_opened(name, error)
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path, name, settings)
    else:
        yield from _file(path, name, settings)


def _folder(folder: Path, name: str, settings: Settings) -> Iterator[Article | Unread]:
    files, closed = _files_below(folder)
    for relative in closed:
        yield Unread(relative, "S009", f"The folder {relative} in {name} cannot be opened. Check its permissions.")
    if not files and not closed:
        yield Unread(
            name, "U002", f"The folder {name} holds no file to read. Kinds that are read: {', '.join(ENDINGS)}."
        )
    for relative in files:
        yield from _file(folder / relative, relative, settings)


def _files_below(folder: Path) -> tuple[list[str], list[str]]:
    """The sources in a folder and the folders in it that cannot be opened, relative, sorted by their parts."""
    files: list[str] = []
    closed: list[str] = []

    def refuse(error: OSError) -> None:
        closed.append(Path(os.path.relpath(error.filename or folder, folder)).as_posix())

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [one for one in folders if not one.startswith(".") and one != "__MACOSX"]
        relative = Path(parent).relative_to(folder)
        files.extend((relative / one).as_posix() for one in names if _is_source(one))
    return sorted(files, key=lambda one: one.split("/")), sorted(closed)


def _is_source(name: str) -> bool:
    """Whether a file of a folder is one to read: notes about the folder and hidden files are not."""
    return not name.startswith((".", "~$")) and name.partition(".")[0].upper() != "README" and name != "manifest.toml"


def _file(path: Path, name: str, settings: Settings) -> Iterator[Article | Unread]:
    # A name that is not UTF-8 opens the file, but no archive and no export can hold it as it is.
    name = os.fsencode(name).decode("utf-8", "replace")
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        kind = f"files ending in {path.suffix}" if path.suffix else "files without an ending"
        yield Unread(
            name, "S002", f"{name} is not read: there is no reader for {kind}. Give one of {', '.join(ENDINGS)}."
        )
        return
    yield from _safely(name, lambda: reader(_bytes_of(path, name, settings), name, settings))


def _bytes_of(path: Path, name: str, settings: Settings) -> bytes:
    information = path.stat()
    if not stat.S_ISREG(information.st_mode):
        raise SourceError("S009", f"{name} is no regular file and is not read. Save what it gives to a file.")
    _check_size(information.st_size, name, settings)
    return path.read_bytes()


def _standard_input(settings: Settings) -> Iterator[Article | Unread]:
    if sys.stdin is None:
        raise SourceError("S009", "Standard input is closed. Give a file instead of -.")
    data = sys.stdin.buffer.read(settings.largest_file + 1)
    _check_size(len(data), "Standard input", settings)
    return _jsonl(data, STDIN, settings)


def _check_size(size: int, name: str, settings: Settings) -> None:
    if size > settings.largest_file:
        raise SourceError(
            "S007",
            f"{name} has more than {settings.largest_file:,} bytes, the limit."
            " Split it, or raise the setting largest_file.",
        )


def _safely(name: str, read: Callable[[], Iterator[Article | Unread]]) -> Iterator[Article | Unread]:
    """What `read` gives; its errors as an `Unread` of the source."""
    try:
        yield from read()
    except SourceError as error:
        yield Unread(name, error.code, error.message)
    except FileNotFoundError:
        yield Unread(name, "S001", f"{name} is no longer there, or is a link that leads nowhere.")
    except OSError as error:
        yield _not_opened(name, error)


def _not_opened(name: str, error: OSError) -> Unread:
    return Unread(name, "S009", f"{name} cannot be opened ({error.strerror or error}). Check its name and permissions.")


def _text(data: bytes, name: str, settings: Settings) -> Iterator[Article | Unread]:
    text, flags = decode(data, name)
    _check_length(len(text), name, settings)
    yield article_from_text(text, name, flags)


def _html(data: bytes, name: str, settings: Settings) -> Iterator[Article | Unread]:
    text, flags = decode(data, name)
    article = article_from_html(text, name, flags)
    _check_length(len(article.text), name, settings)
    yield article


def _jsonl(data: bytes, name: str, settings: Settings) -> Iterator[Article | Unread]:
    text, flags = decode(data, name)
    yield from articles_from_lines(text, name, settings.longest_article, flags)


def _check_length(length: int, name: str, settings: Settings) -> None:
    if length > settings.longest_article:
        raise SourceError(
            "S007",
            f"{name} has {length:,} characters; the limit of an article is {settings.longest_article:,}."
            " Split it, or raise the setting longest_article.",
        )


_READERS: dict[str, Callable[[bytes, str, Settings], Iterator[Article | Unread]]] = {
    ".txt": _text,
    ".jsonl": _jsonl,
    ".ndjson": _jsonl,
    ".html": _html,
    ".htm": _html,
}
ENDINGS = tuple(sorted(_READERS))
"""The endings of the files that are read."""
