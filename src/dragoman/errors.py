"""Every error a user can meet: one small tree, each with a code that can be searched for.

    DragomanError
        UsageError          the command or call was wrong                  exit 2
        SourceError         a file or record could not be read              listed, the rest goes on
        DataError           a data file (frames, actors, codebook) is wrong
        ArchiveError        the archive cannot be opened or written
        ModelError          the language model is missing or damaged

A message is a sentence: what is wrong, in which file, line or record, and what to do.
"""

from __future__ import annotations

__all__ = [
    "CODES",
    "ArchiveError",
    "DataError",
    "DragomanError",
    "ModelError",
    "SourceError",
    "UsageError",
]

CODES = {
    "U001": "unknown option value",
    "U002": "nothing to read",
    "U003": "output cannot be written",
    "S001": "file not found",
    "S002": "no reader for this kind of file",
    "S003": "not valid JSON",
    "S004": "record without text",
    "S005": "no English text",
    "S006": "not readable as text",
    "S007": "file larger than the limit",
    "S008": "field of the wrong kind",
    "S009": "file cannot be opened",
    "S010": "protected with a password",
    "S011": "no column holds the text",
    "S012": "damaged file",
    "S013": "unpacks to more than the limits",
    "S014": "wrong encoding",
    "S015": "takes longer to open than the limit",
    "S016": "takes more memory to open than the limit",
    "S017": "breaks its reader",
    "F001": "event file of no known layout",
    "F002": "row of an event file that is malformed",
    "F003": "event file cut off or damaged",
    "D001": "data file is not valid",
    "A001": "not a Dragoman archive",
    "A002": "archive of a newer version",
    "A003": "archive cannot be written",
    "A004": "no such record",
    "A005": "archive not found",
    "M001": "model file missing or damaged",
}
"""Code -> what it means, in a few words. The same codes flag a source that was not read."""


class DragomanError(Exception):
    """Base of all errors of this package; `code` is a key of `CODES`."""

    exit_code = 1

    def __init__(self, code: str, message: str) -> None:
        # Both arguments, so that an error can travel from a worker process.
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return f"[{self.code}] {self.message}"


class UsageError(DragomanError):
    """A command or call that cannot be carried out as given."""

    exit_code = 2


class SourceError(DragomanError):
    """A source, or one record of it, that cannot be read; the others are."""

    exit_code = 3


class DataError(DragomanError):
    """A data file (of the package or of the user) that is not as documented."""


class ArchiveError(DragomanError):
    """An archive that cannot be opened, read or written."""


class ModelError(DragomanError):
    """The language model is missing or damaged."""
