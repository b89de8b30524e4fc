"""An archive that is open: what every part of it stands on."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from ..errors import ArchiveError
from .database import Database

__all__ = ["Opened"]


class Opened:
    """An open archive file; use it as a context manager, or `close` it."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Archive {self.path}>"

    @property
    def path(self) -> Path:
        """Where the archive is."""
        return self._database.path

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        self._database.close()

    def _missing(self, what: str) -> ArchiveError:
        return ArchiveError("A004", f"There is no {what} in {self.path}.")
