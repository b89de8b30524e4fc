"""The archive: one SQLite file, with its queries, decisions and upgrades."""

from .articles import Kin, Listed
from .bundles import LISTED, bundle_of, coded_of, kinds
from .columns import Columns, Mark
from .facets import CERTAINTY, CHECKED, FACETS, Choice, Wanted
from .store import Archive, Imported, open_archive

__all__ = [
    "CERTAINTY",
    "CHECKED",
    "FACETS",
    "LISTED",
    "Archive",
    "Choice",
    "Columns",
    "Imported",
    "Kin",
    "Listed",
    "Mark",
    "Wanted",
    "bundle_of",
    "coded_of",
    "kinds",
    "open_archive",
]
