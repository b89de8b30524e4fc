"""Linking: events to incidents, incidents to other people's events, articles to those they copy or correct."""

from .comparing import Happening, Match, compare, happenings
from .incidents import link
from .near_copies import independent, near_copies
from .versions import versions

__all__ = [
    "Happening",
    "Match",
    "compare",
    "happenings",
    "independent",
    "link",
    "near_copies",
    "versions",
]
