"""Files, folders and standard input -> Articles; what cannot be read is told, and the rest goes on."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TypeVar
from zipfile import ZipFile

from dragoman.errors import SourceError
from dragoman.records import Unread
from dragoman.settings import Settings

from .confined import confined
from .packed import Member, members, open_packed, unpack
from .readers import READERS, Item, Source, read_jsonl

__all__ = ["ENDINGS", "read_sources"]

STDIN = "-"

Found = TypeVar("Found")


def read_sources(
    sources: Iterable[str | Path], settings: Settings, columns: Mapping[str, str] | None = None
) -> Iterator[Item]:
    """The articles of files, folders and `-` (JSON Lines on standard input), and an `Unread` for each that is none.

    `columns` says which column of tables and records holds which field ({"text": "Body"}); a `Notice` tells what was
    guessed. A .zip is read like a folder, one level deep.

    The order is canonical: sources by name, a folder's files (those below it too) by their path in it, standard input
    last; the same source given twice is read once. A file's `source` is its path as given, in a folder its path
    relative to the folder, so that the same folder elsewhere gives the same records. In a folder, files named README or
    manifest.toml and hidden files and folders are no sources; links to folders are not followed.
    """
    given = sorted({os.fspath(source) for source in sources}, key=lambda name: (name == STDIN, name))
    for name in given:
        if name == STDIN:
            yield from _standard_input(settings, columns or {})
        else:
            yield from _path(name, settings, columns or {})


def _path(name: str, settings: Settings, columns: Mapping[str, str]) -> Iterator[Item]:
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
        yield from _folder(path, name, settings, columns)
    else:
        yield from _file(path, name, settings, columns)


def _folder(folder: Path, name: str, settings: Settings, columns: Mapping[str, str]) -> Iterator[Item]:
    files, closed = _files_below(folder)
    for relative in closed:
        yield Unread(relative, "S009", f"The folder {relative} in {name} cannot be opened. Check its permissions.")
    if not files and not closed:
        yield Unread(
            name, "U002", f"The folder {name} holds no file to read. Kinds that are read: {', '.join(ENDINGS)}."
        )
    for relative in files:
        yield from _file(folder / relative, relative, settings, columns)


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


def _file(path: Path, name: str, settings: Settings, columns: Mapping[str, str]) -> Iterator[Item]:
    # A name that is not UTF-8 opens the file, but no archive and no export can hold it as it is.
    name = os.fsencode(name).decode("utf-8", "replace")
    ending, place = path.suffix.lower(), str(path.absolute())
    if ending == _PACKED:
        yield from _packed(place, name, settings, columns)
    elif ending in READERS:
        yield from confined(name, settings, _read, place, name, settings, columns, ending)
    else:
        yield _no_reader(name)


def _read(place: str, name: str, settings: Settings, columns: Mapping[str, str], ending: str) -> Iterator[Item]:
    return _safely(
        name, lambda: READERS[ending](Source(name, _bytes_of(Path(place), name, settings), settings, columns))
    )


def _packed(place: str, name: str, settings: Settings, columns: Mapping[str, str]) -> Iterator[Item]:
    """The articles of the files in a .zip, one level deep; a member's name is only ever a part of its source's name."""
    for found in list(confined(name, settings, _listed, place, name, settings)):
        if isinstance(found, Unread):
            yield found
            continue
        number, member = found
        source = f"{name}/{member}"
        yield from confined(source, settings, _read_member, place, name, number, source, settings, columns)


def _listed(place: str, name: str, settings: Settings) -> Iterator[tuple[int, str] | Unread]:
    """Number and name of each file in a .zip that is one to read."""

    def listed() -> Iterator[tuple[int, str]]:
        _, found = _opened(place, name, settings)
        inside = [(number, member.name) for number, member in enumerate(found) if _is_source_inside(member.name)]
        if not inside:
            raise SourceError("U002", f"{name} holds no file to read. Kinds that are read: {', '.join(ENDINGS)}.")
        yield from inside

    _opened.cache_clear()
    return _safely(name, listed)


@lru_cache(1)
def _opened(place: str, name: str, settings: Settings) -> tuple[ZipFile, tuple[Member, ...]]:
    """A .zip and the files in it; kept until the next one is opened."""
    packed = open_packed(_bytes_of(Path(place), name, settings), name, settings)
    return packed, tuple(members(packed))


def _is_source_inside(name: str) -> bool:
    """Whether a file of a .zip is one to read: as in a folder; "..", which leads nowhere here, hides nothing."""
    *folders, last = name.split("/")
    hidden = any(folder == "__MACOSX" or (folder.startswith(".") and folder.strip(".")) for folder in folders)
    return not hidden and _is_source(last)


def _read_member(
    place: str, name: str, number: int, source: str, settings: Settings, columns: Mapping[str, str]
) -> Iterator[Item]:
    def read() -> Iterator[Item]:
        packed, found = _opened(place, name, settings)
        ending = PurePosixPath(found[number].name).suffix.lower()
        if ending == _PACKED:
            raise SourceError(
                "S002", f"{source} is not read: it is a .zip in a .zip. Unpack it, and give what is in it."
            )
        if ending not in READERS:
            yield _no_reader(source)
            return
        data = unpack(packed, found[number], source, settings.largest_file)
        yield from READERS[ending](Source(source, data, settings, columns))

    return _safely(source, read)


def _no_reader(name: str) -> Unread:
    ending = PurePosixPath(name).suffix
    kind = f"files ending in {ending}" if ending else "files without an ending"
    return Unread(name, "S002", f"{name} is not read: there is no reader for {kind}. Give one of {', '.join(ENDINGS)}.")


def _bytes_of(path: Path, name: str, settings: Settings) -> bytes:
    information = path.stat()
    if not stat.S_ISREG(information.st_mode):
        raise SourceError("S009", f"{name} is no regular file and is not read. Save what it gives to a file.")
    _check_size(information.st_size, name, settings)
    return path.read_bytes()


def _standard_input(settings: Settings, columns: Mapping[str, str]) -> Iterator[Item]:
    def read() -> Iterator[Item]:
        if sys.stdin is None:
            raise SourceError("S009", "Standard input is closed. Give a file instead of -.")
        data = sys.stdin.buffer.read(settings.largest_file + 1)
        _check_size(len(data), "Standard input", settings)
        source = Source(STDIN, data, settings, columns)
        yield from confined("Standard input", settings, read_jsonl, source)

    return _safely(STDIN, read)


def _check_size(size: int, name: str, settings: Settings) -> None:
    if size > settings.largest_file:
        raise SourceError(
            "S007",
            f"{name} has more than {settings.largest_file:,} bytes, the limit."
            " Split it, or raise the setting largest_file.",
        )


def _safely(name: str, read: Callable[[], Iterator[Found]]) -> Iterator[Found | Unread]:
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


_PACKED = ".zip"
ENDINGS = tuple(sorted([*READERS, _PACKED]))
"""The endings of the files that are read."""
