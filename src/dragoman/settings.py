"""Every setting, once: its name, default, kind and what it does.

The table feeds the command line, `dragoman info` and the documentation. A setting can be given in
the environment as `DRAGOMAN_` and its name in capitals.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from .errors import UsageError

__all__ = ["SETTINGS", "Setting", "Settings", "load"]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name, default and meaning."""

    name: str
    default: str | int | float
    meaning: str


SETTINGS = (
    Setting("archive", "dragoman.db", "the archive file that commands use when none is named"),
    Setting("jobs", 1, "worker processes for reading; the records are the same for any number"),
    Setting("batch", 50, "articles kept in one commit"),
    Setting("largest_file", 50_000_000, "bytes; a larger source file is listed as unread"),
    Setting(
        "largest_page", 10_000_000, "characters of HTML, inlined pictures apart; a larger page is listed as unread"
    ),
    Setting("most_pages", 1_000, "pages of a PDF; a longer one is listed as unread"),
    Setting("most_members", 10_000, "files in a .zip; a fuller one is listed as unread"),
    Setting("largest_unpacked", 500_000_000, "bytes that a .zip, .docx or .xlsx may unpack to"),
    Setting("highest_ratio", 200, "times its packed size that a .zip, .docx or .xlsx may unpack to"),
    Setting("longest_article", 200_000, "characters; a longer article is listed as unread"),
    Setting("most_seconds", 20.0, "of the processor, that opening one record of a file may take"),
    Setting("most_memory", 1_000_000_000, "bytes that opening a file may take"),
    Setting("least_confidence", 0.0, "events below this confidence are not kept"),
    Setting("reader", "", "a spaCy pipeline to read with, instead of the package's model"),
    Setting("user_data", "", "folder with the user's own actors, frames, contexts and patterns (docs/extending.md)"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force, as attributes of the names in `SETTINGS`."""

    archive: str
    jobs: int
    batch: int
    largest_file: int
    largest_page: int
    most_pages: int
    most_members: int
    largest_unpacked: int
    highest_ratio: int
    longest_article: int
    most_seconds: float
    most_memory: int
    least_confidence: float
    reader: str
    user_data: str


def load(environment: Mapping[str, str] | None = None, **given: str | int | float | None) -> Settings:
    """The settings: what is given, else the environment's, else the default.

    Raises:
        UsageError: a value that is not of its setting's kind, or a name that is no setting.
    """
    environment = os.environ if environment is None else environment
    unknown = set(given) - {setting.name for setting in SETTINGS}
    if unknown:
        raise UsageError("U001", f"There is no setting named {sorted(unknown)[0]!r}.")
    values: dict[str, str | int | float] = {}
    for setting in SETTINGS:
        value = given.get(setting.name)
        if value is None:
            value = environment.get(f"DRAGOMAN_{setting.name.upper()}", setting.default)
        values[setting.name] = _of_kind(setting, value)
    return Settings(**values)  # type: ignore[arg-type]


def _of_kind(setting: Setting, value: str | int | float) -> str | int | float:
    try:
        return type(setting.default)(value)
    except ValueError:
        kind = {int: "a whole number", float: "a number"}[type(setting.default)]
        raise UsageError("U001", f"The setting {setting.name} must be {kind}, not {value!r}.") from None
