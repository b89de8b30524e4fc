"""Linking: events of many articles to incidents, and articles to the first versions of their pages."""

from .incidents import link
from .versions import versions

__all__ = ["link", "versions"]
