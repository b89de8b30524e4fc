"""Files that are whole or not there."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import UsageError

__all__ = ["whole_file", "write_text"]


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; it takes its place when all went well, else what was there before stands.

    Raises:
        UsageError: the file cannot be written.
    """
    try:
        place = path.resolve()
        beside = place.with_name(f".{place.name}.{secrets.token_hex(4)}.tmp")
        try:
            yield beside
            _to_disk(beside)
            beside.replace(place)
        except BaseException:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise
        # The new name survives a power cut too, where the system can promise that of a folder.
        with suppress(OSError):
            _to_disk(place.parent)
    except OSError as error:
        raise UsageError(
            "U003", f"{path} cannot be written: {error.strerror or error}. Choose another place."
        ) from error


def _to_disk(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def write_text(text: Iterable[str], path: Path) -> None:
    """Write pieces of text to a file, whole or not at all, as UTF-8 without changing line ends.

    Raises:
        UsageError: the file cannot be written.
    """
    with whole_file(path) as beside, beside.open("x", encoding="utf-8", newline="") as file:
        file.writelines(text)
