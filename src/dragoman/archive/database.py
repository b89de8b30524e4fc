"""The file under an archive: opened safely, recognised, brought up to date; errors in sentences.

SQLite in WAL mode with `synchronous=FULL`: what is committed survives a kill and a power cut, and
any number of processes read while one writes. A file that is not an archive is never touched.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from ..errors import ArchiveError
from .tables import APPLICATION_ID, UPGRADES, VERSION

__all__ = ["Database"]

PATIENCE = 30.0
"""Seconds to wait for another process that writes."""
_ADVICE = {
    sqlite3.SQLITE_READONLY: "it, or its folder, is read-only. Choose another place with --archive.",
    sqlite3.SQLITE_CANTOPEN: "it, or its folder, may not be written by you. Choose another place with --archive.",
    sqlite3.SQLITE_PERM: "it, or its folder, may not be written by you. Choose another place with --archive.",
    sqlite3.SQLITE_FULL: "the disk is full. Nothing of this step was kept; make room and run it again.",
    sqlite3.SQLITE_IOERR: "the disk reports an error. Nothing of this step was kept; check the disk.",
    sqlite3.SQLITE_BUSY: "another process has been writing it all the while. Wait for it and run this again.",
    sqlite3.SQLITE_LOCKED: "another process has been writing it all the while. Wait for it and run this again.",
}


class Database:
    """A connection to one archive file; use it as a context manager or `close` it."""

    __slots__ = ("_connection", "path", "read_only")

    def __init__(self, path: Path, *, create: bool, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        try:
            _check_place(path, create=create and not read_only)
        except OSError as error:
            message = f"{path} cannot be opened ({error.strerror}). Choose another place with --archive."
            raise ArchiveError("A003", message) from error
        with self.errors():
            self._connection = _connect(path, "ro" if read_only else "rwc" if create else "rw")
        try:
            self._prepare()
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        self._connection.close()

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query: reading is never left half done, so no reader holds up the writer."""
        with self.errors():
            return self._connection.execute(sql, parameters).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of what happens inside is kept, or nothing."""
        with self.errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                # SQLite has rolled back already where the disk was full.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def errors(self) -> Iterator[None]:
        """What SQLite raises inside becomes an `ArchiveError` that names the file and what to do."""
        try:
            yield
        except sqlite3.Error as error:
            raise self._told(error) from error
        except (OverflowError, UnicodeEncodeError) as error:
            message = f"{self.path} cannot take a record: a number or a text in it cannot be stored ({error})."
            raise ArchiveError("A003", message) from error

    def _told(self, error: sqlite3.Error) -> ArchiveError:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_NOTADB:
            return _foreign(self.path)
        if code == sqlite3.SQLITE_CORRUPT:
            return ArchiveError("A001", f"{self.path} is damaged. Take a copy of it that is sound, or read again.")
        if code in _ADVICE:
            return ArchiveError("A003", f"{self.path} cannot be written or opened: {_ADVICE[code]}")
        return ArchiveError("A003", f"{self.path} cannot be used: {error}.")

    def _prepare(self) -> None:
        try:
            self._recognise()
        except ArchiveError as error:
            if not (self.read_only and error.code == "A003" and _at_rest(self.path)):
                raise
            # A reader needs a file of its own beside the archive. In a folder that cannot be written there
            # can be no writer either, so the archive may be read as a file that nobody changes.
            self._connection.close()
            self._connection = _connect(self.path, "ro&immutable=1")
            self._recognise()
        if not self.read_only:
            self._log_ahead()
            self.rows("PRAGMA synchronous = FULL")
            self._upgrade()
        self.rows("PRAGMA foreign_keys = ON")

    def _log_ahead(self) -> None:
        """Switch to WAL. SQLite does not wait here where several processes make an archive at once."""
        latest = time.monotonic() + PATIENCE
        while True:
            try:
                self._connection.execute("PRAGMA journal_mode = WAL").fetchall()
                return
            except sqlite3.Error as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > latest:
                    raise self._told(error) from error
            time.sleep(0.01)

    def _recognise(self) -> None:
        """Whether the file is an archive that this version can use; an empty file may become one."""
        application, version, tables = self._look()
        if application != APPLICATION_ID:
            if not self.read_only and application == version == tables == 0:
                return
            raise _foreign(self.path)
        if version > VERSION:
            raise ArchiveError(
                "A002",
                f"{self.path} was written by a newer version of Dragoman (archive version {version}; this one knows "
                f"up to {VERSION}). Upgrade with: pip install --upgrade dragoman",
            )
        if version < VERSION and self.read_only:
            raise ArchiveError("A003", f"{self.path} is of an older version. Open it once for writing to upgrade it.")

    def _look(self) -> tuple[int, int, int]:
        """Stamp and number of tables at one moment: another process may be making the archive."""
        self.rows("BEGIN")
        try:
            return *self._stamp(), self._number("SELECT count(*) FROM sqlite_schema")
        finally:
            self._connection.rollback()

    def _upgrade(self) -> None:
        if self._stamp() == (APPLICATION_ID, VERSION):
            return
        with self.writing() as connection:
            # Asked again inside the transaction: another process may have been faster.
            for statements in UPGRADES[self._stamp()[1] :]:
                for statement in statements:
                    connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {VERSION}")

    def _stamp(self) -> tuple[int, int]:
        return self._number("PRAGMA application_id"), self._number("PRAGMA user_version")

    def _number(self, sql: str) -> int:
        return int(self.rows(sql)[0][0])


def _check_place(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise ArchiveError("A001", f"{path} is a folder, not a Dragoman archive. Name a file.")
    if not path.exists() and not create:
        raise ArchiveError("A005", f"There is no archive {path}. Make one with: dragoman read SOURCE --archive {path}")
    if not path.parent.is_dir():
        raise ArchiveError("A003", f"{path} cannot be written: there is no folder {path.parent}. Make it first.")


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    # isolation_level=None: transactions begin and end where this module says so.
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=PATIENCE)


def _at_rest(path: Path) -> bool:
    """Whether no unfinished log stands beside the archive."""
    with suppress(OSError):
        return path.with_name(path.name + "-wal").stat().st_size == 0
    return True


def _foreign(path: Path) -> ArchiveError:
    return ArchiveError("A001", f"{path} is not a Dragoman archive; it was left as it is. Name another file.")
