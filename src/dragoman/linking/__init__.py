"""Linking: events of many articles to incidents; articles that are near-copies of others."""

from .incidents import link
from .near_copies import independent, near_copies

__all__ = ["independent", "link", "near_copies"]
