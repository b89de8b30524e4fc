"""The archive: one SQLite file, with its queries, decisions and upgrades."""

from .store import Archive, Imported, open_archive

__all__ = ["Archive", "Imported", "open_archive"]
