"""The archive: one SQLite file, with its queries, decisions and upgrades."""

from .bundles import LISTED, bundle_of, coded_of, kinds
from .store import Archive, Imported, open_archive

__all__ = ["LISTED", "Archive", "Imported", "bundle_of", "coded_of", "kinds", "open_archive"]
