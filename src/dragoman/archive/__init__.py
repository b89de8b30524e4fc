"""The archive: one SQLite file, with its queries, decisions and upgrades."""

from .articles import Kin, Listed
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
    "Kin",
    "Listed",
    "Mark",
    "Wanted",
    "open_archive",
]
