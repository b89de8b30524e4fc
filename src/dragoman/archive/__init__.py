"""The archive: one SQLite file, with its queries, decisions and upgrades."""

from .columns import Columns, Mark
from .facets import CERTAINTY, CHECKED, FACETS, Choice, Wanted
from .store import Archive, Imported, open_archive

__all__ = [
    "CERTAINTY",
    "CHECKED",
    "FACETS",
    "Archive",
    "Choice",
    "Columns",
    "Imported",
    "Mark",
    "Wanted",
    "open_archive",
]
