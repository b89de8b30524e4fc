"""Linking: events of many articles to incidents, and incidents to other people's events."""

from .comparing import Happening, Match, compare, happenings
from .incidents import link

__all__ = ["Happening", "Match", "compare", "happenings", "link"]
