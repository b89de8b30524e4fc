"""Linking: events to incidents, incidents to other people's events, articles to those they copy or correct."""

from .comparing import Happening, Match, compare, happenings
from .incidents import link
from .near_copies import independent, near_copies
from .side_by_side import Compared, Field, Source, side_by_side
from .versions import versions

__all__ = [
    "Compared",
    "Field",
    "Happening",
    "Match",
    "Source",
    "compare",
    "happenings",
    "independent",
    "link",
    "near_copies",
    "side_by_side",
    "versions",
]
