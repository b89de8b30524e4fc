"""The archive: one SQLite file, with its queries, decisions and upgrades."""

from .store import Archive, open_archive

__all__ = ["Archive", "open_archive"]
