"""Alignment: what the events add up to between parties."""

from .dated import DatedEvent, dated_events
from .dyads import Dyad, dyads
from .history import Profile

__all__ = ["DatedEvent", "Dyad", "Profile", "dated_events", "dyads"]
