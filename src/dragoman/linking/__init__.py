"""Linking: events of many articles to incidents; articles that are near-copies, or later versions, of others."""

from .incidents import link
from .near_copies import independent, near_copies
from .versions import versions

__all__ = ["independent", "link", "near_copies", "versions"]
